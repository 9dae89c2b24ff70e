"""A tree of planning files as the rules across them see it, and which of its files belong to one undertaking.

Documents are keyed by the paths of their files, as they were given; nothing is read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath

from bot.checks.plan_keys import PlanKey, key_of, phase_number
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.findings import Place
from bot.documents.phases.phase_plan import PhasePlan
from bot.documents.progress.project_state import ProjectState
from bot.documents.progress.requirements_list import RequirementsList
from bot.documents.progress.roadmap import Roadmap, RoadmapPhase
from bot.documents.progress.summary import Summary
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.checklist import Checklist

__all__ = ["PlanningTree", "SpecFolder", "Undertaking", "spec_folders", "undertakings"]


@dataclass(frozen=True)
class PlanningTree:
    """Documents by path, each kind optional; ``places`` are those of their readings, by path and subject."""

    phase_plans: Mapping[str, PhasePlan] = field(default_factory=dict)
    summaries: Mapping[str, Summary] = field(default_factory=dict)
    roadmaps: Mapping[str, Roadmap] = field(default_factory=dict)
    states: Mapping[str, ProjectState] = field(default_factory=dict)
    requirements_lists: Mapping[str, RequirementsList] = field(default_factory=dict)
    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    specs: Mapping[str, EntitySpecs] = field(default_factory=dict)
    requirements: Mapping[str, Requirements] = field(default_factory=dict)
    places: Mapping[str, Mapping[str, Place]] = field(default_factory=dict)


@dataclass(frozen=True)
class Undertaking:
    """What belongs to one roadmap: the files in its folder and below, as far as no other roadmap is nearer."""

    roadmap_path: str = ""
    roadmap: Roadmap = field(default_factory=Roadmap)
    phase_plans: Mapping[str, PhasePlan] = field(default_factory=dict)
    summaries: Mapping[str, Summary] = field(default_factory=dict)
    states: Mapping[str, ProjectState] = field(default_factory=dict)
    requirements_lists: Mapping[str, RequirementsList] = field(default_factory=dict)

    @cached_property
    def plan_keys(self) -> Mapping[PlanKey, str]:
        """Return the path of the plan of each key; a plan that doesn't say which it is has none."""
        return keyed({path: key_of(path, plan.phase, plan.plan) for path, plan in self.phase_plans.items()})

    @cached_property
    def summary_keys(self) -> Mapping[PlanKey, str]:
        """Return the path of the summary of each key."""
        return keyed({path: key_of(path, summary.phase, summary.plan) for path, summary in self.summaries.items()})

    @cached_property
    def finished(self) -> frozenset[PlanKey]:
        """Return the plans whose summary exists and leaves nothing open."""
        return frozenset(key for key, path in self.summary_keys.items() if not leaves_open(self.summaries[path]))

    @cached_property
    def completed(self) -> Mapping[str, str]:
        """Return the requirements that summaries call completed, each with the path of the first."""
        completed: dict[str, str] = {}
        for path, summary in self.summaries.items():
            for number in summary.requirements_completed:
                completed.setdefault(number, path)
        return completed

    def phase(self, number: str) -> RoadmapPhase | None:
        """Return the roadmap's phase of a number in any spelling, or None."""
        return self.phases.get(phase_number(number))

    @cached_property
    def phases(self) -> Mapping[str, RoadmapPhase]:
        """Return the phases of the roadmap by number, without leading zeros."""
        return {phase_number(phase.number): phase for phase in self.roadmap.phases}

    def plans_of(self, phase: RoadmapPhase) -> list[PlanKey]:
        """Return the keys of a phase's plans that are there as files."""
        number = phase_number(phase.number)
        return [key for key in self.plan_keys if key.phase == number]


@dataclass(frozen=True)
class SpecFolder:
    """The documents of one spec: requirements beside a checklist, entity_specs, or both; empty paths: not there."""

    requirements_path: str = ""
    requirements: Requirements | None = None
    checklist_path: str = ""
    checklist: Checklist | None = None
    specs_path: str = ""
    specs: EntitySpecs | None = None


def leaves_open(summary: Summary) -> bool:
    """Tell whether a summary names work that is left."""
    return any(line.strip(" .-").casefold() not in {"", "none", "nothing"} for line in summary.left_open)


def keyed(keys: Mapping[str, PlanKey | None]) -> dict[PlanKey, str]:
    """Return the first path of each key."""
    return {key: path for path, key in reversed(list(keys.items())) if key}


def undertakings(tree: PlanningTree) -> Iterator[Undertaking]:
    """Yield what belongs together; files below no roadmap are one undertaking without a roadmap."""
    owners = {PurePath(path).parent: path for path in reversed(list(tree.roadmaps))}
    for owner in ("", *tree.roadmaps):
        yield Undertaking(
            roadmap_path=owner,
            roadmap=tree.roadmaps.get(owner) or Roadmap(),
            phase_plans=owned(tree.phase_plans, owner, owners),
            summaries=owned(tree.summaries, owner, owners),
            states=owned(tree.states, owner, owners),
            requirements_lists=owned(tree.requirements_lists, owner, owners),
        )


def owned[Document](
    documents: Mapping[str, Document], owner: str, owners: Mapping[PurePath, str]
) -> dict[str, Document]:
    """Return the documents whose nearest roadmap is the owner's; empty: those below none, and quick tasks."""
    return {path: document for path, document in documents.items() if owner_of(path, owners) == owner}


QUICK = "quick"
"""The folder beside a roadmap's phases for small tasks that are no phases, whatever their numbers."""


def owner_of(path: str, owners: Mapping[PurePath, str]) -> str:
    """Return the roadmap to which a file belongs; empty where there is none."""
    owner = nearest(path, owners)
    is_quick = owner and QUICK in PurePath(path).relative_to(PurePath(owner).parent).parts[:-1]
    return "" if is_quick else owner


def nearest(path: str, owners: Mapping[PurePath, str]) -> str:
    """Return the roadmap in the nearest folder above a file; empty where there is none."""
    return next((owners[folder] for folder in PurePath(path).parents if folder in owners), "")


def spec_folders(tree: PlanningTree) -> Iterator[SpecFolder]:
    """Yield each folder that holds requirements or a checklist, with the entity_specs beside them or above them.

    Specs further away count where they are the only ones of the tree.
    """
    specs = {PurePath(path).parent: path for path in reversed(list(tree.specs))}
    only = next(iter(tree.specs)) if len(tree.specs) == 1 else ""
    requirements = {PurePath(path).parent: path for path in reversed(list(tree.requirements))}
    checklists = {PurePath(path).parent: path for path in reversed(list(tree.checklists))}
    for folder in dict.fromkeys((*requirements, *checklists)):
        beside = next((specs[each] for each in (folder, *folder.parents) if each in specs), only)
        requirements_path, checklist_path = requirements.get(folder, ""), checklists.get(folder, "")
        yield SpecFolder(
            requirements_path=requirements_path,
            requirements=tree.requirements.get(requirements_path),
            checklist_path=checklist_path,
            checklist=tree.checklists.get(checklist_path),
            specs_path=beside,
            specs=tree.specs.get(beside),
        )
