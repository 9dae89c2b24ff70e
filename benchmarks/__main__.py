"""`make bench`: runs all benchmarks, prints a table, and keeps it in test-artifacts/ as JSON."""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.cases import benchmarks
from benchmarks.measuring import measure
from bot.settings import load_settings

RESULTS = Path("test-artifacts") / "benchmarks.json"


def main() -> None:
    """Measure one after another, each line printed as soon as it is known."""
    sys.stdout.write(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    sys.stdout.write(f"{'':<58} {'median':>13} {'slowest':>13} {'rounds':>6}\n")
    measured = []
    for benchmark in benchmarks(load_settings().cache):
        measured.append(measure(benchmark))
        sys.stdout.write(measured[-1].line() + "\n")
        sys.stdout.flush()
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(each) for each in measured], indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
