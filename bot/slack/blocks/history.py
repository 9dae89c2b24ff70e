"""The answer to `history`: every review of a plan, and where to see what each changed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack.blocks.rendered import Rendered
from bot.slack.plan_pages import PlanPages
from bot.slack.texts import clip, escape, render, sections
from bot.workflow.history import PastReview
from bot.workflow.overview import PlanOverview
from bot.workflow.stages import PlanStage

__all__ = ["history"]

MOST_REVIEWS = 10
LONGEST_CHANGES = 160


def history(plan: PlanOverview, reviews: Sequence[PastReview], pages: PlanPages) -> Rendered:
    """Return the reviews of a plan, the newest first, for one person."""
    text = render(
        "history",
        plan=plan,
        reviews=[one for one in reviews if not one.is_unshown],
        unshown=sorted(one.number for one in reviews if one.is_unshown),
        most=MOST_REVIEWS,
        told={one.number: clip("; ".join(one.changes), LONGEST_CHANGES) for one in reviews},
        pages=pages.evidence_of(plan),
        can_go_back=plan.stage == PlanStage.IN_REVIEW,
    )
    return Rendered(text=escape(f"{plan.title}: every review"), blocks=sections(text))
