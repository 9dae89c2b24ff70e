"""Plans and what was said, asked, written and approved about them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.columns import UtcDateTime, new_id, now

__all__ = [
    "Approval",
    "ConversationMessage",
    "DocumentRevision",
    "HeldRequest",
    "MessageEdit",
    "Plan",
    "PlanFile",
    "PlanQuestion",
    "PlanRepository",
    "Review",
]


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
    slots_missing: str = ""
    """What isn't known yet, in words."""
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
