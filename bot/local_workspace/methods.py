"""What a Web API method is, and the table that each module of methods adds its own to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.local_workspace.arguments import Arguments
from bot.local_workspace.directory import Channel, Json
from bot.local_workspace.errors import SlackError
from bot.local_workspace.interactions import Interactions
from bot.local_workspace.workspace import Workspace

__all__ = ["Call", "Method", "need_scope"]


@dataclass(frozen=True)
class Call:
    """One call of the app."""

    workspace: Workspace
    interactions: Interactions
    arguments: Arguments


@dataclass(frozen=True)
class Method:
    """One method: the scope that it needs, and what it does."""

    scope: str
    run: Callable[[Call], Json]
    app_token: bool = False


def need_scope(call: Call, scope: str) -> None:
    """Refuse a call whose scope the app wasn't given. Raises SlackError."""
    granted = call.workspace.options.scopes
    if scope and scope not in granted:
        raise SlackError("missing_scope", needed=scope, provided=",".join(granted))


def need_channel_scope(call: Call, channel: Channel, verb: str) -> None:
    """Refuse a call on a kind of channel that the app has no scope for. Raises SlackError."""
    need_scope(call, f"{channel.scope_family}:{verb}")
