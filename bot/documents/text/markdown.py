"""Hostile text in Markdown: written so that it stays one line of text, read back as it was.

Text can't open a heading, list, fence, table cell, link, image, HTML tag or comment. Code between backticks is kept.
"""

from __future__ import annotations

import json
import re

from bot.patterns import regex

__all__ = ["cell", "code", "inline", "one_line", "paragraphs", "read_inline", "read_paragraphs", "span", "yaml_text"]

BLOCK_MARK = regex(r"[#>+*_=~|-]|\d{1,9}[.)](?= |$)")
"""What opens a block, or one of our own marked details, at the beginning of a line."""

ACTIVE = regex(r"[\\<\[\]|]")
ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
NOT_IN_YAML = regex("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
NOT_PRINTABLE = regex("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def one_line(text: str) -> str:
    """Return the text without control characters and with all white space joined."""
    return " ".join(NOT_PRINTABLE.sub(" ", text).split())


def inline(text: str) -> str:
    """Return the text as one line of Markdown that shows exactly the text."""
    return open_mark(span(text))


def span(text: str) -> str:
    """Return the text as Markdown for where no block can open: a heading, a cell, what follows a label."""
    line = one_line(text)
    if "``" in line or line.count("`") % 2:
        return escaped(line).replace("`", "\\`")
    pieces = line.split("`")
    return "`".join(piece if index % 2 else escaped(piece) for index, piece in enumerate(pieces))


def escaped(text: str) -> str:
    """Return the text with a backslash before every character that Markdown or HTML acts on."""
    return ACTIVE.sub(r"\\\g<0>", text)


def open_mark(line: str) -> str:
    """Return the line with a backslash before a mark that would open a block."""
    match = BLOCK_MARK.match(line)
    if not match:
        return line
    end = match.end() - 1
    return f"{line[:end]}\\{line[end:]}"


def cell(text: str) -> str:
    """Return the text for a table's cell, where a bar ends the cell even inside code."""
    return inline(text.replace("`", "'"))


def read_inline(text: str) -> str:
    """Return the text that `inline` wrote, and that a person wrote in plain Markdown, without escapes."""
    if "\\" not in text:
        return " ".join(text.split())
    shown: list[str] = []
    in_code = False
    index = 0
    while index < len(text):
        char = text[index]
        following = text[index + 1 : index + 2]
        if char == "\\" and not in_code and following in ESCAPABLE and following:
            shown.append(following)
            index += 2
            continue
        if char == "`":
            in_code = not in_code
        shown.append(char)
        index += 1
    return " ".join("".join(shown).split())


def paragraphs(text: str) -> str:
    """Return text of several paragraphs, each as one line, with a blank line between."""
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n\n".join(line for block in blocks if (line := inline(block)))


def read_paragraphs(lines: list[str]) -> str:
    """Return the text of paragraphs; lines without a blank one between belong together."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line.strip())
        elif blocks[-1]:
            blocks.append([])
    return "\n\n".join(read_inline(" ".join(block)) for block in blocks if block)


def yaml_text(text: str) -> str:
    """Return the text as a double-quoted YAML scalar."""
    quoted = json.dumps(text, ensure_ascii=False)
    return NOT_IN_YAML.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


def code(text: str) -> str:
    """Return a path, word or hash as a code span; text that can't stand in one is escaped instead."""
    line = one_line(text)
    return f"`{line}`" if line and "`" not in line else inline(line)
