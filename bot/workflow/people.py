"""Who takes part in a plan, who of them are guests (they answer questions, but decide nothing), and who left."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.store.tables import ConversationMessage, Person, Plan, PlanQuestion, Review, now
from bot.workflow.forgotten import is_forgotten, not_forgotten

__all__ = ["able_to_act", "gone_among", "keep_person", "members_among", "participants", "took_part"]


async def keep_person(
    session: AsyncSession, workspace: str, person: str, *, guest: bool, gone: bool = False, time_zone: str = ""
) -> None:
    """Keep what Slack said just now: whether a person is a guest or left, and the zone of their clocks.

    A zone that Slack doesn't say leaves the one that is known.
    """
    row = await session.get(Person, (workspace, person)) or Person(workspace=workspace, person=person, guest=guest)
    row.guest, row.gone, row.time_zone, row.at = guest, gone, time_zone or row.time_zone, now()
    session.add(row)


async def members_among(session: AsyncSession, plan: Plan, people: Sequence[str]) -> list[str]:
    """Return the people who are not known as guests, in the same order; nobody who asked to be forgotten."""
    query = select(col(Person.person)).where(
        col(Person.workspace) == plan.workspace, col(Person.person).in_(people), col(Person.guest)
    )
    guests = set((await session.scalars(query)).all())
    return [person for person in not_forgotten(people) if person not in guests]


async def gone_among(session: AsyncSession, workspace: str, people: Collection[str]) -> set[str]:
    """Return who of these people left the workspace, as far as Slack has said so: nobody waits for them.

    Who asked to be forgotten is gone too.
    """
    query = select(col(Person.person)).where(
        col(Person.workspace) == workspace, col(Person.person).in_(people), col(Person.gone)
    )
    forgotten = {person for person in people if is_forgotten(person)}
    return forgotten | set((await session.scalars(query)).all()) if people else set()


async def participants(session: AsyncSession, plan: Plan, review: Review) -> list[str]:
    """Return the starter, and everybody who wrote or answered before a review, guests too."""
    return await took_part(session, plan, review.at)


async def took_part(session: AsyncSession, plan: Plan, until: datetime | None = None) -> list[str]:
    """Return the starter, and everybody who wrote (until a moment) or answered, guests too."""
    messages = select(col(ConversationMessage.author)).where(col(ConversationMessage.plan_id) == plan.id)
    if until is not None:
        messages = messages.where(col(ConversationMessage.at) <= until)
    answers = select(col(PlanQuestion.answered_by)).where(
        col(PlanQuestion.plan_id) == plan.id, col(PlanQuestion.answer).is_not(None)
    )
    people = [plan.starter, *(await session.scalars(messages)).all(), *(await session.scalars(answers)).all()]
    return list(dict.fromkeys(person for person in people if person))


async def able_to_act(session: AsyncSession, plan: Plan) -> list[str]:
    """Return who moves a plan on that waits for nobody by name: its starter, or once they left, who took part.

    Of these the members; guests where nobody else is left.
    """
    if not await gone_among(session, plan.workspace, [plan.starter]):
        return [plan.starter]
    others = await took_part(session, plan)
    gone = await gone_among(session, plan.workspace, others)
    here = [person for person in others if person not in gone]
    return await members_among(session, plan, here) or here
