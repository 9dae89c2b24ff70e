"""The plan of each phase as it is delivered: beside what the task plan says, where to read on and what checks mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.documents.phases.phase_plan import PhasePlan, PlanContext
from bot.documents.phases.phase_plan_conversion import phase_plans_of
from bot.documents.phases.phase_plan_writer import write_phase_plan
from bot.documents.progress.progress import phase_folder, plan_name
from bot.documents.tasks.task_plan import Phase, TaskPlan, TaskState
from bot.generation.blueprint import Blueprint
from bot.verification.judge_words import BY_HAND

__all__ = ["phase_plan_files", "phase_plan_path", "phase_plan_text", "summary_path"]

READ_FIRST = (".planning/PROJECT.md", ".planning/requirements.md", ".planning/entity_specs.txt")
"""What every phase builds on."""

OUTPUT = "A commit for every task, made when its checks had passed."
TICKED = "The commit that closes this phase ticks the tasks whose checks passed:"
FACTS = "What holds for all of the service:"
CHECKS = "What the checks of the tasks stand for:"


def phase_plan_path(phase: Phase) -> str:
    """Return where the plan of a phase stands below ``.planning/``."""
    return f"phases/{phase_folder(phase)}/{plan_name(phase)}-PLAN.md"


def summary_path(phase: Phase) -> str:
    """Return where the summary of a phase stands below ``.planning/``."""
    return f"phases/{phase_folder(phase)}/{plan_name(phase)}-SUMMARY.md"


def phase_plan_files(plan: TaskPlan, blueprint: Blueprint, states: Mapping[str, TaskState]) -> dict[str, str]:
    """Return the plans of all phases by path below ``.planning/``, with their boxes as the states say."""
    phases, plans = by_name(plan, states)
    return {
        phase_plan_path(phases[name]): write_phase_plan(delivered(name, phases, plans, blueprint)) for name in phases
    }


def phase_plan_text(plan: TaskPlan, phase: Phase, blueprint: Blueprint, states: Mapping[str, TaskState]) -> str:
    """Return the plan of one phase, with its boxes as the states say."""
    phases, plans = by_name(plan, states)
    return write_phase_plan(delivered(plan_name(phase), phases, plans, blueprint))


def by_name(plan: TaskPlan, states: Mapping[str, TaskState]) -> tuple[dict[str, Phase], dict[str, PhasePlan]]:
    """Return phases, and the plans that they become, by the names of plans."""
    names = [plan_name(phase) for phase in plan.phases]
    plans = phase_plans_of(plan, states)
    return dict(zip(names, plan.phases, strict=True)), dict(zip(names, plans, strict=True))


def delivered(
    name: str, phases: Mapping[str, Phase], plans: Mapping[str, PhasePlan], blueprint: Blueprint
) -> PhasePlan:
    """Return a plan with its place among the other documents; phases and plans are given by the names of plans."""
    phase, plan = phases[name], plans[name]
    before = tuple(f".planning/{summary_path(phases[each])}" for each in plan.depends_on)
    after = [phases[each] for each, other in plans.items() if name in other.depends_on]
    facts = "\n".join((FACTS, *(f"- {fact}" for fact in blueprint.facts)))
    return plan.model_copy(
        update={
            "purpose": purpose_of(after),
            "objective_output": OUTPUT,
            "context": PlanContext(paths=(*READ_FIRST, *before), text=f"{facts}\n\n{meaning_of_checks(phase)}"),
            "verification_text": TICKED,
            "success_criteria": "\n".join(f"- {truth}" for truth in phase.must_haves.truths),
            "output": f"`.planning/{summary_path(phase)}`: what was done, with the commit of each task.",
        }
    )


def purpose_of(after: Sequence[Phase]) -> str:
    """Return what a phase is for: those that build on it; nothing for the last one."""
    names = " and ".join(f"phase {phase.number} ({phase.name})" for phase in after)
    return f"What {names} {'builds' if len(after) == 1 else 'build'} on." if after else ""


def meaning_of_checks(phase: Phase) -> str:
    """Return a line for each check that a phase's tasks name."""
    named = dict.fromkeys(word for task in phase.tasks for word in task.verification)
    known = [check for check in BY_HAND if any(word == check or word.startswith(f"{check} ") for word in named)]
    lines = [f"- `{check}`: {BY_HAND[check]}" for check in known]
    return "\n".join((CHECKS, *lines)) if lines else ""
