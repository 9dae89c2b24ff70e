"""The parts of a sentence that stayed unread, so that other words take the place only of what they say again."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.patterns import regex
from bot.planning.built_in.words.doing_verbs import is_deed
from bot.planning.built_in.words.vocabulary import is_verb_form, straight, words_of

__all__ = ["conditions_of", "drop_said_again", "halves_of"]

LONGEST = 400
LEAST_WORDS = 3
JOINT = regex(r"(?:;|,?\s(?:and|but))\s+(?:also\s+|then\s+|that\s+)?", re.IGNORECASE)
SAYS = regex(
    r"\b(?:can|may|must|should|shall|will|cannot|is|are|was|were|has|have|had|gets?|goes?|does?|needs?|wants?|stays?|loses?|"
    r"pays?|never)\b|n't\b",
    re.IGNORECASE,
)
"""What only a clause has, and no name of a thing."""
BINDS = regex(r"\b(?:between|both|either|neither)\b", re.IGNORECASE)
"""Words behind which "and" joins what belongs together."""
CONDITION = regex(
    r"\b(?:unless|until|except|only\s+if|only\s+when|as\s+long\s+as|provided|if|when|whenever|while|because)\b[^,;]*",
    re.IGNORECASE,
)
"""What a rule depends on: who leaves it out says something else."""


def halves_of(piece: str) -> list[str]:
    """Return the clauses that "and", "but" or a semicolon joins in a sentence; a list of one for any other."""
    if len(piece) > LONGEST:
        return [piece]
    starts = [0]
    halves: list[str] = []
    for joint in JOINT.finditer(piece):
        before, after = piece[starts[-1] : joint.start()], piece[joint.end() :]
        if is_clause(before) and is_clause(first_of(after)) and not BINDS.search(before):
            halves.append(before)
            starts.append(joint.end())
    return [half.strip(" ,;") for half in (*halves, piece[starts[-1] :])]


def first_of(text: str) -> str:
    """Return what stands before the next joint."""
    return JOINT.split(text, maxsplit=1)[0]


def is_clause(text: str) -> bool:
    """Tell whether words say something of their own, rather than go on with a list."""
    words = words_of(text)
    if len(words) < LEAST_WORDS:
        return False
    return SAYS.search(straight(text)) is not None or any(is_deed(word) or is_verb_form(word) for word in words[:3])


def conditions_of(piece: str) -> list[str]:
    """Return what a sentence depends on: "unless …", "until …"."""
    return [match[0] for match in CONDITION.finditer(piece)] if len(piece) <= LONGEST else []


def drop_said_again(pieces: list[str], piece: str, says_it: Callable[[str], bool]) -> str:
    """Drop of a piece the halves that were said again, and keep the others; return what was dropped, or nothing."""
    halves = halves_of(piece)
    dropped = [half for half in halves if says_it(half)]
    if len(halves) == 1 and not dropped:
        return ""
    kept = [half for half in halves if half not in dropped]
    at = pieces.index(piece)
    if dropped:
        pieces[at : at + 1] = kept
    return piece if not kept else " … ".join(dropped)
