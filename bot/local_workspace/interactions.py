"""What people do beyond writing: commands, clicks, modals."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from bot.local_workspace.accepted import checked_message, checked_view
from bot.local_workspace.delivery import UnansweredError
from bot.local_workspace.directory import APP, BOT, BOT_USER, CHANNELS_BY_ID, TEAM, TEAM_DOMAIN, Channel, Json, Person
from bot.local_workspace.errors import PersonError, SlackError
from bot.local_workspace.given_addresses import GivenAddresses
from bot.local_workspace.history import StoredMessage
from bot.local_workspace.limits import with_block_ids
from bot.local_workspace.workspace import Workspace
from bot.local_workspace.writing import escaped

__all__ = ["Interactions"]

MOST_VIEWS = 3


@dataclass(frozen=True)
class View:
    """A view that a person has open."""

    person: str
    body: Json

    @property
    def id(self) -> str:
        """Return the view's id."""
        return str(self.body["id"])


class Interactions:
    """Open modals, and what the app may answer with. They live in memory, as they do in a person's Slack window."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.views: dict[str, View] = {}
        self.homes: dict[str, Json] = {}
        self.given = GivenAddresses(workspace)

    # Commands

    async def run_command(self, person: Person, channel: Channel, command: str, text: str, thread_ts: str = "") -> Json:
        """Run a slash command and show its private answer. Raises PersonError where Slack refuses it."""
        if thread_ts:
            sentence = f"{command} is not supported in threads. Sorry! Type it in the channel instead."
            self.workspace.say_privately(channel, person.id, sentence, thread_ts)
            raise PersonError("not_supported_in_threads", sentence)
        if command not in self.workspace.options.commands:
            sentence = f"{command} is not a valid command. Commands here: {', '.join(self.workspace.options.commands)}."
            self.workspace.say_privately(channel, person.id, sentence)
            raise PersonError("unknown_command", sentence)
        payload = {
            "token": "local",
            "team_id": TEAM,
            "team_domain": TEAM_DOMAIN,
            "channel_id": channel.id,
            "channel_name": channel.command_name,
            "user_id": person.id,
            "user_name": person.name.lower(),
            "command": command,
            "text": escaped(text).strip(),
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": self.given.new_response_url(person.id, channel.id),
            "trigger_id": self.given.new_trigger(person.id),
        }
        answer = await self._ask("slash_commands", payload, person, channel, f"{command} failed")
        if not answer.get("text") and not answer.get("blocks"):
            return {"ok": True, "message": None}
        try:
            checked_message(answer)
        except SlackError as error:
            self.workspace.say_privately(channel, person.id, f"{command} failed with the error “{error.code}”.")
            raise PersonError(error.code, f"The app's answer to {command} was refused: {error.code}.", 502) from error
        blocks = answer.get("blocks") or []
        if answer.get("response_type") == "in_channel":
            return {"ok": True, "message": self.workspace.post_as_app(channel, str(answer.get("text") or ""), blocks)}
        stored = self.workspace.post_privately(channel, person.id, str(answer.get("text") or ""), blocks)
        return {"ok": True, "message": self.workspace.as_page(stored)}

    async def _ask(self, kind: str, payload: Json, person: Person, channel: Channel | None, what: str) -> Json:
        try:
            return await self.workspace.delivery.ask(kind, payload)
        except UnansweredError as error:
            sentence = f"{what} with the error “{error.reason}”: Planthread didn't answer in time. Is the bot running?"
            if channel:
                self.workspace.say_privately(channel, person.id, sentence)
            raise PersonError(error.reason, sentence, 504) from error

    # Clicks

    async def click(self, person: Person, stored: StoredMessage, action: Json, state: Json) -> Json:
        """Click an element of a message. ``action`` is one entry of the payload's ``actions``."""
        channel = CHANNELS_BY_ID[stored.channel]
        container = {
            "type": "message",
            "message_ts": stored.ts,
            "channel_id": stored.channel,
            "is_ephemeral": bool(stored.only_for),
        }
        if stored.is_reply:
            container["thread_ts"] = stored.thread_ts
        payload = self._interaction("block_actions", person) | {
            "container": container,
            "channel": {"id": channel.id, "name": channel.command_name},
            "state": {"values": state},
            "response_url": self.given.new_response_url(person.id, channel.id, stored.ts),
            "actions": [action | {"action_ts": self.workspace.history.next_ts()}],
        }
        if not stored.only_for:  # Slack doesn't keep what only one person sees
            payload["message"] = self.workspace.as_slack(stored)
        await self._ask("interactive", payload, person, None, "That click failed")
        return {"ok": True}

    async def click_in_view(self, person: Person, view: View, action: Json, state: Json) -> Json:
        """Use an element of an open modal that reports at once."""
        held = self._hold(replace(view, body=view.body | {"state": {"values": state}}))
        payload = self._interaction("block_actions", person, view.id) | {
            "container": {"type": "view", "view_id": view.id},
            "view": held.body,
            "actions": [action | {"action_ts": self.workspace.history.next_ts()}],
        }
        await self._ask("interactive", payload, person, None, "That click failed")
        return {"ok": True}

    async def click_in_home(self, person: Person, home: Json, action: Json) -> Json:
        """Use an element of the app's Home tab."""
        payload = self._interaction("block_actions", person) | {
            "container": {"type": "view", "view_id": home["id"]},
            "view": home,
            "actions": [action | {"action_ts": self.workspace.history.next_ts()}],
        }
        await self._ask("interactive", payload, person, None, "That click failed")
        return {"ok": True}

    async def use_shortcut(self, person: Person, stored: StoredMessage, callback_id: str) -> Json:
        """Use a message shortcut. Raises PersonError where the app has no such one, or Slack offers none."""
        if stored.only_for:
            raise PersonError("no_shortcuts_here", "Messages that only you can see have no shortcuts.")
        if callback_id not in dict(self.workspace.options.shortcuts):
            raise PersonError("unknown_shortcut", f"Planthread has no shortcut {callback_id}.", 404)
        channel = CHANNELS_BY_ID[stored.channel]
        payload = self._interaction("message_action", person) | {
            "callback_id": callback_id,
            "action_ts": self.workspace.history.next_ts(),
            "channel": {"id": channel.id, "name": channel.command_name},
            "message_ts": stored.ts,
            "message": self.workspace.as_slack(stored),
            "response_url": self.given.new_response_url(person.id, channel.id),
        }
        name = dict(self.workspace.options.shortcuts)[callback_id]
        await self._ask("interactive", payload, person, channel, f"“{name}” failed")
        return {"ok": True}

    def _interaction(self, kind: str, person: Person, view_id: str = "") -> Json:
        return {
            "type": kind,
            "token": "local",
            "api_app_id": APP,
            "team": {"id": TEAM, "domain": TEAM_DOMAIN},
            "user": {
                "id": person.id,
                "username": person.name.lower(),
                "name": person.name.lower(),
                "team_id": person.team,
            },
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self.given.new_trigger(person.id, view_id),
        }

    # Views

    def open_view(self, trigger_id: str, view: Json, *, push: bool = False) -> Json:
        """Open a modal for the person whose trigger it is. Raises SlackError."""
        checked_view(view)
        trigger = self.given.exchange(trigger_id)
        stack = self.views_of(trigger.person)
        if push and len(stack) >= MOST_VIEWS:
            raise SlackError("push_limit_reached")
        if not push:
            for former in stack:
                self._drop(former)
        previous = stack[-1] if push and stack else None
        return self._hold(View(trigger.person, self._new_body(view, previous))).body

    def update_view(self, view_id: str, external_id: str, view_hash: str, view: Json) -> Json:
        """Replace an open modal. Raises SlackError."""
        found = next((each for each in self.views.values() if each.id == view_id), None) or next(
            (each for each in self.views.values() if external_id and each.body.get("external_id") == external_id), None
        )
        if found is None:
            raise SlackError("not_found")
        if view_hash and view_hash != found.body["hash"]:
            raise SlackError("hash_conflict")
        checked_view(view)
        return self._hold(replace(found, body=self._replaced(found, view))).body

    def publish_home(self, person: str, view: Json) -> Json:
        """Set a person's Home tab. Raises SlackError."""
        checked_view(view)
        before = self.homes.get(person)
        body = self._new_body(view, None)
        self.homes[person] = body | ({"id": before["id"], "root_view_id": before["id"]} if before else {})
        self.workspace.feed.publish({"type": "home_changed", "view": self.homes[person]}, [person])
        return self.homes[person]

    def views_of(self, person: str) -> list[View]:
        """Return a person's open modals, the topmost last."""
        return [view for view in self.views.values() if view.person == person]

    async def submit(self, person: Person, view: View, values: Json) -> Json:
        """Submit a modal. Returns ``errors`` by block id where the app finds some; the modal stays open then."""
        held = self._hold(replace(view, body=view.body | {"state": {"values": values}}), silently=True)
        payload = self._interaction("view_submission", person, view.id) | {"view": held.body, "response_urls": []}
        answer = await self._ask("interactive", payload, person, None, "Submitting failed")
        action = answer.get("response_action")
        if action == "errors":
            return {"ok": False, "error": "invalid_input", "errors": answer.get("errors") or {}}
        if action in ("update", "push"):
            return self._follow(view, action, answer.get("view") or {})
        for each in self.views_of(person.id) if action == "clear" else [view]:
            self._drop(each)
        return {"ok": True}

    def _follow(self, view: View, action: str, following: Json) -> Json:
        try:
            checked_view(following)
        except SlackError as error:
            raise PersonError(error.code, "The app answered with a modal that Slack would refuse.", 502) from error
        if action == "update":
            self._hold(replace(self.views[view.id], body=self._replaced(self.views[view.id], following)))
        else:
            self._hold(View(view.person, self._new_body(following, view)))
        return {"ok": True}

    async def close_view(self, person: Person, view: View) -> Json:
        """Close a modal without submitting; the app hears of it if it asked to."""
        self._drop(view)
        if view.body.get("notify_on_close"):
            payload = self._interaction("view_closed", person) | {"view": view.body, "is_cleared": False}
            await self._ask("interactive", payload, person, None, "Closing failed")
        return {"ok": True}

    def _new_body(self, view: Json, previous: View | None) -> Json:
        view_id = f"V{secrets.token_hex(5).upper()}"
        return self._filled(view) | {
            "id": view_id,
            "team_id": TEAM,
            "app_id": APP,
            "app_installed_team_id": TEAM,
            "bot_id": BOT,
            "root_view_id": previous.body["root_view_id"] if previous else view_id,
            "previous_view_id": previous.id if previous else None,
            "state": {"values": {}},
        }

    def _replaced(self, view: View, following: Json) -> Json:
        kept = (
            "id",
            "team_id",
            "app_id",
            "app_installed_team_id",
            "bot_id",
            "root_view_id",
            "previous_view_id",
            "state",
        )
        return self._filled(following) | {name: view.body[name] for name in kept}

    def _filled(self, view: Json) -> Json:
        defaults: Json = {
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            "submit": None,
            "close": None,
        }
        blocks = with_block_ids(view["blocks"], secrets.token_hex(3))
        stamp = f"{self.workspace.history.next_ts().partition('.')[0]}.{secrets.token_hex(4)}"
        return defaults | view | {"blocks": blocks, "hash": stamp}

    def _hold(self, view: View, *, silently: bool = False) -> View:
        known = view.id in self.views
        self.views[view.id] = view
        if not silently:
            kind = "view_changed" if known else "view_opened"
            self.workspace.feed.publish({"type": kind, "view": view.body}, [view.person])
        return view

    def _drop(self, view: View) -> None:
        self.views.pop(view.id, None)
        self.workspace.feed.publish({"type": "view_closed", "view_id": view.id}, [view.person])

    # The app's home

    def open_home(self, person: Person, tab: str) -> Json:
        """Open the app's home or messages tab, which the app hears of."""
        channel = next(each for each in CHANNELS_BY_ID.values() if each.partner == person.id)
        event = {"type": "app_home_opened", "user": person.id, "channel": channel.id, "tab": tab}
        self.workspace.tell_app(None, event | {"event_ts": self.workspace.history.next_ts()})
        return {"ok": True, "channel": channel.id, "view": self.homes.get(person.id), "app": BOT_USER}
