"""Regular expressions that are compiled when they are first used.

The built-in planner reads with two thousand of them; compiling all of them took most of the time in which a program
of the bot starts, and most programs (``doctor``, ``db``, a page of the web) never use them.
"""

from __future__ import annotations

import re
from typing import cast

__all__ = ["LazyPattern", "found_by", "regex"]


class LazyPattern:
    """Stands in for a ``re.Pattern`` until one of its methods is asked for: ``it.sub(…)``, never ``re.sub(it, …)``."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.given_flags = flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        value = getattr(re.compile(self.pattern, self.given_flags), name)
        setattr(self, name, value)
        return value


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern, compiled at its first use; ``re.error`` is raised then, not here."""
    return cast("re.Pattern[str]", LazyPattern(pattern, flags))


def found_by(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Return whether it was this pattern that gave the match; ``found_by(PATTERN, match)`` is never true."""
    return match.re.pattern == pattern.pattern
