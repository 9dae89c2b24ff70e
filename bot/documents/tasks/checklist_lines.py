"""What one line of a checklist is: a box, a heading with a number, or a marked detail."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.documents.tasks.checklist_words import LABEL_WORDS, LABELS, PROPERTY
from bot.documents.text.boxes import BOX
from bot.documents.text.source_text import Line
from bot.patterns import regex

__all__ = ["TaskLine", "box_of", "group_of", "heading_of", "labels_of", "looks_like_box"]

DOTTED = r"\d{1,6}(?:\.\d{1,6}){0,6}"
LETTERED = r"\d{1,6}[a-hA-H]?(?:\.\d{1,6}[a-hA-H]?){1,6}|\d{1,6}[a-hA-H](?=[.):])"
"""Numbers between which a task was put later: ``18b.``, ``18b.1``, ``2.1a``."""

NAMED = r"T\d{3,4}|[A-Z]{1,8}-0\d{1,5}|[A-Z]{1,8}-\d{1,6}(?=:)"
"""Names in place of numbers: ``T001``, ``TASK-001``; SHA-256 is none, save before a colon."""

WORD_BEFORE = rf"(?:[Tt]ask|[Ss]tep)[ \t]{{1,4}}(?={DOTTED}[.:)*])"
NUMBER = regex(
    rf"(?P<bold>\*\*|__)?(?P<number>{NAMED}|(?:{WORD_BEFORE})?(?:{LETTERED}|{DOTTED}))"
    r"(?P<closed>\*\*|__)?[.:)]?(?P<late>\*\*|__)?(?P<optional>\\?\*)?(?=[ \t]|$)"
)
HEADING = regex(
    rf"(?P<level>#{{2,5}})[ \t]+(?:\*\*)?(?:(?P<word>phase|task|step|stage|milestone)[ \t]+)?"
    rf"(?P<number>{DOTTED}|(?-i:{NAMED}))(?:[.:)]|[ \t]+[-–—])?(?=[ \t]|$)",
    re.IGNORECASE,
)
BROKEN_BOX = regex(
    r"(?:>[> \t]{0,20})?(?:[-*+][ \t]*)?\[[ \txX~-]{0,3}\](?!\()|[-*+]\[.\](?!\()|[-*+][ \t]+\[[^\]\[]{2}\] ?\d"
)
NEXT_LABEL = regex(rf"(?<=_)[ \t]{{1,8}}(?=_(?:{LABEL_WORDS})[:：])", re.IGNORECASE)
COLON = regex("[:：]")


class TaskLine(NamedTuple):
    """A line that begins a task. ``title_start`` is the column, from 0, where its title begins."""

    number: str
    title: str
    title_start: int
    optional: bool
    mark: str
    mark_column: int | None
    is_bold: bool = False
    """Whether bold text begins before the number and ends in the title."""

    @property
    def shown(self) -> str:
        """Return the title without the end of the bold text that began before the number."""
        return self.title.replace("**", "", 1).strip() if self.is_bold else self.title


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


def group_of(line: Line) -> tuple[int, str]:
    """Return of which kind a heading with a number is: its level, and the word before its number."""
    match = HEADING.match(line.text)
    return (len(match["level"]), (match["word"] or "").casefold()) if match else (0, "")


def task_line(text: str, start: int, box: re.Match[str]) -> TaskLine:
    """Return the task of a box: its number, where it has one, and its title."""
    while start < len(text) and text[start] in " \t":
        start += 1
    numbered = NUMBER.match(text, start)
    if not numbered or ((numbered["closed"] or numbered["late"]) and not numbered["bold"]):
        return titled(text, "", start, optional=bool(box["optional"]), mark=box["mark"], mark_column=box.start("mark"))
    number = numbered["number"].split()[-1]
    is_bold = bool(numbered["bold"]) and not (numbered["closed"] or numbered["late"])
    optional = bool(box["optional"]) or bool(numbered["optional"])
    found = titled(text, number, numbered.end(), optional=optional, mark=box["mark"], mark_column=box.start("mark"))
    if is_bold and found.title.endswith("**") and found.title.count("**") == 1:
        return found._replace(title=found.title.removesuffix("**").rstrip())
    return found._replace(is_bold=is_bold)


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
    word, colon, value = parted(without_end(raw[opening:closing], mark, opening - 1))
    behind = raw[closing + 1 :].lstrip(f"{mark} ")
    if not colon and behind.startswith((":", "：")):
        colon, value, closing = behind[0], behind[1:], len(raw)
    if not colon:
        return None
    said = " ".join(part for part in (value.strip().lstrip(mark).strip(), raw[closing + 1 :].strip()) if part)
    label = word.rstrip(mark).strip().casefold()
    if PROPERTY.fullmatch(label):
        return "property", f"{word.strip()}: {said}"
    key = LABELS.get(label)
    return (key, said) if key else None


def without_end(text: str, mark: str, closing: int) -> str:
    """Return a text without the marks at its end, save one behind a backslash or one that ends emphasis within."""
    bare = text.rstrip(mark)
    is_escaped = bare != text and (len(bare) - len(bare.rstrip("\\"))) % 2 == 1
    ends_emphasis = len(text) - len(bare) > closing and bare.count(mark) % 2 == 1
    return bare + mark if is_escaped or ends_emphasis else bare


def parted(text: str) -> tuple[str, str, str]:
    """Return what stands before the first colon, the colon, and what follows it."""
    colon = COLON.search(text)
    return (text[: colon.start()], colon.group(), text[colon.end() :]) if colon else (text, "", "")
