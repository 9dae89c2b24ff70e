"""Reading a reply: which open questions it answers, by number, by an option's words, or because only one is open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.planning.conversation import Question

__all__ = ["YOU_DECIDE", "decides_nothing", "preamble", "read_reply", "several_fit"]

YOU_DECIDE = "You decide"
YOU_DECIDE_WORDS = frozenset(
    {"you decide", "decide for me", "not sure", "not sure: decide for me", "whatever", "default"}
)
FIRST_NUMBER = re.compile(r"(?:^|[\n,;])[ \t]*(\d{1,2})[ \t]?[.:)](?!\d)")
"""The number that begins an answer: at the start, on a new line or after a comma; never a decimal or a time of day."""
NEXT_NUMBER = re.compile(r"[\s,;]+(\d{1,2})[ \t]?[.:)](?!\d)")


def decides_nothing(text: str) -> bool:
    """Tell whether a person leaves the decision to the planner."""
    return plain_words(text) in YOU_DECIDE_WORDS


def read_reply(questions: Sequence[Question], positions: Sequence[int], text: str) -> list[tuple[str, str]]:
    """Return the open questions that a reply answers, each with its answer (empty: you decide)."""
    by_position = dict(zip(positions, questions, strict=True))
    numbered = {by_position[number].id: answer for number, answer in numbered_answers(text, positions) if answer}
    if numbered:
        return list(numbered.items())
    if decides_nothing(text):
        return [(question.id, "") for question in questions]
    matching = fitting(questions, text)
    if len(matching) == 1:
        return matching
    return [(questions[0].id, text.strip())] if len(questions) == 1 else []


def several_fit(questions: Sequence[Question], text: str) -> bool:
    """Tell whether a reply is an option of more than one open question, so that nobody can tell which is meant."""
    return len(fitting(questions, text)) > 1


def preamble(text: str, positions: Sequence[int]) -> str:
    """Return what a reply says before its first numbered answer."""
    first = first_number(text, positions)
    return text[: first.start()].strip() if first else ""


def numbered_answers(text: str, positions: Sequence[int]) -> list[tuple[int, str]]:
    """Return numbers and what follows each, such as ``1. yes, 2. no``; only numbers that were asked count."""
    first = first_number(text, positions)
    if first is None:
        return []
    marks = [first, *(m for m in NEXT_NUMBER.finditer(text, first.end()) if int(m[1]) in positions)]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [(int(mark[1]), text[mark.end() : end].strip(" \t\n,;")) for mark, end in zip(marks, ends, strict=True)]


def first_number(text: str, positions: Sequence[int]) -> re.Match[str] | None:
    """Return where the numbered answers begin, or None."""
    return next((mark for mark in FIRST_NUMBER.finditer(text) if int(mark[1]) in positions), None)


def fitting(questions: Sequence[Question], text: str) -> list[tuple[str, str]]:
    """Return the questions that have the reply as an option, each with that option."""
    said = plain_words(text)
    return [(question.id, option) for question in questions for option in question.options if option.lower() == said]


def plain_words(text: str) -> str:
    """Return a reply in small letters, without the stop at its end."""
    return text.strip().lower().rstrip(".!").rstrip()
