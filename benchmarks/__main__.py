"""`make bench`: runs all benchmarks, prints a table, and keeps it in test-artifacts/ as JSON."""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.cases import benchmarks
from benchmarks.commands import measure_commands
from benchmarks.deliveries import measure_deliveries
from benchmarks.growth import measure_growth
from benchmarks.measuring import measure
from benchmarks.plans import measure_crowd
from benchmarks.served import measure_served
from benchmarks.whole_builds import measure_whole_builds
from bot.settings import load_settings

RESULTS = Path("test-artifacts") / "benchmarks.json"


def main() -> int:
    """Measure one after another, each line printed as soon as it is known.

    Return 1 where reading isn't linear, a full store answers slower, commands are answered too slowly, or building
    twice doesn't give the same.
    """
    sys.stdout.write(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    sys.stdout.write(f"{'':<58} {'median':>13} {'slowest':>13} {'rounds':>6}\n")
    measured = []
    for benchmark in benchmarks(load_settings().cache):
        measured.append(measure(benchmark))
        sys.stdout.write(measured[-1].line() + "\n")
        sys.stdout.flush()
    growth = measure_growth()
    sys.stdout.write("\n".join(growth.lines()) + "\n")
    crowd = measure_crowd()
    sys.stdout.write("\n".join(crowd.lines()) + "\n")
    commands = measure_commands()
    sys.stdout.write("\n".join(commands.lines()) + "\n")
    builds = measure_whole_builds()
    sys.stdout.write("\n".join(builds.lines()) + "\n")
    deliveries = measure_deliveries()
    sys.stdout.write("\n".join(one.line() for one in deliveries) + "\n")
    served = measure_served()
    sys.stdout.write("\n".join(served.lines()) + "\n")
    RESULTS.parent.mkdir(exist_ok=True)
    results = {
        "waits": [asdict(each) for each in measured],
        "seconds of a task": growth.seconds,
        "ratio": growth.ratio,
        "builds": [asdict(build) for build in builds.builds],
        "growth of builds": builds.growth,
        "seconds of a question": crowd.seconds,
        "commands a second": commands.a_second,
        "deliveries": [asdict(one) for one in deliveries],
        "served": [asdict(route) for route in served.routes],
    }
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0 if growth.is_flat and crowd.is_flat and commands.is_enough and builds.are_repeatable else 1


if __name__ == "__main__":
    sys.exit(main())
