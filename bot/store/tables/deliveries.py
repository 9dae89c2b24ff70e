"""What comes in, what goes out, what was done to the outside, and every change of state."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from bot.store.tables.columns import UtcDateTime, now

__all__ = ["Effect", "Event", "InboxItem", "OutboxItem"]


class Event(SQLModel, table=True):
    """Append-only: who did what to a plan, when, and the message it came from."""

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id", index=True)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    actor: str
    what: str
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    message_key: str = ""


class InboxItem(SQLModel, table=True):
    """Something that arrived from Slack, kept before it is acknowledged. The key makes a second delivery harmless."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    payload: dict[str, Any] = Field(sa_type=JSON)
    turn: str = ""
    """Where it comes from: items of one place are handled in order, and places take turns."""
    received_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    handled_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    error: str = ""


class OutboxItem(SQLModel, table=True):
    """One message of ours: its kind and ids only. It is rendered when it is sent, and edited when it has changed."""

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    key: str = Field(unique=True)
    plan_id: str | None = Field(default=None, foreign_key="plan.id", index=True)
    channel: str
    kind: str
    subject: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    version: int = 1
    """Raised each time what the message shows has changed."""
    sent_version: int = 0
    """The version that people see; the item is due while it is smaller than ``version``."""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    tried_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When posting was first tried: from then on the thread is read before it is tried again."""
    message: str | None = None
    """Timestamp of the message that was posted."""
    error: str = ""


class Effect(SQLModel, table=True):
    """An effect on the outside: its intent is written before acting, its result after."""

    key: str = Field(primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id", index=True)
    intent: dict[str, Any] = Field(sa_type=JSON)
    result: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
