"""Text in Markdown documents: how models hold it, and how labels, bold text and headings are written and read.

Models hold text in a normal form (`OneLine`, `Lines`, `Paragraphs`), so that what is written is read back as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from bot.documents.frozen import Frozen
from bot.documents.text.markdown import escaped, inline, one_line, paragraphs, read_inline, span
from bot.patterns import regex

__all__ = [
    "Label",
    "Lines",
    "OneLine",
    "Paragraphs",
    "bullets",
    "heading_text",
    "label_line",
    "paragraphs",
    "plain_label",
    "read_inline",
    "split_dash",
    "split_label",
    "split_strong",
    "strong",
    "unbold",
    "without_mark",
]

STRONG = ("**", "__")
LONGEST_LABEL = 80
DASHES = (" — ", " – ", " -- ", " - ")
BLANK_LINE = regex(r"\n[ \t]*\n")


def normal_line(value: object) -> object:
    """Return text as one line; anything else as it is, for Pydantic to refuse."""
    return one_line(value) if isinstance(value, str) else value


def normal_paragraphs(value: object) -> object:
    """Return text as paragraphs of one line each, with a blank line between."""
    if not isinstance(value, str):
        return value
    blocks = BLANK_LINE.split(value.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n\n".join(line for block in blocks if (line := one_line(block)))


def said(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines that say something."""
    return tuple(line for line in lines if line)


OneLine = Annotated[str, BeforeValidator(normal_line)]
"""Text without line breaks and control characters, its white space joined."""

Lines = Annotated[tuple[OneLine, ...], AfterValidator(said)]
"""Lines that each say something."""

Paragraphs = Annotated[str, BeforeValidator(normal_paragraphs)]
"""Paragraphs of one line each, with a blank line between."""


class Label(Frozen):
    """A labelled line such as ``**UI hint**: yes``."""

    name: OneLine
    text: OneLine = ""


def strong(text: str) -> str:
    """Return text in bold that shows exactly the text, stars and a final colon included."""
    line = escaped(one_line(text)).replace("`", "\\`").replace("*", "\\*")
    return f"**{line[:-1]}\\:**" if line.endswith(":") else f"**{line}**"


def split_strong(text: str) -> tuple[str, str] | None:
    """Return what stands in bold at the beginning of a text, and what follows it; None where nothing does."""
    mark = text[:2]
    if mark not in STRONG:
        return None
    index = 2
    while index < len(text):
        if text[index] == "\\":
            index += 2
            continue
        if text.startswith(mark, index):
            return text[2:index], text[index + 2 :]
        index += 1
    return None


def split_label(text: str) -> tuple[str, str] | None:
    """Return the bold label that a text begins with, as it is shown, and its value; None where there is none.

    Takes ``**Goal**: value``, ``**Goal:** value``, and notes between: ``**Success Criteria** (what must be TRUE):``.
    """
    found = split_strong(text)
    if not found:
        return None
    name, rest = found
    if name.endswith(":") and not name.endswith("\\:"):
        return read_inline(name[:-1]), rest.strip()
    if rest.startswith(":"):
        return read_inline(name), rest[1:].strip()
    note, closed, value = rest.strip().partition("):")
    if closed and note.startswith("("):
        return read_inline(name), value.strip()
    return None


def plain_label(text: str, known: Iterable[str]) -> tuple[str, str] | None:
    """Return a label that isn't bold, such as ``Goal: value``, where its name in lower case is known."""
    name, colon, _ = text[: LONGEST_LABEL * 4].partition(":")
    bare = name.partition("(")[0].strip()
    if not colon or bare.casefold() not in known:
        return None
    return bare, text[len(name) + 1 :].strip()


def label_line(name: str, text: str) -> str:
    """Return a labelled line."""
    return f"{strong(name)}: {span(text)}".rstrip()


def unbold(text: str) -> str:
    """Return a text that is bold as a whole without its marks; any other text as it is."""
    found = split_strong(text)
    return found[0] if found and not found[1].strip() else text


def split_dash(text: str) -> tuple[str, str]:
    """Return what stands before and after the first dash between blanks; nothing after it where there is none."""
    places = [(text.find(dash), dash) for dash in DASHES if dash in text]
    if not places:
        return text.strip(), ""
    start, dash = min(places)
    return text[:start].strip(), text[start + len(dash) :].strip()


def without_mark(text: str) -> str:
    """Return what stands after the colon or dash that a text begins with; the whole text where it begins with none."""
    bare = text.strip()
    mark = next((mark for mark in (":", "--", "-", "—", "–") if bare.startswith(mark)), "")
    return bare[len(mark) :].strip()


def heading_text(text: str) -> str:
    """Return the text for a heading, whose final hash would be taken for its end."""
    line = span(text)
    return f"{line[:-1]}\\#" if line.endswith("#") else line


def bullets(texts: Iterable[str]) -> str:
    """Return a list, one text a line."""
    return "\n".join(f"- {inline(text)}" for text in texts)
