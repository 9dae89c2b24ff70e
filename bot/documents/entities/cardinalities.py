"""How many of each side a relation joins, in the words that people use: ``one-to-many Loan``, ``belongs to Member``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.documents.entities.entity_specs import Cardinality

__all__ = ["SaidCardinality", "cardinality_in", "cardinality_of", "folded", "is_ratio"]

CARDINALITIES = {
    spelling: cardinality
    for cardinality, spellings in {
        Cardinality.ONE_TO_ONE: "onetoone hasone 1-1 1:1 1to1",
        Cardinality.ONE_TO_MANY: "onetomany hasmany 1-n 1:n 1-* 1:* 1-m 1:m 1ton 1tomany",
        Cardinality.MANY_TO_ONE: "manytoone belongsto n-1 n:1 *-1 *:1 m-1 m:1 nto1 manyto1",
        Cardinality.MANY_TO_MANY: "manytomany n-m n:m m-n m:n n-n n:n *-* *:* ntom mton hasandbelongstomany "
        "belongstomany",
    }.items()
    for spelling in spellings.split()
}
LONGEST_SPELLING = 6
"""Words: ``has and belongs to many relationship``."""

RATIO_ENDS = frozenset({"1", "n", "m", "*"})
BETWEEN = frozenset({"with", "to", "of", "a", "an", "the", "is", "relationship", "relation", "->", "=>", "→", "-", "–"})
"""Words between a cardinality and the entity that say nothing by themselves."""


@dataclass(frozen=True, slots=True)
class SaidCardinality:
    """A cardinality inside a text, and what is said before and after it."""

    cardinality: Cardinality
    before: str
    after: str


def folded(text: str) -> str:
    """Return a name without case, spaces, underscores and hyphens."""
    return text.replace("_", "").replace(" ", "").replace("-", "").casefold()


def cardinality_of(text: str) -> Cardinality | None:
    """Return the cardinality that the text is, in any spelling, ``ManyToOne relationship`` included."""
    word = text.lower().replace("relationship", "").replace("relation", "").strip()
    return CARDINALITIES.get(word) or CARDINALITIES.get(folded(word))


def cardinality_in(text: str, declared: Collection[str] = ()) -> SaidCardinality | None:
    """Return the first cardinality that stands in the text as whole words; names that are declared are none."""
    words = text.split()
    for start in range(len(words)):
        for end in range(min(start + LONGEST_SPELLING, len(words)), start, -1):
            spelling = " ".join(words[start:end])
            cardinality = None if spelling in declared else cardinality_of(spelling)
            if cardinality:
                return SaidCardinality(cardinality, bare(words[:start]), bare(words[end:]))
    return None


def bare(words: list[str]) -> str:
    """Return words without those at either end that say nothing by themselves."""
    start, end = 0, len(words)
    while start < end and words[start].lower() in BETWEEN:
        start += 1
    while end > start and words[end - 1].lower() in BETWEEN:
        end -= 1
    return " ".join(words[start:end])


def is_ratio(before: str, after: str) -> bool:
    """Tell whether the colon between two texts is that of ``1:n``."""
    left, right = before.split()[-1:], after.split(None, 1)[:1]
    return bool(left and right) and left[0].lower() in RATIO_ENDS and right[0].lower() in RATIO_ENDS
