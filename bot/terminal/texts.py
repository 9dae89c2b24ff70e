"""What people read in a terminal: templates, and the cleaning that keeps a plan's texts from steering the terminal."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.resources import resource

__all__ = ["in_plain_words", "one_line", "printable", "render"]

JOINERS = "\u200c\u200d"
"""Invisible, but part of words and emoji in many scripts."""
STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode categories that move the cursor, break lines, turn the direction of text, or can't be encoded."""


def printable(text: str) -> str:
    """Return a text without anything that steers a terminal; line ends and tabs stay."""
    kept = (
        char
        for char in text.replace("\r\n", "\n")
        if char in "\n\t" or char in JOINERS or unicodedata.category(char) not in STEERING
    )
    return "".join(kept)


def one_line(value: object) -> str:
    """Return a value as one printable line, so that a title can't pretend to be a line of ours."""
    return printable(str(value)).replace("\n", " ").replace("\t", " ")


def in_plain_words(sentence: str, person: str) -> str:
    """Return a sentence written for chat (bold, mentions) as plain text."""
    named = re.sub(r"<@([^>\s]*)>", lambda found: "you" if found[1] == person else f"@{found[1]}", sentence)
    return printable(re.sub(r"\*([^*\n]+)\*", r"\1", named))


@cache
def environment() -> Environment:
    """Return the templates; each value that is filled in becomes one printable line."""
    return Environment(
        loader=FileSystemLoader(resource("templates/terminal")),
        undefined=StrictUndefined,
        finalize=one_line,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - plain text for a terminal, cleaned by finalize; there is no markup to escape
    )


def render(name: str, **values: object) -> str:
    """Return the text of a template, such as ``review``, without its last line end."""
    return environment().get_template(f"{name}.txt.j2").render(**values).rstrip("\n")
