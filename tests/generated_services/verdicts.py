"""Verdicts, their table, and the file that keeps them for other programs."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

__all__ = ["State", "Verdict", "heading", "line_of", "summary", "write_json"]

WIDTHS = (48, 15, 11, 8, 8)


class State(StrEnum):
    """What came of a cell; one that could not be judged is no pass."""

    PASSED = "passed"
    FAILED = "FAILED"
    NOT_RUN = "NOT RUN"


@dataclass(frozen=True)
class Verdict:
    """One cell of the table."""

    service: str
    judge: str
    database: str
    state: State
    seconds: float
    figures: str = ""
    output: str = ""


def heading() -> str:
    """Return the heading of the table."""
    return row("service and its features", "judge", "database", "verdict", "seconds", "figures")


def row(*cells: str) -> str:
    """Return one line of the table."""
    return " ".join(cell.ljust(width) for cell, width in zip(cells, (*WIDTHS, 0), strict=True)).rstrip()


def line_of(verdict: Verdict) -> str:
    """Return a verdict as one line."""
    seconds = f"{verdict.seconds:.1f}"
    return row(verdict.service, verdict.judge, verdict.database, verdict.state, seconds, verdict.figures)


def summary(verdicts: Sequence[Verdict]) -> str:
    """Return what failed or was not run, with the end of what was said, and one line of figures."""
    parts = [
        f"--- {line_of(verdict)}\n{verdict.output.strip()}\n"
        for verdict in verdicts
        if verdict.state is not State.PASSED
    ]
    counts = {state: sum(verdict.state is state for verdict in verdicts) for state in State}
    services = len({verdict.service for verdict in verdicts})
    said = ", ".join(f"{count} {state.lower()}" for state, count in counts.items())
    return "\n".join([*parts, f"{services} services, {len(verdicts)} cells: {said}"])


def write_json(verdicts: Sequence[Verdict], place: Path) -> None:
    """Keep the verdicts."""
    place.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "python": platform.python_version(),
        "system": platform.platform(),
        "verdicts": [asdict(verdict) for verdict in verdicts],
    }
    place.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
