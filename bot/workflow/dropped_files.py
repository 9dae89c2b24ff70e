"""Files that people drop in a plan's thread: kept with what became of each, and made part of the plan where it fits.

While a plan gathers, what says what is wanted counts as what was said. In review, and after delivery, a newer version
of a document asks for what is different in it. All of one message is one report in the thread.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.planning.dropped_files import FOR_PLANNERS, LONGEST_MATERIAL, DroppedFile, DroppedFiles, FileKind
from bot.store.tables import Plan, PlanFile
from bot.workflow.change_requests import request_changes, require_newest
from bot.workflow.documents import load_documents
from bot.workflow.dropped_changes import DroppedChange, change_of
from bot.workflow.events import record
from bot.workflow.kept_reviews import show_kept
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.plans import Said, add_message
from bot.workflow.questions import go_on
from bot.workflow.stages import Capability, PlanStage, allows

__all__ = ["is_key_of_file", "key_of_file", "message_files", "take_files"]

TAKEN = "taken as what was said"
KEPT_LATER = "kept as it is; it comes with the next change"
KEPT = "kept as it is; it comes with the repository, in .planning/"
BESIDE = "read and checked; dropped in a message of its own it is built as it stands, as a change of its own"
ONLY_READ = "read and checked; the tasks of this plan follow from its entities and requirements"


async def take_files(
    session: AsyncSession, plan: Plan, dropped: DroppedFiles, person: str, key: str, words: str = ""
) -> None:
    """Take the files of one message, and have them reported in the thread.

    ``words`` are what was said with them where they ask for a change. Raises Refused where the plan takes no change.
    """
    if plan.stage == PlanStage.GATHERING:
        outcomes = await take_as_said(session, plan, dropped, person, key)
    else:
        outcomes = await take_as_change(session, plan, dropped, person, key, words)
    keep_files(session, plan, dropped, outcomes, person, key)
    if plan.stage == PlanStage.IN_REVIEW and dropped.of_kind(FileKind.DESIGN):
        await show_kept(session, plan)
    record(session, plan, person, "files", key, names=[file.name for file in dropped.files])
    await announce(session, plan, MessageKind.FILES, key, message=key)
    await refresh_card(session, plan)


async def take_as_said(
    session: AsyncSession, plan: Plan, dropped: DroppedFiles, person: str, key: str
) -> Sequence[str]:
    """Take what says what is wanted as messages of their own, and go on planning; return what became of each file."""
    outcomes = [said_outcome(file) for file in dropped.files]
    for position, (file, outcome) in enumerate(zip(dropped.files, outcomes, strict=True)):
        if outcome == TAKEN:
            where = key_of_file(key, position)
            await add_message(session, plan, person, material(file), where, longest=2 * LONGEST_MATERIAL)
    if TAKEN in outcomes:
        await go_on(session, plan, person, key)
    return outcomes


def said_outcome(file: DroppedFile) -> str:
    """Return what becomes of a file while a plan gathers; nothing for one that was not read."""
    if file.kind in FOR_PLANNERS:
        return TAKEN
    return kept_outcome(file)


def kept_outcome(file: DroppedFile, kept: str = KEPT) -> str:
    """Return what becomes of a file that no planner reads; nothing for one that was not read."""
    if file.kind is FileKind.DESIGN:
        return kept
    return ONLY_READ if file.is_read else ""


def later_outcome(plan: Plan, file: DroppedFile, kept: str) -> str:
    """Return what becomes of a file that no planner reads, once there is a review."""
    if plan.stage == PlanStage.DELIVERED and file.kind in {FileKind.TASKS, FileKind.PLAN}:
        return BESIDE
    return kept_outcome(file, kept)


async def take_as_change(
    session: AsyncSession, plan: Plan, dropped: DroppedFiles, person: str, key: str, words: str
) -> Sequence[str]:
    """Ask for what is different in newer versions of documents; return what became of each file. Raises Refused."""
    now = await load_documents(session, plan) if allows(plan, Capability.REQUEST_CHANGES) else None
    kept = KEPT_LATER if plan.stage == PlanStage.DELIVERED else KEPT
    changes = [
        change_of(file, now) if now and file.kind in FOR_PLANNERS else DroppedChange(later_outcome(plan, file, kept))
        for file in dropped.files
    ]
    if now is None:
        require_newest(plan, plan.review)
    if words.strip():
        await request_changes(session, plan, plan.review, words, person, key)
    for position, change in enumerate(changes):
        if change.text:
            said = Said(author=person, text=change.text, key=key_of_file(key, position))
            await request_changes(session, plan, plan.review, change.text, person, key, said, 2 * LONGEST_MATERIAL)
    return [change.outcome for change in changes]


def material(file: DroppedFile) -> str:
    """Return a file's text as planners tell it from prose."""
    if file.kind is FileKind.ENTITY_SPECS and "<entity_specs>" not in file.text:
        return f"<entity_specs>\n{file.text.strip()}\n</entity_specs>"
    if file.kind is FileKind.REQUIREMENTS and not file.text.lstrip("\ufeff \n").startswith("# Requirements Document"):
        return f"# Requirements Document\n\n{file.text}"
    return file.text


def key_of_file(key: str, position: int) -> str:
    """Return the key under which what a file says is kept: that of its message, and which file of it."""
    return f"{key}#{position + 1}"


def is_key_of_file(key: str) -> bool:
    """Tell whether something is kept under such a key: a file said it."""
    _, _, position = key.rpartition("#")
    return position != key and position.isdigit()


def keep_files(
    session: AsyncSession, plan: Plan, dropped: DroppedFiles, outcomes: Sequence[str], person: str, key: str
) -> None:
    """Keep each file with what became of it; what was found between them is kept with the first."""
    for position, (file, outcome) in enumerate(zip(dropped.files, outcomes, strict=True)):
        mine = [each.model_dump(mode="json") for each in dropped.findings if each.place.file == file.name]
        across = [] if position else [each.model_dump(mode="json") for each in dropped.across]
        session.add(
            PlanFile(
                workspace=plan.workspace,
                plan_id=plan.id,
                key=key,
                position=position,
                name=file.name,
                kind=file.kind,
                author=person,
                text=file.text,
                told=file.told,
                problem=file.problem,
                outcome=outcome,
                findings=mine,
                across=across,
            )
        )


async def message_files(session: AsyncSession, plan: Plan, key: str) -> Sequence[PlanFile]:
    """Return the files of one message, in their order."""
    query = select(PlanFile).where(col(PlanFile.plan_id) == plan.id, col(PlanFile.key) == key)
    return (await session.scalars(query.order_by(col(PlanFile.position)))).all()
