"""Which plan of which phase a text names: a reference, the name of a file, the front matter of a plan or a summary.

Numbers are compared as people mean them: phase ``01-foundation`` and plan ``03`` are phase 1 and plan 3, and
``01-03``, ``01-03-PLAN.md`` and ``03`` (within phase 1) name that plan.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import NamedTuple

from bot.patterns import regex

__all__ = ["PlanKey", "key_of", "named_plan", "phase_number"]

PHASE = regex(r"0{0,9}(\d{1,9}(?:\.\d{1,9}){0,4}[a-z]?)(?![a-z0-9])", re.IGNORECASE)
PLAN = regex(r"(?:(?P<phase>\d{1,9}(?:\.\d{1,9}){0,4}[a-z]?)-)?0{0,9}(?P<plan>\d{1,9}[a-z]?)", re.IGNORECASE)
SLUGGED_PLAN = regex(r"(?P<phase>\d{1,9}(?:\.\d{1,9}){0,4}[a-z]?)-[a-z][a-z0-9_-]{0,99}-0{0,9}(?P<plan>\d{1,9}[a-z]?)")
"""A plan with the whole name of its phase: ``01-analytics-02``."""

ENDINGS = (".md", "-plan", "-summary")


class PlanKey(NamedTuple):
    """Which plan of which phase; ``phase`` is empty where the plan doesn't say."""

    phase: str
    plan: str

    def __str__(self) -> str:
        """Return ``01-03`` as files are named, or ``03`` for a plan of no phase."""
        plan = two_digits(self.plan)
        return f"{two_digits(self.phase)}-{plan}" if self.phase else plan


def two_digits(number: str) -> str:
    """Return a number as people write it in the names of files: ``04.1`` for ``4.1``; a name stays as it is."""
    whole = re.match(r"\d{0,9}", number)
    digits = whole[0] if whole else ""
    return f"{digits.zfill(2)}{number[len(digits) :]}" if digits else number


def phase_number(text: str) -> str:
    """Return the number that a phase's name begins with, without leading zeros; the name where it has none."""
    match = PHASE.match(text.strip())
    return match[1].lower() if match else text.strip().casefold()


def named_plan(text: str, phase: str) -> PlanKey | None:
    """Return the plan that a reference names, ``phase`` being the one it stands in; None for prose."""
    name = text.strip().casefold().rpartition("/")[2]
    for ending in ENDINGS:
        name = name.removesuffix(ending)
    match = PLAN.fullmatch(name) or SLUGGED_PLAN.fullmatch(name)
    if not match:
        return None
    return PlanKey(phase_number(match["phase"]) if match["phase"] else phase, match["plan"])


def key_of(path: str, phase: str, plan: str) -> PlanKey | None:
    """Return which plan of which phase a file belongs to: as its front matter says, else as its name says."""
    number = phase_number(phase)
    return named_plan(plan, number) or named_plan(PurePath(path).name, number)
