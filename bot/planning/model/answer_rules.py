"""What answers of a model must keep to beyond their schema: each rule says in words what its check finds.

Prompts state these words, so that a model is never held to what it wasn't told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from pydantic import BaseModel

from bot.documents.naming import snake_case
from bot.generation.names import is_module_name
from bot.patterns import regex
from bot.planning.conversation import Conversation
from bot.planning.model.model_answers import AskedQuestion, Closed, InterviewAnswer, WantedBehaviour

__all__ = [
    "BEHAVIOUR_RULES",
    "INTERVIEW_RULES",
    "MOST_CUSTOM",
    "PLAIN_RULES",
    "QUESTION_RULES",
    "AnswerRule",
    "broken",
    "slug_of",
]

MOST_QUESTIONS = 3
MOST_OPTIONS = 5
MOST_CUSTOM = 12
LONGEST_TITLE = 60
LONGEST_TEXT = 1000
"""Characters of any text but entity_specs."""
LONGEST_SPECS = 100_000
LONGEST_LIST = 100
QUESTION_ID = regex(r"[a-z0-9][a-z0-9-]{0,60}")
CALLS = regex(r"<[@!#]|@(?:channel|here|everyone)\b", re.IGNORECASE)
"""What would call people, groups or channels in a chat."""
FEWEST_LETTERS = 2
LONGEST_SLUG = 40


@dataclass(frozen=True)
class AnswerRule[Answer, Known]:
    """A rule in words, and the check that finds what breaks it, given what is known beside the answer."""

    text: str
    find: Callable[[Answer, Known], Iterable[str]]


def broken[Answer, Known](answer: Answer, known: Known, rules: Sequence[AnswerRule[Answer, Known]]) -> list[str]:
    """Return what an answer breaks, one sentence each."""
    return [problem for rule in rules for problem in rule.find(answer, known)]


class Asking(Protocol):
    """Any answer that may ask."""

    @property
    def questions(self) -> list[AskedQuestion]:
        """Return the questions."""
        ...


class Wanting(Protocol):
    """Any answer with behaviours."""

    @property
    def behaviours(self) -> list[WantedBehaviour]:
        """Return the behaviours."""
        ...


def slug_of(title: str) -> str:
    """Return the module of a behaviour with this title, such as ``overdue_loans``; empty where it has no letters."""
    return snake_case(title)[:LONGEST_SLUG].strip("_")


def texts_in(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of an answer with its place, such as ``questions.0.text``."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name), f"{place}.{name}".lstrip("."))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from texts_in(part, f"{place}.{number}")


def wrong_length(answer: Closed, _: object) -> Iterator[str]:
    """Find texts that are too long, and lists too."""
    for place, text in texts_in(answer):
        most = LONGEST_SPECS if place == "entity_specs" else LONGEST_TEXT
        if len(text) > most:
            yield f"{place}: it has {len(text)} characters, and at most {most} are taken"
    for name in type(answer).model_fields:
        value = getattr(answer, name)
        if isinstance(value, list) and len(value) > LONGEST_LIST:
            yield f"{name}: it has {len(value)} entries, and at most {LONGEST_LIST} are taken"


def calling(answer: Closed, _: object) -> Iterator[str]:
    """Find texts that would call somebody."""
    for place, text in texts_in(answer):
        if found := CALLS.search(text):
            yield f"{place}: {found.group()!r} would call people in the chat; leave it out"


PLAIN_RULES: tuple[AnswerRule[Closed, object], ...] = (
    AnswerRule(
        f"No text but entity_specs is longer than {LONGEST_TEXT} characters, and no list than {LONGEST_LIST} entries.",
        wrong_length,
    ),
    AnswerRule(
        "No text mentions or calls people, groups or channels of a chat, with `<@`, `<!`, `<#` or `@`.", calling
    ),
)
"""What every answer keeps to."""


def wrong_number(questions: Sequence[AskedQuestion]) -> Iterator[str]:
    """Find too many questions, and too many options."""
    if len(questions) > MOST_QUESTIONS:
        yield f"questions: there are {len(questions)}; ask at most {MOST_QUESTIONS}"
    for question in questions:
        if len(question.options) > MOST_OPTIONS:
            yield f"questions: {question.id} has {len(question.options)} options; give at most {MOST_OPTIONS}"


def wrong_ids(questions: Sequence[AskedQuestion]) -> Iterator[str]:
    """Find ids that can't be one, or stand twice."""
    ids = [question.id for question in questions]
    yield from (f"questions: {one!r} can't be an id" for one in ids if not QUESTION_ID.fullmatch(one))
    yield from (f"questions: two have the same id {one!r}" for one in dict.fromkeys(ids) if ids.count(one) > 1)


def incomplete(questions: Sequence[AskedQuestion]) -> Iterator[str]:
    """Find questions without words, reason or default, and defaults that are none of the options."""
    for question in questions:
        for name in ("text", "reason", "default"):
            if not getattr(question, name).strip():
                yield f"questions: {question.id} has no {name}"
        if question.options and question.default not in question.options:
            yield f"questions: the default of {question.id} is none of its options"


def asked_again(questions: Sequence[AskedQuestion], conversation: Conversation) -> Iterator[str]:
    """Find questions that people answered, by their id or their words."""
    ids = {answer.question.id for answer in conversation.answers}
    words = {answer.question.text.strip().lower() for answer in conversation.answers}
    for question in questions:
        if question.id in ids or question.text.strip().lower() in words:
            yield f"questions: {question.id} was answered already"


QUESTION_RULES: tuple[AnswerRule[Asking, Conversation], ...] = (
    AnswerRule(
        f"There are at most {MOST_QUESTIONS} questions, each with at most {MOST_OPTIONS} options.",
        lambda answer, _: wrong_number(answer.questions),
    ),
    AnswerRule(
        "A question has an id of its own, of lower-case letters, digits and dashes.",
        lambda answer, _: wrong_ids(answer.questions),
    ),
    AnswerRule(
        "A question has a text, a reason, and a default for “you decide”; where it has options, that is one of them.",
        lambda answer, _: incomplete(answer.questions),
    ),
    AnswerRule(
        "What was answered is never asked again; “you decide” means the default and is an answer too.",
        lambda answer, conversation: asked_again(answer.questions, conversation),
    ),
)
"""What answers with questions keep to."""


def wrong_title(title: str) -> Iterator[str]:
    """Find a title that is missing or too long."""
    if not title.strip() or len(title) > LONGEST_TITLE or "\n" in title:
        yield f"title: give one line of at most {LONGEST_TITLE} characters"


def known_and_asked(answer: InterviewAnswer, _: object) -> Iterator[str]:
    """Find what is called known although a question is about it."""
    for name in dict.fromkeys(question.about for question in answer.questions if question.about in answer.known):
        yield f"known: {name!r} is asked about, so it is not known yet"


def stuck(answer: InterviewAnswer, _: object) -> Iterator[str]:
    """Find an answer that knows of nothing to manage and asks nothing."""
    if "the things it manages" not in answer.known and not answer.questions:
        yield "questions: nothing is known to manage; ask for the things and their fields"


INTERVIEW_RULES: tuple[AnswerRule[InterviewAnswer, object], ...] = (
    AnswerRule(
        f"The title names the service in one line of at most {LONGEST_TITLE} characters.",
        lambda answer, _: wrong_title(answer.title),
    ),
    AnswerRule("What a question is about is not called known.", known_and_asked),
    AnswerRule("Where the things it manages aren't known, that is asked.", stuck),
)
"""What the answer of an interview keeps to beside `QUESTION_RULES`."""


def wrong_behaviours(answer: Wanting, _: object) -> Iterator[str]:
    """Find behaviours that can't be told apart, or lack what they need."""
    slugs = [slug_of(behaviour.title) for behaviour in answer.behaviours]
    for behaviour, slug in zip(answer.behaviours, slugs, strict=True):
        if (
            len(behaviour.title) > LONGEST_TITLE
            or "\n" in behaviour.title
            or len(slug) < FEWEST_LETTERS
            or not is_module_name(slug)
        ):
            yield f"behaviours: {behaviour.title!r} is no short title of English letters"
        elif slugs.count(slug) > 1:
            yield f"behaviours: two are called {behaviour.title!r}"
        if not behaviour.done.strip():
            yield f"behaviours: {behaviour.title} doesn't say when it is done"
    if len(slugs) > MOST_CUSTOM:
        yield f"behaviours: there are {len(slugs)}; at most {MOST_CUSTOM} are taken, so join what belongs together"


BEHAVIOUR_RULES: tuple[AnswerRule[Wanting, object], ...] = (
    AnswerRule(
        f"There are at most {MOST_CUSTOM} behaviours, each with a short title of its own in English letters (a module "
        "is named after it) and a done statement.",
        wrong_behaviours,
    ),
)
"""What wanted behaviours keep to beside the rules of requirements."""
