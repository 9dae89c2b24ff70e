"""A plan as a digest tells of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.digests.composition import FinishedTask, PlanNews
from bot.digests.standing import ExpectedStep, NextStep, Standing
from bot.workflow.stages import PlanStage


def news(**changes: Any) -> PlanNews:
    """Return news of a plan that is being built; ``changes`` are other fields."""
    at = datetime(2026, 3, 10, 9, tzinfo=UTC)
    values: dict[str, Any] = {
        "id": "p1",
        "title": "Office library",
        "handle": "library",
        "channel": "C1",
        "thread": "1.1",
        "stage": PlanStage.BUILDING,
        "hold": None,
        "hold_reason": "",
        "standing": Standing.BUILDING,
        "percent": 66,
        "tasks_done": 2,
        "tasks_total": 3,
        "running": "2.1 Book model",
        "finished": (
            FinishedTask(number="1.1", title="Project", commit="a1", link="http://git.test/commit/a1", tests=3, at=at),
            FinishedTask(number="1.2", title="Settings", commit="b2", link="", tests=3, at=at),
        ),
        "requirements": ("2.1 is new",),
        "left_open": 0,
        "waiting_for": (),
        "waiting_since": None,
        "approved_by": ("U2",),
        "next": NextStep(step=ExpectedStep.BUILD, detail="2.1 Book model"),
        "tokens": 1_011,
        "web_url": "http://git.test",
        "is_news": True,
    }
    return PlanNews(**values | changes)
