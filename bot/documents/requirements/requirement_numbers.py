"""The numbers of requirements and criteria: kept as written, and never given twice, later and removed ones included."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.documents.requirements.requirement_drafts import Draft

__all__ = ["Numbers", "Written"]

ABOVE_ALL = 1_000_000
"""More than the number of any requirement; given while it is not known yet which numbers the document holds."""


@dataclass
class Written:
    """The numbers that a document gives, so that what needs one gets a number that nobody has."""

    numbers: set[int] = field(default_factory=set)
    criteria: list[set[int]] = field(default_factory=list)
    """Of each requirement, in order, the numbers after the dot."""
    struck: dict[int, set[int]] = field(default_factory=dict)
    """What was taken out: the number of a requirement, and those after the dot (0: all of it)."""

    def of(self, position: int) -> set[int]:
        """Return the numbers of the criteria of a requirement."""
        return self.criteria[position] if position < len(self.criteria) else set()


@dataclass
class Numbers:
    """The numbers that a reading finds and gives."""

    known: Written | None = None
    """The numbers that the document gives, where they are known already."""
    found: Written = field(default_factory=Written)
    """The numbers that it gives, as far as the reading is."""
    gives: bool = False
    """Whether anything got a number that nobody wrote, or one that a struck line has."""
    taken: set[int] = field(default_factory=set)
    """The numbers of requirements that were given, removed ones included."""
    largest: int = 0

    def of_requirement(self, written: int) -> int:
        """Return the number of a requirement: the written one, or one that nobody has where that is not free."""
        if written:
            self.found.numbers.add(written)
        number = written
        if written in self.taken or not written or self.is_struck(written):
            self.gives = True
            number = self.next_number()
        self.take(number)
        return number

    def next_number(self) -> int:
        """Return the next number that no requirement has, later ones included."""
        return next_free(self.largest, self.known.numbers) if self.known else max(self.largest, ABOVE_ALL) + 1

    def take(self, number: int) -> None:
        """Note that a requirement's number is given."""
        self.taken.add(number)
        self.largest = max(self.largest, number)

    def is_struck(self, number: int, own: int = 0) -> bool:
        """Tell whether a number is known to be struck, so that nothing else has it."""
        return own in (self.known or self.found).struck.get(number, ())

    def kept_after(self, number: int, position: int) -> set[int]:
        """Return the numbers after the dot that the requirement of a position keeps for its own criteria."""
        if self.known is None:
            return set()
        return self.known.of(position) | self.known.struck.get(number, set())

    def strike_requirement(self, number: int) -> None:
        """Note that a requirement was taken out: its number is never given again."""
        self.found.struck.setdefault(number, set()).add(0)
        self.found.numbers.add(number)
        self.gives |= number in self.taken
        self.take(number)

    def strike_criterion(self, number: int, own: int, draft: Draft | None) -> None:
        """Note that a criterion was taken out, of a requirement that stands in the document or of none."""
        self.found.struck.setdefault(number, set()).add(own)
        if draft:
            self.gives |= own in draft.taken
            draft.take(own)

    def of_criterion(self, draft: Draft, written: int | None, *, is_elsewhere: bool) -> int:
        """Return what a criterion is called after the dot: as it is written, else a number that no other has.

        ``is_elsewhere`` tells that it is written as one of another requirement.
        """
        is_given = written in draft.taken or self.is_struck(draft.number, written or 0)
        if written is None or is_given or (is_elsewhere and written in draft.kept):
            self.gives = True
            return next_free(draft.largest, draft.kept)
        return written


def next_free(largest: int, kept: set[int]) -> int:
    """Return the first number above the largest so far that isn't kept for something else."""
    number = largest + 1
    while number in kept:
        number += 1
    return number
