"""Between tasks.md and the plans of its phases: `phase_plan_conversion` makes them, this says what has no place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.documents.conversions.losses import Loss, Places
from bot.documents.phases.phase_plan import AutoTask, HumanVerification, PhasePlan, PlanTask, UnknownPart
from bot.documents.phases.phase_plan import Decision as PlanDecision
from bot.documents.phases.phase_plan_conversion import commands_of, phase_of, phase_plans_of
from bot.documents.phases.plan_text import FENCES
from bot.documents.progress.progress import phase_folder, plan_name
from bot.documents.tasks.checklist_words import is_property
from bot.documents.tasks.task_details import NAMELESS, default_slug
from bot.documents.tasks.task_plan import Phase, Task, TaskPlan
from bot.documents.text.boxes import TaskState
from bot.documents.text.markdown import one_line
from bot.documents.text.numbering import Numbers
from bot.documents.text.reading import quote
from bot.patterns import regex

__all__ = ["ROADMAP", "plan_path", "plans_from_tasks", "removed_losses", "tasks_from_plan"]

PROJECT_KEY = "project"
"""A key of our own in the front matter: the title of the task plan."""

SLUG = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60
ROADMAP = "a roadmap"
KEPT_IN_A_ROADMAP = frozenset({"plan", "depends_on", "requirements"})
OUR_PARTS = frozenset(
    {"wave", "kind", "optional", "entity", "blueprint_task", "boundary", "blocked", "validates", "property"}
)
OUR_KEYS = frozenset({"name", PROJECT_KEY})
TEXT_SECTIONS = (
    "purpose", "objective_output", "execution_context", "threat_model", "verification_text", "success_criteria",
    "output",
)  # fmt: skip
TASK_TEXTS = ("read_first", "behavior", "verify", "acceptance_criteria")
LABELLED = {"purpose": "objective", "objective_output": "objective", "verification_text": "verification"}
"""Texts that stand in a section of another name."""


def plans_from_tasks(plan: TaskPlan, states: Mapping[str, TaskState]) -> dict[str, PhasePlan]:
    """Return the plan of each phase by its path; the title goes along as a key."""
    plans = phase_plans_of(plan, states)
    title = {PROJECT_KEY: one_line(plan.title)} if one_line(plan.title) else {}
    return {
        plan_path(phase): each.model_copy(update={"unknown_keys": {**each.unknown_keys, **title}})
        for phase, each in zip(plan.phases, plans, strict=True)
    }


def plan_path(phase: Phase) -> str:
    """Return where a phase's plan goes, such as ``02-lending/02-01-PLAN.md``; a hostile folder can't lead elsewhere."""
    folder = phase_folder(phase)
    if not SLUG.fullmatch(phase.slug) or len(phase.slug) > LONGEST_SLUG:
        words = default_slug(phase.slug if default_slug(phase.slug) != NAMELESS else phase.name)
        folder = f"{phase.number:02d}-{words[:LONGEST_SLUG].strip('-')}"
    return f"{folder}/{plan_name(phase)}-PLAN.md"


def removed_losses(plan: TaskPlan, target: str, lines: Places) -> Iterator[Loss]:
    """Yield the struck lines of a task plan, which its other forms have no place for."""
    for each in plan.removed:
        yield Loss(
            lines.of_text(f"~~{each.number}"),
            f"the struck line {quote(f'{each.number} {each.text}')} has no place in {target}",
        )


def tasks_from_plan(
    plan: PhasePlan, lines: Places, target: str = "tasks.md"
) -> tuple[TaskPlan, dict[str, TaskState], tuple[Loss, ...]]:
    """Return the task plan of one phase, the states of its tasks, and what has no place in it (or in the target).

    Raises ValueError where the plan's phase has no whole number.
    """
    phase, states = phase_of(plan)
    losses = [*key_losses(plan, phase, lines, target), *section_losses(plan, lines, target)]
    losses += task_losses(plan, lines, target)
    tasks, numbered = with_own_numbers(phase, lines)
    states = {new: states[old] for old, new in zip_numbers(phase.tasks, tasks) if old in states}
    losses += [*numbered, *box_losses(plan, tasks, lines, target)]
    title = plan.unknown_keys.get(PROJECT_KEY)
    known = phase.model_copy(update={"tasks": tasks})
    return TaskPlan(title=title if isinstance(title, str) else "", phases=(known,)), states, tuple(losses)


def zip_numbers(before: tuple[Task, ...], after: tuple[Task, ...]) -> Iterator[tuple[str, str]]:
    """Yield the number of each task before and after; of a number that stood twice, the first task has the box."""
    seen: set[str] = set()
    for old, new in zip(before, after, strict=True):
        if old.number not in seen:
            yield old.number, new.number
        seen.add(old.number)


def with_own_numbers(phase: Phase, lines: Places) -> tuple[tuple[Task, ...], list[Loss]]:
    """Return the tasks so that each has a number of its own below its phase, and say which ones were given anew."""
    root = f"{phase.number}."
    numbers = Numbers([str(phase.number), *(task.number for task in phase.tasks if task.number.startswith(root))])
    seen: set[str] = set()
    tasks: list[Task] = []
    losses: list[Loss] = []
    for at, task in enumerate(phase.tasks):
        number = task.number
        if number in seen or not number.startswith(root):
            number = numbers.give(str(phase.number))
            message = (
                f"the number {task.number} of {quote(task.title)} is taken or of another phase; it becomes {number}"
            )
            losses.append(Loss(lines.get(f"tasks[{at}]", 0), message))
        seen.add(number)
        tasks.append(task.model_copy(update={"number": number}))
    return tuple(tasks), losses


def key_losses(plan: PhasePlan, phase: Phase, lines: Places, target: str) -> Iterator[Loss]:
    """Yield what the front matter says beyond what follows from the tasks."""
    waits_for = {int(number.partition(".")[0]) for task in phase.tasks for number in task.depends if is_number(number)}
    others = sorted(waits_for - {phase.number})
    files = {path for task in phase.tasks for path in task.files}
    requirements = {number for task in phase.tasks for number in task.requirements}
    said = {
        "plan": "" if plan.plan in {"", "01"} else plan.plan,
        "type": "" if plan.type in {"", "execute"} else plan.type,
        "wave": "" if plan.wave in {None, 1} or others else str(plan.wave),
        "depends_on": listed(set(plan.depends_on) - {f"{number:02d}-01" for number in others}),
        "files_modified": listed(set(plan.files_modified) - files),
        "autonomous": "false" if plan.autonomous is False else "",
        "requirements": listed(set(plan.requirements) - requirements),
        "user_setup": str(plan.user_setup) if plan.user_setup else "",
        "gap_closure": "" if plan.gap_closure is None else str(plan.gap_closure).lower(),
        **{key: str(value) for key, value in plan.unknown_keys.items() if key not in OUR_KEYS},
    }
    own = {number for task in plan.tasks if isinstance(task, AutoTask) for number in task.requirements}
    if (given := set(plan.requirements) - own) and len(phase.tasks) > 1 and target != ROADMAP:
        said_of = f"which task meets {quote(listed(given))} isn't said; each of them names it"
        yield Loss(lines.get("requirements", 0), said_of)
    kept = KEPT_IN_A_ROADMAP if target == ROADMAP else frozenset()
    for key, value in said.items():
        if value and key not in kept:
            yield Loss(lines.get(key, 0), f"the key {quote(key)} with {quote(value)} has no place in {target}")


def is_number(text: str) -> bool:
    """Tell whether a text begins with the number of a phase."""
    head = text.partition(".")[0]
    return head.isascii() and head.isdigit()


def listed(items: set[str]) -> str:
    """Return items in one line."""
    return ", ".join(sorted(items))


def section_losses(plan: PhasePlan, lines: Places, target: str) -> Iterator[Loss]:
    """Yield the sections of the body that tasks.md doesn't have."""
    for name in TEXT_SECTIONS:
        if text := getattr(plan, name):
            section = LABELLED.get(name, name)
            yield Loss(lines.get(section, 0), f"{quote(text)} in <{section}> has no place in {target}")
    if plan.context.paths or plan.context.text:
        text = " ".join([*(f"@{path}" for path in plan.context.paths), plan.context.text])
        yield Loss(lines.get("context", 0), f"{quote(text)} in <context> has no place in {target}")
    for at, feature in enumerate(plan.features):
        yield Loss(lines.get(f"features[{at}]", 0), f"the feature {quote(feature.name)} has no place in {target}")
    for part in plan.unknown_sections:
        yield Loss(lines.get(part.tag, 0), f"the section <{part.tag}> with {quote(part.text)} has no place in {target}")


def task_losses(plan: PhasePlan, lines: Places, target: str) -> Iterator[Loss]:
    """Yield checkpoints, and the parts of tasks that ours don't have."""
    for at, task in enumerate(plan.tasks):
        line = lines.get(f"tasks[{at}]", 0)
        if not isinstance(task, AutoTask):
            yield Loss(
                line, f"the checkpoint {quote(checkpoint_name(task))} is for people, and has no place in {target}"
            )
            continue
        name = quote(task.number or task.name)
        for part in TASK_TEXTS:
            value = getattr(task, part)
            text = ", ".join(value) if isinstance(value, tuple) else value
            if text and not (part == "verify" and commands_of(text)):
                where = lines.get(f"tasks[{at}].{part}", line)
                yield Loss(where, f"{quote(text)} in <{part}> of {name} has no place in {target}")
        if any(line.startswith((" ", "\t", *FENCES)) for line in task.action.split("\n")):
            said = f"the lines of <action> of {name} become details side by side"
            yield Loss(lines.get(f"tasks[{at}].action", line), said)
        yield from mark_losses(task, line, name, target)


def mark_losses(task: AutoTask, line: int, name: str, target: str) -> Iterator[Loss]:
    """Yield the attributes and unknown parts of a task."""
    marks = dict(task.attributes)
    marks |= {"type": task.type} if task.type != "auto" else {}
    marks |= {"tdd": "true"} if task.tdd else {}
    marks |= {"gate": task.gate} if task.gate else {}
    for key, value in marks.items():
        yield Loss(line, f"the attribute {quote(f'{key}={value}')} of {name} has no place in {target}")
    for part in task.unknown:
        if not is_ours(part):
            yield Loss(line, f"the part <{part.tag}> of {name} with {quote(part.text)} has no place in {target}")


def is_ours(part: UnknownPart) -> bool:
    """Tell whether a part is one of those that `phase_plan_conversion` writes."""
    known = {"wave": part.text.isdigit(), "kind": part.text in {"custom", "derived"}, "optional": part.text == "true"}
    known["property"] = is_property(part.text)
    return part.tag in OUR_PARTS and not part.attributes and known.get(part.tag, True)


def checkpoint_name(task: PlanTask) -> str:
    """Return what a checkpoint is about."""
    if isinstance(task, HumanVerification):
        return task.name or task.what_built
    if isinstance(task, PlanDecision):
        return task.name or task.decision
    return task.name or str(getattr(task, "action", ""))


def box_losses(plan: PhasePlan, tasks: tuple[Task, ...], lines: Places, target: str) -> Iterator[Loss]:
    """Yield the boxes of the verification that aren't those of tasks."""
    known = {one_line(f"Task {task.number}: {task.done or task.title}") for task in tasks}
    for at, box in enumerate(plan.verification):
        if one_line(box.text) not in known:
            line = lines.get(f"verification[{at}]", 0)
            yield Loss(line, f"the box {quote(box.text)} in <verification> is no task's, and has no place in {target}")
