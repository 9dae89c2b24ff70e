"""The workspace itself: posting, editing, deleting, reacting, joining; each tells the pages and the app."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.local_workspace.delivery import Delivery, Timing
from bot.local_workspace.directory import (
    ALL_SCOPES,
    APP,
    BOT,
    BOT_USER,
    CHANNELS_BY_ID,
    MESSAGE_SHORTCUTS,
    PEOPLE_BY_ID,
    SLACKBOT,
    TEAM,
    Channel,
    Json,
    Person,
)
from bot.local_workspace.feed import Feed
from bot.local_workspace.history import History, StoredMessage
from bot.local_workspace.http_delivery import HttpDelivery
from bot.local_workspace.limits import with_block_ids
from bot.local_workspace.socket_mode import SocketMode
from bot.local_workspace.writing import mentioned_people, rich_text

__all__ = ["Options", "Workspace"]


@dataclass(frozen=True)
class Options:
    """How a workspace is set up. ``address`` has no slash at its end.

    With a ``request_url`` the app gets everything by signed HTTP, else over Socket Mode.
    """

    data: Path
    address: str
    bot_token: str = "xoxb-local"  # noqa: S105 (fixed on purpose: the workspace listens on loopback only)
    app_token: str = "xapp-local"  # noqa: S105 (as above)
    commands: tuple[str, ...] = ("/plan",)
    shortcuts: tuple[tuple[str, str], ...] = MESSAGE_SHORTCUTS
    """Message shortcuts: callback id, and what the menu of a message calls it."""
    scopes: tuple[str, ...] = ALL_SCOPES
    timing: Timing = field(default_factory=Timing)
    request_url: str = ""
    signing_secret: str = "local-signing-secret"  # noqa: S105 (as above)


class Workspace:
    """The one team of this server."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.history = History(options.data / "workspace.db")
        self.feed = Feed()
        self.socket_mode = SocketMode(options.timing, self._show_presence)
        self.delivery = self._way_to_the_app()

    async def stop_talking(self) -> None:
        """End feeds and connections, so that the server can stop."""
        self.feed.close()
        await self.delivery.close()
        await self.socket_mode.close()

    def _way_to_the_app(self) -> Delivery:
        options = self.options
        if not options.request_url:
            return self.socket_mode
        return HttpDelivery(options.request_url, options.signing_secret, options.timing, self._show_presence)

    def _show_presence(self, connected: bool) -> None:
        self.feed.publish(presence(connected))

    # Reading

    def as_slack(self, stored: StoredMessage, *, metadata: bool = False) -> Json:
        """Return a message as the Web API gives it: with its thread's counts, without metadata unless asked."""
        body = dict(stored.body)
        if not metadata:
            body.pop("metadata", None)
        if stored.is_reply or stored.only_for:
            return body
        replies = [reply for reply in self.history.thread(stored.channel, stored.ts) if reply.is_reply]
        if not replies:
            return body
        authors = list(dict.fromkeys(reply.author for reply in replies))
        return body | {
            "thread_ts": stored.ts,
            "reply_count": len(replies),
            "reply_users": authors,
            "reply_users_count": len(authors),
            "latest_reply": replies[-1].ts,
        }

    def as_page(self, stored: StoredMessage) -> Json:
        """Return a message as the page and the person API get it."""
        return self.as_slack(stored, metadata=True) | {
            "channel": stored.channel,
            "author": stored.author,
            "only_for": stored.only_for,
        }

    def head(self, channel_id: str, ts: str) -> StoredMessage | None:
        """Return the head of the thread that a message stands in, or could begin."""
        stored = self.history.message(channel_id, ts) if ts else None
        return self.history.message(channel_id, stored.thread_ts) if stored and stored.is_reply else stored

    def permalink(self, stored: StoredMessage) -> str:
        """Return the address that opens the page at a message."""
        link = f"{self.options.address}/archives/{stored.channel}/p{stored.ts.replace('.', '')}"
        return f"{link}?thread_ts={stored.thread_ts}&cid={stored.channel}" if stored.is_reply else link

    # Writing

    def post_as_person(self, person: Person, channel: Channel, text: str, thread_ts: str = "", **more: object) -> Json:
        """Post what a person typed; ``text`` is already in Slack's markup. Mentions of the app reach it twice."""
        body: Json = {"client_msg_id": secrets.token_hex(16), "blocks": [rich_text(text, secrets.token_hex(3))]}
        if person.team != TEAM:
            body |= {"user_team": person.team, "source_team": person.team}
        stored = self._post(channel, person.id, text, body | more, thread_ts)
        self._mention(stored, channel)
        return self.as_page(stored)

    def post_as_app(self, channel: Channel, text: str, blocks: list[Json], thread_ts: str = "", **more: object) -> Json:
        """Post a message of the app."""
        stored = self._post(channel, BOT_USER, text, app_body(blocks) | more, thread_ts)
        return stored.body

    def post_privately(
        self, channel: Channel, person: str, text: str, blocks: list[Json], thread_ts: str = "", author: str = BOT_USER
    ) -> StoredMessage:
        """Post a message that only one person sees. The app gets no event for it and can't read it back."""
        body = app_body(blocks) if author == BOT_USER else {}
        return self._post(channel, author, text, body, thread_ts, only_for=person)

    def say_privately(self, channel: Channel, person: str, text: str, thread_ts: str = "") -> StoredMessage:
        """Let the workspace itself tell one person something."""
        return self.post_privately(channel, person, text, [], thread_ts, author=SLACKBOT)

    def _post(
        self, channel: Channel, author: str, text: str, more: Json, thread_ts: str, only_for: str = ""
    ) -> StoredMessage:
        ts = self.history.next_ts()
        body: Json = {
            "type": "message",
            "user": author,
            "text": text,
            "ts": ts,
            "team": PEOPLE_BY_ID[author].team,
        } | more
        head = self.head(channel.id, thread_ts)
        if head:
            body |= {"thread_ts": head.ts, "parent_user_id": head.author}
        stored = StoredMessage(channel.id, ts, author, body, head.ts if head else "", only_for)
        self.history.save(stored)
        if author in self.history.members(channel.id) and not only_for:
            self.history.mark(author, channel.id, ts)
        self._show("message", stored)
        if not only_for:
            self._show_head(stored)
            self._tell_message(channel, body)
        return stored

    def edit(self, stored: StoredMessage, text: str, changes: Json) -> StoredMessage:
        """Replace a message's text and what ``changes`` names; None removes a field. Returns the new message."""
        ts = self.history.next_ts()
        body = stored.body | {"text": text} | changes
        if not stored.only_for:
            body["edited"] = {"user": stored.author, "ts": ts}
        edited = stored.edited({name: value for name, value in body.items() if value is not None})
        self.history.save(edited)
        self._show("message_changed", edited)
        if not stored.only_for:
            event = {"subtype": "message_changed", "hidden": True, "ts": ts, "message": self.as_slack(edited)}
            self._tell_message(CHANNELS_BY_ID[stored.channel], event | {"previous_message": self.as_slack(stored)})
        return edited

    def delete(self, stored: StoredMessage) -> None:
        """Delete a message. A thread's head with replies leaves a tombstone, as in Slack."""
        former = self.as_slack(stored)
        if "reply_count" in former:
            gone = {"user": SLACKBOT, "subtype": "tombstone", "text": "This message was deleted.", "hidden": True}
            body = {"type": "message", "ts": stored.ts, "thread_ts": stored.ts} | gone
            tombstone = replace(stored, author=SLACKBOT, body=body)
            self.history.save(tombstone)
            self._show("message_changed", tombstone)
        else:
            self.history.remove(stored.channel, stored.ts)
            change = {"type": "message_deleted", "channel": stored.channel, "ts": stored.ts}
            self.feed.publish(change | {"thread_ts": stored.thread_ts}, self._viewers(stored))
            self._show_head(stored)
        if not stored.only_for:
            event = {"subtype": "message_deleted", "hidden": True, "ts": self.history.next_ts()}
            event |= {"deleted_ts": stored.ts, "previous_message": former}
            self._tell_message(CHANNELS_BY_ID[stored.channel], event)

    def react(self, stored: StoredMessage, person: str, name: str, *, remove: bool = False) -> bool:
        """Add or remove a reaction. Returns False where nothing changed."""
        reactions = {entry["name"]: list(entry["users"]) for entry in stored.body.get("reactions", [])}
        users = reactions.setdefault(name, [])
        if (person in users) != remove:
            return False
        if remove:
            users.remove(person)
        else:
            users.append(person)
        listed = [{"name": key, "users": people, "count": len(people)} for key, people in reactions.items() if people]
        changed = replace(stored, body=stored.body | {"reactions": listed})
        self.history.save(changed)
        self._show("message_changed", changed)
        self.tell_app(
            CHANNELS_BY_ID[stored.channel],
            {
                "type": "reaction_removed" if remove else "reaction_added",
                "user": person,
                "reaction": name,
                "item": {"type": "message", "channel": stored.channel, "ts": stored.ts},
                "item_user": stored.author,
                "event_ts": self.history.next_ts(),
            },
            "reactions:read",
        )
        return True

    def join(self, channel: Channel, person: Person, inviter: str = "") -> bool:
        """Let someone into a channel. Returns False if they were in already."""
        if self.history.is_member(channel.id, person.id):
            return False
        self.history.join(channel.id, person.id)
        self.feed.publish({"type": "member_joined", "channel": channel.id, "person": person.id})
        kind = {"public": "C", "private": "G"}.get(channel.kind, "D")
        event = {"type": "member_joined_channel", "user": person.id, "channel": channel.id, "channel_type": kind}
        event |= {"team": TEAM, "event_ts": self.history.next_ts()} | ({"inviter": inviter} if inviter else {})
        self.tell_app(channel, event, f"{channel.scope_family}:read")
        self._post(channel, person.id, f"<@{person.id}> has joined the channel", {"subtype": "channel_join"}, "")
        return True

    def leave(self, channel: Channel, person: Person) -> None:
        """Take someone out of a channel."""
        self.history.leave(channel.id, person.id)
        self.feed.publish({"type": "member_left", "channel": channel.id, "person": person.id})

    # Telling

    def tell_app(self, channel: Channel | None, event: Json, scope: str = "") -> None:
        """Send the app an event, if it is in the channel and has the scope."""
        if channel and not self.history.is_member(channel.id, BOT_USER):
            return
        if scope and scope not in self.options.scopes:
            return
        authorization = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
        self.delivery.tell(
            {
                "token": "local",
                "team_id": TEAM,
                "context_team_id": TEAM,
                "api_app_id": APP,
                "event": event,
                "type": "event_callback",
                "event_id": f"Ev{secrets.token_hex(5).upper()}",
                "event_time": int(time.time()),
                "authorizations": [authorization | {"is_enterprise_install": False}],
                "is_ext_shared_channel": False,
                "event_context": secrets.token_hex(8),
            }
        )

    def _tell_message(self, channel: Channel, event: Json) -> None:
        whole = {"type": "message", "channel": channel.id, "channel_type": channel.event_kind} | event
        whole.pop("metadata", None)
        self.tell_app(channel, whole | {"event_ts": event["ts"]}, f"{channel.scope_family}:history")

    def _mention(self, stored: StoredMessage, channel: Channel) -> None:
        if BOT_USER not in mentioned_people(stored.body["text"]) or channel.kind == "im":
            return
        if self.history.is_member(channel.id, BOT_USER):
            event = stored.body | {"type": "app_mention", "channel": channel.id, "event_ts": stored.ts}
            self.tell_app(channel, event, "app_mentions:read")
            return
        hint = (
            f"You mentioned <@{BOT_USER}>, but they're not in this channel. Type /invite @planthread to bring them in."
        )
        self.say_privately(channel, stored.author, hint, stored.thread_ts)

    def _viewers(self, stored: StoredMessage) -> list[str]:
        return [stored.only_for] if stored.only_for else self.history.members(stored.channel)

    def _show(self, kind: str, stored: StoredMessage) -> None:
        change = {"type": kind, "channel": stored.channel, "message": self.as_page(stored)}
        self.feed.publish(change, self._viewers(stored))

    def _show_head(self, stored: StoredMessage) -> None:
        head = self.history.message(stored.channel, stored.thread_ts) if stored.is_reply else None
        if head:
            self._show("message_changed", head)


def app_body(blocks: list[Json]) -> Json:
    """Return the fields that messages of the app carry."""
    body: Json = {"bot_id": BOT, "app_id": APP, "bot_profile": bot_profile()}
    if blocks:
        body["blocks"] = with_block_ids(blocks, secrets.token_hex(3))
    return body


def bot_profile() -> Json:
    """Return the app's profile inside messages."""
    return {"id": BOT, "app_id": APP, "name": "planthread", "deleted": False, "updated": 1_700_000_000, "team_id": TEAM}


def presence(connected: bool) -> Json:
    """Return the change that tells pages whether the app is connected."""
    return {"type": "app_presence", "connected": connected}
