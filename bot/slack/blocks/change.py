"""Changes to what was delivered: where one lies, the way to merge it, what became of it; and edits by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.slack.blocks.rendered import Rendered
from bot.slack.buttons import Action, Subject, actions, button, link_button
from bot.slack.texts import escape, render, sections
from bot.store.tables import Change, HandEdit, Plan
from bot.workflow.asked import Asked
from bot.workflow.hand_edits import EditState
from bot.workflow.overview import OfferedChange, PlanOverview

__all__ = ["change", "closed", "hand_edit", "ways_to_merge"]


MOST_ASKED = 3
"""How many of the sentences that asked for a change its message quotes: the newest."""


def change(plan: PlanOverview, row: Change, url: str, asked: Sequence[Asked] = ()) -> Rendered:
    """Return the news that a change can be merged; once it is, who merged it.

    ``url`` is where people look at it, ``asked`` what they asked for with it.
    """
    text = render("change", plan=plan, change=row, asked=asked[-MOST_ASKED:], asked_before=len(asked[:-MOST_ASKED]))
    about = Subject(plan=plan.id, change=row.number, commit=row.commit or "")
    ways = [link_button("See what changes" if row.merges_here else "Open pull request", url)] if url else []
    if row.merges_here and row.merged_commit is None and not row.forgotten_by:
        news = [link_button("See what is new", f"{plan.web_url}/compare/{row.seen}...{row.commit}")] if row.seen else []
        ways = [button(Action.MERGE, about, style="primary"), *news, *ways]
    return Rendered(text=escape(f"{plan.title}: change {row.number}"), blocks=[*sections(text), *actions(*ways)])


def ways_to_merge(plan: PlanOverview, offered: OfferedChange, name: str = "") -> list[dict[str, Any]]:
    """Return the buttons for a change that lies there, beside what else is said of its plan."""
    about = Subject(plan=plan.id, change=offered.number, commit=offered.commit)
    if offered.is_closed:
        return [button(Action.REOPEN, about, name=name), button(Action.FORGET, about, name=name)]
    if offered.merges_here:
        return [button(Action.MERGE, about, style="primary", name=name)]
    return [link_button("Open pull request", offered.url, name=name)]


def closed(plan: PlanOverview, row: Change, url: str) -> Rendered:
    """Return the news that a change was closed unmerged, with the ways on; once somebody decided, what came of it."""
    text = render("closed", plan=plan, change=row)
    about = Subject(plan=plan.id, change=row.number)
    is_undecided = row.closed_at is not None and row.merged_commit is None and not row.forgotten_by
    ways = [button(Action.REOPEN, about, style="primary"), button(Action.FORGET, about)] if is_undecided else []
    looking = [link_button("Open pull request", url)] if url else []
    became = "was merged elsewhere" if row.merged_into else "was closed"
    return Rendered(
        text=escape(f"{plan.title}: change {row.number} {became}"),
        blocks=[*sections(text), *actions(*ways, *looking)],
    )


def hand_edit(plan: Plan, row: HandEdit) -> Rendered:
    """Return what people edited by hand in planning files, with the ways on; once somebody decided, what came of it."""
    text = render("hand_edit", plan=plan, edit=row, State=EditState)
    about = Subject(plan=plan.id, change=row.number)
    ways = [button(Action.TAKE_UP, about, style="primary")] if row.asked else []
    ways.append(button(Action.LEAVE, about))
    return Rendered(
        text=escape(f"{plan.title}: planning files were edited"),
        blocks=[*sections(text), *(actions(*ways) if row.state == EditState.OPEN else [])],
    )
