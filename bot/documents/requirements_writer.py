"""Writes requirements.md: introduction, glossary, assumptions, then requirements with numbered criteria."""

from __future__ import annotations

from bot.documents.markdown import inline, paragraphs
from bot.documents.requirements import AcceptanceCriterion, Requirement, Requirements

__all__ = ["write_requirements"]


def write_requirements(requirements: Requirements) -> str:
    """Return the canonical text. A number is given once, so a list may begin at 2 and leave gaps."""
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
    blocks.append("## Requirements")
    for requirement in requirements.requirements:
        blocks += requirement_blocks(requirement)
    return "\n\n".join(block for block in blocks if block) + "\n"


def requirement_blocks(requirement: Requirement) -> list[str]:
    """Return the heading, the user story and the criteria of one requirement."""
    title = inline(requirement.title)
    blocks = [f"### Requirement {requirement.number}: {title}" if title else f"### Requirement {requirement.number}"]
    if requirement.user_story.strip():
        blocks.append(f"**User Story:** {inline(requirement.user_story)}")
    blocks.append("#### Acceptance Criteria")
    blocks.append("\n".join(criterion_line(criterion) for criterion in requirement.criteria))
    return blocks


def criterion_line(criterion: AcceptanceCriterion) -> str:
    """Return a criterion with the last part of its number, so that 1.3 stands as ``3.`` under requirement 1."""
    return f"{criterion.number.rpartition('.')[2]}. {inline(criterion.text)}"
