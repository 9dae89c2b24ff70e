"""Private channels: who was taken out of one sees its plans from nowhere else."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy import update

from bot.app.serving import background
from bot.digests.reminders import Reminders
from bot.digests.waits import wait_of
from bot.local_workspace.directory import TEAM
from bot.local_workspace.workspace import Workspace
from bot.slack.home_tabs import HomeTabs
from bot.slack.people import People
from bot.slack.private_channels import MEMBERS_SECONDS, PrivateChannels
from bot.slack.timely import render_timely
from bot.store.tables import Event, OutboxItem
from bot.workflow.messages import MessageKind
from bot.workflow.plans import add_message, plan_by_id
from tests.local_workspace.driving import PersonAtWork
from tests.slack.at_work import told
from tests.slack.running import RunningBot, client_of, shown
from tests.slack.running import press as press_button
from tests.slack.test_home import home, opened, press, words
from tests.slack.test_reminders import MONDAY, TUESDAY
from tests.workflow.office import IDEA, JON, MARA, Office

PRIVATE, PUBLIC = "C0LEADS", "C0GENERAL"
DIRECT = "D0JON"


async def removed_after_starting(bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork) -> None:
    """Let Jon start a plan in a private channel, and be taken out of it."""
    await mara.do("invite", channel=PRIVATE, user="planthread")
    await jon.plan(f"new {IDEA}", channel=PRIVATE)
    await bot.settled("in review")
    await mara.do("remove", channel=PRIVATE, user="Jon")


async def test_his_home_tab_shows_nothing_of_it_and_hers_does(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await mara.do("invite", channel=PRIVATE, user="planthread")
    await jon.plan(f"new {IDEA}", channel=PRIVATE)
    plan = await bot.settled("in review")
    async with bot.database.write() as session:
        await add_message(session, await plan_by_id(session, plan.id, TEAM), MARA, "shelves have a number", "k")
    await mara.do("remove", channel=PRIVATE, user="Jon")
    tabs = HomeTabs(bot.database, bot.client, pause=0.0)
    bot.database.on_commit(tabs.wake)
    async with background(tabs.run()):
        assert "Nothing is planned yet" in words(await opened(jon))
        assert "*Office library*" in words(await opened(mara))


async def test_what_was_shown_before_is_gone_from_a_tab_and_opens_no_more(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await mara.do("invite", channel=PRIVATE, user="planthread")
    await jon.plan(f"new {IDEA}", channel=PRIVATE)
    await bot.settled("in review")
    tabs = HomeTabs(bot.database, bot.client, pause=0.0)
    bot.database.on_commit(tabs.wake)
    async with background(tabs.run()):
        view = await opened(jon, lambda text: "1 plan waits for you" in text)
    await mara.do("remove", channel=PRIVATE, user="Jon")
    await press(jon, view, "Look and approve")
    refusal = await jon.sees("private channel that you aren't in", channel=DIRECT)
    assert "library" not in shown(refusal)
    assert (await jon.get("views"))["views"] == []
    again = HomeTabs(bot.database, bot.client, pause=0.0)
    async with background(again.run()):
        await home(jon, lambda text: "Nothing is planned yet" in text)


async def test_his_digest_says_nothing_of_it(bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork) -> None:
    await removed_after_starting(bot, mara, jon)
    await jon.plan("digest now", channel=DIRECT)
    sent = await jon.sees("Your plans since", channel=DIRECT)
    assert "Nothing happened in your plans." in shown(sent)
    assert "library" not in shown(sent)


async def test_a_reminder_from_before_opens_it_no_more(bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork) -> None:
    await mara.do("invite", channel=PRIVATE, user="planthread")
    await jon.plan(f"new {IDEA}", channel=PRIVATE)
    await bot.settled("in review")
    async with bot.database.write() as session:
        await session.execute(update(Event).values(at=MONDAY))
    assert await Reminders(bot.database, People(bot.client, bot.database).profile).round(TUESDAY) == 1
    reminder = await jon.sees("1 plan waits for you", channel=DIRECT)
    await mara.do("remove", channel=PRIVATE, user="Jon")
    await press_button(jon, reminder, "Look and approve", channel=DIRECT)
    await told(jon, "private channel that you aren't in", channel=DIRECT)


@pytest.mark.parametrize("kind", [MessageKind.DIGEST, MessageKind.REMINDER])
async def test_what_comes_by_the_clock_is_not_sent_where_all_of_it_is_closed(office: Office, kind: MessageKind) -> None:
    await office.in_review()
    item = OutboxItem(workspace="T1", key="k", channel=MARA, kind=kind)
    async with office.database.read() as session:
        wait = await wait_of(session, await office.plan())
        assert wait is not None
        item.subject = {"waits": [[office.plan_id, wait.key]], "slot": "2026-03-10T09:00", "hours": 24}
        assert await render_timely(session, item, None, closed=["C9"]) is not None
        assert await render_timely(session, item, None, closed=["C1"]) is None


async def test_slack_is_asked_again_after_a_minute_and_not_before(workspace: Workspace, mara: PersonAtWork) -> None:
    moment = 0.0
    channels = PrivateChannels(client_of(workspace), present=lambda: moment)
    await mara.do("invite", channel=PRIVATE, user="planthread")
    everywhere = (PUBLIC, PRIVATE, DIRECT, "C0GONE")
    assert await channels.closed_to(JON, everywhere) == {"C0GONE"}
    await mara.do("remove", channel=PRIVATE, user="Jon")
    await mara.do("remove", channel=PUBLIC, user="Jon")
    moment = MEMBERS_SECONDS - 1
    assert await channels.closed_to(JON, everywhere) == {"C0GONE"}
    moment = MEMBERS_SECONDS
    assert await channels.closed_to(JON, everywhere) == {PRIVATE, "C0GONE"}
    assert await channels.closed_to(MARA, everywhere) == {"C0GONE"}


async def test_nobody_is_refused_by_an_old_answer_and_a_fresh_one_is_not_asked_for_twice(
    workspace: Workspace, mara: PersonAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    await mara.do("invite", channel=PRIVATE, user="planthread")
    await mara.do("remove", channel=PRIVATE, user="Jon")
    client, asked = client_of(workspace), list[str]()
    ask = client.conversations_info

    async def counted(*, channel: str) -> AsyncSlackResponse:
        asked.append(channel)
        return await ask(channel=channel)

    monkeypatch.setattr(client, "conversations_info", counted)
    channels = PrivateChannels(client)
    assert set(await channels.unseen_by(JON, [PRIVATE])) == {PRIVATE}
    assert asked == [PRIVATE]
    await mara.do("invite", channel=PRIVATE, user="Jon")
    assert await channels.unseen_by(JON, [PRIVATE]) == {}
    assert asked == [PRIVATE, PRIVATE], "what was said a while ago refuses nobody"


async def test_a_private_channel_that_the_bot_is_not_in_is_closed_to_everybody(workspace: Workspace) -> None:
    assert await PrivateChannels(client_of(workspace)).closed_to(MARA, [PRIVATE]) == {PRIVATE}
