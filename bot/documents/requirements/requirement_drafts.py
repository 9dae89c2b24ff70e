"""Requirements while their lines come in: what is written of numbers, and which of them are still free."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.documents.requirements.requirements import AcceptanceCriterion, Requirement
from bot.documents.text.markdown import read_inline

__all__ = ["Draft", "Written", "next_free"]


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


@dataclass(slots=True)
class Draft:
    """A requirement while its lines come in."""

    number: int
    title: str
    start: int
    end: int
    written: int
    """The number in its heading, which another one may have had before."""
    found: set[int]
    """The numbers after the dot that are written of its criteria and removed ones, as far as the reading is."""
    kept: set[int]
    """The same of the whole document, where that is known: they are given to nothing else."""
    story: list[str] | None = None
    criteria: list[tuple[int, list[str]]] = field(default_factory=list)
    """The number after the dot, and the lines of the text."""
    taken: set[int] = field(default_factory=set)
    largest: int = 0
    said: set[int] = field(default_factory=set)
    """Numbers of which it was said that they stand twice: ``1. 1. 1.`` needs no more than that."""
    story_in_parts: bool = False

    def take(self, own: int) -> int:
        """Note that a number is given, and return it."""
        self.taken.add(own)
        self.largest = max(self.largest, own)
        return own

    def finished(self) -> Requirement:
        """Return the requirement."""
        criteria = tuple(
            AcceptanceCriterion(number=f"{self.number}.{own}", text=" ".join(map(read_inline, lines)))
            for own, lines in self.criteria
        )
        story = read_inline(" ".join(self.story or ()))
        return Requirement(number=self.number, title=self.title, user_story=story, criteria=criteria)


def next_free(largest: int, kept: set[int]) -> int:
    """Return the first number above the largest so far that isn't kept for something else."""
    number = largest + 1
    while number in kept:
        number += 1
    return number
