"""The ports that the life of a plan reaches the world through; `bot.app` fills them with adapters."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from bot.documents.frozen import Frozen
from bot.planning.conversation import Planner

__all__ = [
    "RETRY",
    "RETRY_LATER",
    "SAFE",
    "THEN_RETRY",
    "WAITS",
    "Engine",
    "Planner",
    "ProposalState",
    "Proposed",
    "Publisher",
    "PublishingError",
    "Remote",
    "RemoteBusyError",
    "RemoteHasMoreError",
    "Reported",
    "RunStatus",
    "Stage",
    "Standing",
    "lies_here",
]


class Stage(StrEnum):
    """A long piece of work that the engine runs for a plan."""

    PLAN = "plan"
    BUILD = "build"
    MERGE = "merge"


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


def lies_here(remote_name: str) -> bool:
    """Tell whether a repository of this name lies with the bot; one on GitHub has its owner's name before its own."""
    return bool(remote_name) and "/" not in remote_name


class Proposed(Frozen):
    """A change for people to merge: a branch, the commit that brings it together with their work, and words."""

    branch: str
    commit: str
    title: str
    body: str


class Reported(Frozen):
    """A task that is left to people; ``key`` tells it from every other, on the remote too."""

    key: str
    title: str
    body: str


class ProposalState(StrEnum):
    """What people did with a proposed change where the remote shows it."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"


class Standing(Frozen):
    """How a proposed change stands: who decided (a name of the remote's), where it went, and by which commit."""

    state: ProposalState
    by: str = ""
    commit: str = ""
    into: str = ""
    """The branch that it was merged into."""


SAFE = "The build waits, and every commit is safe."
WAITS = f". {SAFE}"
RETRY = f"; press Retry. {SAFE}"
RETRY_LATER = f"; press Retry in a while. {SAFE}"
THEN_RETRY = f", then press Retry. {SAFE}"
"""How a refusal goes on where a build waits."""


class PublishingError(Exception):
    """The remote refused. Its words are for people: what happened, what to do, that nothing is lost.

    ``said`` is true wherever it is read: what happened, and what mends it. ``waits`` goes on from there where a build
    waits: its button, and that nothing is lost; it may be empty.
    """

    def __init__(self, said: str, waits: str = "") -> None:
        """Tell what happened; with ``waits``, ``said`` needs no full stop."""
        plain = said.removesuffix(".") if waits else said
        super().__init__(f"{plain}{waits}")
        self.said = f"{plain}." if waits else said
        self.waits = waits


class RemoteBusyError(PublishingError):
    """The remote can't be reached or takes no more requests now: it is worth another try, and nobody can mend it."""


class RemoteHasMoreError(PublishingError):
    """The branch holds something else than was expected: people pushed meanwhile, and nothing was overwritten."""


class Publisher(Protocol):
    """Where delivered repositories go: a local remote, or GitHub."""

    def merges(self, remote: Remote) -> bool:
        """Tell whether a change is merged from the thread; else people do it where the remote shows it."""
        ...

    def attests(self, remote: Remote) -> bool:
        """Tell whether evidence is shown beside a commit there."""
        ...

    async def create(
        self, name: str, description: str, marker: str, owner: str = "", *, stays_here: bool = False
    ) -> Remote:
        """Create the repository, or find the one that carries the marker (an earlier try). Raises PublishingError.

        ``owner``: whose it becomes where the channel named somebody; empty: whom the configuration names.
        ``stays_here``: with the bot, for a publisher that has the choice.
        """
        ...

    async def grant(self, remote: Remote, names: Sequence[str]) -> None:
        """Let people (``octocat``) and teams (``acme/backend``) read and write; who may already is fine.

        Raises PublishingError where the remote knows one of them not, or may not invite them.
        """
        ...

    async def label(self, remote: Remote, topics: Sequence[str]) -> None:
        """Say what a repository is about, beside what people say there. Raises PublishingError."""
        ...

    async def attest(self, remote: Remote, commit: str, words: str, url: str) -> None:
        """Show evidence beside a commit, with an address (may be empty); shown twice, it is the same.

        Raises PublishingError.
        """
        ...

    async def seen_by(self, remote: Remote) -> str:
        """Return, in words, who sees a repository as long as nobody is named; empty where it is open to all.

        Raises PublishingError.
        """
        ...

    async def push(self, repository: Path, remote: Remote, branch: str, commit: str, expected: str | None) -> None:
        """Push a commit of the bare repository; ``expected`` is what the remote branch must hold (None: nothing).

        A branch that already holds the commit is fine. Raises PublishingError, and RemoteHasMoreError when people
        pushed meanwhile.
        """
        ...

    async def fetch(self, repository: Path, remote: Remote, branches: Sequence[str]) -> dict[str, str]:
        """Fetch branches into the bare repository; return the commit of each that the remote has.

        Raises PublishingError.
        """
        ...

    async def propose(self, remote: Remote, change: Proposed) -> str:
        """Ask people to merge a branch that was pushed; return the address where they look at it.

        Asked twice, it is the same. Raises PublishingError.
        """
        ...

    async def standing(self, remote: Remote, url: str) -> Standing | None:
        """Tell what people did with a proposed change, by its address; None where the remote shows no such thing.

        Raises PublishingError.
        """
        ...

    async def reopen(self, remote: Remote, change: Proposed, url: str) -> str:
        """Open a closed change again, or propose its branch anew where that can't be; return the address.

        Asked twice, it is the same. Raises PublishingError.
        """
        ...

    async def report(self, remote: Remote, task: Reported, *, was_tried: bool) -> str:
        """Tell people of a task that is left to them; return the address where they look at it.

        ``was_tried``: an earlier try may have got that far, and is found again. Raises PublishingError.
        """
        ...

    async def close_report(self, remote: Remote, url: str, words: str) -> None:
        """Say that a task is done, and close what told of it; closed already, it is fine. Raises PublishingError."""
        ...

    async def head(self, remote: Remote, branch: str) -> str | None:
        """Return the newest commit of a branch, None where there is no such branch. Raises PublishingError."""
        ...

    def commit_url(self, remote: Remote, commit: str) -> str:
        """Return the address that shows a commit."""
        ...

    def difference_url(self, remote: Remote, before: str, after: str) -> str:
        """Return the address that shows what is different between two commits."""
        ...
