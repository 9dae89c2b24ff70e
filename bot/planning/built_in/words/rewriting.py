"""Says a text in other words by patterns, each with one meaning only, until nothing is left that one of them fits."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import singular

__all__ = [
    "BEGIN",
    "CLAUSE",
    "END",
    "LONGEST",
    "MANY",
    "NAME",
    "NOUN",
    "NUMBER",
    "PAUSE",
    "SENTENCE",
    "STATEMENT",
    "TERM",
    "THEN",
    "WORD",
    "Ways",
    "added",
    "has",
    "put",
    "put_apart",
    "replaced",
    "rewritten",
    "topic",
]

LONGEST = 8_000
"""Characters of a message that is told in prose; a longer one is a document."""
CLAUSE = r"(?P<begin>^|[.:;!?,]\s++(?:and\s+)?|\n\s*+|\band\s+)"
"""Where a clause begins. The gap before it is taken whole (`+`), so that a run of blank lines is read once."""
END = r"(?=\s*(?:[.;!?\n]|$))"
PAUSE = r"(?=\s*(?:[,.;!?\n]|$|and\b))"
NOUN = r"(?!(?:we|they|it|i|you|he|she|which|that|who|some|others)\b)[a-z][a-z-]+(?: [a-z][a-z-]+)?"
BEGIN = r"(?P<begin>^|[.!?;:]\s++|,\s+(?:and\s+|so\s+|but\s+)?|\s+and\s+|\n\s*+)"
"""Where a clause begins, also behind a comma."""
THEN = r"(?P<begin>^|[.!?;:]\s++|,\s+(?:and\s+|so\s+|but\s+|then\s+)*|\s+and\s+(?:then\s+)?|\n\s*+)"
"""The same, also behind "then"."""
SENTENCE = r"(?P<begin>^|[.!?;]\s++|\n\s*+)"
"""Where a sentence begins, or what a semicolon parts from it."""
STATEMENT = r"(?P<begin>^|[.!?;:]\s++|\n\s*+)"
"""The same, also behind a colon."""
WORD = (
    r"(?!(?:we|they|it|i|you|he|she|people|which|that|who|some|other|others|one|ones|in|off|for|with|from|of|at|on|by|"
    r"is|are|has|have|was|were|and|or|no|not|can|may|to|what|when|where|how|all|each|every|per|against|out|if|whether)"
    r"\b)[a-z][a-z-]+"
)
"""A word that a thing may be called by."""
NAME = rf"{WORD}(?: {WORD})?"
"""A word, or two where two are there."""
TERM = rf"{WORD}(?: {WORD})??"
"""A word, or two where one is not enough."""
MANY = rf"(?:{WORD} )?{WORD}s"
NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
    r"ninety)"
)
TOPIC = regex(
    r"(?:^|[.!?]\s+|\n)(?:(?:an?|each|every) (?P<noun>[a-z][a-z-]+(?: [a-z][a-z-]+)?) (?:has|belongs)\b|"
    r"(?:we|i) (?:keep|have|sell|collect|own) (?P<many>[a-z-]+s)(?=\s*[.,;!?\n]))",
    re.IGNORECASE,
)
"""A sentence that tells of one thing, which later ones call "it"."""
Ways = tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], str | None]], ...]
"""Patterns, and what gives the whole text in other words for a match in it; nothing where it means something else."""


def added(text: str, at: int, sentence: str) -> str:
    """Return a text with a sentence of its own behind the line that reaches over a place in it.

    Not right behind the sentence there: what follows it may go on with "they".
    """
    place = text.find("\n", at)
    place = len(text) if place < 0 else place
    line = text[:place].rstrip()
    return f"{line}{'' if line[-1:] in '.!?' else '.'} {sentence}.{text[place:]}"


def has(who: str) -> str:
    """Return "has" behind one, "have" behind several; nothing said is one."""
    is_one = re.match(r"(?:an?|the|each|every|it)\b", who, re.IGNORECASE) is not None or who == singular(who.lower())
    return "has" if not who or is_one else "have"


def put(found: re.Match[str], text: str, *said: str) -> str:
    """Return a text with sentences in the place of a clause, with a full stop for the comma before it."""
    begin = ". " if found["begin"].startswith(",") else found["begin"]
    return f"{text[: found.start()]}{begin}{'. '.join(said)}{text[found.end() :]}"


def put_apart(found: re.Match[str], text: str, *said: str) -> str:
    """Return a text with sentences in the place of a clause, whatever stood before it, also a semicolon or a colon."""
    begin = found["begin"] if re.fullmatch(r"|[.!?]\s+|\n\s*", found["begin"]) else ". "
    return f"{text[: found.start()]}{begin}{'. '.join(said)}{text[found.end() :]}"


def replaced(found: re.Match[str], text: str, *said: str) -> str:
    """Return a text with sentences of their own in the place of a clause, which begins with the group ``begin``."""
    begin = found["begin"] if re.fullmatch(r"|[.!?;:]\s+|\n\s*", found["begin"]) else ". "
    return f"{text[: found.start()]}{begin}{'. '.join(said)}{text[found.end() :]}"


def rewritten(text: str, ways: Ways) -> str:
    """Return a text with everything that patterns fit said in their words; a document stays as it is."""
    if len(text) > LONGEST:
        return text
    for said, plain in ways:
        at = 0
        while found := said.search(text, at):
            new = plain(found, text)
            at = found.end() if new is None else found.start() + 1
            text = text if new is None else new
    return text


def topic(before: str) -> str:
    """Return the thing that was told of last, or nothing."""
    told = [(found["noun"] or singular(found["many"].lower())).lower() for found in TOPIC.finditer(before)]
    return told[-1] if told else ""
