"""Who takes part in a plan, and who of them are guests: they may answer questions, but decide nothing."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.store.tables import ConversationMessage, Person, Plan, PlanQuestion, Review

__all__ = ["keep_person", "members_among", "participants"]


async def keep_person(session: AsyncSession, workspace: str, person: str, *, guest: bool) -> None:
    """Keep whether a person is a guest, or of another organisation, as it was looked up just now."""
    await session.merge(Person(workspace=workspace, person=person, guest=guest))


async def members_among(session: AsyncSession, plan: Plan, people: Sequence[str]) -> list[str]:
    """Return the people who are not known as guests, in the same order."""
    query = select(col(Person.person)).where(col(Person.workspace) == plan.workspace, col(Person.guest))
    guests = set((await session.scalars(query)).all())
    return [person for person in people if person not in guests]


async def participants(session: AsyncSession, plan: Plan, review: Review) -> list[str]:
    """Return the starter, and everybody who wrote or answered before a review, guests too."""
    messages = select(col(ConversationMessage.author)).where(
        col(ConversationMessage.plan_id) == plan.id, col(ConversationMessage.at) <= review.at
    )
    answers = select(col(PlanQuestion.answered_by)).where(
        col(PlanQuestion.plan_id) == plan.id, col(PlanQuestion.answer).is_not(None)
    )
    people = [plan.starter, *(await session.scalars(messages)).all(), *(await session.scalars(answers)).all()]
    return list(dict.fromkeys(person for person in people if person))
