"""What comes by the clock: digests, reminders and their rests, and Home tabs that are due."""

from datetime import datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.columns import UtcDateTime, now

__all__ = ["DigestSchedule", "Firing", "HomeTab", "Reminder", "ReminderRest"]


class DigestSchedule(SQLModel, table=True):
    """When a channel wants its digest, in its own time zone."""

    __table_args__ = (UniqueConstraint("workspace", "channel"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    channel: str
    hour: int
    minute: int
    time_zone: str
    weekday: int | None = None
    """The day of the week, Monday is 0; None for every day."""
    snoozed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Slots before this moment are not sent either."""
    set_by: str
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    """Slots before this moment are not sent."""


class Firing(SQLModel, table=True):
    """A slot of a schedule that was claimed; unique, so that each slot is sent once."""

    __table_args__ = (UniqueConstraint("schedule_id", "slot"),)

    id: int | None = Field(default=None, primary_key=True)
    schedule_id: int
    slot: datetime = Field(sa_type=UtcDateTime)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Reminder(SQLModel, table=True):
    """Somebody was reminded of a plan that waits for them; unique, so that each reminder is sent once."""

    __table_args__ = (UniqueConstraint("plan_id", "wait", "person", "step"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id")
    wait: int
    """The event since which the plan waits: what waits for people next is another wait."""
    person: str = Field(index=True)
    """Empty for the message in the thread of a plan whose people all left."""
    step: int
    """How many reminders of this wait they had before."""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ReminderRest(SQLModel, table=True):
    """Somebody wants no reminder of a wait before a moment."""

    plan_id: str = Field(foreign_key="plan.id", primary_key=True)
    wait: int = Field(primary_key=True)
    person: str = Field(primary_key=True)
    workspace: str
    until: datetime = Field(sa_type=UtcDateTime)


class HomeTab(SQLModel, table=True):
    """Somebody opened the bot's Home tab: it is drawn anew when one of their plans changes."""

    workspace: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    opened_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    due: bool = True
    """Whether what it shows may have changed since it was drawn."""
    plans: list[str] = Field(default_factory=list, sa_type=JSON)
    """The plans that it shows."""
    fingerprint: str = ""
    """Of what was drawn last, so that the same is not sent twice."""
