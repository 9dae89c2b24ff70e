"""Acceptance criteria in EARS form: WHERE, WHILE, WHEN or IF, THEN, THE system SHALL response.

Takes what real files have: a missing comma, a missing THEN, lower case, emphasis around the words. Text in another
form or language is no clause; it stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.patterns import regex

__all__ = ["EarsClause", "EarsCondition", "EarsWord", "ears", "write_ears"]


class EarsWord(StrEnum):
    """What opens a condition, in the order in which EARS puts them."""

    WHERE = "WHERE"
    WHILE = "WHILE"
    WHEN = "WHEN"
    IF = "IF"


@dataclass(frozen=True, slots=True)
class EarsCondition:
    """One condition: ``WHEN`` and ``a book is lent``."""

    word: EarsWord
    text: str


@dataclass(frozen=True, slots=True)
class EarsClause:
    """One criterion taken apart. ``response`` is what stands after SHALL (after NOT, where ``negative``)."""

    conditions: tuple[EarsCondition, ...]
    system: str
    response: str
    negative: bool = False
    then: bool = False

    def texts(self, word: EarsWord) -> tuple[str, ...]:
        """Return the texts of the conditions that a word opens."""
        return tuple(condition.text for condition in self.conditions if condition.word is word)

    @property
    def is_in_order(self) -> bool:
        """Tell whether the conditions stand in EARS order: WHERE, WHILE, then WHEN or IF."""
        ranks = [RANKS[condition.word] for condition in self.conditions]
        return ranks == sorted(ranks)

    @property
    def trigger(self) -> tuple[tuple[EarsWord, str], ...]:
        """Return the conditions for comparing: letters' case and white space left out, in EARS order."""
        found = ((condition.word, " ".join(condition.text.casefold().split())) for condition in self.conditions)
        return tuple(sorted(found, key=lambda each: RANKS[each[0]]))


RANKS = {EarsWord.WHERE: 0, EarsWord.WHILE: 1, EarsWord.WHEN: 2, EarsWord.IF: 2}
WORD = regex(r"\b(?:where|while|when|if|then|the|shall)\b", re.IGNORECASE)
OPENS_CONDITION = frozenset(word.value for word in EarsWord)


@dataclass(frozen=True, slots=True)
class Found:
    """A word of EARS, where it stands, and whether it stands out: at the beginning, in capitals, or after a comma."""

    word: str
    start: int
    end: int
    stands_out: bool


@lru_cache(maxsize=4096)
def ears(text: str) -> EarsClause | None:
    """Return the clause that a criterion says, or None where it isn't in EARS form."""
    plain = " ".join(text.replace("**", "").split())
    words = words_of(plain)
    shall = next((found for found in words if found.word == "SHALL" and plain[found.start].isupper()), None)
    shall = shall or next((found for found in words if found.word == "SHALL"), None)
    if not words or words[0].start or shall is None:
        return None
    head = [found for found in words if found.start < shall.start and found.word != "SHALL"]
    if not head or head[0].word == "THEN":
        return None
    subject = subject_of(plain, head, shall)
    if subject is None:
        return None
    start, end = subject
    system = plain[end : shall.start].strip()
    response = plain[shall.end :].strip()
    negative = response[:4].casefold() == "not "
    conditions, then = conditions_of(plain, [found for found in head if found.start < start], start)
    response = response[4:].strip() if negative else response
    if not system or not response or any(not condition.text for condition in conditions):
        return None
    return EarsClause(conditions, system, response, negative, then)


def words_of(text: str) -> list[Found]:
    """Return the words of EARS in a text, in order."""
    found: list[Found] = []
    for match in WORD.finditer(text):
        word = match.group()
        before = text[: match.start()].rstrip()[-1:] if match.start() < 3 else text[match.start() - 2 : match.start()]
        stands_out = match.start() == 0 or word.isupper() or before.strip()[-1:] == ","
        found.append(Found(word.upper(), match.start(), match.end(), stands_out))
    return found


def subject_of(text: str, head: list[Found], shall: Found) -> tuple[int, int] | None:
    """Return where the main clause begins and where its system's name begins, or None where there is none.

    The last THE that stands out opens it; else what follows the last comma or THEN; else the last ``the``.
    """
    outstanding = next((found for found in reversed(head) if found.word == "THE" and found.stands_out), None)
    after_then = next((found for found in reversed(head) if found.word == "THEN"), None)
    if after_then and (outstanding is None or outstanding.start < after_then.start):
        article = next((found for found in head if found.start > after_then.start and found.word == "THE"), None)
        return (article.start, article.end) if article else (after_then.end, after_then.end)
    if outstanding:
        return outstanding.start, outstanding.end
    comma = text.rfind(",", 0, shall.start)
    if comma > 0:
        return comma + 1, comma + 1
    article = next((found for found in reversed(head) if found.word == "THE"), None)
    return (article.start, article.end) if article else None


def conditions_of(text: str, head: list[Found], end: int) -> tuple[tuple[EarsCondition, ...], bool]:
    """Return the conditions before the main clause, and whether a THEN leads over to it."""
    then = bool(head) and head[-1].word == "THEN" and not text[head[-1].end : end].strip(" ,")
    stop = head[-1].start if then else end
    openings = [found for found in head if found.word in OPENS_CONDITION and found.stands_out and found.start < stop]
    conditions: list[EarsCondition] = []
    for index, opening in enumerate(openings):
        until = openings[index + 1].start if index + 1 < len(openings) else stop
        said = text[opening.end : until].strip(" ,")
        if index + 1 < len(openings) and said[-4:].casefold() == " and":
            said = said[:-4].rstrip(" ,")
        conditions.append(EarsCondition(EarsWord(opening.word), said))
    return tuple(conditions), then


def write_ears(clause: EarsClause) -> str:
    """Return a clause in its one form, conditions in EARS order: ``WHEN …, THE System SHALL …``."""
    ordered = sorted(clause.conditions, key=lambda condition: RANKS[condition.word])
    parts = [f"{condition.word} {condition.text}, " for condition in ordered]
    then = "THEN " if clause.then or any(condition.word is EarsWord.IF for condition in ordered) else ""
    return f"{''.join(parts)}{then}THE {clause.system} SHALL {'NOT ' if clause.negative else ''}{clause.response}"
