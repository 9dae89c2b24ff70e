"""People of a story: what they type and press in the local workspace, and what they see there."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from tests.end_to_end.programs import until

__all__ = ["Message", "Person", "button_labels", "for_all", "text_of"]

Message = dict[str, Any]


class Person:
    """Somebody in a channel of the workspace."""

    def __init__(self, workspace: str, name: str, channel: str = "general", log: Path | None = None) -> None:
        self.workspace = workspace
        self.name = name
        self.channel = channel
        self.log = log

    def call(self, path: str, **arguments: Any) -> dict[str, Any]:
        """Do something; return the answer."""
        body = json.dumps({"as": self.name, "channel": self.channel, **arguments}).encode()
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(f"{self.workspace}/workspace/{path}", data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                found: dict[str, Any] = json.load(response)
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error.read().decode()}") from error
        return found

    def look(self, path: str, **arguments: Any) -> dict[str, Any]:
        """Look at something."""
        query = urllib.parse.urlencode({"as": self.name, "channel": self.channel, **arguments})
        with urllib.request.urlopen(f"{self.workspace}/workspace/{path}?{query}", timeout=30) as response:
            found: dict[str, Any] = json.load(response)
            return found

    def command(self, text: str) -> str:
        """Type ``/plan …`` and return the text of the private answer (empty without one)."""
        answer = self.call("commands", command="/plan", text=text).get("message")
        return text_of(answer) if answer else ""

    def say(self, text: str, thread: str) -> None:
        """Reply in a thread."""
        self.call("messages", text=text, thread_ts=thread)

    def top(self) -> list[Message]:
        """Return what stands in the channel."""
        return list(self.look("messages")["messages"])

    def thread(self, head: str) -> list[Message]:
        """Return what stands in a thread, its head first."""
        return list(self.look("messages", thread_ts=head)["messages"])

    def sees(self, what: str, thread: str = "", count: int = 1) -> Message:
        """Wait for a message that holds a text; return the last such one."""

        def look() -> Message | None:
            messages = self.thread(thread) if thread else self.top()
            found = [message for message in messages if what in text_of(message)]
            return found[-1] if len(found) >= count else None

        return until(look, f"{what!r} in {'the thread' if thread else 'the channel'}", self.log)

    def press(self, message: Message, label: str, *, stale: bool = False) -> None:
        """Press the button of that label."""
        pressed = next(element for element in buttons(message) if element["text"]["text"] == label)
        self.call("actions", ts=message["ts"], action_id=pressed["action_id"], value=pressed.get("value"), stale=stale)

    def fill(self, values: dict[str, str]) -> None:
        """Fill in and send the form that is open."""
        view = until(lambda: self.look("views")["views"], "a form", self.log)[-1]
        answer = self.call("views/submit", view_id=view["id"], values=values)
        assert answer["ok"], answer


def for_all(messages: list[Message]) -> list[Message]:
    """Return the messages that everybody sees."""
    return [message for message in messages if not message.get("only_for")]


def buttons(message: Message) -> list[dict[str, Any]]:
    """Return the buttons of a message."""
    return [
        element
        for block in message.get("blocks") or []
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


def button_labels(message: Message) -> list[str]:
    """Return the labels of a message's buttons."""
    return [element["text"]["text"] for element in buttons(message)]


def text_of(message: Message) -> str:
    """Return all text of a message that people see."""
    parts: list[str] = []
    for block in message.get("blocks") or []:
        texts = [block.get("text"), *(block.get("fields") or []), *(block.get("elements") or [])]
        parts += [item["text"] for item in texts if isinstance(item, dict) and isinstance(item.get("text"), str)]
    return "\n".join(parts) or str(message.get("text", ""))
