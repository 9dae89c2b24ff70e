"""Must-haves: what must be true when a phase or plan is done, read backwards from its goal."""

from __future__ import annotations

from pydantic import Field

from bot.documents.frozen import Frozen

__all__ = ["Artifact", "KeyLink", "MustHaves"]


class Artifact(Frozen):
    """A file that must exist with real content.

    Foreign plans also name artifacts in plain words: then ``path`` is empty and ``provides`` has the words.
    """

    path: str
    provides: str
    min_lines: int | None = Field(default=None, ge=0, lt=10**9)
    exports: tuple[str, ...] = ()
    """Names that the file offers to others."""
    contains: str = ""
    """Literal text that must stand in the file (empty: nothing is asked)."""


class KeyLink(Frozen):
    """How two files are wired together; ``pattern`` is text that must stand in ``source`` (empty: none is asked).

    Foreign plans also name links in plain words: then only ``via`` is filled.
    """

    source: str
    target: str
    via: str
    pattern: str = ""


class MustHaves(Frozen):
    """What must be true when a phase is done, read backwards from its goal."""

    truths: tuple[str, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    key_links: tuple[KeyLink, ...] = ()
