"""A team whose plan was made from words and delivered, and in whose thread files are dropped since."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Plan
from bot.workflow.checkpoints import answer_checkpoint, answer_in_words
from bot.workflow.imports import build_approved, read_given, revise_imported_plan
from bot.workflow.reviews import documents_of
from tests.building.test_changes import Delivery
from tests.git_commands import git
from tests.workflow.office import MARA

__all__ = [
    "CHECKLIST",
    "COLOUR",
    "SIGNS",
    "answer_build",
    "approve_and_build",
    "branch_file",
    "drop",
    "press_both",
    "say_to_build",
]

SIGNS, COLOUR = "Checkpoint:human-action - order the signs", "Checkpoint:decision - which colour?"

CHECKLIST = f"# Implementation Plan: Opening day\n\n- [ ] 1. {SIGNS}\n- [ ] 2. {COLOUR}\n"


async def drop(office: Delivery, name: str, text: str, person: str = MARA) -> None:
    """Drop a file in the thread, as a mention of the bot does."""
    given = read_given(name, text)
    there = await office.edited.there(await office.plan())
    await office.within(lambda session, plan: revise_imported_plan(session, plan, given, person, office.key(), there))


async def approve_and_build(office: Delivery, person: str = MARA) -> Plan:
    """Press both gates of the newest review, and let the build go as far as it does without people."""
    await press_both(office, person)
    await office.run()
    return await office.plan()


async def press_both(office: Delivery, person: str = MARA) -> None:
    """Press Approve, then Build, at the newest review."""
    review = await office.review()
    await office.approve(review.number, person=person)
    assert (await office.plan()).stage == "in review", "approving and building are two gates"
    shown = documents_of(review)
    await office.within(lambda session, plan: build_approved(session, plan, review.number, shown, person, office.key()))


async def say_to_build(office: Delivery, *answers: str) -> Plan:
    """Answer what the build asks, one after the other."""
    for text in answers:
        await answer_build(office, text)
        await office.run()
    return await office.plan()


async def answer_build(office: Delivery, text: str) -> None:
    """Answer what the build asks, in a message to the bot."""

    async def take(session: AsyncSession, plan: Plan) -> str:
        found = await answer_in_words(session, plan, text, addressed=True)
        assert found is not None
        return await answer_checkpoint(session, plan, *found, MARA, office.key())

    await office.within(take)


def branch_file(clone: Path, branch: str, path: str) -> str:
    """Return a file of a branch of the remote."""
    git(clone, "fetch", "--quiet")
    return git(clone, "show", f"origin/{branch}:{path}")
