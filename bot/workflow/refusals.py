"""What people are told when something can't be done now: one sentence, and what to do next."""

from __future__ import annotations

__all__ = ["Refused"]


class Refused(Exception):  # noqa: N818 (a refusal is an answer to a person, not a fault)
    """A person asked for what can't be done now. The message is for that person; nothing has changed."""
