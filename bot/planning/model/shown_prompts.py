"""What a model would be asked about a conversation, for people to read: each decision's prompt and schema.

Where a decision rests on earlier ones, the built-in planner's stand in for them, with one behaviour as a sample.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from pydantic import BaseModel

from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.tasks.task_plan import TaskKind
from bot.generation.custom import CustomBehaviour
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import Conversation, Earlier, Message, Proposal
from bot.planning.derived import derive
from bot.planning.imported.reading import read_imported_plan
from bot.planning.imported.task_writer import ImportedTaskAnswer, ImportedTaskRequest
from bot.planning.imported.task_writer import prompt_of as imported_task_prompt
from bot.planning.model.asking import REPAIR, repair_prompt
from bot.planning.model.custom_task import CustomTaskAnswer, CustomTaskRequest
from bot.planning.model.custom_task import prompt_of as custom_task_prompt
from bot.planning.model.model_answers import (
    EntitySpecsAnswer,
    InterviewAnswer,
    RequirementsAnswer,
    RevisionAnswer,
    TaskPlanAnswer,
    WantedBehaviour,
    WordedEntity,
)
from bot.planning.model.model_prompts import (
    entity_specs_prompt,
    interview_prompt,
    requirements_prompt,
    revision_prompt,
    task_plan_prompt,
)
from bot.planning.shipped_rules import shipped_house_rules

__all__ = ["SHOWN_DECISIONS", "Asked", "what_is_asked"]

SAMPLE = CustomBehaviour(
    title="Monthly report",
    slug="monthly_report",
    criterion="WHEN a client asks for the report of a month, THE System SHALL answer the number of new rows in it",
    done="GET /api/v1/monthly-report?month=2026-01 answers one number for each kind of row.",
)
SAMPLE_TASKS = """\
# Implementation Plan: Reports

- [ ] 1. Count the rows of a month
  - Files: `reports/months.py`, `tests/test_months.py`
  - Verify: `pytest tests/test_months.py`
"""
CHANGE = Message(author="someone", text="add a note to each of them", timestamp="")
FINDING = "title: Field required"


@dataclass(frozen=True)
class Asked:
    """One request to a model."""

    decision: str
    prompt: str
    schema: type[BaseModel]


async def what_is_asked(decision: str, conversation: Conversation) -> Asked:
    """Return what a model would be asked. Raises PlannerError where not even the built-in planner finds a plan.

    Raises KeyError for a decision that there isn't.
    """
    return await SHOWN[decision](conversation)


async def interview(conversation: Conversation) -> Asked:
    """Return the first request of all."""
    return Asked("interview", interview_prompt(conversation), InterviewAnswer)


async def requirements(conversation: Conversation) -> Asked:
    """Return the request for requirements."""
    return Asked("requirements", requirements_prompt(conversation), RequirementsAnswer)


async def entity_specs(conversation: Conversation) -> Asked:
    """Return what is asked once requirements are there."""
    proposal = await sample_proposal(conversation)
    wanted = RequirementsAnswer(
        title=proposal.title,
        introduction=proposal.introduction,
        entities=[WordedEntity(name=each.name, meaning="", user_story="") for each in proposal.specs.entities],
        behaviours=[
            WantedBehaviour(title=each.title, user_story="", criteria=list(each.criteria), done=each.done)
            for each in proposal.custom
        ],
        decisions=list(proposal.decisions),
        assumptions=list(proposal.assumptions),
        unread=list(proposal.unread),
    )
    return Asked("entity_specs", entity_specs_prompt(conversation, wanted), EntitySpecsAnswer)


async def task_plan(conversation: Conversation) -> Asked:
    """Return what is asked where a behaviour needs code of its own."""
    proposal = await sample_proposal(conversation)
    return Asked("task_plan", task_plan_prompt(conversation, proposal, derive(proposal)), TaskPlanAnswer)


async def revision(conversation: Conversation) -> Asked:
    """Return what is asked after a change."""
    proposal = await sample_proposal(conversation)
    changed = conversation.model_copy(
        update={"changes": (*conversation.changes, CHANGE), "earlier": Earlier(proposal=proposal, changes=0)}
    )
    return Asked("revision", revision_prompt(changed, proposal), RevisionAnswer)


async def custom_task(conversation: Conversation) -> Asked:
    """Return what is asked for the code of a behaviour; existing files are known only while building."""
    proposal = await sample_proposal(conversation)
    task = next(task for task in derive(proposal).task_plan.tasks() if task.kind is TaskKind.CUSTOM)
    request = CustomTaskRequest(
        title=task.title,
        criterion=SAMPLE.criterion,
        done=task.done,
        specs=write_entity_specs(proposal.specs),
        paths=tuple(path for path in task.files if path != "app/api/router.py"),
        existing={},
        house_rules=shipped_house_rules().lines(),
    )
    return Asked("custom_task", custom_task_prompt(request), CustomTaskAnswer)


async def imported_task(_conversation: Conversation) -> Asked:
    """Return what is asked for a task of an imported plan; what is there already is known only while building."""
    plan, _ = read_imported_plan("tasks.md", SAMPLE_TASKS)
    request = ImportedTaskRequest(
        plan=plan, task=plan.tasks[0], paths=(), existing={}, house_rules=shipped_house_rules().lines()
    )
    return Asked("imported_task", imported_task_prompt(request), ImportedTaskAnswer)


async def repair(conversation: Conversation) -> Asked:
    """Return what is asked when an answer about requirements can't be taken."""
    asked = await requirements(conversation)
    return Asked(REPAIR, repair_prompt(asked.prompt, "{}", [FINDING]), asked.schema)


async def sample_proposal(conversation: Conversation) -> Proposal:
    """Return the built-in planner's proposal with the sample behaviour. Raises PlannerError."""
    proposal = await BuiltInPlanner().propose(conversation)
    return proposal.model_copy(update={"custom": (SAMPLE,)})


SHOWN: dict[str, Callable[[Conversation], Awaitable[Asked]]] = {
    "interview": interview,
    "requirements": requirements,
    "entity_specs": entity_specs,
    "task_plan": task_plan,
    "revision": revision,
    "custom_task": custom_task,
    "imported_task": imported_task,
    REPAIR: repair,
}
SHOWN_DECISIONS = tuple(SHOWN)
"""Every decision that a model is asked for."""
