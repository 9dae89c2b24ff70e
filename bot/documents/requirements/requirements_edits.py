"""Edits of requirements.md: give a requirement another title, strike a requirement or a criterion.

They return spans, so that several can be made at once by `bot.documents.text.edits.apply_edits`.
"""

from __future__ import annotations

from bot.documents.requirements.requirements_lines import requirement_of
from bot.documents.requirements.requirements_reader import RequirementsReading
from bot.documents.text.edits import Edit
from bot.documents.text.markdown import inline
from bot.documents.text.numbering import struck_line

__all__ = ["rename_requirement", "strike_requirement"]


def rename_requirement(text: str, reading: RequirementsReading, number: int, title: str) -> tuple[Edit, ...]:
    """Return the edit that gives a requirement another title, or one where it had none.

    Raises ValueError where the title is empty or no requirement has the number.
    """
    shown = inline(title)
    if not shown:
        raise ValueError("a requirement needs a title")
    start, _ = span_of(reading, str(number))
    line = text[start:].splitlines()[0]
    blank = len(line) - len(line.lstrip())
    words = requirement_of(line.strip(), is_among_requirements=True)
    if words is None:
        raise ValueError(f"requirement {number} isn't where it was read")
    if words.title:
        return (Edit(start + blank + words.title_start, start + blank + words.title_end, shown),)
    end = start + len(line.rstrip())
    return (Edit(end, end, f" {shown}" if line.rstrip().endswith((":", "：")) else f": {shown}"),)


def strike_requirement(text: str, reading: RequirementsReading, number: str) -> tuple[Edit, ...]:
    """Return the edit that leaves one struck line of a requirement (``3``) or a criterion (``3.2``).

    Raises ValueError where nothing has the number.
    """
    start, end = span_of(reading, number)
    requirements = reading.requirements
    titles = {str(requirement.number): requirement.title for requirement in requirements.requirements}
    texts = titles | {criterion.number: criterion.text for criterion in requirements.criteria()}
    line = text[start:end]
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return (Edit(start, end, struck_line(number, texts[number], indent)),)


def span_of(reading: RequirementsReading, number: str) -> tuple[int, int]:
    """Return where something stands. Raises ValueError where nothing has the number."""
    if number not in reading.spans:
        raise ValueError(f"nothing in this document has the number {number}")
    return reading.spans[number]
