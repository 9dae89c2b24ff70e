"""What a model answers to each decision of planning: closed schemas, read strictly and judged afterwards."""

from __future__ import annotations

import re
from typing import Literal, Self, get_args

from pydantic import BaseModel, ConfigDict

from bot.patterns import regex

__all__ = [
    "SLOTS",
    "AskedQuestion",
    "Closed",
    "CoveredBehaviour",
    "EntitySpecsAnswer",
    "InterviewAnswer",
    "NeededPackage",
    "PlannedTask",
    "RequirementsAnswer",
    "RevisionAnswer",
    "Slots",
    "TaskPlanAnswer",
    "WantedBehaviour",
    "WordedEntity",
]

Slots = Literal[
    "the things it manages",
    "what each thing holds",
    "how they are linked",
    "who uses it and who may do what",
    "rules and limits",
    "what else it does",
    "other systems and delivery",
]
"""What must be known before a review."""
SLOTS: tuple[str, ...] = get_args(Slots)
BLOCK = regex(r"<entity_specs>.*?</entity_specs>", re.DOTALL | re.IGNORECASE)


class Closed(BaseModel):
    """An answer, or a part of one: no unknown keys."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def from_prose(cls, text: str) -> Self | None:
        """Return the answer that a text without JSON gives, or None where this decision can't be said in prose."""
        return None


class AskedQuestion(Closed):
    """A question to the team."""

    id: str
    about: Slots
    text: str
    reason: str
    options: list[str]
    default: str


class InterviewAnswer(Closed):
    """The decision ``interview``: what is known, and what must be asked."""

    title: str
    known: list[Slots]
    questions: list[AskedQuestion]


class WordedEntity(Closed):
    """A thing in the team's own words: its name, what it is, and who wants what of it."""

    name: str
    meaning: str
    user_story: str


class WantedBehaviour(Closed):
    """Something that the service shall do beyond keeping, finding, changing and deleting things."""

    title: str
    user_story: str
    criteria: list[str]
    done: str


class RequirementsAnswer(Closed):
    """The decision ``requirements``: what people want, before anything is said about how it is kept."""

    title: str
    introduction: str
    entities: list[WordedEntity]
    behaviours: list[WantedBehaviour]
    decisions: list[str]
    assumptions: list[str]
    unread: list[str]


class CoveredBehaviour(Closed):
    """A wanted behaviour that needs no code of its own: a declared rule or a feature gives it."""

    behaviour: str
    by: str


class EntitySpecsAnswer(Closed):
    """The decision ``entity_specs``: entities with their rules, features, and what needs no code of its own."""

    entity_specs: str
    features: list[str]
    covered: list[CoveredBehaviour]
    assumptions: list[str]

    @classmethod
    def from_prose(cls, text: str) -> Self | None:
        """Return an answer with the block of entity_specs in a text; nothing else is concluded from prose."""
        block = block_of(text)
        return cls(entity_specs=block, features=[], covered=[], assumptions=[]) if block else None


class PlannedTask(Closed):
    """How one custom behaviour is built. ``files`` and ``verification`` come beside those that every such task has."""

    behaviour: str
    action: list[str]
    files: list[str]
    verification: list[str]
    done: str
    truths: list[str]


class NeededPackage(Closed):
    """A package that the service doesn't have; whether it gets it, people decide."""

    name: str
    reason: str


class TaskPlanAnswer(Closed):
    """The decision ``task_plan``: the custom tasks in the order in which they are built, risks, and packages."""

    tasks: list[PlannedTask]
    risks: list[str]
    packages: list[NeededPackage]


class RevisionAnswer(Closed):
    """The decision ``revision``: the changed specs, what came to the plan and what left it; or what must be asked.

    An empty title or introduction stays as it is. ``dropped`` holds what holds no more, word for word: titles of
    behaviours, names of features, decisions, assumptions and unread pieces.
    """

    title: str
    introduction: str
    questions: list[AskedQuestion]
    entity_specs: str
    features: list[str]
    entities: list[WordedEntity]
    behaviours: list[WantedBehaviour]
    covered: list[CoveredBehaviour]
    dropped: list[str]
    decisions: list[str]
    assumptions: list[str]
    unread: list[str]

    @classmethod
    def from_prose(cls, text: str) -> Self | None:
        """Return an answer with the block of entity_specs in a text; everything else stays as it is."""
        block = block_of(text)
        nothing: dict[str, list[str]] = {
            name: [] for name, field in cls.model_fields.items() if field.annotation is not str
        }
        return (
            cls.model_validate({"title": "", "introduction": "", "entity_specs": block, **nothing}) if block else None
        )


def block_of(text: str) -> str:
    """Return the last block of entity_specs in a text, or nothing."""
    found = BLOCK.findall(text)
    return str(found[-1]) if found else ""
