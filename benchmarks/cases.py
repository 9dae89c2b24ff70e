"""What is measured: the start of the program, reading a document, deriving a plan, and building whole repositories."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.documents import specs_of
from benchmarks.measuring import Benchmark
from bot.building.command import build_repository
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.generation.blueprint import load_blueprint
from bot.generation.derivation import derive_requirements, derive_task_plan

__all__ = ["benchmarks"]

STARTED = datetime(2026, 11, 20, tzinfo=UTC)


def derive(text: str) -> None:
    """Derive requirements and task plan."""
    specs = read_entity_specs(text, "specs.txt").specs
    requirements = derive_requirements("Items", "Items keeps items.", specs, (), ())
    derive_task_plan("Items", specs, requirements, (), load_blueprint(), ("docker",))


def build(text: str, verify: bool, cache: Path) -> None:
    """Build a repository in a folder of its own. Raises RuntimeError where it doesn't come about."""
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(
            build_repository(
                specs_text=text,
                specs_name="items.txt",
                out=Path(folder) / "items",
                name="Items",
                features=("docker",),
                started=STARTED,
                author_name="Benchmark",
                author_email="benchmark@planthread.invalid",
                cache=cache if verify else None,
                report=lambda _line: None,
            )
        )
    if not report.ok:
        raise RuntimeError("; ".join(str(finding.message) for finding in report.findings) or str(report.rows))


def start_program() -> None:
    """Start the program as people do."""
    subprocess.run([sys.executable, "-m", "bot.cli", "--help"], check=True, stdout=subprocess.DEVNULL)


def benchmarks(cache: Path) -> list[Benchmark]:
    """Return all benchmarks, the quick ones first."""
    small, large = specs_of(3), specs_of(30)
    return [
        Benchmark("planthread --help", start_program),
        Benchmark("read entity_specs, 30 entities", lambda: read_entity_specs(large, "specs.txt")),
        Benchmark("derive requirements and task plan, 30 entities", lambda: derive(large)),
        Benchmark("build a repository, 3 entities, nothing checked", lambda: build(small, False, cache)),
        Benchmark("build a repository, 30 entities, nothing checked", lambda: build(large, False, cache), rounds=3),
        Benchmark("build a repository, 3 entities, every task checked", lambda: build(small, True, cache), rounds=2),
    ]
