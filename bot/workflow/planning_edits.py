"""What people changed by hand in the planning files of a delivered repository, read by the ordinary readers. Pure.

What counts is what the documents say, not how they look: another line break or another order of words in a table is no
edit. Boxes are told, and tick nothing: evidence does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.documents.entities.difference import describe_changes
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.findings import Finding, has_errors
from bot.documents.fingerprint import fingerprint
from bot.documents.frozen import Frozen
from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.requirements.requirements_writer import write_requirements
from bot.documents.tasks.checklist import Checklist
from bot.documents.tasks.checklist_reader import read_tasks
from bot.documents.tasks.task_plan import TaskState
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.workflow.documents import Documents
from bot.workflow.dropped_changes import change_of_requirements, change_of_specs

__all__ = ["ENTITY_SPECS", "REQUIREMENTS", "TASKS", "PlanningEdit", "planning_edit"]

ENTITY_SPECS, REQUIREMENTS, TASKS = "entity_specs.txt", "requirements.md", "tasks.md"
MOST_TOLD = 12
LONGEST_TOLD = 200


class PlanningEdit(Frozen):
    """What people edited: sentences about each difference, and the words of the change that it asks for, if any."""

    told: tuple[str, ...]
    asked: str = ""

    @property
    def fingerprint(self) -> str:
        """Return what tells one edit from another."""
        return fingerprint("\0".join((*self.told, self.asked)))


def planning_edit(
    delivered: Documents, states: Mapping[str, TaskState], files: Mapping[str, str]
) -> PlanningEdit | None:
    """Return what differs between the planning files of main and what was delivered; None where nothing does.

    ``states`` are those of the tasks by number; ``files`` hold the text by name, and lack what people deleted.
    """
    specs_told, specs_asked = specs_edit(delivered, files.get(ENTITY_SPECS))
    requirements_told, requirements_asked = requirements_edit(delivered, files.get(REQUIREMENTS))
    told = [*specs_told, *requirements_told, *tasks_edit(delivered, states, files.get(TASKS))]
    if not told:
        return None
    asked = "\n\n".join(part for part in (specs_asked, requirements_asked) if part)
    return PlanningEdit(told=shortened(told), asked=asked)


def shortened(told: list[str]) -> tuple[str, ...]:
    """Return the first sentences, and how many more there are."""
    lines = [" ".join(line.split()) for line in told]
    shown = [line if len(line) <= LONGEST_TOLD else f"{line[: LONGEST_TOLD - 1]}…" for line in lines[:MOST_TOLD]]
    more = len(lines) - MOST_TOLD
    return (*shown, *([f"and {more} more"] if more > 0 else []))


def specs_edit(delivered: Documents, text: str | None) -> tuple[list[str], str]:
    """Return what differs in the entities, and the change that it asks for: none while the file can't be read."""
    if text is None:
        return [f"{ENTITY_SPECS} is gone"], ""
    ours, theirs = read_entity_specs(write_entity_specs(delivered.specs)), read_entity_specs(text)
    problems = list(new_problems(ENTITY_SPECS, ours.findings, theirs.findings))
    if not theirs.specs.entities or has_errors(theirs.findings):
        return problems, ""
    told = [f"Entities: {sentence}" for sentence in describe_changes(ours.specs, theirs.specs)]
    return [*told, *problems], change_of_specs(ours.specs, theirs.specs).text if told else ""


def requirements_edit(delivered: Documents, text: str | None) -> tuple[list[str], str]:
    """Return what differs in the criteria, and the change that it asks for."""
    if text is None:
        return [f"{REQUIREMENTS} is gone"], ""
    ours, theirs = read_requirements(write_requirements(delivered.requirements)), read_requirements(text)
    problems = list(new_problems(REQUIREMENTS, ours.findings, theirs.findings))
    before = {each.number: each.text for each in ours.requirements.criteria()}
    after = {each.number: each.text for each in theirs.requirements.criteria()}
    new = [f"Criterion {number} is new: {words}" for number, words in after.items() if number not in before]
    other = [
        f"Criterion {number} says now: {words}" for number, words in after.items() if before.get(number, words) != words
    ]
    gone = [number for number in before if number not in after]
    gone_told = [f"Criterion {number} is gone: {before[number]}" for number in gone]
    if not new and not other and not gone:
        return problems, ""
    asked = change_of_requirements(ours.requirements, theirs.requirements).text
    return [*new, *other, *gone_told, *problems], asked


def tasks_edit(delivered: Documents, states: Mapping[str, TaskState], text: str | None) -> Iterator[str]:
    """Tell boxes that people ticked or opened, and tasks that they wrote: neither takes effect."""
    if text is None:
        yield f"{TASKS} is gone"
        return
    ours = read_tasks(write_task_plan(delivered.task_plan, dict(states))).checklist
    theirs = read_tasks(text).checklist
    before, after = boxes_of(ours), boxes_of(theirs)
    for number, (title, is_done) in after.items():
        if number not in before or before[number][0] != title:
            yield f"Task {number} says “{title}”: tasks follow from entities and requirements, so it takes no effect"
        elif is_done and not before[number][1]:
            yield f"Task {number} {title}: ticked elsewhere, no evidence; it stays open"
        elif before[number][1] and not is_done:
            yield f"Task {number} {title}: its box was opened by hand; its evidence stands"
    gone = [number for number in before if number not in after]
    if gone:
        yield f"Tasks {', '.join(gone)} are gone from {TASKS}: they stay in the plan"


def boxes_of(checklist: Checklist) -> dict[str, tuple[str, bool]]:
    """Return title and tick of each numbered box."""
    return {
        task.number: (task.title, task.state is TaskState.DONE) for task in checklist.tasks if task.number and task.mark
    }


def new_problems(file: str, before: tuple[Finding, ...], after: tuple[Finding, ...]) -> Iterator[str]:
    """Tell what the reader finds in an edited file and did not find before."""
    known = {(each.rule, each.message) for each in before}
    for each in after:
        if (each.rule, each.message) not in known:
            where = f"{file}, line {each.place.line}" if each.place.line else file
            yield f"{where}: {each.message} {each.next_step}"
