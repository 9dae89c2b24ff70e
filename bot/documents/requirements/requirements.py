"""The models of requirements.md: requirements with user stories and acceptance criteria in EARS form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator

from bot.documents.frozen import Frozen
from bot.documents.text.numbering import Removed, sorted_removed

__all__ = ["AcceptanceCriterion", "Requirement", "Requirements", "Term", "numbered_criteria"]


class AcceptanceCriterion(Frozen):
    """One criterion, such as ``1.2 WHEN …, THE System SHALL …``. Its number is given once and kept."""

    number: str
    text: str


def numbered_criteria(number: int, texts: Iterable[str]) -> tuple[AcceptanceCriterion, ...]:
    """Return the criteria of a requirement that has none yet, numbered below its number in their order."""
    return tuple(
        AcceptanceCriterion(number=f"{number}.{position}", text=text) for position, text in enumerate(texts, start=1)
    )


class Requirement(Frozen):
    """One requirement with its user story and its acceptance criteria."""

    number: int
    title: str
    user_story: str
    criteria: tuple[AcceptanceCriterion, ...]


class Term(Frozen):
    """A word of the glossary and its one meaning."""

    word: str
    meaning: str


class Requirements(Frozen):
    """A whole requirements document. ``assumptions`` are what people left to the planner."""

    title: str
    introduction: str
    glossary: tuple[Term, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    assumptions: tuple[str, ...] = ()
    removed: Annotated[tuple[Removed, ...], AfterValidator(sorted_removed)] = ()
    """Requirements (``3``) and criteria (``1.2``) that were taken out; their numbers are never given again."""

    def criteria(self) -> tuple[AcceptanceCriterion, ...]:
        """Return every acceptance criterion, in order."""
        return tuple(criterion for requirement in self.requirements for criterion in requirement.criteria)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return every number that was ever given to a requirement or a criterion, removed ones included."""
        given = [str(requirement.number) for requirement in self.requirements]
        return (*given, *(each.number for each in self.criteria()), *(each.number for each in self.removed))
