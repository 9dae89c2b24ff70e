"""The run that a plan wants: asking for one, whether an attempt is still wanted, and holding a plan that needs help."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.redaction import redact
from bot.store.tables import Plan, now
from bot.workflow.events import PLANTHREAD
from bot.workflow.messages import MessageKind, announce, refresh_card, settle_problems
from bot.workflow.ports import Stage
from bot.workflow.stages import Hold, PlanStage, hold

__all__ = ["block", "release", "want_run", "wanted", "was_stopped"]

LONGEST_SENTENCE = 1000
LONGEST_TAIL = 2500
"""Characters of a failure's output that are kept for people: its end, where the reason stands."""


def want_run(plan: Plan, stage: Stage) -> None:
    """Have the engine run a stage; a run that is under way for an older wish finds itself outdated."""
    plan.run_stage = stage
    plan.run_attempt += 1
    plan.run_since = now()
    plan.model_try, plan.model_tries = 0, 0
    plan.failures = 0


async def wanted(session: AsyncSession, plan_id: str, stage: Stage, attempt: int) -> Plan | None:
    """Return the plan when this very attempt is still wanted and nothing holds the plan, else None."""
    plan = await session.get(Plan, plan_id)
    if plan is None or plan.hold is not None or plan.run_stage != stage or plan.run_attempt != attempt:
        return None
    return plan


async def was_stopped(session: AsyncSession, plan_id: str, stage: Stage, attempt: int) -> bool:
    """Tell whether people stopped a run under way, or asked for another; one that has come to its own end was not."""
    plan = await session.get(Plan, plan_id)
    if plan is None or plan.hold == Hold.PAUSED or plan.stage == PlanStage.CANCELLED:
        return True
    return plan.run_attempt != attempt or plan.run_stage not in {None, stage}


async def block(session: AsyncSession, plan: Plan, sentence: str, tail: str = "", skippable: str = "") -> None:
    """Hold a plan until a person helps, and tell them what happened and what they can do.

    ``tail`` is the end of a failure's output; ``skippable`` is the key of a step that people may leave open.
    """
    said = redact(sentence)[:LONGEST_SENTENCE]
    hold(session, plan, Hold.BLOCKED, said, PLANTHREAD)
    shown_tail = redact(tail)[-LONGEST_TAIL:]
    subject = {"sentence": said, "tail": shown_tail, "skippable": skippable}
    await announce(session, plan, MessageKind.PROBLEM, f"{plan.run_attempt}", **subject)
    await refresh_card(session, plan)


async def release(session: AsyncSession, plan: Plan, person: str, key: str) -> None:
    """Lift a hold; what told people of a problem says from now on that it is settled."""
    hold(session, plan, None, "", person, key)
    await settle_problems(session, plan)
