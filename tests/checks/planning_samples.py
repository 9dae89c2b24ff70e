"""Small planning trees for tests: roadmaps, plans, summaries, requirements and states, given in a few words."""

from __future__ import annotations

from bot.checks.planning_tree import PlanningTree
from bot.documents.phases.phase_plan import PhasePlan
from bot.documents.progress.project_state import ProjectState
from bot.documents.progress.requirements_list import (
    ListedRequirement,
    RequirementGroup,
    RequirementsList,
    RequirementTrace,
)
from bot.documents.progress.roadmap import PhasePlanLine, Roadmap, RoadmapPhase
from bot.documents.progress.summary import Summary
from bot.documents.text.boxes import TaskState

DONE, DOING, TODO = TaskState.DONE, TaskState.DOING, TaskState.TODO


def phase(
    number: str = "1",
    state: TaskState | None = TODO,
    plans: tuple[tuple[str, TaskState | None], ...] = (),
    requirements: str = "",
) -> RoadmapPhase:
    """Return a phase of a roadmap."""
    lines = tuple(PhasePlanLine(name=name, text="It", state=box) for name, box in plans)
    return RoadmapPhase(number=number, name="Foundation", state=state, plans=lines, requirements=requirements)


def requirement(number: str, state: TaskState | None = TODO, *, removed: bool = False) -> ListedRequirement:
    """Return a listed requirement."""
    return ListedRequirement(id=number, text="It", state=state, removed=removed)


def listed(*requirements: ListedRequirement, heading: str = "v1 Requirements", **phases: str) -> RequirementsList:
    """Return a list of requirements, and the phases of the table."""
    traces = tuple(RequirementTrace(requirement=f"A-{name[1:]}", phase=value) for name, value in phases.items())
    return RequirementsList(groups=(RequirementGroup(heading=heading, requirements=requirements),), traces=traces)


def summary(name: str, completed: tuple[str, ...] = ()) -> Summary:
    """Return the summary of a plan that is named as ``1-2``."""
    number, _, plan = name.partition("-")
    return Summary(phase=f"0{number}-foundation", plan=plan, requirements_completed=completed)


def tree(
    *phases: RoadmapPhase,
    plans: tuple[str, ...] = (),
    summaries: tuple[str, ...] = (),
    completed: tuple[str, ...] = (),
    requirements: RequirementsList | None = None,
    state: ProjectState | None = None,
    asks: tuple[str, ...] = (),
) -> PlanningTree:
    """Return a tree; plans and summaries are named as ``1-2``."""
    return PlanningTree(
        roadmaps={"p/ROADMAP.md": Roadmap(phases=phases)} if phases else {},
        phase_plans={
            f"p/phases/{name}-PLAN.md": PhasePlan(
                phase=name.partition("-")[0], plan=name.partition("-")[2], requirements=asks
            )
            for name in plans
        },
        summaries={f"p/phases/{name}-SUMMARY.md": summary(name, completed) for name in summaries},
        requirements_lists={"p/REQUIREMENTS.md": requirements} if requirements else {},
        states={"p/STATE.md": state} if state else {},
    )
