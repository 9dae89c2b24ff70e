"""Why a rule holds, as people ask it in their words: the rule in a sentence, and the words that it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.entities.entity_specs import Entity
from bot.documents.entities.rule_words import rule_in_words
from bot.documents.tasks.task_plan import TaskKind
from bot.generation.names import words
from bot.generation.rule_criteria import rule_sentences
from bot.patterns import regex
from bot.planning.built_in.questions.left_words import content_of
from bot.planning.built_in.words.vocabulary import singular, words_of
from bot.store.tables import Plan
from bot.workflow.documents import Documents
from bot.workflow.named_in_questions import Asked
from bot.workflow.provenance import Reason, why

__all__ = ["told_why_rule"]

MOST = 3
MOST_SHARED = 0.6
"""How much of what a question says beside names a rule must say too."""
STEM = 4
"""Letters by which two forms of a word are the same: "deleted" and "delete"."""
OF_RULES = regex(r"^why\b.*\brules?\b", re.IGNORECASE)
NO_RULE = frozenset({"why", "rule", "there", "can", "only", "nobody", "second", "another", "same", "twice"})
REFUSED = regex(
    r"^why (?:(?:can|may) (?:nobody|no one|not)|can't|cannot|may not|is (?:nobody|no one))\b", re.IGNORECASE
)
"""How people ask for a rule by what it refuses: "why can nobody have a second loan of the same book?"."""


async def told_why_rule(session: AsyncSession, plan: Plan, documents: Documents, asked: Asked) -> str:
    """Say which rule a question for a reason is about, and whose words it is; nothing where it is about none."""
    numbers = list(asked_rules(documents, asked))[:MOST]
    told = [rule_told(await why(session, plan, number), sentence) for number, sentence in numbers]
    return " ".join(told)


def rule_told(reason: Reason, sentence: str) -> str:
    """Return a rule with the words that it came from."""
    said = next(iter(reason.sources), None)
    if said is None:
        origin = reason.derived or "Nobody's words are known for it."
    elif said.is_set:
        origin = f"<@{said.author}> set it in the form `Edit entities`."
    elif said.quote in sentence:
        origin = f"These are words of <@{said.author}>."
    else:
        origin = f"It comes from “{said.quote}” (<@{said.author}>)."
    return f"{sentence.rstrip('.')}. {origin} `why {reason.name}` shows all of it."


def asked_rules(documents: Documents, asked: Asked) -> Iterator[tuple[str, str]]:
    """Yield the number and the sentence of each rule that a question is about."""
    found = list(every_rule(documents))
    if OF_RULES.match(asked.said):
        yield from ((number, said) for number, said, entity in found if entity in asked.entities)
        return
    named = {part for entity in asked.entities for part in stems(words(entity.name))}
    named |= {part for _, field in asked.fields for part in stems(words(field.name))}
    rest = stems(" ".join(content_of(asked.said) - NO_RULE)) - named
    for number, said, entity in found:
        own = stems(said.partition(": ")[2] or said) | stems(words(entity.name) if entity else "")
        shared = len(rest & own)
        is_about = shared >= MOST_SHARED * len(rest) if rest else REFUSED.match(asked.said) is not None
        if is_about and named and named <= own:
            yield number, said


def every_rule(documents: Documents) -> Iterator[tuple[str, str, Entity | None]]:
    """Yield each declared rule, and each wish that no template builds, with its number and, of a rule, its entity."""
    numbers = {criterion.text: criterion.number for criterion in documents.requirements.criteria()}
    for entity in documents.specs.entities:
        for rule, sentence in zip(entity.rules, rule_sentences(entity, documents.specs), strict=True):
            if sentence in numbers:
                yield numbers[sentence], f"The rule: {rule_in_words(entity.name, rule)}", entity
    for task in documents.task_plan.tasks():
        if task.kind is TaskKind.CUSTOM and task.requirements:
            yield task.requirements[0], f"No template builds “{task.title.strip('“”')}”", None


def stems(text: str) -> set[str]:
    """Return the beginnings of the words of a text."""
    return {singular(word)[:STEM] for word in words_of(text)}
