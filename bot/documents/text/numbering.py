"""Numbers are ids: each is given once, gaps stay, and what is removed leaves one struck line that keeps its number.

A struck line is ``- ~~2.3 Title~~`` in every document of ours.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.documents.frozen import Frozen
from bot.documents.text.boxes import BOX, without_bullet
from bot.documents.text.markdown import one_line, read_inline
from bot.patterns import regex

__all__ = [
    "Numbers",
    "Removed",
    "next_number",
    "number_key",
    "read_struck",
    "sorted_removed",
    "struck_line",
    "struck_of",
    "with_removed",
]

NUMBER = regex(
    r"(?:(?:requirement|task|phase) +)?(?P<number>\d{1,6}(?:\.\d{1,6}){0,6})[.:]?(?:[ \t]+|$)", re.IGNORECASE
)
ACTIVE = regex(r"[\\<\[\]|`~]")


class Removed(Frozen):
    """Something that was taken out: its number, which is never given again, and what it said."""

    number: str
    text: str = ""


class Struck(NamedTuple):
    """What a struck line says."""

    number: str
    text: str


def number_key(number: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts 1.9 before 1.10; what is no number comes last."""
    parts = number.split(".")
    return tuple((0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part) for part in parts)


def sorted_removed(removed: Iterable[Removed]) -> tuple[Removed, ...]:
    """Return removed things by number: where they stand among the others says nothing."""
    return tuple(sorted(removed, key=lambda each: (number_key(each.number), each.text)))


class Numbers:
    """The numbers of a document, and the next free one below any of them."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Begin with every number that was ever given, removed ones included; 2.3.1 takes 2.3 and 2 as well."""
        self.largest: dict[str, int] = {}
        for number in taken:
            self.take(number)

    def take(self, number: str) -> None:
        """Note that a number is given."""
        head = number
        while head:
            head, _, own = head.rpartition(".")
            if own.isascii() and own.isdigit():
                self.largest[head] = max(self.largest.get(head, 0), int(own))

    def give(self, parent: str = "") -> str:
        """Return the next free number below a parent, and take it."""
        own = self.largest.get(parent, 0) + 1
        self.largest[parent] = own
        return f"{parent}.{own}" if parent else str(own)


def next_number(taken: Iterable[str], parent: str = "") -> str:
    """Return the next free number below a parent: one more than the largest ever given, removed ones included.

    ``taken`` holds every number of the document; a number such as 2.3.1 takes 2.3 and 2 as well.
    """
    return Numbers(taken).give(parent)


def with_removed[T](things: Iterable[tuple[str, T]], removed: Iterable[Removed]) -> Iterator[T | Removed]:
    """Yield things (number, thing) in their order, each removed one before the first whose number is larger."""
    waiting = deque(sorted_removed(removed))
    for number, thing in things:
        while waiting and number_key(waiting[0].number) < number_key(number):
            yield waiting.popleft()
        yield thing
    yield from waiting


def struck_line(number: str, text: str, indent: str = "") -> str:
    """Return the one line that a removed thing leaves."""
    shown = ACTIVE.sub(r"\\\g<0>", one_line(f"{number} {text}"))
    return f"{indent}- ~~{shown}~~"


def read_struck(text: str) -> Struck | None:
    """Return what a struck text says (without its bullet and box), or None where it isn't struck as a whole."""
    inner = text[2:-2]
    is_struck = len(text) > 4 and text.startswith("~~") and text.endswith("~~") and "~~" not in inner
    if not is_struck or not inner.strip() or ends_escaped(inner):
        return None
    match = NUMBER.match(inner)
    if not match:
        return Struck("", read_inline(inner))
    return Struck(match["number"], read_inline(inner[match.end() :]))


def struck_of(stripped: str) -> Struck | None:
    """Return what a struck line says: ``- ~~2.3 Title~~``, also with a box before or inside, or None."""
    if "~~" not in stripped:
        return None
    box = BOX.fullmatch(stripped)
    inner = box["rest"].strip() if box else without_bullet(stripped)
    struck = read_struck(inner)
    within = BOX.fullmatch(f"- {inner[2:-2]}") if struck else None
    return read_struck(f"~~{within['rest'].strip()}~~") if within else struck


def ends_escaped(text: str) -> bool:
    """Tell whether a backslash at the end takes the next character's meaning away."""
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1
