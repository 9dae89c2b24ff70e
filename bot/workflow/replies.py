"""Reading a reply: which open questions it answers, by number, by an option's words, or because only one is open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import is_you_decide
from bot.planning.conversation import Question
from bot.workflow.answers_for_several import without_rest
from bot.workflow.answers_in_a_row import answers_by_place, answers_in_a_row
from bot.workflow.short_replies import plain_replies

__all__ = [
    "YOU_DECIDE",
    "decides_nothing",
    "is_surely_answer",
    "numbered_answers",
    "preamble",
    "read_reply",
    "several_fit",
    "without_stray_numbers",
]

YOU_DECIDE = "You decide"
FIRST_NUMBER = regex(r"(?:^|[\n,;])[ \t]*(\d{1,2})[ \t]?[.:)](?!\d)")
"""The number that begins an answer: at the start, on a new line or after a comma; never a decimal or a time of day."""
BETWEEN_ANSWERS = " \t\n,;"
NEXT_NUMBER = regex(r"[\s,;]+(\d{1,2})[ \t]?[.:)](?!\d)")


def decides_nothing(text: str) -> bool:
    """Tell whether a person leaves the decision to the planner."""
    return bool(text.strip()) and is_you_decide(text)


def read_reply(questions: Sequence[Question], positions: Sequence[int], text: str) -> list[tuple[str, str]]:
    """Return the open questions that a reply answers, each with its answer (empty: you decide)."""
    if (others := without_rest(text)) and (answers := read_reply(questions, positions, others)):
        answered = {question_id for question_id, _ in answers}
        return [*answers, *((question.id, "") for question in questions if question.id not in answered)]
    by_position = dict(zip(positions, questions, strict=True))
    numbered = {by_position[number].id: answer for number, answer in numbered_answers(text, positions) if answer}
    if numbered:
        return list(numbered.items())
    if decides_nothing(text):
        return [(question.id, "") for question in questions]
    if several := in_one_reply(questions, positions, text):
        return several
    matching = fitting(questions, text)
    if len(matching) == 1:
        return matching
    if not matching and (plain := plain_replies(questions, positions, text)):
        return plain
    only = questions[0] if len(questions) == 1 else None
    return [(only.id, text.strip())] if only and not only.sides else []  # what is disputed takes no loose words


def in_one_reply(questions: Sequence[Question], positions: Sequence[int], text: str) -> list[tuple[str, str]]:
    """Return what a reply says of questions that it names by their place, or of each in a sentence of its own."""
    return answers_by_place(questions, positions, text) or answers_in_a_row(questions, text)


def without_stray_numbers(text: str, positions: Sequence[int]) -> tuple[str, list[tuple[int, str]]]:
    """Return a reply without the answers to numbers that aren't open, and those answers by their number.

    Such a number counts only where it begins a reply, a line, or what follows a comma: elsewhere it is part of a text.
    """
    sure = list(FIRST_NUMBER.finditer(text))
    if not sure:
        return text, []
    further = [mark for mark in NEXT_NUMBER.finditer(text, sure[0].end()) if int(mark[1]) in positions]
    marks = sorted({mark.start(1): mark for mark in [*further, *sure]}.values(), key=lambda mark: mark.start(1))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    kept, stray = text[: marks[0].start()], []
    for mark, end in zip(marks, ends, strict=True):
        answer = text[mark.end() : end].strip(BETWEEN_ANSWERS)
        if answer and int(mark[1]) not in positions:
            stray.append((int(mark[1]), answer))
        else:
            kept += f"\n{text[mark.start() : end]}"
    return (kept.strip(BETWEEN_ANSWERS), stray) if stray else (text, [])


def is_surely_answer(questions: Sequence[Question], positions: Sequence[int], text: str) -> bool:
    """Tell whether words answer open questions wherever they are said: a number, an option, or "you decide"."""
    numbered = any(answer for _, answer in numbered_answers(text, positions))
    return bool(
        numbered
        or decides_nothing(text)
        or in_one_reply(questions, positions, text)
        or fitting(questions, text)
        or plain_replies(questions, positions, text)
    )


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
    return [
        (int(mark[1]), text[mark.end() : end].strip(BETWEEN_ANSWERS)) for mark, end in zip(marks, ends, strict=True)
    ]


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
