"""What is proven of a plan: each criterion with the state of the tasks that build it, and the checks of each task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.clipping import clip_words
from bot.documents.frozen import Frozen
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.task_plan import TaskState
from bot.store.tables import Plan, Step
from bot.verification.evidence import Check
from bot.workflow.builds import StepKind, every_step, own_steps
from bot.workflow.changes import delivered_documents
from bot.workflow.documents import Documents, documents_so_far, is_imported
from bot.workflow.refusals import Refused
from bot.workflow.stages import PlanStage

__all__ = ["CriterionState", "RequirementState", "checks_by_task", "requirement_states", "told_gone"]

MOST_GONE = 20
"""Numbers that aren't in use any more, told at one place."""
LONGEST_GONE = 120


class CriterionState(Frozen):
    """One criterion. It is done when every task that builds it is; nobody builds it where ``tasks`` is 0."""

    number: str
    text: str
    state: TaskState
    tasks: int


class RequirementState(Frozen):
    """One requirement with its criteria."""

    number: int
    title: str
    user_story: str
    criteria: tuple[CriterionState, ...]
    gone_before: tuple[str, ...] = ()
    """What is said of whole requirements before it whose numbers are not in use any more."""
    gone: tuple[str, ...] = ()
    """The same of its own criteria."""

    @property
    def done(self) -> int:
        """Return how many criteria are proven."""
        return sum(criterion.state is TaskState.DONE for criterion in self.criteria)


async def requirement_states(session: AsyncSession, plan: Plan) -> tuple[RequirementState, ...]:
    """Return every requirement. Raises Refused before the first review.

    While a change is not built yet they are those that were delivered: nothing proves what it will bring.
    """
    documents = await promised(session, plan)
    steps = await own_steps(session, plan.id)
    states = {step.number: TaskState(step.state) for step in steps if StepKind.of(step) is StepKind.TASK}
    builders = tasks_by_criterion(documents)
    shown = documents.requirements
    before = (0, *(requirement.number for requirement in shown.requirements))
    return tuple(
        RequirementState(
            number=requirement.number,
            title=requirement.title,
            user_story=requirement.user_story,
            criteria=tuple(
                CriterionState(
                    number=criterion.number,
                    text=criterion.text,
                    state=state_of([states.get(task, TaskState.TODO) for task in builders.get(criterion.number, [])]),
                    tasks=len(builders.get(criterion.number, [])),
                )
                for criterion in requirement.criteria
            ),
            gone_before=tuple(
                told_gone(shown, str(number)) for number in range(last + 1, requirement.number)[:MOST_GONE]
            ),
            gone=tuple(
                told_gone(shown, one.number) for one in shown.removed if one.number.startswith(f"{requirement.number}.")
            )[:MOST_GONE],
        )
        for last, requirement in zip(before, shown.requirements, strict=False)
    )


def told_gone(requirements: Requirements, number: str) -> str:
    """Say why a number is missing in a list: it was taken out, and no other takes its place."""
    text = next((one.text for one in requirements.removed if one.number == number), "")
    what = f" (“{clip_words(text, LONGEST_GONE)}”)" if text else ""
    return f"{number}{what} was taken out; its number is not given again."


async def promised(session: AsyncSession, plan: Plan) -> Documents:
    """Return the documents that the newest build is about. Raises Refused before the first review."""
    if await is_imported(session, plan):
        raise Refused(
            f"*{plan.title}* is built as its file says, which numbers no criteria. Press `Details` on its card."
        )
    if plan.delivered_review and plan.stage not in {PlanStage.BUILDING, PlanStage.DELIVERED}:
        return await delivered_documents(session, plan)
    documents = await documents_so_far(session, plan)
    if documents is None:
        raise Refused("This plan has no documents yet; its first review will number what it promises.")
    return documents


def tasks_by_criterion(documents: Documents) -> dict[str, list[str]]:
    """Return the numbers of the tasks that build each criterion."""
    found: dict[str, list[str]] = {}
    for task in documents.task_plan.tasks():
        for number in task.requirements:
            found.setdefault(number, []).append(task.number)
    return found


def state_of(states: Sequence[TaskState]) -> TaskState:
    """Return what the states of all tasks come to."""
    if states and all(state is TaskState.DONE for state in states):
        return TaskState.DONE
    return TaskState.DOING if any(state is not TaskState.TODO for state in states) else TaskState.TODO


async def checks_by_task(session: AsyncSession, plan: Plan) -> Mapping[str, tuple[Check, ...]]:
    """Return the checks that ticked each task, by its title."""
    tasks = [step for step in await every_step(session, plan.id) if StepKind.of(step) is StepKind.TASK]
    return {step.title: checks_of(step) for step in tasks}


def checks_of(step: Step) -> tuple[Check, ...]:
    """Return the checks of one step."""
    return tuple(Check.model_validate(check) for check in (step.evidence or {}).get("checks", []))
