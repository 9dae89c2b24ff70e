"""Imported plans: a file is reviewed and built as it stands; a newer version of it is a new revision.

Approving and building are two gates here: nobody of this workspace may have written the plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.findings import Finding
from bot.documents.fingerprint import fingerprint
from bot.documents.formats import Format
from bot.documents.frozen import Frozen
from bot.documents.tasks.task_plan import TaskState
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.patterns import regex
from bot.planning.imported.plan import ImportedPlan, ImportedTask
from bot.planning.imported.reading import NotImported, read_imported_plan
from bot.store.tables import Change, DocumentRevision, Plan, Review, Step
from bot.workflow.approvals import Shown, missing, shown, still_needed
from bot.workflow.approving import approvers, begin_build_of, require_approvable, who_can_approve
from bot.workflow.builds import every_step
from bot.workflow.changes import delivered_documents, lay_out_steps, open_change
from bot.workflow.documents import (
    IMPORTED,
    counted,
    is_given,
    is_imported,
    latest_revisions,
    revisions_at,
    shown_documents,
)
from bot.workflow.events import record
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.names import clean_title
from bot.workflow.plans import GIVEN, Beginning, add_message, add_plan, plan_of_thread
from bot.workflow.policy import policy_of
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.reviews import (
    ReviewContent,
    VoidedApproval,
    documents_of,
    review_delivered,
    review_of,
    show_review,
    void_approvals,
)
from bot.workflow.runs import release
from bot.workflow.stages import Hold, PlanStage, move

__all__ = [
    "FilesThere",
    "GivenPlan",
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
TICKED = regex(r"(?m)^([ \t]*(?:[-*+]|\d{1,6}[.)])[ \t]+\[)[xX~-](?=\])")


class GivenPlan(Frozen):
    """A file that was read: what it asks for, and what there is to say about it."""

    plan: ImportedPlan
    findings: tuple[Finding, ...] = ()


class FilesThere(Frozen):
    """What people have in a delivered repository: every path of main, and those that somebody but us has edited."""

    paths: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()


def read_given(file: str, text: str) -> GivenPlan:
    """Read a file that is to be built as it stands. Raises Refused with what to do. Needs no transaction."""
    try:
        plan, findings = read_imported_plan(file, text)
    except NotImported as refusal:
        raise Refused(str(refusal)) from None
    return GivenPlan(plan=plan, findings=findings)


async def start_imported_plan(session: AsyncSession, new: Beginning, given: GivenPlan) -> Plan:
    """Start a plan from a file: its row, the document, the card and the review. Raises Refused."""
    if new.thread and (other := await plan_of_thread(session, new.channel, new.thread)):
        raise Refused(f"This thread has a plan already: *{other.title}* (`{other.handle}`). Drop the file elsewhere.")
    title = clean_title(given.plan.title) or "Imported plan"
    plan = await add_plan(session, new, title, f"none, built as {file_name(given.plan)} says")
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
    is_own = not await is_imported(session, plan)
    await require_room(session, plan, is_own=is_own)
    known = await known_file(session, plan)
    if known is not None and known.fingerprint == print_of(given.plan):
        raise Refused(f"This is the file that *{plan.title}* has already; nothing changed.")
    own = await own_tasks(session, plan) if is_own else None
    if own is not None and {task.title for task in given.plan.tasks} <= same_tasks(own, given.plan):
        raise Refused(f"These are the tasks that *{plan.title}* was built with; nothing changed.")
    kind, said = (GIVEN, "Build {} as it stands.") if is_own else ("change", "A newer version of {}.")
    await add_message(session, plan, person, said.format(file_name(given.plan)), key, kind)
    record(session, plan, person, "change requested", key, review=plan.review)
    if plan.stage == PlanStage.DELIVERED:
        move(session, plan, PlanStage.IN_REVIEW, person, key)
    if plan.hold == Hold.BLOCKED:
        await release(session, plan, person, key)
    return await show_for_review(session, plan, given, there)


async def require_room(session: AsyncSession, plan: Plan, *, is_own: bool) -> None:
    """Raise Refused where a plan takes no file now; ``is_own``: it has documents of its own."""
    if is_own and not plan.delivered_review:
        raise Refused(
            f"*{plan.title}* was not begun with a file, so no file takes its place. Say what should change; once it "
            "is delivered, a file can be built upon it."
        )
    if is_own and plan.stage in {PlanStage.GATHERING, PlanStage.IN_REVIEW} and not await is_given(session, plan):
        raise Refused(
            f"A change of *{plan.title}* is {plan.stage}. Approve it, or take it back with `Forget it`; then drop the "
            "file again."
        )
    if plan.stage not in {PlanStage.IN_REVIEW, PlanStage.DELIVERED}:
        raise Refused(
            f"*{plan.title}* is {plan.stage}; another file can be taken while it is in review, or once it is "
            "delivered. Begin a plan of its own with this file, or drop it again then."
        )
    if plan.run_stage is not None and plan.hold == Hold.BLOCKED:
        what = "Its merge" if plan.run_stage == Stage.MERGE else "What it does now"
        raise Refused(
            f"*{plan.title}* takes no file yet. {what} is blocked: {plan.hold_reason} Once that is done, drop the file "
            "again."
        )
    if plan.run_stage is not None:
        raise Refused(f"*{plan.title}* is busy right now. Drop the file again when that is done.")


async def known_file(session: AsyncSession, plan: Plan) -> DocumentRevision | None:
    """Return the file that the newest review shows, or else the one that was delivered last; None where none was."""
    if (shows := (await shown_documents(session, plan)).get(IMPORTED)) is not None:
        return shows
    row = await review_delivered(session, plan, IMPORTED)
    if row is None:
        return None
    return (await revisions_at(session, plan, {IMPORTED: documents_of(row)[IMPORTED].revision}))[IMPORTED]


async def own_tasks(session: AsyncSession, plan: Plan) -> ImportedPlan | None:
    """Return the task plan of a plan that was made from words as a file with it would be read."""
    documents = await delivered_documents(session, plan)
    try:
        return read_imported_plan("tasks.md", write_task_plan(documents.task_plan))[0]
    except NotImported:
        return None


async def show_for_review(
    session: AsyncSession, plan: Plan, given: GivenPlan, there: FilesThere | None = None
) -> Review:
    """Keep a revision, void what was approved of the one before, and have the review posted."""
    newest = (await latest_revisions(session, plan)).get(IMPORTED)
    before = await known_file(session, plan)
    revision = DocumentRevision(
        workspace=plan.workspace,
        plan_id=plan.id,
        document=IMPORTED,
        revision=newest.revision + 1 if newest else 1,
        fingerprint=print_of(given.plan),
        text=given.plan.text,
        content=given.plan.model_dump(mode="json"),
        changes=what_changed(ImportedPlan.model_validate(before.content), given.plan) if before else [],
    )
    session.add(revision)
    await session.flush()
    voided: Sequence[VoidedApproval] = await void_approvals(session, plan, [IMPORTED]) if newest else ()
    decided = await decided_so_far(session, plan)
    plan.review += 1
    touched = sorted({path for task in given.plan.tasks for path in task.files} & (there.paths if there else set()))
    told = {
        "findings": given.findings,
        "changes": tuple(revision.changes),
        "voided": tuple(voided),
        "files_there": tuple(touched[:MOST_FILES]),
        "files_edited": tuple(path for path in touched[:MOST_FILES] if there and path in there.edited),
    }
    content = decided.model_copy(update=told)
    review = Review(
        workspace=plan.workspace,
        plan_id=plan.id,
        number=plan.review,
        documents={IMPORTED: shown(revision).model_dump()},
        content=content.model_dump(mode="json"),
    )
    await show_review(session, plan, review)
    return review


async def decided_so_far(session: AsyncSession, plan: Plan) -> ReviewContent:
    """Return what the newest review holds of a plan that was made from words: the next change is said about it."""
    if await is_imported(session, plan):
        return ReviewContent()
    content = ReviewContent.model_validate((await review_of(session, plan, plan.review)).content)
    of_itself = {"since_delivery": None, "untouched": (), "radius": None, "fresh_unread": 0, "restored": 0}
    return content.model_copy(update=of_itself | {"restored_by": "", "is_unshown": False})


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
    """Return what the newest file asks for, as it was read when it was shown. Raises KeyError where there is none."""
    return ImportedPlan.model_validate((await latest_revisions(session, plan))[IMPORTED].content)


async def begin_imported_change(session: AsyncSession, plan: Plan, steps: Sequence[Step], level: str) -> Change:
    """Lay out the steps of a file that came after a delivery, on a branch of its own; repeated, it does nothing.

    A task of a checklist that is as it was delivered keeps its evidence; a PLAN.md is taken as a whole.
    """
    given = await imported_plan_of(session, plan)
    is_own = not await is_imported(session, plan)
    change = await open_change(session, plan, by_file=is_own)
    done = {step.title for step in await every_step(session, plan.id) if step.state == TaskState.DONE}
    untouched = {title for before in await delivered_tasks(session, plan) for title in same_tasks(before, given)} & done
    touched = {task.number for task in given.tasks if task.title not in untouched}
    await lay_out_steps(session, plan, steps, touched, level)
    return change


async def delivered_tasks(session: AsyncSession, plan: Plan) -> list[ImportedPlan]:
    """Return what was delivered as files ask for it: the file before, and a task plan of the plan's own."""
    found = []
    if (row := await review_delivered(session, plan, IMPORTED)) is not None:
        seen = {IMPORTED: documents_of(row)[IMPORTED].revision}
        found.append(ImportedPlan.model_validate((await revisions_at(session, plan, seen))[IMPORTED].content))
    if not await is_imported(session, plan) and (own := await own_tasks(session, plan)) is not None:
        found.append(own)
    return found


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
