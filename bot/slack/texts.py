"""Texts for Slack: templates whose values are escaped, so that nothing said in chat becomes a mention or a link."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from bot.resources import resource

__all__ = ["SECTION_LIMIT", "Mrkdwn", "bar", "clip", "escape", "fenced_sections", "mention", "render", "sections"]

SECTION_LIMIT = 3000
"""Characters of one section block."""
SMALL = "(small) "
"""A part of a template that begins so becomes a context block."""
MOST_SECTIONS = 40


class Mrkdwn(str):
    """Text that is Slack markup already: made by our own code, never from chat."""

    __slots__ = ()


def escape(text: str) -> str:
    """Return chat text with Slack's three control characters escaped, so that it can't mention or link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, length: int) -> str:
    """Return at most so many characters, the last one an ellipsis where something was cut."""
    return text if len(text) <= length else text[: length - 1] + "…"


def mention(person: str) -> Mrkdwn:
    """Return a mention of a person by id."""
    return Mrkdwn(f"<@{''.join(character for character in person if character.isalnum())}>")


def link(url: str, text: str) -> Mrkdwn:
    """Return a link; anything but http(s) stays plain text."""
    if not url.startswith(("http://", "https://")):
        return Mrkdwn(escape(text))
    return Mrkdwn(f"<{escape(url).replace('|', '%7C')}|{escape(text).replace('|', '¦')}>")


def code(text: str) -> Mrkdwn:
    """Return inline code; back quotes inside become plain quotes."""
    return Mrkdwn(f"`{escape(text).replace('`', chr(39))}`")


def fence(text: str) -> Mrkdwn:
    """Return a block of code."""
    return Mrkdwn(f"```\n{escape(text).replace('```', chr(39) * 3)}\n```")


def bar(done: int, total: int, width: int = 10) -> Mrkdwn:
    """Return a progress bar such as ``▓▓▓░░░░░░░``."""
    filled = round(width * done / total) if total else 0
    return Mrkdwn("▓" * filled + "░" * (width - filled))


def render(name: str, **values: Any) -> str:  # noqa: ANN401 (a template takes any value)
    """Render ``templates/slack/<name>.j2``. Raises jinja2.UndefinedError where a value is missing."""
    return environment().get_template(f"{name}.j2").render(**values).strip()


@functools.cache
def environment() -> SandboxedEnvironment:
    """Return the environment in which every value that isn't `Mrkdwn` is escaped."""
    made = SandboxedEnvironment(
        loader=FileSystemLoader(resource("templates/slack")),
        undefined=StrictUndefined,
        autoescape=False,
        finalize=lambda value: value if isinstance(value, Mrkdwn) else escape(str(value)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(mention=mention, code=code, fence=fence)
    made.globals.update(bar=bar, link=link)
    return made


def sections(text: str) -> list[dict[str, Any]]:
    """Return rendered text as blocks: a line ``---`` parts them, ``(small)`` makes a context block."""
    parts = [part.strip() for part in text.split("\n---\n")]
    return [block for part in parts if part for block in blocks_of(part)][:MOST_SECTIONS]


def blocks_of(part: str) -> Sequence[dict[str, Any]]:
    """Return one part as a block, or several where it is longer than Slack takes."""
    if part.startswith(SMALL):
        return [{"type": "context", "elements": [{"type": "mrkdwn", "text": clip(part[len(SMALL) :], SECTION_LIMIT)}]}]
    pieces: list[str] = [""]
    for line in part.split("\n"):
        if len(pieces[-1]) + len(line) + 1 > SECTION_LIMIT:
            pieces.append("")
        pieces[-1] += ("\n" if pieces[-1] else "") + clip(line, SECTION_LIMIT - 1)
    return [{"type": "section", "text": {"type": "mrkdwn", "text": piece}} for piece in pieces if piece]


def fenced_sections(text: str) -> list[dict[str, Any]]:
    """Return a long text as blocks of code, each within Slack's limit."""
    pieces: list[str] = [""]
    for line in text.split("\n"):
        cut = clip(line, 2000)
        if len(escape(pieces[-1])) + len(escape(cut)) > SECTION_LIMIT - 20:
            pieces.append("")
        pieces[-1] += cut + "\n"
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": fence(piece.rstrip("\n"))}}
        for piece in pieces
        if piece.strip()
    ]
