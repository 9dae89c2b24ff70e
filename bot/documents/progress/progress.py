"""How far a plan is, as models: PROJECT, ROADMAP, STATE, SUMMARY and REQUIREMENTS from a plan and its evidence alone.

The writers of these models give the documents below ``.planning/``; nothing else writes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.documents.progress.progress_words import STATE_WORDS
from bot.documents.progress.project import Decision, Excluded, Project
from bot.documents.progress.project_state import ProjectState
from bot.documents.progress.requirements_list import (
    ListedRequirement,
    RequirementGroup,
    RequirementsList,
    RequirementTrace,
)
from bot.documents.progress.roadmap import PhasePlanLine, ProgressRow, Roadmap, RoadmapPhase
from bot.documents.progress.summary import ChangedFile, Requires, Summary, TaskCommit
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.task_plan import Artifact, Phase, Task, TaskKind, TaskPlan, phase_state, phases_before
from bot.documents.text.boxes import TaskState, derived_state
from bot.documents.text.markdown import one_line
from bot.documents.text.numbering import number_key

__all__ = ["phase_folder", "plan_name", "project_of", "requirements_list_of", "roadmap_of", "state_of", "summary_of"]

BAR_CELLS = 10
MOST_OPEN_TASKS = 20
"""A state names at most so many open tasks, to stay under 100 lines."""

LONGEST_STAGE = 400
NOT_UNDERSTOOD = "said in the thread, not understood, and left out by those who approved the plan"


def phase_folder(phase: Phase) -> str:
    """Return the name of a phase's folder, such as ``01-foundation``."""
    return f"{phase.number:02d}-{phase.slug}"


def plan_name(phase: Phase) -> str:
    """Return the name of a phase's one plan, such as ``01-01``."""
    return f"{phase.number:02d}-01"


def project_of(
    title: str,
    introduction: str,
    decisions: Sequence[str] = (),
    assumptions: Sequence[str] = (),
    left_out: Sequence[str] = (),
) -> Project:
    """Return what a project is, what people decided, what the planner assumed, and what it left out."""
    return Project(
        title=title,
        what=introduction,
        decisions=tuple(Decision(text=text) for text in decisions if one_line(text)),
        assumptions=tuple(assumptions),
        out_of_scope=tuple(Excluded(what=text, why=NOT_UNDERSTOOD) for text in left_out if one_line(text)),
    )


def roadmap_of(plan: TaskPlan, states: Mapping[str, TaskState]) -> Roadmap:
    """Return the phases of a plan with derived boxes, and how many of their tasks are done."""
    builders = phases_before(plan)
    return Roadmap(
        title=plan.title,
        phases=tuple(roadmap_phase(phase, builders[phase.number], states) for phase in plan.phases),
        progress=tuple(
            ProgressRow(
                phase=f"{phase.number}. {phase.name}",
                done=f"{count_done(phase.tasks, states)} of {len(phase.tasks)}",
                state=STATE_WORDS[phase_state(phase, states)],
            )
            for phase in plan.phases
        ),
    )


def roadmap_phase(phase: Phase, before: Sequence[Phase], states: Mapping[str, TaskState]) -> RoadmapPhase:
    """Return one phase of a roadmap; ``before`` are the phases that it builds on."""
    state = phase_state(phase, states)
    return RoadmapPhase(
        number=str(phase.number),
        name=phase.name,
        summary=phase.goal,
        state=state,
        goal=phase.goal,
        depends_on=", ".join(f"Phase {each.number}" for each in before) or "Nothing",
        requirements=", ".join(requirements_of(phase.tasks)) or "none",
        success_criteria=phase.must_haves.truths,
        plans_text="1 plan",
        plans=(PhasePlanLine(name=plan_name(phase), text=f"{tasks_text(len(phase.tasks))}", state=state),),
    )


def tasks_text(count: int) -> str:
    """Return a number of tasks in words."""
    return "1 task" if count == 1 else f"{count} tasks"


def requirements_of(tasks: Sequence[Task]) -> tuple[str, ...]:
    """Return the criteria that tasks name, each once, by number."""
    return tuple(sorted(dict.fromkeys(number for task in tasks for number in task.requirements), key=number_key))


def count_done(tasks: Sequence[Task], states: Mapping[str, TaskState]) -> int:
    """Return how many tasks are done."""
    return sum(states.get(task.number) is TaskState.DONE for task in tasks)


def state_of(plan: TaskPlan, states: Mapping[str, TaskState], stage: str) -> ProjectState:
    """Return where a plan stands: its stage, the current phase, a progress bar, the open tasks."""
    tasks = plan.tasks()
    done = count_done(tasks, states)
    current = next((phase for phase in plan.phases if phase_state(phase, states) is not TaskState.DONE), None)
    open_tasks = [f"{task.number} {task.title}" for task in tasks if states.get(task.number) is not TaskState.DONE]
    more = len(open_tasks) - MOST_OPEN_TASKS
    shown = open_tasks[:MOST_OPEN_TASKS] + ([f"… and {more} more, in tasks.md"] if more > 0 else [])
    return ProjectState(
        title=plan.title,
        phase=f"{current.number} of {len(plan.phases)} ({current.name})" if current else "all phases are done",
        plan=plan_name(current) if current else "",
        status=stage[:LONGEST_STAGE],
        progress=f"{progress_bar(done, len(tasks))} {done} of {tasks_text(len(tasks))}",
        open_tasks=tuple(shown),
    )


def progress_bar(done: int, total: int) -> str:
    """Return ten cells, filled as far as the work is; full only when everything is done."""
    filled = BAR_CELLS * done // total if total else 0
    return "▓" * filled + "░" * (BAR_CELLS - filled)


def summary_of(plan: TaskPlan, phase: Phase, commits: Mapping[str, str], evidence: Mapping[str, str]) -> Summary:
    """Return what a phase did: ``commits`` and ``evidence`` map task numbers to a hash and to what was checked.

    Raises ValueError (of Pydantic) for a commit that is no hash.
    """
    finished = [task for task in phase.tasks if task.number in commits]
    left = [task for task in phase.tasks if task.number not in commits]
    builders = phases_before(plan)
    later = [each for each in plan.phases if phase in builders[each.number]]
    following = next((each for each in plan.phases if each.number > phase.number), None)
    return Summary(
        phase=phase_folder(phase),
        plan="01",
        requires=tuple(
            Requires(phase=phase_folder(each), provides=", ".join(provided(each))) for each in builders[phase.number]
        ),
        provides=provided(phase),
        affects=tuple(phase_folder(each) for each in later),
        created=tuple(dict.fromkeys(path for task in finished for path in task.files)),
        requirements_completed=requirements_of(finished),
        title=f"Phase {phase.number}: {phase.name}",
        one_line=phase.goal,
        accomplishments=tuple(task.done or task.title for task in finished),
        commits=tuple(
            TaskCommit(
                task=f"{task.number} {task.title}",
                hashes=(commits[task.number],) if task.number in commits else (),
                note=evidence.get(task.number, ""),
            )
            for task in phase.tasks
        ),
        files=tuple(ChangedFile(path=each.path, note=each.provides) for each in artifacts_of(phase, finished)),
        written_by_model=tuple(f"{task.number} {task.title}" for task in finished if task.kind is TaskKind.CUSTOM),
        left_open=tuple(f"{task.number} {task.title}" for task in left),
        next_steps=(f"Phase {following.number}: {following.name}",) if following and not left else (),
    )


def provided(phase: Phase) -> tuple[str, ...]:
    """Return what a phase provides to others, each thing once."""
    return tuple(dict.fromkeys(artifact.provides for artifact in phase.must_haves.artifacts if artifact.provides))


def artifacts_of(phase: Phase, finished: Sequence[Task]) -> list[Artifact]:
    """Return the must-have files of a phase that finished tasks made."""
    made = {path for task in finished for path in task.files}
    return [artifact for artifact in phase.must_haves.artifacts if artifact.path in made]


def requirements_list_of(
    requirements: Requirements, plan: TaskPlan, states: Mapping[str, TaskState]
) -> RequirementsList:
    """Return the acceptance criteria as a checklist; one is done when every task that names it is done."""
    groups: list[RequirementGroup] = [RequirementGroup(heading="Requirements")]
    traces: list[RequirementTrace] = []
    for requirement in requirements.requirements:
        listed: list[ListedRequirement] = []
        for criterion in requirement.criteria:
            names = {criterion.number, str(requirement.number)}
            state, phases = criterion_state(plan, names, states)
            listed.append(ListedRequirement(id=criterion.number, text=criterion.text, state=state))
            traces.append(RequirementTrace(requirement=criterion.number, phase=phases, state=STATE_WORDS[state]))
        if listed:
            heading = f"{requirement.number}. {requirement.title}".rstrip()
            groups.append(RequirementGroup(heading=heading, level=3, requirements=tuple(listed)))
    return RequirementsList(title=requirements.title, groups=tuple(groups), traces=tuple(traces))


def criterion_state(plan: TaskPlan, names: set[str], states: Mapping[str, TaskState]) -> tuple[TaskState, str]:
    """Return how far a criterion is by the tasks that name it, and the phases of these tasks."""
    found = [(task, phase) for phase in plan.phases for task in phase.tasks if names & set(task.requirements)]
    phases = dict.fromkeys(f"Phase {phase.number}" for _, phase in found)
    return derived_state((states.get(task.number, TaskState.TODO), False) for task, _ in found), ", ".join(phases)
