"""Who asked to be forgotten: a tombstone stands where they stood, so that counts and accounts of a plan stay true.

A tombstone can't be traced back to anybody: it is drawn anew each time, and no table of them is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

__all__ = ["SOMEBODY", "is_forgotten", "new_tombstone", "not_forgotten"]

SOMEBODY = "SOMEBODY"
"""How a tombstone begins. Slack's own ids begin with U or W, so it is nobody's."""


def new_tombstone() -> str:
    """Return what stands for one person from now on."""
    return f"{SOMEBODY}{secrets.token_hex(4).upper()}"


def is_forgotten(person: str) -> bool:
    """Tell whether an id is a tombstone: nobody can be reached by it, or decide anything."""
    return person.startswith(SOMEBODY)


def not_forgotten(people: Iterable[str]) -> tuple[str, ...]:
    """Return the people who are still there, in the same order."""
    return tuple(person for person in people if not is_forgotten(person))
