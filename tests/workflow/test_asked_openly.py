"""Every question that is asked while a plan gathers is answered in words, though nothing tells the answer."""

from __future__ import annotations

import pytest

from bot.store.tables import ConversationMessage
from bot.workflow.asked_openly import asks_openly, is_there, question_beside
from bot.workflow.plain_questions import answer_while_gathering
from bot.workflow.waiting import BUILT_IN
from tests.workflow.office import COPIES, LATE, Office


async def told(office: Office, asked: str) -> str:
    """Return what somebody hears at once who says something while two questions are open."""
    office.planner.questions = (COPIES, LATE)
    await office.start()
    await office.work()
    async with office.database.write() as session:
        (await session.get_one(type(await office.plan()), office.plan_id)).planner = BUILT_IN
    answer: str = await office.within(lambda session, plan: answer_while_gathering(session, plan, asked))
    return answer


@pytest.mark.parametrize(
    "asked",
    ["am I doing this right?", "isn't that too much?", "you mean the shelf?", "really?",
     "I wonder if it can do invoices", "Thanks! One more thing: does it print?",
     "just wondering whether it prints labels", "how many potters can there be?"],
)  # fmt: skip
async def test_a_question_that_nothing_answers_hears_so_with_what_to_do(office: Office, asked: str) -> None:
    answer = await told(office, asked)
    assert "I can't tell that before the first review" in answer
    assert "say it as a sentence. `help` says what I can be told here. Still open: How many copies" in answer
    assert [row.kind for row in await office.rows(ConversationMessage)] == ["request"]


@pytest.mark.parametrize("asked", ["Hello, are you there?", "anyone there?", "can you hear me?"])
async def test_who_asks_whether_somebody_is_there_hears_yes(office: Office, asked: str) -> None:
    assert (await told(office, asked)).startswith("Yes, I am here. Still open: How many copies")


async def test_whether_all_was_understood_is_answered_with_what_is_known(office: Office) -> None:
    assert "So far" in await told(office, "have you understood me?")


@pytest.mark.parametrize(
    "said", ["What about adding holidays?", "Will there be a page? We have none.", "shall we note it?"]
)
async def test_a_wish_that_is_asked_is_kept_and_its_writer_hears_so(office: Office, said: str) -> None:
    assert await told(office, said) == ""
    taken = await office.reply(said)
    assert taken.told.startswith("I took that in as more of what you want")
    assert len(await office.rows(ConversationMessage)) == 2


@pytest.mark.parametrize(
    "said",
    ["name, phone?", "the price?", "what we need is a list", "when it is late the member pays", "has a name",
     "can be blue or red", "who borrows a book pays a fee", "I want to know who borrowed which book",
     "We'd like to know which bike is out", "do not forget the phone", "may be lent for 3 weeks", "",
     "can you add a phone number?", "how about a price?", "why? " * 200],
)  # fmt: skip
def test_answers_descriptions_and_wishes_only_ask_nothing(said: str) -> None:
    assert not asks_openly(said)
    assert not is_there(said)


def test_a_statement_beside_a_question_is_told_from_one() -> None:
    assert question_beside("Bikes have a price. Can it print?") == "Can it print?"
    assert question_beside("Bikes have a price.") == ""
