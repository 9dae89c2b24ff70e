"""Our messages in a plan's thread: kept as kind and ids, rendered when they are sent, edited when they have changed."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.store.tables import OutboxItem, Plan

__all__ = ["MessageKind", "announce", "is_direct", "is_person", "refresh_card", "settle_problems", "skippable_steps"]


class MessageKind(StrEnum):
    """The kinds of message that Planthread writes. An undisturbed plan costs one of each of the first four."""

    CARD = "card"
    QUESTIONS = "questions"
    REVIEW = "review"
    DELIVERED = "delivered"
    CHANGE = "change"
    CLOSED = "closed"
    EDITED = "edited"
    HAND_EDIT = "hand edit"
    WAITING = "waiting"
    UNCHANGED = "unchanged"
    PROBLEM = "problem"
    NOTICE = "notice"
    CHECKPOINT = "checkpoint"
    DIGEST = "digest"
    DIGEST_ENDED = "digest ended"
    REMINDER = "reminder"
    LEFT = "left"
    FILES = "files"
    EXPORT = "export"


def is_person(channel: str) -> bool:
    """Tell whether a message goes to a person alone: then their id stands where a channel's would."""
    return channel.startswith(("U", "W"))


def is_direct(channel: str) -> bool:
    """Tell whether a channel is a direct message, as its id says."""
    return channel.startswith("D")


async def announce(
    session: AsyncSession, plan: Plan, kind: MessageKind, name: str = "", **subject: str | int
) -> OutboxItem:
    """Have a message sent, or edited when it was sent before; ``name`` tells messages of one kind apart."""
    key = f"{plan.id}/{kind}" + (f"/{name}" if name else "")
    item = (await session.execute(select(OutboxItem).where(col(OutboxItem.key) == key))).scalar_one_or_none()
    if item is None:
        item = OutboxItem(
            workspace=plan.workspace, key=key, plan_id=plan.id, channel=plan.channel, kind=kind, subject=dict(subject)
        )
        session.add(item)
        return item
    item.version += 1
    item.subject = {**item.subject, **subject}
    return item


async def settle_problems(session: AsyncSession, plan: Plan) -> None:
    """Have each message about a problem say that it is settled, and lose its buttons."""
    query = select(OutboxItem).where(col(OutboxItem.plan_id) == plan.id, col(OutboxItem.kind) == MessageKind.PROBLEM)
    for item in (await session.scalars(query)).all():
        if not item.subject.get("settled"):
            item.subject = {**item.subject, "settled": 1}
            item.version += 1


async def skippable_steps(session: AsyncSession, plan: Plan) -> set[str]:
    """Return the steps that people may leave open: those that an unsettled problem offers."""
    query = select(OutboxItem).where(col(OutboxItem.plan_id) == plan.id, col(OutboxItem.kind) == MessageKind.PROBLEM)
    unsettled = [item.subject for item in (await session.scalars(query)).all() if not item.subject.get("settled")]
    return {str(subject["skippable"]) for subject in unsettled if subject.get("skippable")}


async def post_card_again(session: AsyncSession, item: OutboxItem) -> bool:
    """Have a card that somebody deleted posted again, once; False where it was already, so that it stays deleted."""
    if item.kind != MessageKind.CARD or item.subject.get("posted_again"):
        return False
    item.subject = {**item.subject, "posted_again": 1}
    item.message, item.tried_at = None, None
    item.version += 1
    return True


async def refresh_card(session: AsyncSession, plan: Plan) -> None:
    """Have the plan's card drawn again; many changes at once cost one edit."""
    await announce(session, plan, MessageKind.CARD)
