"""One door to every reader: a text and its format in, a model with findings and places out.

Commands, fuzzing and the checks over whole trees come through here; who needs one format calls its reader.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Finding, Place
from bot.documents.formats import Format
from bot.documents.phases.phase_plan import PhasePlan
from bot.documents.phases.phase_plan_reader import read_phase_plan
from bot.documents.progress.project import Project
from bot.documents.progress.project_reader import read_project
from bot.documents.progress.project_state import ProjectState
from bot.documents.progress.project_state_reader import read_project_state
from bot.documents.progress.requirements_list import RequirementsList
from bot.documents.progress.requirements_list_reader import read_requirements_list
from bot.documents.progress.roadmap import Roadmap
from bot.documents.progress.roadmap_reader import read_roadmap
from bot.documents.progress.summary import Summary
from bot.documents.progress.summary_reader import read_summary
from bot.documents.requirements.requirements import Requirements
from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.tasks.checklist import Checklist
from bot.documents.tasks.checklist_reader import read_tasks
from bot.documents.text.boxes import TaskState
from bot.documents.text.reading import FindingList
from bot.documents.text.source_text import LARGEST_DOCUMENT

__all__ = ["DocumentReading", "Model", "is_empty", "model_json", "read_document"]

type Model = (
    EntitySpecs | Requirements | Checklist | PhasePlan | Summary | Roadmap | ProjectState | Project | RequirementsList
)
"""What a document says, whatever its format."""

NOTHING: Mapping[str, TaskState] = MappingProxyType({})

NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but white space, and bytes that are no UTF-8, which are carried as lone surrogates."""

FIRST_SURROGATE = "\ud800"
UTF_16_MARKS = ("\udcff\udcfe", "\udcfe\udcff")
"""The byte order marks of UTF-16, as they are carried."""


@dataclass(frozen=True)
class DocumentReading:
    """What was read, what there is to say about it, and where each thing stands, by the subjects of its format.

    ``derived`` has what parts say of their parent: a checklist's tasks by number, a roadmap's phases by number.
    """

    format: Format
    model: Model
    findings: tuple[Finding, ...]
    places: Mapping[str, Place]
    derived: Mapping[str, TaskState] = field(default_factory=dict)


def read_document(known: Format, text: str, file: str = "") -> DocumentReading:
    """Return what a text of a known format says. Never raises: what isn't understood is a finding."""
    model, findings, places, derived = READERS[known](text, file)
    return DocumentReading(known, model, (*encoding_findings(text, file), *findings), places, derived)


def encoding_findings(text: str, file: str) -> tuple[Finding, ...]:
    """Return what there is to say about bytes that are no text: another encoding, or control characters."""
    findings = FindingList(file)
    if text.startswith(UTF_16_MARKS):
        findings.add("PT011", "This file is in UTF-16, which nothing here reads.", "Save it as UTF-8.", 1, 1)
        return tuple(findings.findings)
    match = NO_TEXT.search(text[:LARGEST_DOCUMENT])
    if match:
        line = text.count("\n", 0, match.start()) + 1
        is_byte = match.group() >= FIRST_SURROGATE
        kind = "a byte that is no UTF-8" if is_byte else "a control character"
        step = "Save the file as UTF-8." if is_byte else "Take it out."
        column = match.start() - text.rfind("\n", 0, match.start())
        findings.add("PT011", f"Here stands {kind}, the first of {count_up(text)}.", step, line, column)
    return tuple(findings.findings)


def count_up(text: str) -> str:
    """Return how many characters of a document are no text."""
    count = sum(1 for _ in NO_TEXT.finditer(text[:LARGEST_DOCUMENT]))
    return f"{count:,}" if count > 1 else "one"


def is_empty(reading: DocumentReading) -> bool:
    """Tell whether nothing of what the format is for was found, such as no entity or no task."""
    return not HELD[reading.format](reading.model)


def model_json(model: Model) -> str:
    """Return a model as JSON, two blanks a level; a byte that was no text is the escape of a lone surrogate."""
    values = TypeAdapter(type(model)).dump_python(model)
    return json.dumps(values, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode("utf-8")


type Parts = tuple[Model, tuple[Finding, ...], Mapping[str, Place], Mapping[str, TaskState]]


def read_specs_parts(text: str, file: str) -> Parts:
    """Read entity_specs."""
    reading = read_entity_specs(text, file)
    return reading.specs, reading.findings, reading.places, NOTHING


def read_requirements_parts(text: str, file: str) -> Parts:
    """Read requirements.md."""
    reading = read_requirements(text, file)
    return reading.requirements, reading.findings, reading.places, NOTHING


def read_tasks_parts(text: str, file: str) -> Parts:
    """Read tasks.md as the checklist that it is, our own or a foreign one."""
    reading = read_tasks(text, file)
    return reading.checklist, reading.findings, reading.places, reading.derived


def read_plan_parts(text: str, file: str) -> Parts:
    """Read PLAN.md."""
    reading = read_phase_plan(text, file)
    places = {subject: Place(file=file, line=line, column=1) for subject, line in reading.places.items()}
    return reading.plan, reading.findings, places, NOTHING


def read_summary_parts(text: str, file: str) -> Parts:
    """Read SUMMARY.md."""
    reading = read_summary(text, file)
    return reading.summary, reading.findings, reading.places, NOTHING


def read_roadmap_parts(text: str, file: str) -> Parts:
    """Read ROADMAP.md."""
    reading = read_roadmap(text, file)
    return reading.roadmap, reading.findings, reading.places, reading.derived


def read_state_parts(text: str, file: str) -> Parts:
    """Read STATE.md."""
    reading = read_project_state(text, file)
    return reading.state, reading.findings, reading.places, NOTHING


def read_project_parts(text: str, file: str) -> Parts:
    """Read PROJECT.md."""
    reading = read_project(text, file)
    return reading.project, reading.findings, reading.places, NOTHING


def read_list_parts(text: str, file: str) -> Parts:
    """Read REQUIREMENTS.md."""
    reading = read_requirements_list(text, file)
    return reading.requirements_list, reading.findings, reading.places, NOTHING


READERS: Mapping[Format, Callable[[str, str], Parts]] = MappingProxyType(
    {
        Format.ENTITY_SPECS: read_specs_parts,
        Format.REQUIREMENTS: read_requirements_parts,
        Format.TASKS: read_tasks_parts,
        Format.PLAN: read_plan_parts,
        Format.SUMMARY: read_summary_parts,
        Format.ROADMAP: read_roadmap_parts,
        Format.STATE: read_state_parts,
        Format.PROJECT: read_project_parts,
        Format.REQUIREMENTS_LIST: read_list_parts,
    }
)

HELD: Mapping[Format, Callable[[Any], object]] = MappingProxyType(
    {
        Format.ENTITY_SPECS: lambda specs: specs.entities or specs.enums,
        Format.REQUIREMENTS: lambda requirements: requirements.requirements,
        Format.TASKS: lambda checklist: checklist.tasks,
        Format.PLAN: lambda plan: plan.tasks or plan.features,
        Format.SUMMARY: lambda summary: summary.accomplishments or summary.commits or summary.files or summary.plan,
        Format.ROADMAP: lambda roadmap: roadmap.phases,
        Format.STATE: lambda state: state.phase or state.status or state.labels or state.front_matter,
        Format.PROJECT: lambda project: project.what or project.core_value or project.active or project.validated,
        Format.REQUIREMENTS_LIST: lambda listed: listed.requirements(),
    }
)
"""What each format is for."""
