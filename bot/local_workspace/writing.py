"""What a person types, turned into what Slack stores: escaped, with mentions, channels and links in angle brackets."""

from __future__ import annotations

import re

from bot.local_workspace.directory import CHANNELS, PEOPLE, Json

__all__ = ["escaped", "mentioned_people", "rich_text", "typed_text"]

MENTION = re.compile(r"(?<![\w@])@([A-Za-z][\w.-]*)")
CHANNEL = re.compile(r"(?<![\w#&])#([a-z][\w-]*)")
LINK = re.compile(r"(?<![<|])\bhttps?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"]")
MARKUP = re.compile(r"<(@[A-Z0-9]+|#[A-Z0-9]+\|[^>]*|https?://[^>|]+)>")
MENTIONED = re.compile(r"<@([A-Z0-9]+)>")


def escaped(text: str) -> str:
    """Replace the three characters that Slack reserves for its own markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed_text(text: str) -> str:
    """Return the stored text of a typed message: ``@planthread`` becomes ``<@U0PLANTHREAD>``."""
    people = {person.name.casefold(): person.id for person in PEOPLE}
    channels = {channel.name: channel.id for channel in CHANNELS if channel.name}

    def mention(match: re.Match[str]) -> str:
        name = match[1].rstrip(".-")
        rest = match[1][len(name) :]
        person = people.get(name.casefold())
        return f"<@{person}>{rest}" if person else match[0]

    def channel(match: re.Match[str]) -> str:
        return f"<#{channels[match[1]]}|{match[1]}>" if match[1] in channels else match[0]

    linked = LINK.sub(lambda match: f"<{match[0]}>", escaped(text))
    pieces = re.split(r"(<[^>]*>)", linked)
    return "".join(
        piece if piece.startswith("<") else CHANNEL.sub(channel, MENTION.sub(mention, piece)) for piece in pieces
    )


def mentioned_people(text: str) -> list[str]:
    """Return the ids of the people that a stored text mentions, in order, each once."""
    return list(dict.fromkeys(MENTIONED.findall(text)))


def rich_text(text: str, block_id: str) -> Json:
    """Return the rich text block that Slack adds to what people type."""
    elements: list[Json] = []
    position = 0
    for match in MARKUP.finditer(text):
        elements += plain(text[position : match.start()])
        elements.append(marked(match[1]))
        position = match.end()
    elements += plain(text[position:])
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def plain(text: str) -> list[Json]:
    """Return a text element without escapes, or nothing for no text."""
    unescaped = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return [{"type": "text", "text": unescaped}] if text else []


def marked(markup: str) -> Json:
    """Return the element of a mention, a channel or a link."""
    if markup.startswith("@"):
        return {"type": "user", "user_id": markup[1:]}
    if markup.startswith("#"):
        return {"type": "channel", "channel_id": markup[1:].partition("|")[0]}
    return {"type": "link", "url": markup.replace("&amp;", "&")}
