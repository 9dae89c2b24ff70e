"""Reads tasks.md into our own model: phases, tasks with all that derivation gave them, and the states of their boxes.

Our canonical text comes back whole. A foreign checklist is taken as far as the model has places for it, and each
thing that has none is quoted; `bot.documents.tasks.checklist_reader` reads such a file as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.documents.findings import Finding, Place
from bot.documents.tasks.checklist import Checklist, ReadTask, TasksReading
from bot.documents.tasks.checklist_reader import TaskList, checklist_of, read_tasks
from bot.documents.tasks.checklist_walk import Draft, SectionDraft, Walk, walk_checklist
from bot.documents.tasks.must_have_lines import read_must_haves
from bot.documents.tasks.task_details import Labelled, default_slug, read_details
from bot.documents.tasks.task_plan import MustHaves, Phase, Task, TaskPlan, TaskState
from bot.documents.tasks.task_plan_edits import tick
from bot.documents.text.kept_markdown import AsWritten
from bot.documents.text.numbering import Numbers
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.references import Reference, ReferenceKind, ids_of
from bot.documents.text.source_text import SourceText

__all__ = ["ReadTask", "TaskPlanReading", "TasksReading", "read_task_plan", "read_tasks", "tick"]


MOST_SPELLED_OUT = 100_000
"""So many dependencies of a whole plan are made of dependencies on phases; any more stay as they are written."""


@dataclass(frozen=True)
class TaskPlanReading:
    """The plan, its boxes, what there is to say about the text, and where each phase and task stands in it."""

    plan: TaskPlan
    states: Mapping[str, TaskState]
    """The number of every task → what its box says."""
    findings: tuple[Finding, ...]
    places: Mapping[str, Place]
    """``2`` (a phase) or ``2.1`` (a task) → its line."""
    written: AsWritten = field(default_factory=AsWritten, compare=False)
    """How the texts of titles and details stand in the file."""
    takes_phases_in_order: bool = False
    """Whether no task says what it waits for and no graph lists waves, so that the waves follow from the phases."""


@dataclass
class PhaseDraft:
    """A phase while its tasks come in; without a name as long as its own line wasn't met."""

    number: int
    name: str | None = None
    slug: str = ""
    goal: str = ""
    tasks: list[Task] = field(default_factory=list)


class PlanMaker:
    """Makes phases and tasks of a checklist, and says what has no place among them."""

    def __init__(self, checklist: Checklist, findings: FindingList) -> None:
        """Begin with the tasks as they stand, and a number for each."""
        self.checklist = checklist
        self.findings = findings
        self.numbers = Numbers(checklist.numbers)
        self.waves = waves_by_task(checklist)
        self.made_waves: dict[str, int] = {}
        self.parents = {task.parent for task in checklist.tasks}
        self.left_to_spell_out = MOST_SPELLED_OUT
        self.phases: dict[str, PhaseDraft] = {}
        self.states: dict[str, TaskState] = {}
        self.places: dict[str, Place] = {}

    def task_numbers(self) -> list[str]:
        """Return a number for each task: its own, else the next free one below its parent, which is said."""
        given: list[str] = []
        seen: set[str] = set()
        for task in self.checklist.tasks:
            number = plain_number(task.number)
            if not number or number in seen:
                number = self.numbers.give("" if task.parent is None else self.parent_number(task.parent, given))
                name = f"{task.number} {task.title}".strip() if task.number not in seen else task.title
                message = f"{quote(name)} has no number of its own; it is read as {number}."
                self.findings.add("PT006", message, f"Write {number} before its title.", task.line, 1)
            seen.add(number)
            given.append(number)
        return given

    def parent_number(self, position: int, given: list[str]) -> str:
        """Return the number of a parent, which may stand below its child in the file."""
        return given[position] if position < len(given) else plain_number(self.checklist.tasks[position].number)

    def take(self, position: int, number: str, labelled: Labelled) -> None:
        """Take one line of the checklist: a phase, or a task of one."""
        task = self.checklist.tasks[position]
        self.places.setdefault(number, Place(file=self.findings.file, line=task.line, column=1))
        root = str(int(number.partition(".")[0]))
        phase = self.phases.setdefault(root, PhaseDraft(int(root)))
        if "." in number:
            self.add_task(phase, task, number, labelled)
            return
        folder = next(iter(labelled.codes("Folder")), "")
        phase.name = task.title
        phase.slug = folder.removeprefix(f"{phase.number:02d}-") if folder else default_slug(task.title)
        if position not in self.parents and not labelled.says_no_tasks:
            only = self.numbers.give(number)
            message = f"{number} {quote(task.title)} has no sub-tasks; it is read as a phase with the one task {only}."
            self.findings.add("PT006", message, f"Write its work as a task {only} below it.", task.line, 1)
            self.places.setdefault(only, self.places[number])
            self.add_task(phase, task, only, labelled)
            return
        phase.goal = labelled.text("Goal")
        self.say_what_a_phase_drops(task, labelled)

    def add_task(self, phase: PhaseDraft, task: ReadTask, number: str, labelled: Labelled) -> None:
        """Add a task to a phase."""
        depends = named(labelled.depends)
        wave = self.waves.get(number) or self.waves.get(task.number)
        wave = wave or 1 + max((self.made_waves.get(before, 0) for before in depends), default=0)
        root = str(phase.number)
        self.made_waves[number] = wave
        self.made_waves[root] = max(wave, self.made_waves.get(root, 0))
        self.states[number] = task.state
        for text in labelled.joined:
            message = f"The lines of {quote(text)} are joined: a task of the plan keeps each detail in one line."
            self.findings.add("PT006", message, "Keep the block in a file, and name that file here.", task.line, 1)
        phase.tasks.append(
            Task(
                number=number,
                title=task.title,
                optional=task.optional,
                kind=labelled.kind,
                details=tuple(labelled.details),
                files=labelled.codes("Files"),
                requirements=named(labelled.requirements),
                depends=depends,
                wave=wave,
                verification=labelled.codes("Verify"),
                done=labelled.text("Done when"),
                blueprint_task=labelled.blueprint_task,
                entity=labelled.entity,
                boundary=labelled.said("boundary"),
                blocked=labelled.said("blocked"),
                validates=labelled.said("validates"),
                properties=tuple(labelled.words.get("property", ())),
            )
        )

    def take_phases_in_order(self) -> bool:
        """Give the tasks of each phase a wave of their own where nothing else says their order; tell whether so."""
        phases = [phase for phase in self.phases.values() if phase.tasks]
        says_order = self.checklist.waves or any(task.depends for phase in phases for task in phase.tasks)
        if says_order or len(phases) < 2:
            return False
        for wave, phase in enumerate(phases, start=1):
            phase.tasks = [task.model_copy(update={"wave": wave}) for task in phase.tasks]
        return True

    def finished(self, phase: PhaseDraft, must_haves: MustHaves | None) -> Phase:
        """Return a phase; a task that waits for a phase waits for every task of it."""
        tasks = tuple(self.waiting_for_tasks(task) for task in phase.tasks)
        name = f"Phase {phase.number}" if phase.name is None else phase.name
        slug = default_slug(name) if phase.name is None else phase.slug
        found = must_haves or MustHaves()
        return Phase(number=phase.number, name=name, slug=slug, goal=phase.goal, tasks=tasks, must_haves=found)

    def waiting_for_tasks(self, task: Task) -> Task:
        """Return a task whose dependencies on phases are spelled out, as far as the plan stays of a readable size."""
        if all("." in number or number not in self.phases for number in task.depends):
            return task
        spelled: dict[str, None] = {}
        for number in task.depends:
            phase = self.phases.get(number)
            is_short = phase is not None and len(phase.tasks) <= self.left_to_spell_out
            found = [each.number for each in phase.tasks] if phase and is_short else [number]
            self.left_to_spell_out -= len(found)
            spelled |= dict.fromkeys(found)
        return task.model_copy(update={"depends": tuple(spelled)})

    def say_what_a_phase_drops(self, task: ReadTask, labelled: Labelled) -> None:
        """Quote the details of a phase: it keeps its goal, and its tasks keep the rest."""
        marked = [text for texts in labelled.words.values() for text in texts if text]
        dropped = [*labelled.details, *marked, *(each.text for each in (*labelled.requirements, *labelled.depends))]
        for text in dropped:
            message = f"{quote(text)} stands at the phase {quote(task.title)}, and phases have no place for it."
            self.findings.add("PT006", message, "Write it at the task that it is about.", task.line, 1)


def plain_number(number: str) -> str:
    """Return a number as a plan has it; nothing for a name such as ``T001`` and for letters between the dots."""
    if not number.replace(".", "").isdigit():
        return ""
    return number if "." in number else str(int(number))


def named(references: list[Reference]) -> tuple[str, ...]:
    """Return the ids that references name; the wildcard stands as a word."""
    wildcard = ("All",) if any(each.kind is ReferenceKind.ALL for each in references) else ()
    return (*ids_of(references), *wildcard)


def waves_by_task(checklist: Checklist) -> dict[str, int]:
    """Return the wave of each task that the graph lists; waves that count from 0 count from 1."""
    ids = [wave.id for wave in checklist.waves]
    shift = 1 if ids and min(ids) == 0 else 0
    found: dict[str, int] = {}
    for wave in checklist.waves:
        for number in wave.tasks:
            found.setdefault(number, wave.id + shift)
    return found


def read_task_plan(text: str, file: str = "") -> TaskPlanReading:
    """Return the plan that a checklist says, and the states of its boxes. Never raises: see the findings."""
    source = SourceText(text)
    findings = FindingList(file)
    if source.is_too_large:
        findings.add("PT009", "This document is larger than 5 MB, so it was not read.", "Split it.")
        return TaskPlanReading(TaskPlan(title="", phases=()), {}, tuple(findings.findings), {})
    tasks = TaskList()
    labelled: list[Labelled] = []
    written = AsWritten()

    def finish(draft: Draft) -> None:
        tasks.take(draft)
        written.note(draft.words.shown)
        labelled.append(read_details(draft.raw_details(), written))

    walk = walk_checklist(source, findings, finish)
    checklist = checklist_of(tasks, walk, findings)
    maker = PlanMaker(checklist, findings)
    for position, number in enumerate(maker.task_numbers()):
        maker.take(position, number, labelled[position])
    is_in_order = maker.take_phases_in_order()
    must_haves = must_haves_of(walk, findings)
    say_what_is_left(walk, checklist, maker, must_haves, findings)
    plan = TaskPlan(
        title=checklist.title,
        phases=tuple(maker.finished(phase, must_haves.get(phase.number)) for phase in maker.phases.values()),
        removed=checklist.removed,
    )
    return TaskPlanReading(plan, maker.states, tuple(findings.findings), maker.places, written, is_in_order)


def must_haves_of(walk: Walk, findings: FindingList) -> dict[int, MustHaves]:
    """Return the must-haves of every phase; lines that say none are quoted."""
    found: dict[int, MustHaves] = {}
    for section in walk.sections:
        if section.tail != "must-haves":
            continue
        by_phase, unknown = read_must_haves(section.lines)
        found |= by_phase
        for position in unknown:
            quote_line(section, position, findings)
    return found


def quote_line(section: SectionDraft, position: int, findings: FindingList) -> None:
    """Quote a line of a section that nothing was made of."""
    message = f"{quote(section.lines[position])} was not understood and nothing was made of it."
    findings.add("PT001", message, "Write it as “- Truth: …”.", section.line + 1 + position, 1)


def say_what_is_left(
    walk: Walk,
    checklist: Checklist,
    maker: PlanMaker,
    must_haves: dict[int, MustHaves],
    findings: FindingList,
) -> None:
    """Quote sections and must-haves that the plan has no place for, and name phases that have no line."""
    for number, phase in maker.phases.items():
        if phase.name is None:
            message = f"There is no line for phase {number}, whose tasks are in this file."
            findings.add("PT006", message, f"Add a line “- [ ] {number}. Title” above them.", None)
    for missing in sorted(must_haves.keys() - {phase.number for phase in maker.phases.values()}):
        message = f"There are must-haves for phase {missing}, which is not in this file."
        findings.add("PT006", message, "Add the phase, or take its must-haves out.", None)
    texts = [
        section.finished() for section in walk.sections if section.tail != "must-haves" and section.tail != "graph"
    ]
    for section in texts:
        if section.text.strip():
            message = f"{quote(section.text)} stands beside the tasks, and the plan has no place for it."
            findings.add("PT006", message, "It stays in the file as it is.", section.line, 1)
