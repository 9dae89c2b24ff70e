"""The arguments of a Web API call: JSON, form and query string in any mixture, as Slack takes them."""

from __future__ import annotations

import json
from typing import Any, cast
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.local_workspace.directory import BOT_USER, CHANNELS_BY_ID, Channel, Json, find_channel
from bot.local_workspace.errors import SlackError
from bot.local_workspace.workspace import Workspace

__all__ = ["Arguments", "read_arguments"]


class Arguments:
    """Arguments by name. What is missing or misshapen raises SlackError with Slack's own code."""

    def __init__(self, values: Json) -> None:
        self._values = {name: value for name, value in values.items() if value is not None}

    def has(self, name: str) -> bool:
        """Tell whether an argument was given."""
        return name in self._values

    def text(self, name: str, default: str = "") -> str:
        """Return a text."""
        value = self._values.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def needed(self, name: str) -> str:
        """Return a text that must not be empty."""
        value = self.text(name)
        if not value:
            metadata = {"messages": [f"[ERROR] missing required field: {name}"]}
            raise SlackError("invalid_arguments", response_metadata=metadata)
        return value

    def flag(self, name: str) -> bool:
        """Return a boolean: true, "true", 1 and "1" mean yes."""
        return self.text(name).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """Return a whole number above zero."""
        value = self.text(name)
        if not value:
            return default
        if not value.isdigit() or int(value) < 1:
            raise SlackError("invalid_limit" if name == "limit" else "invalid_arguments")
        return int(value)

    def data(self, name: str, error: str) -> Any:  # noqa: ANN401 (JSON of any shape; callers check it)
        """Return JSON that came as such or as text. Raises SlackError(error) where it can't be read."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise SlackError(error) from None

    def object(self, name: str, error: str = "invalid_arguments") -> Json:
        """Return a JSON object. Raises SlackError(error)."""
        value = self.data(name, error)
        if not isinstance(value, dict):
            raise SlackError(error)
        return cast("Json", value)

    def channel(self, workspace: Workspace, name: str = "channel") -> Channel:
        """Return the channel that the app may know of: private ones only if it is in. A person's id means their DM."""
        reference = self.needed(name)
        partner = next((each for each in CHANNELS_BY_ID.values() if each.partner == reference), None)
        channel = partner or find_channel(reference)
        if channel is None:
            raise SlackError("channel_not_found")
        if channel.kind != "public" and not workspace.history.is_member(channel.id, BOT_USER):
            raise SlackError("channel_not_found")
        return channel

    def joined_channel(self, workspace: Workspace, name: str = "channel") -> Channel:
        """Return a channel that the app is in."""
        channel = self.channel(workspace, name)
        if not workspace.history.is_member(channel.id, BOT_USER):
            raise SlackError("not_in_channel")
        return channel


async def read_arguments(request: Request) -> Arguments:
    """Return a request's arguments. Raises SlackError where the body can't be read."""
    values: Json = dict(request.query_params)
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not body:
        return Arguments(values)
    if kind == "application/json":
        try:
            sent = json.loads(body)
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(sent, dict):
            raise SlackError("json_not_object")
        return Arguments(values | sent)
    if kind == "application/x-www-form-urlencoded":
        return Arguments(values | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)))
    raise SlackError("invalid_post_type")
