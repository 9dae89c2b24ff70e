"""What tests of forgetting a person share: what only she said, forgetting her, and what is left of her words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.planning.built_in.planner import BuiltInPlanner
from bot.store.database import Database
from bot.workflow.documents import Documents, load_documents
from bot.workflow.erasure import Erased, forget_person
from tests.workflow.office import MARA, Office

IDEA = (
    "an office library for our zephyrous quokkas: books with a title, an ISBN, a price and a status available/lent; "
    "members with a name and an e-mail; a member borrows many books. A lent book can't be lent again."
)
LATER = "members also have a phone number, my own is a mauve whatchamacallit"
WORDS = ("zephyrous", "quokkas", "mauve", "whatchamacallit", MARA)
"""What only Mara ever said, and who she is."""


@pytest.fixture
def library(database: Database) -> Office:
    """Return an office whose planner reads sentences."""
    return Office(database, BuiltInPlanner())  # type: ignore[arg-type]  # any planner does


async def forget(office: Office, person: str = MARA) -> Erased:
    async with office.database.write() as session:
        erased = await forget_person(session, "T1", person)
    await office.database.rewrite()
    return erased


def words_left(folder: Path) -> list[str]:
    """Return which of Mara's words any file of the database still holds."""
    kept = b"".join(file.read_bytes() for file in folder.glob("plans.db*")).lower()
    return [word for word in WORDS if word.lower().encode() in kept]


async def reviewed(library: Office) -> None:
    """Leave every question to the planner, until there is a review."""
    while not (await library.plan()).review:
        await library.work()
        for question in await library.open_questions():
            await library.answer(question, "")


async def documents(office: Office) -> Documents:
    async with office.database.read() as session:
        return await load_documents(session, await office.plan())
