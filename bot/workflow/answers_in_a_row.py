"""Answers to several questions in one reply: "the first: just us, and for the second, no", or one line for each.

What is no answer to exactly one question binds nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.patterns import regex
from bot.planning.built_in.phrases.denials import denies_link
from bot.planning.built_in.questions.choices_in_own_words import is_choice_of
from bot.planning.built_in.questions.denied_things import NO_SUCH_THING, is_denied
from bot.planning.built_in.questions.left_words import has_substance
from bot.planning.built_in.questions.who_signs_in import names_who
from bot.planning.built_in.words.sentence_marks import nobody_logs_in
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import straight, words_of
from bot.planning.conversation import Question
from bot.workflow.short_replies import names_thing_of

__all__ = ["answers_by_place", "answers_in_a_row"]

LONGEST = 1_000
MOST_PARTS = 6
PLACES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
NUMBER = rf"(?:\d|{'|'.join(PLACES)})"
BEGIN = r"(?:^|(?<=[\n,;.!?])|(?<=[,;.!?]\s)|(?<=\s(?=and\s|but\s)))\s{0,3}(?:(?:and|but)\s+)?"
ONE = r"(?:\s+(?:one|question))?"
DASH = r"\s+[–—-]\s+(?!\d)"
MARK = regex(
    rf"{BEGIN}(?:(?:as\s+)?(?:for|to|on|about)\s+(?:the\s+)?(?:question\s+|number\s+|no\.?\s*)?"
    rf"(?P<named>{NUMBER}){ONE}(?:\s*[,:]\s+|{DASH})|"
    rf"(?:the\s+)?(?:number\s+)?(?P<place>{NUMBER}){ONE}(?:\s*:\s+|{DASH})|"
    rf"(?:question|q|#)\s*(?P<number>{NUMBER})(?:\s*[,:.)]|\s+[–—-])?\s+)",
    re.IGNORECASE,
)
"""What says which question the words behind it answer: "for the second, ", "the first: ", "question 2 "."""
ENDS = " \t\n,;"
FEW = 6
"""Words of a plain sentence."""


def answers_by_place(questions: Sequence[Question], positions: Sequence[int], text: str) -> list[tuple[str, str]]:
    """Return the questions that a reply names by their place, each with its answer; nothing where it isn't clear.

    What stands before the first place answers the only question that is left, or the one that it clearly answers.
    """
    marks = list(MARK.finditer(text)) if len(text) <= LONGEST else []
    by_position = dict(zip(positions, questions, strict=True))
    places = [place_of(mark) for mark in marks]
    if not marks or len(set(places)) < len(places) or not set(places) <= set(positions):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    said = [text[mark.end() : end].strip(ENDS) for mark, end in zip(marks, ends, strict=True)]
    before = text[: marks[0].start()].strip(ENDS)
    left = [one for place, one in by_position.items() if place not in places]
    fits = left if len(left) == 1 and has_substance(before) else [one for one in left if is_answer_to(one, before)]
    if not all(said) or (before and len(fits) != 1):
        return []
    first = [(fits[0].id, before)] if before else []
    return [*first, *((by_position[place].id, answer) for place, answer in zip(places, said, strict=True))]


def place_of(mark: re.Match[str]) -> int:
    """Return the number that a mark names."""
    said = (mark["number"] or mark["place"] or mark["named"]).lower()
    return PLACES.get(said) or int(said)


def answers_in_a_row(questions: Sequence[Question], text: str) -> list[tuple[str, str]]:
    """Return the questions that the sentences of a reply answer, each of them clearly one; else nothing."""
    parts = sentences_of(text) if len(text) <= LONGEST else []
    if not 1 < len(parts) <= min(MOST_PARTS, len(questions)):
        return []
    fits = [[question.id for question in questions if is_answer_to(question, part)] for part in parts]
    taken = [one[0] for one in fits if len(one) == 1]
    is_clear = len(taken) == len(parts) == len(set(taken))
    return list(zip(taken, parts, strict=True)) if is_clear else []


def is_answer_to(question: Question, part: str) -> bool:
    """Tell whether a sentence is an option of a question, denies what it is about by name, or says who signs in."""
    said = straight(part, " .!")
    kind, _, about = question.id.partition(":")
    if said.lower() in {option.lower() for option in question.options} or is_choice_of(question, said):
        return len(words_of(said)) > 1
    if kind == "use":
        return names_who(said) or (nobody_logs_in(said) and len(words_of(said)) <= FEW)
    if kind == "links":
        return denies_link(said)
    is_named = NO_SUCH_THING in question.options and names_thing_of(question, said)
    return is_named and is_denied(said, about.partition(":")[0])
