"""Messages of their own: a problem that needs a person, a notice, and the delivery; and the private answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.documents.tasks.task_plan import Task
from bot.slack.blocks.card import MARKS, seconds_left
from bot.slack.blocks.progress import progress
from bot.slack.blocks.rendered import Rendered
from bot.slack.buttons import Action, Subject, actions, button, link_button
from bot.slack.plan_pages import NO_PAGES, PlanPages
from bot.slack.texts import clip, escape, render, sections, told_safely
from bot.store.tables import ConversationMessage
from bot.workflow.overview import PlanOverview
from bot.workflow.ports import Stage
from bot.workflow.stages import Hold, PlanStage
from bot.workflow.waiting import BUILT_IN

__all__ = [
    "delivered",
    "forgetting",
    "help_text",
    "notice",
    "plan_list",
    "plan_menu",
    "problem",
    "status",
    "unchanged",
    "under_way",
]


MOST_NOTES = 5
"""How many notes the news of a delivery quotes: the newest."""
LONGEST_NOTE = 300


def problem(plan: PlanOverview, subject: dict[str, Any], *, current: bool) -> Rendered:
    """Return what failed, the end of its output, and the ways on; no buttons once it is settled."""
    text = render("problem", plan=plan, current=current, **{"sentence": "", "tail": "", **subject})
    about = Subject(plan=plan.id)
    ways = [button(Action.RETRY, about, style="primary")]
    if subject.get("skippable"):
        step = about.model_copy(update={"step": subject["skippable"]})
        ways += [button(Action.HINT, step), button(Action.SKIP, step)]
    if plan.run_stage == Stage.PLAN and plan.planner != BUILT_IN:
        ways.append(button(Action.BUILT_IN, about.model_copy(update={"attempt": plan.attempt})))
    ways.append(button(Action.STOP, about))
    return Rendered(
        text=escape(f"{plan.title} needs you"), blocks=[*sections(text), *(actions(*ways) if current else [])]
    )


def notice(plan: PlanOverview, subject: dict[str, Any]) -> Rendered:
    """Return what people should know of a plan or its repository, or that it is settled."""
    text = render("notice", plan=plan, **{"sentence": "", "settled": 0, **subject})
    return Rendered(text=escape(f"About {plan.title}"), blocks=sections(text))


def unchanged(plan: PlanOverview, subject: dict[str, Any]) -> Rendered:
    """Return the news that what somebody asked for changes nothing, and why."""
    text = render("unchanged", plan=plan, **{"person": plan.starter, "sentence": "", "review": plan.review, **subject})
    return Rendered(text=escape(f"{plan.title}: nothing changes"), blocks=sections(text))


def delivered(
    plan: PlanOverview,
    pages: PlanPages = NO_PAGES,
    open_tasks: Mapping[str, Task | None] = MappingProxyType({}),
    later: Sequence[ConversationMessage] = (),
) -> Rendered:
    """Return the news that the repository is there, and what can be tried.

    ``open_tasks`` are the tasks that are open, by their numbers; ``later`` are notes that no task was written with.
    """
    text = render(
        "delivered",
        plan=plan,
        repository=pages.repository_of(plan),
        clone=pages.clone_of(plan),
        open_tasks={number: told_open(task) for number, task in open_tasks.items() if task},
        later=[(one.author, clip(" ".join(one.text.split()), LONGEST_NOTE)) for one in later[-MOST_NOTES:]],
    )
    opening = [
        link_button(label, address)
        for label, address in (("Open repository", pages.repository_of(plan)), ("Try it", pages.trial_of(plan)))
        if address
    ]
    return Rendered(text=escape(f"{plan.title} is delivered"), blocks=[*sections(text), *actions(*opening)])


def told_open(task: Task) -> str:
    """Return when an open task is done, unless that only says its title again."""
    is_said = task.title.strip("“”").lower() in task.done.lower()
    return "" if is_said else clip(task.done, LONGEST_NOTE)


def status(plan: PlanOverview) -> Rendered:
    """Return how one plan stands, for one person."""
    text = render("status", plan=plan, marks=MARKS, Stage=PlanStage, progress=progress(plan))
    return Rendered(text=escape(plan.title), blocks=sections(text))


def under_way(plan: PlanOverview, noted: str, answer: str = "") -> Rendered:
    """Return an answer to who asks something while a plan is built: how far it is, and what can be said meanwhile.

    ``answer`` is what the plan's documents say to the question.
    """
    values = {"noted": noted, "answer": told_safely(answer), "left": seconds_left(plan)}
    text = render("under_way", plan=plan, progress=progress, **values, Hold=Hold, Stage=PlanStage)
    return Rendered(text=escape(plan.title), blocks=sections(text))


def plan_list(plans: Sequence[PlanOverview]) -> Rendered:
    """Return a line for each plan."""
    return Rendered(text="Plans", blocks=sections(render("list", plans=plans, progress=progress)))


def plan_menu(plans: Sequence[PlanOverview], *, are_open_here: bool) -> Rendered:
    """Return a person's plans with a button for each, for that person."""
    text = render("menu", plans=plans, are_open_here=are_open_here)
    buttons = [
        button(Action.SHOW, Subject(plan=plan.id), label=plan.handle, name=f"{number}")
        for number, plan in enumerate(plans, start=1)
    ]
    return Rendered(text="Which plan?", blocks=[*sections(text), *actions(*buttons)])


def forgetting() -> Rendered:
    """Return what it means to be forgotten, and the button that asks for it."""
    asking = button(Action.FORGET_ME, Subject(plan=""), style="danger")
    asking["confirm"] = {
        "title": {"type": "plain_text", "text": "Forget you?"},
        "text": {"type": "plain_text", "text": "What you said here is emptied for good. Nobody can bring it back."},
        "confirm": {"type": "plain_text", "text": "Forget me"},
        "deny": {"type": "plain_text", "text": "Keep it"},
        "style": "danger",
    }
    return Rendered(text="Forget you?", blocks=[*sections(render("forget")), *actions(asking)])


def help_text() -> Rendered:
    """Return what can be said."""
    return Rendered(text="What you can say", blocks=sections(render("help")))
