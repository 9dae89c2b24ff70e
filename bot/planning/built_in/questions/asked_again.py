"""Asks once more, with an example, where an answer said nothing that its question could take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace

from bot.documents.clipping import clip_words
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.questions.answers import OpenPoint
from bot.planning.built_in.words.vocabulary import is_you_decide
from bot.planning.conversation import Answer

__all__ = ["AGAIN", "answer_to", "asked_again", "says_nothing_to"]

AGAIN = ":again"
NEVER_AGAIN = frozenset({"unread"})
"""Questions about other words for something: what can't be read there either is left open."""
MOST_LEFT = 0.6
"""How much of an answer must have stayed unread for it to be none."""
LONGEST_QUOTE = 120


def asked_again(point: OpenPoint, answer: Answer) -> OpenPoint:
    """Return a question asked once more: what was said to it, and how an answer may sound."""
    said = clip_words(" ".join(answer.text.split()), LONGEST_QUOTE)
    example = f" You can say “{point.question.default}”." if point.question.default else ""
    question = point.question.model_copy(
        update={
            "id": point.question.id + AGAIN,
            "text": f"I could not take “{said}” as an answer, so once more: {point.question.text}{example}",
        }
    )
    return replace(point, question=question)


def answer_to(point: OpenPoint, answers: Mapping[str, Answer]) -> Answer | None:
    """Return the newest answer to a question: the one to its second asking, where there is one."""
    return answers.get(point.question.id + AGAIN) or answers.get(point.question.id)


def says_nothing_to(
    point: OpenPoint,
    answers: Mapping[str, Answer],
    draft: Draft,
    points_of: Callable[[Draft], list[OpenPoint]],
) -> bool:
    """Tell whether a question must be asked once more, for its answer would be left unread; the draft stays as it is.

    ``points_of`` returns the open points of a draft. An answer to the second asking is the last word.
    """
    key = point.question.id
    answer = answers.get(key)
    if answer is None or key + AGAIN in answers or key in NEVER_AGAIN or point.is_needed:
        return False
    if is_you_decide(answer.text):
        return False
    trial = deepcopy(draft)
    same = next((one for one in points_of(trial) if one.question.id == key), None)
    if same is None:
        return False
    before = set(trial.unread)
    same.settle(answer.text.strip(), answer.author)
    if len(trial.entities) < len(draft.entities):
        return False
    left = sum(len(piece) for piece in trial.unread if piece not in before)
    return left >= MOST_LEFT * len(answer.text.strip())
