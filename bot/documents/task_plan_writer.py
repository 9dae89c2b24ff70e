"""Writes tasks.md: phases as numbered parents with derived boxes, tasks with their details, waves and must-haves.

Without states the text is what the fingerprint of an approval is taken of: every box open, the whole plan in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from bot.documents.markdown import code, inline
from bot.documents.task_plan import Phase, Task, TaskKind, TaskPlan, TaskState, phase_state

__all__ = ["NO_STATES", "write_task_plan"]

NO_STATES: Mapping[str, TaskState] = MappingProxyType({})
"""Every box open."""


def write_task_plan(plan: TaskPlan, states: Mapping[str, TaskState] = NO_STATES) -> str:
    """Return the canonical text with the given boxes; a task without a state is open."""
    title = inline(plan.title)
    blocks = [f"# Implementation Plan: {title}" if title else "# Implementation Plan"]
    blocks += [phase_block(phase, states) for phase in plan.phases]
    if plan.tasks():
        blocks += ["## Task Dependency Graph", f"```json\n{waves(plan)}\n```"]
    must_haves = [block for phase in plan.phases for block in must_have_blocks(phase)]
    if must_haves:
        blocks += ["## Must-haves", *must_haves]
    return "\n\n".join(blocks) + "\n"


def phase_block(phase: Phase, states: Mapping[str, TaskState]) -> str:
    """Return a phase's parent line, its goal, and its tasks."""
    lines = [f"- [{phase_state(phase, states)}] {phase.number}. {inline(phase.name)}"]
    if phase.goal.strip():
        lines.append(f"  - Goal: {inline(phase.goal)}")
    for task in phase.tasks:
        lines.append(f"  - [{states.get(task.number, TaskState.TODO)}] {task.number} {inline(task.title)}")
        lines += [f"    - {detail}" for detail in detail_texts(task)]
    return "\n".join(lines)


def detail_texts(task: Task) -> list[str]:
    """Return what stands under a task, in its canonical order."""
    texts = [inline(detail) for detail in task.details if detail.strip()]
    if task.kind is TaskKind.CUSTOM:
        texts.append("Written by: a model")
    if task.files:
        texts.append("Files: " + ", ".join(code(path) for path in task.files))
    if task.verification:
        texts.append("Verify: " + ", ".join(code(word) for word in task.verification))
    if task.done.strip():
        texts.append(f"Done when: {inline(task.done)}")
    if task.requirements:
        texts.append(f"_Requirements: {', '.join(inline(number) for number in task.requirements)}_")
    if task.depends:
        texts.append(f"_Depends: {', '.join(inline(number) for number in task.depends)}_")
    return texts


def waves(plan: TaskPlan) -> str:
    """Return the waves as JSON, one wave a line."""
    by_wave: dict[int, list[str]] = {}
    for task in plan.tasks():
        by_wave.setdefault(task.wave, []).append(task.number)
    lines = [json.dumps({"id": wave, "tasks": by_wave[wave]}, ensure_ascii=True) for wave in sorted(by_wave)]
    return '{"waves": [\n  ' + ",\n  ".join(lines) + "\n]}"


def must_have_blocks(phase: Phase) -> list[str]:
    """Return the must-haves of a phase under its heading; nothing where it has none."""
    must_haves = phase.must_haves
    lines = [f"- Truth: {inline(truth)}" for truth in must_haves.truths]
    lines += [f"- Artifact: {code(artifact.path)}: {inline(artifact.provides)}" for artifact in must_haves.artifacts]
    lines += [
        f"- Key link: {code(link.source)} → {code(link.target)}: {inline(link.via)} ({code(link.pattern)})"
        for link in must_haves.key_links
    ]
    return [f"### Phase {phase.number}: {inline(phase.name)}", "\n".join(lines)] if lines else []
