"""Writes the table of pairs in docs/formats.md from the table that conversions obey."""

from __future__ import annotations

from pathlib import Path

from bot.documents.conversions.pairs import FROM, JSON, PAIRS, TARGETS, TO, Fidelity, Target
from bot.documents.formats import FORMAT_FILES, Format
from scripts.pages import Part

__all__ = ["PAIRS_PART", "pairs_table", "write_pairs"]

PAIRS_PART = Part("docs/formats.md", "pairs", "bot/documents/conversions/pairs.py")
CELLS = {Fidelity.LOSSLESS: "lossless", Fidelity.LOSSY: "lossy", Fidelity.REFUSED: "–"}


def pairs_table() -> str:
    """Return every pair as Markdown: a table, what lossy ones leave out, and why the others are refused."""
    head = " | ".join(column(target) for target in TARGETS)
    rows = [f"| from \\ to | {head} |", f"| --- |{' --- |' * len(TARGETS)}"]
    for source in Format:
        cells = " | ".join(CELLS[PAIRS[source, target].fidelity] for target in TARGETS)
        rows.append(f"| **{column(source)}** | {cells} |")
    lossy = [f"- {way(*pair)}: {each.why}." for pair, each in PAIRS.items() if each.fidelity is Fidelity.LOSSY]
    headings = ("**What lossy pairs leave out**, where a file says it:", "**Why the others are refused:**")
    return "\n".join([*rows, "", headings[0], "", *lossy, "", headings[1], "", *refused_lines()])


def column(target: Target) -> str:
    """Return the name of a form in the table."""
    return "JSON" if target == JSON else FORMAT_FILES[Format(target)].removesuffix(".txt")


def way(source: Format, target: Target) -> str:
    """Return a pair in words."""
    return f"{column(source)} → {column(target)}"


def refused_lines() -> list[str]:
    """Return why pairs are refused: by what their source is, else by what their target asks for."""
    lines = [f"- {column(source)} → any other format: {why}." for source, why in FROM.items()]
    lines += [f"- any other format → {column(target)}: {why.format(source='the file')}." for target, why in TO.items()]
    return lines


def write_pairs(root: Path, *, only_compare: bool) -> int:
    """Write the table, or compare it, and return the exit code. Raises ValueError where a marker is missing."""
    return PAIRS_PART.write(root, pairs_table(), only_compare=only_compare)
