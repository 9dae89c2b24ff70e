"""Reviews: what people are shown of a plan's documents, and of what they are to approve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.findings import Finding
from bot.documents.frozen import Frozen
from bot.generation.blast_radius import BlastRadius
from bot.planning.conversation import Proposal
from bot.store.tables import Approval, DocumentRevision, OutboxItem, Plan, Review, now
from bot.workflow.approvals import Shown, shown, standing
from bot.workflow.documents import DOCUMENT_TITLES, TITLES, Documents, keep_revisions, latest_revisions
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.kept_files import KeptFile, kept_files
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.plans import clean_title
from bot.workflow.refusals import Refused
from bot.workflow.stages import PlanStage, move

__all__ = [
    "ReviewContent",
    "VoidedApproval",
    "documents_of",
    "is_delivered",
    "open_review",
    "review_of",
    "review_posted_before",
    "show_review",
    "void_approvals",
]


class VoidedApproval(Frozen):
    """Somebody's approval of a document that has changed since."""

    person: str
    document: str


class ReviewContent(Frozen):
    """What a review tells people before its buttons."""

    decisions: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    """What no planner made anything of; the newest first."""
    fresh_unread: int = 0
    """How many of these were said since the review before."""
    findings: tuple[Finding, ...] = ()
    changes: tuple[str, ...] = ()
    untouched: tuple[str, ...] = ()
    custom: tuple[str, ...] = ()
    radius: BlastRadius | None = None
    """What it touches, compared with the review before; None for the first."""
    voided: tuple[VoidedApproval, ...] = ()
    """Approvals that count no more since then."""
    risks: tuple[str, ...] = ()
    proposal: Proposal | None = None
    """What the planner decided: the next change is said about it. None in reviews of older versions."""
    heard_changes: int = 0
    """How many of the plan's changes the proposal holds."""
    kept: tuple[KeptFile, ...] = ()
    """Files that come with the repository as they are."""
    forgotten_by: str = ""
    """Who took the change back that it was about."""


async def open_review(
    session: AsyncSession,
    plan: Plan,
    proposal: Proposal,
    documents: Documents,
    findings: Sequence[Finding],
    radius: BlastRadius | None = None,
    heard_changes: int = 0,
) -> Review:
    """Keep the new revisions, void approvals of what changed, and have the review posted.

    ``radius`` is what changes since the review before; ``heard_changes`` counts the asked changes that the proposal
    holds.
    """
    unread, fresh = await newest_first(session, plan, proposal.unread)
    before = await latest_revisions(session, plan)
    newest = await keep_revisions(session, plan, documents)
    changed = [name for name in DOCUMENT_TITLES if name in before and newest[name].revision != before[name].revision]
    voided = await void_approvals(session, plan, changed)
    plan.title = clean_title(proposal.title) or plan.title
    plan.review += 1
    review = Review(
        workspace=plan.workspace,
        plan_id=plan.id,
        number=plan.review,
        documents={name: shown(row).model_dump() for name, row in newest.items()},
        content=ReviewContent(
            decisions=proposal.decisions,
            assumptions=proposal.assumptions,
            unread=unread,
            fresh_unread=fresh,
            findings=tuple(findings),
            changes=changes_of([newest[name] for name in changed]),
            untouched=tuple(DOCUMENT_TITLES[name] for name in before if name not in changed),
            custom=tuple(behaviour.title for behaviour in proposal.custom),
            radius=radius,
            voided=voided,
            risks=proposal.risks,
            proposal=proposal,
            heard_changes=heard_changes,
            kept=await kept_files(session, plan),
        ).model_dump(mode="json"),
    )
    await show_review(session, plan, review)
    return review


async def show_review(session: AsyncSession, plan: Plan, review: Review) -> None:
    """Put a new review before people, in the place of the one before."""
    session.add(review)
    if plan.stage == PlanStage.GATHERING:
        move(session, plan, PlanStage.IN_REVIEW, PLANTHREAD)
    record(session, plan, PLANTHREAD, "review", number=plan.review)
    if plan.review > 1:
        await announce(session, plan, MessageKind.REVIEW, str(plan.review - 1))
    await announce(session, plan, MessageKind.REVIEW, str(plan.review), review=plan.review)
    await refresh_card(session, plan)


async def newest_first(session: AsyncSession, plan: Plan, unread: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """Return what was not understood, what the review before did not hold yet first, and how much of it that is."""
    known: tuple[str, ...] = ()
    if plan.review:
        known = ReviewContent.model_validate((await review_of(session, plan, plan.review)).content).unread
    fresh = [piece for piece in unread if piece not in known]
    return (*fresh, *(piece for piece in unread if piece in known)), len(fresh) if plan.review else 0


def changes_of(revisions: Sequence[DocumentRevision]) -> tuple[str, ...]:
    """Return what new revisions change; one whose wording alone changed is named only where nothing else changed."""
    titles = [DOCUMENT_TITLES[row.document] for row in revisions]
    told = tuple(
        f"{title}: {sentence}" for title, row in zip(titles, revisions, strict=True) for sentence in row.changes
    )
    return told or ((f"{', '.join(titles)}: only the wording",) if titles else ())


async def void_approvals(session: AsyncSession, plan: Plan, documents: Sequence[str]) -> tuple[VoidedApproval, ...]:
    """Void the approvals of documents that changed, and only those; return them."""
    query = select(Approval).where(col(Approval.document).in_(documents), *standing(plan)).order_by(col(Approval.id))
    approvals = (await session.scalars(query)).all()
    for approval in approvals:
        approval.voided_at = now()
        record(
            session, plan, PLANTHREAD, "approval voided",
            document=approval.document, revision=approval.revision, person=approval.person,
        )  # fmt: skip
    return tuple(VoidedApproval(person=one.person, document=TITLES[one.document]) for one in approvals)


async def review_of(session: AsyncSession, plan: Plan, number: int) -> Review:
    """Return one review of a plan. Raises Refused for a number that the plan doesn't have."""
    query = select(Review).where(col(Review.plan_id) == plan.id, col(Review.number) == number)
    found = await session.scalar(query)
    if found is None:
        raise Refused("That review is not one of this plan's. Look at the newest one in the thread.")
    return found


def documents_of(review: Review) -> dict[str, Shown]:
    """Return what a review showed, as an approval of it must carry."""
    return {name: Shown.model_validate(value) for name, value in review.documents.items()}


async def review_posted_before(session: AsyncSession, plan: Plan, timestamp: str) -> Review:
    """Return the newest review that stood in the thread when something was said there.

    A word in the thread means what its author could see. Raises Refused when no review had been posted by then.
    """
    query = select(OutboxItem).where(
        col(OutboxItem.plan_id) == plan.id,
        col(OutboxItem.kind) == MessageKind.REVIEW,
    )
    posted = [
        int(item.subject["review"])
        for item in (await session.scalars(query)).all()
        if float(item.message or "inf") < float(timestamp)
    ]
    if not posted:
        raise Refused(f"*{plan.title}* has no review to approve yet. It will be posted in its thread.")
    return await review_of(session, plan, max(posted))


async def is_delivered(session: AsyncSession, plan: Plan, current: Mapping[str, Shown]) -> bool:
    """Tell whether documents are, word for word, what was delivered last."""
    if not plan.delivered_review:
        return False
    delivered = documents_of(await review_of(session, plan, plan.delivered_review))
    return {name: what.fingerprint for name, what in delivered.items()} == {
        name: what.fingerprint for name, what in current.items()
    }
