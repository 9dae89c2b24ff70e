"""What the app may answer with for a while: trigger ids for views, and response addresses for messages."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from bot.local_workspace.accepted import checked_message
from bot.local_workspace.directory import CHANNELS_BY_ID, Json
from bot.local_workspace.errors import SlackError
from bot.local_workspace.limits import with_block_ids
from bot.local_workspace.workspace import Workspace

__all__ = ["GivenAddresses"]

RESPONSE_USES = 5
RESPONSE_SECONDS = 30 * 60


@dataclass
class Trigger:
    """A ``trigger_id``: good for one view, for three seconds."""

    person: str
    until: float
    used: bool = False
    view_id: str = ""


@dataclass
class ResponseUrl:
    """An address that takes five answers in half an hour."""

    person: str
    channel: str
    ts: str
    until: float
    uses: int = 0


class GivenAddresses:
    """The trigger ids and response addresses that were given out. They live in memory."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseUrl] = {}

    def new_trigger(self, person: str, view_id: str = "") -> str:
        """Return a trigger id in Slack's form of three parts."""
        trigger_id = f"{secrets.randbelow(10**9)}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        until = time.monotonic() + self.workspace.options.timing.trigger
        self._triggers[trigger_id] = Trigger(person, until, view_id=view_id)
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Use a trigger. Raises SlackError where it is unknown, used or too old."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if trigger.until < time.monotonic():
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def new_response_url(self, person: str, channel: str, ts: str = "") -> str:
        """Return an address for answers to a command or a click."""
        key = secrets.token_urlsafe(18)
        self._responses[key] = ResponseUrl(person, channel, ts, time.monotonic() + RESPONSE_SECONDS)
        return f"{self.workspace.options.address}/response/{key}"

    def respond(self, key: str, body: Json) -> None:
        """Take an answer sent to a response address. Raises SlackError."""
        response = self._responses.get(key)
        if response is None:
            raise SlackError("invalid_url")
        if response.until < time.monotonic():
            raise SlackError("expired_url")
        if response.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        checked_message(body)
        response.uses += 1
        self._answer(response, body)

    def _answer(self, response: ResponseUrl, body: Json) -> None:
        stored = self.workspace.history.message(response.channel, response.ts) if response.ts else None
        channel = CHANNELS_BY_ID[response.channel]
        text, blocks = str(body.get("text") or ""), body.get("blocks") or []
        if body.get("delete_original"):
            if stored:
                self.workspace.delete(stored)
            return
        if body.get("replace_original") and stored:
            shown = with_block_ids(blocks, secrets.token_hex(3)) if blocks else None
            self.workspace.edit(stored, text, {"blocks": shown})
            return
        thread_ts = str(body.get("thread_ts") or (stored.thread_ts if stored else ""))
        if body.get("response_type") == "in_channel":
            self.workspace.post_as_app(channel, text, blocks, thread_ts)
            return
        self.workspace.post_privately(channel, response.person, text, blocks, thread_ts)
