"""Who may approve the plans of a channel, and how many it takes."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.workflow.blast_radius import told
from bot.workflow.channel_settings import change_settings
from bot.workflow.people import keep_person
from bot.workflow.policy import USUAL_POLICY, ApprovalPolicy, renew_groups
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent
from tests.workflow.office import ADA, JON, MARA, Office


async def decide(office: Office, policy: ApprovalPolicy, channel: str = "C1") -> None:
    async with office.database.write() as session:
        await change_settings(session, "T1", channel, policy, None, MARA, "view/1")


async def reviewed(office: Office) -> None:
    await office.start()
    for person in (JON, ADA):
        await office.say("books have a title", person)
    await office.work()


async def test_with_two_needed_the_build_starts_with_the_second(office: Office) -> None:
    await decide(office, ApprovalPolicy(needed=2))
    await reviewed(office)

    await office.approve(1, person=MARA)
    plan = await office.plan()
    assert (plan.stage, plan.run_stage, plan.approved_at) == ("in review", None, None)
    assert (await office.overview()).waiting_for == (JON, ADA)
    with pytest.raises(Refused, match=r"You approved this already\. It waits for one more of you"):
        await office.approve(1, person=MARA)

    await office.approve(1, person=JON)
    plan = await office.plan()
    assert (plan.stage, plan.run_stage) == ("approved", "build")
    assert {person for _, _, person, _ in await office.approvals()} == {MARA, JON}
    with pytest.raises(Refused, match="approved it already"):
        await office.approve(1, person=ADA)


async def test_a_change_voids_only_approvals_of_what_changed_so_both_are_asked_again(office: Office) -> None:
    await decide(office, ApprovalPolicy(needed=2))
    await reviewed(office)
    await office.approve(1, person=MARA)
    await office.change("add pages", 1, JON)
    await office.work()

    await office.approve(2, person=JON)
    assert (await office.plan()).stage == "in review", "Mara saw another revision"
    await office.approve(2, person=MARA)
    assert (await office.plan()).stage == "approved"


async def test_only_those_who_are_named_approve_guests_among_them(office: Office) -> None:
    await decide(office, ApprovalPolicy(people=(ADA,)))
    await office.within_workspace(lambda session: keep_person(session, "T1", ADA, guest=True))
    await office.in_review()

    with pytest.raises(Refused, match=f"<@{ADA}> can approve plans of this channel"):
        await office.approve(1, person=MARA)
    assert (await office.overview()).waiting_for == (ADA,)
    await office.approve(1, person=ADA)
    assert (await office.plan()).stage == "approved"


async def test_members_of_a_named_group_approve_as_they_are_now(office: Office) -> None:
    """Who left the group can't approve any more, and what they approved counts no more."""
    await decide(office, ApprovalPolicy(groups={"S1": (JON, MARA)}, people=(ADA,), needed=2))
    await office.in_review()
    assert (await office.overview()).waiting_for == (ADA, JON, MARA)
    await office.approve(1, person=JON)

    members = {"S1": (MARA,), "S9": ("U9",)}
    await office.within_workspace(lambda session: renew_groups(session, "T1", "C1", members))

    assert (await office.overview()).waiting_for == (ADA, MARA)
    with pytest.raises(Refused, match="can approve plans of this channel"):
        await office.approve(1, person=JON)
    await office.approve(1, person=MARA)
    assert (await office.plan()).stage == "in review", "Jon belongs to nobody who may"
    await office.approve(1, person=ADA)
    assert (await office.plan()).stage == "approved"


async def test_a_group_that_was_not_looked_up_keeps_its_members(office: Office) -> None:
    await decide(office, ApprovalPolicy(groups={"S1": (JON,), "S2": (ADA,)}))
    await office.in_review()
    await office.within_workspace(lambda session: renew_groups(session, "T1", "C1", {"S2": (MARA,)}))

    assert (await office.overview()).waiting_for == (JON, MARA)


async def test_with_three_needed_it_is_told_how_many_are_missing(office: Office) -> None:
    await decide(office, ApprovalPolicy(needed=3))
    await reviewed(office)
    await office.approve(1, person=MARA)
    with pytest.raises(Refused, match=r"You approved this already\. It waits for 2 more of you\.$"):
        await office.approve(1, person=MARA)


async def test_a_group_that_lost_all_its_members_lets_nobody_approve(office: Office) -> None:
    await decide(office, ApprovalPolicy(groups={"S1": (JON,)}))
    await office.in_review()
    await office.within_workspace(lambda session: renew_groups(session, "T1", "C1", {"S1": ()}))
    await office.within_workspace(lambda session: renew_groups(session, "T1", "C8", {"S1": (MARA,)}))

    assert (await office.overview()).waiting_for == ()
    with pytest.raises(Refused, match="Nobody who may approve plans of this channel is left"):
        await office.approve(1, person=MARA)


async def test_the_starter_may_be_left_out(office: Office) -> None:
    await decide(office, ApprovalPolicy(starter_counts=False))
    await reviewed(office)

    with pytest.raises(Refused, match="can approve this plan"):
        await office.approve(1, person=MARA)
    await office.approve(1, person=JON)
    assert (await office.plan()).stage == "approved"


async def test_where_fewer_are_needed_by_now_the_same_person_lets_it_go_on(office: Office) -> None:
    await decide(office, ApprovalPolicy(needed=2))
    await reviewed(office)
    await office.approve(1, person=MARA)
    await decide(office, ApprovalPolicy(needed=1))

    await office.approve(1, person=MARA)
    assert (await office.plan()).stage == "approved"
    assert len(await office.approvals()) == 3


async def test_a_policy_is_of_its_channel(office: Office) -> None:
    await decide(office, ApprovalPolicy(needed=2), channel="C2")
    await office.in_review()

    await office.approve(1)
    assert (await office.plan()).stage == "approved"


async def test_more_approvals_than_people_are_refused(office: Office) -> None:
    with pytest.raises(Refused, match=r"3 approvals can.t come from 2 of you\. Name more people, or ask for fewer"):
        await decide(office, ApprovalPolicy(people=(MARA, JON), needed=3))
    with pytest.raises(ValidationError):
        ApprovalPolicy(needed=0)
    assert USUAL_POLICY.allowed(MARA, [MARA, JON]) == [MARA, JON]


async def test_a_change_says_what_it_touches_and_whose_approvals_count_no_more(office: Office) -> None:
    await decide(office, ApprovalPolicy(needed=2))
    await reviewed(office)
    assert (await shown_in_review(office)).radius is None, "the first review changes nothing"
    await office.approve(1)
    await office.change("add pages", 1)
    await office.work()

    second = await shown_in_review(office)

    assert second.radius is not None
    assert second.radius.fields.new == ("Book.pages",)
    sentence = told(second.radius)
    assert "1 new field (Book.pages)" in sentence
    assert f"{len(second.radius.files.every)} files" in sentence
    assert [(one.person, one.document) for one in second.voided] == [
        (MARA, "Requirements"), (MARA, "Entities"), (MARA, "Task plan"),
    ]  # fmt: skip


async def shown_in_review(office: Office) -> ReviewContent:
    """Return what the newest review tells."""
    return ReviewContent.model_validate((await office.review()).content)
