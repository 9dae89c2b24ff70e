"""The plan of each phase as it is delivered: beside what the task plan says, where to read on and what checks mean."""

from __future__ import annotations

from collections.abc import Mapping

from bot.documents.phases.phase_plan import PhasePlan, PlanContext
from bot.documents.phases.phase_plan_conversion import phase_plans_of
from bot.documents.phases.phase_plan_writer import write_phase_plan
from bot.documents.progress.progress import phase_folder, plan_name
from bot.documents.tasks.task_plan import Phase, TaskPlan, TaskState
from bot.verification.judges import BY_HAND

__all__ = ["phase_plan_files", "phase_plan_path", "summary_path"]

READ_FIRST = (".planning/PROJECT.md", ".planning/requirements.md", ".planning/entity_specs.txt")
"""What every phase builds on."""

TICKED = "The commit that closes this phase ticks the tasks whose checks passed:"
CHECKS = "What the checks of the tasks stand for:"


def phase_plan_path(phase: Phase) -> str:
    """Return where the plan of a phase stands below ``.planning/``."""
    return f"phases/{phase_folder(phase)}/{plan_name(phase)}-PLAN.md"


def summary_path(phase: Phase) -> str:
    """Return where the summary of a phase stands below ``.planning/``."""
    return f"phases/{phase_folder(phase)}/{plan_name(phase)}-SUMMARY.md"


def phase_plan_files(plan: TaskPlan, states: Mapping[str, TaskState]) -> dict[str, str]:
    """Return the plans of all phases by path below ``.planning/``, with their boxes as the states say."""
    summaries = {plan_name(phase): f".planning/{summary_path(phase)}" for phase in plan.phases}
    plans = zip(plan.phases, phase_plans_of(plan, states), strict=True)
    return {phase_plan_path(phase): write_phase_plan(delivered(phase, each, summaries)) for phase, each in plans}


def delivered(phase: Phase, plan: PhasePlan, summaries: Mapping[str, str]) -> PhasePlan:
    """Return a plan with its place among the other documents; ``summaries`` are their paths by the names of plans."""
    before = tuple(summaries[name] for name in plan.depends_on)
    return plan.model_copy(
        update={
            "context": PlanContext(paths=(*READ_FIRST, *before), text=meaning_of_checks(phase)),
            "verification_text": TICKED,
            "success_criteria": "\n".join(f"- {truth}" for truth in phase.must_haves.truths),
            "output": f"`{summaries[plan_name(phase)]}`: what was done, with the commit of each task.",
        }
    )


def meaning_of_checks(phase: Phase) -> str:
    """Return a line for each check that a phase's tasks name."""
    named = dict.fromkeys(word for task in phase.tasks for word in task.verification)
    known = [check for check in BY_HAND if any(word == check or word.startswith(f"{check} ") for word in named)]
    lines = [f"- `{check}`: {BY_HAND[check]}" for check in known]
    return "\n".join((CHECKS, *lines)) if lines else ""
