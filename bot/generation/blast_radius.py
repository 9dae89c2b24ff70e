"""What a change touches: criteria, fields, rules, tasks and files, by comparing all that two revisions give."""

from __future__ import annotations

from collections.abc import Mapping

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_writer import field_line
from bot.documents.entities.renaming import followed_names, with_names
from bot.documents.entities.rule_lines import write_rule
from bot.documents.frozen import Frozen
from bot.documents.tasks.task_plan import Task, TaskPlan
from bot.generation.inputs import BuildInputs
from bot.generation.rendering import render_service

__all__ = ["BlastRadius", "Touched", "blast_radius"]


class Touched(Frozen):
    """Things of one kind that a change touches, by name."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """Return all of them."""
        return (*self.new, *self.changed, *self.gone)


class BlastRadius(Frozen):
    """All that a change touches. Empty where two revisions build the same."""

    criteria: Touched = Touched()
    """Numbers of acceptance criteria."""
    fields: Touched = Touched()
    """Such as ``Book.title``."""
    rules: Touched = Touched()
    """Such as ``Loan: due_at = lent_at + 21 days``."""
    tasks: Touched = Touched()
    """Numbers of tasks: those of the new revision, and of the old one for what is gone."""
    files: Touched = Touched()
    """Paths in the repository."""
    behaviours: tuple[str, ...] = ()
    """What open tasks that go were about, in the words that people said."""
    finished: tuple[str, ...] = ()
    """Tasks that are done already, and whose files or wording change."""
    edited: tuple[str, ...] = ()
    """Files that change or go, and that people edited."""
    rows: tuple[str, ...] = ()
    """What rows of a delivered service get in fields that are required from now on, a sentence each."""

    def __bool__(self) -> bool:
        """Tell whether anything is touched."""
        return any(kind.every for kind in (self.criteria, self.fields, self.rules, self.tasks, self.files))


def blast_radius(
    before: BuildInputs,
    after: BuildInputs,
    finished: frozenset[str] = frozenset(),
    edited: frozenset[str] = frozenset(),
) -> BlastRadius:
    """Return what changes from one revision to the next.

    ``finished`` are numbers of tasks of ``before`` that are done; ``edited`` are paths that people changed.
    Raises UnsupportedSpecsError.
    """
    old_specs = with_names(before.specs, followed_names(before.specs, after.specs))
    old_files, new_files = render_service(before), render_service(after)
    old_tasks, new_tasks = tasks_with_files(before, old_files), tasks_with_files(after, new_files)
    touched = compared(old_tasks, new_tasks)
    old_numbers, new_numbers = numbers_of(before.task_plan), numbers_of(after.task_plan)
    moved = {old_numbers[name] for name in (*touched.changed, *touched.gone)}
    files = compared(joined_files(old_files), joined_files(new_files))
    return BlastRadius(
        criteria=compared(
            {one.number: one.text for one in before.requirements.criteria()},
            {one.number: one.text for one in after.requirements.criteria()},
        ),
        fields=compared(fields_of(old_specs), fields_of(after.specs)),
        rules=compared(rules_of(old_specs), rules_of(after.specs)),
        tasks=Touched(
            new=tuple(new_numbers[name] for name in touched.new),
            changed=tuple(new_numbers[name] for name in touched.changed),
            gone=tuple(old_numbers[name] for name in touched.gone),
        ),
        files=files,
        behaviours=tuple(
            task.title
            for task in before.task_plan.tasks()
            if not task.blueprint_task and identity(task) in touched.gone
        ),
        finished=tuple(task.number for task in before.task_plan.tasks() if task.number in finished & moved),
        edited=tuple(path for path in (*files.changed, *files.gone) if path in edited),
    )


def compared[Value](before: Mapping[str, Value], after: Mapping[str, Value]) -> Touched:
    """Return the names that are new, gone, or stand for something else."""
    return Touched(
        new=tuple(name for name in after if name not in before),
        changed=tuple(name for name, value in after.items() if name in before and before[name] != value),
        gone=tuple(name for name in before if name not in after),
    )


def fields_of(specs: EntitySpecs) -> dict[str, str]:
    """Return the line of each field."""
    return {f"{entity.name}.{field.name}": field_line(field) for entity in specs.entities for field in entity.fields}


def rules_of(specs: EntitySpecs) -> dict[str, None]:
    """Return the line of each declared rule, in order; nothing more is compared, since a changed rule is another."""
    lines = (f"{entity.name}: {write_rule(rule)}" for entity in specs.entities for rule in entity.rules)
    return dict.fromkeys(lines)


def joined_files(by_task: Mapping[str, Mapping[str, bytes]]) -> dict[str, bytes]:
    """Return the files as they are at the end: a later task's copy of a file takes the place of an earlier one's."""
    return {path: content for files in by_task.values() for path, content in files.items()}


def identity(task: Task) -> str:
    """Return what a task is, whatever its number: the blueprint's task and its entity, or a custom task's module."""
    return f"{task.blueprint_task} {task.entity}" if task.blueprint_task else f"custom {task.files[:1]}"


def numbers_of(plan: TaskPlan) -> dict[str, str]:
    """Return the number of each task, by what the task is."""
    return {identity(task): task.number for task in plan.tasks()}


def tasks_with_files(
    inputs: BuildInputs, by_task: Mapping[str, Mapping[str, bytes]]
) -> dict[str, tuple[object, Mapping[str, bytes]]]:
    """Return what each task says, its number and those of others left out, and its files."""
    neutral = {"number": "", "depends": (), "wave": 1}
    return {
        identity(task): (task.model_copy(update=neutral), by_task[task.number]) for task in inputs.task_plan.tasks()
    }
