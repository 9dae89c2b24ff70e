"""The canonical PLAN.md: what is written is read back as it was, whatever text it holds."""

from __future__ import annotations

from hypothesis import given, settings

from bot.documents.phase_plan import PhasePlan
from bot.documents.phase_plan_reader import read_phase_plan
from bot.documents.phase_plan_writer import write_phase_plan
from tests.documents.strategies_phase_plan import phase_plans


@given(phase_plans())
@settings(max_examples=80)
def test_what_is_written_is_read_back(plan: PhasePlan) -> None:
    text = write_phase_plan(plan)
    reading = read_phase_plan(text)
    assert reading.plan == plan, text
    assert write_phase_plan(reading.plan) == text
