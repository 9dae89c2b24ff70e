"""Who asks while a plan gathers whether something was understood hears yes, no, or that it stays open."""

from __future__ import annotations

import pytest

from bot.store.tables import ConversationMessage
from bot.workflow.asked_understood import asked_understood, told_understood
from bot.workflow.plain_questions import answer_while_gathering
from bot.workflow.waiting import BUILT_IN
from tests.planning.talking import talk
from tests.workflow.office import Office

SHELTER = (
    "Dogs have a name and a weight. Walkers have a name. A booking has a dog, a walker, a start and an end. Bookings "
    "of the same dog must not overlap. A booking is planned, then over. A dog heavier than 30 kg may only be booked by "
    "two walkers. Whistling tames the moon."
)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Did you get that dogs have a weight?", "dogs have a weight"),
        ("hey, have you understood that a dog goes out once?", "a dog goes out once"),
        ("do you know that boats are lent?", "boats are lent"),
        ("is it clear that members pay?", "members pay"),
        ("did you note: kites have a colour?", "kites have a colour"),
        ("Did you get that?", ""), ("did you get my message?", ""), ("did you get that dogs have a weight", ""),
        ("can you note that dogs have a weight?", ""), ("Members get that book.", ""),
    ],
)  # fmt: skip
def test_a_question_for_what_was_understood_is_told_from_others(text: str, sentence: str) -> None:
    assert asked_understood(text) == sentence


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        (
            "a dog can't be out on two walks at the same time",
            "Yes, as a rule: Bookings with the same dog don't overlap",
        ),
        ("bookings of the same dog must not overlap", "Yes, as a rule: Bookings with the same dog don't"),
        ("dogs have a weight", "Yes: “dogs have a weight” adds nothing to what I understood so far."),
        (
            "dogs heavier than 30 kg may only be booked by two walkers",
            "Yes, but no template of mine builds it: “A d",
        ),
        ("whistling tames the moon", "No: I could not read “Whistling tames the moon”."),
        ("dogs have an owner", "Not yet: with “dogs have an owner” said, Dog gains `owner`: str."),
        ("a booking flies to the stars", "Not in these words, as far as I can tell. What it names: "),
        ("comets whistle backwards", "No, not “comets whistle backwards”."),
    ],
)
async def test_what_was_understood_is_told(sentence: str, answer: str) -> None:
    assert (await told_understood(talk(SHELTER), sentence)).startswith(answer)


async def test_before_anything_has_a_name_nothing_is_told() -> None:
    assert await told_understood(talk("Hello there."), "dogs have a weight") == ""


async def test_who_asks_while_the_plan_gathers_changes_nothing(office: Office) -> None:
    await office.start(SHELTER)
    async with office.database.write() as session:
        (await session.get_one(type(await office.plan()), office.plan_id)).planner = BUILT_IN
    asked = "Did you get that a dog can't be out on two walks at the same time?"
    told = await office.within(lambda session, plan: answer_while_gathering(session, plan, asked))
    assert told.startswith("Yes, as a rule: Bookings with the same dog don't overlap")
    assert len(await office.rows(ConversationMessage)) == 1
