"""The short form of `make soak`: ten plans, with faults of everything outside and two kills of the bot."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.running import Soak, run

pytestmark = [pytest.mark.matrix, pytest.mark.environment, pytest.mark.timeout(1800)]


def test_ten_plans_end_well_whatever_fails(tmp_path: Path, cache: Path) -> None:
    said: list[str] = []

    report = run(Soak(plans=10, seconds=1500, faults=15, kills=2, seed=7), tmp_path, cache, said.append)

    assert report.problems == []
    assert set(report.stages) == {"delivered"}
    assert len(report.counts) == 3
    assert report.figures["messages"] >= 40, "a card, questions, a review and a delivery for each plan"  # type: ignore[operator]
    assert report.figures["failed"], "nothing failed, so nothing was tried"
