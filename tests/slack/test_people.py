"""Who people are: guests answer questions and decide nothing, and nobody looks into other channels."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.local_workspace.directory import TEAM
from bot.slack.people import People, Standing, require_member, standing_of
from bot.store.database import Database
from bot.store.tables import DigestSchedule, Person, PlanQuestion
from bot.workflow.refusals import Refused
from tests.local_workspace.driving import PersonAtWork
from tests.slack.at_work import handled, started, told
from tests.slack.running import RunningBot, press, shown
from tests.workflow.office import ADA, COPIES, MARA, ScriptedPlanner

MEMBERS = "Only members of this workspace can do that"


@pytest.mark.parametrize(
    ("user", "standing"),
    [
        ({"team_id": "T1"}, Standing.MEMBER),
        ({"team_id": "T1", "is_restricted": False, "is_ultra_restricted": False}, Standing.MEMBER),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T1", "T2"]}}, Standing.MEMBER),
        ({"team_id": "T1", "is_restricted": True}, Standing.GUEST),
        ({"team_id": "T1", "is_ultra_restricted": True}, Standing.GUEST),
        ({"team_id": "T1", "is_stranger": True}, Standing.GUEST),
        ({"team_id": "T2"}, Standing.GUEST),
        ({}, Standing.GUEST),
    ],
)
def test_guests_and_people_of_other_organisations_are_no_members(user: dict[str, Any], standing: Standing) -> None:
    assert standing_of(user, "T1") is standing


async def test_what_slack_says_of_a_person_is_kept(bot: RunningBot, database: Database) -> None:
    people = People(bot.client, database)
    assert [await people.standing(TEAM, who) for who in (MARA, ADA, "U0NOBODY")] == [
        Standing.MEMBER, Standing.GUEST, Standing.UNKNOWN,
    ]  # fmt: skip
    assert await people.standing(TEAM, MARA) is Standing.MEMBER
    async with database.read() as session:
        assert {row.person: row.guest for row in (await session.scalars(select(Person))).all()} == {
            MARA: False, ADA: True,
        }  # fmt: skip


async def test_who_can_not_be_looked_up_decides_nothing(bot: RunningBot, database: Database) -> None:
    bot.client.base_url = "http://127.0.0.1:9/api/"
    standing = await People(bot.client, database).standing(TEAM, MARA)
    assert standing is Standing.UNKNOWN
    with pytest.raises(Refused, match=r"I did nothing[.] Please try again in a moment"):
        require_member(standing)


async def test_a_guest_answers_questions_but_decides_nothing(
    bot: RunningBot, planner: ScriptedPlanner, mara: PersonAtWork, ada: PersonAtWork
) -> None:
    planner.questions = (COPIES,)
    thread = await started(bot, mara, "gathering")
    await ada.say("just two", thread_ts=thread)
    await bot.settled("in review")
    async with bot.database.read() as session:
        answered = (await session.scalars(select(PlanQuestion))).one()
    assert (answered.answer, answered.answered_by) == ("just two", ADA)
    card, _, _, review = await bot.thread(mara)
    assert f"review 1 · <@{MARA}>" in shown(review)
    assert "one of you is enough" not in shown(review)
    assert f"(<@{ADA}>)" in shown(review)

    for what, count in (("Approve and build", 3), ("Request changes", 0)):
        await press(ada, review, what)
        await told(ada, MEMBERS, thread=thread)
        await handled(bot, count)
    await press(ada, card, "Stop")
    for words in ("approve", "stop", "resume", "@planthread add pages"):
        await ada.say(words, thread_ts=thread)
    await handled(bot, 8)
    private = [one for one in await bot.thread(ada) if one["only_for"] == ADA]
    assert len(private) == 7
    assert all(MEMBERS in one["text"] for one in private)
    plan = await bot.settled("in review")
    assert (plan.hold, plan.review, plan.approved_at) == (None, 1, None)


async def test_a_guest_sets_no_digest(bot: RunningBot, ada: PersonAtWork) -> None:
    for words in ("daily 09:00 UTC", "snooze 3d", "off", "now"):
        await ada.plan(f"digest {words}")
        await told(ada, MEMBERS)
    async with bot.database.read() as session:
        assert (await session.scalars(select(DigestSchedule))).all() == []


async def test_while_slack_does_not_say_who_somebody_is_nothing_is_approved(
    bot: RunningBot, mara: PersonAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = await started(bot, mara)
    with monkeypatch.context() as broken:

        async def unreachable(**_: object) -> None:
            raise TimeoutError

        broken.setattr(bot.client, "users_info", unreachable)
        await mara.say("approve", thread_ts=thread)
        await told(mara, "could not tell me who you are just now", thread=thread)
    assert (await bot.settled("in review")).approved_at is None
    await mara.say("approve", thread_ts=thread)
    await bot.settled("approved")


async def test_plans_of_other_channels_are_shown_to_their_starter_alone(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await mara.say("a garage: cars with a plate", channel="D0MARA")
    secret = await bot.settled("in review")
    assert "no plans here yet" in shown((await jon.plan("list"))["message"])
    hidden = (await jon.plan(f"status {secret.handle}"))["message"]["text"]
    assert hidden == (await jon.plan("status nothing"))["message"]["text"].replace("nothing", secret.handle)
    assert secret.handle in shown((await mara.plan("list"))["message"])
    assert "in review" in shown((await mara.plan(f"status {secret.handle}"))["message"])
