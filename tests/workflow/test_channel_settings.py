"""What a channel decides counts from now on, for reviews that are open too; no build begins by itself."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.slack.rendering import render_item
from bot.store.tables import ChannelEvent, Event, Plan
from bot.workflow.budget import budget_of
from bot.workflow.channel_settings import (
    DecidedSettings,
    SettingsRefused,
    change_settings,
    may_change,
    settings_of,
)
from bot.workflow.plan_defaults import PlanDefaults, require_known
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.refusals import Refused
from tests.slack.running import shown
from tests.workflow.office import ADA, JON, MARA, Office

TWO = ApprovalPolicy(needed=2)


async def decide(
    office: Office, policy: ApprovalPolicy, budget: int | None = None, upon: int | None = None, channel: str = "C1"
) -> list[str]:
    async with office.database.write() as session:
        plans = await change_settings(session, "T1", channel, policy, budget, MARA, "view/1", upon)
        return [plan.handle for plan in plans]


async def decided(office: Office) -> DecidedSettings:
    async with office.database.read() as session:
        return await settings_of(session, "T1", "C1")


async def seen(office: Office) -> str:
    """Return the words of the newest review, as it is posted now."""
    item = await office.message(f"review/{(await office.plan()).review}")
    async with office.database.read() as session:
        message = await render_item(session, item, await session.get_one(Plan, office.plan_id))
    assert message is not None
    return shown(message.model_dump())


async def reviewed(office: Office) -> None:
    """Bring a plan to review in which Mara and Jon took part."""
    await office.start()
    await office.say("books have a title", JON)
    await office.work()


async def test_a_channel_begins_with_the_usual_settings_and_each_change_is_a_revision_with_its_author(
    office: Office,
) -> None:
    assert await decided(office) == DecidedSettings()
    await decide(office, TWO, budget=20_000)
    await decide(office, ApprovalPolicy(people=(JON,)))

    now = await decided(office)
    assert (now.policy.people, now.budget, now.revision, now.changed_by) == ((JON,), None, 2, MARA)
    events = await office.rows_of(ChannelEvent)
    assert [(one.channel, one.actor, one.what, one.message_key) for one in events] == [
        ("C1", MARA, "settings changed", "view/1"),
    ] * 2
    first, second = (one.data for one in events)
    assert (first["before"]["budget"], first["after"]["budget"], first["after"]["approval"]["needed"]) == (
        None, 20_000, 2,
    )  # fmt: skip
    assert second["before"] == first["after"]


async def test_the_same_settings_again_are_no_change(office: Office) -> None:
    await reviewed(office)
    assert await decide(office, TWO) == [(await office.plan()).handle]
    before = await office.events()
    assert await decide(office, TWO, upon=0) == []
    assert (await decided(office)).revision == 1
    assert await office.events() == before


async def test_settings_that_were_changed_meanwhile_are_not_overwritten(office: Office) -> None:
    await decide(office, TWO, upon=0)
    with pytest.raises(SettingsRefused, match="Somebody changed these settings since you opened them") as refused:
        await decide(office, ApprovalPolicy(people=(JON,)), upon=0)
    assert refused.value.about == "revision"
    assert (await decided(office)).policy == TWO


@pytest.mark.parametrize(
    ("policy", "budget", "about"),
    [
        (ApprovalPolicy(people=(MARA, JON), needed=3), None, "needed"),
        (ApprovalPolicy(groups={"S1": ()}), None, "needed"),
        (ApprovalPolicy(), 999, "budget"),
        (ApprovalPolicy(), 0, "budget"),
        (ApprovalPolicy(), 100_000_001, "budget"),
    ],
)
async def test_what_can_not_be_is_refused_by_the_name_of_the_setting(
    office: Office, policy: ApprovalPolicy, budget: int | None, about: str
) -> None:
    with pytest.raises(SettingsRefused) as refused:
        await decide(office, policy, budget)
    assert refused.value.about == about
    assert await decided(office) == DecidedSettings()


async def test_more_approvals_than_before_are_waited_for_and_those_given_count_on(office: Office) -> None:
    await decide(office, ApprovalPolicy(needed=2))
    await reviewed(office)
    await office.approve(1, person=MARA)
    await decide(office, ApprovalPolicy(people=(MARA, JON, ADA), needed=3))

    assert (await office.plan()).stage == "in review"
    assert (await office.overview()).waiting_for == (JON, ADA)
    assert f"<@{MARA}> changed who approves in this channel. Approvals that were given count on." in await seen(office)
    await office.approve(1, person=JON)
    await office.approve(1, person=ADA)
    assert (await office.plan()).stage == "approved"


async def test_fewer_approvals_than_before_begin_no_build_by_themselves(office: Office) -> None:
    await decide(office, TWO)
    await reviewed(office)
    await office.approve(1, person=MARA)
    await decide(office, ApprovalPolicy())

    plan = await office.plan()
    assert (plan.stage, plan.run_stage) == ("in review", None)
    assert (await office.overview()).waiting_for == (MARA, JON)
    assert f"✅ <@{MARA}> · that is enough now: one of you presses `Approve and build` to begin" in await seen(office)
    await office.approve(1, person=MARA)
    assert (await office.plan()).stage == "approved"


async def test_an_approval_whose_giver_may_not_any_more_counts_again_when_they_may(office: Office) -> None:
    await decide(office, TWO)
    await reviewed(office)
    await office.approve(1, person=JON)
    await decide(office, ApprovalPolicy(people=(MARA, ADA), needed=2))

    assert (await office.overview()).waiting_for == (MARA, ADA)
    assert f"<@{JON}> approved before; under these settings that doesn't count." in await seen(office)
    with pytest.raises(Refused, match="can approve plans of this channel"):
        await office.approve(1, person=JON)
    await decide(office, TWO)
    assert (await office.overview()).waiting_for == (MARA,)
    assert "doesn't count" not in await seen(office)
    await office.approve(1, person=MARA)
    assert (await office.plan()).stage == "approved"


async def test_a_change_is_noted_in_each_open_review_of_the_channel_and_nowhere_else(office: Office) -> None:
    await reviewed(office)
    first = office.plan_id
    await office.start("a garage: cars with a plate", channel="C2")
    await office.work()
    await decide(office, TWO)

    noted = [row.plan_id for row in await office.rows_of(Event) if row.what == "settings changed"]
    assert noted == [first]
    assert "changed who approves" not in await seen(office)
    office.plan_id = first
    assert "changed who approves" in await seen(office)
    await office.change("add pages", 1)
    await office.work()
    assert "changed who approves" not in await seen(office), "the next review is posted with it"


async def test_a_budget_alone_leaves_reviews_as_they_are(office: Office) -> None:
    await reviewed(office)
    version = (await office.message("review/1")).version
    assert await decide(office, ApprovalPolicy(), budget=50_000) == []
    assert (await office.message("review/1")).version == version


async def test_the_budget_of_a_channel_comes_before_the_usual_one(office: Office) -> None:
    await office.start()

    async def budget(session: AsyncSession, plan: Plan) -> int:
        return await budget_of(session, plan.id, 500)

    assert await office.within(budget) == 500
    await decide(office, ApprovalPolicy(), budget=70_000, channel="C2")
    assert await office.within(budget) == 500
    await decide(office, ApprovalPolicy(), budget=50_000)
    assert await office.within(budget) == 50_000


@pytest.mark.parametrize(
    ("person", "member", "admin", "creator", "may"),
    [
        (MARA, True, True, False, True),
        (MARA, True, False, True, True),
        (JON, True, False, False, True),
        (ADA, True, False, False, True),
        (MARA, True, False, False, False),
        (JON, False, True, True, False),
    ],
)
def test_admins_the_creator_and_who_is_named_change_settings_but_never_a_guest(
    person: str, member: bool, admin: bool, creator: bool, may: bool
) -> None:
    policy = ApprovalPolicy(people=(JON,), groups={"S1": (ADA,)})
    assert may_change(policy, person, member=member, admin=admin, creator=creator) is may


def test_what_is_no_name_on_github_is_told_with_what_would_be() -> None:
    with pytest.raises(SettingsRefused) as refused:
        require_known(PlanDefaults(github_access=("octocat", "acme/")))
    assert (refused.value.about, str(refused.value)) == (
        "github_access",
        "“acme/” is no name on GitHub. Write names of people such as octocat, and teams as organisation/team.",
    )
