"""Messages that nothing asked for: a hint in review, a sign while building, silence after delivery."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.local_workspace.directory import BOT_USER
from bot.planning.conversation import CustomBehaviour
from bot.store.database import Database, DatabaseHeld
from bot.store.tables import ConversationMessage, Plan
from bot.workflow.builds import NO_MODEL, deliver, leave_open, load_steps
from bot.workflow.notes import note, notes_of
from bot.workflow.runs import block
from bot.workflow.waiting import BUILT_IN
from tests.local_workspace.driving import PATIENCE_SECONDS, Json, PersonAtWork
from tests.slack.at_work import approved, handled, office_of, rows, started, told
from tests.slack.running import RunningBot, shown
from tests.workflow.office import COPIES, MARA, ScriptedPlanner

REMINDERS = CustomBehaviour(
    title="Reminders",
    slug="reminders",
    criterion="WHEN a book is new, THE System SHALL list it for a week.",
    done="new books are listed",
)
HINT = "in review I take no plain replies"


async def private_to(person: PersonAtWork, thread: str) -> list[Json]:
    messages = (await person.get("messages", channel="general", thread_ts=thread))["messages"]
    return [one for one in messages if one["only_for"]]


async def heard_privately(person: PersonAtWork, thread: str, count: int) -> Json:
    """Wait until somebody was told so many things alone; return the newest."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(told_alone := await private_to(person, thread)) < count:
            await asyncio.sleep(0.02)
    return told_alone[-1]


async def signs_on(person: PersonAtWork, thread: str, message: Json, count: int = 1) -> list[str]:
    """Wait until a message has so many reactions of the bot; return their names."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            for one in (await person.get("messages", channel="general", thread_ts=thread))["messages"]:
                names = [each["name"] for each in one.get("reactions", []) if BOT_USER in each["users"]]
                if one["ts"] == message["ts"] and len(names) >= count:
                    return names
            await asyncio.sleep(0.02)


async def test_in_review_a_writer_hears_once_how_a_reply_becomes_a_change(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    await jon.say("books need pages, I think", thread_ts=thread)
    assert (await told(jon, HINT, thread=thread))["thread_ts"] == thread, "it stands where it was written"
    await jon.say("or don't they?", thread_ts=thread)
    await mara.say("let me think", thread_ts=thread)
    await told(mara, HINT, thread=thread)
    await handled(bot, 4)
    assert len(await private_to(jon, thread)) == 1
    assert (await bot.settled("in review")).review == 1
    assert len(await rows(bot, ConversationMessage)) == 1, "a plain reply takes no effect"

    await jon.say("@planthread add pages", thread_ts=thread)
    await bot.reviewed(2)
    await bot.settled("in review")
    await jon.say("nice", thread_ts=thread)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(await private_to(jon, thread)) < 2:
            await asyncio.sleep(0.02)


async def test_in_review_who_gives_it_a_name_hears_each_time_that_it_needs_a_mention(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    await jon.say("let me think", thread_ts=thread)
    await heard_privately(jon, thread, 1)
    await jon.say("call it Harbour", thread_ts=thread)
    newest = await heard_privately(jon, thread, 2)
    assert "mention me, and it is called “Harbour”" in newest["text"]
    assert (await bot.settled("in review")).title != "Harbour"


async def test_in_review_what_could_not_be_read_is_left_out_without_a_mention(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    planner.extra = {"unread": ("The moon is blue", "Tea is hot")}
    thread = await started(bot, mara)
    await jon.say("forget it", thread_ts=thread)
    await told(jon, HINT, thread=thread)
    await jon.say("leave them all out", thread_ts=thread)
    await told(jon, "Left out: “The moon is blue”, “Tea is hot”.", thread=thread)
    assert (await bot.settled("in review")).review == 1
    assert len(await rows(bot, ConversationMessage)) == 1, "it is no change"


async def test_talk_that_is_not_for_the_bot_gets_no_hint(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    await jon.say("!aside is it any good?", thread_ts=thread)
    await jon.say("@mara what do you say?", thread_ts=thread)
    await handled(bot, 3)
    await jon.say("status", thread_ts=thread)
    await told(jon, "in review", thread=thread)
    assert [HINT in one["text"] for one in await private_to(jon, thread)] == [False]


@pytest.mark.parametrize(
    ("custom", "sentence"), [(True, "next task that is still to be written"), (False, "becomes a change")]
)
async def test_while_building_each_message_gets_a_sign_and_its_writer_a_sentence(
    bot: RunningBot,
    planner: ScriptedPlanner,
    database: Database,
    mara: PersonAtWork,
    jon: PersonAtWork,
    custom: bool,
    sentence: str,
) -> None:
    planner.extra = {"custom": (REMINDERS,)} if custom else {}
    thread = await approved(bot, mara)
    office = await office_of(bot, planner)
    await office.begin_build()
    first = await jon.say("a week is seven working days", thread_ts=thread)
    assert await signs_on(jon, thread, first) == ["eyes"]
    assert sentence in (await told(jon, "Noted", thread=thread))["text"]
    second = await jon.say("@planthread and a month is four weeks", thread_ts=thread)
    assert await signs_on(jon, thread, second) == ["eyes"]
    await heard_privately(jon, thread, 2)
    third = await jon.say("and a year has twelve months", thread_ts=thread)
    assert await signs_on(jon, thread, third) == ["eyes"]
    assert len(await private_to(jon, thread)) == 2, "who mentions the bot is told each time, others once"
    said = await office.within(notes_of)
    assert said == ("a week is seven working days", "and a month is four weeks", "and a year has twelve months")
    assert (await bot.plans())[0].stage == "building"
    assert [message.text for message in planner.heard[-1].messages] == ["a library: books with a title and a price"]


async def test_who_asks_the_bot_something_while_it_builds_hears_how_far_it_is_each_time(
    bot: RunningBot, planner: ScriptedPlanner, database: Database, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await approved(bot, mara)
    office = await office_of(bot, planner)
    await office.begin_build()
    total = len((await office.overview()).tasks)
    await jon.say("@planthread how long will this take?", thread_ts=thread)
    answer = await told(jon, f"is being built: 0 of {total} tasks done", thread=thread)
    assert "`status`, `tasks`, and `why 1.1`" in shown(answer)
    assert "Noted" not in shown(answer), "who only asks gave no hint"
    await jon.say("how long will it take?", thread_ts=thread)
    await heard_privately(jon, thread, 2)
    assert await office.within(notes_of) == ()

    await office.stop()
    await jon.say("@planthread why does nothing happen", thread_ts=thread)
    await told(jon, f"is paused by <@{MARA}>; `resume` goes on with it", thread=thread)
    unaddressed = await jon.say("is anybody there?", thread_ts=thread)
    await signs_on(jon, thread, unaddressed)
    assert len(await private_to(jon, thread)) == 3, "what isn't said to the bot gets a sign, not an answer"


async def test_a_stopped_build_says_what_failed_and_what_can_be_said_and_goes_on_when_told_to(
    bot: RunningBot, planner: ScriptedPlanner, database: Database, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await approved(bot, mara)
    office = await office_of(bot, planner)
    await office.begin_build()
    await office.within(lambda session, plan: block(session, plan, "phase 1: must-haves did not pass."))
    await jon.say("@planthread what can I do now so that it goes on?", thread_ts=thread)
    answer = shown(await told(jon, "needs you", thread=thread))
    assert "needs you: phase 1: must-haves did not pass.\n" in answer, "one full stop, whatever the reason ends with"
    assert "press `Retry` on the newest ⛔ message here, or say `retry`" in answer
    for count, wish in ((2, "@planthread rename price to cost"), (3, "@planthread rename title to name")):
        await jon.say(wish, thread_ts=thread)
        noted = shown(await heard_privately(jon, thread, count))
        assert "mention me with it then, and it becomes a change. `Retry` goes on with the build" in noted
    await jon.say("retry", thread_ts=thread)
    await told(jon, "goes on; it is building", thread=thread)
    assert (await bot.plans())[0].hold is None


async def test_a_question_between_people_is_noted_once_the_database_can_be_had_again_and_nobody_hears_of_a_fault(
    bot: RunningBot,
    planner: ScriptedPlanner,
    database: Database,
    mara: PersonAtWork,
    jon: PersonAtWork,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    thread = await approved(bot, mara)
    office = await office_of(bot, planner)
    await office.begin_build()
    failures = iter([DatabaseHeld()])

    async def held_once(*given: Any) -> str:
        for failure in failures:
            raise failure
        return await note(*given)

    monkeypatch.setattr("bot.slack.unaddressed.note", held_once)
    await jon.say("is anybody there?", thread_ts=thread)
    after_it = await jon.say("titles are short", thread_ts=thread)
    await signs_on(jon, thread, after_it)
    assert next(failures, None) is None, "it failed once"
    assert await office.within(notes_of) == ("is anybody there?", "titles are short")
    assert "Something went wrong" not in str(await private_to(jon, thread))


async def test_a_hint_and_a_question_in_one_message_are_both_answered(
    bot: RunningBot, planner: ScriptedPlanner, database: Database, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await approved(bot, mara)
    office = await office_of(bot, planner)
    await office.begin_build()
    await jon.say("@planthread Titles are in English. What does 409 mean? Thanks", thread_ts=thread)
    answer = shown(await told(jon, "tasks done", thread=thread))
    assert "409 means: the request contradicts what is stored" in answer
    assert "Noted" in answer
    assert await office.within(notes_of) == ("Titles are in English. What does 409 mean? Thanks",)


async def test_a_sign_that_slack_refuses_loses_nothing(
    bot: RunningBot, planner: ScriptedPlanner, database: Database, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await approved(bot, mara)
    message = await jon.say("a week is seven days", thread_ts=thread)
    assert await signs_on(jon, thread, message) == ["eyes"]
    async with bot.database.write() as session:
        for row in await rows(bot, ConversationMessage):
            if row.kind == "note":
                await session.delete(await session.get_one(ConversationMessage, row.id))
    again = {"type": "message", "user": "U0JON", "channel": "C0GENERAL", "ts": message["ts"], "thread_ts": thread}
    payload = {"team_id": (await bot.plans())[0].workspace, "event": again | {"text": "a week is seven days"}}
    await bot.inbox.accept("message/again", "message", payload)
    items = await handled(bot, len(await handled(bot, 3)))
    assert all(item.error == "" for item in items)
    assert [row.kind for row in await rows(bot, ConversationMessage)] == ["request", "note"]


async def test_after_delivery_plain_questions_are_answered_and_undo_says_what_to_do(
    bot: RunningBot, planner: ScriptedPlanner, database: Database, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    planner.extra = {"custom": (REMINDERS,)}
    thread = await approved(bot, mara)
    office = await office_of(bot, planner)
    tasks = (await office.begin_build()).tasks()
    number = next(task.number for task in tasks if task.title == REMINDERS.title)
    async with database.write() as session:
        plan = await session.get_one(Plan, office.plan_id)
        for step in await load_steps(session, plan.id):
            if step.number == number:
                await leave_open(session, plan, step, NO_MODEL)
        await deliver(session, plan)
    await bot.settled("delivered")
    await jon.say("what is still open?", thread_ts=thread)
    assert f"{number} “Reminders” ({NO_MODEL})" in shown(await told(jon, "Open in *Office library*", thread=thread))
    await jon.say(f"what is task {number} about?", thread_ts=thread)
    assert "new books are listed" in shown(await told(jon, f"Task {number} is “Reminders”", thread=thread))
    await jon.say("what is task 99.9 about?", thread_ts=thread)
    await told(jon, "There is no task 99.9", thread=thread)
    await jon.say("undo", thread_ts=thread)
    await told(jon, "is delivered, so no review is open to go back from", thread=thread)
    assert (await bot.plans())[0].stage == "delivered"


async def test_in_review_a_question_that_the_documents_answer_needs_no_mention(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    await jon.say("what is a book?", thread_ts=thread)
    assert (await told(jon, "Book holds title", thread=thread))["only_for"], "talk goes on undisturbed"
    await jon.say("why don't we meet at noon?", thread_ts=thread)
    await told(jon, HINT, thread=thread)
    await jon.say("when is lunch?", thread_ts=thread)
    await jon.say("who can approve?", thread_ts=thread)
    await told(jon, "can approve this plan", thread=thread)
    assert len(await private_to(jon, thread)) == 3, "what people ask each other stays theirs"
    assert len(await rows(bot, ConversationMessage)) == 1, "no question becomes part of the plan"
    assert (await bot.settled("in review")).review == 1


async def test_while_gathering_a_question_to_the_bot_is_no_part_of_the_plan(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    planner.questions = (COPIES,)
    thread = await started(bot, mara, "gathering")
    async with bot.database.write() as session:
        (await session.get_one(Plan, (await bot.plans())[0].id)).planner = BUILT_IN
    await jon.say("what have you understood so far?", thread_ts=thread)
    await told(jon, "So far I understood: ", thread=thread)
    await jon.say("who can approve?", thread_ts=thread)
    await told(jon, "The first review names who may approve it", thread=thread)
    await jon.say("can I change that later?", thread_ts=thread)
    await told(jon, "Yes, nothing is final", thread=thread)
    await jon.say("can you also keep a note for each book, or is that too much for you?", thread_ts=thread)
    await told(jon, "Yes: with “each book has a note” said as a sentence, Book gains `note`", thread=thread)
    assert [row.kind for row in await rows(bot, ConversationMessage)] == ["request"]
    assert (await bot.plans())[0].stage == "gathering", "the question of the plan is open as before"


async def test_after_delivery_there_is_silence(
    bot: RunningBot, planner: ScriptedPlanner, database: Database, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await approved(bot, mara)
    office = await office_of(bot, planner)
    await office.deliver()
    await bot.settled("delivered")
    before = len(await bot.thread(jon))
    message = await jon.say("that went well", thread_ts=thread)
    await handled(bot, 3)
    await jon.say("status", thread_ts=thread)
    await told(jon, "delivered", thread=thread)
    after = await bot.thread(jon)
    assert len(after) == before + 3, "two messages of Jon's, and the answer to the second"
    assert not next(one for one in after if one["ts"] == message["ts"]).get("reactions")
    assert isinstance((await bot.plans())[0], Plan)
