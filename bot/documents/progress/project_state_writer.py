"""Writes STATE.md in its canonical form."""

from __future__ import annotations

from bot.documents.progress.project_state import ProjectState
from bot.documents.text.notes import front_matter_block, write_notes
from bot.documents.text.prose import bullets, heading_text, label_line

__all__ = ["write_project_state"]


def write_project_state(state: ProjectState) -> str:
    """Return the canonical text."""
    blocks = front_matter_block(state.front_matter)
    blocks.append(f"# {heading_text(f'State: {state.title}' if state.title else 'State')}")
    fields = (
        ("Phase", state.phase),
        ("Plan", state.plan),
        ("Status", state.status),
        ("Last activity", state.last_activity),
        ("Progress", state.progress),
    )
    lines = [label_line(name, text) for name, text in fields if text]
    lines += [label_line(label.name, label.text) for label in state.labels]
    if lines:
        blocks += ["## Current position", "  \n".join(lines)]
    for heading, texts in (
        ("Decisions", state.decisions),
        ("Blockers", state.blockers),
        ("Open tasks", state.open_tasks),
    ):
        if texts:
            blocks += [f"## {heading}", bullets(texts)]
    blocks += write_notes(state.notes)
    return "\n\n".join(block for block in blocks if block) + "\n"
