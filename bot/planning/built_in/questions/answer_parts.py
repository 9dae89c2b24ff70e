"""Parts an answer from what people said behind it: "yes. And a loan must end after it starts"."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.phrases.denials import denies_link
from bot.planning.built_in.questions.answers import OpenPoint, chosen, reader_of, yes_or_no
from bot.planning.built_in.questions.denied_things import is_gone
from bot.planning.built_in.questions.left_words import content_of, has_substance
from bot.planning.built_in.questions.said_of_others import parts_of_others, take_of_others
from bot.planning.built_in.questions.who_signs_in import goes_on_signing_in, names_who, reads_who
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
MOST_JOINTS = 8
"""How many joints of an answer are tried."""
LONGEST = 4_000
"""Characters of an answer; of a longer one, nothing is parted."""


def parted(point: OpenPoint, text: str, draft: Draft, points_of: Callable[[Draft], list[OpenPoint]]) -> tuple[str, str]:
    """Return the answer to a question and what was said beside it, or the whole text and nothing.

    ``points_of`` returns the open points of a draft; the draft stays as it is.
    """
    if point.question.id.startswith(READ_WHOLE) or len(text) > LONGEST:
        return text, ""
    if is_use(point) and reads_who(text):
        return text, ""
    if is_use(point) and (at := who_ends(text)):
        return text[: at[0]].rstrip(" ;,"), says_more(text[at[1] :], point)
    rest, others = parts_of_others(draft, text, things_of(point, draft))
    if others and has_substance(rest):
        return rest, ". ".join(others)
    in_a_breath = is_taken if is_use(point) else is_choice
    for joint, is_answer in ((MORE, is_taken), (JOINED, in_a_breath)):
        head, *others = joint.split(text.strip(), maxsplit=1)
        is_whole = not others or goes_on(point, others[0]) or goes_on_signing_in(others[0])
        if not is_whole and is_answer(point, head, draft, points_of):
            return head, says_more(others[0], point)
    return text, ""


def things_of(point: OpenPoint, draft: Draft) -> list[EntityDraft]:
    """Return the things that a question is about."""
    named = point.question.id.split(":")
    return [thing for name, thing in draft.entities.items() if name.lower() in named]


def is_use(point: OpenPoint) -> bool:
    """Tell whether a question is who uses it."""
    return point.question.id == "use"


def who_ends(text: str) -> tuple[int, int] | None:
    """Return where in an answer that first says who signs in these words end, and where it goes on; else None."""
    joints = sorted((joint for form in (MORE, JOINED) for joint in form.finditer(text)), key=lambda one: -one.start())
    said = next((one for one in joints[-MOST_JOINTS:] if names_who(text[: one.start()])), None)
    return said.span() if said and not goes_on_signing_in(text[said.end() :]) else None


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
        rest = take_of_others(draft, sentence, author)
        if not rest or is_gone(draft, rest):
            continue
        before = len(draft.unread), len(draft.rule_wishes)
        reader_of(draft, author).read(rest, author)
        settle_steps(draft)
        if (len(draft.unread), len(draft.rule_wishes)) == before:
            draft.decide(f"“{rest}” ({author})")
