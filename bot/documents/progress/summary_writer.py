"""Writes SUMMARY.md in its canonical form: front matter, then what was done, with a commit for each task."""

from __future__ import annotations

from bot.documents.progress.summary import ChangedFile, Deviation, Summary, TaskCommit
from bot.documents.progress.summary_front_matter import front_values
from bot.documents.text.front_matter import write_front_matter
from bot.documents.text.markdown import inline, span
from bot.documents.text.notes import write_notes
from bot.documents.text.prose import bullets, heading_text
from bot.documents.text.tables import write_table

__all__ = ["write_summary"]


def write_summary(summary: Summary) -> str:
    """Return the canonical text."""
    values = front_values(summary)
    blocks = [write_front_matter(values).rstrip("\n")] if values else []
    blocks += [f"# {heading_text(summary.title)}" if summary.title else "", inline(summary.one_line)]
    blocks += ["## Accomplishments", bullets(summary.accomplishments) or "Nothing yet."]
    if summary.commits:
        blocks += ["## Task commits", commit_table(summary.commits)]
    if summary.files:
        blocks += ["## Files", "\n".join(file_line(file) for file in summary.files)]
    for heading, texts in (("Decisions", summary.decisions), ("Issues encountered", summary.issues)):
        blocks += [f"## {heading}", bullets(texts)] if texts else []
    if summary.deviations:
        blocks += ["## Deviations", "\n".join(line for each in summary.deviations for line in deviation_lines(each))]
    for heading, texts in (
        ("Written by a model", summary.written_by_model),
        ("Left open", summary.left_open),
        ("Next step", summary.next_steps),
    ):
        blocks += [f"## {heading}", bullets(texts)] if texts else []
    blocks += write_notes(summary.notes)
    return "\n\n".join(block for block in blocks if block) + "\n"


def commit_table(commits: tuple[TaskCommit, ...]) -> str:
    """Return one row a task: its commits and its evidence; an open task says so."""
    rows = [
        (commit.task, ", ".join(f"`{each}`" for each in commit.hashes) or "open", commit.note) for commit in commits
    ]
    return write_table(("Task", "Commit", "Evidence"), rows, [commit.more for commit in commits])


def file_line(file: ChangedFile) -> str:
    """Return the line of one file."""
    return f"- `{file.path}`: {span(file.note)}" if file.note else f"- `{file.path}`"


def deviation_lines(deviation: Deviation) -> list[str]:
    """Return the line of a deviation and those of its details."""
    return [f"- {inline(deviation.text)}", *(f"  - {inline(detail)}" for detail in deviation.details)]
