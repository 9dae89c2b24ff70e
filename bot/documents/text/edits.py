"""The one way in which a document's text is changed: spans that are replaced, and every other character as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.documents.text.source_text import SourceText

__all__ = ["Edit", "apply_edits"]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """The span [start, end) of a text, in characters, and what stands there afterwards."""

    start: int
    end: int
    new: str


def apply_edits(source: SourceText, edits: Iterable[Edit]) -> SourceText:
    """Return the text with all edits made; their spans count in the text as it was.

    Raises ValueError where a span isn't inside the text, or two edits touch the same characters or the same place.
    """
    text = source.text
    pieces: list[str] = []
    position = 0
    before: Edit | None = None
    for edit in sorted(edits):
        if not 0 <= edit.start <= edit.end <= len(text):
            raise ValueError(f"the span {edit.start} to {edit.end} is not inside a text of {len(text)} characters")
        if before and (edit.start < before.end or edit.start == before.start):
            raise ValueError(f"two edits overlap at {edit.start}: {before.start} to {before.end}, and to {edit.end}")
        pieces += (text[position : edit.start], edit.new)
        position = edit.end
        before = edit
    return SourceText("".join((*pieces, text[position:])))
