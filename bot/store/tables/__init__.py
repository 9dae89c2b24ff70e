"""The tables. Rows carry the workspace's id; documents are kept as revisions; every state change leaves an event.

Datetimes are stored in UTC; `UtcDateTime` gives them back aware, which SQLite alone does not.
"""

from bot.store.tables.builds import Change, HandEdit, Step
from bot.store.tables.columns import now
from bot.store.tables.deliveries import Effect, Event, InboxItem, OutboxItem
from bot.store.tables.plans import (
    Approval,
    ConversationMessage,
    DocumentRevision,
    HeldRequest,
    MessageEdit,
    Plan,
    PlanFile,
    PlanQuestion,
    PlanRepository,
    Review,
)
from bot.store.tables.schedules import DigestSchedule, Firing, HomeTab, Reminder, ReminderRest
from bot.store.tables.workspaces import ChannelEvent, ChannelSettings, HouseRulesRevision, ModelUsage, Person

__all__ = [
    "Approval",
    "Change",
    "ChannelEvent",
    "ChannelSettings",
    "ConversationMessage",
    "DigestSchedule",
    "DocumentRevision",
    "Effect",
    "Event",
    "Firing",
    "HandEdit",
    "HeldRequest",
    "HomeTab",
    "HouseRulesRevision",
    "InboxItem",
    "MessageEdit",
    "ModelUsage",
    "OutboxItem",
    "Person",
    "Plan",
    "PlanFile",
    "PlanQuestion",
    "PlanRepository",
    "Reminder",
    "ReminderRest",
    "Review",
    "Step",
    "now",
]
