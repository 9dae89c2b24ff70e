"""Links to a plan's pages: whose page a request is for, and what who comes with an old link is told."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.store.tables import Plan
from bot.web.page_key import PageKey, Standing
from bot.workflow.overview import PlanOverview
from bot.workflow.ports import lies_here

__all__ = ["NOT_THERE", "PLACE", "plan_asked_for", "ways_of"]

PLACE = "/plans/{plan}/{signature}"
"""Where a plan's pages begin."""
NOT_THERE = "There is no such page here. Say /plan show in Slack: its buttons lead to what is there."
ENDED = "This link has ended, as links to plans do after a while. Say /plan show in Slack: its buttons are good again."


def plan_asked_for(request: Request, key: PageKey) -> str:
    """Return the id of the plan whose page is asked for.

    Raises HTTPException: 410 where its link has ended, 404 where it never was one.
    """
    plan_id, signature = str(request.path_params["plan"]), str(request.path_params["signature"])
    standing = key.standing(plan_id, signature)
    if standing is Standing.ENDED:
        raise HTTPException(410, ENDED)
    if standing is not Standing.GOOD:
        raise HTTPException(404, NOT_THERE)
    return plan_id


def ways_of(request: Request, plan: Plan | PlanOverview, *, behind_door: bool) -> dict[str, str]:
    """Return where a plan's pages are for who came with this link, and its repository; empty where there is none.

    Looking at them makes no link last longer. Repositories that lie here may be ``behind_door``.
    """
    base = f"/plans/{request.path_params['plan']}/{request.path_params['signature']}"
    keyed = behind_door and lies_here(plan.remote_name)
    return {"base": base, "repository": f"{base}/repository" if keyed else plan.web_url}
