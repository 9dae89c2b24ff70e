"""“Plan this” on a message of a channel takes the talk that led to it, and a digest in plain words begins no plan."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.slack import talk_before
from bot.slack.digest_words import asked_digest
from bot.slack.shortcuts import Shortcut
from bot.store.tables import ConversationMessage, DigestSchedule
from tests.local_workspace.driving import PATIENCE_SECONDS, PersonAtWork
from tests.slack.at_work import handled, rows, started, told
from tests.slack.running import RunningBot, shown
from tests.slack.test_shortcuts import use
from tests.workflow.office import JON, MARA


async def said_in(bot: RunningBot, plan: str) -> list[tuple[str, str]]:
    """Return what a plan began with: who said it, and the words."""
    async with bot.database.read() as session:
        query = (
            select(ConversationMessage)
            .where(col(ConversationMessage.plan_id) == plan)
            .order_by(col(ConversationMessage.id))
        )
        return [(one.author, one.text) for one in (await session.scalars(query)).all()]


async def test_the_talk_just_before_is_taken_and_its_thread_says_so(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await mara.say("we lose track of our books")
    await jon.say("members borrow them")
    await mara.say("!aside lunch?")
    chosen = await mara.say("so: a library, books with a title")
    await jon.say("and a shelf, later")
    await use(jon, chosen, Shortcut.PLAN)
    plan = await bot.settled("in review")
    assert plan.thread == chosen["ts"]
    assert await said_in(bot, plan.id) == [
        (MARA, "we lose track of our books"),
        (JON, "members borrow them"),
        (MARA, "so: a library, books with a title"),
    ]
    taken = "just before, too (2 messages): “we lose track of our books”, “members borrow them”"
    assert any(taken in shown(message) for message in await bot.thread(mara))


async def test_the_talk_ends_where_the_bot_wrote_and_at_a_plan(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await mara.say("an old talk")
    await started(bot, mara)
    planned = await mara.say("parking: spaces with a number")
    await use(mara, planned, Shortcut.PLAN)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(await bot.plans()) < 2:
            await asyncio.sleep(0.02)
    await jon.say("desks too")
    chosen = await jon.say("desks with a number")
    await use(jon, chosen, Shortcut.PLAN)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(await bot.plans()) < 3:
            await asyncio.sleep(0.02)
    plans = {plan.thread: plan.id for plan in await bot.plans()}
    assert await said_in(bot, plans[planned["ts"]]) == [(MARA, "parking: spaces with a number")]
    assert await said_in(bot, plans[chosen["ts"]]) == [(JON, "desks too"), (JON, "desks with a number")]


async def test_what_was_said_long_before_is_another_talk(
    bot: RunningBot, mara: PersonAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk_before, "LONGEST_PAUSE", 0.0)
    await mara.say("lunch at noon")
    chosen = await mara.say("a library: books with a title")
    await use(mara, chosen, Shortcut.PLAN)
    plan = await bot.settled("in review")
    assert await said_in(bot, plan.id) == [(MARA, "a library: books with a title")]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("send me a digest now please", ("now",)),
        ("Stop, I only wanted a digest", ("now",)),
        ("can you send us the digest?", ("now",)),
        ("I'd like a digest of my plans", ("now",)),
        ("a daily digest please", ()),
        ("digest", ()),
        ("send me a digest every monday at 9", ("every", "monday", "at", "9")),
        ("daily digest at 8 am", ("daily", "8", "am")),
        ("digest off", ("off",)),
        ("stop the digest", ("off",)),
        ("please stop sending us digests", ("off",)),
        ("Stop my daily digest.", ("me", "off")),
        ("stop the daily digest at 9", ()),
        ("turn off the digest on Fridays", ()),
        ("can you turn the digest off?", ("off",)),
        ("we don't read it: cancel the digest", None),
        ("stop the digest service", None),
        ("a digest service: articles with a title", None),
        ("what is a digest?", None),
        ("no digest please", None),
        ("a library: books with a title; members get a digest", None),
    ],
)
def test_a_digest_is_asked_for_in_plain_words(said: str, words: tuple[str, ...] | None) -> None:
    assert asked_digest(said) == words


async def test_a_digest_in_a_direct_message_comes_and_no_plan_begins(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.say("send me a digest now please", channel="D0MARA")
    await told(mara, "Here comes the digest of your plans", channel="D0MARA")
    await mara.say("a digest every day at 8 am", channel="D0MARA")
    await told(mara, "A digest of your plans comes to you alone every day at 08:00 Europe/Berlin", channel="D0MARA")
    await mara.say("a weekly digest, please", channel="D0MARA")
    await told(mara, "Say `/plan digest me now`", channel="D0MARA")
    await handled(bot, 3)
    assert [row.hour for row in await rows(bot, DigestSchedule)] == [8]
    await mara.say("stop my digest", channel="D0MARA")
    await told(mara, "No more digests of your plans", channel="D0MARA")
    await handled(bot, 4)
    assert await rows(bot, DigestSchedule) == []
    assert await bot.plans() == []
