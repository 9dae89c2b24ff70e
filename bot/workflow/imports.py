"""Imported plans: a file is reviewed and built as it stands; a newer version of it is a new revision.

Approving and building are two gates here: nobody of this workspace may have written the plan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.findings import Finding
from bot.documents.fingerprint import fingerprint
from bot.documents.formats import Format
from bot.documents.frozen import Frozen
from bot.documents.tasks.task_plan import TaskState
from bot.planning.imported.plan import ImportedPlan, ImportedTask
from bot.planning.imported.reading import NotImported, read_imported_plan
from bot.store.tables import Change, DocumentRevision, Plan, Review, Step
from bot.workflow.approvals import Shown, missing, shown, still_needed
from bot.workflow.approving import approvers, begin_build_of, require_approvable, who_can_approve
from bot.workflow.builds import load_steps
from bot.workflow.changes import lay_out_steps, open_change
from bot.workflow.documents import IMPORTED, counted, is_imported, latest_revisions, revisions_at
from bot.workflow.events import record
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.plans import add_message, clean_title, free_handle, plan_of_thread
from bot.workflow.policy import policy_of
from bot.workflow.refusals import Refused
from bot.workflow.reviews import (
    ReviewContent,
    VoidedApproval,
    documents_of,
    review_of,
    show_review,
    void_approvals,
)
from bot.workflow.runs import release
from bot.workflow.stages import Hold, PlanStage, move

__all__ = [
    "FilesThere",
    "GivenPlan",
    "NewImport",
    "begin_imported_change",
    "build_approved",
    "imported_plan_of",
    "read_given",
    "revise_imported_plan",
    "start_imported_plan",
]

LONGEST_NAME = 60
MOST_FILES = 200
"""Files of a repository that a review keeps as touched."""
TICKED = re.compile(r"(?m)^([ \t]*(?:[-*+]|\d{1,6}[.)])[ \t]+\[)[xX~-](?=\])")


class GivenPlan(Frozen):
    """A file that was read: what it asks for, and what there is to say about it."""

    plan: ImportedPlan
    findings: tuple[Finding, ...] = ()


class FilesThere(Frozen):
    """What people have in a delivered repository: every path of main, and those that somebody but us has edited."""

    paths: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()


class NewImport(Frozen):
    """Who gave a plan to build, and where; ``thread`` is the head of the thread that it becomes the plan of."""

    workspace: str
    channel: str
    author: str
    key: str
    thread: str = ""


def read_given(file: str, text: str) -> GivenPlan:
    """Read a file that is to be built as it stands. Raises Refused with what to do. Needs no transaction."""
    try:
        plan, findings = read_imported_plan(file, text)
    except NotImported as refusal:
        raise Refused(str(refusal)) from None
    return GivenPlan(plan=plan, findings=findings)


async def start_imported_plan(session: AsyncSession, new: NewImport, given: GivenPlan) -> Plan:
    """Start a plan from a file: its row, the document, the card and the review. Raises Refused."""
    if new.thread and (other := await plan_of_thread(session, new.channel, new.thread)):
        raise Refused(f"This thread has a plan already: *{other.title}* (`{other.handle}`). Drop the file elsewhere.")
    title = clean_title(given.plan.title) or "Imported plan"
    plan = Plan(
        workspace=new.workspace,
        channel=new.channel,
        thread=new.thread or None,
        handle=await free_handle(session, new.workspace, title),
        title=title,
        stage=PlanStage.GATHERING,
        starter=new.author,
        planner=f"none, built as {file_name(given.plan)} says",
    )
    session.add(plan)
    await session.flush()
    await add_message(session, plan, new.author, f"Build {file_name(given.plan)} as it stands.", new.key, "request")
    record(session, plan, new.author, "started", new.key, file=file_name(given.plan))
    await announce(session, plan, MessageKind.CARD)
    await show_for_review(session, plan, given)
    return plan


async def revise_imported_plan(
    session: AsyncSession, plan: Plan, given: GivenPlan, person: str, key: str, there: FilesThere | None = None
) -> Review:
    """Take another file as a new revision; approvals of the one before are void. Raises Refused.

    Once a plan is delivered it is a change: the newer version, or the file of the next phase, is built on a branch
    beside what people have. ``there`` is what they have.
    """
    if not await is_imported(session, plan):
        raise Refused(f"*{plan.title}* was not begun with a file, so no file takes its place. Say what should change.")
    if plan.stage not in {PlanStage.IN_REVIEW, PlanStage.DELIVERED}:
        raise Refused(
            f"*{plan.title}* is {plan.stage}; another file can be taken while it is in review, or once it is "
            "delivered. Begin a plan of its own with this file, or drop it again then."
        )
    if plan.run_stage is not None:
        raise Refused(f"*{plan.title}* is busy right now. Drop the file again when that is done.")
    newest = (await latest_revisions(session, plan))[IMPORTED]
    if newest.fingerprint == print_of(given.plan):
        raise Refused(f"This is the file that *{plan.title}* has already; nothing changed.")
    await add_message(session, plan, person, f"A newer version of {file_name(given.plan)}.", key, "change")
    record(session, plan, person, "change requested", key, review=plan.review)
    if plan.stage == PlanStage.DELIVERED:
        move(session, plan, PlanStage.IN_REVIEW, person, key)
    if plan.hold == Hold.BLOCKED:
        await release(session, plan, person, key)
    return await show_for_review(session, plan, given, there)


async def show_for_review(
    session: AsyncSession, plan: Plan, given: GivenPlan, there: FilesThere | None = None
) -> Review:
    """Keep a revision, void what was approved of the one before, and have the review posted."""
    before = (await latest_revisions(session, plan)).get(IMPORTED)
    revision = DocumentRevision(
        workspace=plan.workspace,
        plan_id=plan.id,
        document=IMPORTED,
        revision=before.revision + 1 if before else 1,
        fingerprint=print_of(given.plan),
        text=given.plan.text,
        content=given.plan.model_dump(mode="json"),
        changes=what_changed(ImportedPlan.model_validate(before.content), given.plan) if before else [],
    )
    session.add(revision)
    await session.flush()
    voided: Sequence[VoidedApproval] = await void_approvals(session, plan, [IMPORTED]) if before else ()
    plan.review += 1
    touched = sorted({path for task in given.plan.tasks for path in task.files} & (there.paths if there else set()))
    content = ReviewContent(
        findings=given.findings,
        changes=tuple(revision.changes),
        voided=tuple(voided),
        files_there=tuple(touched[:MOST_FILES]),
        files_edited=tuple(path for path in touched[:MOST_FILES] if there and path in there.edited),
    )
    review = Review(
        workspace=plan.workspace,
        plan_id=plan.id,
        number=plan.review,
        documents={IMPORTED: shown(revision).model_dump()},
        content=content.model_dump(mode="json"),
    )
    await show_review(session, plan, review)
    return review


async def build_approved(
    session: AsyncSession, plan: Plan, number: int, seen: Mapping[str, Shown], person: str, key: str
) -> None:
    """Begin the build of a plan that enough people approved: the second gate. Raises Refused."""
    await require_approvable(session, plan, number, seen)
    allowed = await approvers(session, plan)
    if person not in allowed:
        raise Refused(who_can_approve(allowed, await policy_of(session, plan)))
    if count := await missing(session, plan, allowed):
        raise Refused(f"*{plan.title}* is not approved yet. {still_needed(count)}")
    begin_build_of(session, plan, person, key)
    await announce(session, plan, MessageKind.REVIEW, str(number))
    await refresh_card(session, plan)


async def imported_plan_of(session: AsyncSession, plan: Plan) -> ImportedPlan:
    """Return what an imported plan asks for, as it was read when it was shown. Raises KeyError for any other plan."""
    return ImportedPlan.model_validate((await latest_revisions(session, plan))[IMPORTED].content)


async def begin_imported_change(session: AsyncSession, plan: Plan, steps: Sequence[Step], level: str) -> Change:
    """Lay out the steps of a file that came after a delivery, on a branch of its own; repeated, it does nothing.

    A task of a checklist that is as it was delivered keeps its evidence; a PLAN.md is taken as a whole.
    """
    given = await imported_plan_of(session, plan)
    change = await open_change(session, plan)
    seen = documents_of(await review_of(session, plan, plan.delivered_review))[IMPORTED]
    before = (await revisions_at(session, plan, {IMPORTED: seen.revision}))[IMPORTED]
    done = {step.title for step in await load_steps(session, plan.id) if step.state == TaskState.DONE}
    untouched = same_tasks(ImportedPlan.model_validate(before.content), given) & done
    touched = {task.number for task in given.tasks if task.title not in untouched}
    await lay_out_steps(session, plan, steps, touched, level)
    return change


def same_tasks(before: ImportedPlan, after: ImportedPlan) -> set[str]:
    """Return the titles of the tasks of a checklist that are what they were, wherever they stand; none of a PLAN.md."""
    if Format.PLAN in {before.format, after.format}:
        return set()
    titles = Counter([*(task.title for task in before.tasks), *(task.title for task in after.tasks)])
    old = {task.title: as_asked(task) for task in before.tasks}
    return {task.title for task in after.tasks if titles[task.title] == 2 and old.get(task.title) == as_asked(task)}


def as_asked(task: ImportedTask) -> ImportedTask:
    """Return what a task asks for, wherever it stands in its file."""
    return task.model_copy(update={"number": "", "phase": 0, "box": None, "depends": (), "ticked_elsewhere": False})


def print_of(plan: ImportedPlan) -> str:
    """Return the fingerprint of a plan: ticks left out, since the work changes them and not what was approved."""
    return fingerprint(TICKED.sub(r"\1 ", plan.text))


def what_changed(before: ImportedPlan, after: ImportedPlan) -> list[str]:
    """Return sentences about what a newer version changes."""
    old, new = {task.title: task for task in before.tasks}, {task.title: task for task in after.tasks}
    told = counted(len(new.keys() - old.keys()), len(old.keys() - new.keys()), "task", "tasks")
    edited = [title for title in old if title in new and as_asked(old[title]) != as_asked(new[title])]
    told += [f"changed: {title}" for title in edited]
    return told or ["only what stands beside the tasks"]


def file_name(plan: ImportedPlan) -> str:
    """Return the name of the file as it can be shown in a line."""
    return " ".join(plan.file.rpartition("/")[2].split())[:LONGEST_NAME]
