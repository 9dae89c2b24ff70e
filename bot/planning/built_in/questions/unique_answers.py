"""Which of several fields an answer makes unique: "the plate and the licence, but the e-mail may be shared"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.patterns import regex
from bot.planning.built_in.questions.answers import yes_or_no
from bot.planning.built_in.words.vocabulary import words_of

__all__ = ["fields_picked"]

CUT = regex(r"\s*(?:[,;.]|\b(?P<turn>but|except|however|though|while|whereas)\b)\s*", re.IGNORECASE)
FREED = regex(
    r"\b(?:not|never|neither|nor|none|may|can|could|might|shared?|share|same|twice|several|without|no|cannot)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words of a clause whose fields may hold the same value twice."""


def fields_picked(text: str, names: Sequence[str]) -> tuple[set[int], bool]:
    """Return the places of the fields that an answer makes unique, and whether it names any.

    ``names`` are the fields as they are spoken. Who names the unique ones means no others; who names those that may be
    shared means all others, unless the answer begins with a no.
    """
    kept: set[int] = set()
    freed: set[int] = set()
    for clause, is_freed in clauses_of(text.replace("e-mail", "email")):
        (freed if is_freed else kept).update(named_in(clause, names))
    everything = set(range(len(names)))
    answer = yes_or_no(text)
    if kept:
        return kept - freed, True
    if freed and answer is not False:
        return everything - freed, True
    return (set() if answer is False else everything), bool(freed)


def clauses_of(text: str) -> list[tuple[str, bool]]:
    """Return the clauses of an answer, each with whether its fields may be shared; a "but" turns what was said."""
    found: list[tuple[str, bool]] = []
    turn, end = "", 0
    for cut in [*CUT.finditer(text), None]:
        clause = text[end : cut.start() if cut else len(text)]
        before = found[-1][1] if found else False
        is_freed = FREED.search(clause) is not None
        if turn and not is_freed:
            is_freed = turn == "except" or not before
        elif clause and not turn and found and not is_freed:
            is_freed = before and not re.search(r"\bmust\b|\bunique\b|\bonly\b", clause, re.IGNORECASE)
        if clause.strip():
            found.append((clause, is_freed))
            turn = ""
        if cut:
            turn, end = (cut["turn"] or turn).lower(), cut.end()
    return found


def named_in(clause: str, names: Sequence[str]) -> set[int]:
    """Return the places of the fields that a clause names, by words that no other field has where there are such."""
    told = set(words_of(clause))
    words = [set(words_of(name)) for name in names]
    found = set()
    for place, own in enumerate(words):
        others = set().union(*(other for at, other in enumerate(words) if at != place and other != own))
        if told & ((own - others) or own):
            found.add(place)
    return found
