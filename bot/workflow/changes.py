"""Changes to what was delivered: worked out in the thread, built on a branch beside people's work, merged by them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.tasks.task_plan import TaskPlan
from bot.store.tables import Change, DocumentRevision, Plan, PlanQuestion, Review, Step, now
from bot.workflow.approvals import shown
from bot.workflow.approving import approvers, mentions
from bot.workflow.builds import StepKind, every_step, is_of_file, own_steps, steps_by, steps_of
from bot.workflow.documents import (
    DOCUMENT_TITLES,
    IMPORTED,
    Documents,
    documents_at,
    keep_revisions,
    latest_revisions,
    revisions_at,
)
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.heard import forget_messages
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.names import clean_title
from bot.workflow.notices import Notice, settle_notice, tell_notice
from bot.workflow.plans import add_message
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent, documents_of, review_delivered, review_of, void_approvals
from bot.workflow.runs import want_run
from bot.workflow.scrubbed_imports import givers
from bot.workflow.stages import PlanStage, move

__all__ = [
    "ask_merge",
    "asked_merge",
    "back_to_delivered",
    "change_numbered",
    "delivered_documents",
    "is_output_of_ours",
    "lay_out_change",
    "lay_out_steps",
    "note_base",
    "note_merged",
    "note_moved",
    "note_pushed",
    "offer_change",
    "open_change",
    "pure_output_before",
    "replace_steps",
    "steps_before",
    "unmerged_before",
]


AS_DELIVERED = "The file as it was delivered."
MOVED = (
    "people pushed to {branch} since change {number} was shown at {seen}, so nothing was merged. `See what is new` in "
    "its message above; if it is right, press `Merge` again, and the branch is merged as it is now, at {tip}."
)


async def delivered_documents(session: AsyncSession, plan: Plan) -> Documents:
    """Return the plan's own documents as they were delivered last, whatever file was delivered since."""
    row = await review_delivered(session, plan, "requirements")
    seen = documents_of(row or await review_of(session, plan, plan.delivered_review))
    return await documents_at(session, plan, {name: what.revision for name, what in seen.items()})


async def back_to_delivered(session: AsyncSession, plan: Plan) -> None:
    """Keep what was delivered as the newest revisions; the next change is said about it."""
    own = await review_delivered(session, plan, "requirements")
    delivered = own or await review_of(session, plan, plan.delivered_review)
    before = await latest_revisions(session, plan)
    newest = await delivered_again(session, plan, before, is_own=own is not None)
    changed = [name for name in newest if newest[name].revision != before[name].revision]
    await void_approvals(session, plan, changed)
    content = ReviewContent.model_validate(delivered.content)
    if own is not None:  # no planner hears of files, and who gave each is told by their order
        await forget_messages(session, plan, content.heard_changes)
    said_anew = {"changes": (), "radius": None, "voided": (), "is_unshown": True}
    plan.review += 1
    plan.delivered_review = plan.review
    plan.title = clean_title(content.proposal.title if content.proposal else "") or plan.title
    session.add(
        Review(
            workspace=plan.workspace,
            plan_id=plan.id,
            number=plan.review,
            documents={name: shown(row).model_dump() for name, row in newest.items()},
            content=content.model_copy(update=said_anew).model_dump(mode="json"),
        )
    )
    await session.flush()


async def delivered_again(
    session: AsyncSession, plan: Plan, before: Mapping[str, DocumentRevision], *, is_own: bool
) -> dict[str, DocumentRevision]:
    """Keep what was delivered as the newest revisions, where the newest ones ``before`` are others; return them.

    ``is_own``: of a plan that has documents of its own, these.
    """
    if is_own:
        newest = await keep_revisions(session, plan, await delivered_documents(session, plan))
        return {name: newest[name] for name in DOCUMENT_TITLES}
    seen = documents_of(await review_of(session, plan, plan.delivered_review))[IMPORTED]
    given = (await revisions_at(session, plan, {IMPORTED: seen.revision}))[IMPORTED]
    if given.fingerprint == before[IMPORTED].fingerprint:
        return {IMPORTED: before[IMPORTED]}
    values = given.model_dump(exclude={"id", "at"}) | {"revision": before[IMPORTED].revision + 1, "changes": []}
    again = DocumentRevision(**values)
    session.add(again)
    giver = (await givers(session, plan))[given.revision - 1]
    await add_message(session, plan, giver, AS_DELIVERED, f"delivered again/{again.revision}", "change")
    await session.flush()
    return {IMPORTED: again}


async def open_change(session: AsyncSession, plan: Plan, *, by_file: bool = False) -> Change:
    """Return the change that the newest review is about; the first time it gets its number and its branch.

    ``by_file``: it came as a file in a plan that was made from words.
    """
    rows = (await session.scalars(select(Change).where(col(Change.plan_id) == plan.id))).all()
    known = next((row for row in rows if row.review == plan.review), None)
    if known is not None:
        return known
    number = 1 + max((row.number for row in rows), default=0)
    asked_before = select(func.max(col(PlanQuestion.id))).where(col(PlanQuestion.plan_id) == plan.id)
    made = Change(
        workspace=plan.workspace,
        plan_id=plan.id,
        number=number,
        review=plan.review,
        by_file=by_file,
        branch=f"planthread/change-{number}",
        before={
            "review": plan.delivered_review,
            "questions": await session.scalar(asked_before) or 0,
            "steps": [step.model_dump(mode="json") for step in await steps_by(session, plan.id, by_file=by_file)],
        },
    )
    session.add(made)
    await session.flush()
    return made


def steps_before(change: Change) -> list[Step]:
    """Return the steps as they were when a change began, however far its build has come since."""
    return [Step(**row) for row in change.before.get("steps", [])]


async def change_numbered(session: AsyncSession, plan: Plan, number: int) -> Change:
    """Return a change of a plan. Raises Refused for a number that it doesn't have."""
    query = select(Change).where(col(Change.plan_id) == plan.id, col(Change.number) == number)
    found = await session.scalar(query)
    if found is None:
        raise Refused("That change is not one of this plan's. Look at the newest message in the thread.")
    return found


async def unmerged_before(session: AsyncSession, change: Change) -> Change | None:
    """Return the newest change before another that lies on its branch and is not known to be merged."""
    before = select(Change).where(
        col(Change.plan_id) == change.plan_id,
        col(Change.number) < change.number,
        col(Change.url) != "",
        col(Change.merged_commit).is_(None),
        col(Change.forgotten_by) == "",
    )
    return (await session.scalars(before.order_by(col(Change.number).desc()))).first()


async def pure_output_before(session: AsyncSession, plan: Plan, generated: str) -> str:
    """Return what pure output was before changes that were forgotten since, for a commit that holds only theirs."""
    query = select(Change).where(col(Change.plan_id) == plan.id, col(Change.forgotten_by) != "")
    forgotten = {row.generated: row.base_generated for row in (await session.scalars(query)).all()}
    while earlier := forgotten.pop(generated, None):
        generated = earlier
    return generated


async def is_output_of_ours(session: AsyncSession, plan: Plan, first: str | None, generated: str) -> bool:
    """Tell whether builds made a commit of pure output: the ``first`` of the plan, or a change upon one of these.

    Its record says too little: whoever may push to the repository can write one that fits what they put there.
    """
    query = select(Change).where(col(Change.plan_id) == plan.id).order_by(col(Change.number))
    ours = {first} if first else set()
    for change in (await session.scalars(query)).all():
        if change.base_generated in ours and change.generated:
            ours.add(change.generated)
    return generated in ours


async def note_base(
    session: AsyncSession, change_id: int, main: str | None, generated: str | None, pushed: str | None = None
) -> None:
    """Keep what a change is made upon; with None it is fetched anew, since people work on what stood in its way.

    ``pushed`` is what its branch holds meanwhile, for people to merge by hand.
    """
    change = await session.get_one(Change, change_id)
    change.base_main, change.base_generated = main, generated
    change.commit = pushed or change.commit


async def lay_out_change(
    session: AsyncSession, plan: Plan, task_plan: TaskPlan, touched: Collection[str], level: str
) -> None:
    """Lay out the steps of an approved change: what it doesn't touch keeps its evidence; repeated, it does nothing.

    ``touched`` are numbers of tasks of the new plan.
    """
    await lay_out_steps(session, plan, steps_of(plan, task_plan), touched, level)


async def lay_out_steps(
    session: AsyncSession, plan: Plan, fresh: Sequence[Step], touched: Collection[str], level: str
) -> None:
    """Lay out these steps for an approved change, as `lay_out_change` does."""
    if plan.stage == PlanStage.BUILDING:
        return
    move(session, plan, PlanStage.BUILDING, PLANTHREAD)
    plan.level = level
    by_file = await is_of_file(session, plan.id)
    keep_evidence(await (every_step if by_file else own_steps)(session, plan.id), fresh, touched)
    await replace_steps(session, plan, fresh, by_file=by_file)
    await refresh_card(session, plan)


async def replace_steps(session: AsyncSession, plan: Plan, fresh: Iterable[Step], *, by_file: bool) -> None:
    """Put steps in the place of those of their kind."""
    await session.execute(delete(Step).where(col(Step.plan_id) == plan.id, col(Step.by_file).is_(by_file)))
    for step in fresh:
        step.by_file = by_file
        session.add(step)
    await session.flush()


def keep_evidence(old: Sequence[Step], fresh: Sequence[Step], touched: Collection[str]) -> None:
    """Give new steps the evidence of those of the same title, unless a change touches them or their phase."""
    known = {(StepKind.of(step), step.title): step for step in old}
    anew = {step.phase for step in fresh if StepKind.of(step) == StepKind.TASK and step.number in touched}
    for step in fresh:
        before = known.get((StepKind.of(step), step.title))
        is_touched = step.phase in anew if StepKind.of(step) == StepKind.PHASE else step.number in touched
        if before is None or is_touched or StepKind.of(step) == StepKind.DOCUMENTS:
            continue
        step.state, step.commit, step.evidence, step.at = before.state, before.commit, before.evidence, before.at


async def note_pushed(session: AsyncSession, change_id: int, commit: str) -> None:
    """Keep what the branch of a change holds while it is being built."""
    (await session.get_one(Change, change_id)).commit = commit


async def offer_change(
    session: AsyncSession,
    plan: Plan,
    change_id: int,
    merge: str,
    commit: str,
    url: str,
    *,
    merges_here: bool,
    generated: str | None = None,
) -> None:
    """Say that a change lies on its branch for people to merge; the plan is delivered again.

    ``generated`` is what the branch of pure output holds with it.
    """
    change = await session.get_one(Change, change_id)
    change.merge, change.commit, change.url, change.merges_here = merge, commit, url, merges_here
    change.generated = generated
    record(session, plan, PLANTHREAD, "change offered", number=change.number, commit=commit, url=url)
    move(session, plan, PlanStage.DELIVERED, PLANTHREAD)
    plan.delivered_at = now()
    plan.delivered_review = plan.review
    plan.run_stage = None
    await announce(session, plan, MessageKind.CHANGE, str(change.number), change=change.number)
    await refresh_card(session, plan)


async def ask_merge(session: AsyncSession, plan: Plan, number: int, person: str, key: str, commit: str) -> str:
    """Have the commit merged that was shown with the button; returns a sentence for the person.

    A button that showed another commit than the change has now merges nothing, and is drawn anew. Raises Refused for
    those who may not approve.
    """
    change = await change_numbered(session, plan, number)
    if change.merged_commit is not None or change.forgotten_by:
        raise Refused(f"Change {number} is {'forgotten' if change.forgotten_by else 'merged already'}.")
    allowed = await approvers(session, plan)
    if person not in allowed:
        raise Refused(f"{mentions(allowed) or 'Nobody here'} can merge this change: who may approve the plan.")
    if plan.run_stage is not None or not change.url:
        raise Refused(f"*{plan.title}* is busy right now ({plan.stage}). Press `Merge` again when that is done.")
    if commit != change.commit:
        await announce(session, plan, MessageKind.CHANGE, str(number), change=number)
        await refresh_card(session, plan)
        return (
            f"That button is older than what change {number} holds now; nothing was merged. Look at its message again, "
            "then press `Merge` there."
        )
    change.merged_by, change.merge_asked_at = person, now().replace(microsecond=0)
    record(session, plan, person, "merge asked", key, number=number, commit=commit)
    want_run(plan, Stage.MERGE)
    return f"Asked for: its message here says when change {number} is merged."


async def asked_merge(session: AsyncSession, plan: Plan) -> Change | None:
    """Return the change that somebody asked to be merged last and that is not merged yet."""
    asked = select(Change).where(
        col(Change.plan_id) == plan.id, col(Change.merge_asked_at).is_not(None), col(Change.merged_commit).is_(None)
    )
    return (await session.scalars(asked.order_by(col(Change.merge_asked_at).desc()))).first()


async def note_merged(session: AsyncSession, plan: Plan, change_id: int, commit: str) -> None:
    """Keep that the main branch holds a change."""
    change = await session.get_one(Change, change_id)
    change.merged_commit = commit
    plan.pushed_commit = commit
    plan.run_stage = None
    record(session, plan, change.merged_by or PLANTHREAD, "merged", number=change.number, commit=commit)
    await settle_notice(session, plan, Notice.MERGE, f"change {change.number} is merged as it was shown last.")
    await announce(session, plan, MessageKind.CHANGE, str(change.number))
    await refresh_card(session, plan)


async def note_moved(session: AsyncSession, plan: Plan, change_id: int, tip: str, url: str) -> None:
    """Keep that people pushed to a change's branch after it was shown: nothing is merged until they looked again.

    ``tip`` is what the branch holds now, ``url`` where all of it is shown.
    """
    change = await session.get_one(Change, change_id)
    seen = change.commit or ""
    change.seen, change.commit, change.url = change.commit, tip, url
    change.merged_by, change.merge_asked_at = "", None
    plan.run_stage = None
    record(session, plan, PLANTHREAD, "merge refused", number=change.number, seen=seen, tip=tip)
    said = MOVED.format(branch=change.branch, number=change.number, seen=seen[:7], tip=tip[:7])
    await tell_notice(session, plan, Notice.MERGE, said)
    await announce(session, plan, MessageKind.CHANGE, str(change.number), change=change.number)
    await refresh_card(session, plan)
