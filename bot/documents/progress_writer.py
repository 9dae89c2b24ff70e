"""Writes PROJECT.md, ROADMAP.md, STATE.md and SUMMARY.md: how far a plan is, from its arguments alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.documents.markdown import cell, inline, paragraphs, yaml_text
from bot.documents.task_plan import Phase, TaskKind, TaskPlan, TaskState, phase_state

__all__ = ["phase_folder", "write_project", "write_roadmap", "write_state", "write_summary"]

BAR_CELLS = 10
MOST_OPEN_TASKS = 20
"""STATE.md names at most so many open tasks, to stay under 100 lines."""

LONGEST_STAGE = 400
STATE_WORDS = {TaskState.TODO: "open", TaskState.DOING: "in progress", TaskState.DONE: "done"}


def phase_folder(phase: Phase) -> str:
    """Return the name of a phase's folder, such as ``01-foundation``."""
    return f"{phase.number:02d}-{phase.slug}"


def write_project(title: str, introduction: str, decisions: Sequence[str], assumptions: Sequence[str]) -> str:
    """Return PROJECT.md: what this is, what people decided, what the planner assumed."""
    blocks = [f"# {inline(title)}", "## What this is", paragraphs(introduction)]
    if decisions:
        blocks += ["## Key decisions", bullets(decisions)]
    if assumptions:
        blocks += ["## Assumptions", bullets(assumptions)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def bullets(texts: Sequence[str]) -> str:
    """Return a list, one text a line."""
    return "\n".join(f"- {inline(text)}" for text in texts if text.strip())


def write_roadmap(plan: TaskPlan, states: Mapping[str, TaskState]) -> str:
    """Return ROADMAP.md: phases with derived boxes, their details, and a table of progress."""
    boxes = [
        f"- [{phase_state(phase, states)}] **Phase {phase.number}: {inline(phase.name)}** - {inline(phase.goal)}"
        for phase in plan.phases
    ]
    blocks = [f"# Roadmap: {inline(plan.title)}", "## Phases", "\n".join(boxes)]
    for before, phase in zip((None, *plan.phases), plan.phases, strict=False):
        blocks += phase_details(phase, before)
    blocks += ["## Progress", progress_table(plan, states)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def phase_details(phase: Phase, before: Phase | None) -> list[str]:
    """Return a phase's goal, what it waits for, its requirements and its success criteria."""
    requirements = dict.fromkeys(number for task in phase.tasks for number in task.requirements)
    lines = [
        f"**Goal**: {inline(phase.goal)}",
        f"**Depends on**: {f'Phase {before.number}' if before else 'Nothing'}",
        f"**Requirements**: {', '.join(inline(number) for number in requirements) or 'none'}",
    ]
    blocks = [f"### Phase {phase.number}: {inline(phase.name)}", "  \n".join(lines)]
    if phase.must_haves.truths:
        truths = [f"{index}. {inline(truth)}" for index, truth in enumerate(phase.must_haves.truths, start=1)]
        blocks += ["**Success Criteria**:", "\n".join(truths)]
    return blocks


def progress_table(plan: TaskPlan, states: Mapping[str, TaskState]) -> str:
    """Return one row a phase: how many tasks are done, and its state."""
    rows = ["| Phase | Tasks done | State |", "|---|---|---|"]
    for phase in plan.phases:
        done = count_done(phase, states)
        state = STATE_WORDS[phase_state(phase, states)]
        rows.append(f"| {phase.number}. {cell(phase.name)} | {done} of {len(phase.tasks)} | {state} |")
    return "\n".join(rows)


def count_done(phase: Phase, states: Mapping[str, TaskState]) -> int:
    """Return how many tasks of a phase are done."""
    return sum(states.get(task.number) is TaskState.DONE for task in phase.tasks)


def write_state(plan: TaskPlan, states: Mapping[str, TaskState], stage_text: str) -> str:
    """Return STATE.md, under 100 lines: the stage, the current phase, a progress bar, the open tasks."""
    tasks = plan.tasks()
    done = sum(states.get(task.number) is TaskState.DONE for task in tasks)
    current = next((phase for phase in plan.phases if phase_state(phase, states) is not TaskState.DONE), None)
    position = f"{current.number} of {len(plan.phases)} ({inline(current.name)})" if current else "all phases are done"
    stage = inline(stage_text[:LONGEST_STAGE])
    lines = [f"# State: {inline(plan.title)}", "", f"- Stage: {stage}", f"- Phase: {position}"]
    lines += [f"- Progress: {progress_bar(done, len(tasks))} {done} of {len(tasks)} tasks", ""]
    open_tasks = [task for task in tasks if states.get(task.number) is not TaskState.DONE]
    if open_tasks:
        lines += ["## Open tasks", ""]
        lines += [f"- {task.number} {inline(task.title)}" for task in open_tasks[:MOST_OPEN_TASKS]]
        if len(open_tasks) > MOST_OPEN_TASKS:
            lines.append(f"- … and {len(open_tasks) - MOST_OPEN_TASKS} more, in tasks.md")
    return "\n".join(lines).rstrip() + "\n"


def progress_bar(done: int, total: int) -> str:
    """Return ten cells, filled as far as the work is; full only when everything is done."""
    filled = BAR_CELLS * done // total if total else 0
    return "▓" * filled + "░" * (BAR_CELLS - filled)


def write_summary(phase: Phase, commits: Mapping[str, str], evidence: Mapping[str, str]) -> str:
    """Return SUMMARY.md of a phase: ``commits`` and ``evidence`` map task numbers to a hash and to what was checked."""
    finished = [task for task in phase.tasks if task.number in commits]
    left = [task for task in phase.tasks if task.number not in commits]
    files = dict.fromkeys(path for task in finished for path in task.files)
    requirements = dict.fromkeys(number for task in finished for number in task.requirements)
    front = [
        "---",
        f"phase: {yaml_text(phase_folder(phase))}",
        'plan: "01"',
        f"provides: {yaml_list([artifact.provides for artifact in phase.must_haves.artifacts])}",
        "key-files:",
        f"  created: {yaml_list(list(files))}",
        f"requirements-completed: {yaml_list(list(requirements))}",
        "---",
    ]
    blocks = ["\n".join(front), f"# Phase {phase.number}: {inline(phase.name)}", inline(phase.goal)]
    blocks += ["## Accomplishments", bullets([task.done or task.title for task in finished]) or "Nothing yet."]
    blocks += ["## Task commits", commit_table(phase, commits, evidence)]
    custom = [f"{task.number} {task.title}" for task in finished if task.kind is TaskKind.CUSTOM]
    if custom:
        blocks += ["## Written by a model", bullets(custom)]
    if left:
        blocks += ["## Left open", bullets([f"{task.number} {task.title}" for task in left])]
    return "\n\n".join(block for block in blocks if block) + "\n"


def commit_table(phase: Phase, commits: Mapping[str, str], evidence: Mapping[str, str]) -> str:
    """Return one row a task: its commit and its evidence; an open task says so."""
    rows = ["| Task | Commit | Evidence |", "|---|---|---|"]
    for task in phase.tasks:
        commit = commits.get(task.number, "")
        shown = cell(commit) and f"`{cell(commit)}`"
        rows.append(f"| {task.number} {cell(task.title)} | {shown or 'open'} | {cell(evidence.get(task.number, ''))} |")
    return "\n".join(rows)


def yaml_list(texts: Sequence[str]) -> str:
    """Return a list of YAML scalars on one line."""
    return "[" + ", ".join(yaml_text(text) for text in texts) + "]"
