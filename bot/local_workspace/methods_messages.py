"""Web API methods on messages: ``chat.*`` and ``reactions.add``."""

from __future__ import annotations

import secrets

from bot.local_workspace.accepted import checked_blocks, checked_message, messages
from bot.local_workspace.directory import BOT_USER, Channel, Json, find_person
from bot.local_workspace.errors import SlackError
from bot.local_workspace.history import StoredMessage
from bot.local_workspace.limits import MESSAGE_TEXT, UPDATE_TEXT, with_block_ids
from bot.local_workspace.methods import Call, Method

__all__ = ["METHODS"]


def blocks_of(call: Call) -> list[Json]:
    """Return the checked blocks of a call. Raises SlackError, also where an image shows a file that isn't there."""
    blocks = checked_blocks(call.arguments.data("blocks", "invalid_blocks_format") or [])
    for number, block in enumerate(blocks):
        file = block.get("slack_file") or {}
        stored = call.workspace.history.file(str(file["id"])) if file.get("id") else None
        if "id" in file and (stored is None or stored.content is None):
            problem = f"invalid slack file [json-pointer:/blocks/{number}/slack_file]"
            raise SlackError("invalid_blocks", errors=[problem], response_metadata=messages([problem]))
    return blocks


def metadata_of(call: Call) -> Json:
    """Return a call's ``metadata`` as a field of the message, or nothing. Raises SlackError."""
    if not call.arguments.has("metadata"):
        return {}
    metadata = call.arguments.object("metadata", "metadata_must_be_sent_as_json")
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    return {"metadata": metadata}


def thread_of(call: Call, channel: Channel) -> str:
    """Return the head of the thread that a call names, or an empty text. Raises SlackError."""
    thread_ts = call.arguments.text("thread_ts")
    head = call.workspace.head(channel.id, thread_ts)
    if thread_ts and head is None:
        raise SlackError("thread_not_found")
    return head.ts if head else ""


def own_message(call: Call, refusal: str) -> StoredMessage:
    """Return the app's own message that a call names. Raises SlackError."""
    channel = call.arguments.channel(call.workspace)
    stored = call.workspace.history.message(channel.id, call.arguments.needed("ts"))
    if stored is None or stored.only_for:
        raise SlackError("message_not_found")
    if stored.author != BOT_USER:
        raise SlackError(refusal)
    return stored


def post_message(call: Call) -> Json:
    """``chat.postMessage``: text above 40,000 characters is cut, as Slack does."""
    arguments = call.arguments
    channel = arguments.joined_channel(call.workspace)
    text, blocks = arguments.text("text"), blocks_of(call)
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    more: Json = metadata_of(call)
    thread_ts = thread_of(call, channel)
    if thread_ts and arguments.flag("reply_broadcast"):
        more["subtype"] = "thread_broadcast"
    body = call.workspace.post_as_app(channel, text[:MESSAGE_TEXT], blocks, thread_ts, **more)
    answer = {"channel": channel.id, "ts": body["ts"], "message": body}
    if len(text) > MESSAGE_TEXT:
        answer |= {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}
    return answer


def update(call: Call) -> Json:
    """``chat.update``: text without blocks removes the blocks; above 4,000 characters of text it refuses."""
    stored = own_message(call, "cant_update_message")
    arguments = call.arguments
    text, blocks = arguments.text("text"), blocks_of(call)
    if len(text) > UPDATE_TEXT:
        raise SlackError("msg_too_long")
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    shown = with_block_ids(blocks, secrets.token_hex(3)) if blocks else None
    edited = call.workspace.edit(stored, text, {"blocks": shown} | metadata_of(call))
    return {"channel": stored.channel, "ts": stored.ts, "text": text, "message": edited.body}


def delete(call: Call) -> Json:
    """``chat.delete``."""
    stored = own_message(call, "cant_delete_message")
    call.workspace.delete(stored)
    return {"channel": stored.channel, "ts": stored.ts}


def post_ephemeral(call: Call) -> Json:
    """``chat.postEphemeral``: to one person of the channel."""
    arguments = call.arguments
    channel = arguments.joined_channel(call.workspace)
    person = find_person(arguments.needed("user"))
    if person is None or not call.workspace.history.is_member(channel.id, person.id):
        raise SlackError("user_not_in_channel")
    blocks = blocks_of(call)
    checked_message({"text": arguments.text("text"), "blocks": blocks})
    thread_ts = thread_of(call, channel)
    stored = call.workspace.post_privately(channel, person.id, arguments.text("text"), blocks, thread_ts)
    return {"message_ts": stored.ts}


def get_permalink(call: Call) -> Json:
    """``chat.getPermalink``: the address opens the page at the message."""
    channel = call.arguments.channel(call.workspace)
    stored = call.workspace.history.message(channel.id, call.arguments.needed("message_ts"))
    if stored is None or stored.only_for:
        raise SlackError("message_not_found")
    return {"channel": channel.id, "permalink": call.workspace.permalink(stored)}


def add_reaction(call: Call) -> Json:
    """``reactions.add``."""
    stored = reacted_message(call)
    if not call.workspace.react(stored, BOT_USER, call.arguments.needed("name").strip(":")):
        raise SlackError("already_reacted")
    return {}


def remove_reaction(call: Call) -> Json:
    """``reactions.remove``."""
    stored = reacted_message(call)
    if not call.workspace.react(stored, BOT_USER, call.arguments.needed("name").strip(":"), remove=True):
        raise SlackError("no_reaction")
    return {}


def reacted_message(call: Call) -> StoredMessage:
    """Return the message that a reaction goes to. Raises SlackError."""
    channel = call.arguments.joined_channel(call.workspace)
    stored = call.workspace.history.message(channel.id, call.arguments.needed("timestamp"))
    if stored is None or stored.only_for:
        raise SlackError("message_not_found")
    return stored


METHODS = {
    "chat.postMessage": Method("chat:write", post_message),
    "chat.update": Method("chat:write", update),
    "chat.delete": Method("chat:write", delete),
    "chat.postEphemeral": Method("chat:write", post_ephemeral),
    "chat.getPermalink": Method("", get_permalink),
    "reactions.add": Method("reactions:write", add_reaction),
    "reactions.remove": Method("reactions:write", remove_reaction),
}
