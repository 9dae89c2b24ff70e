"""The Markdown of a file that people wrote, kept where the file is written anew: bold text, links, code, escapes.

Models hold text as it is shown without escapes, and `markdown.inline` escapes all of it, because it may come from a
chat. What stands in a file as Markdown is Markdown already: it comes back as it stood, in one line, save what could be
structure there: marks that open a block at the line's beginning, boxes, HTML tags and comments.
"""

from __future__ import annotations

from bot.documents.text.markdown import BLOCK_MARK, inline, one_line, open_mark, read_inline
from bot.patterns import regex

__all__ = ["AsWritten", "kept_markdown"]

EMPHASIS = regex(r"\*{1,3}[^*\s]|_{1,3}[^_\s]")
TAG = regex(r"<(?=[!/?A-Za-z])(?!https?://[^\s<>]{1,2000}>)")
"""The beginning of HTML; an address in angle brackets is none."""

LINK = regex(r"!?\[[^\[\]]{0,2000}\]\([^()\s]{1,2000}\)")


def kept_markdown(source: str) -> str:
    """Return one line of Markdown as it stands, with a backslash before all that could be structure."""
    line = one_line(source)
    if "``" in line or line.count("`") % 2:
        return inline(read_inline(line))
    pieces = line.split("`")
    if any(piece.endswith("\\") for piece in pieces[:-1]):  # a backtick behind a backslash opens no code
        return inline(read_inline(line))
    kept = "`".join(piece if index % 2 else without_tags(piece) for index, piece in enumerate(pieces))
    if kept.startswith("[") and not LINK.match(kept):
        return f"\\{kept}"
    return kept if BLOCK_MARK.match(kept) and EMPHASIS.match(kept) else open_mark(kept)


def without_tags(text: str) -> str:
    """Return a text with a backslash before each bracket that begins HTML, unless one stands there."""
    return TAG.sub(lambda match: match.group() if is_escaped(text, match.start()) else f"\\{match.group()}", text)


def is_escaped(text: str, at: int) -> bool:
    """Tell whether a backslash before an offset takes its character's meaning away."""
    before = at
    while before > 0 and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


class AsWritten:
    """The texts of one file by how they are shown, and how each was written there."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.sources: dict[str, str] = {}
        self.in_two_ways: dict[str, None] = {}
        """Texts that the file writes in a second way."""

    def note(self, source: str) -> None:
        """Note how a text is written. Of two ways to write it the first one holds."""
        text = read_inline(source)
        first = self.sources.setdefault(text, source)
        if first != source and kept_markdown(first) != kept_markdown(source):
            self.in_two_ways[text] = None

    def line(self, text: str) -> str:
        """Return a text as one line of Markdown: as it was written, else so that it shows exactly the text."""
        source = self.sources.get(text)
        kept = kept_markdown(source) if source is not None else ""
        return kept if kept and read_inline(kept) == text else inline(text)
