"""What is measured: the start of the program, reading a document, deriving a plan, and building whole repositories."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measuring import Benchmark
from bot.building.command import build_repository
from bot.documents.entity_specs_reader import read_entity_specs
from bot.generation.blueprint import load_blueprint
from bot.generation.derivation import derive_requirements, derive_task_plan

__all__ = ["benchmarks", "specs_of"]

STARTED = datetime(2026, 11, 20, tzinfo=UTC)


def specs_of(entities: int) -> str:
    """Return entity_specs of so many entities: a text, an amount, a choice, and a reference to the one before."""
    return "\n".join(entity_of(number) for number in range(1, entities + 1))


def entity_of(number: int) -> str:
    """Return one entity."""
    before = number - 1
    parent = [f"  - item{before}_id: int (foreign key to Item{before}, on delete restrict)"] if before else []
    lines = [
        f"ENTITY: Item{number}",
        f"TABLE: item{number}s",
        "FIELDS:",
        "  - id: int (primary key, auto-generated)",
        "  - title: str (max 200)",
        "  - price: Decimal (min 0, digits 8 places 2)",
        f"  - status: Item{number}Status (enum, default OPEN)",
        *parent,
        "  - created_at: datetime",
        "  - updated_at: datetime",
        f"API_PATH: /api/v1/item{number}s",
        "",
        f"ENUM: Item{number}Status",
        "VALUES: OPEN, CLOSED",
        "",
    ]
    return "\n".join(lines)


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
                verify=verify,
                cache=cache,
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
