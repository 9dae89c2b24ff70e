"""Benchmarks measure rounds, leave preparation out, and work on documents without findings."""

from __future__ import annotations

import pytest

from benchmarks.documents import specs_of
from benchmarks.measuring import Benchmark, Measurement, measure
from bot.checks import check_entity_specs
from bot.documents.entity_specs_reader import read_entity_specs


def test_every_round_is_prepared_and_run() -> None:
    happened: list[str] = []
    benchmark = Benchmark("n", lambda: happened.append("run"), rounds=2, prepare=lambda: happened.append("prepare"))

    measured = measure(benchmark)

    assert happened == ["prepare", "run", "prepare", "run"]
    assert 0 <= measured.median <= measured.slowest


def test_a_line_shows_milliseconds() -> None:
    assert Measurement("read", 0.0015, 0.25, 3).line().split() == ["read", "1.5", "ms", "250.0", "ms", "3"]


@pytest.mark.parametrize("entities", [1, 3, 30])
def test_the_measured_documents_are_good_ones(entities: int) -> None:
    reading = read_entity_specs(specs_of(entities), "specs.txt")

    assert len(reading.specs.entities) == entities
    assert (*reading.findings, *check_entity_specs(reading.specs)) == ()
