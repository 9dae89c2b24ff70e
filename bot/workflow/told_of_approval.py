"""Who approved a plan, and when: "who approved it?", "is it approved?"."""

from __future__ import annotations

import re

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.naming import joined
from bot.patterns import regex
from bot.store.tables import Plan
from bot.workflow.approvals import given
from bot.workflow.stages import PlanStage

__all__ = ["told_of_approval"]

LONGEST = 120
IT = r"(?:it|this|that|everything|(?:the|our|this|my)\s+(?:plan|build|review|service|change))"
APPROVED = regex(
    rf"^(?:who(?:\s+(?:all|else))?(?:\s+(?:has|have))?\s+(?:already\s+)?(?:approved|agreed|confirmed|signed|said\s+yes)"
    rf"(?:\s+(?:to|off))?(?:\s+{IT})?(?:\s+off)?|when\s+(?:was\s+{IT}\s+approved|did\s+\w+\s+approve\s+{IT})|"
    rf"(?:is|was|has)\s+{IT}\s+(?:been\s+)?(?:already\s+)?approved|who\s+gave\s+(?:its|the)\s+approval|"
    rf"by\s+whom\s+was\s+{IT}\s+approved|did\s+(?:anyone|anybody|somebody|someone)\s+approve\s+{IT})"
    r"(?:\s+(?:yet|already|so\s+far|now))?$",
    re.IGNORECASE,
)


async def told_of_approval(session: AsyncSession, plan: Plan, said: str) -> str:
    """Say who approved a plan and on which day; nothing where nobody asks that, and before there is a review."""
    if len(said) > LONGEST or not plan.review or APPROVED.match(said) is None:
        return ""
    first = {row.person: row.at for row in reversed(await given(session, plan))}
    people = [f"<@{person}> on {day.day} {day:%B %Y}" for person, day in sorted(first.items(), key=lambda one: one[1])]
    waits = plan.stage == PlanStage.IN_REVIEW
    if not people:
        return f"Nobody approved review {plan.review} so far. `who can approve?` names who may." if waits else ""
    is_open = f" Review {plan.review} still waits: `who can approve?` names who may." if waits else ""
    return f"Approved by {joined(people)}.{is_open}"
