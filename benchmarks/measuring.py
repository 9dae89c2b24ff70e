"""How a benchmark is measured: several rounds, the median and the slowest; never a single lucky run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Benchmark", "Measurement", "measure"]


@dataclass(frozen=True)
class Benchmark:
    """Something to measure. ``prepare`` is not counted; ``run`` is, once a round."""

    name: str
    run: Callable[[], object]
    rounds: int = 5
    prepare: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Measurement:
    """What was measured, in seconds."""

    name: str
    median: float
    slowest: float
    rounds: int

    def line(self) -> str:
        """Return one line of the table."""
        return f"{self.name:<58} {self.median * 1000:>10.1f} ms {self.slowest * 1000:>10.1f} ms {self.rounds:>6}"


def measure(benchmark: Benchmark) -> Measurement:
    """Run a benchmark's rounds."""
    seconds = []
    for _ in range(benchmark.rounds):
        benchmark.prepare()
        began = time.perf_counter()
        benchmark.run()
        seconds.append(time.perf_counter() - began)
    return Measurement(benchmark.name, statistics.median(seconds), max(seconds), benchmark.rounds)
