"""Rules over task plans: numbers, order, waves, files, and evidence for every task."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.cycles import find_cycles
from bot.checks.registry import Problem, RuleSet, quote
from bot.checks.scope import scope_cuts
from bot.documents.findings import Severity
from bot.documents.tasks.task_plan import Task, TaskKind, TaskPlan

__all__ = ["ROUTER", "TASK_PLAN_RULES", "rule"]

TASK_PLAN_RULES: RuleSet[TaskPlan] = RuleSet("tasks.md")
rule = TASK_PLAN_RULES.rule

ROUTER = "app/api/router.py"
"""The one file that custom tasks write again, to register their routes."""


def by_number(plan: TaskPlan) -> dict[str, Task]:
    """Return the first task of each number."""
    tasks: dict[str, Task] = {}
    for task in plan.tasks():
        tasks.setdefault(task.number, task)
    return tasks


@rule(
    "PT301",
    "Every task and phase has a number of its own",
    Severity.ERROR,
    "Commits, evidence and dependencies name tasks by number.",
)
def has_own_number(plan: TaskPlan) -> Iterator[Problem]:
    """Find numbers that are given twice or were struck, and tasks that are numbered outside their phase."""
    struck = {each.number for each in plan.removed}
    for number in (*(str(phase.number) for phase in plan.phases), *(task.number for task in plan.tasks())):
        if number in struck:
            message = f"The number {number} was struck, and is given again."
            yield Problem(number, message, "Give it the next free number.")
    seen: set[str] = set()
    for phase in plan.phases:
        if str(phase.number) in seen:
            yield Problem(str(phase.number), f"The phase {phase.number} is there twice.", "Number the phases anew.")
        seen.add(str(phase.number))
        for task in phase.tasks:
            if task.number in seen:
                message = f"The task {task.number} is there twice."
                yield Problem(task.number, message, "Give the later one the next free number.")
            elif task.number.partition(".")[0] != str(phase.number) or "." not in task.number:
                message = f"The task {quote(task.number)} stands in phase {phase.number}."
                yield Problem(task.number, message, f"Number it {phase.number}.1, {phase.number}.2 …")
            seen.add(task.number)


@rule(
    "PT302",
    "A task depends only on tasks of the plan",
    Severity.ERROR,
    "A task that waits for one that isn't there never starts.",
)
def depends_on_tasks(plan: TaskPlan) -> Iterator[Problem]:
    """Find dependencies on numbers that no task has."""
    tasks = by_number(plan)
    struck = {each.number for each in plan.removed}
    for task in plan.tasks():
        for number in task.depends:
            if number not in tasks:
                reason = "was removed" if number in struck else "is not in the plan"
                message = f"{task.number} depends on {quote(number)}, which {reason}."
                yield Problem(task.number, message, "Name a task of the plan, or take the dependency out.")


@rule(
    "PT303",
    "Tasks don't wait for each other in a circle",
    Severity.ERROR,
    "No task of a circle can ever start.",
)
def has_no_circle(plan: TaskPlan) -> Iterator[Problem]:
    """Find circles of dependencies, with their path."""
    for cycle in find_cycles({number: task.depends for number, task in by_number(plan).items()}):
        message = f"These tasks wait for each other: {' → '.join(cycle)}."
        yield Problem(cycle[0], message, "Take one of these dependencies out, or split a task.")


@rule(
    "PT304",
    "A task's wave is one more than the largest wave that it depends on",
    Severity.ERROR,
    "Tasks of one wave may be worked on side by side, so none of them may need another.",
)
def follows_wave_rule(plan: TaskPlan) -> Iterator[Problem]:
    """Find tasks in another wave than their dependencies give."""
    tasks = by_number(plan)
    for task in plan.tasks():
        wave = 1 + max((tasks[number].wave for number in task.depends if number in tasks), default=0)
        if task.wave != wave:
            message = f"{task.number} is in wave {task.wave}, and its dependencies put it in wave {wave}."
            yield Problem(task.number, message, f"Put it in wave {wave}, or change what it depends on.")


@rule(
    "PT305",
    f"A file belongs to one task; only {ROUTER} is written again, by custom tasks",
    Severity.ERROR,
    "Two tasks that write one file undo each other's work, and neither commit tells the whole story.",
)
def owns_its_files(plan: TaskPlan) -> Iterator[Problem]:
    """Find files of two tasks, also when only their letters' case differs."""
    owners: dict[str, Task] = {}
    for task in plan.tasks():
        for path in dict.fromkeys(path.casefold() for path in task.files):
            owner = owners.setdefault(path, task)
            if owner is not task and not (path == ROUTER and task.kind is TaskKind.CUSTOM):
                message = f"{quote(path)} is written by {owner.number} and again by {task.number}."
                yield Problem(task.number, message, "Let one task own it, or give it another name.")


@rule(
    "PT306",
    "Every task says how it is verified and when it is done",
    Severity.ERROR,
    "Only evidence ticks a box, and evidence needs a check that can fail.",
)
def can_be_verified(plan: TaskPlan) -> Iterator[Problem]:
    """Find tasks without verification or done statement."""
    for task in plan.tasks():
        missing = [
            name
            for name, value in (("verification", "".join(task.verification)), ("done statement", task.done))
            if not value.strip()
        ]
        if missing:
            message = f"{task.number} {quote(task.title)} has no {' and no '.join(missing)}."
            yield Problem(task.number, message, "Say which check shows that it is done.")


@rule(
    "PT307",
    "Every task has a title, and every phase has tasks",
    Severity.ERROR,
    "An empty task or phase promises nothing that could be built.",
)
def has_content(plan: TaskPlan) -> Iterator[Problem]:
    """Find empty plans, phases and titles."""
    if not plan.phases:
        yield Problem("", "The plan has no phase.", "Derive it from the entities again.")
    for phase in plan.phases:
        if not phase.tasks:
            yield Problem(str(phase.number), f"Phase {phase.number} has no task.", "Add one, or take the phase out.")
        for task in phase.tasks:
            if not task.title.strip():
                yield Problem(task.number, f"{task.number} has no title.", "Say what it makes.")


@rule(
    "PT308",
    "A task stands after the tasks that it depends on",
    Severity.ERROR,
    "The repository gets one commit a task in the plan's order, so what a task needs must be committed before it.",
)
def stands_after_dependencies(plan: TaskPlan) -> Iterator[Problem]:
    """Find tasks that depend on a later one; circles are another rule's matter."""
    position = {task.number: index for index, task in reversed(list(enumerate(plan.tasks())))}
    for task in plan.tasks():
        for number in task.depends:
            if number in position and position[number] >= position[task.number]:
                message = f"{task.number} depends on {number}, which comes later."
                yield Problem(task.number, message, f"Move {number} before it.")


@rule(
    "PT309",
    "Words such as “for now”, “later”, “stub”, “placeholder”, “mock”, “hardcoded” or “simplified” cut no scope",
    Severity.WARNING,
    "A task that promises less than its criterion drops scope without anyone deciding so.",
)
def cuts_no_scope(plan: TaskPlan) -> Iterator[Problem]:
    """Find such words in titles, details and done statements; see `bot.checks.scope`."""
    for task in plan.tasks():
        cuts = scope_cuts("\n".join((task.title, *task.details, task.done)))
        if cuts:
            words = ", ".join(dict.fromkeys(f"“{cut.word}”" for cut in cuts))
            message = f"{task.number} {quote(task.title)} says {words} in {quote(cuts[0].text)}."
            yield Problem(task.number, message, "Say what is left out and let people decide it, or do it all.")
