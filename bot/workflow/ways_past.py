"""What to write to get past a finding that blocks a review: words that every planner reads.

Findings speak of documents, which nobody edits in a chat. So each that names one thing is given a sentence that changes
it, or leaves it out. For the others people say what they want, or drop the documents put right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.findings import Finding
from bot.documents.naming import snake_case
from bot.patterns import regex

__all__ = ["way_past"]

NAME = r"[A-Za-z_]\w*"
DOTTED = regex(rf"\b({NAME})\.({NAME})\b")
"""How a message names a field: ``Book.price``."""
SPOKEN = regex(rf"\b({NAME}) of ({NAME})\b")
"""... or ``ctid of Book``."""

OF_RULES = frozenset(f"PT{number}" for number in (261, 262, 263, 266, 267, 268, 273, 277, 278, 279, 280, 281))
"""Findings about one declared rule, which their message begins with."""
DECLARED = regex(rf"“(?P<rule>.+?)” of {NAME}\b")

type Way = Callable[[Entity, str], str]


def way_past(finding: Finding, specs: EntitySpecs) -> str:
    """Return the words that get past a finding of a plan with these entities; empty where nothing in it is named."""
    declared = DECLARED.match(finding.message) if finding.rule in OF_RULES else None
    if declared is not None:
        return f"drop the rule {declared['rule']}"
    rule = RULES.get(finding.rule)
    if rule is not None:
        pattern, way = rule
        found = re.search(pattern, finding.message)
        entity = specs.entity(found["entity"]) if found else None
        if found and entity:
            return way(entity, found.groupdict().get("name", ""))
    return next(ways_without(finding, specs), "")


def rename_field(entity: Entity, name: str) -> str:
    """Return the words that give a field a name that nothing else in its entity has."""
    taken = {*(field.name for field in entity.fields), *(relation.name for relation in entity.relations)}
    fresh = f"{snake_case(entity.name)}_{name}"
    while fresh in taken:
        fresh += "_value"
    return f"rename {name} of {entity.name} to {fresh}"


RULES: Mapping[str, tuple[str, Way]] = {
    "PT203": (rf"the table of (?P<entity>{NAME})", lambda entity, _: f"rename {entity.name} to {entity.name}Record"),
    "PT208": (rf"^(?P<name>{NAME}) of (?P<entity>{NAME}) ", rename_field),
    "PT221": (
        rf"primary key (?P<entity>{NAME})\.(?P<name>{NAME}) may be left out",
        lambda entity, name: f"{entity.name}.{name} is required",
    ),
    "PT231": (rf"^(?P<entity>{NAME}) has “(?P<name>{NAME})” already", rename_field),
    "PT240": (
        rf"^(?P<entity>{NAME})\.(?P<name>{NAME}) sounds like money",
        lambda entity, name: f"{name} of {entity.name} is money",
    ),
    "PT242": (
        rf"can't be the min of (?P<entity>{NAME})\.(?P<name>{NAME})\.",
        lambda entity, name: f"{name} of {entity.name} is at least 1",
    ),
}
"""Rules whose findings say enough for a mend: what of the message names the thing, and the words that mend it."""


def ways_without(finding: Finding, specs: EntitySpecs) -> Iterator[str]:
    """Yield the words that leave out the field that a finding names; what a relation stands on is never left out."""
    spoken = ((entity, name) for name, entity in SPOKEN.findall(finding.message))
    named: list[tuple[str, str]] = [*DOTTED.findall(finding.message), *spoken]
    for name, field in named:
        entity = specs.entity(name)
        if entity and any(one.name == field and not one.foreign_key for one in entity.fields):
            yield f"remove {field} from {entity.name}"
