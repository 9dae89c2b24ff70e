"""What is left alone for a while, since it was refused a short while ago."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable

__all__ = ["Rests"]


class Rests:
    """Which plans rest until when, by a clock that never goes back. Those that have rested are forgotten."""

    def __init__(self, present: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing that rests; ``present`` is the clock, in seconds."""
        self._present = present
        self._until: dict[str, tuple[float, Hashable]] = {}

    def begin(self, plan_id: str, seconds: float, about: Hashable = None) -> None:
        """Leave a plan alone for some seconds, in what it was refused ``about``."""
        present = self._present()
        resting = {known: rest for known, rest in self._until.items() if rest[0] > present}
        self._until = resting | {plan_id: (present + seconds, about)}

    def holds(self, plan_id: str, about: Hashable = None) -> bool:
        """Tell whether a plan still rests in what it was refused about; about something else it doesn't."""
        until, refused = self._until.get(plan_id, (0.0, None))
        return self._present() < until and refused == about

    def end(self, plan_id: str) -> None:
        """Leave a plan alone no more."""
        self._until.pop(plan_id, None)
