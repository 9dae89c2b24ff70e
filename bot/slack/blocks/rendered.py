"""A message ready to send."""

from __future__ import annotations

from typing import Any

from pydantic import field_validator

from bot.documents.frozen import Frozen
from bot.slack.texts import clip

__all__ = ["Rendered"]

LONGEST_NOTIFICATION = 300


class Rendered(Frozen):
    """The text of the notification and the blocks of the message."""

    text: str
    blocks: list[dict[str, Any]]

    @field_validator("text")
    @classmethod
    def bearable(cls, text: str) -> str:
        """Cut what nobody reads in a notification."""
        return clip(text, LONGEST_NOTIFICATION)
