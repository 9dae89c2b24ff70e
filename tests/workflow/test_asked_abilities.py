"""Whether the bot can do something is answered while a plan gathers, and becomes no part of it."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Plan
from bot.workflow.asked_abilities import asked_ability, told_ability
from bot.workflow.plain_questions import answer_while_gathering
from bot.workflow.plans import load_conversation
from bot.workflow.waiting import BUILT_IN
from tests.planning.talking import talk
from tests.workflow.office import WHO, Office

RING = (
    "Each farm has a name and a village; machines have a name and a daily rate. "
    "A farm books a machine from one day to another."
)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("Can you keep two bookings of one machine from overlapping, or is that too much for you?",
         "two bookings of one machine must never overlap"),
        ("could you also store a phone number for each farm?", "each farm has a phone number"),
        ("Would it be possible to note a price per booking?", "each booking has a price"),
        ("is it possible to stop loans from colliding?", "loans must never collide"),
        ("Are you able to send e-mails?", "send e-mails"),
        ("ok, and can you make sure that nobody books a machine in repair?", "nobody books a machine in repair"),
        ("Can farms also have a website?", "farms can also have a website"),
        ("can you keep people from noting a price twice?", "people must never note a price twice"),
        ("can you stop guests from taking two seats?", "guests must never take two seats"),
        ("can you prevent clerks from deleting invoices?", "clerks must never delete invoices"),
        ("can you keep members from cancelling too late?", "members must never cancel too late"),
        ("can you stop drivers from reading letters?", "drivers must never read letters"),
        ("can you keep guests from seeing my address?", "guests must never see my address"),
        ("could you note the answer for each question?", "each question has an answer"),
        ("can you store the weight of every parcel?", "each parcel has a weight"),
        ("why do you ask that?", ""),
        ("two bookings never overlap", ""),
        ("should it be unique?", ""),
    ],
)  # fmt: skip
def test_a_question_for_an_ability_is_tried_as_a_sentence(asked: str, sentence: str) -> None:
    assert asked_ability(asked) == sentence


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Can you keep two bookings of one machine from overlapping?", "Yes: with “two bookings of one machine must"),
        ("can you also store a phone number for each farm?", "said as a sentence, Farm gains `phone_number`."),
        ("can you make sure that a machine must never be booked twice?", "No template of mine builds"),
        ("can you send e-mails?", "I can't build “send e-mails” by myself"),
        ("can you add reminders?", "I can't tell from “add reminders” alone"),
        ("can you store a name for each farm?", "That is so already"),
    ],
)
async def test_what_would_come_of_it_is_told(asked: str, told: str) -> None:
    answer = await told_ability(talk(RING), asked_ability(asked))
    assert told in answer
    assert "I took this as a question, so nothing of it is in the plan." in answer


async def test_while_a_question_is_open_it_is_answered_and_stays_open(office: Office) -> None:
    office.planner.questions = (WHO,)
    await office.start()
    await office.work()

    async def ask(session: AsyncSession, plan: Plan) -> tuple[str, int]:
        plan.planner = BUILT_IN
        answer = await answer_while_gathering(session, plan, "Can you also keep a note for each book?")
        return answer, len((await load_conversation(session, plan)).messages)

    answer, messages = await office.within(ask)
    assert "Book gains `note`" in answer
    assert "Still open: Who may add books?" in answer
    assert messages == 1
