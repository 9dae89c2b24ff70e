"""What a planning file says, in the order and depth in which people read it: a title, and lines below it."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.entity_specs_writer import field_line
from bot.documents.entities.rule_lines import write_rule
from bot.documents.must_haves import MustHaves
from bot.documents.naming import plural
from bot.documents.phases.phase_plan import AutoTask, Decision, HumanAction, HumanVerification, PhasePlan
from bot.documents.progress.progress_words import STATE_WORDS
from bot.documents.progress.project import Excluded, Project
from bot.documents.progress.project_state import ProjectState
from bot.documents.progress.requirements_list import RequirementsList
from bot.documents.progress.roadmap import Roadmap, RoadmapPhase, phase_numbers
from bot.documents.progress.summary import Summary
from bot.documents.readers import DocumentReading
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.checklist import Checklist, ReadTask, Section
from bot.documents.text.boxes import TaskState
from bot.documents.text.markdown import one_line
from bot.documents.text.numbering import Removed
from bot.documents.text.references import write_references
from bot.patterns import regex

__all__ = ["Outline", "OutlineLine", "outline_of"]


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One line: its depth from 0, its box's mark (None: it has no box), what it says, and a remark beside it."""

    depth: int
    text: str
    mark: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Outline:
    """A title, and the lines below it."""

    title: str
    lines: tuple[OutlineLine, ...]


def outline_of(reading: DocumentReading) -> Outline:
    """Return what a document says. A parent's box is as read; where its parts say otherwise, the note tells."""
    match reading.model:
        case EntitySpecs() as specs:
            return Outline(
                f"{counted(specs.entities, 'entity')}, {counted(specs.enums, 'enum')}", (*specs_lines(specs),)
            )
        case Requirements() as requirements:
            return Outline(requirements.title or "Requirements", (*requirements_lines(requirements),))
        case Checklist() as checklist:
            return Outline(checklist.title or "Tasks", (*checklist_lines(checklist),))
        case PhasePlan() as plan:
            return Outline(plan_title(plan), (*plan_lines(plan),))
        case Summary() as summary:
            return Outline(
                summary.title or f"Summary of {summary.phase} {summary.plan}".rstrip(), (*summary_lines(summary),)
            )
        case Roadmap() as roadmap:
            return Outline(roadmap.title or "Roadmap", (*roadmap_lines(roadmap, reading),))
        case ProjectState() as state:
            return Outline(state.title or "State", (*state_lines(state),))
        case Project() as project:
            return Outline(project.title or "Project", (*project_lines(project),))
        case RequirementsList() as listed:
            return Outline(listed.title or "Requirements", (*list_lines(listed),))


def specs_lines(specs: EntitySpecs) -> Iterator[OutlineLine]:
    """Yield each entity with its fields, relations and rules, then the enums."""
    enums = frozenset(enum.name for enum in specs.enums)
    for entity in specs.entities:
        marks = (", account" if entity.account else "") + (
            f", renamed from {entity.renamed_from}" if entity.renamed_from else ""
        )
        yield OutlineLine(0, entity.name, note=f"table {entity.table}, {entity.api_path}{marks}")
        yield from entity_lines(entity, enums)
    for enum in specs.enums:
        yield OutlineLine(0, f"{enum.name}: {', '.join(enum.values)}", note="enum")


def entity_lines(entity: Entity, enums: Collection[str]) -> Iterator[OutlineLine]:
    """Yield what one entity holds; ``enums`` are those of the document."""
    for field in entity.fields:
        yield OutlineLine(1, field_line(field, enums))
    for relation in entity.relations:
        yield OutlineLine(1, f"{relation.name}: {relation.target}", note=relation.cardinality.value)
    for rule in entity.rules:
        yield OutlineLine(1, write_rule(rule), note="rule")


def requirements_lines(requirements: Requirements) -> Iterator[OutlineLine]:
    """Yield each requirement with its criteria, then what was removed, and what was assumed."""
    for requirement in requirements.requirements:
        yield OutlineLine(0, f"{requirement.number} {requirement.title}".rstrip(), note=requirement.user_story)
        for criterion in requirement.criteria:
            yield OutlineLine(1, f"{criterion.number} {criterion.text}")
    yield from removed_lines(requirements.removed)
    yield from listed("Assumed", requirements.assumptions)


def checklist_lines(checklist: Checklist) -> Iterator[OutlineLine]:
    """Yield the tasks, each below its parent, with what they cover and wait for."""
    headings = deque(headings_of(checklist))
    is_below = level = 0
    for task, depth in zip(checklist.tasks, depths_of(checklist.tasks), strict=True):
        while headings and headings[0].line < task.line:
            section = headings.popleft()
            is_below, level = int(bool(section.heading)), section.level
            if section.heading:
                yield OutlineLine(0, section.heading)
        if 0 < task.level <= level:
            is_below = 0
        mark = task.mark if task.mark_offset is not None else None
        yield OutlineLine(is_below + depth, f"{task.number} {task.title}".strip(), mark, task_note(task))
    yield from removed_lines(checklist.removed)


PLAIN_HEADINGS = frozenset({"tasks", "task list", "implementation tasks", "implementation plan"})


def headings_of(checklist: Checklist) -> Iterator[Section]:
    """Yield the headings between which tasks stand; one that says only that tasks follow has no words."""
    lines = [task.line for task in checklist.tasks]
    ends = [*(section.line for section in checklist.sections[1:]), sys.maxsize]
    for section, end in zip(checklist.sections, ends, strict=False):
        at = bisect_right(lines, section.line)
        if at < len(lines) and lines[at] < end:
            is_plain = section.heading.casefold() in PLAIN_HEADINGS
            yield replace(section, heading="") if is_plain else section


def depths_of(tasks: tuple[ReadTask, ...]) -> list[int]:
    """Return how deep each task lies; a parent may stand after its sub-tasks."""
    depths: list[int | None] = [None] * len(tasks)
    for position in range(len(tasks)):
        path: list[int] = []
        above: int | None = position
        while above is not None and depths[above] is None:
            path.append(above)
            above = tasks[above].parent
        depth = -1 if above is None else depths[above] or 0
        for below in reversed(path):
            depth += 1
            depths[below] = depth
    return [depth or 0 for depth in depths]


def task_note(task: ReadTask) -> str:
    """Return what stands beside a task: whether it is optional, what its parts say, what it covers and waits for."""
    disagrees = task.derived is not None and (task.mark_offset is None or task.derived is not task.state)
    notes = [
        "optional" if task.optional else "",
        f"its sub-tasks say {STATE_WORDS[task.derived]}" if disagrees and task.derived is not None else "",
        f"requirements {task.requirements_text}" if task.requirement_references else "",
        f"validates {write_references(task.validates)}" if task.validates else "",
        f"after {', '.join(task.depends)}" if task.depends else "",
        f"blocked: {task.blocked}" if task.blocked else "",
    ]
    return "; ".join(note for note in notes if note)


def plan_title(plan: PhasePlan) -> str:
    """Return which plan it is."""
    named = " ".join(
        part for part in (f"Phase {plan.phase}" if plan.phase else "", f"plan {plan.plan}") if part.strip()
    )
    wave = f", wave {plan.wave}" if plan.wave is not None else ""
    return f"{named}{wave}" if plan.phase or plan.plan else "A plan of a phase"


def plan_lines(plan: PhasePlan) -> Iterator[OutlineLine]:
    """Yield the objective, the tasks and checkpoints, the boxes of the verification, and the must-haves."""
    yield from listed("Objective", (plan.objective,) if plan.objective else ())
    yield from listed("Depends on", plan.depends_on)
    for position, task in enumerate(plan.tasks, start=1):
        kind = KINDS.get(type(task), "")
        note = ", ".join(task.files) if isinstance(task, AutoTask) else kind
        said = task.name or (task.decision if isinstance(task, Decision) else "") or kind or "a task"
        yield OutlineLine(0, f"{task.number or position} {one_line(said)}", note=note)
    for feature in plan.features:
        yield OutlineLine(0, feature.name or "A feature", note=", ".join(feature.files))
    if plan.verification:
        yield OutlineLine(0, "Verification")
    for box in plan.verification:
        yield OutlineLine(1, box.text, box.state.value)
    yield from must_have_lines(plan.must_haves)


KINDS: dict[type, str] = {
    HumanVerification: "checkpoint: a person looks",
    Decision: "checkpoint: a person decides",
    HumanAction: "checkpoint: a person acts",
}


def must_have_lines(must_haves: MustHaves) -> Iterator[OutlineLine]:
    """Yield truths, artifacts and key links."""
    yield from listed("Truths", must_haves.truths)
    artifacts = (": ".join(part for part in (each.path, each.provides) if part) for each in must_haves.artifacts)
    yield from listed("Artifacts", tuple(artifacts))
    links = (f"{link.source} → {link.target} {link.via}".strip(" →") for link in must_haves.key_links)
    yield from listed("Key links", tuple(links))


def summary_lines(summary: Summary) -> Iterator[OutlineLine]:
    """Yield what was done, the commits of the tasks, and what came up."""
    if summary.one_line:
        yield OutlineLine(0, summary.one_line)
    yield from listed("Done", summary.accomplishments)
    commits = (f"{each.task} {' '.join(each.hashes) or 'no commit'}" for each in summary.commits)
    yield from listed("Commits", tuple(commits))
    yield from listed("Files", tuple(each.path for each in summary.files))
    yield from listed("Decisions", summary.decisions)
    yield from listed("Deviations", tuple(each.text for each in summary.deviations))
    yield from listed("Issues", summary.issues)
    yield from listed("Left open", summary.left_open)
    yield from listed("Next", summary.next_steps)


def roadmap_lines(roadmap: Roadmap, reading: DocumentReading) -> Iterator[OutlineLine]:
    """Yield the phases with their boxes, goals and plans."""
    for phase in roadmap.phases:
        mark = phase.state.value if phase.state is not None else None
        yield OutlineLine(0, f"{phase.number} {phase.name}".rstrip(), mark, phase_note(phase, reading))
        if phase.goal:
            yield OutlineLine(1, phase.goal, note="goal")
        for plan in phase.plans:
            plan_mark = plan.state.value if plan.state is not None else None
            yield OutlineLine(1, f"{plan.name} {plan.text}".strip(), plan_mark)


def phase_note(phase: RoadmapPhase, reading: DocumentReading) -> str:
    """Return what stands beside a phase: what its plans say where they disagree, and what it waits for."""
    derived = reading.derived.get(phase.number)
    notes = [
        f"its plans say {STATE_WORDS[derived]}" if derived is not None and derived is not phase.state else "",
        f"after {phase.depends_on}" if phase_numbers(phase.depends_on) else "",
    ]
    return "; ".join(note for note in notes if note)


FRONT_STATUS = regex(r"^status: *(?P<status>\S.*?)[ \t]*$", re.MULTILINE)


def state_lines(state: ProjectState) -> Iterator[OutlineLine]:
    """Yield where the project stands, and what holds it up."""
    position = (("Phase", state.phase), ("Plan", state.plan), ("Status", state.status), ("Progress", state.progress))
    for name, value in position:
        if value:
            yield OutlineLine(0, f"{name}: {value}")
    for label in state.labels:
        yield OutlineLine(0, f"{label.name}: {label.text}".rstrip(": "))
    if not state.status and (said := FRONT_STATUS.search(state.front_matter)):
        yield OutlineLine(0, f"Status: {said['status']}", note="as the front matter says")
    yield from listed("Decisions", state.decisions)
    yield from listed("Blockers", state.blockers)
    yield from listed("Open tasks", state.open_tasks)


def project_lines(project: Project) -> Iterator[OutlineLine]:
    """Yield what is built and why, what it must do, and what is left out."""
    yield from listed("What this is", (project.what,) if project.what else ())
    yield from listed("Core value", (project.core_value,) if project.core_value else ())
    for heading, requirements in (("Validated", project.validated), ("Active", project.active)):
        if requirements:
            yield OutlineLine(0, heading)
        for requirement in requirements:
            yield OutlineLine(1, requirement.text, mark_of(requirement.state))
    yield from left_out(project.out_of_scope)
    yield from listed("Constraints", tuple(f"{each.kind}: {each.text}".strip(": ") for each in project.constraints))
    yield from listed("Decisions", tuple(each.text for each in project.decisions))
    yield from listed("Assumed", project.assumptions)


def list_lines(requirements: RequirementsList) -> Iterator[OutlineLine]:
    """Yield the groups with their requirements and the phase of each."""
    for group in requirements.groups:
        depth = group.level - 2
        yield OutlineLine(depth, group.heading)
        for requirement in group.requirements:
            trace = requirements.trace(requirement.id)
            said = f"{requirement.id} {requirement.text}".rstrip()
            text = f"~~{said}~~" if requirement.removed else said
            yield OutlineLine(depth + 1, text, mark_of(requirement.state), trace.phase if trace else "")
    yield from left_out(requirements.out_of_scope)


def left_out(things: Iterable[Excluded]) -> Iterator[OutlineLine]:
    """Yield what is out of scope, each with its reason."""
    lines = [OutlineLine(1, one_line(each.what), note=one_line(each.why)) for each in things]
    if lines:
        yield OutlineLine(0, "Out of scope")
    yield from lines


def removed_lines(removed: Iterable[Removed]) -> Iterator[OutlineLine]:
    """Yield what was taken out, struck."""
    for each in removed:
        yield OutlineLine(0, f"~~{each.number} {each.text}~~", note="removed; its number is never given again")


def listed(heading: str, items: Iterable[str]) -> Iterator[OutlineLine]:
    """Yield a heading and its items below it; nothing where there are none."""
    lines = [OutlineLine(1, one_line(item)) for item in items if item.strip()]
    if lines:
        yield OutlineLine(0, heading)
    yield from lines


def mark_of(state: TaskState | None) -> str | None:
    """Return the mark of a state; None where there is no box."""
    return state.value if state is not None else None


def counted(things: tuple[object, ...], noun: str) -> str:
    """Return how many things there are, such as ``2 entities``."""
    return f"{len(things)} {noun if len(things) == 1 else plural(noun)}"
