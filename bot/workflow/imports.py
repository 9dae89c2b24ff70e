"""Imported plans: a file is reviewed and built as it stands; a newer version of it is a new revision.

Approving and building are two gates here: nobody of this workspace may have written the plan.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.findings import Finding
from bot.documents.fingerprint import fingerprint
from bot.documents.frozen import Frozen
from bot.planning.imported.plan import ImportedPlan
from bot.planning.imported.reading import NotImported, read_imported_plan
from bot.store.tables import DocumentRevision, Plan, Review
from bot.workflow.approvals import Shown, missing, shown, still_needed
from bot.workflow.approving import approvers, begin_build_of, require_approvable, who_can_approve
from bot.workflow.documents import IMPORTED, counted, is_imported, latest_revisions
from bot.workflow.events import record
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.plans import add_message, clean_title, free_handle, plan_of_thread
from bot.workflow.policy import policy_of
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent, VoidedApproval, show_review, void_approvals
from bot.workflow.runs import release
from bot.workflow.stages import Hold, PlanStage

__all__ = [
    "GivenPlan",
    "NewImport",
    "build_approved",
    "imported_plan_of",
    "read_given",
    "revise_imported_plan",
    "start_imported_plan",
]

LONGEST_NAME = 60
TICKED = re.compile(r"(?m)^([ \t]*(?:[-*+]|\d{1,6}[.)])[ \t]+\[)[xX~-](?=\])")


class GivenPlan(Frozen):
    """A file that was read: what it asks for, and what there is to say about it."""

    plan: ImportedPlan
    findings: tuple[Finding, ...] = ()


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


async def revise_imported_plan(session: AsyncSession, plan: Plan, given: GivenPlan, person: str, key: str) -> Review:
    """Take a newer version of the file as a new revision; approvals of the one before are void. Raises Refused."""
    if not await is_imported(session, plan):
        raise Refused(f"*{plan.title}* was not begun with a file, so no file takes its place. Say what should change.")
    if plan.stage != PlanStage.IN_REVIEW:
        raise Refused(
            f"*{plan.title}* is {plan.stage}; a newer version can be taken while it is in review. "
            "Begin a plan of its own with this file."
        )
    newest = (await latest_revisions(session, plan))[IMPORTED]
    if newest.fingerprint == print_of(given.plan):
        raise Refused(f"This is the file that *{plan.title}* has already; nothing changed.")
    await add_message(session, plan, person, f"A newer version of {file_name(given.plan)}.", key, "change")
    record(session, plan, person, "change requested", key, review=plan.review)
    if plan.hold == Hold.BLOCKED:
        await release(session, plan, person, key)
    return await show_for_review(session, plan, given)


async def show_for_review(session: AsyncSession, plan: Plan, given: GivenPlan) -> Review:
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
    content = ReviewContent(findings=given.findings, changes=tuple(revision.changes), voided=tuple(voided))
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


def print_of(plan: ImportedPlan) -> str:
    """Return the fingerprint of a plan: ticks left out, since the work changes them and not what was approved."""
    return fingerprint(TICKED.sub(r"\1 ", plan.text))


def what_changed(before: ImportedPlan, after: ImportedPlan) -> list[str]:
    """Return sentences about what a newer version changes."""
    old, new = {task.title: task for task in before.tasks}, {task.title: task for task in after.tasks}
    told = counted(len(new.keys() - old.keys()), len(old.keys() - new.keys()), "task", "tasks")
    ignored = {"number": "", "ticked_elsewhere": False}
    edited = [
        title
        for title in old
        if title in new and old[title].model_copy(update=ignored) != new[title].model_copy(update=ignored)
    ]
    told += [f"changed: {title}" for title in edited]
    return told or ["only what stands beside the tasks"]


def file_name(plan: ImportedPlan) -> str:
    """Return the name of the file as it can be shown in a line."""
    return " ".join(plan.file.rpartition("/")[2].split())[:LONGEST_NAME]
