"""An honest reading of planning files: what their readers and the rules find in each, and across them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from bot.checks.checklist import check_checklist
from bot.checks.document_packages import check_document_packages
from bot.checks.packages import check_package_file
from bot.checks.phase_plan import check_phase_plan
from bot.checks.phase_plans import check_phase_plans
from bot.checks.planning_files import check_planning_tree
from bot.checks.planning_tree import PlanningTree
from bot.checks.run import check_entity_specs, check_requirements, check_task_plan
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.findings import Finding, Place
from bot.documents.formats import Format
from bot.documents.phases.phase_plan import PhasePlan
from bot.documents.progress.project_state import ProjectState
from bot.documents.progress.requirements_list import RequirementsList
from bot.documents.progress.roadmap import Roadmap
from bot.documents.progress.summary import Summary
from bot.documents.readers import DocumentReading, read_document
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.checklist import Checklist, TasksReading
from bot.documents.tasks.task_plan_reader import read_task_plan

__all__ = ["lint_apart", "lint_documents"]


def lint_documents(
    files: Mapping[str, tuple[Format, str]], package_files: Mapping[str, str] | None = None
) -> tuple[Finding, ...]:
    """Return what there is to say about files, by path: each alone, then against each other. Never raises.

    ``files`` has the format and the text of each; ``package_files`` the texts of requirements.txt and pyproject.toml.
    Findings come in the order of the files, then of the lines.
    """
    alone, across = found_in(files)
    lists = chain(*(check_package_file(text, path) for path, text in (package_files or {}).items()))
    return in_order((*alone, *across, *lists), (*files, *(package_files or ())))


def lint_apart(files: Mapping[str, tuple[Format, str]]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return what there is to say about files each alone, and what they say against each other. Never raises."""
    alone, across = found_in(files)
    return in_order(alone, files), in_order(across, files)


def found_in(files: Mapping[str, tuple[Format, str]]) -> tuple[list[Finding], tuple[Finding, ...]]:
    """Return what is found in each file, and what is found across them."""
    readings = {path: read_document(known, text, path) for path, (known, text) in files.items()}
    alone = chain(
        *(reading.findings for reading in readings.values()),
        *(findings_of(reading, files[path][1], path) for path, reading in readings.items()),
        *(named_packages(reading, files[path][1], path) for path, reading in readings.items()),
    )
    return list(alone), findings_across(readings)


NAMES_PACKAGES = frozenset({Format.PLAN, Format.TASKS, Format.PROJECT})
"""The formats whose documents say what is installed."""

TOO_LARGE = "PT009"
"""The rule of a document that is too large to be read, and of a part of one, which has a line."""

WAYS_OF_OURS = ("Verify:", "Done when:")
"""Stand at every task of a task plan of ours, beside its graph of waves; other tools write one or two of the three."""


def is_refused(reading: DocumentReading) -> bool:
    """Tell whether a document as a whole was too large to be read."""
    return any(finding.rule == TOO_LARGE and finding.place.line is None for finding in reading.findings)


def findings_of(reading: DocumentReading, text: str, path: str) -> tuple[Finding, ...]:
    """Return what the rules find in one document. What stands beside plans is checked against its tree only."""
    if is_refused(reading):
        return ()
    places = {"": Place(file=path), **reading.places}
    match reading.model:
        case EntitySpecs() as specs:
            return check_entity_specs(specs, places)
        case Requirements() as requirements:
            return check_requirements(requirements, places)
        case Checklist() as checklist:
            return tasks_findings(TasksReading(checklist, reading.findings, path), text)
        case PhasePlan() as plan:
            return check_phase_plan(plan, places)
        case _:
            return ()


def named_packages(reading: DocumentReading, text: str, path: str) -> tuple[Finding, ...]:
    """Return what there is to say about the packages that a document names."""
    if is_refused(reading) or reading.format not in NAMES_PACKAGES:
        return ()
    return check_document_packages(text, path)


def tasks_findings(reading: TasksReading, text: str) -> tuple[Finding, ...]:
    """Check tasks.md: our own, by what every one of ours has, as a task plan; any other as a checklist.

    Waves are made up where no graph lists them, so rules about them would judge what nobody wrote. What a task plan has
    no place for is told too, since the rules can't see it.
    """
    looks_ours = reading.checklist.waves and all(way in text for way in WAYS_OF_OURS)
    ours = read_task_plan(text, reading.file) if looks_ours else None
    if ours and any(task.verification and task.done for task in ours.plan.tasks()):
        return (*ours.findings, *check_task_plan(ours.plan, places={"": Place(file=reading.file), **ours.places}))
    return check_checklist(reading, text)


def findings_across(readings: Mapping[str, DocumentReading]) -> tuple[Finding, ...]:
    """Return what documents say against each other."""
    places = {path: reading.places for path, reading in readings.items()}
    tree = PlanningTree(
        phase_plans=of_kind(PhasePlan, readings),
        summaries=of_kind(Summary, readings),
        roadmaps=of_kind(Roadmap, readings),
        states=of_kind(ProjectState, readings),
        requirements_lists=of_kind(RequirementsList, readings),
        checklists=of_kind(Checklist, readings),
        specs=of_kind(EntitySpecs, readings),
        requirements=of_kind(Requirements, readings),
        places=places,
    )
    return (*check_phase_plans(tree.phase_plans, places), *check_planning_tree(tree))


def of_kind[Kind](kind: type[Kind], readings: Mapping[str, DocumentReading]) -> dict[str, Kind]:
    """Return the models of one kind, by path."""
    return {path: reading.model for path, reading in readings.items() if isinstance(reading.model, kind)}


def in_order(findings: Iterable[Finding], paths: Iterable[str]) -> tuple[Finding, ...]:
    """Return findings by file and line, each once."""
    positions = {path: position for position, path in enumerate(paths)}

    def key(finding: Finding) -> tuple[int, int, int, str]:
        place = finding.place
        return (positions.get(place.file, len(positions)), place.line or 0, place.column or 0, finding.rule)

    return tuple(sorted(dict.fromkeys(findings), key=key))
