"""People in the Slack of `emulate`: what they write by its Web API, and what it can't do, as Slack sends it.

It delivers messages only. Commands, mentions, clicks and forms reach the bot as signed requests of this test.
"""

from __future__ import annotations

import json
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from tests.end_to_end.people import Message, Person, buttons, text_of
from tests.slack.signed import FORM, as_form, signed

__all__ = ["TEAM", "EmulatedPerson"]

TEAM = "T000000001"


class EmulatedPerson(Person):
    """Somebody with a token of their own; ``bot`` is the address that Slack's requests go to."""

    def __init__(self, slack: str, token: str, bot: str, channel: str, log: Path) -> None:
        super().__init__(slack, token, channel, log)
        self.token = token
        self.bot = bot
        self.id = self.ask("auth.test")["user_id"]

    def ask(self, method: str, **arguments: str) -> dict[str, Any]:
        """Call a method of the Web API."""
        request = urllib.request.Request(
            f"{self.workspace}/api/{method}",
            data=urllib.parse.urlencode(arguments).encode(),
            headers={"Authorization": f"Bearer {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            answer: dict[str, Any] = json.load(response)
        assert answer["ok"], answer
        return answer

    def send(self, body: bytes, kind: str) -> bytes:
        """Send what Slack would send; return the body of the answer."""
        request = urllib.request.Request(self.bot, data=body, headers=signed(body, kind))
        with urllib.request.urlopen(request, timeout=60) as response:
            found: bytes = response.read()
        return found

    def trigger(self) -> str:
        """Return what opens a form."""
        return str(self.ask("views.generateTriggerId")["trigger_id"])

    def command(self, text: str) -> str:
        """Type ``/plan …``; return the text of the answer."""
        fields = {
            "command": "/plan",
            "text": text,
            "team_id": TEAM,
            "channel_id": self.channel,
            "user_id": self.id,
            "trigger_id": self.trigger(),
            "response_url": f"{self.workspace}/nowhere",
        }
        answer = self.send(as_form(fields), FORM)
        return text_of(json.loads(answer)) if answer else ""

    def say(self, text: str, thread: str) -> None:
        """Reply in a thread, by its Web API: the event comes from there."""
        self.ask("chat.postMessage", channel=self.channel, text=text, thread_ts=thread)

    def mention(self, bot_user: str, text: str, thread: str) -> None:
        """Reply with a mention, and send the event that Slack would send beside the message's own."""
        said = f"<@{bot_user}> {text}"
        ts = str(self.ask("chat.postMessage", channel=self.channel, text=said, thread_ts=thread)["ts"])
        about = {"channel": self.channel, "user": self.id, "text": said, "ts": ts, "thread_ts": thread}
        event = {"type": "app_mention", "event_ts": ts, **about}
        body = {"type": "event_callback", "team_id": TEAM, "event_id": f"EvMention{ts}", "event": event}
        self.send(json.dumps(body | {"event_time": int(time.time())}).encode(), "application/json")

    def top(self) -> list[Message]:
        """Return what stands in the channel, oldest first."""
        return list(reversed(self.ask("conversations.history", channel=self.channel)["messages"]))

    def thread(self, head: str) -> list[Message]:
        """Return what stands in a thread, its head first."""
        found = self.ask("conversations.replies", channel=self.channel, ts=head)["messages"]
        return sorted(found, key=lambda message: float(message["ts"]))

    def press(self, message: Message, label: str, *, stale: bool = False) -> None:
        """Press the button of that label."""
        pressed = next(element for element in buttons(message) if element["text"]["text"] == label)
        body = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": self.id, "team_id": TEAM},
            "channel": {"id": self.channel},
            "message": message,
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": self.channel},
            "trigger_id": self.trigger(),
            "response_url": f"{self.workspace}/nowhere",
            "actions": [pressed | {"action_ts": f"{time.time():.6f}"}],
        }
        self.send(as_form({"payload": json.dumps(body)}), FORM)
