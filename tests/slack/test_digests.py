"""Digests in the running bot: a channel's, and a person's own by direct message."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.digests.composition import Counts, Digest
from bot.digests.standing import Standing
from bot.local_workspace.directory import TEAM
from bot.local_workspace.limits import block_problems
from bot.slack.blocks.digest import channel_link, digest, moment_for_readers, moment_in
from bot.slack.digests import digest_now
from bot.store.tables import DigestSchedule
from tests.digests.samples import news
from tests.local_workspace.driving import PersonAtWork
from tests.slack.at_work import of_bot, rows, started, told
from tests.slack.running import RunningBot, buttons_of, press, shown
from tests.slack.test_blocks import HOSTILE
from tests.workflow.office import ADA, MARA


async def schedules(bot: RunningBot) -> dict[str, str]:
    return {row.channel: row.time_zone for row in await rows(bot, DigestSchedule)}


async def test_in_a_direct_message_a_digest_is_ones_own(bot: RunningBot, mara: PersonAtWork) -> None:
    await started(bot, mara)
    await mara.plan("digest daily 09:00", channel="D0MARA")
    await told(mara, "A digest of your plans comes to you alone every day at 09:00 Europe/Berlin", channel="D0MARA")
    assert await schedules(bot) == {MARA: "Europe/Berlin"}
    await mara.plan("digest now", channel="D0MARA")
    sent = await mara.sees("Your plans since", channel="D0MARA")
    assert "*Office library* (`library`) in <#C0GENERAL>" in shown(sent)
    assert len(await of_bot(mara)) == 1, "nobody else sees it: the channel holds the card alone"
    await mara.plan("digest snooze 3d", channel="D0MARA")
    await told(mara, "No digest before", channel="D0MARA")
    await mara.plan("digest off", channel="D0MARA")
    await told(mara, "No more digests of your plans", channel="D0MARA")
    assert await schedules(bot) == {}


async def test_from_a_channel_me_means_ones_own_for_guests_too(
    bot: RunningBot, mara: PersonAtWork, ada: PersonAtWork
) -> None:
    await mara.plan("digest me weekly mon 09:00 UTC")
    await told(mara, "A digest of your plans comes to you alone every Monday at 09:00 UTC")
    await ada.plan("digest mine daily 09:00")
    await told(ada, "comes to you alone every day at 09:00 Europe/Paris")
    await ada.plan("digest me snooze 4w 1d")
    await told(ada, "For how long?")
    assert await schedules(bot) == {MARA: "UTC", ADA: "Europe/Paris"}
    await mara.plan("digest off")
    await told(mara, "This channel has no digest.")
    await mara.plan("digest snooze 3d")
    await told(mara, "This channel has no digest, so there is nothing that could rest.")


async def test_a_channel_that_the_bot_is_not_in_is_joined_or_asked_for(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.plan("digest daily 09:00", channel="leads")
    await told(mara, "/invite @planthread", channel="leads")
    assert await schedules(bot) == {}
    await mara.plan("digest daily 09:00", channel="backend")
    await told(mara, "A digest comes to this channel every day", channel="backend")
    assert list(await schedules(bot)) == ["C0BACKEND"]


async def test_a_digest_of_a_channel_that_the_bot_was_taken_out_of_ends_and_its_setter_hears_of_it(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    await started(bot, mara)
    await mara.plan("digest daily 09:00")
    await told(mara, "A digest comes to this channel")
    assert (await mara.do("remove", channel="general", user="planthread"))["ok"]
    async with bot.database.write() as session:
        await digest_now(session, TEAM, "C0GENERAL", "k")
    ended = await mara.sees("A digest that you set up has ended", channel="D0MARA")
    assert "The digest that you set up for <#C0GENERAL> is off: Slack says `not_in_channel`" in shown(ended)
    assert await schedules(bot) == {}


def test_a_digest_shows_what_people_act_on() -> None:
    plan = news(merged=("change 1 (“add pages”)", "change 2"))
    content = Digest(since=datetime(2026, 3, 10, 8, tzinfo=UTC), counts=Counts(building=1), plans=(plan,))
    made = digest(content, "Europe/Berlin")
    assert made.text == "Digest since Tue 10 Mar 09:00 CET"
    words = shown({"blocks": made.blocks})
    assert "▓▓▓▓▓▓░░░░ 66 % · building · 1,011 tokens" in words
    assert "2 tasks done: <http://git.test/commit/a1|1.1> Project · 1.2 Settings" in words
    assert "merged: change 1 (“add pages”), change 2" in words
    assert "requirements: 2.1 is new" in words
    assert "running: 2.1 Book model" in words
    assert "next:" not in words, "what is running is not told twice"


def test_the_first_line_names_the_plans_and_open_tasks_are_told() -> None:
    plans = (
        *(news(id=f"p{number}", title=f"Plan {number}") for number in range(6)),
        news(id="d", title="Garage <x>", stage="delivered", standing=Standing.DELIVERED, left_open=7,
             open_tasks=tuple(f"4.{number} Open task" for number in range(1, 8))),
    )  # fmt: skip
    made = digest(Digest(since=datetime.now(UTC), counts=Counts(building=6, delivered=1), plans=plans))
    words = shown({"blocks": made.blocks})
    assert "1 delivered (Garage &lt;x&gt;), 6 building (Plan 0, Plan 1, Plan 2, Plan 3 and 2 more)" in words
    assert (
        "left open: 4.1 Open task · 4.2 Open task · 4.3 Open task · 4.4 Open task · 4.5 Open task and 2 more" in words
    )
    alone = digest(Digest(since=datetime.now(UTC), counts=Counts(building=1), plans=plans[:1]))
    assert "1 building\n" in shown({"blocks": alone.blocks}) + "\n"


async def test_alone_the_command_says_what_is_set_and_what_can_be_said(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.plan("digest")
    answer = await told(mara, "This channel has no digest. Say `/plan digest now`")
    assert "`/plan digest snooze 3d` or `/plan digest off`" in answer["text"] + shown(answer)
    await mara.plan("digest daily 09:00 Europe/Berlin")
    await told(mara, "A digest comes to this channel")
    await mara.plan("digest")
    await told(mara, "The digest of this channel comes every day at 09:00 Europe/Berlin. Say")
    await mara.plan("digest snooze 3d")
    await told(mara, "No digest before")
    await mara.plan("digest")
    await told(mara, "every day at 09:00 Europe/Berlin, resting until")
    await mara.plan("digest me")
    await told(mara, "You have no digest of your own. Say `/plan digest me now`")
    await mara.plan("digest", channel="backend")
    await told(mara, "This channel has no digest", channel="backend")
    assert "C0BACKEND" not in await schedules(bot)


def test_what_waits_can_be_opened_from_a_digest() -> None:
    waits = {"standing": Standing.WAITING, "waiting_since": datetime.now(UTC)}
    plans = (
        *(news(id=f"p{number}", handle=f"h{number}", waiting_for=(MARA,), **waits) for number in range(7)),
        news(id="other", handle="other", waiting_for=(ADA,), **waits),
        news(),
    )
    for person, labels in (("", 5), (MARA, 5), (ADA, 1)):
        content = Digest(since=datetime.now(UTC), counts=Counts(), plans=plans[::-1], person=person)
        made = buttons_of({"blocks": digest(content).blocks})
        assert len(made) == labels
        assert ("Open other" in made) is (person != MARA)
        assert "Open library" not in made, "it waits for nobody"


async def test_a_plan_is_opened_from_the_digest_of_its_channel(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await started(bot, mara)
    await mara.plan("digest now")
    sent = await jon.sees("Digest since")
    await press(jon, sent, "Open library")
    opened = await told(jon, "Office library: in review")
    assert "Approve and build" in buttons_of(opened)


def test_hostile_words_in_a_digest_stay_words_within_slacks_limits() -> None:
    plan = news(
        title=HOSTILE,
        hold_reason=HOSTILE,
        requirements=(HOSTILE,) * 5,
        merged=(HOSTILE,),
        running=HOSTILE,
        handle="h" * 30,
    )
    for person in ("", "U1"):
        made = digest(Digest(since=datetime.now(UTC), counts=Counts(), plans=(plan,) * 60, person=person))
        assert block_problems(made.blocks) == []
        assert "<!channel>" not in str(made.blocks)


@pytest.mark.parametrize(
    ("zone", "told_as"),
    [("Europe/Berlin", "Tue 10 Mar 09:00 CET"), ("", "Tue 10 Mar 08:00 UTC"), ("Mars/Olympus", "Tue 10 Mar 08:00 UTC"),
     ("../../etc", "Tue 10 Mar 08:00 UTC")],
)  # fmt: skip
def test_moments_are_told_on_known_clocks(zone: str, told_as: str) -> None:
    moment = datetime(2026, 3, 10, 8, tzinfo=UTC)
    assert moment_in(moment, zone) == told_as
    shown_as = f"<!date^1773129600^{{date_short_pretty}}, {{time}}|{told_as}>"
    assert moment_for_readers(moment, zone) == shown_as, "each reader's own clock, else the zone is named"


def test_a_direct_message_is_no_link() -> None:
    assert (channel_link("D0MARA"), channel_link("C1"), channel_link("C1|<!channel>")) == (
        "a direct message", "<#C1>", "<#C1channel>",
    )  # fmt: skip
