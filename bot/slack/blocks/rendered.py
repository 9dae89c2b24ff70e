"""A message ready to send."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from pydantic import Field, field_validator

from bot.documents.frozen import Frozen
from bot.slack.drawn import Picture
from bot.slack.texts import clip

__all__ = ["NATIVE", "Rendered", "image"]

LONGEST_NOTIFICATION = 300
NATIVE = frozenset({"plan", "image"})
"""Kinds of block that not every server takes."""


class Rendered(Frozen):
    """The text of the notification and the blocks of the message."""

    text: str
    blocks: list[dict[str, Any]]
    picture: Picture | None = None
    """What its image block shows: the file's id is filled in once it is uploaded."""
    files: Mapping[str, bytes] = Field(default_factory=dict)
    """Files by name that are shared with its words; such a message has no blocks and is never edited."""
    words: str = ""
    """What stands above its files, in Slack's markup."""
    instead: Mapping[str, list[dict[str, Any]]] = Field(default_factory=dict)
    """What stands in place of blocks of a kind where the server doesn't take it; nothing for a kind that isn't here."""

    @field_validator("text")
    @classmethod
    def bearable(cls, text: str) -> str:
        """Cut what nobody reads in a notification."""
        return clip(text, LONGEST_NOTIFICATION)

    def without(self, kinds: Set[str]) -> Rendered:
        """Return the message for a server that doesn't take blocks of these kinds."""
        blocks: list[dict[str, Any]] = []
        for block in self.blocks:
            blocks += self.instead.get(block["type"], []) if block["type"] in kinds else [block]
        picture = None if "image" in kinds else self.picture
        return self.model_copy(update={"blocks": blocks, "picture": picture})

    def showing(self, file: str) -> Rendered:
        """Return the message with its picture, which was uploaded as a file of that id."""
        blocks = [block | {"slack_file": {"id": file}} if block["type"] == "image" else block for block in self.blocks]
        return self.model_copy(update={"blocks": blocks, "picture": None})


def image(picture: Picture) -> dict[str, Any]:
    """Return the block in which a picture is shown."""
    return {"type": "image", "alt_text": picture.alt, "slack_file": {"id": ""}}
