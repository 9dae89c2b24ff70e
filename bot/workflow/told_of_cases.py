"""What a plan answers to what happens in some case: "what happens with a damaged bike?", "what if a loan is late?".

The rules, the open tasks and the unread words that speak of the case are told; where none does, that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.clipping import clip_words
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.rule_words import rule_in_words
from bot.documents.naming import joined
from bot.documents.tasks.task_plan import TaskKind
from bot.generation.names import words
from bot.patterns import regex
from bot.planning.built_in.questions.left_words import content_of
from bot.planning.built_in.rules.rule_subjects import stems
from bot.planning.built_in.words.vocabulary import a, singular, words_of
from bot.workflow.documents import Documents
from bot.workflow.named_in_questions import Asked
from bot.workflow.reviews import ReviewContent
from bot.workflow.told_of_documents import told_of_entity, told_of_field, told_of_rules

__all__ = ["told_of_case"]

MOST = 4
LEAST_SHARED = 0.5
"""How much of what a case says beside the names of things must be said of it."""
LONGEST_QUOTE = 160
CASE = regex(
    r"^(?:(?:and|but|so)\s+)?what\s+(?:(?:(?:would|will|does|should|must)\s+)?(?:happens?|is\s+done|(?:do|should|must)\s+(?:we|i|people)\s+do|"
    r"(?:does|will|would)\s+(?:it|the\s+(?:service|bot|plan))\s+do)\s+(?:then\s+)?(?:with|to|when|whenever|if|once|after|about|for|in)|"
    r"if|about(?:\s+when)?|of)\s+(?P<case>.+)$",
    re.IGNORECASE,
)
"""What happens in some case."""
ABOUT = regex(r"^(?:(?:and|but|so)\s+)?what\s+(?:about|of)\s", re.IGNORECASE)
NOUN = regex(r"(?:(?:the|our|my|an?|any|all)\s+)?(?P<noun>[a-z][a-z-]*(?:\s+[a-z][a-z-]*)?)", re.IGNORECASE)
ONE = regex(r"an?\s", re.IGNORECASE)
STATE = regex(r"(?:ed|en|lost|sold|paid|lent|late|overdue|broken|empty|full|closed|absent|sick)$", re.IGNORECASE)
"""How words end that say how a thing is: a cancelled booking, a stolen bike."""
NOTHING = frozenset({"happen", "somebody", "someone", "people", "person", "thing", "case"})
OF_PLANS = frozenset({"build", "built", "plan", "review", "approve", "approved", "approval", "delivery", "delivered"})


def told_of_case(documents: Documents, content: ReviewContent, asked: Asked) -> str:
    """Tell what speaks of a case, or that nothing does; nothing where nobody asks what happens in one."""
    match = CASE.match(asked.said)
    if match is None:
        return ""
    case = match["case"].strip(" .?!")
    if content_of(case) <= OF_PLANS:
        return ""
    wanted = stems(content_of(case) - NOTHING)
    names = stems(word for entity in documents.specs.entities for word in words_of(words(entity.name)))
    key = wanted - names
    if not key:
        return told_of_named(documents, asked) if ABOUT.match(asked.said) else ""
    found = [(len(key & stems(words_of(said))), told) for told, said in speaking(documents, content)]
    most = max((shared for shared, _ in found), default=0)
    told = [one for shared, one in found if shared == most >= LEAST_SHARED * len(key)]
    if told:
        more = f" And {len(told) - MOST} more: ask `which rules are there?`." if len(told) > MOST else ""
        return " ".join(told[:MOST]) + more
    if ABOUT.match(asked.said) and asked.fields:
        return " ".join(told_of_field(documents.specs, entity, field) for entity, field in asked.fields[:MOST])
    values = joined([
        f"`{entity.name}.{field.name}`"
        for entity, field, value in valued(documents)
        if key & stems(words_of(words(value)))
    ])  # fmt: skip
    kept = f" It is a value of {values}, and no rule speaks of it." if values else ""
    if ABOUT.match(asked.said) and not values:
        kept = kept_of(documents.specs, case)
        return (
            f"Nothing in the plan speaks of “{clip_words(case, LONGEST_QUOTE)}”. Should it, say in a sentence what is "
            f"kept of it{kept}, or what can't be done then. `what can you build?` has examples."
        )
    return (
        f"Nothing in the plan says what happens then (“{clip_words(case, LONGEST_QUOTE)}”), so nothing does by itself."
        f"{kept} Should something, say it in a sentence: what can't be done then, or what is noted of it. "
        "`what can you build?` has examples."
    )


def told_of_named(documents: Documents, asked: Asked) -> str:
    """Tell what a thing holds and which rules it has: "what about passengers?"; nothing where none is named."""
    specs, about = documents.specs, asked.entities
    return (
        " ".join([*(told_of_entity(specs, one) for one in about[:MOST]), told_of_rules(specs, about)]) if about else ""
    )


def kept_of(specs: EntitySpecs, case: str) -> str:
    """Return such sentences as would keep a case: as a state, as a field, as a thing of its own; or nothing."""
    match = NOUN.fullmatch(case)
    if match is None:
        return ""
    *before, last = match["noun"].lower().split()
    noun = " ".join([*before, singular(last)])
    entity = next((one for one in specs.entities if words(one.name) == singular(last)), None)
    if entity is not None:
        return f", such as `{with_state(specs, entity, before[0])}`" if before and STATE.search(before[0]) else ""
    as_field = f"`each … has {a(noun)}`, or as a thing of its own, " if ONE.match(case) else ""
    return f", such as {as_field}`{a(noun)} has a name and a date`"


def with_state(specs: EntitySpecs, entity: Entity, state: str) -> str:
    """Return the sentence that gives a thing one more state: "the status of a booking is open, paid or cancelled"."""
    thing = a(words(entity.name))
    enums = ((field, specs.enum_of(field)) for field in entity.fields)
    field, enum = next(((one, enum) for one, enum in enums if enum and "stat" in one.name), (None, None))
    if field is None or enum is None:
        return f"{thing} has a status: open, {state}"
    return f"the {words(field.name)} of {thing} is {', '.join(words(one) for one in enum.values)} or {state}"


def speaking(documents: Documents, content: ReviewContent) -> Iterator[tuple[str, str]]:
    """Yield what a plan has of behaviour: each with how it is told, and its words."""
    for entity in documents.specs.entities:
        for rule in entity.rules:
            sentence = rule_in_words(entity.name, rule)
            yield f"A rule: {sentence}.", f"{words(entity.name)} {sentence}"
    for task in documents.task_plan.tasks():
        if task.kind is TaskKind.CUSTOM:
            title = task.title.strip("“”")
            yield (
                f"Task {task.number} “{clip_words(title, LONGEST_QUOTE)}” is about it, which no template builds.",
                title,
            )
    for piece in content.unread:
        yield f"“{clip_words(piece, LONGEST_QUOTE)}” is not part of this plan, as I could not read it.", piece


def valued(documents: Documents) -> Iterator[tuple[Entity, EntityField, str]]:
    """Yield each value of each choice, with its place."""
    for entity in documents.specs.entities:
        for field in entity.fields:
            enum = documents.specs.enum_of(field)
            for value in enum.values if enum else ():
                yield entity, field, value
