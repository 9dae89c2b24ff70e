"""Messages that were edited or deleted after a plan came from them: asked about, taken, left, or put back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import ConversationMessage, Event, MessageEdit, Plan, PlanQuestion
from bot.workflow.edits import edit_of, keys_of_files, leave_words, note_edit, open_edits, take_words, used_by
from bot.workflow.plans import add_message
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.runs import block
from tests.workflow.office import ADA, COPIES, IDEA, JON, LATE, MARA, WHO, Office

FIRST = "key 1"
"""The key of the message that the plan began with."""


async def edited(office: Office, text: str | None, key: str = FIRST, person: str = MARA) -> str:
    """Have a message say something else, or be gone; return what its writer hears."""
    said: str = await office.within(lambda session, plan: note_edit(session, plan, key, person, text))
    return said


async def take(office: Office, number: int = 0, person: str = JON) -> None:
    """Press Take the new words, of the newest edit without a number."""
    row = number or await newest(office)
    await office.within(lambda session, plan: take_words(session, plan, row, person, "press"))


async def leave(office: Office, number: int = 0, person: str = JON) -> None:
    """Press Leave it."""
    row = number or await newest(office)
    await office.within(lambda session, plan: leave_words(session, plan, row, person, "press"))


async def newest(office: Office) -> int:
    """Return the number of the newest edit."""
    return (await office.rows(MessageEdit))[-1].id or 0


async def last_event(office: Office) -> tuple[str, str, str, dict[str, Any]]:
    """Return who did what last, by which message, and what was noted."""
    event = (await office.rows(Event))[-1]
    return event.actor, event.what, event.message_key, event.data


async def settled(office: Office) -> list[tuple[str, str, str]]:
    """Return the words of each edit, what became of it, and by whom."""
    return [(row.words, row.settled, row.settled_by) for row in await office.rows(MessageEdit)]


async def versions(office: Office, *names: str) -> list[int]:
    """Return how often each message was drawn."""
    return [(await office.message(name)).version for name in names]


async def answers(office: Office) -> list[tuple[str | None, str]]:
    """Return answer and answerer of each question."""
    return [(row.answer, row.answered_by) for row in await office.rows(PlanQuestion)]


async def replied(office: Office, text: str, *questions: Any) -> str:
    """Have questions asked, answer them in one reply, and return the reply's key."""
    office.planner.questions = questions
    await office.start()
    await office.work()
    await office.say(text)
    return (await office.rows(PlanQuestion))[0].answer_key


async def test_new_words_are_asked_about_and_change_nothing_by_themselves(office: Office) -> None:
    await office.in_review()
    before, wants = await versions(office, "review/1", "card"), await office.wants()

    assert await edited(office, f"  {IDEA} and a colour ") == ""

    (row,) = await office.rows(MessageEdit)
    assert (row.key, row.person, row.was, row.words, row.is_gone) == (FIRST, MARA, IDEA, f"{IDEA} and a colour", False)
    assert (row.workspace, row.settled, row.settled_by) == ("T1", "", "")
    assert (await office.message(f"edited/{row.id}")).subject == {"edit": row.id}
    assert await versions(office, "review/1", "card") == [before[0] + 1, before[1] + 1]
    assert await last_event(office) == (MARA, "message edited", FIRST, {})
    assert await office.wants() == wants
    assert (await office.rows(ConversationMessage))[0].text == IDEA


async def test_the_same_edit_twice_is_one_and_further_words_replace_the_first(office: Office) -> None:
    await office.start()
    await edited(office, "boats")
    happened = await office.events()
    await edited(office, "boats")
    assert await office.events() == happened
    await edited(office, "ships")
    assert await settled(office) == [("ships", "", "")]
    assert await versions(office, f"edited/{await newest(office)}") == [2]


async def test_words_that_are_put_back_ask_nothing(office: Office) -> None:
    await office.start()
    assert await edited(office, IDEA.upper()) == ""
    assert await office.rows(MessageEdit) == []
    await edited(office, "boats")
    await edited(office, IDEA)
    assert await settled(office) == [("boats", "put back", "")]
    assert await versions(office, f"edited/{await newest(office)}") == [2]
    await edited(office, "boats")
    assert await settled(office) == [("boats", "", "")], "made again, it is asked again"


async def test_secrets_of_new_words_are_not_kept(office: Office) -> None:
    await office.start()
    secret = "ghp_" + "a1B2" * 9
    await edited(office, f"boats with {secret}")
    (row,) = await office.rows(MessageEdit)
    assert row.words.startswith("boats with ")
    assert secret not in row.words


async def test_an_edit_of_what_no_plan_came_from_or_of_a_plan_that_ended_says_nothing(office: Office) -> None:
    await office.start()
    assert await edited(office, "boats", "another key") == ""

    async def end(session: AsyncSession, plan: Plan) -> None:
        plan.stage = "cancelled"

    await office.within(end)
    assert await edited(office, "boats") == ""
    assert await office.rows(MessageEdit) == []


@pytest.mark.parametrize(("text", "what"), [("boats", "edited"), (None, "deleted")])
async def test_after_the_approval_its_writer_hears_that_nothing_changes(
    office: Office, text: str | None, what: str
) -> None:
    await office.in_review()
    await office.approve(1)
    said = await edited(office, text)
    assert said == (
        f"A message that *Office library* came from was {what}. Nothing changes by itself: *Office library* is "
        "approved, from the words as they were. Once it is delivered, mention me and say what should be different."
    )
    assert await office.rows(MessageEdit) == []
    assert await last_event(office) == (MARA, f"message {what}", FIRST, {})


async def test_what_is_taken_is_thought_about_anew(office: Office) -> None:
    await office.in_review()
    await edited(office, "a library: books with a colour")
    _, attempt = await office.wants()
    drawn = await versions(office, f"edited/{await newest(office)}", "review/1", "card")

    await take(office)

    (row,) = await office.rows(MessageEdit)
    assert (row.settled, row.settled_by) == ("taken", JON)
    assert await office.wants() == (Stage.PLAN, attempt + 1)
    assert await last_event(office) == (JON, "words taken", "press", {"message": FIRST})
    assert await versions(office, f"edited/{row.id}", "review/1", "card") == [version + 1 for version in drawn]
    await office.work()
    assert office.planner.heard[-1].messages[0].text == "a library: books with a colour"
    with pytest.raises(Refused, match="settled already"):
        await leave(office)


async def test_taking_words_lifts_what_blocks_the_plan(office: Office) -> None:
    await office.start()
    await edited(office, "boats")
    await office.within(lambda session, plan: block(session, plan, "no entity was found"))
    problem = f"problem/{(await office.plan()).run_attempt}"
    await take(office)
    assert (await office.plan()).hold is None
    assert (await office.message(problem)).subject["settled"] == 1
    lifted = [event for event in await office.rows(Event) if event.what == "resume"]
    assert [(event.actor, event.message_key) for event in lifted] == [(JON, "press")]


async def test_words_of_a_paused_plan_are_taken_and_it_stays_paused(office: Office) -> None:
    await office.start()
    await edited(office, "boats")
    await office.stop()
    await take(office)
    assert (await office.plan()).hold == "paused"
    assert (await office.rows(ConversationMessage))[0].text == "boats"


async def test_what_is_left_leaves_the_plan_as_it_is(office: Office) -> None:
    await office.in_review()
    await edited(office, "boats")
    wants = await office.wants()
    await leave(office)
    assert await settled(office) == [("boats", "left", JON)]
    assert await last_event(office) == (JON, "words left", "press", {"message": FIRST})
    assert await office.wants() == wants
    assert (await office.rows(ConversationMessage))[0].text == IDEA
    with pytest.raises(Refused, match="settled already"):
        await take(office)


async def test_once_it_is_approved_nothing_is_taken_or_left_any_more(office: Office) -> None:
    await office.in_review()
    await edited(office, "boats")
    await office.approve(1)
    for deed in (take, leave):
        with pytest.raises(Refused, match=r"\*Office library\* is approved meanwhile, from the words as they were"):
            await deed(office)
    assert await settled(office) == [("boats", "", "")]


async def test_the_open_edits_of_a_plan_oldest_first_and_of_no_other(office: Office) -> None:
    await office.start()
    other, number = office.plan_id, 0
    await edited(office, "boats")
    number = await newest(office)
    await office.start()
    later = (await office.rows(ConversationMessage))[0].key
    await office.say("with shelves", JON)
    reply = (await office.rows(ConversationMessage))[-1].key
    await edited(office, "with drawers", reply, JON)
    await edited(office, "ships", later)
    await edited(office, "cars", later)

    async with office.database.read() as session:
        plan = await office.plan()
        assert [row.words for row in await open_edits(session, plan)] == ["with drawers", "cars"]
        assert await edit_of(session, plan, number) is None
        found = await edit_of(session, await session.get_one(Plan, other), number)
    assert found is not None
    assert found.words == "boats"
    with pytest.raises(Refused, match="settled already"):
        await take(office, number)
    await leave(office)
    async with office.database.read() as session:
        assert len(await open_edits(session, await office.plan())) == 1


async def test_a_message_leads_to_the_plan_that_used_it(office: Office) -> None:
    reply = await replied(office, "Everyone", WHO)
    own = office.plan_id

    async def file(session: AsyncSession, plan: Plan) -> None:
        await add_message(session, plan, MARA, "CREATE TABLE a", "message/C1/7.0#1")
        await add_message(session, plan, MARA, "CREATE TABLE b", "message/C1/7.0#0")

    await office.within(file)
    await office.start()
    async with office.database.read() as session:
        for key in (FIRST, reply, "message/C1/7.0"):
            plan = await used_by(session, key)
            assert plan is not None
            assert plan.id == own
        assert await used_by(session, "message/C1/7") is None
        owner = await session.get_one(Plan, own)
        assert await keys_of_files(session, owner, "message/C1/7.0") == ["message/C1/7.0#1", "message/C1/7.0#0"]
        assert await keys_of_files(session, await office.plan(), "message/C1/7.0") == []


async def test_a_deleted_message_is_left_out_where_something_else_was_said(office: Office) -> None:
    await office.start()
    await edited(office, None)
    (row,) = await office.rows(MessageEdit)
    assert (row.is_gone, row.words, row.was) == (True, "", IDEA)
    assert (await last_event(office))[1] == "message deleted"
    with pytest.raises(Refused, match=r"Nothing else was said of .*so nothing would be left to plan"):
        await take(office)

    await office.say("with shelves", ADA)
    await take(office)
    await office.work()
    assert [message.text for message in office.planner.heard[-1].messages] == ["with shelves"]
    async with office.database.read() as session:
        assert await used_by(session, FIRST) is None


async def test_an_edited_answer_is_taken_for_its_question(office: Office) -> None:
    key = await replied(office, "Everyone", WHO)
    await edited(office, "Librarians only", key)
    (row,) = await office.rows(MessageEdit)
    assert row.was == "Everyone"
    drawn = await versions(office, "questions/1")
    await take(office)
    assert await answers(office) == [("Librarians only", MARA)]
    assert await versions(office, "questions/1") == [drawn[0] + 1]


async def test_an_edited_reply_to_several_questions_is_read_by_its_numbers(office: Office) -> None:
    key = await replied(office, "1. Everyone, 2. A fee, 3. you decide", WHO, LATE, COPIES)
    await edited(office, "2. Nothing, 1. you decide", key)
    (row,) = await office.rows(MessageEdit)
    assert row.was == "1. Everyone\n2. A fee\n3. you decide"
    await take(office)
    assert await answers(office) == [("", MARA), ("Nothing", MARA), ("", MARA)]


async def test_a_deleted_answer_opens_its_question_again(office: Office) -> None:
    key = await replied(office, "you decide", WHO)
    await edited(office, None, key)
    assert (await office.rows(MessageEdit))[0].was == "you decide"
    await take(office)
    assert await answers(office) == [(None, "")]
    assert await office.open_questions() == ["who"]
    assert (await office.rows(PlanQuestion))[0].answer_key == ""
