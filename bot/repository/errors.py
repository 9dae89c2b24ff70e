"""What can go wrong with git, each with one sentence that says what to do next."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "CheckoutRefused",
    "GitError",
    "GitMissing",
    "GitTimeout",
    "Refusal",
    "RemoteMoved",
    "RemoteRefused",
    "UnknownRevision",
    "UnsafePath",
]


class GitError(Exception):
    """A git command failed. The message is fit for people and holds no secret."""


class GitMissing(GitError):  # noqa: N818 - says what happened
    """There is no git program on PATH."""


class GitTimeout(GitError):  # noqa: N818 - says what happened
    """A git command took longer than it may."""


class UnknownRevision(GitError):  # noqa: N818 - says what happened
    """The repository has no such commit or branch."""


class UnsafePath(GitError):  # noqa: N818 - says what happened
    """A path that must never be written: absolute, climbing out, inside ``.git``, a link, or with odd characters."""


class CheckoutRefused(GitError):  # noqa: N818 - says what happened
    """A working copy is in no state to be changed. The message says what to do first."""


class Refusal(StrEnum):
    """Why a remote refused a push."""

    CREDENTIALS = "credentials"
    PERMISSION = "permission"
    NOT_FOUND = "not found"
    PROTECTED = "protected"
    WORKFLOWS = "workflows"
    """The token may not write what a host runs with every push."""
    UNREACHABLE = "unreachable"
    OTHER = "other"


class RemoteRefused(GitError):  # noqa: N818 - says what happened
    """The remote took nothing; ``refusal`` says why, as far as git tells."""

    def __init__(self, sentence: str, refusal: Refusal = Refusal.OTHER) -> None:
        super().__init__(sentence)
        self.refusal = refusal


class RemoteMoved(GitError):  # noqa: N818 - says what happened
    """The remote branch holds something else than expected: people pushed meanwhile."""
