"""What entity_specs lose on their way into the canonical form: comments, and whatever stands outside the block."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.conversions.losses import Loss, finding_losses, line_losses, words_of
from bot.documents.entities.entity_blocks import relevant_lines, wrapper_of
from bot.documents.findings import Finding
from bot.documents.text.reading import FindingList
from bot.documents.text.source_text import Line, SourceText

__all__ = ["specs_losses"]

WRAPPER_WORDS = frozenset({"entity", "specs"})


def specs_losses(source: SourceText, findings: tuple[Finding, ...]) -> Iterator[Loss]:
    """Yield what the block's reader couldn't take, and each line or comment that was no part of it."""
    inside: dict[int, str] = {}
    for block_line in relevant_lines(source, FindingList("")):
        inside[block_line.number] = block_line.text
    outside: list[Line] = []
    for line in source.lines:
        left = words_of(line.text) - words_of(inside.get(line.number, ""))
        if not left or (wrapper_of(line.text.strip()) and left <= WRAPPER_WORDS):
            continue
        if inside.get(line.number):
            yield from line_losses([line], "holds a comment, and entity_specs keep none")
            continue
        outside.append(line)
    yield from line_losses(outside, "stands in a comment or outside the block")
    told = {line.number for line in outside}
    yield from finding_losses((each for each in findings if each.place.line not in told), source)
