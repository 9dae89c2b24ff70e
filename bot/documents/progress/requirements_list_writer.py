"""Writes REQUIREMENTS.md in its canonical form: groups of boxes, what is out of scope, the table of phases."""

from __future__ import annotations

from bot.documents.progress.project_writer import excluded_line
from bot.documents.progress.requirements_list import ListedRequirement, RequirementGroup, RequirementsList
from bot.documents.text.markdown import inline, paragraphs, span
from bot.documents.text.notes import front_matter_block, write_notes
from bot.documents.text.prose import heading_text, label_line
from bot.documents.text.tables import write_table

__all__ = ["write_requirements_list"]


def write_requirements_list(requirements_list: RequirementsList) -> str:
    """Return the canonical text."""
    title = requirements_list.title
    blocks = front_matter_block(requirements_list.front_matter)
    blocks.append(f"# {heading_text(f'Requirements: {title}' if title else 'Requirements')}")
    blocks.append("  \n".join(label_line(label.name, label.text) for label in requirements_list.labels))
    for group in requirements_list.groups:
        blocks += group_blocks(group)
    if requirements_list.out_of_scope:
        blocks += ["## Out of scope", "\n".join(excluded_line(each) for each in requirements_list.out_of_scope)]
    if requirements_list.traces:
        rows = [(trace.requirement, trace.phase, trace.state) for trace in requirements_list.traces]
        more = [trace.more for trace in requirements_list.traces]
        blocks += ["## Traceability", write_table(("Requirement", "Phase", "State"), rows, more)]
    blocks += write_notes(requirements_list.notes)
    return "\n\n".join(block for block in blocks if block) + "\n"


def group_blocks(group: RequirementGroup) -> list[str]:
    """Return a heading, what introduces it, and its requirements."""
    heading = f"{'#' * group.level} {heading_text(group.heading)}".rstrip()
    lines = "\n".join(line for requirement in group.requirements for line in requirement_lines(requirement))
    return [heading, paragraphs(group.intro), lines]


def requirement_lines(requirement: ListedRequirement) -> list[str]:
    """Return a requirement's line and those of its details."""
    box = "" if requirement.state is None else f"[{requirement.state}] "
    text = f"**{requirement.id}**: {span(requirement.text)}".rstrip()
    shown = f"~~{text}~~" if requirement.removed else text
    return [f"- {box}{shown}", *(f"  - {inline(detail)}" for detail in requirement.details)]
