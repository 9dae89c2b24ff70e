"""Words that answer several open questions at once: what is left to the bot, and the same answer again."""

from __future__ import annotations

import time

import pytest

from bot.planning.built_in.words.vocabulary import is_you_decide
from bot.store.tables import PlanQuestion
from bot.workflow.refusals import Refused
from tests.workflow.office import COPIES, LATE, WHO, Office
from tests.workflow.test_questions import ALSO_YES_NO, YES_NO


@pytest.fixture
async def asked(office: Office) -> Office:
    """An office where three questions were asked."""
    office.planner.questions = (WHO, LATE, COPIES)
    await office.start()
    await office.work()
    return office


async def answers(office: Office) -> list[str | None]:
    return [row.answer for row in await office.rows(PlanQuestion)]


@pytest.mark.parametrize(
    "said",
    ["leave both to me", "leave the rest to you", "you decide both", "I don't mind", "whatever you think", "your call",
     "your call on the others", "as for the rest, you decide", "the rest is up to you", "leave the other two to you",
     "either is fine with me", "take the defaults", "do what you think is best", "same for both: you decide"],
)  # fmt: skip
async def test_what_is_still_open_is_left_to_the_bot_which_says_what_it_takes(asked: Office, said: str) -> None:
    await asked.answer("late", "A fee")
    taken = await asked.reply(said)
    assert await answers(asked) == ["", "A fee", ""]
    assert taken.told.startswith("I decide what you left to me: 1. “Everyone” · 3. “one”. The review notes it")


@pytest.mark.parametrize("said", ["2. a fee, you decide the rest", "2. a fee; the others are up to you"])
async def test_an_answer_and_the_rest_are_said_in_one_reply(asked: Office, said: str) -> None:
    assert (await asked.reply(said)).answered == 3
    assert await answers(asked) == ["", "a fee", ""]


async def test_the_same_for_both_is_what_was_answered_last(office: Office) -> None:
    office.planner.questions = (YES_NO, ALSO_YES_NO, WHO.model_copy(update={"options": ("Yes, all", "No, none")}))
    await office.start()
    await office.work()
    with pytest.raises(Refused, match=r"say it itself, or `you decide`. Still open: Accounts"):
        await office.say("same for all")
    await office.answer("accounts", "Yes")
    assert await office.say("the same for both") == 2
    assert await answers(office) == ["Yes", "Yes", "yes"]


async def test_the_same_is_not_taken_where_a_question_has_no_such_answer(asked: Office) -> None:
    await asked.answer("late", "A fee")
    with pytest.raises(Refused, match="I can't tell which answer that is"):
        await asked.say("same for both")
    assert await answers(asked) == [None, "A fee", None]


@pytest.mark.parametrize(
    "said",
    ["both", "the rest", "both: yes", "leave the key to the owner", "you decide which guest gets it", "either",
     "whichever kiln is free", "whatever the potter likes", "each potter decides for both", "both are fine",
     "leave the owner out", "default 5", "what is best", "skip the rest of the week"],
)  # fmt: skip
def test_other_words_leave_nothing_to_the_bot(said: str) -> None:
    assert not is_you_decide(said)


def test_long_texts_are_looked_through_quickly() -> None:
    before = time.perf_counter()
    for text in ("the rest " * 500, "for both, " * 500, "you decide " + "on all of it " * 500):
        assert not is_you_decide(text)
    assert time.perf_counter() - before < 1
