"""Feature combinations in which every two features are on, off, and on without the other at least once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

__all__ = ["FEWEST_ROWS", "covered_parts", "covering_rows"]

FEWEST_ROWS = 12
"""Further rows are chosen for the threes of features that they cover."""

type Row = tuple[bool, ...]
type Part = tuple[tuple[int, bool], ...]


def covered_parts(row: Row, together: int) -> set[Part]:
    """Return each choice of so many features with their states, as it stands in a row."""
    return set(combinations(enumerate(row), together))


def covering_rows(features: Sequence[str], fewest: int = FEWEST_ROWS) -> list[tuple[str, ...]]:
    """Return combinations by a greedy choice: all features first, then whatever covers most that is not covered yet.

    Deterministic. No row is empty: a build without any feature named has `docker`. There are fewer rows than asked
    for where the features have no more combinations.
    """
    candidates: list[Row] = [row for row in product((True, False), repeat=len(features)) if any(row)]
    pairs_left = {part for row in candidates for part in covered_parts(row, min(2, len(features)))}
    threes_left = {part for row in candidates for part in covered_parts(row, min(3, len(features)))}
    rows: list[Row] = []
    while candidates and (pairs_left or len(rows) < fewest):
        best = max(candidates, key=lambda row: gain(row, pairs_left, threes_left, is_first=not rows))
        rows.append(best)
        candidates.remove(best)
        pairs_left -= covered_parts(best, min(2, len(features)))
        threes_left -= covered_parts(best, min(3, len(features)))
    return [tuple(feature for feature, is_on in zip(features, row, strict=True) if is_on) for row in rows]


def gain(row: Row, pairs_left: set[Part], threes_left: set[Part], *, is_first: bool) -> tuple[int, int, int]:
    """Return what a row would cover, to compare rows; the first is the one with all features."""
    pairs = len(pairs_left & covered_parts(row, min(2, len(row))))
    threes = len(threes_left & covered_parts(row, min(3, len(row))))
    return (all(row) if is_first else 0, pairs, threes)
