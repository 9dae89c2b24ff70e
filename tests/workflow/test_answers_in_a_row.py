"""Several questions answered in one reply, in any order: by their place, or each in a sentence of its own."""

from __future__ import annotations

import time

import pytest

from bot.planning.built_in.questions.denied_things import NO_SUCH_THING
from bot.planning.conversation import Question
from bot.workflow.answers_in_a_row import answers_by_place
from bot.workflow.replies import read_reply

LINKS = Question(
    id="links", text="What do loans and tools have to do with each other?", reason="Then you see which belongs where.",
    options=("Each loan names one tool", "They have nothing to do with each other"),
)  # fmt: skip
UNIQUE = Question(
    id="unique", text="Must the isbn of a tool be unique?", reason="It is checked.",
    options=("Yes", "No, the same may occur twice"),
)  # fmt: skip
USE = Question(
    id="use", text="Who uses it: do people need accounts?", reason="It can be kept to them.",
    options=("No accounts: whoever reaches it may use it", "People sign in with an e-mail and a password"),
)  # fmt: skip
DESK = Question(
    id="fields:desk",
    text="What is kept about each desk?",
    reason="Nobody said.",
    options=("Only a name", NO_SUCH_THING),
)
LAMP = DESK.model_copy(update={"id": "fields:lamp", "text": "What is kept about each lamp?"})


def bound(questions: tuple[Question, ...], text: str) -> dict[str, str]:
    """Return what a reply says to each of some open questions."""
    return dict(read_reply(questions, tuple(range(1, len(questions) + 1)), text))


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("the first: a colour, and for the second, no such thing", {"desk": "a colour", "lamp": "no such thing"}),
        ("For the second: there are none; for the first: a size", {"lamp": "there are none", "desk": "a size"}),
        ("A size and a colour. And for the second, no such thing", {"desk": "A size and a colour.",
                                                                    "lamp": "no such thing"}),
        ("As for the second one, only a text", {"lamp": "only a text"}),
        ("Question 2: a colour", {"lamp": "a colour"}),
        ("q1 a size, q2 a colour", {"desk": "a size", "lamp": "a colour"}),
        ("the second - a colour", {"lamp": "a colour"}),
        ("There are no lamps. No list of desks, we just count them.",
         {"lamp": "There are no lamps", "desk": "No list of desks, we just count them"}),
        ("There is no list of desks or lamps", dict.fromkeys(("desk", "lamp"), "There is no list of desks or lamps")),
    ],
)  # fmt: skip
def test_things_are_answered_by_their_place_or_their_name(text: str, answers: dict[str, str]) -> None:
    assert bound((DESK, LAMP), text) == {f"fields:{thing}": answer for thing, answer in answers.items()}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Just the office. They are not linked. No, the same may occur twice",
         {"use": "Just the office", "links": "They are not linked", "unique": "No, the same may occur twice"}),
        ("The stewards and the office sign in. Each loan names one tool.",
         {"use": "The stewards and the office sign in", "links": "Each loan names one tool"}),
        ("not linked; nobody signs in", {"links": "not linked", "use": "nobody signs in"}),
        ("each loan names one tool, and for the third: nobody", {"links": "each loan names one tool", "use": "nobody"}),
        ("Third: no! First: not linked. Second: yes", {"use": "no!", "links": "not linked.", "unique": "yes"}),
    ],
)  # fmt: skip
def test_questions_of_every_kind_are_answered_in_a_row(text: str, answers: dict[str, str]) -> None:
    assert bound((LINKS, UNIQUE, USE), text) == answers


@pytest.mark.parametrize(
    "text",
    ["Yes. And loans have a note.", "The stewards lend tools. They are not linked.", "The members. The office.",
     "On first-floor rooms we do nothing", "for the first time we have tools", "for the fourth, no",
     "Thanks! And for the second, no", "for the second: yes, and for the second: no", "2 tools: a saw and a drill"],
)  # fmt: skip
def test_what_is_not_clear_binds_nothing(text: str) -> None:
    assert bound((LINKS, UNIQUE, USE), text) == {}


def test_long_texts_are_looked_through_quickly() -> None:
    bound((DESK, USE), "A first sentence. And another one.")  # patterns are compiled at their first use
    before = time.perf_counter()
    for text in ("for the first " * 80, "the first: " * 90, "and but " * 120, "\n" * 990, ", and the " * 95):
        answers_by_place((DESK, LAMP), (1, 2), text)
        bound((DESK, USE), text)
    assert time.perf_counter() - before < 1
