"""The tables. Rows carry the workspace's id; documents are kept as revisions; every state change leaves an event.

Datetimes are stored in UTC; `UtcDateTime` gives them back aware, which SQLite alone does not.
"""

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Index, MetaData, TypeDecorator, UniqueConstraint
from sqlmodel import Field, SQLModel

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

SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC and read back as an aware datetime on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC. Raises ValueError for a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return a fresh row id."""
    return uuid.uuid4().hex


class Plan(SQLModel, table=True):
    """The whole undertaking: one thread, one handle, one repository."""

    __table_args__ = (
        UniqueConstraint("workspace", "handle"),
        Index("ix_plan_of_channel", "workspace", "channel", "created_at"),
        Index("ix_plan_of_starter", "workspace", "starter", "created_at"),
        Index("ix_plan_of_starter_in_channel", "workspace", "channel", "starter", "created_at"),
        Index("ix_plan_of_thread", "workspace", "channel", "thread", unique=True),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    workspace: str = Field(index=True)
    channel: str = Field(index=True)
    thread: str | None = Field(default=None, index=True)
    """Timestamp of the thread's head: the card, once it is posted, or the message whose thread was planned."""
    handle: str
    title: str
    stage: str = Field(index=True)
    hold: str | None = None
    """``paused`` or ``blocked``, beside the stage, so that resuming needs no memory."""
    hold_reason: str = ""
    hold_by: str = ""
    """Who laid the hold: a person, or Planthread itself; empty where there is none."""
    starter: str
    planner: str = ""
    slots_known: int = 0
    slots_total: int = 0
    review: int = 0
    """Number of the newest review; 0 before the first."""
    run_stage: str | None = Field(default=None, index=True)
    """The run that is wanted now; None when nothing is to be run."""
    run_attempt: int = 0
    run_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When that run was asked for."""
    model_try: int = 0
    """Which try of a request to a model is under way; 0 before the first."""
    model_tries: int = 0
    """How many tries a request gets."""
    failures: int = 0
    place: int = 0
    """Its place in the line of builds; 0 while it is its turn, or wants none."""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    delivered_review: int = 0
    """The review whose documents were delivered last; 0 before the first delivery."""
    remote_name: str = ""
    web_url: str = ""
    clone_url: str = ""
    push_url: str = ""
    pushed_commit: str | None = None
    level: str = ""
    """How the checks of the build run, such as ``sandboxed, no network``."""


class ConversationMessage(SQLModel, table=True):
    """A message that counts as input of a plan: the request, a later message, or a change that was asked for."""

    __table_args__ = (UniqueConstraint("plan_id", "key"), Index("ix_conversationmessage_key", "key"))

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id", index=True)
    key: str
    """The message's timestamp in the thread, or the key of the command or view it came in."""
    kind: str
    author: str
    text: str
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class PlanFile(SQLModel, table=True):
    """A file that somebody dropped in a plan's thread, and what became of it; several of one message share its key."""

    __table_args__ = (UniqueConstraint("plan_id", "key", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id", index=True)
    key: str
    """The key of the message that it came with."""
    position: int
    name: str
    kind: str
    """What it is (`bot.planning.dropped_files.FileKind`)."""
    author: str
    text: str
    """What it says, secrets replaced; empty where nothing was read."""
    told: str
    """What it holds, in a few words."""
    problem: str
    """What of it was not read, and what to do."""
    outcome: str
    """What was made of it."""
    findings: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """What the checks found in it (`bot.documents.findings.Finding`)."""
    across: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """With the first file of a message: what the checks found between its files."""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class HeldRequest(SQLModel, table=True):
    """What somebody asked for in a channel that the bot isn't in: it begins once the bot is invited there."""

    __table_args__ = (Index("ix_heldrequest_of_channel", "workspace", "channel"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    channel: str
    person: str
    text: str
    key: str = Field(unique=True)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class MessageEdit(SQLModel, table=True):
    """A message that a plan came from has other words now, or is gone; people take the new words, or leave them."""

    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id", index=True)
    key: str
    """The message's key, as in `ConversationMessage`."""
    person: str
    """Who wrote the message."""
    was: str
    words: str
    """The words that it has now; empty where it is gone."""
    is_gone: bool = False
    criteria: list[str] = Field(default_factory=list, sa_type=JSON)
    """The numbers of the criteria that came from it."""
    settled: str = ""
    """``taken``, ``left`` or ``put back``; empty while people are asked."""
    settled_by: str = ""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class PlanQuestion(SQLModel, table=True):
    """A question that a planner asked, and its answer once somebody gave one."""

    __table_args__ = (UniqueConstraint("plan_id", "question_id"), Index("ix_planquestion_answer_key", "answer_key"))

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id", index=True)
    question_id: str
    round: int
    position: int
    question: dict[str, Any] = Field(sa_type=JSON)
    answer: str | None = None
    answered_by: str = ""
    answer_key: str = ""
    withdrawn: bool = False
    """No longer asked: something else that was said made it needless."""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class PlanRepository(SQLModel, table=True):
    """The existing repository that a plan is for, as it was when the plan began; most plans are for none."""

    plan_id: str = Field(foreign_key="plan.id", primary_key=True)
    workspace: str
    name: str
    facts: dict[str, Any] = Field(sa_type=JSON)
    """What was read from it (`bot.inspection.facts.RepositoryFacts`), bounded and without secrets."""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class DocumentRevision(SQLModel, table=True):
    """One revision of one document: the model as JSON, the text people read, and its fingerprint."""

    __table_args__ = (UniqueConstraint("plan_id", "document", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id", index=True)
    document: str
    revision: int
    fingerprint: str
    text: str
    content: dict[str, Any] = Field(sa_type=JSON)
    changes: list[str] = Field(default_factory=list, sa_type=JSON)
    """What differs from the revision before, as sentences."""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Review(SQLModel, table=True):
    """One review: which revisions were shown together, and what people were told about them."""

    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id", index=True)
    number: int
    documents: dict[str, Any] = Field(sa_type=JSON)
    """Document name to ``{"revision": int, "fingerprint": str}``, as shown."""
    content: dict[str, Any] = Field(sa_type=JSON)
    """Decisions, assumptions, unread pieces, findings and changes, as shown."""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Approval(SQLModel, table=True):
    """A person approved one revision of one document, by its fingerprint as it was shown."""

    __table_args__ = (UniqueConstraint("plan_id", "document", "revision", "person"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id", index=True)
    document: str
    revision: int
    fingerprint: str
    person: str
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    voided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


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


class Step(SQLModel, table=True):
    """One step of a build (the documents, a task, or the end of a phase) and the evidence that ticks it."""

    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id", index=True)
    key: str
    """``documents``, ``task 2.1`` or ``phase 2``."""
    position: int
    phase: int
    number: str
    title: str
    state: str
    commit: str | None = None
    evidence: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Change(SQLModel, table=True):
    """A change to a delivered repository: the commits that it was made upon, its branch, and who merged it."""

    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id", index=True)
    number: int
    review: int
    """The review in which it was approved."""
    base_main: str | None = None
    """What people had on the main branch when its build began; None until that was fetched."""
    base_generated: str | None = None
    branch: str
    merge: str | None = None
    """The commit that brings what was generated anew together with what people edited."""
    commit: str | None = None
    """The last commit of the branch, once it is pushed."""
    url: str = ""
    """Where people look at it: a pull request, or the page of a commit."""
    merges_here: bool = False
    """Whether it is merged from the thread; else people do it at its address."""
    merged_by: str = ""
    """Who asked for it to be merged."""
    merge_asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    merged_commit: str | None = None
    """The commit of the main branch that holds it."""
    decided_by: str = ""
    """Who merged or closed it where the remote shows it: a name there, not a person of the workspace."""
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was noticed that its pull request was closed unmerged; None while that is open."""
    reopen_asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    forgotten_by: str = ""
    """Who took it back after it was closed."""
    generated: str | None = None
    """What the branch of pure output held once it was offered."""
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """The review that was delivered when it began, and its steps with evidence: what forgetting it brings back."""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class HandEdit(SQLModel, table=True):
    """What people edited by hand in the planning files of main, and what somebody in the thread decided about it."""

    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id", index=True)
    number: int
    state: str
    """``open``, ``taken up``, ``left``, or ``taken back`` on main."""
    author: str = ""
    """Who pushed it, by the names that commits carry: not a person of the workspace."""
    commit: str = ""
    fingerprint: str = ""
    told: list[str] = Field(default_factory=list, sa_type=JSON)
    """What differs from what was delivered, as sentences."""
    asked: str = ""
    """The words of the change that it asks for; empty where nothing in it could be built."""
    decided_by: str = ""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


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
