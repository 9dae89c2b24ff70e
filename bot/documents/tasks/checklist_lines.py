"""What one line of a checklist is: a box, a heading with a number, or a marked detail."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.documents.text.boxes import BOX
from bot.documents.text.source_text import Line

__all__ = ["TaskLine", "box_of", "heading_of", "labels_of", "looks_like_box"]

NUMBER = re.compile(r"(?P<number>\d{1,6}(?:\.\d{1,6}){0,6})[.)]?(?P<optional>\\?\*)?(?=[ \t]|$)")
HEADING = re.compile(
    r"#{2,5}[ \t]+(?:(?:phase|task|step|stage|milestone)[ \t]+)?"
    r"(?P<number>\d{1,6}(?:\.\d{1,6}){0,6})(?:[.:)]|[ \t]+[-–—])?(?=[ \t]|$)",
    re.IGNORECASE,
)
BROKEN_BOX = re.compile(r"(?:[-*+][ \t]*)?\[[ \txX~-]{0,3}\](?!\()|[-*+]\[.\](?!\()|[-*+][ \t]+\[[^\]\[]{2}\] ?\d")
NEXT_LABEL = re.compile(r"(?<=_)[ \t]{1,8}(?=_(?:Requirements?|Depends|Boundary|Blocked):)", re.IGNORECASE)
LABELS = {
    "requirements": "requirements",
    "requirement": "requirements",
    "depends": "depends",
    "depends on": "depends",
    "boundary": "boundary",
    "blocked": "blocked",
    "validates": "validates",
}


class TaskLine(NamedTuple):
    """A line that begins a task. ``title_start`` is the column, from 0, where its title begins."""

    number: str
    title: str
    title_start: int
    optional: bool
    mark: str
    mark_column: int | None


def box_of(line: Line) -> TaskLine | None:
    """Return the task of a line with a box, or None."""
    match = BOX.fullmatch(line.text)
    return task_line(line.text, match.start("rest"), match) if match else None


def heading_of(line: Line) -> TaskLine | None:
    """Return the parent that a heading with a number is, or None."""
    match = HEADING.match(line.text)
    if not match:
        return None
    return titled(line.text, match["number"], match.end(), optional=False, mark="", mark_column=None)


def task_line(text: str, start: int, box: re.Match[str]) -> TaskLine:
    """Return the task of a box: its number, where it has one, and its title."""
    while start < len(text) and text[start] in " \t":
        start += 1
    numbered = NUMBER.match(text, start)
    optional = bool(box["optional"]) or bool(numbered and numbered["optional"])
    number, end = (numbered["number"], numbered.end()) if numbered else ("", start)
    return titled(text, number, end, optional=optional, mark=box["mark"], mark_column=box.start("mark"))


def titled(text: str, number: str, start: int, *, optional: bool, mark: str, mark_column: int | None) -> TaskLine:
    """Return a task whose title is the rest of the line."""
    rest = text[start:]
    title = rest.strip()
    return TaskLine(number, title, start + len(rest) - len(rest.lstrip()), optional, mark, mark_column)


def looks_like_box(stripped: str) -> bool:
    """Tell whether a line was probably meant to be a box: ``- [] 1``, ``-[ ] 1``, ``[x] 1``."""
    return BROKEN_BOX.match(stripped) is not None


def labels_of(raw: str) -> list[tuple[str, str]]:
    """Return the keys and values of a detail's marks, such as ``_Requirements: 1.1_ _Depends: 2_``; none for prose."""
    pieces = NEXT_LABEL.split(raw) if raw.startswith("_") else [raw]
    labels = [label_of(piece) for piece in pieces]
    return [label for label in labels if label] if all(labels) else []


def label_of(raw: str) -> tuple[str, str] | None:
    """Return the key and the value of a marked detail such as ``_Requirements: 1.1_``, or None.

    What follows the closing mark belongs to the value.
    """
    mark = raw[0] if raw[:1] in ("_", "*") else ""
    if not mark:
        return None
    opening = len(raw) - len(raw.lstrip(mark))
    closing = raw.rfind(mark)
    if closing < opening:
        closing = len(raw)
    word, colon, value = raw[opening:closing].rstrip(mark).partition(":")
    if not colon:
        return None
    said = " ".join(part for part in (value.strip().lstrip(mark).strip(), raw[closing + 1 :].strip()) if part)
    label = word.rstrip(mark).strip().casefold()
    if label.startswith("property ") and label[9:].strip().isdigit():
        return "property", f"{word.strip()}: {said}"
    key = LABELS.get(label)
    return (key, said) if key else None
