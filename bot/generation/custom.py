"""Behaviour that no template knows: a planner names it, a model writes its code."""

from __future__ import annotations

from bot.documents.frozen import Frozen

__all__ = ["CustomBehaviour"]


class CustomBehaviour(Frozen):
    """Behaviour beyond create, read, update, delete and declared rules: a model writes its code as one task.

    ``slug`` is a snake_case module name; ``criterion`` is one EARS sentence.
    """

    title: str
    slug: str
    criterion: str
    done: str
