"""The soak: ``python -m tests.soak [--plans 200] [--minutes 30]``; it leaves with 1 where anything was wrong."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.soak.running import Soak, run

ROOT = Path(__file__).resolve().parents[2]
MOST_GROWTH = 5000
"""Objects more than when two thirds of the plans had ended: caches that aren't full yet. A leak is some a plan."""


def main() -> int:
    """Run it, and print its figures."""
    line = argparse.ArgumentParser(prog="python -m tests.soak")
    line.add_argument("--plans", type=int, default=200)
    line.add_argument("--minutes", type=float, default=30.0)
    line.add_argument("--kills", type=int, default=3)
    line.add_argument("--seed", type=int, default=1)
    line.add_argument("--keep", type=Path, help="an empty folder in which everything stays")
    given = line.parse_args()
    cache = Path(os.environ.get("PLANTHREAD_CACHE", ROOT / ".cache" / "planthread"))
    soak = Soak(plans=given.plans, seconds=given.minutes * 60, kills=given.kills, seed=given.seed)
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        report = run(soak, given.keep or Path(name), cache, say)
    say(f"{dict(report.stages)} {report.figures}")
    say(f"live objects at each third: {[count['objects'] for count in report.counts]}; in the last {report.growth():+}")
    if report.growth() > MOST_GROWTH:
        report.problems.append(f"{report.growth()} objects more live than before the last third")
    for problem in report.problems:
        say(f"WRONG  {problem}")
    return 1 if report.problems else 0


def say(words: str) -> None:
    """Print a line at once."""
    print(words, flush=True)  # noqa: T201 - what was asked for


if __name__ == "__main__":
    sys.exit(main())
