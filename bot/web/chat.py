"""What only the chat knows of a plan, and pages show: what people are called, and where a message stands."""

from __future__ import annotations

from typing import Protocol

from bot.store.tables import Plan

__all__ = ["Chat"]


class Chat(Protocol):
    """Tells names and addresses of the chat."""

    async def name(self, person: str) -> str:
        """Return what somebody is called; the id where that can't be found out."""
        ...

    async def address(self, plan: Plan, key: str) -> str:
        """Return the address of what was said; empty where there is none."""
        ...
