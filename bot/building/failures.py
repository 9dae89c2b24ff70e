"""How a build ends before its end: outcomes that people are asked about, and a run that nobody wants any more."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Plan
from bot.verification.evidence import Check
from bot.workflow.ports import Stage
from bot.workflow.runs import wanted

__all__ = ["BuildOvertaken", "BuildWaits", "ChangeStuck", "StepFailed", "plan_of_build"]


class StepFailed(Exception):  # noqa: N818 (an outcome that people are asked about, not a fault)
    """A step's check did not pass."""

    def __init__(self, step: str, check: Check) -> None:
        """Keep which check failed, and its output."""
        super().__init__(f"{step}: {check.word} did not pass")
        self.check = check


class ChangeStuck(Exception):  # noqa: N818 (an outcome that people are asked about, not a fault)
    """A change can't go on before people did something; the message is one sentence that says what."""


class BuildWaits(Exception):  # noqa: N818 (an outcome, not a fault)
    """People were asked something, and the build goes on with their answer."""


class BuildOvertaken(Exception):  # noqa: N818 (the run ends quietly: a person stopped it)
    """The plan no longer wants this run."""


async def plan_of_build(session: AsyncSession, plan_id: str, attempt: int) -> Plan:
    """Return the plan of a build while it is wanted. Raises BuildOvertaken when a person stopped it."""
    plan = await wanted(session, plan_id, Stage.BUILD, attempt)
    if plan is None:
        raise BuildOvertaken
    return plan
