"""What a plan answers to whether something can be done to what is in a state: "can a retired costume be lent?"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.entities.declared_rules import NoOverlap, OnlyWhile, Transition
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.rule_words import rule_in_words
from bot.documents.naming import article, capital
from bot.generation.names import words
from bot.patterns import regex
from bot.workflow.named_in_questions import Asked
from bot.workflow.told_of_behaviour import values_of

__all__ = ["told_of_state"]

CAN_BE = regex(
    r"^(?:can|may|could)\s+(?P<subject>.+?)\s+(?:(?:still|also|now|ever|even)\s+)*be\s+(?P<verb>\w+)", re.IGNORECASE
)
IS_WHEN = regex(
    r"^(?:is|are|was|were)\s+(?P<first>.+?)\s+(?:when|if|once|after|while|as\s+soon\s+as)\s+(?P<second>.+)$",
    re.IGNORECASE,
)
"""Whether what is in one state is in another one too: "is a walk over when it was called off?"."""
BLOCKS = regex(
    r"^(?:does|do|did|is|are|will|would|can|what|how)\b.*\b(?:block(?:s|ed|ing)?|counts?|counted|in\s+the\s+way|occup(?:y|ies|ied)|"
    r"free(?:d|s)?|taken|reserved|hinders?|prevents?)\b",
    re.IGNORECASE,
)
"""Whether a record keeps others away: "does a called off walk still block the dog?"."""
ADJECTIVE = regex(r"(?!(?:out|in|off|on|away|at|due)$)[a-z]+")
"""A value that stands before a noun: "a lent book", and "a machine that is in repair"."""
OWN = {
    "update": regex(r"(?:chang|updat|edit|modifi|correct)ed$"),
    "delete": regex(r"(?:delet|remov|eras)ed$"),
}
"""What is done to the thing itself; every other deed makes a record that names it."""

type Ruled = tuple[Entity, OnlyWhile]


def told_of_state(specs: EntitySpecs, asked: Asked) -> str:
    """Say yes or no, and the rule that says so; nothing where a question names no state of a thing."""
    if told := told_of_two_states(specs, asked) or told_of_blocking(specs, asked):
        return told
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


def told_of_two_states(specs: EntitySpecs, asked: Asked) -> str:
    """Say that a status has one value at a time, and whether it goes from one to the other; or nothing."""
    match = IS_WHEN.match(asked.said)
    for entity, field in fields_with_values(specs, asked) if match else ():
        first, second = (named_value(values_of(specs, field), match[part]) for part in ("first", "second") if match)
        if not first or not second or first == second:
            continue
        ways = [pair for rule in entity.rules if isinstance(rule, Transition) for pair in rule.pairs()]
        goes = "may go" if (second, first) in ways else "never goes"
        step = f" It {goes} from {words(second)} to {words(first)}." if ways else ""
        two = f"{capital(words(first))} and {words(second)} are two values of `{entity.name}.{field.name}`"
        return f"No. {two}, which has one of them at a time.{step}"
    return ""


def told_of_blocking(specs: EntitySpecs, asked: Asked) -> str:
    """Say whether a record in a state counts for the rule that keeps periods apart; nothing where there is none."""
    for entity, field in fields_with_values(specs, asked) if BLOCKS.match(asked.said) else ():
        value = named_value(values_of(specs, field), asked.said)
        rule = next((one for one in entity.rules if isinstance(one, NoOverlap)), None)
        if not value or rule is None:
            continue
        one, state = article(words(entity.name)), words(value)
        is_left = rule.unless == field.name and value in rule.values
        counts = "doesn't count" if is_left else "counts as any other"
        return f"{capital(one)} that is {state} {counts}: {rule_in_words(entity.name, rule)}."
    return ""


def fields_with_values(specs: EntitySpecs, asked: Asked) -> Iterator[tuple[Entity, EntityField]]:
    """Yield the fields that are one of fixed values, of the things that a question names, or else of all."""
    for entity in [*asked.entities, *(one for one in specs.entities if one not in asked.entities)]:
        yield from ((entity, field) for field in entity.fields if values_of(specs, field))


def named_value(values: tuple[str, ...], said: str) -> str:
    """Return the value that words name, or nothing."""
    return next((one for one in values if re.search(rf"\b{re.escape(words(one))}\b", said.lower())), "")


def named_state(specs: EntitySpecs, asked: Asked, subject: str) -> tuple[Entity, EntityField, str] | None:
    """Return the thing that a question is about, with the value of its status that is named beside it."""
    for entity in asked.entities:
        for field in entity.fields:
            for value in values_of(specs, field):
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
