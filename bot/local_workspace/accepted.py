"""What Slack accepts of an app: texts, blocks and views; what it doesn't is refused with its words."""

from __future__ import annotations

from bot.local_workspace.directory import Json
from bot.local_workspace.errors import SlackError
from bot.local_workspace.limits import MESSAGE_TEXT, block_problems, view_problems

__all__ = ["checked_blocks", "checked_message", "checked_view", "messages"]

VIEW_BYTES = 250_000


def checked_message(body: Json) -> None:
    """Refuse texts and blocks that Slack refuses. Raises SlackError."""
    text, blocks = body.get("text") or "", body.get("blocks") or []
    if not isinstance(text, str) or not (text or blocks):
        raise SlackError("no_text")
    if len(text) > MESSAGE_TEXT:
        raise SlackError("msg_too_long")
    checked_blocks(blocks)


def checked_blocks(blocks: object) -> list[Json]:
    """Return the blocks if Slack would take them. Raises SlackError."""
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems = block_problems(blocks)
    if problems:
        raise SlackError("invalid_blocks", errors=problems, response_metadata=messages(problems))
    return blocks


def checked_view(view: Json) -> None:
    """Refuse a view that Slack refuses. Raises SlackError."""
    problems = view_problems(view)
    if problems:
        raise SlackError("invalid_arguments", response_metadata=messages(problems))
    if len(str(view).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")


def messages(problems: list[str]) -> Json:
    """Return problems as the ``response_metadata`` of a refusal."""
    return {"messages": [f"[ERROR] {problem}" for problem in problems]}
