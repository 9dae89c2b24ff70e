"""Changes that are asked for in review: new revisions, voided approvals, and words that mean the newest review."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.planning.conversation import PlannerError, Proposal
from bot.store.tables import DocumentRevision, Event, Plan
from bot.workflow.documents import DOCUMENT_TITLES, keep_revisions, load_documents
from bot.workflow.refusals import Refused
from bot.workflow.reviews import open_review, review_posted_before
from bot.workflow.stages import PlanStage, move
from tests.workflow.office import COPIES, JON, MARA, Office
from tests.workflow.test_reviews import ALL, content


async def latest(office: Office) -> dict[str, int]:
    return {row.document: row.revision for row in await office.rows(DocumentRevision)}


async def test_a_change_gives_new_revisions_of_what_changed_and_says_so(office: Office) -> None:
    await office.in_review()
    await office.change("add pages", 1, JON)
    await office.work()

    revisions = await latest(office)
    assert revisions["entity_specs"] == 2
    shown = await content(office)
    assert any(sentence.startswith("Entities: ") and "pages" in sentence for sentence in shown.changes)
    changed = {name for name, revision in revisions.items() if revision == 2}
    assert set(shown.untouched) == {DOCUMENT_TITLES[name] for name in set(ALL) - changed}
    assert (await office.message("review/1")).version == 3
    assert (await office.message("review/2")).subject == {"review": 2}
    assert [change.text for change in office.planner.heard[-1].changes] == ["add pages"]


async def test_a_change_that_changes_nothing_opens_no_review_and_says_why(office: Office) -> None:
    await office.in_review()
    await office.change("make it nicer", 1, JON)
    await office.work()

    assert await latest(office) == dict.fromkeys(ALL, 1)
    assert (await office.plan()).review == 1
    assert (await office.overview()).planning is False
    said = (await office.message("unchanged/2")).subject
    assert (said["review"], said["person"]) == (1, JON)
    assert said["sentence"] == "The plan says “make it nicer” already, as far as I understand it."
    await office.approve(1)
    assert (await office.plan()).stage == PlanStage.APPROVED


async def test_what_could_not_be_read_of_a_change_is_quoted_once(office: Office) -> None:
    await office.in_review()
    office.planner.extra = {"unread": ("wibble the gronk",)}
    await office.change("wibble the gronk", 1)
    await office.work()

    said = (await office.message("unchanged/2")).subject["sentence"]
    assert "I could not read “wibble the gronk”" in said
    assert "undo" not in said, "there is no change before it"
    office.planner.extra = {}
    await office.change("add pages", 1)
    await office.work()
    assert [change.text for change in office.planner.heard[-1].changes] == ["add pages"]
    assert (await content(office)).unread == ()

    office.planner.extra = {"unread": ("wibble again",)}
    await office.change("wibble again", 2)
    await office.work()
    assert (await office.message("unchanged/4")).subject["sentence"].endswith("`undo` takes the last change back.")


@pytest.mark.parametrize("is_delivered", [False, True])
async def test_what_was_not_read_before_is_not_said_to_be_in_the_plan_when_it_is_asked_for_again(
    office: Office, is_delivered: bool
) -> None:
    office.planner.extra = {"unread": ("the moon wobbles", "stars gargle")}
    await office.in_review()
    if is_delivered:
        await office.approve(1)
        await office.deliver()
    await office.change("The moon wobbles.", 1)
    await office.work()

    plan = await office.plan()
    assert plan.review == 1
    said = (await office.message(f"unchanged/{plan.run_attempt}")).subject["sentence"]
    assert said == "I could not read “the moon wobbles”. Say it in other words, such as `add a note to books`."


async def test_a_change_after_delivery_that_changes_nothing_leaves_it_delivered(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    await office.change("make it nicer", 1, JON)
    await office.work()

    assert ((await office.plan()).stage, (await office.plan()).review) == (PlanStage.DELIVERED, 1)
    assert [name for _, _, name, counts in await office.approvals() if counts] == [MARA] * 3
    await office.change("add pages", 1, JON)
    await office.work()
    assert ((await office.plan()).stage, (await office.plan()).review) == (PlanStage.IN_REVIEW, 2)


@pytest.mark.parametrize("text", ["thanks!", "hello", "you decide", " "])
async def test_kind_words_ask_for_no_change(office: Office, text: str) -> None:
    await office.in_review()
    with pytest.raises(Refused, match=r"You're welcome|Say in a sentence what should be different"):
        await office.change(text, 1)
    assert (await office.wants())[0] is None


async def test_a_new_revision_voids_exactly_the_approvals_of_what_changed(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    await office.deliver()

    async def change_delivered(session: AsyncSession, plan: Plan) -> None:
        move(session, plan, PlanStage.IN_REVIEW, MARA)
        before = await load_documents(session, plan)
        requirements = before.requirements.model_copy(update={"introduction": "Another introduction."})
        changed = before.model_copy(update={"requirements": requirements})
        await open_review(session, plan, Proposal(title="L", introduction="", specs=before.specs), changed, ())

    await office.within(change_delivered)
    assert await office.approvals() == [
        ("requirements", 1, MARA, False),
        ("entity_specs", 1, MARA, True),
        ("task_plan", 1, MARA, True),
    ]
    voided = [event.data for event in await office.rows(Event) if event.what == "approval voided"]
    assert voided == [{"document": "requirements", "revision": 1, "person": MARA}]

    await office.approve(2)
    assert await office.approvals() == [
        ("requirements", 1, MARA, False),
        ("entity_specs", 1, MARA, True),
        ("task_plan", 1, MARA, True),
        ("requirements", 2, MARA, True),
    ]


async def test_the_same_documents_are_kept_once(office: Office) -> None:
    await office.in_review()

    async def keep_again(session: AsyncSession, plan: Plan) -> None:
        rows = await keep_revisions(session, plan, await load_documents(session, plan))
        assert {row.revision for row in rows.values()} == {1}

    await office.within(keep_again)
    assert len(await office.rows(DocumentRevision)) == 3


async def test_a_change_of_an_old_review_is_asked_for_at_the_newest(office: Office) -> None:
    await office.in_review()
    await office.change("add pages", 1)
    await office.work()
    with pytest.raises(Refused, match="was review 1; review 2 is the newest"):
        await office.change("add shelf", 1)
    with pytest.raises(Refused, match="Say in a sentence"):
        await office.change("  ", 2)


async def test_a_change_is_possible_in_review_only(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    with pytest.raises(Refused, match="is approved"):
        await office.change("add pages", 1)


async def test_a_change_that_could_not_be_made_is_settled_by_asking_for_another(office: Office) -> None:
    await office.in_review()
    await office.change("do magic", 1)
    office.planner.error = PlannerError("I can't do magic. Say it in other words.")
    await office.work()
    assert (await office.plan()).hold == "blocked"
    with pytest.raises(Refused, match=r"is blocked\. Settle what it needs first"):
        await office.approve(1)

    office.planner.error = None
    await office.change("add pages", 1)
    assert (await office.plan()).hold is None
    await office.work()
    assert (await office.plan()).review == 2


async def test_a_word_means_the_newest_review_that_stood_in_the_thread_when_it_was_said(office: Office) -> None:
    await office.in_review()

    async def seen_at(timestamp: str) -> int:
        async with office.database.read() as session:
            return (await review_posted_before(session, await office.plan(), timestamp)).number

    async def post(number: int, timestamp: str) -> None:
        async def sent(session: AsyncSession, _: Plan) -> None:
            (await session.merge(await office.message(f"review/{number}"))).message = timestamp

        await office.within(sent)

    with pytest.raises(Refused, match="no review to approve yet"):
        await seen_at("999.0")
    await post(1, "100.000200")
    await office.change("add pages", 1)
    await office.work()
    assert await seen_at("200.0") == 1
    await post(2, "150.0")
    assert [await seen_at(moment) for moment in ("149.9", "150.1")] == [1, 2]
    for moment in ("100.000100", "100.000200"):
        with pytest.raises(Refused, match="no review to approve yet"):
            await seen_at(moment)


async def test_a_word_never_means_the_review_of_another_plan_nor_another_message(office: Office) -> None:
    other = Office(office.database, office.planner)
    await other.in_review()
    await other.change("add pages", 1)
    await other.work()
    office.planner.questions = (COPIES,)
    await office.start()
    await office.work()

    async def post(session: AsyncSession, _: Plan) -> None:
        for message in (await other.message("review/2"), await office.message("questions/1")):
            (await session.merge(message)).message = "100.0"

    await office.within(post)
    async with office.database.read() as session:
        with pytest.raises(Refused, match="no review to approve yet"):
            await review_posted_before(session, await office.plan(), "200.0")
        assert (await review_posted_before(session, await other.plan(), "200.0")).number == 2
