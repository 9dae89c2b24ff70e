"""A change that changes no document opens no review: people are told why, and the review that they have stands."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.fingerprint import fingerprint
from bot.documents.naming import plural, snake_case
from bot.planning.built_in.words.vocabulary import plainly, spoken
from bot.planning.conversation import Conversation, Proposal
from bot.store.tables import Plan
from bot.workflow.approving import approvers
from bot.workflow.documents import Documents, latest_revisions
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.heard import forget_messages
from bot.workflow.kept_files import kept_files
from bot.workflow.messages import MessageKind, announce, refresh_card
from bot.workflow.reviews import ReviewContent, left_so_far, review_of, still_open
from bot.workflow.stages import PlanStage, move

__all__ = ["changes_nothing", "leave_unchanged"]

LONGEST_QUOTE = 200
MOST_QUOTED = 3


async def changes_nothing(
    session: AsyncSession, plan: Plan, documents: Documents, proposal: Proposal, conversation: Conversation
) -> bool:
    """Tell whether a change that was asked for leaves every document, and what else a review decides, as they are.

    Other words for what was said before open a review in any case. So does a change where nobody could approve the
    review that stands: a new one counts who takes part by now.
    """
    if not plan.review:
        return False
    content = ReviewContent.model_validate((await review_of(session, plan, plan.review)).content)
    if len(conversation.changes) <= content.heard_changes:
        return False
    if content.kept != await kept_files(session, plan):
        return False
    newest, texts = await latest_revisions(session, plan), documents.texts()
    if any(name not in newest or newest[name].fingerprint != fingerprint(text) for name, text in texts.items()):
        return False
    is_same = set(proposal.risks) <= set(content.risks)
    return is_same and bool(await approvers(session, plan))


async def leave_unchanged(session: AsyncSession, plan: Plan, proposal: Proposal, conversation: Conversation) -> None:
    """Tell in the thread that nothing changes and why; the change is not asked of planners again."""
    content = ReviewContent.model_validate((await review_of(session, plan, plan.review)).content)
    changes = conversation.changes[content.heard_changes :]
    asked = changes[-1] if changes else None
    said = [plainly(change.text) for change in changes]
    unread = still_open(proposal.unread, await left_so_far(session, plan))
    new = {piece for piece in unread if piece not in content.unread}
    fresh = [one for one in proposal.unread if one in new or any(plainly(one) in text for text in said)]
    await forget_messages(session, plan, content.heard_changes)
    plan.run_stage = None
    record(session, plan, PLANTHREAD, "nothing changed", number=plan.review, unread=len(fresh))
    if plan.stage == PlanStage.GATHERING:
        move(session, plan, PlanStage.IN_REVIEW, PLANTHREAD)
    if plan.delivered_review == plan.review:
        move(session, plan, PlanStage.DELIVERED, PLANTHREAD)
    thing = next((spoken(plural(snake_case(one.name))) for one in proposal.specs.entities), "books")
    said_last = asked.text if asked else ""
    subject: dict[str, str | int] = {
        "review": plan.review,
        "person": asked.author if asked else plan.starter,
        "sentence": reason(fresh, said_last, thing, can_undo=plan.review - plan.delivered_review > 1),
    }
    await announce(session, plan, MessageKind.UNCHANGED, f"{plan.run_attempt}", **subject)
    await announce(session, plan, MessageKind.REVIEW, str(plan.review))
    await refresh_card(session, plan)


def reason(unread: list[str], asked: str, thing: str = "books", *, can_undo: bool) -> str:
    """Return why a change changes nothing: what could not be read, or that the plan says it already.

    ``thing``: what the plan has several of, for an example.
    ``can_undo``: there is a change before it that could be taken back.
    """
    if unread:
        pieces = ", ".join(f"“{piece[:LONGEST_QUOTE]}”" for piece in unread[:MOST_QUOTED])
        undo = "; `undo` takes the last change back" if can_undo else ""
        return f"I could not read {pieces}. Say it in other words, such as `add a note to {thing}`{undo}."
    quoted = f" “{asked[:LONGEST_QUOTE]}”" if asked else " that"
    return f"The plan says{quoted} already, as far as I understand it."
