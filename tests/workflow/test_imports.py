"""A newer version of the file that a plan is built from: a new revision, in the name of who gave it."""

from __future__ import annotations

import pytest

from bot.store.database import Database
from bot.store.tables import Approval, ConversationMessage, DocumentRevision, Event
from bot.workflow.approving import approve
from bot.workflow.imports import read_given, revise_imported_plan
from bot.workflow.plans import plan_by_id
from bot.workflow.provenance import why
from bot.workflow.refusals import Refused
from bot.workflow.reviews import documents_of, review_of
from bot.workflow.runs import block
from tests.workflow.office import JON, MARA, Office
from tests.workflow.test_erasure_of_imports import NEWER, TASKS, given, given_newer


@pytest.fixture
async def imported(database: Database, office: Office) -> Office:
    """Give an office with a plan that is built as a file says."""
    office.plan_id = (await given(database)).id
    return office


async def test_a_newer_version_is_a_revision_of_its_own_and_voids_what_was_approved(
    imported: Office, database: Database
) -> None:
    async with database.write() as session:
        plan = await plan_by_id(session, imported.plan_id, "T1", change=True)
        seen = documents_of(await review_of(session, plan, 1))
        await approve(session, plan, 1, seen, MARA, "press")
    await imported.within(lambda session, plan: block(session, plan, "it failed"))

    await given_newer(database, await imported.plan(), JON, NEWER, "newer")

    plan = await imported.plan()
    assert (plan.stage, plan.review, plan.hold) == ("in review", 2, None)
    assert [(row.revision, row.text) for row in await imported.rows(DocumentRevision)] == [(1, TASKS), (2, NEWER)]
    assert [row.voided_at is None for row in await imported.rows(Approval)] == [False]
    events = {event.what: event for event in await imported.rows(Event)}
    asked, lifted = events["change requested"], events["resume"]
    assert (asked.actor, asked.message_key, asked.data) == (JON, "newer", {"review": 1})
    assert (lifted.actor, lifted.message_key) == (JON, "newer")
    said = (await imported.rows(ConversationMessage))[-1]
    assert (said.author, said.text, said.kind) == (JON, "A newer version of tasks.md.", "change")


async def test_ticks_of_the_file_are_no_newer_version(imported: Office, database: Database) -> None:
    plan = await imported.plan()
    for same in (TASKS, TASKS.replace("- [ ] 1.", "- [x] 1.")):
        with pytest.raises(Refused, match="has already; nothing changed"):
            await given_newer(database, plan, JON, same, "newer")
    assert (await imported.plan()).review == 1


async def test_a_plan_that_was_begun_with_words_takes_no_file_in_its_place(office: Office) -> None:
    await office.in_review()
    file = read_given("tasks.md", TASKS)
    with pytest.raises(Refused, match="was not begun with a file"):
        await office.within(lambda session, plan: revise_imported_plan(session, plan, file, JON, "newer"))


async def test_its_file_numbers_no_criteria(imported: Office, database: Database) -> None:
    async with database.read() as session:
        plan = await imported.plan()
        with pytest.raises(Refused, match="built as its file says, which numbers no criteria"):
            await why(session, plan, "1.1")
