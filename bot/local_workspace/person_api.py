"""What a person does, for the page and for tests: JSON under ``/workspace``.

Every call names the person in ``as`` (a name or an id, in the query or the body) and mostly a ``channel`` (a name or an
id). Answers are ``{"ok": true, …}``, or ``{"ok": false, "error": code, "message": sentence}`` with status 4xx or 5xx.

| call | arguments | answer |
|---|---|---|
| ``GET state`` | | ``you, team, app, people, channels, commands`` |
| ``GET messages`` | channel, thread_ts? | ``messages``, oldest first; your ephemeral ones too |
| ``GET views`` | | ``views``: your open modals, the topmost last; ``home`` |
| ``GET feed`` | | Server-Sent Events: ``{"type": …}`` with ``message``, ``message_changed``, ``view_opened`` and more |
| ``GET files/{id}`` | | the bytes |
| ``POST messages`` | channel, text, thread_ts?, files? (ids; then the text may be empty) | ``message`` |
| ``POST messages/edit`` | channel, ts, text | ``message`` |
| ``POST messages/delete`` | channel, ts | your own message, or a private one dismissed |
| ``POST commands`` | channel, command, text | ``message``: the private answer, or null |
| ``POST actions`` | channel, ts (or view_id), action_id, block_id?, value?, values?, stale? | |
| ``POST reactions`` | channel, ts, name, remove? | |
| ``POST views/submit`` | view_id, values | ``errors`` by block id where the form was refused |
| ``POST views/close`` | view_id | |
| ``POST invite``, ``join``, ``remove`` | channel, user? | |
| ``POST home`` | tab: home or messages | ``channel``, ``view`` |
| ``POST read`` | channel | |
| ``POST files`` | channel, name, thread_ts?, text?, hold? (query); the bytes are the body | ``message`` or ``file`` |

``values`` holds what was typed or chosen: ``{"action_id": "text, option value or list"}``, or the same inside
``{"block_id": {…}}``. ``stale`` lets a click reach a button of an earlier version of the message, as happens when
someone clicks while it is being edited.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route

from bot.local_workspace.directory import (
    APP,
    BOT_USER,
    CHANNELS,
    PEOPLE,
    TEAM,
    TEAM_NAME,
    Channel,
    Json,
    Person,
    find_channel,
    find_person,
)
from bot.local_workspace.errors import PersonError
from bot.local_workspace.forms import action_entry, find_element, input_errors, state_of
from bot.local_workspace.history import StoredMessage
from bot.local_workspace.interactions import Interactions, View
from bot.local_workspace.methods_views_files import LARGEST_FILE, new_file
from bot.local_workspace.web_api import file_response
from bot.local_workspace.workspace import Workspace
from bot.local_workspace.writing import mentioned_people, typed_text

__all__ = ["PersonApi"]

LONGEST_TYPED = 12_000

type Handler = Callable[[Person, Json], Awaitable[Json]]


class PersonApi:
    """The routes that the page and tests call."""

    def __init__(self, workspace: Workspace, interactions: Interactions) -> None:
        self.workspace = workspace
        self.interactions = interactions

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        reading: dict[str, Handler] = {"state": self.state, "messages": self.messages, "views": self.views}
        writing: dict[str, Handler] = {
            "messages": self.post,
            "messages/edit": self.edit,
            "messages/delete": self.delete,
            "commands": self.command,
            "actions": self.act,
            "reactions": self.react,
            "shortcuts": self.use_shortcut,
            "views/submit": self.submit,
            "views/close": self.close,
            "invite": self.invite,
            "join": self.join,
            "remove": self.remove,
            "home": self.home,
            "read": self.read,
        }
        routes: list[BaseRoute] = [Route(f"/{name}", answering(handler)) for name, handler in reading.items()]
        routes += [Route(f"/{name}", answering(handler), methods=["POST"]) for name, handler in writing.items()]
        routes += [
            Route("/feed", self.feed),
            Route("/files", self.upload, methods=["POST"]),
            Route("/files/{file_id}", self.download),
        ]
        return [Mount("/workspace", routes=routes)]

    # Reading

    async def state(self, person: Person, _: Json) -> Json:
        """Answer with everything that a page needs to begin."""
        return {
            "you": person.as_slack(),
            "team": {"id": TEAM, "name": TEAM_NAME},
            "app": {"id": APP, "user": BOT_USER, "connected": self.workspace.delivery.connected},
            "people": [each.as_slack() for each in PEOPLE],
            "channels": [entry for channel in CHANNELS if (entry := self._channel_entry(person, channel))],
            "commands": list(self.workspace.options.commands),
            "shortcuts": [{"callback_id": one, "name": name} for one, name in self.workspace.options.shortcuts],
        }

    def _channel_entry(self, person: Person, channel: Channel) -> Json | None:
        members = self.workspace.history.members(channel.id)
        if person.id not in members and (channel.kind != "public" or person.guest):
            return None
        mark = self.workspace.history.read_until(person.id, channel.id)
        new = [message for message in self.workspace.history.since(channel.id, mark) if message.author != person.id]
        return channel.as_slack(bot_is_member=BOT_USER in members) | {
            "kind": channel.kind,
            "members": members,
            "you_are_member": person.id in members,
            "unread": len(new),
            "mentions": sum(person.id in mentioned_people(message.body.get("text", "")) for message in new),
        }

    async def messages(self, person: Person, given: Json) -> Json:
        """Answer with a channel's messages, or a thread's."""
        channel = self._channel(person, given)
        thread_ts = given.get("thread_ts")
        history = self.workspace.history
        if thread_ts:
            listed = history.thread(channel.id, self._head(channel, thread_ts), person.id)
        else:
            listed = history.top_level(channel.id, person.id)
        return {"messages": [self.workspace.as_page(message) for message in listed]}

    async def views(self, person: Person, _: Json) -> Json:
        """Answer with a person's open modals and the app's Home tab."""
        views = [view.body for view in self.interactions.views_of(person.id)]
        return {"views": views, "home": self.interactions.homes.get(person.id)}

    async def feed(self, request: Request) -> Response:
        """Stream a person's changes."""
        person = acting(dict(request.query_params))
        stream = self.workspace.feed.as_server_sent_events(person.id)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"cache-control": "no-store"})

    # Messages

    async def post(self, person: Person, given: Json) -> Json:
        """Post a message."""
        channel = self._channel(person, given)
        files = self._held(person, given)
        text = typed(given) if given.get("text") or not files else ""
        thread_ts = self._head(channel, given["thread_ts"]) if given.get("thread_ts") else ""
        more = {"files": files, "upload": True, "subtype": "file_share"} if files else {}
        return {"message": self.workspace.post_as_person(person, channel, text, thread_ts, **more)}

    def _held(self, person: Person, given: Json) -> list[Json]:
        """Return the files of a message that is being posted: uploaded by the same person before."""
        ids = given.get("files") or []
        found = [self.workspace.history.file(str(each)) for each in ids] if isinstance(ids, list) else []
        if any(file is None or file.body["user"] != person.id for file in found):
            raise PersonError("file_not_found", "One of these files isn't there; attach it again.", 404)
        return [file.body for file in found if file is not None]

    async def edit(self, person: Person, given: Json) -> Json:
        """Edit one's own message."""
        stored = self._own(person, given)
        return {"message": self.workspace.as_page(self.workspace.edit(stored, typed(given), {"blocks": None}))}

    async def delete(self, person: Person, given: Json) -> Json:
        """Delete one's own message, or dismiss a private one."""
        self.workspace.delete(self._own(person, given))
        return {}

    async def react(self, person: Person, given: Json) -> Json:
        """Add or remove a reaction."""
        stored = self._message(person, given)
        if stored.only_for:
            raise PersonError("not_reactable", "Messages that only you can see take no reactions.")
        name = needed(given, "name").strip(":")
        return {"changed": self.workspace.react(stored, person.id, name, remove=bool(given.get("remove")))}

    async def read(self, person: Person, given: Json) -> Json:
        """Mark a channel as read."""
        channel = self._channel(person, given)
        self.workspace.history.mark(person.id, channel.id, self.workspace.history.next_ts())
        return {}

    async def upload(self, request: Request) -> Response:
        """Share a file: the body holds its bytes."""
        given: Json = dict(request.query_params)
        person = acting(given)
        content = await request.body()
        if not 0 < len(content) <= LARGEST_FILE:
            raise PersonError("bad_size", "A file must hold something, and at most 50 MB.", 413)
        file = replace(new_file(self.workspace, given.get("name", ""), len(content), person.id), content=content)
        self.workspace.history.save_file(file)
        if given.get("hold"):
            return JSONResponse({"ok": True, "file": file.body})
        channel = self._channel(person, given)
        thread_ts = self._head(channel, given["thread_ts"]) if given.get("thread_ts") else ""
        more = {"files": [file.body], "upload": True, "subtype": "file_share"}
        text = typed_text(given.get("text", ""))
        message = self.workspace.post_as_person(person, channel, text, thread_ts, **more)
        return JSONResponse({"ok": True, "message": message})

    async def download(self, request: Request) -> Response:
        """Give a file's bytes to the page."""
        return file_response(self.workspace.history.file(request.path_params["file_id"]))

    # Commands, clicks and modals

    async def command(self, person: Person, given: Json) -> Json:
        """Run a slash command."""
        channel = self._channel(person, given)
        command, text = needed(given, "command"), str(given.get("text") or "")
        thread_ts = str(given.get("thread_ts") or "")
        return await self.interactions.run_command(person, channel, command, text, thread_ts)

    async def use_shortcut(self, person: Person, given: Json) -> Json:
        """Use one of the app's shortcuts on a message."""
        callback_id = needed(given, "callback_id")
        return await self.interactions.use_shortcut(person, self._message(person, given), callback_id)

    async def act(self, person: Person, given: Json) -> Json:
        """Click a button or choose an option, in a message or in an open modal."""
        values = given.get("values") or {}
        home = self.interactions.homes.get(person.id)
        if home and given.get("view_id") == home["id"]:
            return await self.interactions.click_in_home(person, home, self._action([home["blocks"]], given))
        if given.get("view_id"):
            view = self._view(person, given)
            action = self._action([view.body["blocks"]], given)
            return await self.interactions.click_in_view(person, view, action, state_of(view.body["blocks"], values))
        stored = self._message(person, given)
        versions = [stored.body, *(reversed(stored.earlier) if given.get("stale") else ())]
        action = self._action([body.get("blocks", []) for body in versions], given)
        return await self.interactions.click(person, stored, action, state_of(stored.body.get("blocks", []), values))

    def _action(self, versions: list[list[Json]], given: Json) -> Json:
        action_id, block_id, value = needed(given, "action_id"), str(given.get("block_id") or ""), given.get("value")
        wanted = value if isinstance(value, str) else None
        for blocks in versions:
            found = find_element(blocks, action_id, block_id, wanted)
            if found:
                return action_entry(*found, value)
        raise PersonError("no_such_action", "That button isn't there any more; look at the message again.", 404)

    async def submit(self, person: Person, given: Json) -> Json:
        """Submit a modal."""
        view = self._view(person, given)
        state = state_of(view.body["blocks"], given.get("values") or {})
        for held in (held for block in state.values() for held in block.values() if held["type"] == "file_input"):
            held["files"] = self._held(person, held)
        errors = input_errors(view.body["blocks"], state)
        if errors:
            return {"ok": False, "error": "invalid_input", "errors": errors}
        return await self.interactions.submit(person, view, state)

    async def close(self, person: Person, given: Json) -> Json:
        """Close a modal."""
        return await self.interactions.close_view(person, self._view(person, given))

    # Channels

    async def invite(self, person: Person, given: Json) -> Json:
        """Bring someone into a channel that one is in."""
        channel = self._channel(person, given)
        return {"changed": self.workspace.join(channel, self._invited(channel, given), person.id)}

    async def join(self, person: Person, given: Json) -> Json:
        """Join a public channel."""
        channel = find_channel(needed(given, "channel"))
        if channel is None or channel.kind != "public" or person.guest:
            raise PersonError("channel_not_found", "There is no such public channel that you can join.", 404)
        return {"changed": self.workspace.join(channel, person)}

    async def remove(self, person: Person, given: Json) -> Json:
        """Take someone out of a channel."""
        channel = self._channel(person, given)
        self.workspace.leave(channel, self._invited(channel, given))
        return {}

    def _invited(self, channel: Channel, given: Json) -> Person:
        invited = find_person(needed(given, "user"))
        if invited is None or channel.kind == "im":
            raise PersonError("user_not_found", f"There is nobody called {given['user']} to bring here.", 404)
        return invited

    async def home(self, person: Person, given: Json) -> Json:
        """Open the app's home."""
        return self.interactions.open_home(person, "messages" if given.get("tab") == "messages" else "home")

    # Finding things

    def _channel(self, person: Person, given: Json) -> Channel:
        channel = find_channel(needed(given, "channel"))
        if channel is None:
            raise PersonError("channel_not_found", f"There is no channel {given['channel']}.", 404)
        if not self.workspace.history.is_member(channel.id, person.id):
            raise PersonError("not_in_channel", f"{person.name} isn't in that channel; join it first.", 403)
        return channel

    def _head(self, channel: Channel, ts: str) -> str:
        head = self.workspace.head(channel.id, str(ts))
        if head is None:
            raise PersonError("thread_not_found", "That thread isn't there any more.", 404)
        return head.ts

    def _message(self, person: Person, given: Json) -> StoredMessage:
        channel = self._channel(person, given)
        stored = self.workspace.history.message(channel.id, needed(given, "ts"))
        if stored is None or stored.only_for not in ("", person.id):
            raise PersonError("message_not_found", "That message isn't there any more.", 404)
        return stored

    def _own(self, person: Person, given: Json) -> StoredMessage:
        stored = self._message(person, given)
        if person.id not in (stored.author, stored.only_for):
            raise PersonError("not_yours", "Only the author of a message can change it.", 403)
        return stored

    def _view(self, person: Person, given: Json) -> View:
        view = self.interactions.views.get(needed(given, "view_id"))
        if view is None or view.person != person.id:
            raise PersonError("view_not_found", "That dialog isn't open any more.", 404)
        return view


def acting(given: Json) -> Person:
    """Return the person whom a call names in ``as``. Raises PersonError."""
    person = find_person(needed(given, "as"))
    if person is None or person.is_bot:
        raise PersonError("user_not_found", "Say in 'as' who you are: Mara, Jon or Ada.", 404)
    return person


def needed(given: Json, name: str) -> str:
    """Return an argument that must not be empty. Raises PersonError."""
    value = given.get(name)
    if not isinstance(value, str) or not value:
        raise PersonError("missing_argument", f"The argument '{name}' is needed.")
    return value


def typed(given: Json) -> str:
    """Return a typed text in Slack's markup. Raises PersonError."""
    text = needed(given, "text")
    if not text.strip():
        raise PersonError("no_text", "Write something first.")
    if len(text) > LONGEST_TYPED:
        raise PersonError("msg_too_long", f"A message takes at most {LONGEST_TYPED} characters; this has {len(text)}.")
    return typed_text(text)


def answering(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Return a handler as an endpoint: arguments read, the person found."""

    async def endpoint(request: Request) -> Response:
        given = await arguments_of(request)
        return JSONResponse({"ok": True} | await handler(acting(given), given))

    return endpoint


async def arguments_of(request: Request) -> Json:
    """Return query and JSON body together. Raises PersonError."""
    given: Json = dict(request.query_params)
    body = await request.body()
    if not body:
        return given
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise PersonError("not_json", "Send the arguments as JSON.", 415)
    try:
        sent = json.loads(body)
    except ValueError:
        raise PersonError("not_json", "The arguments can't be read as JSON.") from None
    if not isinstance(sent, dict):
        raise PersonError("not_json", "The arguments must be a JSON object.")
    return given | sent
