"""Approving a review: who may, what must hold before it counts, and the build that begins with the last approval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.entities.plain_changes import told_changes
from bot.documents.findings import has_errors
from bot.store.tables import Approval, DocumentRevision, Plan, now
from bot.workflow.approvals import Shown, approved_by, at_gate, missing, other_gate, shown_now, standing, still_needed
from bot.workflow.documents import is_given, latest_revisions
from bot.workflow.events import record
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.people import gone_among, members_among, participants
from bot.workflow.policy import ApprovalPolicy, policy_of
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent, documents_of, is_delivered, review_delivered, review_of
from bot.workflow.runs import want_run
from bot.workflow.stages import Capability, Hold, PlanStage, allows, move

__all__ = [
    "approve",
    "approved_document",
    "approvers",
    "begin_build_of",
    "mentions",
    "require_approvable",
    "waiting_approvers",
    "who_can_approve",
]


async def approvers(session: AsyncSession, plan: Plan) -> list[str]:
    """Return who may approve the newest review: whom the channel named, else who took part before it, but no guests.

    Who left the workspace is not among them.
    """
    review = await review_of(session, plan, plan.review)
    members = await members_among(session, plan, await participants(session, plan, review))
    allowed = (await policy_of(session, plan)).allowed(plan.starter, members)
    gone = await gone_among(session, plan.workspace, allowed)
    return [person for person in allowed if person not in gone]


async def waiting_approvers(session: AsyncSession, plan: Plan) -> list[str]:
    """Return whose approval a review waits for; where enough approved already, any of them who may lets it begin."""
    allowed = await approvers(session, plan)
    approved = await approved_by(session, plan, allowed)
    rest = [person for person in allowed if person not in approved]
    return rest if await missing(session, plan, allowed) else [*approved, *rest]


async def approved_document(
    session: AsyncSession, plan: Plan, document: str, *, as_delivered: bool = False
) -> tuple[str, ...]:
    """Return who approved one document as it is now, or ``as_delivered``, in the order in which they did.

    What was delivered keeps its approvals in words, also where a change that voided them was taken back since.
    """
    counted: Sequence[ColumnElement[bool]] = standing(plan)
    shown: Shown | DocumentRevision | None = None
    if as_delivered and (row := await review_delivered(session, plan, document)):
        shown = documents_of(row)[document]
    elif plan.stage == PlanStage.DELIVERED:
        shown = (await latest_revisions(session, plan)).get(document)
    if shown is not None:
        counted = col(Approval.plan_id) == plan.id, col(Approval.fingerprint) == shown.fingerprint
    rows = await session.scalars(
        select(Approval).where(col(Approval.document) == document, *counted).order_by(col(Approval.id))
    )
    return tuple(dict.fromkeys(row.person for row in rows.all()))


async def approve(
    session: AsyncSession, plan: Plan, number: int, seen: Mapping[str, Shown], person: str, key: str
) -> None:
    """Record the approvals of the documents exactly as the person saw them; with enough of them the build starts.

    Raises Refused, with a sentence for the person, when the review is old, decided, blocked or not theirs to approve.
    """
    current = await require_approvable(session, plan, number, seen)
    allowed = await approvers(session, plan)
    if person not in allowed:
        raise Refused(who_can_approve(allowed, await policy_of(session, plan)))
    stands = select(col(Approval.document)).where(col(Approval.person) == person, *standing(plan))
    approved_before = set((await session.scalars(stands)).all())
    given = await is_given(session, plan)
    if approved_before >= current.keys() and (given or await missing(session, plan, allowed)):
        count = await missing(session, plan, allowed)
        raise Refused(f"You approved this already. {still_needed(count) if count else 'Press `Build` to begin.'}")
    for document, what in current.items():
        if document in approved_before:
            continue
        session.add(
            Approval(
                workspace=plan.workspace,
                plan_id=plan.id,
                document=document,
                revision=what.revision,
                fingerprint=what.fingerprint,
                person=person,
            )
        )
    await session.flush()
    record(session, plan, person, "approved", key, review=number, documents=list(current))
    if not given and not await missing(session, plan, allowed):
        begin_build_of(session, plan, person, key)
    await announce(session, plan, MessageKind.REVIEW, str(number))
    await refresh_card(session, plan)


def begin_build_of(session: AsyncSession, plan: Plan, person: str, key: str) -> None:
    """Have a plan built that enough people approved; what it was approved at dates its commits."""
    plan.approved_at = now().replace(microsecond=0)
    move(session, plan, PlanStage.APPROVED, person, key)
    want_run(plan, Stage.BUILD)


async def require_approvable(
    session: AsyncSession, plan: Plan, number: int, seen: Mapping[str, Shown]
) -> dict[str, Shown]:
    """Return the documents to be approved now, where they may be and were seen as they are. Raises Refused."""
    if plan.stage in {PlanStage.APPROVED, PlanStage.BUILDING, PlanStage.DELIVERED}:
        raise Refused(await already_approved(session, plan))
    if not allows(plan, Capability.APPROVE):
        raise Refused(f"*{plan.title}* is {plan.stage}; there is nothing to approve.")
    if plan.hold is not None:
        way_on = "Press `Resume` on its card" if plan.hold == Hold.PAUSED else "Settle what it needs first"
        raise Refused(f"*{plan.title}* is {plan.hold}. {way_on}, then approve.")
    current = await shown_now(session, plan)
    if number != plan.review or not seen or any(current.get(name) != what for name, what in seen.items()):
        raise Refused(await what_is_newer(session, plan, number))
    asked = await at_gate(session, plan, await approvers(session, plan))
    if not asked.keys() <= seen.keys():
        raise Refused(other_gate(asked, current))
    if await is_delivered(session, plan, current):
        raise Refused("This review changes nothing that was delivered. Say in other words what should be different.")
    if plan.run_stage is not None:
        raise Refused("A change is being worked into this plan right now. The next review will be here in a moment.")
    content = ReviewContent.model_validate((await review_of(session, plan, number)).content)
    if has_errors(content.findings):
        raise Refused("This review has findings that must be mended first. Use `Request changes` and say how.")
    return asked


def who_can_approve(allowed: Sequence[str], policy: ApprovalPolicy) -> str:
    """Tell who may approve a review, or how somebody comes to."""
    if policy.is_named and not allowed:
        return "Nobody who may approve plans of this channel is left. Whoever sets up the channel names somebody else."
    if policy.is_named:
        return f"{mentions(allowed)} can approve plans of this channel."
    if not allowed:
        return "Only guests took part so far. A member who presses `Request changes` can approve the review after it."
    return f"{mentions(allowed)} can approve this plan: who started it, or wrote here before the review."


async def already_approved(session: AsyncSession, plan: Plan) -> str:
    """Tell who was first."""
    query = select(Approval).where(*standing(plan))
    first = (await session.scalars(query.order_by(col(Approval.id)))).first()
    who = f"<@{first.person}> approved it already" if first else "It is approved already"
    return f"{who}: *{plan.title}* is {plan.stage}."


async def what_is_newer(session: AsyncSession, plan: Plan, number: int) -> str:
    """Say what changed since the review that a person looked at."""
    if not 1 <= number < plan.review:
        return "That button doesn't belong to this plan's newest review. Look at the newest one, then approve."
    sentences: list[str] = []
    for later in range(number + 1, plan.review + 1):
        content = ReviewContent.model_validate((await review_of(session, plan, later)).content)
        sentences += told_changes(content.changes)
    what = "; ".join(sentences[:6]) or "nothing in the documents"
    return (
        f"You were looking at review {number}. Review {plan.review} changes: {what}. Have a look at it, then approve."
    )


def mentions(people: Sequence[str]) -> str:
    """Return people as Slack mentions, such as ``<@U1> or <@U2>``."""
    return " or ".join(f"<@{person}>" for person in people)
