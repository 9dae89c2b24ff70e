"""Reviews and approvals: bound to plan, document, revision and fingerprint, exactly as they were shown."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.findings import Finding, Severity
from bot.documents.fingerprint import fingerprint
from bot.planning.conversation import CustomBehaviour, PlannerError, Proposal
from bot.store.tables import DocumentRevision, Event, Person, Plan
from bot.workflow.approvals import Shown, shown_now
from bot.workflow.approving import approve
from bot.workflow.documents import DOCUMENT_TITLES, derive_documents, load_documents
from bot.workflow.kept_reviews import left_out_of
from bot.workflow.people import keep_person
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent, documents_of, open_review
from tests.generation.samples import entity, key, text
from tests.workflow.office import ADA, COPIES, JON, LATE, MARA, Office, library

ALL = list(DOCUMENT_TITLES)
OVERDUE = CustomBehaviour(
    title="Overdue books",
    slug="overdue_books",
    criterion="WHEN a client asks for overdue books, THE System SHALL list them.",
    done="Overdue books are listed.",
)


async def content(office: Office, number: int = 0) -> ReviewContent:
    return ReviewContent.model_validate((await office.review(number)).content)


async def test_a_review_shows_three_documents_each_with_its_own_fingerprint(office: Office) -> None:
    review = await office.in_review()
    rows = await office.rows(DocumentRevision)

    assert documents_of(review) == {row.document: Shown(revision=1, fingerprint=row.fingerprint) for row in rows}
    assert [row.fingerprint for row in rows] == [fingerprint(row.text) for row in rows]
    assert len({row.fingerprint for row in rows}) == 3
    async with office.database.read() as session:
        documents = await load_documents(session, await office.plan())
    assert documents.specs == library()
    assert documents.texts() == {row.document: row.text for row in rows}


async def test_an_approval_records_person_document_revision_and_fingerprint_and_wants_the_build(office: Office) -> None:
    review = await office.in_review()
    await office.approve(1)

    assert await office.approvals() == [(document, 1, MARA, True) for document in ALL]
    plan = await office.plan()
    assert (plan.stage, plan.run_stage) == ("approved", "build")
    assert plan.approved_at is not None
    shown = documents_of(review)
    assert all(shown[row.document].fingerprint == row.fingerprint for row in await office.rows(DocumentRevision))
    assert [(event.actor, event.what) for event in await office.rows(Event)][-2:] == [
        (MARA, "approved"),
        (MARA, "stage"),
    ]


async def test_the_second_approval_names_who_was_first(office: Office) -> None:
    await office.start()
    await office.say("and members", JON)
    await office.work()
    await office.approve(1, person=JON)
    with pytest.raises(Refused, match=f"<@{JON}> approved it already.*is approved"):
        await office.approve(1, person=MARA)
    assert {person for _, _, person, _ in await office.approvals()} == {JON}


async def test_of_two_who_click_at_once_exactly_one_wins(office: Office) -> None:
    await office.start()
    await office.say("and members", JON)
    await office.work()
    outcomes = await asyncio.gather(
        *(office.approve(1, person=person) for person in (MARA, JON) * 10), return_exceptions=True
    )
    assert sum(outcome is None for outcome in outcomes) == 1
    assert all(isinstance(outcome, Refused) for outcome in outcomes if outcome is not None)
    assert len(await office.approvals()) == 3


async def test_a_stranger_is_told_who_can_approve(office: Office) -> None:
    await office.start()
    await office.say("and members", JON)
    await office.work()
    with pytest.raises(Refused, match=f"<@{MARA}> or <@{JON}> can approve this plan"):
        await office.approve(1, person=ADA)
    assert await office.approvals() == []
    assert (await office.plan()).stage == "in review"


async def test_guests_take_part_but_are_no_approvers(office: Office) -> None:
    office.planner.questions = (COPIES, LATE)
    await office.start()
    await office.work()
    await office.say("and members have a phone", JON)
    await office.say("1. two, 2. nothing", ADA)
    await office.within(lambda session, plan: keep_person(session, plan.workspace, ADA, guest=True))
    await office.within(lambda session, plan: keep_person(session, plan.workspace, JON, guest=False))
    await office.within(lambda session, _: keep_person(session, "T2", MARA, guest=True))
    await office.work()
    assert (await office.overview()).waiting_for == (MARA, JON)
    with pytest.raises(Refused, match=f"^<@{MARA}> or <@{JON}> can approve"):
        await office.approve(1, person=ADA)


async def test_a_person_who_is_looked_up_again_is_what_was_found_then(office: Office) -> None:
    await office.start()
    moments = []
    for guest in (True, False):
        await office.within_workspace(partial(keep_person, workspace="T1", person=MARA, guest=guest))
        (row,) = await office.rows_of(Person)
        assert row.guest is guest
        moments.append(row.at)
    assert moments[0] < moments[1]


async def test_where_only_guests_took_part_a_member_gets_in_by_asking_for_a_change(office: Office) -> None:
    await office.in_review()
    await office.within(lambda session, plan: keep_person(session, plan.workspace, MARA, guest=True))
    with pytest.raises(Refused, match="Only guests took part so far"):
        await office.approve(1)
    await office.change("add pages", 1, JON)
    await office.work()
    await office.approve(2, person=JON)
    assert (await office.plan()).stage == "approved"


async def test_a_document_of_which_only_the_wording_changed_is_left_out_beside_real_changes(office: Office) -> None:
    await office.in_review()
    office.planner.extra = {"introduction": "A library for two offices."}
    await office.change("say that we are two offices", 1)
    await office.work()
    wording = ReviewContent.model_validate((await office.review()).content)
    assert wording.changes == ("Requirements: only the wording",)

    office.planner.extra = {"introduction": "A library for three offices."}
    await office.change("add pages", 2)
    await office.work()
    changes = ReviewContent.model_validate((await office.review()).content).changes
    assert any("gains `pages`" in change for change in changes)
    assert not any("wording" in change for change in changes)


async def test_who_writes_after_the_review_was_posted_can_not_approve_it(office: Office) -> None:
    await office.in_review()
    await office.change("add pages", 1, JON)
    office.planner.error = PlannerError("no")
    await office.work()
    assert (await office.overview()).waiting_for == (MARA,)


async def test_a_stale_review_is_refused_with_what_changed_since(office: Office) -> None:
    old = documents_of(await office.in_review())
    await office.change("add pages", 1)
    await office.work()

    with pytest.raises(Refused, match=r"looking at review 1\. Review 2 changes: .*pages.*Have a look"):
        await office.approve(1, old)
    assert await office.approvals() == []
    assert (await office.plan()).stage == "in review"
    await office.approve(2)
    assert (await office.plan()).stage == "approved"


async def test_the_number_of_the_newest_review_with_old_documents_approves_nothing(office: Office) -> None:
    old = documents_of(await office.in_review())
    await office.change("add pages", 1)
    await office.work()
    with pytest.raises(Refused, match="newest review"):
        await office.approve(2, old)
    assert await office.approvals() == []


@pytest.mark.parametrize("document", ALL)
async def test_a_changed_fingerprint_is_refused(office: Office, document: str) -> None:
    seen = documents_of(await office.in_review())
    seen[document] = Shown(revision=1, fingerprint="0" * 64)
    with pytest.raises(Refused, match="newest review"):
        await office.approve(1, seen)
    assert await office.approvals() == []


@pytest.mark.parametrize("missing", ALL)
async def test_all_three_documents_are_approved_or_none(office: Office, missing: str) -> None:
    seen = documents_of(await office.in_review())
    del seen[missing]
    with pytest.raises(Refused):
        await office.approve(1, seen)
    with pytest.raises(Refused):
        await office.approve(1, {})
    assert await office.approvals() == []


@pytest.mark.parametrize("number", [-1, 0, 2, 99])
async def test_a_review_that_there_never_was_approves_nothing(office: Office, number: int) -> None:
    seen = documents_of(await office.in_review())
    with pytest.raises(Refused):
        await office.approve(number, seen)
    assert await office.approvals() == []


async def test_a_button_of_another_plan_approves_nothing(office: Office) -> None:
    seen = documents_of(await office.in_review())
    other = Office(office.database, office.planner)
    await other.start("a clinic")
    office.planner.extra = {"specs": library("floor")}
    await other.work()
    with pytest.raises(Refused, match="newest review"):
        await other.approve(1, seen)
    assert await other.approvals() == []


async def test_findings_of_severity_error_block_the_approval(office: Office) -> None:
    await office.start()
    wrong = Finding(rule="entity/x", severity=Severity.ERROR, message="Wrong.", next_step="Mend it.")

    async def review(session: AsyncSession, plan: Plan) -> None:
        proposal = Proposal(title="L", introduction="I.", specs=library())
        plan.run_stage = None
        await open_review(session, plan, proposal, derive_documents(proposal)[0], (wrong,))

    await office.within(review)
    with pytest.raises(Refused, match="must be mended first"):
        await office.approve(1)
    assert (await content(office)).findings == (wrong,)
    assert await office.approvals() == []


async def test_nothing_is_approved_while_a_change_is_being_worked_in(office: Office) -> None:
    await office.in_review()
    await office.change("add pages", 1)
    with pytest.raises(
        Refused, match=r"^A change is being worked into this plan right now. The next review will be here in a moment.$"
    ):
        await office.approve(1)


async def test_nothing_is_approved_while_gathering_or_paused(office: Office) -> None:
    await office.start()
    with pytest.raises(Refused, match="is gathering; there is nothing to approve"):
        await office.within(lambda session, plan: approve(session, plan, 1, {}, MARA, "k"))
    await office.work()
    await office.stop()
    with pytest.raises(Refused, match=r"is paused\. Press `Resume`"):
        await office.approve(1)


async def test_what_must_be_shown_now_are_the_newest_documents(office: Office) -> None:
    review = await office.in_review()
    async with office.database.read() as session:
        assert await shown_now(session, await office.plan()) == documents_of(review)


async def test_a_number_of_a_requirement_is_never_given_to_another(office: Office) -> None:
    """Requirements are derived anew for each review; what they say keeps its number all the same."""
    await office.in_review()
    before = await criteria(office)

    office.planner.extra = {"custom": (OVERDUE,)}
    await office.change("have a list of overdue books", 1)
    await office.work()
    with_list = await criteria(office)
    office.planner.extra = {}
    await office.change("leave that list out", 2)
    await office.work()
    without = await criteria(office)

    assert before.items() <= with_list.items()
    assert OVERDUE.criterion in with_list.values()
    assert without == before
    async with office.database.read() as session:
        requirements = (await load_documents(session, await office.plan())).requirements
    assert [one.text for one in requirements.removed] == [OVERDUE.title]


async def criteria(office: Office) -> dict[str, str]:
    """Return the newest criteria by their numbers."""
    async with office.database.read() as session:
        documents = await load_documents(session, await office.plan())
    return {criterion.number: criterion.text for criterion in documents.requirements.criteria()}


async def test_what_was_not_understood_last_stands_first(office: Office) -> None:
    office.planner.extra = {"unread": ("old one", "another")}
    await office.in_review()
    office.planner.extra = {"unread": ("old one", "another", "wibble the gronk")}
    await office.change("add pages", 1)
    await office.work()

    first, second = [ReviewContent.model_validate((await office.review(number)).content) for number in (1, 2)]
    assert (first.unread, first.fresh_unread) == (("old one", "another"), 0)
    assert (second.unread, second.fresh_unread) == (("wibble the gronk", "old one", "another"), 1)


async def test_what_is_left_out_goes_into_the_repository_without_anybody_s_id(office: Office) -> None:
    office.planner.extra = {"unread": (f"<@{JON}> wibble\n  the gronk", "word " * 200, "[removed]")}
    await office.in_review()

    left_out = await office.within(left_out_of)

    assert left_out[0] == "someone wibble the gronk"
    assert [len(one) <= 300 for one in left_out] == [True, True], "what was removed is not told"


async def test_tasks_that_come_with_a_change_are_counted(office: Office) -> None:
    await office.in_review()
    members = entity("Member", "members", key(), text("name"))
    office.planner.extra = {"specs": EntitySpecs(entities=(*library().entities, members))}
    await office.change("members with a name", 1)
    await office.work()
    assert "Task plan: 4 tasks new" in (await content(office)).changes
