"""What a plan answers to how its service behaves: what a deed sets by itself, where periods touch, what starts how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from bot.documents.clipping import clip_words
from bot.documents.entities.declared_rules import NoOverlap, Transition
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.rule_words import rule_in_words
from bot.documents.naming import joined
from bot.generation.names import article, entity_names, words
from bot.patterns import regex
from bot.planning.built_in.questions.left_words import content_of
from bot.workflow.documents import Documents
from bot.workflow.named_in_questions import Asked

__all__ = ["told_of_behaviour", "told_of_start", "told_of_written", "values_of"]

LONGEST_QUOTE = 200
MOST = 5
TOUCHES = regex(
    r"^(?:can|may|could|does|do|is|are|must|when)\b.*\b(?:begins?|starts?|follows?|beginning|starting|taken|booked|lent|"
    r"picked\s+up|collected)\b.*\b(?:ends?|ending|finish(?:es)?|(?:comes?|brought|given)\s+back|returns?|returned|is\s+over|"
    r"stops?|leaves?)\b",
    re.IGNORECASE,
)
"""Whether one may begin when another ends."""
TOUCHES_SAME = regex(
    r"^(?:can|may|could|is|are)\b.*\b(?:touch|back\s+to\s+back|(?:on\s+)?the\s+same\s+day)\b", re.IGNORECASE
)
SETS = regex(
    r"^(?:does|do|will|is|are|would)\s+(?!you\b|we\b|i\b).*\b(?:sets?|changes?|changed|makes?|marks?|marked|turns?|updates?|"
    r"updated|puts?|"
    r"switch(?:es)?|becomes?|go(?:es)?|automatically|by\s+itself|on\s+its\s+own)\b",
    re.IGNORECASE,
)
"""Whether something that is done changes something else by itself."""
ITSELF = regex(r"\b(?:automatic\w*|by\s+itself|on\s+its\s+own|itself)\b", re.IGNORECASE)
STARTS = regex(
    r"^why\b.*\b(?:by\s+default|defaults?|starts?|begins?|initial\w*|at\s+first|from\s+the\s+start|first\s+of\s+all|preset)\b",
    re.IGNORECASE,
)
WRITTEN = regex(
    r"^(?:what|which|where)\b.*\btasks?\b.*\b(?:models?|template|by\s+hand|ourselves|myself|written|writes?)\b|"
    r"^(?:what|why)\b.*\b(?:needs?|wants?|is\s+left)\b.*\b(?:a|the|for)\s+model\b",
    re.IGNORECASE,
)
"""Which tasks a model must write."""
NOT_FOR_MODEL = regex(r"\bwhat\s+is\s+a\s+model\b", re.IGNORECASE)
LEAST_SHARED = 2


def told_of_behaviour(specs: EntitySpecs, asked: Asked) -> str:
    """Return what specs say of a service's behaviour; nothing to every other question."""
    return told_of_ends(specs, asked) or told_of_setting(specs, asked)


def told_of_ends(specs: EntitySpecs, asked: Asked) -> str:
    """Say whether a period may begin where another ends; nothing where no rule keeps periods apart."""
    if not (TOUCHES.match(asked.said) or TOUCHES_SAME.match(asked.said)):
        return ""
    found = [(one, rule) for one in specs.entities for rule in one.rules if isinstance(rule, NoOverlap)]
    named = [(one, rule) for one, rule in found if one in asked.entities]
    if not found or (asked.entities and not named and len(found) > 1):
        return ""
    entity, rule = (named or found)[0]
    one = words(entity.name)
    start = entity.field(rule.start)
    if start is not None and start.type.name == "date":
        answer = (
            f"No. The last day of {article(one)} counts as taken, so the next one begins a day later at the earliest."
        )
    else:
        answer = f"Yes. {article(one).capitalize()} ends at the moment at which the next one may begin."
    return f"{answer} The rule: {rule_in_words(entity.name, rule)}."


def told_of_setting(specs: EntitySpecs, asked: Asked) -> str:
    """Say that no deed sets a status by itself, and which rules look at it; nothing where no status is asked about."""
    place = status_asked(specs, asked) if SETS.match(asked.said) else None
    if place is None:
        return ""
    entity, field = place
    enum = specs.enum_of(field)
    values = joined([words(value) for value in enum.values], "or") if enum else ""
    rules = [f"{rule_in_words(entity.name, rule)}." for rule in entity.rules if isinstance(rule, Transition)]
    of, rows = article(words(entity.name)), words(entity.name)
    by_hand = f"whoever changes the {rows} sets it{f' ({values})' if values else ''}."
    itself = f"No. Nothing in this plan sets the {words(field.name)} of {of} by itself: {by_hand}"
    return " ".join([itself, *rules, "Should it follow by itself, say it as a wish."])


def status_asked(specs: EntitySpecs, asked: Asked) -> tuple[Entity, EntityField] | None:
    """Return the choice of which a question names a value, rather of a thing that it names; or that it names itself."""
    places = [
        (entity, field)
        for entity in specs.entities
        for field in entity.fields
        if any(is_set_to(asked.said, value) for value in values_of(specs, field))
    ]
    of_named = [place for place in places if place[0] in asked.entities]
    named = [place for place in asked.fields if specs.enum_of(place[1])] if ITSELF.search(asked.said) else []
    return next(iter([*of_named, *places, *named]), None)


def values_of(specs: EntitySpecs, field: EntityField) -> tuple[str, ...]:
    """Return the values that a field is one of; nothing where it is no choice."""
    enum = specs.enum_of(field)
    return enum.values if enum else ()


def is_set_to(said: str, value: str) -> bool:
    """Tell whether a question names a value as what something is set to."""
    before = r"(?:to|as|into|on|makes?|gets?|becomes?|go(?:es)?|it|marked)"
    return re.search(rf"\b{before}\s+(?:the\s+)?{re.escape(words(value))}\b", said.lower()) is not None


def told_of_start(documents: Documents, asked: Asked) -> str:
    """Say why a field has its first value; nothing where nobody asks that of one."""
    place = start_asked(documents.specs, asked) if STARTS.match(asked.said) else None
    if place is None:
        return ""
    entity, field = place
    name, of = f"`{entity.name}.{field.name}`", f"the {words(field.name)} of {article(words(entity.name))}"
    enum = documents.specs.enum_of(field)
    if field.default is None:
        return f"{name} has no value from the start: {'it may be left out' if field.optional else 'it must be given'}."
    other = next((value for value in enum.values if value != field.default), field.default) if enum else field.default
    change = f"For another one, say “the default of {of} is {words(other)}”."
    assumed = any(
        one.startswith("Where no other value is given") and of in one for one in documents.requirements.assumptions
    )
    if assumed and enum:
        values = joined([words(value) for value in enum.values])
        return (
            f"{name} starts as {words(field.default)}, the first of its values ({values}): nobody said with which "
            f"one it starts, so that is an assumption. {change}"
        )
    return f"{name} starts as {words(field.default)}: that follows from what was said of its values. {change}"


def start_asked(specs: EntitySpecs, asked: Asked) -> tuple[Entity, EntityField] | None:
    """Return the field that a question about a first value names, or whose first value it names."""
    if asked.fields:
        said = asked.said.lower()
        of_value = [one for one in asked.fields if one[1].default and words(one[1].default) in said]
        return (of_value or list(asked.fields))[0]
    return next(iter(with_value(specs, asked)), None)


def with_value(specs: EntitySpecs, asked: Asked) -> Iterator[tuple[Entity, EntityField]]:
    """Yield the fields that start with a value which a question names, of the things that it names where it does."""
    for entity in asked.entities or specs.entities:
        for field in entity.fields:
            is_named = field.default and re.search(rf"\b{re.escape(words(field.default))}\b", asked.said.lower())
            if is_named and specs.enum_of(field):
                yield entity, field


def told_of_written(documents: Documents, said: str) -> str:
    """Say which tasks a model must write, and which rules build a part of one already; nothing to other questions."""
    if not WRITTEN.match(said) or NOT_FOR_MODEL.search(said):
        return ""
    written = [task for task in documents.task_plan.tasks() if task.kind == "custom"]
    if not written:
        return "No task of this plan needs a model: templates build all of them."
    named = joined([f"{task.number} “{clip_words(task.title.strip('“”'), LONGEST_QUOTE)}”" for task in written[:MOST]])
    built = {
        rule_in_words(entity.name, rule): entity_names(entity).plural
        for entity in documents.specs.entities
        for rule in entity.rules
    }
    open_words = [content_of(f"{task.title} {task.done}") for task in written]
    shared = [rule for rule, of in built.items() if is_near(content_of(f"{of} {rule}"), open_words)]
    drop = f"drop the rule “{clip_words(written[0].title.strip('“”'), LONGEST_QUOTE)}”"
    near = f" Built already, and near to it: {'; '.join(shared[:MOST])}. If that is all that was meant, say `{drop}`."
    them, stays = ("it", "it stays") if len(written) == 1 else ("them", "they stay")
    return (
        f"No template of mine builds {named}, so a model writes {them}, or {stays} open for you."
        f"{near if shared else ''}"
    )


def is_near(words_of_rule: Set[str], others: Sequence[Set[str]]) -> bool:
    """Tell whether a rule has several of its words in common with one of some tasks."""
    return any(len(words_of_rule & told) > LEAST_SHARED for told in others)
