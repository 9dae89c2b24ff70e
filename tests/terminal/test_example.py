"""The scripts of examples/ tell whole services, of different domains, to the real built-in planner."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from bot.planning.built_in.planner import BuiltInPlanner
from bot.store.database import Database
from bot.store.tables import Approval, Event, Plan
from bot.terminal.conversation import converse
from bot.terminal.scripts import Script
from bot.workflow.documents import DOCUMENT_TITLES, load_documents
from tests.terminal.conftest import Workshop

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SPECS = "library_specs.txt"
ENTITIES = {
    "clinic.txt": {"Patient", "Doctor", "Room", "Appointment"},
    "library.txt": {"Book", "Member", "Loan"},
    "marketplace.txt": {"Seller", "Buyer", "Listing", "Offer", "Category"},
    "ticket_desk.txt": {"Customer", "Agent", "Ticket", "Comment", "Tag"},
}
APPROVERS = {"clinic.txt": "Jon", "library.txt": "you", "marketplace.txt": "Ines", "ticket_desk.txt": "Lena"}
LEAVES_SOMETHING_OUT = {"clinic.txt"}
"""Scripts in which a person answers that something is left out, and the review says so."""
REVIEWS = {"clinic.txt": 2, "library.txt": 2, "marketplace.txt": 3, "ticket_desk.txt": 3}


def test_every_script_of_the_examples_is_tried_here() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} - {SPECS} == set(ENTITIES)


@pytest.mark.parametrize("name", sorted(ENTITIES))
async def test_a_script_reaches_an_approved_plan_with_each_of_its_replies_understood(
    name: str, database: Database
) -> None:
    planner, written = BuiltInPlanner(), list[str]()
    drive = Workshop(database, planner).drive

    outcome = await converse(
        database, drive, planner.name, Script(EXAMPLES / name).reader(written.append), written.append
    )

    text = "\n".join(written)
    assert outcome.code == 0, text
    assert f"for review · review {REVIEWS[name]}" in text
    assert ("not understood" in text) <= (name in LEAVES_SOMETHING_OUT)
    for refused in ("Nothing was approved", "there is nothing to approve", "open already"):
        assert refused not in text
    async with database.read() as session:
        plan = await session.get_one(Plan, outcome.plan_id)
        documents = await load_documents(session, plan)
        approvals = (await session.scalars(select(Approval))).all()
        events = (await session.scalars(select(Event))).all()
    assert {entity.name for entity in documents.specs.entities} >= ENTITIES[name]
    assert {(row.document, row.person) for row in approvals if row.voided_at is None} == {
        (document, APPROVERS[name]) for document in DOCUMENT_TITLES
    }
    assert {"approved", "delivered"} <= {str(event.data.get("after")) for event in events}
