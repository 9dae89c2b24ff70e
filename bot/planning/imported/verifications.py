"""From the words of a plan to verifications: a line is one, or several where commands stand beside other claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.patterns import regex
from bot.planning.imported.commands import AllowedCommand, allowed_command
from bot.planning.imported.plan import Verification

__all__ = ["verifications_in"]

BULLET = regex(r"(?:[-*+•]|\d{1,3}[.)])\s+(?:\[.\]\s+)?")
CLAIM = regex(
    r"(?:works?|succeeds?|pass(?:es)?|is green|are green|exits? (?:with )?0|runs?(?: clean(?:ly)?)?|completes?|"
    r"returns? 0|is clean|(?:has|shows|with) no errors?|without errors?|without warnings?)[.!]?",
    re.IGNORECASE,
)
"""What may stand behind a command and asks for nothing but that it succeeds."""
LEAD = regex(r"(?:run|test|check|verify|execute)\s*:?\s+", re.IGNORECASE)
SPAN = regex(r"`([^`\n]{1,500})`")
LONGEST = 1000
MOST = 60
"""Verifications of one text; what is more is one of them, for a person."""


def verifications_in(texts: Iterable[str]) -> tuple[Verification, ...]:
    """Return the verifications that texts ask for, each once and in order."""
    lines = [line for text in texts for line in lines_of(text)]
    found = list(dict.fromkeys(each for line in lines[:MOST] for each in of_line(line)))
    rest = lines[MOST:]
    return (*found, *((Verification(text=f"and {len(rest)} more, in the file"),) if rest else ()))


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines that say something, without bullets, boxes and fences."""
    for line in text.splitlines():
        said = BULLET.sub("", line.strip(), count=1).strip()
        if said and not said.startswith("```"):
            yield said[:LONGEST]


def of_line(line: str) -> list[Verification]:
    """Return one line as verifications: its pieces where any of them may run, else as it stands."""
    whole = command_in(line)
    if whole is not None:
        return [Verification(text=line, command=whole)]
    pieces = [Verification(text=piece, command=command_in_piece(piece)) for piece in pieces_of(line)]
    return pieces if any(piece.runs for piece in pieces) else [Verification(text=line)]


def command_in(text: str) -> AllowedCommand | None:
    """Return the command that a text is, with nothing beside it but the claim that it succeeds."""
    spans = SPAN.findall(text)
    if len(spans) == 1:
        beside = LEAD.sub("", SPAN.sub("", text).strip(" .:") + " ", count=1).strip()
        return allowed_command(spans[0]) if not beside or CLAIM.fullmatch(beside) else None
    if spans:
        return None
    said = LEAD.sub("", text, count=1) if LEAD.match(text) else text
    return allowed_command(without_claim(said), in_code=False)


def command_in_piece(piece: str) -> AllowedCommand | None:
    """Return the command that a piece of a line is; a bare name in an enumeration (``ruff, pytest``) is none."""
    return None if " " not in piece and "`" not in piece else command_in(piece)


def without_claim(text: str) -> str:
    """Return a text without the words at its end that say that it succeeds."""
    words = text.strip().split(" ")
    for length in (4, 3, 2, 1):
        if len(words) > length and CLAIM.fullmatch(" ".join(words[-length:])):
            return " ".join(words[:-length])
    return text


def pieces_of(line: str) -> list[str]:
    """Return what commas and semicolons part, where they stand outside of quotes, spans and brackets."""
    pieces, current, closing = [], "", ""
    pairs = {'"': '"', "'": "'", "`": "`", "(": ")", "[": "]", "{": "}"}
    for character in line:
        if closing:
            closing = "" if character == closing else closing
        elif character in pairs:
            closing = pairs[character]
        elif character in ",;":
            pieces.append(current.strip())
            current = ""
            continue
        current += character
    return [piece for piece in (*pieces, current.strip()) if piece]
