"""Claiming the slots that are due, each once, together with the message that tells of them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfoNotFoundError

import structlog
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.digests.composition import compose
from bot.digests.schedules import due_slot, slot_before
from bot.store.tables import DigestSchedule, Firing, OutboxItem
from bot.workflow.messages import MessageKind, is_person
from bot.workflow.people import gone_among

__all__ = ["claim_due"]

log = structlog.get_logger(__name__)


async def claim_due(session: AsyncSession, moment: datetime) -> list[DigestSchedule]:
    """Claim the newest due slot of every schedule and return the schedules claimed here and now.

    The claim and the message stand in one transaction: a slot is either claimed and told of, or neither. Where
    there is nothing to say the slot is claimed and nothing sent.
    """
    schedules = (await session.scalars(select(DigestSchedule).order_by(col(DigestSchedule.id)))).all()
    claimed = []
    for schedule in schedules:
        try:
            slot = due_slot(schedule, moment)
        except ZoneInfoNotFoundError:
            log.exception("a digest's time zone is unknown here", channel=schedule.channel, zone=schedule.time_zone)
            continue
        if slot is None:
            continue
        since = await last_claim(session, schedule) or slot_before(schedule, slot)
        if await claim(session, schedule, slot, moment):
            await tell(session, schedule, slot, since)
            claimed.append(schedule)
    return claimed


async def last_claim(session: AsyncSession, schedule: DigestSchedule) -> datetime | None:
    """Return when the digest before was claimed: what happened until then was told then."""
    query = select(Firing).where(col(Firing.schedule_id) == schedule.id).order_by(col(Firing.slot).desc())
    newest = (await session.scalars(query.limit(1))).first()
    return newest.at if newest else None


async def claim(session: AsyncSession, schedule: DigestSchedule, slot: datetime, moment: datetime) -> bool:
    """Write the unique row of a slot; tell whether it was not there before."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert(Firing) if is_postgresql else sqlite.insert(Firing)
    row = insert.values(schedule_id=schedule.id, slot=slot, at=moment).on_conflict_do_nothing()
    written = await session.scalar(row.returning(col(Firing.id)))
    return written is not None


async def tell(session: AsyncSession, schedule: DigestSchedule, slot: datetime, since: datetime) -> None:
    """Have the digest of a slot sent, when there is something to say."""
    person = schedule.channel if is_person(schedule.channel) else ""
    if person and await gone_among(session, schedule.workspace, [person]):
        return
    if (await compose(session, schedule.workspace, schedule.channel, since, person)).empty:
        return
    session.add(
        OutboxItem(
            workspace=schedule.workspace,
            key=f"digest/{schedule.id}/{slot.isoformat()}",
            channel=schedule.channel,
            kind=MessageKind.DIGEST,
            subject={
                "since": since.isoformat(),
                "slot": slot.isoformat(),
                "schedule": schedule.id,
                "zone": schedule.time_zone,
            },
        )
    )
    await session.flush()
