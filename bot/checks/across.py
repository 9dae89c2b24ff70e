"""Rules across the documents of a plan: every criterion has a task, every entity has tasks, no name hangs loose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.checks.field_names import SharedNames, passages_of_requirements, passages_of_task
from bot.checks.registry import Problem, RuleSet, quote
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.findings import Severity
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.checklist import Checklist, ReadTask
from bot.documents.tasks.task_plan import TaskPlan
from bot.documents.text.references import ReferenceKind

__all__ = ["ACROSS_RULES", "COVERAGE_RULES", "Coverage", "CoveringTask", "PlanDocuments"]


@dataclass(frozen=True)
class CoveringTask:
    """What one task says it covers. ``mentioned`` are ids in its prose: they cover, and nobody promised they exist."""

    subject: str
    name: str
    numbers: tuple[str, ...]
    mentioned: tuple[str, ...] = ()
    covers_all: bool = False

    @classmethod
    def of(cls, task: ReadTask) -> CoveringTask:
        """Return what a task of a checklist covers."""
        references = (*task.requirement_references, *task.validates)
        named = [each for each in references if each.kind in {ReferenceKind.ID, ReferenceKind.RANGE}]
        mentioned = [each for each in references if each.kind is ReferenceKind.TEXT]
        return cls(
            subject=task.number,
            name=f"Task {task.number}" if task.number else quote(task.title),
            numbers=tuple(dict.fromkeys(number for each in named for number in each.ids)),
            mentioned=tuple(number for each in mentioned for number in each.ids),
            covers_all=any(each.kind is ReferenceKind.ALL for each in references),
        )


@dataclass(frozen=True)
class Coverage:
    """Tasks beside the requirements that they must cover."""

    tasks: tuple[CoveringTask, ...]
    requirements: Requirements

    @classmethod
    def of_plan(cls, plan: TaskPlan, requirements: Requirements) -> Coverage:
        """Return the coverage of a task plan of our own."""
        return cls(
            tuple(CoveringTask(task.number, f"Task {task.number}", task.requirements) for task in plan.tasks()),
            requirements,
        )

    @classmethod
    def of_checklist(cls, checklist: Checklist, requirements: Requirements) -> Coverage:
        """Return the coverage of a checklist."""
        return cls(tuple(CoveringTask.of(task) for task in checklist.tasks), requirements)


@dataclass(frozen=True)
class PlanDocuments:
    """The three documents of a plan."""

    specs: EntitySpecs
    requirements: Requirements
    plan: TaskPlan

    @property
    def names(self) -> SharedNames:
        """Return the entities, and the texts of the other two documents."""
        tasks = (passage for task in self.plan.tasks() for passage in passages_of_task(task))
        terms = frozenset(term.word.casefold() for term in self.requirements.glossary)
        return SharedNames(self.specs, (*passages_of_requirements(self.requirements), *tasks), terms)


COVERAGE_RULES: RuleSet[Coverage] = RuleSet("tasks.md")
ACROSS_RULES: RuleSet[PlanDocuments] = RuleSet("tasks.md")


@COVERAGE_RULES.rule(
    "PT401",
    "Every acceptance criterion is covered by a task",
    Severity.ERROR,
    "A criterion that no task names is dropped scope.",
)
def covers_criteria(coverage: Coverage) -> Iterator[Problem]:
    """Find criteria that no task names; a task that names a whole requirement covers all of it."""
    if any(task.covers_all for task in coverage.tasks):
        return
    named = {number for task in coverage.tasks for number in (*task.numbers, *task.mentioned)}
    for requirement in coverage.requirements.requirements:
        for criterion in requirement.criteria:
            if criterion.number not in named and str(requirement.number) not in named:
                message = f"No task covers {criterion.number} {quote(criterion.text)}."
                yield Problem(criterion.number, message, "Add it to the task that builds it, or add a task.")


@COVERAGE_RULES.rule(
    "PT402",
    "Tasks name only criteria that exist",
    Severity.ERROR,
    "A reference to nothing looks like coverage and is none.",
)
def names_known_criteria(coverage: Coverage) -> Iterator[Problem]:
    """Find references to criteria and requirements that aren't there; ids of another list (AUTH-01) are its matter."""
    known = {criterion.number for criterion in coverage.requirements.criteria()}
    known |= {str(requirement.number) for requirement in coverage.requirements.requirements}
    for task in coverage.tasks:
        for number in task.numbers:
            if number not in known and "-" not in number:
                message = f"{task.name} names the criterion {quote(number)}, which does not exist."
                yield Problem(task.subject, message, "Name a criterion of the requirements, or take it out.")


@ACROSS_RULES.rule(
    "PT403",
    "Every entity has tasks",
    Severity.ERROR,
    "An entity without a task would be approved and never built.",
)
def builds_entities(documents: PlanDocuments) -> Iterator[Problem]:
    """Find entities that no task is about."""
    built = {task.entity for task in documents.plan.tasks()}
    for entity in documents.specs.entities:
        if entity.name not in built:
            yield Problem(entity.name, f"No task is about {entity.name}.", "Derive the task plan again.")


@ACROSS_RULES.rule(
    "PT404",
    "Tasks are about entities that exist",
    Severity.ERROR,
    "A task for an entity that was taken out builds what nobody approved.",
)
def names_known_entities(documents: PlanDocuments) -> Iterator[Problem]:
    """Find tasks about entities that aren't there."""
    known = {entity.name for entity in documents.specs.entities}
    for task in documents.plan.tasks():
        if task.entity and task.entity not in known:
            message = f"Task {task.number} is about {quote(task.entity)}, which is no entity of the plan."
            yield Problem(task.number, message, "Derive the task plan again.")
