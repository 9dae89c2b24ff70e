"""Texts for Slack: templates whose values are escaped, so that nothing said in chat becomes a mention or a link."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.sandbox import SandboxedEnvironment

from bot.documents.clipping import clip_words
from bot.documents.naming import ordinal
from bot.patterns import regex
from bot.resources import resource
from bot.workflow.forgotten import is_forgotten

__all__ = [
    "CONTROL",
    "MOST_CHARACTERS",
    "SECTION_LIMIT",
    "Mrkdwn",
    "addressed",
    "bar",
    "clip",
    "count",
    "escape",
    "fenced_sections",
    "length_of",
    "mention",
    "plain",
    "render",
    "section",
    "sections",
    "told_safely",
    "without_first_word",
    "wrapped",
]

SECTION_LIMIT = 3000
"""Characters of one section block."""
MOST_SECTIONS = 40
MOST_CHARACTERS = 12_000
"""Characters of one message's text; Slack refuses messages whose blocks hold much more."""
PART, SMALL = "\x02", "\x03"
"""What the lines ``---`` and the word ``(small)`` of a template become. No value can hold these characters, so nothing
that was said in chat can part a message or shrink it."""
LINKED = regex(r"<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>")
MENTION = regex(r"&lt;@([A-Z0-9]+)&gt;")
CONTROL = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of the text after them."""
CUT = "_The rest is too long for a message._"
FENCE_LIMIT = 2900


class Mrkdwn(str):
    """Text that is Slack markup already: made by our own code, never from chat."""

    __slots__ = ()


def escape(text: str) -> str:
    """Return chat text with Slack's three control characters escaped, so that it can't mention or link."""
    return CONTROL.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, bot_user: str = "") -> str:
    """Return what a person typed: the bot's mention taken off, links and Slack's escapes undone."""
    without = re.sub(rf"<@{re.escape(bot_user)}(\|[^>]*)?>", " ", text) if bot_user else text
    unlinked = LINKED.sub(lambda match: match[2] or match[1], without)
    return unlinked.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def without_first_word(text: str) -> str:
    """Return a text without its first word."""
    _, *rest = text.split(maxsplit=1) or [""]
    return rest[0] if rest else ""


def clip(text: str, length: int) -> str:
    """Return at most so many characters, the last one an ellipsis where something was cut."""
    return clip_words(text, length)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, such as ``1 task`` or ``2 tasks``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def without_stop(sentence: str) -> str:
    """Return a sentence without the full stops at its end, for where another one follows."""
    return sentence.rstrip(" .")


def mention(person: str, *, starts: bool = False) -> Mrkdwn:
    """Return a mention of a person by id; who asked to be forgotten is somebody; ``starts`` a sentence."""
    if is_forgotten(person):
        return Mrkdwn("Somebody" if starts else "somebody")
    return Mrkdwn(f"<@{''.join(character for character in person if character.isalnum())}>")


def told_safely(sentence: str) -> Mrkdwn:
    """Return a sentence of ours as Slack shows it: mentions of people stay, all other markup is escaped."""
    return Mrkdwn(MENTION.sub(lambda found: mention(found[1], starts=not found.start()), escape(sentence)))


def addressed(person: str) -> Mrkdwn:
    """Return a mention with which a sentence addresses a person; nothing for who asked to be forgotten."""
    return Mrkdwn("" if is_forgotten(person) else f"{mention(person)} ")


def people(ids: Sequence[str], between: str = " or ", *, starts: bool = False) -> Mrkdwn:
    """Return mentions of people, such as ``<@U1> or <@U2>``; those who were forgotten are the last, and at most two."""
    gone = [person for person in ids if is_forgotten(person)]
    names = [mention(person) for person in ids if person not in gone]
    names += [mention(person, starts=starts and not names) for person in gone[:1]]
    return Mrkdwn(between.join([*names, *(["somebody else"] if len(gone) > 1 else [])]))


def duration(seconds: int) -> str:
    """Return a span of time in the words of a glance, such as ``41 s``, ``3 min`` or ``2 h 5 min``."""
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def link(url: str, text: str) -> Mrkdwn:
    """Return a link; anything but http(s) stays plain text."""
    if not url.startswith(("http://", "https://")):
        return Mrkdwn(escape(text))
    return Mrkdwn(f"<{escape(url).replace('|', '%7C')}|{escape(text).replace('|', '¦')}>")


def code(text: str) -> Mrkdwn:
    """Return inline code; back quotes inside become plain quotes."""
    return Mrkdwn(f"`{escape(text).replace('`', chr(39))}`")


def fence(text: str) -> Mrkdwn:
    """Return a block of code; of a long text its end, where the reason of a failure stands."""
    lines = escape(text).replace("```", "'''").strip("\n").split("\n")
    kept: list[str] = []
    room = FENCE_LIMIT
    for line in reversed(lines):
        room -= len(line) + 1
        if room < 0:
            kept.append("…")
            break
        kept.append(line)
    return Mrkdwn("```\n" + "\n".join(reversed(kept)) + "\n```")


def bar(done: int, total: int, width: int = 10) -> Mrkdwn:
    """Return a progress bar such as ``▓▓▓░░░░░░░``."""
    filled = width * done // total if total else 0
    return Mrkdwn("▓" * filled + "░" * (width - filled))


class Parts(Extension):
    """Has a template write ``---`` between the parts of a message, and ``(small)`` before one in small type."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Replace both by characters that no value can hold."""
        return re.sub(r"(?m)^\(small\) ", SMALL, re.sub(r"(?m)^---$", PART, source))


def render(name: str, **values: Any) -> str:  # noqa: ANN401 (a template takes any value)
    """Render ``templates/slack/<name>.j2``. Raises jinja2.UndefinedError where a value is missing."""
    return environment().get_template(f"{name}.j2").render(**values).strip()


@functools.cache
def environment() -> SandboxedEnvironment:
    """Return the environment in which every value that isn't `Mrkdwn` is escaped."""
    made = SandboxedEnvironment(
        loader=FileSystemLoader(resource("templates/slack")),
        extensions=[Parts],
        undefined=StrictUndefined,
        autoescape=False,
        finalize=lambda value: value if isinstance(value, Mrkdwn) else escape(str(value)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(addressed=addressed, mention=mention, code=code, fence=fence, without_stop=without_stop)
    made.globals.update(bar=bar, count=count, duration=duration, link=link, ordinal=ordinal, people=people)
    return made


def sections(text: str) -> list[dict[str, Any]]:
    """Return rendered text as blocks, each within Slack's limit; what is too much for one message is cut, and said."""
    blocks = [block for part in text.split(PART) for block in blocks_of(part)]
    kept: list[dict[str, Any]] = []
    room = MOST_CHARACTERS
    for block in blocks:
        room -= length_of(block)
        if room < 0 or len(kept) == MOST_SECTIONS:
            return [*kept, context(CUT)]
        kept.append(block)
    return kept


def blocks_of(part: str) -> Sequence[dict[str, Any]]:
    """Return one part as a block, or several where it is longer than Slack takes."""
    text = part.strip() if "```" in part else re.sub(r"\n{2,}", "\n", part.strip())
    if text.startswith(SMALL):
        small = text[1:].strip()
        return [context(small)] if small else []
    pieces: list[str] = [""]
    for line in text.split("\n"):
        if len(pieces[-1]) + len(line) + 1 > SECTION_LIMIT:
            pieces.append("")
        pieces[-1] += ("\n" if pieces[-1] else "") + clip_markup(line, SECTION_LIMIT - 1)
    return [section(piece) for piece in pieces if piece.strip()]


def clip_markup(line: str, length: int) -> str:
    """Return at most so many characters of a line that may hold mentions and links, none of them cut in two."""
    cut = clip(line, length)
    begun = cut.rfind("<")
    return cut if cut == line or begun <= cut.rfind(">") else cut[:begun] + "…"


def section(text: str) -> dict[str, Any]:
    """Return a section; Slack makes no links of words in it that aren't marked as links."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def context(text: str) -> dict[str, Any]:
    """Return a line in small type."""
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": clip_markup(text, SECTION_LIMIT), "verbatim": True}],
    }


def length_of(block: dict[str, Any]) -> int:
    """Return how many characters a section or a context shows."""
    texts = block["elements"] if block["type"] == "context" else [block["text"]]
    return sum(len(one["text"]) for one in texts)


def fenced_sections(text: str) -> list[dict[str, Any]]:
    """Return a long text as blocks of code, each within Slack's limit."""
    pieces: list[list[str]] = [[]]
    room = FENCE_LIMIT
    for line in (part for whole in text.split("\n") for part in wrapped(whole)):
        needed = len(escape(line)) + 1
        if needed > room:
            pieces.append([])
            room = FENCE_LIMIT
        room -= needed
        pieces[-1].append(line)
    return [section(fence(piece)) for piece in map("\n".join, pieces) if piece.strip()]


def wrapped(line: str, width: int = 500) -> list[str]:
    """Return a line in pieces of at most so many characters."""
    return [line[start : start + width] for start in range(0, len(line), width)] or [""]
