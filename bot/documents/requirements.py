"""The models of requirements.md: requirements with user stories and acceptance criteria in EARS form."""

from __future__ import annotations

from bot.documents.entity_specs import Frozen

__all__ = ["AcceptanceCriterion", "Requirement", "Requirements", "Term"]


class AcceptanceCriterion(Frozen):
    """One criterion, such as ``1.2 WHEN …, THE System SHALL …``. Its number is given once and kept."""

    number: str
    text: str


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

    def criteria(self) -> tuple[AcceptanceCriterion, ...]:
        """Return every acceptance criterion, in order."""
        return tuple(criterion for requirement in self.requirements for criterion in requirement.criteria)
