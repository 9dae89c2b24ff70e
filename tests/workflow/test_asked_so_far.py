"""Who asks what was understood so far hears the things, their fields and what is unread; it is no part of the plan."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.planning.conversation import Question
from bot.store.tables import Plan
from bot.workflow.asked_so_far import asks_what_is_known, asks_what_is_unread, told_so_far, told_unread
from bot.workflow.plain_questions import answer_while_gathering, take_at_review
from bot.workflow.plans import load_conversation
from bot.workflow.waiting import BUILT_IN
from tests.planning.talking import talk
from tests.workflow.office import MARA, Office

WHO = Question(id="who", text="Who may add boats?", reason="Accounts.", options=("All", "Nobody"), default="All")
IDEA = "Boats have a name and a length. Skippers have a phone. A skipper belongs to a boat. The moon sings a song."


@pytest.mark.parametrize(
    "text",
    ["what have you understood so far?", "what do you have so far?", "what have you got?", "what did you understand?",
     "ok, what do you know by now?", "Which things do you have so far?", "what do we have so far", "sum it up",
     "can you show me what you have so far?", "Summary so far?", "what is in the plan so far?",
     "how does the plan look so far?", "What did you make of it?", "can you sum up what you have understood?",
     "hm, what have you understood?", "tell me what you've got so far"],
)  # fmt: skip
def test_people_ask_what_is_known_in_many_words(text: str) -> None:
    assert asks_what_is_known(text)


@pytest.mark.parametrize(
    "text",
    ["what do members have?", "what have the boats got?", "which fields does a boat have?", "Boats have a name so far.",
     "what have you understood by a loan?", "what do you have to know about boats?", "what is a boat?",
     "so far, so good",    "show the plan of a house", "what does it do?", ""],
)  # fmt: skip
def test_other_questions_are_others(text: str) -> None:
    assert not asks_what_is_known(text)


async def test_things_fields_links_and_what_is_unread_are_told() -> None:
    told = await told_so_far(talk(IDEA))
    assert "*Boat* (name, length)" in told
    assert "*Skipper* (" in told
    assert "names a boat)" in told
    assert "Not read yet: “The moon sings a song”." in told


async def test_before_there_are_things_that_is_said() -> None:
    assert "So far I know of no thing to keep" in await told_so_far(talk("hello"))


async def test_the_question_is_answered_while_it_gathers_and_is_no_part_of_the_plan(office: Office) -> None:
    office.planner.questions = (WHO,)
    await office.start(IDEA)
    await office.work()

    async def ask(session: AsyncSession, plan: Plan) -> tuple[str, int]:
        plan.planner = BUILT_IN
        answer = await answer_while_gathering(session, plan, "what have you understood so far?")
        return answer, len((await load_conversation(session, plan)).messages)

    answer, messages = await office.within(ask)
    assert "*Boat* (name, length)" in answer
    assert "Not read yet: “The moon sings a song”." in answer
    assert "Still open: Who may add boats?" in answer
    assert messages == 1


async def test_at_a_review_it_is_answered_from_the_documents(office: Office) -> None:
    await office.start(IDEA)
    await office.work()
    number = (await office.plan()).review
    told: str = await office.within(
        lambda session, plan: take_at_review(session, plan, number, "what do you have so far?", MARA, office.key())
    )
    assert told.startswith("So far I understood: *Book* (title")


@pytest.mark.parametrize(
    "text",
    ["what part of my sentence did you not understand?", "what did you not understand?", "What didn't you understand?",
     "which words couldn't you read?", "which part was unclear?", "what is unclear to you?", "what wasn't understood?",
     "what exactly did you not get?", "which sentence could you not read?", "what is it you can't read?"],
)  # fmt: skip
def test_people_ask_what_is_unread_in_many_words(text: str) -> None:
    assert asks_what_is_unread(text)


@pytest.mark.parametrize(
    "text",
    ["what is a boat?", "what did you understand?", "which boats can't be read?", "what is it?", "the other boat"],
)
def test_who_asks_something_else_does_not_ask_what_is_unread(text: str) -> None:
    assert not asks_what_is_unread(text)


async def test_what_is_unread_is_quoted_or_nothing_is() -> None:
    assert "Not read yet: “The moon sings a song”. All else I took in." in await told_unread(talk(IDEA))
    assert "I could read all" in await told_unread(talk("Boats have a name and a length."))


@pytest.mark.parametrize(
    "text",
    [
        "which are the 9 more?",
        "what are the other nine?",
        "which are the rest?",
        "what are the others you couldn't read?",
        "which 3 more could you not read?",
        "show me the other 3",
        "what else could you not read?",
        "and the other three?",
    ],
)
def test_who_wants_to_see_the_rest_asks_what_is_unread(text: str) -> None:
    assert asks_what_is_unread(text)


async def test_rules_that_stay_tasks_are_among_what_was_not_built() -> None:
    told = await told_unread(talk(f"{IDEA} Only a skipper may paint a boat."))
    assert "Kept as tasks, in your words: “Only a skipper may paint a boat”." in told
