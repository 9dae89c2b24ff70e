"""What a planner is given: what people said, for which repository, the proposal that changes are about, open points."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.redaction import redact
from bot.planning.conversation import Conversation, Earlier
from bot.planning.existing_repository import is_for_the_planner
from bot.store.tables import Event, Plan
from bot.workflow.changes import delivered_documents
from bot.workflow.documents import IMPORTED
from bot.workflow.events import PLANTHREAD, record
from bot.workflow.plans import load_conversation
from bot.workflow.repositories import repository_of
from bot.workflow.reviews import ReviewContent, review_of

__all__ = ["WORDS_TAKEN", "note_failure", "planning_input"]

WORDS_TAKEN = "words taken"
"""The event after which a plan is thought about anew: what was proposed before came from other words."""
NOT_PLANNED = "not planned"
"""The event of an attempt that ended with findings and without a plan."""
MOST_FINDINGS = 20
LONGEST_FINDING = 500


async def planning_input(session: AsyncSession, plan: Plan) -> Conversation:
    """Return everything that a planner should know of a plan."""
    said, repository = await load_conversation(session, plan), await repository_of(session, plan)
    delivered = (await delivered_documents(session, plan)).specs if plan.delivered_review else None
    conversation = said.model_copy(update={"repository": repository, "delivered": delivered})
    findings = await failed_findings(session, plan)
    if not plan.review or await words_were_taken(session, plan):
        return conversation.model_copy(update={"findings": findings})
    row = await review_of(session, plan, plan.review)
    content = ReviewContent.model_validate(row.content)
    about = content.findings if IMPORTED not in row.documents else ()  # those of a dropped plan are its writer's
    told = [each for each in about if is_for_the_planner(each)][:MOST_FINDINGS]
    found = tuple(f"{each.rule}: {each.message} {each.next_step}" for each in told)
    earlier = Earlier(proposal=content.proposal, changes=content.heard_changes) if content.proposal else None
    return conversation.model_copy(update={"earlier": earlier, "findings": (*found, *findings)})


async def words_were_taken(session: AsyncSession, plan: Plan) -> bool:
    """Tell whether messages were given new words since the last review: what it proposed came from the old ones."""
    newest = (
        select(col(Event.what))
        .where(col(Event.plan_id) == plan.id, col(Event.what).in_((WORDS_TAKEN, "review")))
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    return await session.scalar(newest) == WORDS_TAKEN


async def failed_findings(session: AsyncSession, plan: Plan) -> tuple[str, ...]:
    """Return what the last attempt found wrong and could not mend; nothing once there was a review since."""
    newest = (
        select(Event)
        .where(col(Event.plan_id) == plan.id, col(Event.what).in_((NOT_PLANNED, "review")))
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    event = (await session.scalars(newest)).first()
    return tuple(event.data["findings"]) if event is not None and event.what == NOT_PLANNED else ()


def note_failure(session: AsyncSession, plan: Plan, findings: tuple[str, ...]) -> None:
    """Keep what an attempt could not mend, so that the next one knows what people's replies are about."""
    if findings:
        kept = [redact(finding)[:LONGEST_FINDING] for finding in findings[:MOST_FINDINGS]]
        record(session, plan, PLANTHREAD, NOT_PLANNED, findings=kept)
