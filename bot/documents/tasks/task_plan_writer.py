"""Writes tasks.md: phases as numbered parents with derived boxes, tasks with their details, waves and must-haves.

Without states the text is what the fingerprint of an approval is taken of: every box open, the whole plan in it.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.documents.tasks.must_have_lines import must_have_lines
from bot.documents.tasks.task_details import phase_details, task_details
from bot.documents.tasks.task_plan import Phase, Task, TaskPlan, TaskState, phase_state
from bot.documents.text.markdown import inline
from bot.documents.text.numbering import Removed, struck_line, with_removed

__all__ = ["NO_STATES", "write_task_plan"]

NO_STATES: Mapping[str, TaskState] = MappingProxyType({})
"""Every box open."""


type Line = Callable[[str], str]


def write_task_plan(plan: TaskPlan, states: Mapping[str, TaskState] = NO_STATES, line: Line = inline) -> str:
    """Return the canonical text with the given boxes; a task without a state is open.

    ``line`` writes a text as one line of Markdown, so that what stood in a file as Markdown can stay so.
    """
    title = line(plan.title)
    blocks = [f"# Implementation Plan: {title}" if title else "# Implementation Plan"]
    below = removed_below(plan)
    inside = set(itertools.chain(*below.values()))
    elsewhere = (each for each in plan.removed if each not in inside)
    for phase in with_removed(((str(phase.number), phase) for phase in plan.phases), elsewhere):
        if isinstance(phase, Removed):
            blocks.append(struck_line(phase.number, phase.text))
            continue
        blocks.append(phase_block(phase, states, below, line))
    if plan.tasks():
        blocks += ["## Task Dependency Graph", f"```json\n{waves(plan)}\n```"]
    must_haves = [block for phase in plan.phases for block in must_have_blocks(phase, line)]
    if must_haves:
        blocks += ["## Must-haves", *must_haves]
    return "\n\n".join(blocks) + "\n"


def removed_below(plan: TaskPlan) -> dict[int, list[Removed]]:
    """Return the tasks that were taken out of phases that are there."""
    below: dict[int, list[Removed]] = {phase.number: [] for phase in plan.phases}
    for each in plan.removed:
        head, dot, _ = each.number.partition(".")
        if dot and head.isdigit() and int(head) in below:
            below[int(head)].append(each)
    return below


def phase_block(phase: Phase, states: Mapping[str, TaskState], below: Mapping[int, list[Removed]], line: Line) -> str:
    """Return a phase's parent line, its details, its tasks, and a struck line for each task that was taken out."""
    lines = [f"- [{phase_state(phase, states)}] {phase.number}. {line(phase.name)}"]
    lines += [f"  - {detail}" for detail in phase_details(phase, line)]
    for task in with_removed(((task.number, task) for task in phase.tasks), below[phase.number]):
        if isinstance(task, Removed):
            lines.append(struck_line(task.number, task.text, "  "))
            continue
        lines += task_lines(task, states.get(task.number, TaskState.TODO), line)
    return "\n".join(lines)


def task_lines(task: Task, state: TaskState, line: Line) -> list[str]:
    """Return a task's line and what stands under it."""
    box = f"[{state}]{'*' if task.optional else ''}"
    details = (f"    - {detail}" for detail in task_details(task, line))
    return [f"  - {box} {task.number} {line(task.title)}", *details]


def waves(plan: TaskPlan) -> str:
    """Return the waves as JSON, one wave a line."""
    by_wave: dict[int, list[str]] = {}
    for task in plan.tasks():
        by_wave.setdefault(task.wave, []).append(task.number)
    lines = [json.dumps({"id": wave, "tasks": by_wave[wave]}, ensure_ascii=True) for wave in sorted(by_wave)]
    return '{"waves": [\n  ' + ",\n  ".join(lines) + "\n]}"


def must_have_blocks(phase: Phase, line: Line) -> list[str]:
    """Return the must-haves of a phase under its heading; nothing where it has none."""
    lines = must_have_lines(phase.must_haves)
    return [f"### Phase {phase.number}: {line(phase.name)}", "\n".join(lines)] if lines else []
