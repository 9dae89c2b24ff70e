"""Writes tasks.md: phases as numbered parents with derived boxes, tasks with their details, waves and must-haves.

Without states the text is what the fingerprint of an approval is taken of: every box open, the whole plan in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from bot.documents.markdown import inline
from bot.documents.must_have_lines import must_have_lines
from bot.documents.numbering import Removed, number_key, struck_line
from bot.documents.task_details import phase_details, task_details
from bot.documents.task_plan import Phase, Task, TaskPlan, TaskState, phase_state

__all__ = ["NO_STATES", "write_task_plan"]

NO_STATES: Mapping[str, TaskState] = MappingProxyType({})
"""Every box open."""


def write_task_plan(plan: TaskPlan, states: Mapping[str, TaskState] = NO_STATES) -> str:
    """Return the canonical text with the given boxes; a task without a state is open."""
    title = inline(plan.title)
    blocks = [f"# Implementation Plan: {title}" if title else "# Implementation Plan"]
    by_phase = removed_by_phase(plan)
    blocks += [phase_block(phase, states, by_phase.pop(str(phase.number), [])) for phase in plan.phases]
    left = [struck_line(each.number, each.text) for removed in by_phase.values() for each in removed]
    blocks += ["\n".join(left)] if left else []
    if plan.tasks():
        blocks += ["## Task Dependency Graph", f"```json\n{waves(plan)}\n```"]
    must_haves = [block for phase in plan.phases for block in must_have_blocks(phase)]
    if must_haves:
        blocks += ["## Must-haves", *must_haves]
    return "\n\n".join(blocks) + "\n"


def removed_by_phase(plan: TaskPlan) -> dict[str, list[Removed]]:
    """Return the tasks that were taken out, by the number of their phase."""
    found: dict[str, list[Removed]] = {}
    for each in plan.removed:
        found.setdefault(each.number.partition(".")[0], []).append(each)
    return found


def phase_block(phase: Phase, states: Mapping[str, TaskState], removed: list[Removed]) -> str:
    """Return a phase's parent line, its details, its tasks, and a struck line for each task that was taken out."""
    lines = [f"- [{phase_state(phase, states)}] {phase.number}. {inline(phase.name)}"]
    lines += [f"  - {detail}" for detail in phase_details(phase)]
    waiting = list(reversed(removed))
    for task in phase.tasks:
        while waiting and number_key(waiting[-1].number) < number_key(task.number):
            each = waiting.pop()
            lines.append(struck_line(each.number, each.text, "  "))
        lines += task_lines(task, states.get(task.number, TaskState.TODO))
    lines += [struck_line(each.number, each.text, "  ") for each in reversed(waiting)]
    return "\n".join(lines)


def task_lines(task: Task, state: TaskState) -> list[str]:
    """Return a task's line and what stands under it."""
    box = f"[{state}]{'*' if task.optional else ''}"
    return [f"  - {box} {task.number} {inline(task.title)}", *(f"    - {detail}" for detail in task_details(task))]


def waves(plan: TaskPlan) -> str:
    """Return the waves as JSON, one wave a line."""
    by_wave: dict[int, list[str]] = {}
    for task in plan.tasks():
        by_wave.setdefault(task.wave, []).append(task.number)
    lines = [json.dumps({"id": wave, "tasks": by_wave[wave]}, ensure_ascii=True) for wave in sorted(by_wave)]
    return '{"waves": [\n  ' + ",\n  ".join(lines) + "\n]}"


def must_have_blocks(phase: Phase) -> list[str]:
    """Return the must-haves of a phase under its heading; nothing where it has none."""
    lines = must_have_lines(phase)
    return [f"### Phase {phase.number}: {inline(phase.name)}", "\n".join(lines)] if lines else []
