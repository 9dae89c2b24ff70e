"""Writes PROJECT.md in its canonical form."""

from __future__ import annotations

from collections.abc import Iterable

from bot.documents.progress.project import Constraint, Decision, Excluded, Project, ProjectRequirement
from bot.documents.text.markdown import inline, paragraphs
from bot.documents.text.notes import front_matter_block, write_notes
from bot.documents.text.prose import bullets, heading_text, label_line, strong
from bot.documents.text.tables import write_table

__all__ = ["excluded_line", "write_project"]


def write_project(project: Project) -> str:
    """Return the canonical text."""
    blocks = front_matter_block(project.front_matter)
    blocks += [f"# {heading_text(project.title)}"] if project.title else []
    blocks += ["## What this is", paragraphs(project.what)]
    if project.core_value:
        blocks += ["## Core value", paragraphs(project.core_value)]
    blocks += requirement_blocks(project)
    if project.constraints:
        blocks += ["## Constraints", "\n".join(constraint_line(each) for each in project.constraints)]
    if project.decisions:
        blocks += ["## Key decisions", decisions_block(project.decisions)]
    if project.assumptions:
        blocks += ["## Assumptions", bullets(project.assumptions)]
    blocks += write_notes(project.notes)
    return "\n\n".join(block for block in blocks if block) + "\n"


def requirement_blocks(project: Project) -> list[str]:
    """Return the requirements: validated, active, out of scope."""
    blocks: list[str] = []
    if project.validated:
        blocks += ["### Validated", requirement_lines(project.validated)]
    if project.active:
        blocks += ["### Active", requirement_lines(project.active)]
    if project.out_of_scope:
        blocks += ["### Out of scope", "\n".join(excluded_line(each) for each in project.out_of_scope)]
    return ["## Requirements", *blocks] if blocks else []


def requirement_lines(requirements: Iterable[ProjectRequirement]) -> str:
    """Return a list of requirements with their boxes."""
    return "\n".join(
        f"- {'' if each.state is None else f'[{each.state}] '}{inline(each.text)}" for each in requirements
    )


def excluded_line(excluded: Excluded) -> str:
    """Return the line of one thing out of scope."""
    return f"- {label_line(excluded.what, excluded.why)}" if excluded.why else f"- {strong(excluded.what)}"


def constraint_line(constraint: Constraint) -> str:
    """Return the line of one constraint."""
    return f"- {label_line(constraint.kind, constraint.text)}" if constraint.kind else f"- {inline(constraint.text)}"


def decisions_block(decisions: tuple[Decision, ...]) -> str:
    """Return decisions as a list, or as a table where there is more to say than the decision."""
    if not any(each.why or each.outcome or each.more for each in decisions):
        return bullets(each.text for each in decisions)
    rows = [(each.text, each.why, each.outcome) for each in decisions]
    return write_table(("Decision", "Why", "Outcome"), rows, [each.more for each in decisions])
