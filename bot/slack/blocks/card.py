"""The plan card: the head of the thread, edited in place for as long as the plan lives."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.documents.tasks.task_plan import TaskState
from bot.slack.blocks.change import ways_to_merge
from bot.slack.blocks.native_plan import native_plan, plain_phases
from bot.slack.blocks.progress import progress, unwritten
from bot.slack.blocks.rendered import Rendered
from bot.slack.blocks.views import shown_only, within_a_view
from bot.slack.buttons import Action, Subject, actions, button, link_button
from bot.slack.plan_pages import NO_PAGES, PlanPages
from bot.slack.texts import Mrkdwn, escape, render, sections
from bot.workflow.overview import PlanOverview
from bot.workflow.stages import Hold, PlanStage

__all__ = ["card", "details", "details_view", "seconds_left"]

MARKS: dict[TaskState, str] = {TaskState.DONE: Mrkdwn("✅"), TaskState.DOING: Mrkdwn("◐"), TaskState.TODO: Mrkdwn("○")}


def card(plan: PlanOverview, pages: PlanPages = NO_PAGES) -> Rendered:
    """Return the card of a plan with the buttons that are allowed now, and links to its pages."""
    text = render(
        "card",
        plan=plan,
        Stage=PlanStage,
        Hold=Hold,
        seconds=seconds(plan),
        progress=progress(plan),
        unwritten=unwritten(plan),
    )
    *head, foot = sections(text)
    return Rendered(
        text=escape(f"{plan.title}: {plan.stage}"),
        blocks=[*head, *native_plan(plan, MARKS), foot, *actions(*buttons(plan, pages))],
        instead={"plan": plain_phases(plan, MARKS)},
    )


def details(plan: PlanOverview) -> Rendered:
    """Return every task with its state, commit and tests, for one person."""
    text = render("details", plan=plan, marks=MARKS)
    return Rendered(text=escape(f"{plan.title}: every task"), blocks=sections(text))


def details_view(plan: PlanOverview) -> dict[str, Any]:
    """Return the same as a modal: it opens where the button was pressed, in the channel as in the thread."""
    return shown_only(plan.title, within_a_view(details(plan).blocks))


def buttons(plan: PlanOverview, pages: PlanPages) -> list[dict[str, Any]]:
    """Return the buttons that the plan's stage and hold allow."""
    subject = Subject(plan=plan.id)
    found = ways_to_merge(plan, plan.change) if plan.change and plan.run_stage is None else []
    if repository := pages.repository_of(plan):
        found.append(link_button("Open repository", repository))
    if evidence := pages.evidence_of(plan):
        found.append(link_button("Evidence", evidence))
    if trial := pages.trial_of(plan):
        found.append(link_button("Try it", trial))
    if plan.hold == Hold.PAUSED:
        found.append(button(Action.RESUME, subject, style="primary"))
    elif plan.hold == Hold.BLOCKED:
        found.append(button(Action.RETRY, subject, style="primary"))
    elif plan.stage not in {PlanStage.DELIVERED, PlanStage.CANCELLED}:
        found.append(button(Action.STOP, subject))
    if plan.delivered_at and plan.stage in {PlanStage.GATHERING, PlanStage.IN_REVIEW}:
        found.append(button(Action.FORGET, subject, label="Forget this change"))
    if plan.phases:
        found.append(button(Action.DETAILS, subject))
    return found


def seconds(plan: PlanOverview) -> int:
    """Return how long the newest build took, or has taken; nothing of the time in which people think afterwards."""
    if plan.approved_at is None:
        return 0
    end = plan.delivered_at
    if end is None or end < plan.approved_at:
        end = datetime.now(UTC)
    return max(0, int((end - plan.approved_at).total_seconds()))


def seconds_left(plan: PlanOverview) -> int:
    """Return how long the rest of a build takes if it goes on as it went so far; 0 where nobody can tell."""
    left = len(plan.buildable) - plan.done
    return seconds(plan) * left // plan.done if plan.done else 0
