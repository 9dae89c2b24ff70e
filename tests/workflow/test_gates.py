"""Gates: the documents of a plan are approved one after the other, where a channel wants it so."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.documents.entities.entity_specs import EntitySpecs
from bot.slack.rendering import render_review
from bot.store.tables import Event, OutboxItem, Plan
from bot.workflow.approvals import MOST_TOGETHER, Shown
from bot.workflow.channel_settings import change_settings
from bot.workflow.messages import MessageKind
from bot.workflow.people import keep_person
from bot.workflow.plan_defaults import Gates, PlanDefaults
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.refusals import Refused
from bot.workflow.reviews import documents_of
from tests.generation.samples import entity, key, text
from tests.workflow.office import ADA, JON, MARA, Office

GATES = ("requirements", "entity_specs", "task_plan")


async def decide(office: Office, gates: Gates = Gates.EACH, needed: int = 1) -> None:
    policy = ApprovalPolicy(people=(MARA, JON, ADA), needed=needed)
    async with office.database.write() as session:
        defaults = PlanDefaults(gates=gates)
        await change_settings(session, "T1", "C1", policy, None, MARA, "k", defaults=defaults)


async def seen(office: Office, *names: str) -> dict[str, Shown]:
    shown = documents_of(await office.review())
    return {name: shown[name] for name in names or GATES}


async def gate(office: Office, name: str, person: str = MARA) -> str:
    """Approve one document of the newest review; return the plan's stage."""
    await office.approve((await office.review()).number, await seen(office, name), person)
    return (await office.plan()).stage


async def test_the_build_begins_with_the_last_document_and_each_gate_is_an_event(office: Office) -> None:
    await decide(office)
    await office.in_review()
    assert await gate(office, "requirements") == "in review"
    assert await gate(office, "entity_specs", JON) == "in review"
    assert (await office.plan()).approved_at is None
    assert await gate(office, "task_plan", ADA) == "approved"
    assert [(document, person) for document, _, person, _ in await office.approvals()] == [
        ("requirements", MARA), ("entity_specs", JON), ("task_plan", ADA),
    ]  # fmt: skip
    told = [event.data["documents"] for event in await office.rows(Event) if event.what == "approved"]
    assert told == [["requirements"], ["entity_specs"], ["task_plan"]]


async def test_no_gate_is_passed_before_the_one_that_comes_first(office: Office) -> None:
    await decide(office)
    await office.in_review()
    for name in ("entity_specs", "task_plan"):
        with pytest.raises(Refused, match="Next: the requirements"):
            await gate(office, name)
    await gate(office, "requirements")
    with pytest.raises(Refused, match=r"That is approved already\. Next: the entities"):
        await gate(office, "requirements", JON)
    assert [document for document, *_ in await office.approvals()] == ["requirements"]


async def test_who_saw_everything_passes_the_gate_that_is_open_and_no_other(office: Office) -> None:
    """The word `approve` in the thread, and a button from before the gates."""
    await decide(office)
    await office.in_review()
    for expected in ("in review", "in review", "approved"):
        await office.approve(1)
        assert (await office.plan()).stage == expected


async def test_each_gate_takes_as_many_as_the_channel_asks_for(office: Office) -> None:
    await decide(office, needed=2)
    await office.in_review()
    await gate(office, "requirements")
    assert (await office.overview()).waiting_for == (JON, ADA)
    with pytest.raises(Refused, match=r"You approved this already\. It waits for one more of you"):
        await gate(office, "requirements")
    await gate(office, "requirements", JON)
    assert (await office.overview()).waiting_for == (MARA, JON, ADA), "the entities are next, for everybody"
    for name in ("entity_specs", "task_plan"):
        await gate(office, name, ADA)
        stage = await gate(office, name, JON)
    assert stage == "approved"


async def test_a_change_opens_the_gates_of_what_changed_again(office: Office) -> None:
    await decide(office)
    await office.in_review()
    await gate(office, "requirements")
    await gate(office, "entity_specs")
    await office.change("add pages", 1)
    await office.work()
    old = await seen(office, "task_plan")
    with pytest.raises(Refused, match="Next: the"):
        await office.approve(2, old)
    for _ in GATES:
        if (await office.plan()).stage == "in review":
            await office.approve(2)
    assert (await office.plan()).stage == "approved"


async def test_an_older_button_says_what_is_newer(office: Office) -> None:
    await decide(office)
    await office.in_review()
    before = await seen(office, "requirements")
    await office.change("add pages", 1)
    await office.work()
    with pytest.raises(Refused, match="You were looking at review 1"):
        await office.approve(1, before)
    with pytest.raises(Refused, match="doesn't belong to this plan's newest review"):
        await office.approve(2, {})
    assert await office.approvals() == []


async def test_gates_that_come_and_go_while_a_review_is_open_void_nothing(office: Office) -> None:
    await office.in_review()
    await decide(office, Gates.EACH)
    assert "settings changed" in await office.events()
    await gate(office, "requirements")
    await decide(office, Gates.ONE)
    with pytest.raises(Refused, match="approved together now"):
        await gate(office, "entity_specs")
    await office.approve(1)
    assert (await office.plan()).stage == "approved"
    assert sorted(document for document, *_ in await office.approvals()) == sorted(GATES)


async def test_where_fewer_are_needed_since_somebody_presses_the_last_button(office: Office) -> None:
    await decide(office, needed=2)
    await office.in_review()
    for name, others in (("requirements", (MARA, JON)), ("entity_specs", (MARA, JON)), ("task_plan", (MARA,))):
        for person in others:
            await gate(office, name, person)
    assert (await office.plan()).stage == "in review"
    await decide(office, needed=1)
    assert (await office.plan()).stage == "in review", "no build begins by itself"
    assert await gate(office, "task_plan") == "approved"


async def test_an_approval_of_somebody_who_left_counts_at_no_gate(office: Office) -> None:
    await decide(office)
    await office.in_review()
    await gate(office, "requirements", ADA)
    async with office.database.write() as session:
        await keep_person(session, "T1", ADA, guest=False, gone=True)
    with pytest.raises(Refused, match="Next: the requirements"):
        await gate(office, "entity_specs")
    assert await gate(office, "requirements") == "in review"


def shop(count: int) -> dict[str, EntitySpecs]:
    """Return what a planner says of so many things."""
    things = (entity(f"Thing{number}", f"thing{number}s", key(), text("title")) for number in range(1, count + 1))
    return {"specs": EntitySpecs(entities=tuple(things))}


async def test_above_eight_entities_the_gates_come_by_themselves(office: Office) -> None:
    office.planner.extra = shop(MOST_TOGETHER + 1)
    await office.in_review()
    with pytest.raises(Refused, match="Next: the requirements"):
        await gate(office, "task_plan")
    assert await gate(office, "requirements") == "in review"
    assert await gate(office, "entity_specs") == "in review"
    assert await gate(office, "task_plan") == "approved"


async def test_eight_entities_are_approved_together(office: Office) -> None:
    office.planner.extra = shop(MOST_TOGETHER)
    await office.in_review()
    await office.approve(1)
    assert (await office.plan()).stage == "approved"


async def test_a_change_that_makes_a_plan_small_again_takes_its_gates_away(office: Office) -> None:
    office.planner.extra = shop(MOST_TOGETHER + 1)
    await office.in_review()
    await gate(office, "requirements")
    office.planner.extra = shop(MOST_TOGETHER)
    await office.change("without the last thing", 1)
    await office.work()
    await office.approve(2)
    assert (await office.plan()).stage == "approved"


@pytest.mark.parametrize("is_large", [True, False])
async def test_a_review_says_why_its_documents_come_one_after_the_other(office: Office, is_large: bool) -> None:
    office.planner.extra = shop(MOST_TOGETHER + 1) if is_large else {}
    await decide(office)
    await office.in_review()
    async with office.database.read() as session:
        query = select(OutboxItem).where(col(OutboxItem.kind) == MessageKind.REVIEW)
        item = (await session.scalars(query)).one()
        plan = await session.get_one(Plan, office.plan_id)
        rendered = await render_review(session, item, plan)
    said = json.dumps(rendered.blocks, ensure_ascii=False)
    assert "now the *requirements*" in said
    assert ("This plan has 9 entities, too many to be approved in one go" in said) == is_large
    assert "Approve requirements" in said
    assert "Approve and build" not in said
