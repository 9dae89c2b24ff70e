"""From tasks to a roadmap or a state, and from a roadmap to the tasks that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.documents.conversions.losses import Loss, Places
from bot.documents.must_haves import MustHaves
from bot.documents.phases.phase_plan import PhasePlan
from bot.documents.progress.progress import MOST_OPEN_TASKS, roadmap_of, state_of
from bot.documents.progress.project_state import ProjectState
from bot.documents.progress.roadmap import Roadmap, RoadmapPhase, number_key
from bot.documents.tasks.task_details import default_slug
from bot.documents.tasks.task_plan import Phase, Task, TaskPlan, phase_state
from bot.documents.text.boxes import TaskState
from bot.documents.text.reading import quote
from bot.patterns import regex

__all__ = ["roadmap_from_plan", "roadmap_from_tasks", "state_from_tasks", "tasks_from_roadmap"]

MOST_NAMED = 30
"""Numbers of tasks that one sentence names."""

MOST_DEPENDENCIES = 100_000
"""So many dependencies of a whole plan are written, so that a short roadmap can't fill the memory."""

PLAN_PHASE = regex(r"0*(?P<phase>\d{1,6})-(?P<plan>.*)")
PLAN_NUMBER = regex(r"[0-9A-Za-z]{1,20}")
WORDS_OF_DEPENDENCIES = frozenset({"phase", "phases", "and", "nothing", "none", "first"})
PLAN_COUNT = regex(r"(?:\d{1,6}|\d{1,6}/\d{1,6}|TBD) ?(?:plans?)?(?: complete)?", re.IGNORECASE)


def roadmap_from_tasks(
    plan: TaskPlan, states: Mapping[str, TaskState], lines: Places
) -> tuple[Roadmap, tuple[Loss, ...]]:
    """Return the roadmap of a task plan, and what it has no place for."""
    return roadmap_of(plan, states), tuple(loss for phase in plan.phases for loss in phase_losses(phase, lines))


def phase_losses(phase: Phase, lines: Places) -> Iterator[Loss]:
    """Yield what a roadmap leaves out of a phase."""
    line = lines.get(str(phase.number), 0)
    if phase.tasks:
        named = numbers_text(task.number for task in phase.tasks)
        yield Loss(line, f"the tasks of phase {phase.number} are counted, and what they say is left out: {named}")
    for artifact in phase.must_haves.artifacts:
        yield Loss(line, f"the artifact {quote(artifact.path or artifact.provides)} has no place in a roadmap")
    for link in phase.must_haves.key_links:
        yield Loss(line, f"the key link {quote(link.via or link.source)} has no place in a roadmap")


def numbers_text(numbers: Iterable[str]) -> str:
    """Return numbers in one line, the first ones of many."""
    listed = list(numbers)
    more = f" and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
    return ", ".join(listed[:MOST_NAMED]) + more


def roadmap_from_plan(
    plan: PhasePlan, tasks: TaskPlan, states: Mapping[str, TaskState], lines: Places
) -> tuple[Roadmap, tuple[Loss, ...]]:
    """Return the roadmap of one plan's phase: what it waits for is what the plan's front matter says."""
    roadmap, losses = roadmap_from_tasks(tasks, states, lines)
    line = lines.get("depends_on", 0)
    losses += tuple(
        Loss(line, f"a roadmap names no plan that a phase waits for, such as {quote(name)}")
        for name in plan.depends_on
        if not is_first_plan(name, tasks.phases[0].number)
    )
    (phase,) = roadmap.phases
    found = (PLAN_PHASE.match(name) for name in plan.depends_on)
    waits_for = dict.fromkeys(match["phase"] for match in found if match and match["phase"] != phase.number)
    depends_on = ", ".join(f"Phase {number}" for number in waits_for) or "Nothing"
    ids = (*plan.requirements, *(number for task in tasks.tasks() for number in task.requirements))
    requirements = ", ".join(dict.fromkeys(ids)) or "none"
    name = f"{tasks.phases[0].number:02d}-{plan.plan if PLAN_NUMBER.fullmatch(plan.plan) else '01'}"
    plans = tuple(each.model_copy(update={"name": name}) for each in phase.plans)
    known = phase.model_copy(update={"depends_on": depends_on, "requirements": requirements, "plans": plans})
    return roadmap.model_copy(update={"phases": (known,)}), losses


def is_first_plan(name: str, phase: int) -> bool:
    """Tell whether a plan is the first one of another phase, so that the phase alone says it."""
    match = PLAN_PHASE.match(name)
    return match is not None and int(match["phase"]) != phase and match["plan"] == "01"


def state_from_tasks(
    plan: TaskPlan, states: Mapping[str, TaskState], lines: Places
) -> tuple[ProjectState, tuple[Loss, ...]]:
    """Return where a task plan stands, and what a state has no place for."""
    losses = [loss for phase in plan.phases for loss in state_losses(phase, states, lines)]
    open_tasks = [task.number for task in plan.tasks() if states.get(task.number) is not TaskState.DONE]
    if more := open_tasks[MOST_OPEN_TASKS:]:
        losses.append(Loss(0, f"a state names {MOST_OPEN_TASKS} open tasks; not named are {numbers_text(more)}"))
    return state_of(plan, states, ""), tuple(losses)


def state_losses(phase: Phase, states: Mapping[str, TaskState], lines: Places) -> Iterator[Loss]:
    """Yield what a state leaves out of a phase."""
    line = lines.get(str(phase.number), 0)
    done = [task.number for task in phase.tasks if states.get(task.number) is TaskState.DONE]
    left = [task.number for task in phase.tasks if states.get(task.number) is not TaskState.DONE]
    yield Loss(
        line, f"a state names the current phase only; the goal and must-haves of phase {phase.number} are left out"
    )
    if done:
        yield Loss(line, f"done tasks of phase {phase.number} are counted, not named: {numbers_text(done)}")
    if left:
        yield Loss(line, f"of open tasks a state has number and title, not what stands below: {numbers_text(left)}")


# ------------------------------------------------------------------------------------------------- from a roadmap


def tasks_from_roadmap(roadmap: Roadmap, lines: Places) -> tuple[TaskPlan, dict[str, TaskState], tuple[Loss, ...]]:
    """Return the task plan that a roadmap stands for: each plan of a phase is a task. Says what has no place."""
    return RoadmapTasks(roadmap, lines).read()


class RoadmapTasks:
    """Makes phases with tasks of a roadmap's phases with plans."""

    def __init__(self, roadmap: Roadmap, lines: Places) -> None:
        """Give each phase a whole number: its own, or for one such as 2.1 the next free one."""
        self.roadmap = roadmap
        self.lines = lines
        self.losses: list[Loss] = []
        self.states: dict[str, TaskState] = {}
        keys = [number_key(phase.number) for phase in roadmap.phases]
        highest = max((int(key) for key in keys if key.isdigit()), default=0)
        self.with_plans = {number_key(phase.number) for phase in roadmap.phases if phase.plans}
        self.left_to_name = MOST_DEPENDENCIES
        self.numbers: dict[str, int] = {}
        for key, phase in zip(keys, roadmap.phases, strict=True):
            if key.isdigit():
                self.numbers[key] = int(key)
                continue
            highest += 1
            self.numbers[key] = highest
            self.lose(phase, f"phase {phase.number} becomes phase {highest}: phases of tasks.md have whole numbers")

    def lose(self, phase: RoadmapPhase, said: str) -> None:
        """Note a loss at a phase."""
        self.losses.append(Loss(self.lines.get(phase.number, 0), said))

    def read(self) -> tuple[TaskPlan, dict[str, TaskState], tuple[Loss, ...]]:
        """Return the task plan, the states of its tasks, and the losses."""
        made: dict[str, tuple[Task, ...]] = {}
        for phase in self.roadmap.phases:
            made[number_key(phase.number)] = self.tasks(phase, made)
        phases = tuple(self.phase(phase, made[number_key(phase.number)]) for phase in self.roadmap.phases)
        self.lose_the_rest()
        return TaskPlan(title=self.roadmap.title, phases=phases), self.states, tuple(self.losses)

    def tasks(self, phase: RoadmapPhase, made: Mapping[str, tuple[Task, ...]]) -> tuple[Task, ...]:
        """Return a task for each plan; it waits for the tasks of the phases before."""
        number = self.numbers[number_key(phase.number)]
        before = [task for each in self.waits_for(phase) for task in made.get(number_key(each), ())]
        self.left_to_name -= len(before) * len(phase.plans)
        if self.left_to_name < 0 and before:
            self.lose(phase, f"the tasks of phase {phase.number} wait for more tasks than can be named")
            before = []
        requirements = phase.requirement_ids if len(phase.plans) == 1 else ()
        tasks: list[Task] = []
        for own, plan in enumerate(phase.plans, start=1):
            task = Task(
                number=f"{number}.{own}",
                title=plan.text or plan.name,
                details=(f"Plan {plan.name}",) if plan.name and plan.text else (),
                requirements=requirements,
                depends=tuple(task.number for task in before),
                wave=1 + max((task.wave for task in before), default=0),
            )
            self.states[task.number] = plan.state or TaskState.TODO
            tasks.append(task)
        return tuple(tasks)

    def waits_for(self, phase: RoadmapPhase) -> tuple[str, ...]:
        """Return the numbers of the phases that a phase waits for; say what tasks can't."""
        words = re.findall(r"[^\W\d_]+", phase.depends_on.casefold())
        empty = [each for each in phase.depends_on_phases if number_key(each) not in self.with_plans]
        if any(word not in WORDS_OF_DEPENDENCIES for word in words):
            self.lose(phase, f"of {quote(phase.depends_on)} only the numbers of phases have a place")
        if empty:
            self.lose(phase, f"phase {phase.number} waits for {', '.join(empty)}, where no task is")
        return tuple(each for each in phase.depends_on_phases if each not in empty)

    def phase(self, phase: RoadmapPhase, tasks: tuple[Task, ...]) -> Phase:
        """Return a phase with its goal and truths; say what it has no place for."""
        goal = phase.goal or phase.summary
        if phase.summary not in {goal, ""}:
            self.lose(phase, f"{quote(phase.summary)} stands beside the goal of phase {phase.number}")
        if phase.requirement_ids and len(tasks) != 1:
            said = f"which of its tasks meets {quote(phase.requirements)} isn't said for phase {phase.number}"
            self.lose(phase, said)
        elif phase.requirements and not phase.requirement_ids and phase.requirements.casefold() != "none":
            self.lose(phase, f"the requirements {quote(phase.requirements)} of phase {phase.number} name no id")
        if phase.plans_text and not PLAN_COUNT.fullmatch(phase.plans_text):
            self.lose(phase, f"{quote(phase.plans_text)} stands beside the plans of phase {phase.number}")
        for label in phase.labels:
            self.lose(phase, f"{quote(f'{label.name}: {label.text}')} has no place at phase {phase.number}")
        name = phase.name or f"Phase {phase.number}"
        made = Phase(
            number=self.numbers[number_key(phase.number)],
            name=name,
            slug=default_slug(name),
            goal=goal,
            tasks=tasks,
            must_haves=MustHaves(truths=phase.success_criteria),
        )
        if phase.state is not None and phase.state is not phase_state(made, self.states):
            self.lose(phase, f"the box of phase {phase.number} says {phase.state.name.lower()}, its plans don't")
        return made

    def lose_the_rest(self) -> None:
        """Note what stands beside the phases."""
        roadmap = self.roadmap
        texts = [("the overview", roadmap.overview), ("the front matter", roadmap.front_matter)]
        texts += [(f"the section {quote(note.heading)} with", note.text or note.heading) for note in roadmap.notes]
        for row in roadmap.progress:
            cells = (row.phase, row.done, row.state, row.completed, *(label.text for label in row.more))
            texts.append(("the row of progress", " | ".join(cell for cell in cells if cell)))
        self.losses += [
            Loss(self.lines.of_text(text.split(" | ")[0]), f"{what} {quote(text)} has no place in tasks.md")
            for what, text in texts
            if text
        ]
