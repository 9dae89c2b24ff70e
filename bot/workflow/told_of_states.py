"""What a plan answers to whether something can be done to what is in a state: "can a retired costume be lent?"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.entities.declared_rules import OnlyWhile
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.rule_words import rule_in_words
from bot.documents.naming import article
from bot.generation.names import words
from bot.workflow.named_in_questions import Asked

__all__ = ["told_of_state"]

CAN_BE = re.compile(
    r"^(?:can|may|could)\s+(?P<subject>.+?)\s+(?:(?:still|also|now|ever|even)\s+)*be\s+(?P<verb>\w+)", re.IGNORECASE
)
ADJECTIVE = re.compile(r"(?!(?:out|in|off|on|away|at|due)$)[a-z]+")
"""A value that stands before a noun: "a lent book", and "a machine that is in repair"."""
OWN = {
    "update": re.compile(r"(?:chang|updat|edit|modifi|correct)ed$"),
    "delete": re.compile(r"(?:delet|remov|eras)ed$"),
}
"""What is done to the thing itself; every other deed makes a record that names it."""

type Ruled = tuple[Entity, OnlyWhile]


def told_of_state(specs: EntitySpecs, asked: Asked) -> str:
    """Say yes or no, and the rule that says so; nothing where a question names no state of a thing."""
    match = CAN_BE.match(asked.said)
    found = named_state(specs, asked, match["subject"]) if match else None
    if match is None or found is None:
        return ""
    entity, field, value = found
    action = next((name for name, verbs in OWN.items() if verbs.match(match["verb"].lower())), "create")
    rules = list(rules_about(specs, entity, field, action))
    if not rules:
        one, state = words(entity.name), words(value)
        what = article(f"{state} {one}") if ADJECTIVE.fullmatch(state) else f"{article(one)} that is {state}"
        return f"Yes, by this plan: no rule holds back {what}."
    allowed = {value in rule.values for _, rule in rules}
    answer = {True: "Yes. ", False: "No. "}[allowed.pop()] if len(allowed) == 1 else ""
    return answer + " ".join(f"{rule_in_words(one.name, rule)}." for one, rule in rules)


def named_state(specs: EntitySpecs, asked: Asked, subject: str) -> tuple[Entity, EntityField, str] | None:
    """Return the thing that a question is about, with the value of its status that is named beside it."""
    for entity in asked.entities:
        for field in entity.fields:
            enum = specs.enum_of(field)
            for value in enum.values if enum else ():
                if re.search(rf"\b{re.escape(words(value))}\b", subject.lower()):
                    return entity, field, value
    return None


def rules_about(specs: EntitySpecs, entity: Entity, field: EntityField, action: str) -> Iterator[Ruled]:
    """Yield the rules that look at a status before something is done to its row, or before a record names it."""
    for one in specs.entities:
        for rule in one.rules:
            if not isinstance(rule, OnlyWhile) or rule.field != field.name or rule.action != action:
                continue
            key = one.key_along(rule.relation) if rule.relation else None
            if (key.foreign_key if key else one.name) == entity.name and (action == "create") == bool(key):
                yield one, rule
