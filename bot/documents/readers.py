"""One door to every reader: a text and its format in, a model with findings and places out.

Commands, fuzzing and the checks over whole trees come through here; who needs one format calls its reader.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

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
from bot.documents.text.encoding import encoding_findings

__all__ = ["DocumentReading", "Model", "is_empty", "model_json", "read_document"]

type Model = (
    EntitySpecs | Requirements | Checklist | PhasePlan | Summary | Roadmap | ProjectState | Project | RequirementsList
)
"""What a document says, whatever its format."""

NOTHING: Mapping[str, TaskState] = MappingProxyType({})


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


def is_empty(reading: DocumentReading) -> bool:
    """Tell whether nothing of what the format is for was found, such as no entity or no task."""
    return not HELD[reading.format](reading.model)


def model_json(model: Model) -> str:
    """Return a model as JSON, two blanks a level; a byte that was no text is the escape of a lone surrogate."""
    values = TypeAdapter(type(model)).dump_python(model)
    return json.dumps(values, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode("utf-8")


class Reading(Protocol):
    """What every reader returns beside its model."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what there is to say about the text."""
        ...

    @property
    def places(self) -> Mapping[str, Place | int]:
        """Return where each thing stands: its place, or only its line."""
        ...


type Parts = tuple[Model, tuple[Finding, ...], Mapping[str, Place], Mapping[str, TaskState]]


def nothing(_: object) -> Mapping[str, TaskState]:
    """Return what a document says whose parts say nothing of their parents."""
    return NOTHING


def door[Read: Reading](
    read: Callable[[str, str], Read],
    model: Callable[[Read], Model],
    derived: Callable[[Read], Mapping[str, TaskState]] = nothing,
) -> Callable[[str, str], Parts]:
    """Return a reader whose reading comes in parts; ``model`` and ``derived`` take it apart."""

    def read_parts(text: str, file: str) -> Parts:
        reading = read(text, file)
        places = {subject: whole(place, file) for subject, place in reading.places.items()}
        return model(reading), reading.findings, places, derived(reading)

    return read_parts


def whole(place: Place | int, file: str) -> Place:
    """Return a place; a line alone is its beginning."""
    return place if isinstance(place, Place) else Place(file=file, line=place, column=1)


READERS: Mapping[Format, Callable[[str, str], Parts]] = MappingProxyType(
    {
        Format.ENTITY_SPECS: door(read_entity_specs, lambda reading: reading.specs),
        Format.REQUIREMENTS: door(read_requirements, lambda reading: reading.requirements),
        Format.TASKS: door(read_tasks, lambda reading: reading.checklist, lambda reading: reading.derived),
        Format.PLAN: door(read_phase_plan, lambda reading: reading.plan),
        Format.SUMMARY: door(read_summary, lambda reading: reading.summary),
        Format.ROADMAP: door(read_roadmap, lambda reading: reading.roadmap, lambda reading: reading.derived),
        Format.STATE: door(read_project_state, lambda reading: reading.state),
        Format.PROJECT: door(read_project, lambda reading: reading.project),
        Format.REQUIREMENTS_LIST: door(read_requirements_list, lambda reading: reading.requirements_list),
    }
)
"""How each format is read; a checklist as it is, our own or a foreign one."""

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
