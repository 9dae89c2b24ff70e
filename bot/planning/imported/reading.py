"""Reading an imported plan: a PLAN.md or a tasks.md in, what it asks for and every finding about it out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.checks.imported_plan import WorkAsGiven, check_work_as_given
from bot.checks.lint import lint_documents
from bot.documents.findings import Finding
from bot.documents.formats import Format, detect_format
from bot.documents.phases.phase_plan import PhasePlan
from bot.documents.readers import read_document
from bot.documents.redaction import redact
from bot.documents.tasks.checklist import Checklist
from bot.planning.imported.checklists import imported_checklist
from bot.planning.imported.phase_plans import imported_phase_plan
from bot.planning.imported.plan import ImportedPlan, ImportedTask

__all__ = ["IMPORTED_FORMATS", "MOST_TASKS", "NotImported", "read_imported_plan"]

IMPORTED_FORMATS = (Format.PLAN, Format.TASKS)
"""The formats that are built as they stand."""
LARGEST = 400_000
"""Characters."""
MOST_TASKS = 200
"""Tasks of one imported plan."""
MOST_FINDINGS = 60


class NotImported(Exception):  # noqa: N818 (an answer to a person, not a fault)
    """A file is no plan that could be built as it stands. The message is one sentence for people."""


def read_imported_plan(file: str, text: str) -> tuple[ImportedPlan, tuple[Finding, ...]]:
    """Return what a file asks for, in an order in which it can be built, and what there is to say about it.

    Secrets are taken out before anything is read. Raises NotImported.
    """
    name = file[:200]
    known = detect_format(name, text)
    if known not in IMPORTED_FORMATS:
        raise NotImported(f"`{name}` is no PLAN.md and no tasks.md, so it can't be built as it stands.")
    if len(text) > LARGEST:
        raise NotImported(f"`{name}` has more than {LARGEST:,} characters. Split it, and give me one part at a time.")
    kept = redact(text)
    model = read_document(known, kept, name).model
    if isinstance(model, PhasePlan):
        plan = imported_phase_plan(model, kept, name)
    elif isinstance(model, Checklist):
        plan = imported_checklist(model, kept, name)
    else:
        raise TypeError(known)
    if not plan.tasks:
        raise NotImported(f"I found no task in `{name}`. Give each task a box (`- [ ] 1. …`) or a `<task>`.")
    if len(plan.tasks) > MOST_TASKS:
        raise NotImported(f"`{name}` has {len(plan.tasks)} tasks; I take {MOST_TASKS} at once. Split it.")
    findings = [
        *check_work_as_given(work_of(plan, had_secrets=kept != text), name),
        *lint_documents({name: (known, kept)}),
    ]
    return plan.model_copy(update={"tasks": in_order(plan.tasks)}), tuple(findings[:MOST_FINDINGS])


def work_of(plan: ImportedPlan, *, had_secrets: bool) -> WorkAsGiven:
    """Return what the rules of imported plans look at."""
    return WorkAsGiven(
        files={task.number: task.files for task in plan.tasks},
        depends={task.number: task.depends for task in plan.tasks},
        had_secrets=had_secrets,
    )


def in_order(tasks: Sequence[ImportedTask]) -> tuple[ImportedTask, ...]:
    """Return tasks after those that they wait for, in the file's order where that is free (Kahn's algorithm).

    Tasks in a circle come last, as they stand: a finding blocks them.
    """
    known = {task.number for task in tasks}
    waiting, placed, ordered = list(tasks), set[str](), list[ImportedTask]()
    while waiting:
        free = next((task for task in waiting if not (set(task.depends) & known) - placed - {task.number}), None)
        if free is None:
            return (*ordered, *waiting)
        waiting.remove(free)
        placed.add(free.number)
        ordered.append(free)
    return tuple(ordered)
