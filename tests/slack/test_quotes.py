"""What people asked for is quoted where others see it: on the card, and in the review of a change."""

from __future__ import annotations

import asyncio

from sqlalchemy import select

from bot.documents.entities.entity_specs import EntityField, FieldType
from bot.slack.blocks.entity_lines import limits
from bot.store.database import Database
from bot.store.tables import ConversationMessage
from bot.workflow.asked import LONGEST_QUOTE, asked_first
from bot.workflow.erasure import forget_person
from tests.local_workspace.driving import PATIENCE_SECONDS, Json, PersonAtWork
from tests.slack.at_work import of_bot, started
from tests.slack.running import RunningBot, press, shown
from tests.workflow.office import IDEA, JON, MARA, WHO, Office, ScriptedPlanner

LONG = "a library: books with a title and " + "a very long list of wishes, " * 40


async def seen_in(bot: RunningBot, person: PersonAtWork, words: str) -> Json:
    """Wait until a message of the thread holds these words, and return it."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            found = [message for message in await bot.thread(person) if words in shown(message)]
            if found:
                return found[0]
            await asyncio.sleep(0.02)


async def test_the_card_quotes_what_the_command_said_and_nothing_is_posted_for_it(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await started(bot, mara)
    (card,) = await of_bot(jon)
    assert f"\n> {IDEA}\n" in shown(card)
    assert len(await bot.thread(jon)) == 2


async def test_a_long_request_is_quoted_in_short(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.plan(f"new {LONG}")
    await bot.settled("in review")
    (card,) = await of_bot(mara)
    (quote,) = [line for line in shown(card).split("\n") if line.startswith("> ")]
    assert quote.startswith("> a library: books with a title and a very long list")
    assert quote.endswith("…")
    assert len(quote) <= LONGEST_QUOTE + len("> ")


async def test_a_plan_of_a_thread_quotes_nothing_above_which_it_stands(database: Database, office: Office) -> None:
    plan = await office.start()
    async with database.write() as session:
        plan = await session.merge(plan)
        assert (await asked_first(session, plan)) is not None
        plan.thread = "1764.5"
        (row,) = (await session.scalars(select(ConversationMessage))).all()
        row.key = "message/C1/1764.5"
        await session.flush()
        assert await asked_first(session, plan) is None


async def test_who_was_forgotten_is_quoted_no_more(database: Database, office: Office) -> None:
    await office.in_review()
    async with database.write() as session:
        await forget_person(session, "T1", MARA)
    assert (await office.overview()).asked == ""


async def test_a_change_asked_for_in_the_form_is_quoted_with_its_author(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await started(bot, mara)
    await press(jon, await seen_in(bot, jon, "for review"), "Request changes")
    form = await jon.sees_view("Request changes")
    assert (await jon.do("views/submit", view_id=form["id"], values={"text": "add pages"}))["ok"]
    await bot.reviewed(2)
    await bot.settled("in review")
    review = await seen_in(bot, mara, "for review* · review 2")
    assert f"*Asked for*\n> add pages (<@{JON}>)" in shown(review)
    assert len(await bot.thread(mara)) == 3, "the card and two reviews"


async def test_a_change_that_waits_for_answers_is_quoted_where_its_review_was(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    planner.questions = (WHO,)
    await jon.say("@planthread add pages", thread_ts=thread)
    await bot.settled("gathering")
    assert f"> add pages (<@{JON}>)" in shown(await seen_in(bot, mara, "a change is being worked in"))


def test_the_limits_of_a_field_stand_behind_it() -> None:
    def field(kind: str, low: str | None, high: str | None) -> EntityField:
        return EntityField(name="size", type=FieldType(name=kind), minimum=low, maximum=high)

    assert limits(field("int", "1", "500")) == "1–500"
    assert limits(field("int", "1", None)) == "at least 1"
    assert limits(field("Decimal", None, "9.99")) == "at most 9.99"
    assert limits(field("str", "1", "200")) == "at most 200 letters"
    assert limits(field("str", "1", None)) == ""
    assert limits(field("str", "3", "20")) == "3–20 letters"
