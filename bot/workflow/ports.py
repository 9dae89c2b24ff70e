"""The ports that the life of a plan reaches the world through; `bot.app` fills them with adapters."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Protocol

from bot.documents.frozen import Frozen
from bot.planning.conversation import Planner

__all__ = ["Engine", "Planner", "Publisher", "PublishingError", "Remote", "RunStatus", "Stage"]


class Stage(StrEnum):
    """A long piece of work that the engine runs for a plan."""

    PLAN = "plan"
    BUILD = "build"


class RunStatus(StrEnum):
    """What the engine knows of a run."""

    UNKNOWN = "unknown"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Engine(Protocol):
    """Runs stages durably. It is disposable: all facts live in the store, and a run may be repeated at any time."""

    async def enqueue(self, stage: Stage, plan_id: str, attempt: int) -> None:
        """Start a run; the same (stage, plan, attempt) enqueued twice runs once."""
        ...

    async def status(self, stage: Stage, plan_id: str, attempt: int) -> RunStatus:
        """Return what is known of a run."""
        ...

    async def cancel(self, stage: Stage, plan_id: str, attempt: int) -> None:
        """Stop a run at its next boundary."""
        ...


class Remote(Frozen):
    """A repository that people can reach. ``clone_url`` works with ``git clone``; ``web_url`` opens in a browser."""

    name: str
    web_url: str
    clone_url: str
    push_url: str


class PublishingError(Exception):
    """The remote refused. The message is one sentence for people: what happened, that nothing is lost, what to do."""


class Publisher(Protocol):
    """Where delivered repositories go: a local remote, or GitHub."""

    name: str

    async def create(self, name: str, description: str, marker: str) -> Remote:
        """Create the repository, or find the one that carries the marker (an earlier try). Raises PublishingError."""
        ...

    async def push(self, repository: Path, remote: Remote, branch: str, commit: str, expected: str | None) -> None:
        """Push a commit of the bare repository; ``expected`` is what the remote branch must hold (None: nothing).

        A branch that already holds the commit is fine. Raises PublishingError, also when people pushed meanwhile.
        """
        ...

    def commit_url(self, remote: Remote, commit: str) -> str:
        """Return the address that shows a commit."""
        ...
