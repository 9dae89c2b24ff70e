"""Whether reading stays linear: the cost of one task in checklists of 1,000, 10,000 and 50,000 tasks."""

from __future__ import annotations

import time
from dataclasses import dataclass

from benchmarks.documents import checklist_of
from bot.documents.tasks.checklist_reader import read_tasks

__all__ = ["LARGEST_RATIO", "SIZES", "Growth", "measure_growth"]

SIZES = (1_000, 10_000, 50_000)
LARGEST_RATIO = 1.5
"""The dearest task may cost at most so many times what the cheapest does."""


@dataclass(frozen=True)
class Growth:
    """Seconds of CPU time for one task, by the size of its checklist: the best of the rounds, as noise only adds."""

    seconds: dict[int, float]

    @property
    def ratio(self) -> float:
        """Return the largest cost over the smallest."""
        return max(self.seconds.values()) / min(self.seconds.values())

    @property
    def is_flat(self) -> bool:
        """Tell whether reading is linear, as far as this machine can tell."""
        return self.ratio <= LARGEST_RATIO

    def lines(self) -> list[str]:
        """Return one line a size, and one with the ratio."""
        rows = [
            f"{f'read one task of {size:,}':<58} {seconds * 1e6:>10.1f} µs" for size, seconds in self.seconds.items()
        ]
        verdict = "flat" if self.is_flat else "NOT flat"
        return [*rows, f"{verdict}: largest over smallest is {self.ratio:.2f}, and may be {LARGEST_RATIO}"]


def measure_growth(sizes: tuple[int, ...] = SIZES, rounds: int = 5) -> Growth:
    """Read checklists of every size in turn, each round the same number of tasks of each.

    CPU time of this process is counted, so that other programs on the machine weigh less.
    """
    texts = {size: checklist_of(size) for size in sizes}
    measured: dict[int, list[float]] = {size: [] for size in sizes}
    read_tasks(texts[min(sizes)])  # what is made once is not counted
    for _ in range(rounds):
        for size, text in texts.items():
            repeats = max(sizes) // size
            began = time.process_time()
            for _ in range(repeats):
                read_tasks(text)
            measured[size].append((time.process_time() - began) / (repeats * size))
    return Growth({size: min(seconds) for size, seconds in measured.items()})
