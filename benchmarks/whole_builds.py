"""`planthread build --no-verify` as a whole process: time, memory, growth, and whether twice gives the same."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ruff  # type: ignore[import-untyped]  # it ships no types

from tests.generated_services.hundred import hundred_entities
from tests.generated_services.service_specs import buildable

__all__ = ["Round", "WholeBuild", "WholeBuilds", "measure_whole_builds"]

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = {3: 5, 10: 3, 100: 2}
"""Twice at least, to compare what came of them."""


@dataclass(frozen=True)
class Goal:
    """What a size is to cost at most: seconds from the call to the prompt, and megabytes of its largest process."""

    seconds: float
    megabytes: float


GOALS: Mapping[int, Goal] = {3: Goal(0.8, 150), 100: Goal(2.0, 150)}
LARGEST_MULTIPLE = 3.0
"""Of the time that writing and formatting the same files takes alone."""
LARGEST_GROWTH = 1.5
"""Of the cost of one entity among a hundred over that of one among ten."""

WEIGHED = """
import os, subprocess, sys, time
began = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stderr=subprocess.STDOUT)
_, status, used = os.wait4(process.pid, 0)
seconds = time.perf_counter() - began
process.returncode = os.waitstatus_to_exitcode(status)
sys.stderr.write(f"{seconds} {used.ru_utime + used.ru_stime} {used.ru_maxrss}")
sys.exit(process.returncode)
"""
"""Runs a command and says its seconds and its largest memory. A process counts as large as the one that started it, so
that the benchmark, which is large, starts a small one that starts the command."""


@dataclass(frozen=True)
class Round:
    """One build: seconds on the clock, seconds of computing with all children, megabytes, and a sum over the result."""

    seconds: float
    computing: float
    megabytes: float
    fingerprint: str


@dataclass(frozen=True)
class WholeBuild:
    """All rounds of one size, and the seconds that writing and formatting its files takes alone."""

    entities: int
    rounds: Sequence[Round]
    files: int
    alone: float

    @property
    def seconds(self) -> float:
        """Return the best round's seconds: noise only adds."""
        return min(each.seconds for each in self.rounds)

    @property
    def computing(self) -> float:
        """Return the best round's seconds of computing."""
        return min(each.computing for each in self.rounds)

    @property
    def megabytes(self) -> float:
        """Return the megabytes of the largest process of any round."""
        return max(each.megabytes for each in self.rounds)

    @property
    def is_repeatable(self) -> bool:
        """Tell whether every round gave the same commits and the same bytes."""
        return len({each.fingerprint for each in self.rounds}) == 1

    def line(self) -> str:
        """Return one line of the table."""
        goal = GOALS.get(self.entities)
        said = (
            f"{self.seconds:.2f} s ({self.computing:.2f} s of computing), {self.megabytes:.0f} MB, {self.files} files, "
            f"{self.seconds / self.alone:.1f} times writing and formatting alone ({self.alone:.2f} s), "
            f"{'the same bytes and hashes' if self.is_repeatable else 'DIFFERENT bytes or hashes'} each time"
        )
        goals = f"; goal {goal.seconds} s and {goal.megabytes:.0f} MB: {self.against(goal)}" if goal else ""
        return f"build {self.entities} entities as a process: {said}{goals}"

    def against(self, goal: Goal) -> str:
        """Return how the build stands to its goal."""
        missed = [
            what
            for what, found, most in (
                ("time", self.seconds, goal.seconds),
                ("memory", self.megabytes, goal.megabytes),
                ("multiple", self.seconds / self.alone, LARGEST_MULTIPLE),
            )
            if found > most
        ]
        return f"missed by {' and '.join(missed)}" if missed else "reached"


@dataclass(frozen=True)
class WholeBuilds:
    """The builds of all sizes."""

    builds: Sequence[WholeBuild]

    @property
    def growth(self) -> float:
        """Return what one entity of the largest size costs over one of the size before it, in computing."""
        few, many = sorted(self.builds, key=lambda build: build.entities)[-2:]
        return (many.computing / many.entities) / (few.computing / few.entities)

    @property
    def are_repeatable(self) -> bool:
        """Tell whether each size gave the same each time."""
        return all(build.is_repeatable for build in self.builds)

    def lines(self) -> list[str]:
        """Return one line a size, and one about growth."""
        verdict = "flat" if self.growth <= LARGEST_GROWTH else "NOT flat"
        last = (
            f"{verdict}: one of many entities costs {self.growth:.2f} times one of few, and may cost {LARGEST_GROWTH}"
        )
        return [*(build.line() for build in self.builds), last]


def measure_whole_builds(rounds: Mapping[int, int] = ROUNDS) -> WholeBuilds:
    """Build every size so many times."""
    return WholeBuilds([measure_size(entities, count) for entities, count in rounds.items()])


def measure_size(entities: int, rounds: int) -> WholeBuild:
    """Build one size several times, and write and format its files alone as often."""
    with tempfile.TemporaryDirectory(prefix="planthread-bench-") as name:
        place = Path(name)
        (place / "items.txt").write_text(buildable(hundred_entities(entities), ()), encoding="utf-8")
        measured = [build_once(place, place / f"built-{number}") for number in range(rounds)]
        files = files_of(place / "built-0")
        alone = min(write_and_format(files, place / f"alone-{number}") for number in range(rounds))
    return WholeBuild(entities, measured, len(files), alone)


def build_once(place: Path, out: Path) -> Round:
    """Build with the command line, as people do: with the modules that Python compiled the first time.

    Raises RuntimeError where it fails.
    """
    command = [sys.executable, "-m", "bot.cli", "build", "items.txt", "--out", str(out), "--no-verify"]
    command += ["--date", "2026-11-20", "--author", "Benchmark <benchmark@planthread.invalid>"]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", WEIGHED, *command],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    seconds, computing, largest = map(float, done.stderr.split())
    kilobytes = largest / (1024 if sys.platform == "darwin" else 1)
    return Round(seconds, computing, kilobytes / 1024, fingerprint_of(out))


def fingerprint_of(repository: Path) -> str:
    """Return a sum over every branch's commit and every file's bytes."""
    references = subprocess.run(
        ["git", "for-each-ref", "--format=%(refname) %(objectname)"], cwd=repository, check=True, capture_output=True
    )
    total = hashlib.sha256(references.stdout)
    for path, content in files_of(repository).items():
        total.update(path.encode() + b"\0" + hashlib.sha256(content).digest())
    return total.hexdigest()


def files_of(repository: Path) -> dict[str, bytes]:
    """Return every file of the working copy, by its path, in order."""
    found = sorted(path for path in repository.rglob("*") if path.is_file())
    relative = ((path.relative_to(repository), path) for path in found)
    return {str(name): path.read_bytes() for name, path in relative if name.parts[0] != ".git"}


def write_and_format(files: Mapping[str, bytes], folder: Path) -> float:
    """Return the seconds that it takes to write files and to run the formatter and the sorting of imports once."""
    began = time.perf_counter()
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    program = ruff.find_ruff_bin()
    subprocess.run([program, "check", "--quiet", "--no-cache", "--select=I", "--fix", "."], cwd=folder, check=True)
    subprocess.run([program, "format", "--quiet", "--no-cache", "."], cwd=folder, check=True)
    return time.perf_counter() - began
