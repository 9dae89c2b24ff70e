"""Plans that a file was given for, without that file: what stays is how many tasks it had, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.fingerprint import fingerprint
from bot.planning.imported.plan import ImportedPhase, ImportedPlan, ImportedTask
from bot.store.tables import Change, ConversationMessage, DocumentRevision, Plan, Review
from bot.workflow.builds import StepKind, load_steps
from bot.workflow.documents import IMPORTED, is_imported
from bot.workflow.plans import GIVEN
from bot.workflow.reviews import review_delivered, review_of
from bot.workflow.rounds import all_questions, is_of_build
from bot.workflow.scrubbed_documents import follow_fingerprints
from bot.workflow.scrubbing import REMOVED, Scrubber

__all__ = ["empty_given", "given_by", "givers", "is_emptied"]

GIVING = ("request", "change")
"""The kinds of the messages with which a file comes: each is one revision."""


async def given_by(session: AsyncSession, plan: Plan, person: str) -> Sequence[DocumentRevision]:
    """Return the revisions of a plan that came as files of a person; none of a plan that no file was given for."""
    query = select(DocumentRevision).where(
        col(DocumentRevision.plan_id) == plan.id, col(DocumentRevision.document) == IMPORTED
    )
    revisions = (await session.scalars(query.order_by(col(DocumentRevision.revision)))).all()
    if not revisions:
        return ()
    authors = await givers(session, plan)
    return [row for row, author in zip(revisions, authors, strict=False) if author == person]


async def givers(session: AsyncSession, plan: Plan) -> Sequence[str]:
    """Return who gave each revision of a file, the first one first.

    In a plan that was made from words only the files have their own kind of message; the other words asked for none.
    """
    kinds = GIVING if await is_imported(session, plan) else (GIVEN,)
    said = select(col(ConversationMessage.author)).where(
        col(ConversationMessage.plan_id) == plan.id, col(ConversationMessage.kind).in_(kinds)
    )
    return (await session.scalars(said.order_by(col(ConversationMessage.id)))).all()


async def empty_given(session: AsyncSession, plan: Plan, given: Sequence[DocumentRevision], scrubber: Scrubber) -> None:
    """Empty revisions, what reviews say of them, and what builds repeat of them; approvals stay bound."""
    followed: dict[str, str] = {}
    for row in given:
        row.content = emptied(ImportedPlan.model_validate(row.content)).model_dump(mode="json")
        row.text, row.changes = "", []
        before, row.fingerprint = row.fingerprint, fingerprint(f"{REMOVED} {row.revision}")
        followed[before] = row.fingerprint
    await follow_fingerprints(session, plan, followed)
    numbers = {row.revision for row in given}
    for review in (await session.scalars(select(Review).where(col(Review.plan_id) == plan.id))).all():
        if review.documents.get(IMPORTED, {}).get("revision") in numbers:
            review.content = {**review.content, "findings": [], "changes": []}
    if await built_revision(session, plan) in numbers:
        await empty_build(session, plan, scrubber)
    await empty_kept_steps(session, plan, numbers, scrubber)
    await session.flush()


async def built_revision(session: AsyncSession, plan: Plan) -> int:
    """Return the number of the revision that the newest build is of; 0 where that is of no file."""
    changes = select(col(Change.review)).where(col(Change.plan_id) == plan.id, col(Change.forgotten_by) == "")
    number = await session.scalar(changes.order_by(col(Change.number).desc()).limit(1))
    row = await review_of(session, plan, number or plan.delivered_review or plan.review)
    return int(row.documents.get(IMPORTED, {}).get("revision", 0))


async def empty_kept_steps(session: AsyncSession, plan: Plan, numbers: Collection[int], scrubber: Scrubber) -> None:
    """Empty the steps of these revisions that changes keep, for the day on which somebody takes them back."""
    has_own = not await is_imported(session, plan)
    for change in (await session.scalars(select(Change).where(col(Change.plan_id) == plan.id))).all():
        until = change.before.get("review", 0)
        row = await review_delivered(session, plan, IMPORTED, until) if until and change.by_file is has_own else None
        if row is not None and row.documents[IMPORTED]["revision"] in numbers:
            steps = [emptied_step(values, scrubber) for values in change.before.get("steps", [])]
            change.before = {**change.before, "steps": steps}


def emptied_step(values: dict[str, Any], scrubber: Scrubber) -> dict[str, Any]:
    """Return a kept step without what its file said."""
    if values["key"] == StepKind.DOCUMENTS:
        return values
    return {**values, "title": REMOVED, "evidence": scrubber.value(values["evidence"], alone=True)}


async def is_emptied(session: AsyncSession, plan: Plan) -> bool:
    """Tell whether the newest file was emptied: then there is nothing to build."""
    query = select(col(DocumentRevision.text)).where(
        col(DocumentRevision.plan_id) == plan.id, col(DocumentRevision.document) == IMPORTED
    )
    return await session.scalar(query.order_by(col(DocumentRevision.revision).desc()).limit(1)) == ""


async def empty_build(session: AsyncSession, plan: Plan, scrubber: Scrubber) -> None:
    """Empty what the steps of a build and its questions repeat of the file; ticks, commits and who answered stay."""
    for step in await load_steps(session, plan.id):
        if step.key != StepKind.DOCUMENTS:
            step.title = REMOVED
            step.evidence = scrubber.value(step.evidence, alone=True)
    for row in filter(is_of_build, await all_questions(session, plan)):
        row.question = scrubber.value(row.question, alone=True)
        row.answer = scrubber.piece(row.answer) if row.answer else row.answer  # an option is the file's words, too


def emptied(given: ImportedPlan) -> ImportedPlan:
    """Return a plan with the numbers and kinds of its tasks, and nothing that its file said."""
    return ImportedPlan(
        format=given.format,
        file=REMOVED,
        text="",
        title=REMOVED,
        phases=tuple(ImportedPhase(number=phase.number, name=REMOVED) for phase in given.phases),
        tasks=tuple(
            ImportedTask(number=task.number, title=REMOVED, phase=task.phase, kind=task.kind) for task in given.tasks
        ),
    )
