"""Joins lines that were broken in the middle of a sentence, as mail programs and tidy people do."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import word_set

__all__ = ["BULLET", "unwrapped"]

SHORTEST_WRAPPED = 45
"""Characters: a line that was broken for its length has at least as many; a shorter one ends where it ends."""
OPEN_ENDS = word_set(
    "a an the and or of to in for on with by from at as its their our his her each every is are was were be been has "
    "have had can may must should that which who when if than per no not only it they we one"
)
"""Last words after which no sentence is over."""
BULLET = regex(r"^\s*(?:[-*•‣▪◦–—]|\d{1,2}[.)])\s+\S")
HEAD = regex(r"^\s*(?:#|[\w' -]{1,40}(?::(?!//)|\s[-–—=]\s|\s?\()|[\w' ]{1,40}(?:-+>|→|=+>))")
"""A line that begins with a head or a way of its own ("members: …", "Book (title, …)", "open -> paid")."""
CODE = regex(r"^\s*(?:CREATE|ALTER|INSERT|entity|enum|relationship)\b|[{};]\s*$|^\s*[)}]", re.IGNORECASE)

TYPED_END = regex(r"\b(?:str|int|float|bool|date|datetime|time|money|uuid)\??$|\benum\([^()]*\)\??$")
"""How a line of shorthand ends: what follows is a sentence of its own."""


def unwrapped(text: str) -> str:
    """Return a text with every broken sentence on one line; anything else keeps its lines."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and goes_on(lines[-1], line):
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line)
    return "\n".join(lines)


def goes_on(before: str, line: str) -> bool:
    """Tell whether a line goes on with the sentence of the line before it."""
    plain, following = before.rstrip(), line.strip()
    if not plain or not following or BULLET.match(line) or CODE.search(plain[-200:]) or CODE.search(line[:200]):
        return False
    is_shorthand = HEAD.match(plain) is not None and TYPED_END.search(plain[-200:]) is not None
    if plain[-1] in ".:;!?" or (is_shorthand and not re.match(r"(?:and|or)\b", following)):
        return False
    is_indented = line[:1] in " \t" and BULLET.match(before) is not None
    last = re.search(r"([\w']+)$", plain[-40:])
    is_open = plain[-1] in ",(&/" or (last is not None and last[1].lower() in OPEN_ENDS)
    if is_indented:
        return is_open or following[0].islower() or len(plain) >= SHORTEST_WRAPPED
    if is_open and len(plain) >= SHORTEST_WRAPPED and not HEAD.match(following):
        return True
    return following[0].islower() and len(plain) >= SHORTEST_WRAPPED and not HEAD.match(following)
