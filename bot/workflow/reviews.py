"""Reviews: what people are shown, and approvals bound to plan, document, revision and fingerprint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.findings import Finding, has_errors
from bot.documents.frozen import Frozen
from bot.generation.blast_radius import BlastRadius
from bot.planning.conversation import Proposal
from bot.planning.greetings import Pleasantry, pleasantry
from bot.planning.vocabulary import is_you_decide
from bot.store.tables import (
    Approval,
    DocumentRevision,
    OutboxItem,
    Plan,
    Review,
    now,
)
from bot.workflow.approvals import (
    Shown,
    approved_by,
    at_gate,
    lapsed_approvals,
    missing,
    other_gate,
    shown,
    shown_now,
    standing,
    still_needed,
)
from bot.workflow.documents import (
    DOCUMENT_TITLES,
    TITLES,
    Documents,
    is_imported,
    keep_revisions,
    latest_revisions,
)
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.kept_files import KeptFile, kept_files
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.people import gone_among, members_among, participants
from bot.workflow.plans import LONGEST_TEXT, Said, add_message, clean_title
from bot.workflow.policy import ApprovalPolicy, policy_of
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.runs import release, want_run
from bot.workflow.stages import Capability, Hold, PlanStage, allows, move

__all__ = [
    "ReviewContent",
    "Shown",
    "VoidedApproval",
    "approve",
    "approved_by",
    "approved_document",
    "approvers",
    "at_gate",
    "begin_build_of",
    "documents_of",
    "is_delivered",
    "lapsed_approvals",
    "mentions",
    "missing",
    "open_review",
    "request_changes",
    "require_approvable",
    "require_newest",
    "review_of",
    "review_posted_before",
    "shown",
    "shown_now",
    "still_needed",
    "void_approvals",
    "waiting_approvers",
    "who_can_approve",
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
    session.add(review)
    if plan.stage == PlanStage.GATHERING:
        move(session, plan, PlanStage.IN_REVIEW, PLANTHREAD)
    record(session, plan, PLANTHREAD, "review", number=plan.review)
    if plan.review > 1:
        await announce(session, plan, MessageKind.REVIEW, str(plan.review - 1))
    await announce(session, plan, MessageKind.REVIEW, str(plan.review), review=plan.review)
    await refresh_card(session, plan)
    return review


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


async def approvers(session: AsyncSession, plan: Plan) -> list[str]:
    """Return who may approve the newest review: whom the channel named, else who took part before it, but no guests.

    Who left the workspace is not among them.
    """
    review = await review_of(session, plan, plan.review)
    members = await members_among(session, plan, await participants(session, plan, review))
    allowed = (await policy_of(session, plan)).allowed(plan.starter, members)
    gone = await gone_among(session, plan.workspace, allowed)
    return [person for person in allowed if person not in gone]


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
    given = await is_imported(session, plan)
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


async def waiting_approvers(session: AsyncSession, plan: Plan) -> list[str]:
    """Return whose approval a review waits for; where enough approved already, any of them who may lets it begin."""
    allowed = await approvers(session, plan)
    approved = await approved_by(session, plan, allowed)
    rest = [person for person in allowed if person not in approved]
    return rest if await missing(session, plan, allowed) else [*approved, *rest]


async def approved_document(session: AsyncSession, plan: Plan, document: str) -> tuple[str, ...]:
    """Return who approved one document as it is now, in the order in which they did.

    What was delivered keeps its approvals in words, also where a change that voided them was taken back since.
    """
    counted: Sequence[ColumnElement[bool]] = standing(plan)
    if plan.stage == PlanStage.DELIVERED and (newest := (await latest_revisions(session, plan)).get(document)):
        counted = col(Approval.plan_id) == plan.id, col(Approval.fingerprint) == newest.fingerprint
    rows = await session.scalars(
        select(Approval).where(col(Approval.document) == document, *counted).order_by(col(Approval.id))
    )
    return tuple(dict.fromkeys(row.person for row in rows.all()))


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


async def is_delivered(session: AsyncSession, plan: Plan, current: Mapping[str, Shown]) -> bool:
    """Tell whether documents are, word for word, what was delivered last."""
    if not plan.delivered_review:
        return False
    delivered = documents_of(await review_of(session, plan, plan.delivered_review))
    return {name: what.fingerprint for name, what in delivered.items()} == {
        name: what.fingerprint for name, what in current.items()
    }


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
        sentences += content.changes
    what = "; ".join(sentences[:6]) or "nothing in the documents"
    return (
        f"You were looking at review {number}. Review {plan.review} changes: {what}. Have a look at it, then approve."
    )


def require_newest(plan: Plan, number: int) -> None:
    """Raise Refused where a change can't be asked for at this review: another stage, or a newer review."""
    if not allows(plan, Capability.REQUEST_CHANGES):
        raise Refused(f"*{plan.title}* is {plan.stage}. Changing it now is not possible yet.")
    if number != plan.review:
        raise Refused(f"That was review {number}; review {plan.review} is the newest. Please ask for the change there.")


async def request_changes(
    session: AsyncSession,
    plan: Plan,
    number: int,
    text: str,
    person: str,
    key: str,
    said: Said | None = None,
    longest: int = LONGEST_TEXT,
) -> None:
    """Take a sentence about what should be different; a new revision follows. Raises Refused.

    ``said`` is the message in which somebody wrote it, where the person who asks for the change points to one;
    ``longest``: characters of it that are kept.
    """
    require_newest(plan, number)
    if await is_imported(session, plan):
        raise Refused(
            f"*{plan.title}* is built as its file says. Change the file, and drop the newer version in this thread."
        )
    if pleasantry(text) == Pleasantry.THANKS:
        raise Refused("You're welcome! Nothing was changed. To change something, say what should be different.")
    if not text.strip() or pleasantry(text) or is_you_decide(text):
        raise Refused("Say in a sentence what should be different, such as `add pages to books`.")
    message = said or Said(author=person, text=text, key=key)
    await add_message(session, plan, message.author, message.text, message.key, kind="change", longest=longest)
    record(session, plan, person, "change requested", key, review=number)
    if plan.stage == PlanStage.DELIVERED:
        move(session, plan, PlanStage.IN_REVIEW, person, key)
    if plan.hold == Hold.BLOCKED:
        await release(session, plan, person, key)
    want_run(plan, Stage.PLAN)
    await announce(session, plan, MessageKind.REVIEW, str(number))
    await refresh_card(session, plan)


def mentions(people: Sequence[str]) -> str:
    """Return people as Slack mentions, such as ``<@U1> or <@U2>``."""
    return " or ".join(f"<@{person}>" for person in people)
