"""Notices in a plan's thread: what people should know of a repository, while nothing is held up by it.

There is one message a subject; told again in other words it is edited, and settled it says so.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.documents.redaction import redact
from bot.store.tables import OutboxItem, Plan
from bot.workflow.messages import MessageKind, announce
from bot.workflow.ports import PublishingError

__all__ = ["Notice", "add_to_notice", "is_told", "settle_notice", "tell_notice", "without_retry"]

LONGEST = 1000


class Notice(StrEnum):
    """What notices are about."""

    ACCESS = "access"
    ISSUES = "issues"
    MERGE = "merge"
    LEFT_OUT = "left out"
    TAKEN = "taken"


async def tell_notice(session: AsyncSession, plan: Plan, about: Notice, sentence: str) -> None:
    """Tell the thread; the same words again change nothing."""
    said = redact(sentence)[:LONGEST]
    before = await notice_of(session, plan, about)
    if before is None or before.subject != {"sentence": said, "settled": 0}:
        await announce(session, plan, MessageKind.NOTICE, about, sentence=said, settled=0)


async def add_to_notice(session: AsyncSession, plan: Plan, about: Notice, sentence: str) -> None:
    """Tell the thread beside what was told before of the same; said already, nothing happens."""
    before = await notice_of(session, plan, about)
    said = str(before.subject["sentence"]) if before else ""
    if redact(sentence)[:LONGEST] not in said:
        await tell_notice(session, plan, about, f"{said}\n{sentence}" if said else sentence)


async def settle_notice(session: AsyncSession, plan: Plan, about: Notice, sentence: str = "") -> None:
    """Have a notice say that it is settled, in these words or its own; where none is open, nothing happens."""
    if await is_told(session, plan, about):
        words = {"sentence": redact(sentence)[:LONGEST]} if sentence else {}
        await announce(session, plan, MessageKind.NOTICE, about, settled=1, **words)


async def is_told(session: AsyncSession, plan: Plan, about: Notice) -> bool:
    """Tell whether a notice stands in the thread and is not settled."""
    item = await notice_of(session, plan, about)
    return item is not None and not item.subject.get("settled")


async def notice_of(session: AsyncSession, plan: Plan, about: Notice) -> OutboxItem | None:
    """Return the message of a notice, or None where nothing was told."""
    query = select(OutboxItem).where(col(OutboxItem.key) == f"{plan.id}/{MessageKind.NOTICE}/{about}")
    return (await session.execute(query)).scalar_one_or_none()


def without_retry(refusal: PublishingError) -> str:
    """Return a remote's refusal as it is told where no build waits: there is no button, it is tried again anyway."""
    return f"{refusal.said} It is tried again by itself." if refusal.waits else refusal.said
