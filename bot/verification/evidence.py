"""Evidence: what was run on a commit, and how it went. Only evidence ticks a box."""

from __future__ import annotations

from bot.documents.frozen import Frozen

__all__ = ["Check", "Evidence"]


class Check(Frozen):
    """One check of a step, as it went."""

    word: str
    passed: bool
    exit_code: int | None = None
    collected: int = 0
    passed_tests: int = 0
    seconds: float = 0.0
    tail: str = ""
    not_run_reason: str = ""
    by: str = ""
    """Who confirmed it, where a person did."""
    message: str = ""
    """The key of the message in which they did."""


class Evidence(Frozen):
    """What ticks a box: a commit, and checks that passed."""

    commit: str
    checks: tuple[Check, ...] = ()
    files: tuple[str, ...] = ()
    """What an imported task wrote."""
    deviations: tuple[str, ...] = ()
    """Where that work left its plan."""

    @property
    def tests(self) -> int:
        """Return how many tests passed."""
        return sum(check.passed_tests for check in self.checks)
