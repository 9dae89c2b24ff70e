"""Parts an answer from what people said behind it: "yes. And a loan must end after it starts"."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.phrases.denials import denies_link
from bot.planning.built_in.questions.answers import OpenPoint, chosen, reader_of, yes_or_no
from bot.planning.built_in.questions.left_words import content_of, has_substance
from bot.planning.built_in.rules.steps_settling import settle_steps
from bot.planning.built_in.words.sentences import sentences_of, without_greeting
from bot.planning.built_in.words.vocabulary import is_you_decide, words_of

__all__ = ["parted", "read_more"]

READ_WHOLE = ("fields:", "things", "unread")
"""Questions whose answers are sentences: their readers take every one of them."""
MORE = regex(r"(?<=[.!?;])\s+|\s*\n\s*", re.IGNORECASE)
JOINED = regex(
    r"\s*[,;–—-]?\s+(?:(?:and|but)(?:\s+also)?|also|plus|oh and)\s+(?!(?:it|they|we|i|you|he|she|that|this)\b)",
    re.IGNORECASE,
)
FIELDS = regex(r"\bthe ([\w ]+?) of an?\b")
"""The fields that are asked about: "must the isbn of a tool be unique"."""
SHORT = 2
"""Words of a plain yes or no."""
LONGEST = 4_000
"""Characters of an answer; of a longer one, nothing is parted."""


def parted(point: OpenPoint, text: str, draft: Draft, points_of: Callable[[Draft], list[OpenPoint]]) -> tuple[str, str]:
    """Return the answer to a question and what was said beside it, or the whole text and nothing.

    ``points_of`` returns the open points of a draft; the draft stays as it is.
    """
    if point.question.id.startswith(READ_WHOLE) or len(text) > LONGEST:
        return text, ""
    in_a_breath = is_taken if point.question.id == "use" else is_choice
    for joint, is_answer in ((MORE, is_taken), (JOINED, in_a_breath)):
        head, *others = joint.split(text.strip(), maxsplit=1)
        if others and not goes_on(point, others[0]) and is_answer(point, head, draft, points_of):
            return head, says_more(others[0], point)
    return text, ""


def goes_on(point: OpenPoint, text: str) -> bool:
    """Tell whether words go on with an answer that picks some of several: "all but the isbn", "yes. Not the e-mail"."""
    fields = " ".join(FIELDS.findall(point.question.text)) if point.question.id == "unique" else ""
    return bool(content_of(text) & content_of(fields))


def says_more(text: str, point: OpenPoint) -> str:
    """Return what of a text goes beyond the question and its answer: no thanks."""
    asked = content_of(" ".join((point.question.text, point.question.reason, *point.question.options)))
    sentences = sentences_of(text)
    return ". ".join(one for one in sentences if is_more(one, asked))


def is_more(sentence: str, asked: set[str]) -> bool:
    """Tell whether a sentence says more than what was asked, and than that nothing is linked."""
    return has_substance(sentence) and not content_of(sentence) <= asked and not denies_link(sentence)


def is_choice(point: OpenPoint, head: str, _draft: Draft, _points_of: object) -> bool:
    """Tell whether words are one of the options, a plain yes or no, or leave it to the planner."""
    is_plain = yes_or_no(head) is not None and len(words_of(head)) <= SHORT
    return is_plain or is_you_decide(head) or bool(chosen(head, point.question.options))


def is_taken(point: OpenPoint, head: str, draft: Draft, points_of: Callable[[Draft], list[OpenPoint]]) -> bool:
    """Tell whether a first sentence answers a question by itself: nothing of it is left unread then."""
    if is_choice(point, head, draft, points_of):
        return True
    trial = deepcopy(draft)
    same = next((one for one in points_of(trial) if one.question.id == point.question.id), None)
    if same is None:
        return False
    before = len(trial.unread)
    same.settle(head.strip(), "")
    return len(trial.unread) == before


def read_more(draft: Draft, text: str, author: str) -> None:
    """Read what was said beside an answer as any other sentence; what can't be read stays unread."""
    for sentence in map(without_greeting, sentences_of(text)):
        before = len(draft.unread), len(draft.rule_wishes)
        reader_of(draft, author).read(sentence, author)
        settle_steps(draft)
        if (len(draft.unread), len(draft.rule_wishes)) == before:
            draft.decide(f"“{sentence}” ({author})")
