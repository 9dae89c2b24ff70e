"""What a plan answers to why something is possible: "why can a member have two loans at once?".

The link that allows it, the rule that limits it or the lack of one, and the sentence that changes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.entities.declared_rules import AtMost, NoOverlap, OneOpen
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.rule_words import rule_in_words
from bot.documents.naming import article
from bot.generation.names import entity_names, words
from bot.patterns import regex
from bot.workflow.named_in_questions import Asked, asked_about
from bot.workflow.told_of_documents import first_named, told_of_links
from bot.workflow.told_of_limits import told_of_limit
from bot.workflow.told_of_rights import told_of_rights
from bot.workflow.told_of_states import told_of_state
from bot.workflow.told_of_values import told_of_value

__all__ = ["told_why_not", "told_why_possible"]

SEVERAL = (
    r"(?:two|three|four|five|\d{1,3}|several|many|multiple|more\s+than\s+(?:one|once)|any\s+number|twice|again|both|"
    r"at\s+(?:once|the\s+same\s+time))"
)
MAY = r"^why\s+(?:can|could|may|might|is|are|does|do|would|will)\s+"
POSSIBLE = regex(
    rf"{MAY}(?!(?:not|nobody|no\s+one|only|i|we|there)\b)(?:\S.*\b)?{SEVERAL}\b",
    re.IGNORECASE,
)
"""Why there can be several: "why can one person be in several balloons?"."""
IMPOSSIBLE = regex(r"^why\s+(?:(?:can't|cannot|can\s+not|couldn't|may\s+not|mustn't)\s+(?P<what>.+))$", re.IGNORECASE)
OVERLAP = regex(
    r"^why\s+(?:can|could|may|do|are|is)\b.*\b(?:overlap(?:s|ping|ped)?|double[\s-]?book(?:ed|ings?)?)\b", re.IGNORECASE
)
DEED = regex(r"\b(?:delete|remove|change|update|edit|see|read|create|add)\b", re.IGNORECASE)
SEVERAL_FIRST = regex(rf"{MAY}{SEVERAL}\b", re.IGNORECASE)
"""Where those of which there are several come first: "why can two members book the same room?"."""
PEOPLE = regex(
    r"\b(?:person|people|someone|somebody|anyone|anybody|everyone|one|you|customer|guest|user)\b", re.IGNORECASE
)
"""Words for whoever stands at the other end of a link."""
AGAIN = regex(r"\b(?:twice|again|more\s+than\s+once)\b", re.IGNORECASE)
BEGINS = frozenset({"start", "begin", "from", "pickup", "arrival"})
ENDS = frozenset({"end", "until", "to", "finish", "departure"})
BACK = frozenset({"return", "returned", "ended", "closed", "finished", "back"})
"""Words in the names of moments until which a record is open."""
MOMENTS = frozenset({"date", "datetime"})
BOTH = 2


def told_why_possible(specs: EntitySpecs, asked: Asked) -> str:
    """Say which link allows several, what limits it, and how to change it; nothing to every other question."""
    if OVERLAP.match(asked.said):
        return told_overlap(specs, asked)
    ends = both_ends(specs, asked) if POSSIBLE.match(asked.said) else ()
    if len(ends) != BOTH:
        return ""
    holder, held = ends
    links = told_of_links(specs, holder, held, "")
    record = record_of(specs, holder, held)
    if links.startswith("Nothing links"):
        return links
    if record is holder:
        return f"It can't: {links} Should it be otherwise, say so in a sentence."
    rules = [rule for rule in record.rules if isinstance(rule, AtMost | OneOpen | NoOverlap)] if record else []
    rules = [rule for rule in rules if record and counts(record, rule, holder)]
    if record and rules:
        told = " ".join(f"{rule_in_words(record.name, rule)}." for rule in rules)
        limits = "What limits it" if isinstance(rules[0], AtMost) else "Only one after the other, though"
        return f"{links} {limits}: {told} Should it be otherwise, say that rule in other words."
    return f"{links} No rule limits it. Should one, say such as `{limiting(record, holder, held)}`."


def told_overlap(specs: EntitySpecs, asked: Asked) -> str:
    """Say that no rule keeps records apart, and which one would; nothing where one does, or where it isn't clear."""
    if told := told_of_limit(specs, asked):
        return told
    records = [(one, field.foreign_key) for one in asked.entities for field in one.fields if field.foreign_key]
    if not records:
        return ""
    record, other = records[0]
    many = entity_names(record).plural
    return f"No rule keeps {many} apart. Should one, say such as `{many} of the same {words(other)} must not overlap`."


def told_why_not(specs: EntitySpecs, said: str) -> str:
    """Say which limit keeps something out: "why can't a boat have 7 trips?"; nothing to every other question."""
    match = IMPOSSIBLE.match(said)
    asked = asked_about(specs, f"can {match['what']}") if match else None
    if match is None or asked is None:
        return ""
    if DEED.search(match["what"]) and (told := told_of_rights(specs, asked)).startswith("No"):
        return f"{told.removeprefix('No. ')} Should it be otherwise, say who may, in a sentence."
    if (told := told_of_state(specs, asked)).startswith("No. "):
        return f"{told.removeprefix('No. ')} Should it be otherwise, say that rule in other words."
    told = told_of_limit(specs, asked) or told_of_value(specs, asked)
    if not told.startswith("No: "):
        return ""
    rule = told.removeprefix("No: ")
    change = "" if "Should it" in rule else " Should it be otherwise, say that rule in other words."
    return f"{rule[0].upper()}{rule[1:]}{change}"


def both_ends(specs: EntitySpecs, asked: Asked) -> Sequence[Entity]:
    """Return whose several are asked about, and what there are several of; nothing where a question names neither."""
    named = list(asked.entities)
    joining = [one for one in named if len(named) > BOTH and {other.name for other in named} - {one.name} <= keys(one)]
    named = [one for one in named if one not in joining[:1]]
    if len(named) == BOTH:
        first = first_named(named[0], named[1], asked.said)
        second = next(one for one in named if one is not first)
        return (second, first) if SEVERAL_FIRST.match(asked.said) else (first, second)
    records = [one for one in specs.entities if len(named) == 1 and named[0].name in keys(one)]
    if len(records) == 1 and AGAIN.search(asked.said):
        return named[0], records[0]
    if len(named) != 1 or not PEOPLE.search(asked.said):
        return ()
    others = dict.fromkeys(key for one in records for key in sorted(keys(one)) if key != named[0].name)
    found = [one for one in specs.entities if one.name in (others or keys(named[0]))]
    ends = (found[0], named[0]) if len(found) == 1 else ()
    return ends[::-1] if SEVERAL_FIRST.match(asked.said) else ends


def keys(entity: Entity) -> set[str]:
    """Return the names of the entities that an entity names."""
    return {field.foreign_key for field in entity.fields if field.foreign_key}


def record_of(specs: EntitySpecs, holder: Entity, held: Entity) -> Entity | None:
    """Return the entity whose rows link two others, which may be one of them; None where it is a list of pairs."""
    if holder.name in keys(held):
        return held
    if held.name in keys(holder):
        return holder
    return next((one for one in specs.entities if {holder.name, held.name} <= keys(one)), None)


def counts(record: Entity, rule: AtMost | OneOpen | NoOverlap, holder: Entity) -> bool:
    """Tell whether a rule counts the records of one row of the holder."""
    key = record.key_along(rule.relation)
    return key is not None and key.foreign_key == holder.name


def limiting(record: Entity | None, holder: Entity, held: Entity) -> str:
    """Return the sentence that limits how many there may be, as the records allow it."""
    if record is None:
        return f"each {words(holder.name)} belongs to one {words(held.name)}"
    is_pair = set(words(record.name).split()) == set(f"{words(holder.name)} {words(held.name)}".split())
    many = entity_names(held if is_pair else record).plural
    moments = [field for field in record.fields if field.type.name in MOMENTS and field.is_given]
    if named_so(moments, BEGINS) and named_so(moments, ENDS):
        return f"{many} of the same {words(holder.name)} must not overlap"
    if named_so(moments, BACK):
        return f"{a(holder)} has at most one open {words(record.name)}"
    return f"{a(holder)} has at most 2 {many}"


def named_so(fields: Sequence[EntityField], names: frozenset[str]) -> bool:
    """Tell whether one of some fields has one of some words in its name."""
    return any(names & set(words(field.name).split()) for field in fields)


def a(entity: Entity) -> str:
    """Return an entity with its article."""
    return article(words(entity.name))
