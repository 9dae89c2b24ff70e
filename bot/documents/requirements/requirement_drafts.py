"""Requirements while their lines come in."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.documents.requirements.requirements import AcceptanceCriterion, Requirement
from bot.documents.text.markdown import read_inline

__all__ = ["Draft"]


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
