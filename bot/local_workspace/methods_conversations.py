"""Web API methods on channels and people: ``conversations.*``, ``users.*`` and ``usergroups.*``."""

from __future__ import annotations

from bot.local_workspace.directory import (
    BOT_USER,
    CHANNELS,
    CHANNELS_BY_ID,
    PEOPLE,
    PEOPLE_BY_ID,
    USER_GROUPS,
    Channel,
    Json,
    find_person,
)
from bot.local_workspace.errors import SlackError
from bot.local_workspace.history import StoredMessage
from bot.local_workspace.methods import Call, Method, need_channel_scope

__all__ = ["METHODS"]

DEFAULT_PAGE = 100
LONGEST_PAGE = 999


def described(call: Call, channel: Channel) -> Json:
    """Return a channel's object as the app sees it."""
    return channel.as_slack(bot_is_member=call.workspace.history.is_member(channel.id, BOT_USER))


def info(call: Call) -> Json:
    """``conversations.info``."""
    channel = call.arguments.channel(call.workspace)
    need_channel_scope(call, channel, "read")
    answer = described(call, channel)
    if call.arguments.flag("include_num_members"):
        answer["num_members"] = len(call.workspace.history.members(channel.id))
    return {"channel": answer}


def list_channels(call: Call) -> Json:
    """``conversations.list``: public ones, and private ones and direct messages that the app is in."""
    kinds = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
    asked = call.arguments.text("types", "public_channel").split(",")
    if any(kind.strip() not in kinds for kind in asked):
        raise SlackError("invalid_types")
    wanted = {kinds[kind.strip()] for kind in asked}
    channels = [
        channel
        for channel in CHANNELS
        if channel.kind in wanted
        and (channel.kind == "public" or call.workspace.history.is_member(channel.id, BOT_USER))
    ]
    for channel in channels:
        need_channel_scope(call, channel, "read")
    page, following = paged(call, [channel.id for channel in channels])
    return {
        "channels": [described(call, CHANNELS_BY_ID[channel_id]) for channel_id in page],
        "response_metadata": {"next_cursor": following},
    }


def history(call: Call) -> Json:
    """``conversations.history``: newest first, without replies."""
    channel = call.arguments.joined_channel(call.workspace)
    need_channel_scope(call, channel, "history")
    messages = within(call, call.workspace.history.top_level(channel.id))
    return listing(call, messages[::-1])


def replies(call: Call) -> Json:
    """``conversations.replies``: the thread's head, then its replies, oldest first."""
    channel = call.arguments.joined_channel(call.workspace)
    need_channel_scope(call, channel, "history")
    head = call.workspace.head(channel.id, call.arguments.needed("ts"))
    if head is None or head.only_for:
        raise SlackError("thread_not_found")
    thread = call.workspace.history.thread(channel.id, head.ts)
    kept = {message.ts for message in within(call, thread)} | {head.ts}
    return listing(call, [message for message in thread if message.ts in kept])


def within(call: Call, messages: list[StoredMessage]) -> list[StoredMessage]:
    """Return the messages between ``oldest`` and ``latest``; the bounds count only with ``inclusive``."""
    oldest, latest = call.arguments.text("oldest"), call.arguments.text("latest")
    bounds = {oldest, latest} if call.arguments.flag("inclusive") else set()
    return [
        message
        for message in messages
        if message.ts in bounds
        or ((not oldest or message.ts > oldest) and (not latest or latest == "now" or message.ts < latest))
    ]


def listing(call: Call, messages: list[StoredMessage]) -> Json:
    """Return one page of messages."""
    by_ts = {message.ts: message for message in messages}
    page, following = paged(call, list(by_ts))
    metadata = call.arguments.flag("include_all_metadata")
    return {
        "messages": [call.workspace.as_slack(by_ts[ts], metadata=metadata) for ts in page],
        "has_more": bool(following),
        "response_metadata": {"next_cursor": following},
    }


def paged(call: Call, keys: list[str]) -> tuple[list[str], str]:
    """Return one page of keys and the cursor of the next page; the cursor is the next page's first key."""
    cursor = call.arguments.text("cursor")
    if cursor and cursor not in keys:
        raise SlackError("invalid_cursor")
    start = keys.index(cursor) if cursor else 0
    limit = min(call.arguments.number("limit", DEFAULT_PAGE), LONGEST_PAGE)
    following = keys[start + limit] if start + limit < len(keys) else ""
    return keys[start : start + limit], following


def members(call: Call) -> Json:
    """``conversations.members``."""
    channel = call.arguments.channel(call.workspace)
    need_channel_scope(call, channel, "read")
    page, following = paged(call, call.workspace.history.members(channel.id))
    return {"members": page, "response_metadata": {"next_cursor": following}}


def join(call: Call) -> Json:
    """``conversations.join``: public channels only."""
    channel = call.arguments.channel(call.workspace)
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if not call.workspace.join(channel, PEOPLE_BY_ID[BOT_USER]):
        metadata = {"warnings": ["already_in_channel"]}
        return {"channel": described(call, channel), "warning": "already_in_channel", "response_metadata": metadata}
    return {"channel": described(call, channel)}


def open_direct(call: Call) -> Json:
    """``conversations.open``: the direct message with one person."""
    if call.arguments.has("channel"):
        channel = call.arguments.channel(call.workspace)
    else:
        people = [find_person(name) for name in call.arguments.needed("users").split(",")]
        if any(person is None for person in people):
            raise SlackError("user_not_found")
        if len(people) > 1:
            raise SlackError("method_not_supported_for_channel_type")
        found = next((each for each in CHANNELS if people[0] and each.partner == people[0].id), None)
        if found is None:
            raise SlackError("cannot_dm_bot")
        channel = found
    short: Json = {"id": channel.id}
    return {
        "channel": described(call, channel) if call.arguments.flag("return_im") else short,
        "no_op": True,
        "already_open": True,
    }


def user_info(call: Call) -> Json:
    """``users.info``."""
    person = PEOPLE_BY_ID.get(call.arguments.needed("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"user": person.as_slack()}


def list_users(call: Call) -> Json:
    """``users.list``."""
    page, following = paged(call, [person.id for person in PEOPLE])
    return {
        "members": [PEOPLE_BY_ID[person].as_slack() for person in page],
        "response_metadata": {"next_cursor": following},
    }


def list_user_groups(call: Call) -> Json:
    """``usergroups.list``: members only where ``include_users`` asks for them."""
    with_users = call.arguments.flag("include_users")
    return {"usergroups": [group.as_slack(with_users=with_users) for group in USER_GROUPS]}


METHODS = {
    "conversations.info": Method("", info),
    "conversations.list": Method("", list_channels),
    "conversations.history": Method("", history),
    "conversations.replies": Method("", replies),
    "conversations.members": Method("", members),
    "conversations.join": Method("channels:join", join),
    "conversations.open": Method("im:write", open_direct),
    "usergroups.list": Method("usergroups:read", list_user_groups),
    "users.info": Method("users:read", user_info),
    "users.list": Method("users:read", list_users),
}
