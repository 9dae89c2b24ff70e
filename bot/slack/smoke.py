"""A trial of every call that the bot makes in a workspace, in one channel, and the shapes of Slack's answers.

What it posts it deletes again. Shapes hold names of fields and types of values, never a value: they can be compared
with the shapes that the local workspace gives, and shown to others.
"""

from __future__ import annotations

import uuid
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.documents.frozen import Frozen
from bot.patterns import regex
from bot.slack.refusals import NO_ANSWER_OF_SLACK, reason_of

__all__ = ["Smoke", "Step", "shape_of"]

CHANNEL_ID = regex(r"[CG][A-Z0-9]{5,}")
METADATA = "planthread_smoke"
TEXT = "A trial by `planthread doctor --smoke`; it is deleted in a moment."
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": TEXT}}]
MOST_ASKED = 50
FILE, FILE_NAME = b"A trial by `planthread doctor --smoke`.\n", "planthread-trial.txt"
SECONDS = 30.0
REMEDIES = {
    "not_in_channel": "Say `/invite @planthread` in the channel.",
    "channel_not_found": "Check the channel's name; into a private one somebody must `/invite @planthread` first.",
    "is_archived": "Choose a channel that isn't archived.",
    "missing_scope": "Create the app anew from `planthread manifest`, or add the scope and reinstall the app.",
    "invalid_auth": "Copy SLACK_BOT_TOKEN again from the app's page OAuth & Permissions.",
    NO_ANSWER_OF_SLACK: "Check SLACK_API_URL: it doesn't lead to Slack's Web API.",
    "restricted_action": "A rule of the workspace forbids it; ask its administrator.",
}
OTHERWISE = "Look the reason up in Slack's documentation of the method."

type Shape = str | list[Any] | dict[str, Any]


class Step(Frozen):
    """One call: its method, why it failed (empty where it worked), what to do then, and its answer's shape."""

    method: str
    problem: str = ""
    next_step: str = ""
    shape: Any = None


class Smoke:
    """One trial in one channel. `run` gives its steps, in order; a step that needs an earlier one is left out."""

    def __init__(self, client: AsyncWebClient, channel: str) -> None:
        """Try with this client in a channel, given by its id or its name."""
        self._client = client
        self._channel = channel.removeprefix("#")
        self._key = uuid.uuid4().hex
        self._steps: list[Step] = []

    async def run(self) -> list[Step]:
        """Make all calls, and delete what was posted, whatever failed in between."""
        bot = await self._try("auth.test")
        if bot is None or not await self._enter():
            return self._steps
        await self._try("usergroups.list", include_users=True)
        person = await self._someone(str(bot["user_id"]))
        if person:
            await self._try("conversations.open", users=person)
        await self._files()
        card = await self._post()
        if not card:
            return self._steps
        await self._try("chat.update", channel=self._channel, ts=card, text=TEXT, blocks=BLOCKS)
        reply = await self._post(thread_ts=card)
        await self._try("reactions.add", channel=self._channel, timestamp=card, name="eyes")
        await self._read("conversations.history")
        await self._read("conversations.replies", ts=card)
        if person:
            await self._try("chat.postEphemeral", channel=self._channel, user=person, text=TEXT, blocks=BLOCKS)
        await self._try("chat.getPermalink", channel=self._channel, message_ts=card)
        for posted in filter(None, (reply, card)):
            await self._try("chat.delete", channel=self._channel, ts=posted)
        return self._steps

    async def _files(self) -> None:
        """Upload a file in both ways of the bot, look at it, and delete it; nobody sees it in between."""
        whole = await self._try("files.upload.v2", content=FILE, filename=FILE_NAME, title=FILE_NAME)
        place = await self._try("files.getUploadURLExternal", filename=FILE_NAME, length=len(FILE))
        if place and await self._send(str(place["upload_url"])):
            named = [{"id": place["file_id"], "title": FILE_NAME}]
            await self._try("files.completeUploadExternal", files=named)
            await self._try("files.info", file=place["file_id"])
        uploaded = [str(file["id"]) for file in (whole or {}).get("files", [])]
        for file in [*uploaded, *([str(place["file_id"])] if place else [])]:
            await self._try("files.delete", file=file)

    async def _send(self, address: str) -> bool:
        """Send the file's bytes to where Slack wants them; False where that failed."""
        limit = aiohttp.ClientTimeout(total=SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.post(address, data=FILE, ssl=self._client.ssl or True, proxy=self._client.proxy) as answer,
            ):
                answer.raise_for_status()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return self._failed("files.getUploadURLExternal", f"its address takes no bytes ({type(error).__name__})")
        return True

    async def _enter(self) -> bool:
        """Find the channel and be in it; False where that can't be."""
        if not CHANNEL_ID.fullmatch(self._channel) and not await self._find():
            return False
        info = await self._try("conversations.info", channel=self._channel)
        if info is None:
            return False
        if not info["channel"].get("is_private"):
            return await self._try("conversations.join", channel=self._channel) is not None
        return bool(info["channel"].get("is_member")) or self._failed("conversations.info", "not_in_channel")

    async def _find(self) -> bool:
        """Look the channel's id up by its name."""
        asked: dict[str, object] = {"types": "public_channel,private_channel", "limit": 200}
        while listed := await self._try("conversations.list", **asked):
            for channel in listed["channels"]:
                if channel["name"] == self._channel:
                    self._channel = channel["id"]
                    return True
            asked["cursor"] = (listed.get("response_metadata") or {}).get("next_cursor") or ""
            if not asked["cursor"]:
                return self._failed("conversations.list", "channel_not_found")
        return False

    async def _someone(self, bot: str) -> str:
        """Return a person of the channel, looked up as the bot looks people up; empty where there is none."""
        members = await self._try("conversations.members", channel=self._channel, limit=MOST_ASKED)
        people = [person for person in (members or {}).get("members", []) if person != bot]
        for person in people:
            found = await self._try("users.info", user=person)
            if found and not found["user"].get("is_bot"):
                return str(person)
        return ""

    async def _post(self, **more: str) -> str:
        """Post a message as the bot does, and return its timestamp, empty where that failed."""
        metadata = {"event_type": METADATA, "event_payload": {"key": self._key}}
        said = {"channel": self._channel, "text": TEXT, "blocks": BLOCKS, "metadata": metadata, "unfurl_links": False}
        posted = await self._try("chat.postMessage", **said, **more)
        return str(posted["ts"]) if posted else ""

    async def _read(self, method: str, **more: str) -> None:
        """Read messages, and find the key of what was posted, as the bot does after an answer that was lost."""
        found = await self._try(method, channel=self._channel, include_all_metadata=True, limit=MOST_ASKED, **more)
        if found and not any(self._is_ours(message) for message in found["messages"]):
            self._failed(method, "what was just posted isn't there, or came without its metadata")

    def _is_ours(self, message: dict[str, Any]) -> bool:
        payload = (message.get("metadata") or {}).get("event_payload") or {}
        return bool(payload.get("key") == self._key)

    async def _try(self, method: str, **arguments: object) -> dict[str, Any] | None:
        """Make a call by slack_sdk's function of that name, and keep its shape; None where it failed."""
        try:
            answer = (await getattr(self._client, method.replace(".", "_"))(**arguments)).data
        except SlackApiError as error:
            reason = reason_of(error)
            needed = error.response.get("needed") if reason == "missing_scope" else ""
            self._failed(method, reason, str(needed or ""))
            return None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._failed(method, f"Slack can't be reached ({type(error).__name__})")
            return None
        self._steps.append(Step(method=method, shape=shape_of(answer)))
        return dict(answer)

    def _failed(self, method: str, reason: str, needed: str = "") -> bool:
        problem = f"{reason} ({needed})" if needed else reason
        self._steps.append(Step(method=method, problem=problem, next_step=REMEDIES.get(reason, OTHERWISE)))
        return False


def shape_of(value: object) -> Shape:
    """Return names and types of a JSON value, the items of a list as one shape, or as the shapes that differ."""
    if isinstance(value, dict):
        return {str(name): shape_of(one) for name, one in sorted(value.items())}
    if isinstance(value, list):
        shapes: list[Shape] = []
        for one in value:
            shape = shape_of(one)
            if shape not in shapes:
                shapes.append(shape)
        return shapes
    names = {str: "text", bool: "boolean", int: "number", float: "number", type(None): "null"}
    return names.get(type(value), type(value).__name__)
