"""Builds: steps with their evidence, changes after the delivery, and edits that people made by hand."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from bot.store.tables.columns import UtcDateTime, now

__all__ = ["Change", "HandEdit", "Step"]


class Step(SQLModel, table=True):
    """One step of a build (the documents, a task, or the end of a phase) and the evidence that ticks it."""

    __table_args__ = (UniqueConstraint("plan_id", "by_file", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    plan_id: str = Field(foreign_key="plan.id", index=True)
    key: str
    """``documents``, ``task 2.1`` or ``phase 2``."""
    by_file: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether it is of a file that was dropped in a plan made from words; the plan's own steps stay beside it."""
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
    by_file: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether it came as a file in a plan that was made from words."""
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
    seen: str | None = None
    """The commit that people were shown before somebody pushed to its branch; None as long as nobody did."""
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
    """When it was noticed that its pull request was closed without main holding it; None while that is open."""
    merged_into: str = ""
    """The other branch that its pull request was merged into; main doesn't hold it."""
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
