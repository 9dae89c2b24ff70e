"""`/plan`: reading what was typed, and the verbs that only read, answered in the acknowledgement itself."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from bot.slack.blocks.notices import forgetting, help_text, plan_list, plan_menu, status
from bot.slack.blocks.rendered import Rendered
from bot.slack.cancelling import cancel_one_of
from bot.slack.plan_pages import NO_PAGES, PlanPages
from bot.slack.rendering import private_view
from bot.slack.texts import plain
from bot.workflow.overview import overview
from bot.workflow.plans import is_open, plans_meant, visible_plans
from bot.workflow.refusals import Refused

__all__ = ["ABOUT_PLANS", "CHANGING", "READING", "answer_command", "first_word"]

CHANGING = frozenset({"new", "digest", "export"})
"""The verbs that change something; they go through the inbox."""
READING = frozenset({"cancel", "help", "list", "show", "status"})
"""The verbs that only read, or ask (`cancel`); as a whole message they are answered where the bot is mentioned too."""
ABOUT_PLANS = READING - {"help"}
"""Those of them that look at plans."""
MOST_LISTED = 20
IMPORT = (
    "Say `/plan import` for a form. Or drop the files in a plan's thread, or mention me with them to begin a "
    "plan: tasks.md, PLAN.md, requirements.md, design.md, entity_specs, SQL, JDL, or a .zip of a planning folder."
)


async def answer_command(
    session: AsyncSession,
    workspace: str,
    channel: str,
    person: str,
    text: str,
    *,
    unseen: Mapping[str, str],
    pages: PlanPages = NO_PAGES,
) -> Rendered:
    """Answer a verb that only reads; ``unseen`` is as for `plans_meant`. Raises Refused."""
    verb, rest = first_word(text), " ".join(plain(text).split()[1:])
    if verb in {"status", "show"}:
        plans = await plans_meant(session, workspace, channel, person, rest, unseen=unseen)
        only = plans[0]
        are_open_here = all(is_open(plan) and plan.channel == channel for plan in plans)
        if len(plans) > 1 or not (rest or are_open_here):
            return plan_menu([await overview(session, plan) for plan in plans], are_open_here=are_open_here)
        if verb == "show":
            return await private_view(session, only, pages)
        return status(pages.shown(await overview(session, only)))
    if verb == "cancel":
        plans = await plans_meant(session, workspace, channel, person, rest, unseen=unseen)
        return await cancel_one_of(session, plans)
    if verb == "list":
        plans = await visible_plans(session, workspace, channel, person, MOST_LISTED, unseen=unseen)
        return plan_list([pages.shown(await overview(session, plan)) for plan in plans])
    if verb == "import":
        raise Refused(IMPORT)
    if verb == "forget":
        if rest.lower().strip(" .!") != "me":
            raise Refused("To have everything that you said here forgotten, say `/plan forget me`.")
        return forgetting()
    if verb != "help":
        known = "`/plan help` shows what I know"
        example = plain(text).strip()[:60]
        raise Refused(f"I don't know `/plan {verb[:40]}`; {known}. To start a plan: `/plan new {example}`.")
    return help_text()


def first_word(text: str) -> str:
    """Return the verb of what was typed after ``/plan``, in small letters."""
    words = plain(text).split(maxsplit=1)
    return words[0].lower() if words else ""
