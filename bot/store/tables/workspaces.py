"""Workspaces: people, settings of channels, house rules, and what models cost."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.columns import UtcDateTime, now

__all__ = ["ChannelEvent", "ChannelSettings", "HouseRulesRevision", "ModelUsage", "Person"]


class Person(SQLModel, table=True):
    """What Slack last said of somebody who took part: guests and people of other organisations approve nothing."""

    workspace: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    guest: bool
    gone: bool = False
    """Deactivated in Slack: nobody waits for them."""
    time_zone: str = ""
    """The zone of their clocks, such as ``Europe/Berlin``; empty where Slack never said."""
    reminders: bool = True
    """Whether they want to be reminded of what waits for them."""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ChannelSettings(SQLModel, table=True):
    """What a channel decided for its plans; without a row everything is as usual."""

    workspace: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    approval: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Who approves, and how many (`bot.workflow.policy.ApprovalPolicy`)."""
    budget: int | None = None
    """Tokens that a plan of the channel may use; None: what is configured for all."""
    gates: str = "one"
    """Whether its plans' documents are approved together, or one after the other (`bot.workflow.plan_defaults`)."""
    features: list[str] = Field(default_factory=list, sa_type=JSON)
    """Features that a plan of the channel gets in its first review."""
    delivery: str = "configured"
    """Whether its plans' repositories go where the configuration says, or stay with the bot."""
    github_owner: str = ""
    """Whose repositories its plans become on GitHub; empty: whose the configuration says."""
    github_access: list[str] = Field(default_factory=list, sa_type=JSON)
    """Who gets access to them: names of people on GitHub, and teams as ``organisation/team``."""
    revision: int = 1
    """Counts the changes, so that nobody overwrites settings that they have not seen."""
    changed_by: str
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ChannelEvent(SQLModel, table=True):
    """Append-only: who changed what in a channel, and when; what happens to one plan is an `Event`."""

    __table_args__ = (Index("ix_channelevent_of_channel", "workspace", "channel", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    channel: str
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    actor: str
    what: str
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    message_key: str = ""


class HouseRulesRevision(SQLModel, table=True):
    """One revision of a workspace's house rules: the text as it was given, and who gave it.

    Before the first, those hold that ship with Planthread.
    """

    __table_args__ = (UniqueConstraint("workspace", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    revision: int
    fingerprint: str
    text: str
    changed_by: str
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ModelUsage(SQLModel, table=True):
    """What one call of a model cost: in tokens, and in money where prices were configured then."""

    id: int | None = Field(default=None, primary_key=True)
    workspace: str = ""
    """Empty where the call was for no plan."""
    plan_id: str | None = Field(default=None, index=True)
    decision: str
    model: str
    input_tokens: int
    output_tokens: int
    cost: int = Field(default=0, sa_type=BigInteger)
    """Millionths of the currency."""
    currency: str = ""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
