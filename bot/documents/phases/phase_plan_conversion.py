"""Our own task plan as plans of phases, and back.

Each phase becomes one plan, and everything that a `Phase` holds is carried:

- the phase's number and slug as `phase: 02-lending`, its name as a key `name:`, its goal as the objective;
- a task's number and title as `<name>Task 2.1: Store books</name>`, its details as a list in the action, its
  verification as commands, what done means as `<done>`;
- its requirements and dependencies in parts of our own, `<requirements>` and `<depends>`, and its wave (where it isn't
  1), kind, entity, template, marks and properties in `<wave>`, `<kind>`, `<entity>`, `<blueprint_task>`, `<boundary>`,
  `<blocked>`, `<validates>` and `<property>`: readers that don't know these tags skip them;
- its state as a box of the verification that begins with `Task 2.1:`.

White space inside a text is joined. Struck lines of removed tasks have no place in a PLAN.md: they stay in tasks.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.documents.phases.phase_plan import AutoTask, Box, PhasePlan, UnknownPart
from bot.documents.tasks.checklist_words import is_property
from bot.documents.tasks.task_plan import Phase, Task, TaskKind, TaskPlan, phases_before
from bot.documents.text.boxes import TaskState
from bot.documents.text.markdown import one_line
from bot.documents.text.numbering import number_key
from bot.patterns import regex

__all__ = ["commands_of", "phase_of", "phase_plan_of", "phase_plans_of"]

PHASE = regex(r"(?P<number>\d{1,6})(?:-(?P<slug>.*))?", re.ASCII)
BOX = regex(r"Task (?P<number>[\d.]{1,50}):")
FIRST_PLAN = "01"
PROGRAMS = frozenset(
    {
        "alembic", "bash", "bun", "cargo", "coverage", "curl", "deno", "docker", "dotnet", "go", "gradle", "hatch",
        "make", "mvn", "mypy", "node", "nox", "npm", "npx", "pip", "pnpm", "poetry", "psql", "pytest", "python",
        "python3", "ruff", "sh", "tox", "uv", "yarn",
    }
)  # fmt: skip
"""What the commands of verifications begin with."""

OUTCOMES = frozenset(
    {
        "and", "answers", "fails", "gives", "pass", "passes", "prints", "returns", "runs", "should", "shows", "succeed",
        "succeeds", "that", "then", "when", "with", "works",
    }
)  # fmt: skip
"""Words that only a sentence about a command has."""


def phase_plans_of(plan: TaskPlan, states: Mapping[str, TaskState] | None = None) -> tuple[PhasePlan, ...]:
    """Return one plan for each phase. A plan's wave is one more than the largest among the plans it depends on."""
    builders = phases_before(plan)
    waves: dict[int, int] = {}
    plans: list[PhasePlan] = []
    for phase in plan.phases:
        earlier = [each.number for each in builders[phase.number] if each.number in waves]
        waves[phase.number] = 1 + max((waves[number] for number in earlier), default=0)
        depends_on = [f"{number:02d}-{FIRST_PLAN}" for number in earlier]
        plans.append(phase_plan_of(phase, FIRST_PLAN, states, wave=waves[phase.number], depends_on=depends_on))
    return tuple(plans)


def phase_plan_of(
    phase: Phase,
    plan_number: str = FIRST_PLAN,
    states: Mapping[str, TaskState] | None = None,
    *,
    wave: int = 1,
    depends_on: Sequence[str] = (),
) -> PhasePlan:
    """Return a phase as one plan, with the boxes of its tasks as the states say (open where they say nothing)."""
    marks = states or {}
    slug = f"-{phase.slug}" if phase.slug else ""
    named = (number for task in phase.tasks for number in task.requirements)
    return PhasePlan(
        phase=f"{phase.number:02d}{slug}",
        plan=plan_number,
        wave=wave,
        depends_on=tuple(depends_on),
        files_modified=tuple(dict.fromkeys(path for task in phase.tasks for path in task.files)),
        autonomous=True,
        requirements=tuple(sorted(dict.fromkeys(named), key=number_key)),
        must_haves=phase.must_haves,
        unknown_keys={"name": one_line(phase.name)},
        objective=one_line(phase.goal),
        tasks=tuple(auto_task(task) for task in phase.tasks),
        verification=tuple(
            Box(text=f"Task {task.number}: {task.done or task.title}", state=marks.get(task.number, TaskState.TODO))
            for task in phase.tasks
        ),
    )


def auto_task(task: Task) -> AutoTask:
    """Return a task of ours as a task of a plan."""
    ours = {
        "wave": str(task.wave) if task.wave != 1 else "",
        "kind": task.kind.value if task.kind is not TaskKind.DERIVED else "",
        "optional": "true" if task.optional else "",
        "entity": one_line(task.entity),
        "blueprint_task": one_line(task.blueprint_task),
        "boundary": one_line(task.boundary),
        "blocked": one_line(task.blocked),
        "validates": one_line(task.validates),
    }
    parts = [*ours.items(), *(("property", one_line(text)) for text in task.properties)]
    return AutoTask(
        name=task.title,
        number=task.number,
        files=task.files,
        action="\n".join(f"- {line}" for detail in task.details if (line := one_line(detail))),
        automated=tuple(one_line(word) for word in task.verification),
        done=one_line(task.done),
        requirements=task.requirements,
        depends=task.depends,
        unknown=tuple(UnknownPart(tag=tag, text=text) for tag, text in parts if text),
    )


def phase_of(plan: PhasePlan) -> tuple[Phase, dict[str, TaskState]]:
    """Return the phase that a plan holds, and the states of its tasks; plans that others wrote are taken too.

    A task without a number of ours gets the phase's number and its own, or its position. Checkpoints are no tasks of
    ours: they are left out. Raises ValueError where the plan's phase has no whole number.
    """
    match = PHASE.fullmatch(plan.phase.strip())
    if not match:
        raise ValueError(f"the phase “{one_line(plan.phase)}” does not begin with a whole number, such as 02-lending")
    number = int(match["number"])
    slug = match["slug"] or ""
    name = plan.unknown_keys.get("name")
    found = [task for task in plan.tasks if isinstance(task, AutoTask)]
    phase = Phase(
        number=number,
        name=name if isinstance(name, str) else slug.replace("-", " ").capitalize(),
        slug=slug,
        goal=plan.objective,
        tasks=with_requirements(
            tuple(our_task(task, number, position) for position, task in enumerate(found, start=1)), plan.requirements
        ),
        must_haves=plan.must_haves,
    )
    boxes = {match["number"]: box.state for box in plan.verification if (match := BOX.match(box.text))}
    return phase, {task.number: boxes[task.number] for task in phase.tasks if task.number in boxes}


def with_requirements(tasks: tuple[Task, ...], named: Sequence[str]) -> tuple[Task, ...]:
    """Return the tasks so that each names the requirements of the plan that none of them names."""
    known = {number for task in tasks for number in task.requirements}
    left = tuple(number for number in dict.fromkeys(named) if number not in known)
    return tuple(task.model_copy(update={"requirements": (*task.requirements, *left)}) for task in tasks)


def commands_of(verify: str) -> tuple[str, ...]:
    """Return the commands that a plain text of a verification is, one a line; none where any line is prose."""
    lines = [line.strip().removeprefix("$ ").strip("`") for line in verify.split("\n") if line.strip()]
    return tuple(lines) if all(is_command(line) for line in lines) else ()


def is_command(line: str) -> bool:
    """Tell whether a line is a command: it begins with a known program and doesn't go on in words."""
    words = line.split()
    is_known = words[:1] != [] and (words[0] in PROGRAMS or words[0].startswith("./"))
    ends_sentence = line.endswith(".") and words[-1] != "."
    return is_known and not ends_sentence and "`" not in line and OUTCOMES.isdisjoint(words)


def our_task(task: AutoTask, phase: int, position: int) -> Task:
    """Return a task of a plan as a task of ours."""
    ours = {part.tag: part.text for part in task.unknown}
    wave = ours.get("wave", "")
    is_detail_list = all(line.startswith("- ") for line in task.action.split("\n"))
    details = [line.removeprefix("- ") if is_detail_list else line for line in task.action.split("\n")]
    return Task(
        number=task.number if "." in task.number else f"{phase}.{task.number or position}",
        title=task.name,
        optional=ours.get("optional") == "true",
        kind=TaskKind.CUSTOM if ours.get("kind") == TaskKind.CUSTOM else TaskKind.DERIVED,
        details=tuple(line for detail in details if (line := one_line(detail))),
        files=task.files,
        requirements=task.requirements,
        depends=task.depends,
        wave=int(wave) if wave.isascii() and wave.isdigit() and len(wave) < 10 else 1,
        verification=tuple(one_line(command) for command in (*task.automated, *commands_of(task.verify))),
        done=one_line(task.done),
        blueprint_task=ours.get("blueprint_task", ""),
        entity=ours.get("entity", ""),
        boundary=ours.get("boundary", ""),
        blocked=ours.get("blocked", ""),
        validates=ours.get("validates", ""),
        properties=tuple(part.text for part in task.unknown if part.tag == "property" and is_property(part.text)),
    )
