"""What moves a working copy: where references and files go, and each file that differs on the way."""

from __future__ import annotations

from bot.documents.frozen import Frozen
from bot.repository.scratch import Stage

__all__ = ["Change", "Move", "Resumed"]


class Move(Frozen):
    """Where references and files go. Without a merge that is left to a person, ``message`` is empty."""

    branch: str
    old: str
    """The commit whose files are there."""
    new: str
    """The commit that the branch has afterwards."""
    other: str
    """The other branch that moves in the same transaction."""
    other_old: str | None
    other_new: str
    files: str
    """The commit whose files are wanted: ``new``, or a merge with markers in it."""
    stages: tuple[Stage, ...] = ()
    message: str = ""


class Resumed(Frozen):
    """What became of an interrupted move."""

    is_finished: bool


class Change(Frozen):
    """One file that differs between two trees."""

    path: str
    old_mode: str
    new_mode: str
    old_hash: str
    new_hash: str
