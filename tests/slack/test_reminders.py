"""Reminders in the running bot: a direct message with the ways on, which says what came of it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import update

from bot.digests.reminders import Reminders
from bot.digests.waits import Wait, wait_of
from bot.local_workspace.limits import block_problems
from bot.slack.blocks.reminder import Reminded, left_alone, reminder
from bot.slack.people import People
from bot.slack.timely import render_timely
from bot.store.tables import Event, OutboxItem, ReminderRest
from bot.workflow.messages import MessageKind
from tests.local_workspace.driving import Json, PersonAtWork
from tests.slack.at_work import rows, started, told
from tests.slack.running import RunningBot, buttons_of, press, shown
from tests.slack.test_blocks import HOSTILE, a_view
from tests.workflow.office import JON, MARA, Office

MONDAY, TUESDAY = datetime(2026, 3, 9, 10, tzinfo=UTC), datetime(2026, 3, 10, 10, tzinfo=UTC)
DIRECT = "D0MARA"


async def reminded(bot: RunningBot, mara: PersonAtWork, words: str = "1 plan waits for you") -> Json:
    """Let everything have happened on a Monday, and remind on the Tuesday after it."""
    async with bot.database.write() as session:
        await session.execute(update(Event).values(at=MONDAY))
    assert await Reminders(bot.database, People(bot.client, bot.database).profile).round(TUESDAY) == 1
    return await mara.sees(words, channel=DIRECT)


async def test_a_reminder_shows_the_plan_and_rests_until_monday_where_that_is_asked(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    await started(bot, mara)
    message = await reminded(bot, mara)
    assert "*Office library* (`library`) in <#C0GENERAL> waits for you since" in shown(message)
    assert "^{date_short_pretty}, {time}|Mon 09 Mar 11:00 CET>: approve the review" in shown(message)
    assert list(buttons_of(message)) == ["Look and approve", "Remind me Monday"]
    assert message["only_for"] == ""

    await press(mara, message, "Look and approve", channel=DIRECT)
    opened = await told(mara, "Office library: in review", channel=DIRECT)
    assert "Approve and build" in buttons_of(opened)

    await press(mara, message, "Remind me Monday", channel=DIRECT)
    await told(mara, "I'll remind you of *Office library* on Monday", channel=DIRECT)
    (rest,) = await rows(bot, ReminderRest)
    assert rest.until.astimezone(UTC).weekday() == 0
    await bot.settled("in review")
    edited = await mara.sees("1 plan waits for you", channel=DIRECT)
    assert f"I'll ask again <!date^{int(rest.until.timestamp())}^" in shown(edited)
    assert list(buttons_of(edited)) == ["Look and approve"]


async def test_who_acted_meanwhile_gets_no_message_and_a_pressed_button_says_so(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    message = await reminded(bot, mara)
    await mara.say("approve", thread_ts=thread)
    await bot.settled("approved")
    await press(mara, message, "Remind me Monday", channel=DIRECT)
    await told(mara, "doesn't wait for you any more", channel=DIRECT)
    assert await rows(bot, ReminderRest) == []


async def test_what_was_settled_before_the_message_went_out_is_not_sent_and_after_it_is_said(office: Office) -> None:
    await office.in_review()
    item = OutboxItem(workspace="T1", key="k", channel=MARA, kind=MessageKind.REMINDER)
    async with office.database.read() as session:
        wait = await wait_of(session, await office.plan())
        assert wait is not None
        item.subject = {"waits": [[office.plan_id, wait.key], ["a plan that is gone", 1]]}
        before = await render_timely(session, item, None)
    assert before is not None
    assert before.text == "1 plan waits for you"
    await office.approve(1)
    async with office.database.read() as session:
        assert await render_timely(session, item, None) is None
        item.message = "1.1"
        after = await render_timely(session, item, None)
    assert after is not None
    assert "✓ *Office library* doesn't wait for you any more" in shown({"blocks": after.blocks})


async def test_a_plan_of_a_direct_message_opens_for_nobody_else(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await mara.say("a garage: cars with a plate", channel=DIRECT)
    plan = await bot.settled("in review")
    value = f'{{"plan":"{plan.id}"}}'
    message = await bot.client.chat_postMessage(
        channel="D0JON",
        text="x",
        blocks=[{"type": "actions", "elements": [{"type": "button", "action_id": "show:1", "value": value,
                 "text": {"type": "plain_text", "text": "Open"}}]}],
    )  # fmt: skip
    await jon.do("actions", channel="D0JON", ts=message["ts"], action_id="show:1", value=value)
    refusal = await told(jon, "That plan belongs to another channel", channel="D0JON")
    assert "garage" not in shown(refusal).lower()


def test_reminders_keep_slacks_limits_and_hostile_words_stay_words() -> None:
    plan = a_view(30, hold="blocked", hold_reason=HOSTILE * 9)
    wait = Wait(plan=plan, key=1, since=MONDAY, people=(MARA, JON))
    told_of = [Reminded(title=HOSTILE, wait=wait), Reminded(title=HOSTILE, wait=None)] * 30
    for message in (reminder(told_of, MARA, "Europe/Berlin"), reminder(told_of[:1], MARA, ""), left_alone(wait)):
        assert block_problems(message.blocks) == []
        assert "<!channel>" not in str(message.blocks)
    assert "and 52 more" in str(reminder(told_of, MARA, "").blocks)
    assert "Retry" in str(reminder(told_of[:1], MARA, "").blocks)
