"""What a dropped file holds, in a few words: "3 entities (Author, Book, Loan)", "12 tasks, 4 ticked elsewhere"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.phases.phase_plan import PhasePlan
from bot.documents.progress.requirements_list import RequirementsList
from bot.documents.progress.roadmap import Roadmap
from bot.documents.readers import Model
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.checklist import Checklist
from bot.documents.text.boxes import TaskState
from bot.planning.pasted.model import PastedModel

__all__ = ["told_of_document", "told_of_model"]

MOST_NAMED = 6
LONGEST_NAME = 40
ELSEWHERE = "ticked elsewhere, no evidence"
"""A box that somebody ticked in a file: nobody here saw a commit or a check for it."""


def told_of_document(model: Model) -> str:
    """Return what a planning document holds."""
    match model:
        case EntitySpecs():
            enums = f", {counted(len(model.enums), 'enum')}" if model.enums else ""
            return f"{named([entity.name for entity in model.entities], 'entity', 'entities')}{enums}"
        case Requirements():
            criteria = counted(len(model.criteria()), "acceptance criterion", "acceptance criteria")
            return f"{counted(len(model.requirements), 'requirement')} with {criteria}"
        case Checklist():
            return told_of_tasks(model)
        case PhasePlan():
            tasks = counted(len(model.tasks) or len(model.features), "task")
            which = " ".join(part for part in (f"phase {model.phase}" if model.phase else "", model.plan) if part)
            return f"{which}: {tasks}" if which else tasks
        case Roadmap():
            return named([phase.name for phase in model.phases], "phase")
        case RequirementsList():
            return counted(len(model.requirements()), "requirement")
        case _:
            return ""


def told_of_tasks(checklist: Checklist) -> str:
    """Return how many tasks there are, and how many of them somebody ticked."""
    boxes = [task for task in checklist.tasks if task.mark]
    ticked = sum(task.state is TaskState.DONE for task in boxes)
    told = counted(len(boxes) or len(checklist.tasks), "task")
    return f"{told}, {ticked} {ELSEWHERE}" if ticked else told


def told_of_model(model: PastedModel) -> str:
    """Return what SQL or JDL declares; keys that every entity has anyway count for nothing."""
    enums = f", {counted(len(model.enums), 'enum')}" if model.enums else ""
    columns = sum(len(entity.fields) for entity in model.entities.values())
    fields = f", {counted(columns, 'column' if model.kind == 'SQL' else 'field')}" if columns else ""
    return f"{named(list(model.entities), 'entity', 'entities')}{fields}{enums}"


def named(names: Sequence[str], one: str, many: str = "") -> str:
    """Return how many things there are, the first of them by name."""
    shown = [name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…" for name in names[:MOST_NAMED]]
    more = ", …" if len(names) > MOST_NAMED else ""
    return counted(len(names), one, many) + (f" ({', '.join(shown)}{more})" if shown else "")


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"
