"""Slack's own block for a plan: the phase under way with its tasks, every other phase as one entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.documents.tasks.task_plan import TaskState
from bot.slack.blocks.progress import progress
from bot.slack.texts import CONTROL, clip, count, render, sections
from bot.workflow.overview import PhaseProgress, PlanOverview, TaskProgress
from bot.workflow.stages import Hold, PlanStage

__all__ = ["native_plan", "plain_phases"]

MOST_ENTRIES = 50
"""Entries that Slack takes in one plan."""
LONGEST_TITLE = 150
LONGEST_REASON = 150
STATUS = {TaskState.DONE: "complete", TaskState.DOING: "in_progress", TaskState.TODO: "pending"}


def native_plan(plan: PlanOverview, marks: dict[TaskState, str]) -> list[dict[str, Any]]:
    """Return the block for a plan that has phases, else nothing."""
    if not plan.phases:
        return []
    entries = [entry for phase in plan.phases for entry in entries_of(plan, phase)]
    if len(entries) > MOST_ENTRIES:
        entries = [of_phase(plan, phase) for phase in plan.phases]
    if len(entries) > MOST_ENTRIES:
        return plain_phases(plan, marks)
    title = f"{count(len(plan.phases), 'phase')}, {progress(plan, with_bar=False)}"
    return [{"type": "plan", "title": title, "tasks": entries}]


def plain_phases(plan: PlanOverview, marks: dict[TaskState, str]) -> list[dict[str, Any]]:
    """Return the phases in a line, for servers that don't know the block."""
    return sections(render("card_phases", plan=plan, marks=marks)) if plan.phases else []


def entries_of(plan: PlanOverview, phase: PhaseProgress) -> Iterator[dict[str, Any]]:
    """Yield a phase, or its tasks while it is under way or where some of them were left open."""
    if phase.state is TaskState.DOING:
        yield from (of_task(plan, phase, task) for task in phase.counted)
    else:
        yield of_phase(plan, phase)


def of_phase(plan: PlanOverview, phase: PhaseProgress) -> dict[str, Any]:
    """Return the entry of a whole phase."""
    open_tasks = [task for task in phase.tasks if task.open_reason]
    status = status_of(plan, phase.state, is_open=bool(open_tasks))
    more = f" (and {len(open_tasks) - 1} more)" if len(open_tasks) > 1 else ""
    reason = f"{open_tasks[0].number} is left open: {open_tasks[0].open_reason}{more}" if open_tasks else ""
    counts = f"{phase.done} of {count(len(phase.counted), 'task')}" if phase.counted else "as it was"
    title = f"{phase.number} {phase.name} ({counts})"
    return entry(f"phase {phase.number}", title, status, reason or plan.hold_reason, is_open=bool(open_tasks))


def of_task(plan: PlanOverview, phase: PhaseProgress, task: TaskProgress) -> dict[str, Any]:
    """Return the entry of one task."""
    status = status_of(plan, task.state, is_open=bool(task.open_reason))
    return entry(
        f"task {phase.number} {task.number}",
        f"{task.number} {task.title}",
        status,
        f"left open: {task.open_reason}" if task.open_reason else plan.hold_reason,
        is_open=bool(task.open_reason),
    )


def status_of(plan: PlanOverview, state: TaskState, *, is_open: bool) -> str:
    """Return Slack's word for a state: only what failed is an error; what rests or was left open is no progress."""
    if is_open:
        return "pending"
    if state is TaskState.DOING and plan.hold == Hold.BLOCKED:
        return "error"
    if state is TaskState.DOING and (
        plan.hold is not None or plan.stage not in {PlanStage.APPROVED, PlanStage.BUILDING}
    ):
        return "pending"
    return STATUS[state]


def entry(name: str, title: str, status: str, reason: str, *, is_open: bool) -> dict[str, Any]:
    """Return an entry of the block; one that waits for people, or was left to them, says why."""
    shown = {"task_id": name, "title": clip(CONTROL.sub("", title), LONGEST_TITLE), "status": status}
    why = clip(CONTROL.sub("", reason), LONGEST_REASON).strip()
    if not (is_open or status == "error") or not why:
        return shown
    said = {"type": "rich_text_section", "elements": [{"type": "text", "text": why}]}
    return {**shown, "details": {"type": "rich_text", "elements": [said]}}
