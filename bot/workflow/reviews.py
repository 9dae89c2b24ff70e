"""Reviews: what people are shown of a plan's documents, and of what they are to approve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.findings import Finding
from bot.documents.frozen import Frozen
from bot.generation.blast_radius import BlastRadius
from bot.planning.built_in.words.vocabulary import plainly
from bot.planning.conversation import Proposal
from bot.store.tables import Approval, Change, DocumentRevision, OutboxItem, Plan, Review, now
from bot.workflow.approvals import Shown, shown, standing
from bot.workflow.documents import (
    DOCUMENT_TITLES,
    TITLES,
    Documents,
    keep_revisions,
    latest_revisions,
    revisions_at,
    what_changed,
)
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.heard import Heard, heard_now
from bot.workflow.kept_files import KeptFile, kept_files, left_files
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.names import take_title
from bot.workflow.refusals import Refused
from bot.workflow.stages import PlanStage, move

__all__ = [
    "ReviewContent",
    "VoidedApproval",
    "compared_with",
    "documents_of",
    "is_delivered",
    "left_so_far",
    "new_revisions",
    "open_review",
    "review_delivered",
    "review_of",
    "review_posted_before",
    "show_review",
    "still_open",
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
    left_out: tuple[str, ...] = ()
    """What people said to leave out of these."""
    unread_before: tuple[str, ...] = ()
    """What was delivered without these already."""
    findings: tuple[Finding, ...] = ()
    changes: tuple[str, ...] = ()
    """What is different since the review before."""
    since_delivery: tuple[str, ...] | None = None
    """What is different from what was delivered; None where that is the review before, and before a delivery."""
    untouched: tuple[str, ...] = ()
    """Documents that are as they were: in what was delivered, or else in the review before."""
    custom: tuple[str, ...] = ()
    radius: BlastRadius | None = None
    """What it touches, compared with what was delivered, or else with the review before; None for the first."""
    voided: tuple[VoidedApproval, ...] = ()
    """Approvals that count no more since then."""
    risks: tuple[str, ...] = ()
    proposal: Proposal | None = None
    """What the planner decided: the next change is said about it. None in reviews of older versions."""
    heard_changes: int = 0
    """How many of the plan's changes the proposal holds."""
    kept: tuple[KeptFile, ...] = ()
    """Files that come with the repository as they are."""
    files_there: tuple[str, ...] = ()
    """Files of the delivered repository that the tasks of a given plan write."""
    files_edited: tuple[str, ...] = ()
    """Those of them that people have edited."""
    forgotten_by: str = ""
    """Who took the change back that it was about."""
    restored: int = 0
    """The review that people went back to; 0 where it holds what was said last."""
    restored_by: str = ""
    heard: Heard | None = None
    """What its proposal came from; None in reviews of older versions."""
    is_unshown: bool = False
    """Whether nobody was shown it: it keeps what was delivered as the newest, after a change was forgotten."""
    left_files: tuple[int, ...] = ()
    """Rows of dropped files that are not kept any more."""


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

    ``radius`` is what it touches; ``heard_changes`` counts the asked changes that the proposal holds.
    """
    left = await left_so_far(session, plan)
    unread, fresh = await newest_first(session, plan, still_open(proposal.unread, left))
    shown, told = await new_revisions(session, plan, documents)
    kept = await kept_files(session, plan)
    await take_title(session, plan, proposal.title)
    plan.review += 1
    content = ReviewContent(
        decisions=proposal.decisions,
        assumptions=proposal.assumptions,
        unread=unread,
        fresh_unread=fresh,
        findings=tuple(findings),
        custom=tuple(behaviour.title for behaviour in proposal.custom),
        radius=radius,
        risks=proposal.risks,
        proposal=proposal,
        heard_changes=heard_changes,
        kept=kept,
        heard=await heard_now(session, plan),
        left_files=await left_files(session, plan),
        **left,
    )
    review = Review(
        workspace=plan.workspace,
        plan_id=plan.id,
        number=plan.review,
        documents=shown,
        content=content.model_copy(update=told).model_dump(mode="json"),
    )
    await show_review(session, plan, review)
    return review


async def new_revisions(
    session: AsyncSession, plan: Plan, documents: Documents
) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """Keep new revisions of what changed, and void the approvals of it.

    Returns what a review of them shows, and what its content tells of the difference.
    """
    before, delivered = await latest_revisions(session, plan), await revisions_delivered(session, plan)
    newest = await keep_revisions(session, plan, documents)
    differ = differing(delivered or before, newest)
    changed = [name for name in DOCUMENT_TITLES if name in before and newest[name].revision != before[name].revision]
    since = told({name: what_changed(name, delivered[name], documents) for name in differ}) if delivered else None
    difference = {
        "changes": told({name: newest[name].changes for name in changed}),
        "since_delivery": since,
        "untouched": tuple(title for name, title in DOCUMENT_TITLES.items() if name in before and name not in differ),
        "voided": await void_approvals(session, plan, changed),
    }
    return {name: shown(newest[name]).model_dump() for name in DOCUMENT_TITLES}, difference


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


async def left_so_far(session: AsyncSession, plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return what people said to leave out of what could not be read, and what was delivered without it already."""
    if not plan.review:
        return {}
    newest = ReviewContent.model_validate((await review_of(session, plan, plan.review)).content)
    row = await review_delivered(session, plan, "requirements") if plan.delivered_review else None
    delivered = ReviewContent.model_validate(row.content) if row else ReviewContent()
    before = [one for one in (*delivered.unread, *delivered.unread_before) if one not in newest.left_out]
    return {"left_out": newest.left_out, "unread_before": tuple(dict.fromkeys(before))}


def still_open(unread: Sequence[str], left: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what could not be read without what is no longer open: it was left out, or delivered without it."""
    closed = [plainly(piece) for pieces in left.values() for piece in pieces]
    return [piece for piece in unread if not any(plainly(piece) in one for one in closed)]


async def newest_first(session: AsyncSession, plan: Plan, unread: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """Return what was not understood, what the review before did not hold yet first, and how much of it that is."""
    known: tuple[str, ...] = ()
    if plan.review:
        known = ReviewContent.model_validate((await review_of(session, plan, plan.review)).content).unread
    fresh = [piece for piece in unread if piece not in known]
    return (*fresh, *(piece for piece in unread if piece in known)), len(fresh) if plan.review else 0


async def unshown_before(session: AsyncSession, plan: Plan, number: int) -> list[int]:
    """Return the numbers right before a review's that nobody was shown, in order."""
    first = number
    while first > 1 and (await review_of(session, plan, first - 1)).content.get("is_unshown"):
        first -= 1
    return [*range(first, number)]


def compared_with(plan: Plan, number: int) -> int:
    """Return the review that one is compared with: what was delivered, or else the one before; 0 for the first."""
    return plan.delivered_review if 0 < plan.delivered_review < number else number - 1


async def revisions_delivered(session: AsyncSession, plan: Plan) -> dict[str, DocumentRevision]:
    """Return each document as it was delivered; nothing before a delivery, and where the newest review is that one."""
    if plan.delivered_review in {0, plan.review}:
        return {}
    delivered = await review_delivered(session, plan, "requirements")
    seen = documents_of(delivered) if delivered else {}
    return await revisions_at(session, plan, {name: what.revision for name, what in seen.items()})


def differing(before: Mapping[str, DocumentRevision], newest: Mapping[str, DocumentRevision]) -> list[str]:
    """Return the documents that are not what they were."""
    both = [name for name in DOCUMENT_TITLES if name in before]
    return [name for name in both if newest[name].fingerprint != before[name].fingerprint]


def told(changes: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return what changes in each document; where only the wording does, they are named alone."""
    titles = [DOCUMENT_TITLES[name] for name in changes]
    sentences = zip(titles, changes.values(), strict=True)
    said = tuple(f"{title}: {sentence}" for title, several in sentences for sentence in several)
    return said or ((f"{', '.join(titles)}: only the wording",) if titles else ())


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


async def review_delivered(session: AsyncSession, plan: Plan, document: str, until: int = 0) -> Review | None:
    """Return the review in which a document was delivered last; None where it never was.

    A plan's own documents and files that come after a delivery take turns. ``until`` is the newest review that counts,
    in the place of the one that was delivered last.
    """
    until = until or plan.delivered_review
    reviews = select(Review).where(col(Review.plan_id) == plan.id, col(Review.number) <= until)
    taken_back = select(col(Change.review)).where(col(Change.plan_id) == plan.id, col(Change.forgotten_by) != "")
    forgotten = set((await session.scalars(taken_back)).all())
    for row in (await session.scalars(reviews.order_by(col(Review.number).desc()))).all():
        is_forgotten = row.number in forgotten or row.content.get("forgotten_by")
        if document in row.documents and not is_forgotten:
            return row
    return None


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
    row = await review_delivered(session, plan, next(iter(current), ""))
    if row is None:
        return False
    delivered = documents_of(row)
    return {name: what.fingerprint for name, what in delivered.items()} == {
        name: what.fingerprint for name, what in current.items()
    }
