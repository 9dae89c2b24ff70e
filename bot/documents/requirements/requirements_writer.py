"""Writes requirements.md: introduction, glossary, assumptions, then requirements with numbered criteria."""

from __future__ import annotations

from bot.documents.requirements.requirements import AcceptanceCriterion, Requirement, Requirements
from bot.documents.text.markdown import inline, paragraphs
from bot.documents.text.numbering import Removed, struck_line, with_removed

__all__ = ["write_requirements"]


def write_requirements(requirements: Requirements) -> str:
    """Return the canonical text. A number is given once: a list may begin at 2, and what was removed is struck."""
    title = inline(requirements.title)
    blocks = [f"# Requirements Document: {title}" if title else "# Requirements Document", "## Introduction"]
    blocks.append(paragraphs(requirements.introduction))
    if requirements.glossary:
        terms = [
            f"- **{inline(term.word).replace('*', '')}**: {inline(term.meaning)}" for term in requirements.glossary
        ]
        blocks += ["## Glossary", "\n".join(terms)]
    if requirements.assumptions:
        assumptions = [f"- {inline(assumption)}" for assumption in requirements.assumptions]
        blocks += ["## Assumptions", "\n".join(assumptions)]
    blocks += ["## Requirements", *requirements_blocks(requirements)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def requirements_blocks(requirements: Requirements) -> list[str]:
    """Return the blocks of every requirement in order, with a struck line for each that was taken out."""
    inside: dict[str, list[Removed]] = {str(requirement.number): [] for requirement in requirements.requirements}
    elsewhere: list[Removed] = []
    for each in requirements.removed:
        head, dot, _ = each.number.partition(".")
        (inside[head] if dot and head in inside else elsewhere).append(each)
    blocks: list[str] = []
    numbered = ((str(requirement.number), requirement) for requirement in requirements.requirements)
    for requirement in with_removed(numbered, elsewhere):
        if isinstance(requirement, Removed):
            blocks.append(struck_line(requirement.number, requirement.text))
            continue
        blocks += requirement_blocks(requirement, inside[str(requirement.number)])
    return blocks


def requirement_blocks(requirement: Requirement, removed: list[Removed]) -> list[str]:
    """Return the heading, the user story and the criteria of one requirement."""
    title = inline(requirement.title)
    blocks = [f"### Requirement {requirement.number}: {title}" if title else f"### Requirement {requirement.number}"]
    if requirement.user_story.strip():
        blocks.append(f"**User Story:** {inline(requirement.user_story)}")
    blocks.append("#### Acceptance Criteria")
    numbered = ((criterion.number, criterion) for criterion in requirement.criteria)
    blocks.append("\n".join(criterion_line(criterion) for criterion in with_removed(numbered, removed)))
    return blocks


def criterion_line(criterion: AcceptanceCriterion | Removed) -> str:
    """Return a criterion with the last part of its number, so that 1.3 stands as ``3.`` under requirement 1."""
    if isinstance(criterion, Removed):
        return struck_line(criterion.number, criterion.text)
    return f"{criterion.number.rpartition('.')[2]}. {inline(criterion.text)}"
