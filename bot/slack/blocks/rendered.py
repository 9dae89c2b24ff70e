"""A message ready to send."""

from __future__ import annotations

from typing import Any

from bot.documents.entity_specs import Frozen

__all__ = ["Rendered"]


class Rendered(Frozen):
    """The text of the notification and the blocks of the message."""

    text: str
    blocks: list[dict[str, Any]]
