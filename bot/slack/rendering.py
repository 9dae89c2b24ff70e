"""From an outbox row to a message: what the store holds at the moment of sending is what people see."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.entities.entity_specs import EntitySpecs
from bot.slack.blocks.card import card
from bot.slack.blocks.change import change, closed, hand_edit
from bot.slack.blocks.edited import edited, edits_told
from bot.slack.blocks.files import exported, report_on_files
from bot.slack.blocks.given_plan import checkpoint, given_review
from bot.slack.blocks.notices import delivered, notice, problem, unchanged
from bot.slack.blocks.questions import questions
from bot.slack.blocks.rendered import NATIVE, Rendered
from bot.slack.blocks.review import Deciding, review, state_of, was_built
from bot.slack.blocks.review_lists import Seen
from bot.slack.blocks.waiting import waiting
from bot.slack.drawn import entity_picture
from bot.slack.plan_pages import NO_PAGES, PlanPages
from bot.slack.texts import MOST_CHARACTERS, length_of, render, sections
from bot.slack.timely import TIMELY, render_timely
from bot.store.tables import OutboxItem, Plan, Review
from bot.workflow.approvals import approved_by, at_gate, given, given_to, lapsed_approvals, shown_now
from bot.workflow.approving import approvers
from bot.workflow.asked import asked_of_change, asked_of_review, asked_since
from bot.workflow.changes import change_numbered
from bot.workflow.channel_settings import settings_changed_by
from bot.workflow.checkpoints import checkpoint_numbered, open_checkpoint
from bot.workflow.documents import IMPORTED, documents_at, load_documents
from bot.workflow.dropped_files import message_files
from bot.workflow.edits import edit_of, open_edits
from bot.workflow.exports import export_of
from bot.workflow.hand_edits import hand_edit_numbered
from bot.workflow.imports import imported_plan_of
from bot.workflow.messages import MessageKind
from bot.workflow.notes import notes_for_later
from bot.workflow.overview import overview
from bot.workflow.people import participants
from bot.workflow.policy import policy_of
from bot.workflow.reviews import (
    ReviewContent,
    compared_with,
    documents_of,
    is_delivered,
    review_delivered,
    review_of,
    unshown_before,
)
from bot.workflow.rounds import questions_of_round
from bot.workflow.stages import Hold, PlanStage
from bot.workflow.untaken_answers import untaken_answers
from bot.workflow.waiting import is_waiting

__all__ = ["private_view", "render_item"]

MOST_BLOCKS = 50
"""Blocks that Slack takes in one message."""


async def render_item(
    session: AsyncSession,
    item: OutboxItem,
    plan: Plan | None,
    pages: PlanPages = NO_PAGES,
    closed: Collection[str] = (),
) -> Rendered | None:
    """Return the message that an outbox row stands for, or None where there is nothing to show any more.

    ``pages`` gives the addresses of a plan's pages; ``closed`` are the private channels without the person whom a
    message is for.
    """
    if item.kind in TIMELY:
        return await render_timely(session, item, plan, closed, pages)
    return await render_of_plan(session, item, plan, pages) if plan is not None else None


async def render_of_plan(session: AsyncSession, item: OutboxItem, plan: Plan, pages: PlanPages) -> Rendered | None:
    """Return a message in a plan's thread; None where there is nothing to show any more."""
    if item.kind == MessageKind.CARD:
        return card(pages.shown(await overview(session, plan)), pages)
    if item.kind == MessageKind.DELIVERED:
        return await render_delivered(session, plan, pages)
    if item.kind in {MessageKind.CHANGE, MessageKind.CLOSED}:
        return await render_change(session, item, plan, pages)
    render_kind = OF_PLANS.get(item.kind)
    return await render_kind(session, item, plan) if render_kind else None


async def render_delivered(session: AsyncSession, plan: Plan, pages: PlanPages) -> Rendered:
    """Return the news of a delivery: what is open with the files where it belongs, and what waits for a change."""
    view = pages.shown(await overview(session, plan))
    documents = None if view.is_given or not view.left_open else await load_documents(session, plan)
    open_tasks = {task.number: documents.task_plan.task(task.number) for task in view.left_open} if documents else {}
    later = await notes_for_later(session, plan) if plan.stage == PlanStage.DELIVERED else []
    return delivered(view, pages, open_tasks, later)


async def render_questions(session: AsyncSession, item: OutboxItem, plan: Plan) -> Rendered | None:
    """Return a round of questions."""
    rows = await questions_of_round(session, plan, item.subject["round"])
    return questions(plan, rows, await untaken_answers(session, plan))


async def render_problem(session: AsyncSession, item: OutboxItem, plan: Plan) -> Rendered:
    """Return what needs a person; settled once nothing holds the plan."""
    current = plan.hold == Hold.BLOCKED and not item.subject.get("settled")
    return problem(await overview(session, plan), item.subject, current=current)


async def render_notice(session: AsyncSession, item: OutboxItem, plan: Plan) -> Rendered:
    """Return what people should know of the repository."""
    return notice(await overview(session, plan), item.subject)


async def render_waiting(session: AsyncSession, item: OutboxItem, plan: Plan) -> Rendered:
    """Return the way out of waiting for a planner."""
    attempt = int(item.subject["attempt"])
    return waiting(await overview(session, plan), attempt, current=is_waiting(plan, attempt))


async def render_unchanged(session: AsyncSession, item: OutboxItem, plan: Plan) -> Rendered:
    """Return the news that a change changes nothing."""
    return unchanged(await overview(session, plan), item.subject)


async def render_edited(session: AsyncSession, item: OutboxItem, plan: Plan) -> Rendered | None:
    """Return the question what should become of an edited message."""
    edit = await edit_of(session, plan, item.subject["edit"])
    return edited(plan, edit) if edit else None


async def render_change(session: AsyncSession, item: OutboxItem, plan: Plan, pages: PlanPages) -> Rendered:
    """Return the news of a change to what was delivered, or that people closed it."""
    row = await change_numbered(session, plan, item.subject["change"])
    view = await overview(session, plan)
    url = pages.reached(view, row.url)
    if item.kind == MessageKind.CLOSED:
        return closed(pages.shown(view), row, url)
    return change(pages.shown(view), row, url, await asked_of_change(session, plan, row))


async def render_files(session: AsyncSession, item: OutboxItem, plan: Plan) -> Rendered | None:
    """Return the report on files that somebody dropped."""
    return report_on_files(plan, await message_files(session, plan, item.subject["message"]))


async def render_export(session: AsyncSession, item: OutboxItem, plan: Plan) -> Rendered:
    """Return a plan's documents as files."""
    return exported(plan, item.subject, await export_of(session, plan, item.subject["format"]))


async def render_hand_edit(session: AsyncSession, item: OutboxItem, plan: Plan) -> Rendered:
    """Return what people edited by hand in planning files."""
    return hand_edit(plan, await hand_edit_numbered(session, plan, item.subject["edit"]))


async def render_review(session: AsyncSession, item: OutboxItem, plan: Plan) -> Rendered:
    """Return a review as it stands now."""
    row = await review_of(session, plan, item.subject["review"])
    is_built = was_built(plan, row)
    approvals = await (given_to(session, plan, documents_of(row)) if is_built else given(session, plan))
    deciding = await deciding_of(session, plan)
    if IMPORTED in row.documents:
        return given_review(plan, row, await imported_plan_of(session, plan), approvals, deciding)
    documents = await load_documents(session, plan)
    people = await participants(session, plan, row)
    is_new = not await is_delivered(session, plan, await shown_now(session, plan))
    picture = entity_picture(documents.specs, await specs_before(session, plan, row))
    edits = edits_told(await open_edits(session, plan))
    asked = await (asked_since if state_of(plan, row) == "changing" else asked_of_review)(session, plan, row)
    return review(
        plan, row, documents, approvals, deciding, people,
        is_new=is_new, picture=picture, edits=edits, asked=asked, seen=await seen_before(session, plan, row),
    )  # fmt: skip


async def seen_before(session: AsyncSession, plan: Plan, row: Review) -> Seen:
    """Return what people saw in the review before; nothing of one that a file was given for."""
    before = await review_of(session, plan, row.number - 1) if row.number > 1 else None
    if before is None or IMPORTED in before.documents:
        return Seen()
    return Seen.of(before.number, ReviewContent.model_validate(before.content))


async def deciding_of(session: AsyncSession, plan: Plan) -> Deciding:
    """Return who may approve the newest review, and who of them did."""
    allowed = await approvers(session, plan)
    policy = await policy_of(session, plan)
    return Deciding(
        allowed=tuple(allowed),
        approved=tuple(await approved_by(session, plan, allowed)),
        lapsed=tuple(await lapsed_approvals(session, plan, allowed)),
        needed=policy.needed,
        named=policy.is_named,
        changed_by=await settings_changed_by(session, plan),
        gate=tuple(await at_gate(session, plan, allowed)),
        unshown=tuple(await unshown_before(session, plan, plan.review)),
    )


async def render_checkpoint(session: AsyncSession, item: OutboxItem, plan: Plan) -> Rendered | None:
    """Return a question of a build as it stands now."""
    point = await checkpoint_numbered(session, plan, item.subject["round"])
    if point is None:
        return None
    current = point.answer is None and plan.stage == PlanStage.BUILDING
    return checkpoint(plan, point, await approvers(session, plan), current=current)


async def specs_before(session: AsyncSession, plan: Plan, row: Review) -> EntitySpecs | None:
    """Return the entities that a review is compared with, so that a picture marks what changed; None for the first."""
    number = compared_with(plan, row.number)
    if not number:
        return None
    before = await review_delivered(session, plan, "requirements", number) or await review_of(session, plan, number)
    seen = documents_of(before)
    return (await documents_at(session, plan, {name: what.revision for name, what in seen.items()})).specs


async def private_view(session: AsyncSession, plan: Plan, pages: PlanPages = NO_PAGES) -> Rendered:
    """Return a plan as one person is shown it: its card, and what is open, a review or a question of its build.

    The links of the card are good from now on, which those of an old message may not be any more.
    """
    head = card(pages.shown(await overview(session, plan)), pages).without(NATIVE)
    where = sections(render("where", plan=plan))
    below: Sequence[dict[str, Any]] = []
    if plan.stage == PlanStage.IN_REVIEW and plan.run_stage is None:
        subject = {"review": plan.review}
        item = OutboxItem(workspace=plan.workspace, key="", channel=plan.channel, kind="", subject=subject)
        below = (await render_review(session, item, plan)).without(NATIVE).blocks
    elif plan.hold == Hold.WAITING and (point := await open_checkpoint(session, plan)):
        below = checkpoint(plan, point, await approvers(session, plan), current=True).blocks
    return Rendered(text=head.text, blocks=together([*head.blocks, *where], below))


def together(head: list[dict[str, Any]], below: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return both as one message where Slack takes it, else the first alone: nothing is shown in part."""
    blocks = [*head, *below]
    characters = sum(length_of(block) for block in blocks if block["type"] in {"section", "context"})
    return blocks if len(blocks) <= MOST_BLOCKS and characters <= MOST_CHARACTERS else head


type Renderer = Callable[[AsyncSession, OutboxItem, Plan], Awaitable[Rendered | None]]

OF_PLANS: Mapping[str, Renderer] = {
    MessageKind.CHECKPOINT: render_checkpoint,
    MessageKind.QUESTIONS: render_questions,
    MessageKind.REVIEW: render_review,
    MessageKind.PROBLEM: render_problem,
    MessageKind.NOTICE: render_notice,
    MessageKind.UNCHANGED: render_unchanged,
    MessageKind.EDITED: render_edited,
    MessageKind.WAITING: render_waiting,
    MessageKind.FILES: render_files,
    MessageKind.EXPORT: render_export,
    MessageKind.HAND_EDIT: render_hand_edit,
}
"""What renders the messages in a plan's thread, by their kind."""
