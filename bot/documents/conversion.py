"""A planning file in its canonical form, or in another format, with every loss said in a sentence with its line.

`canonical_form` is what `planthread fmt --canonical` writes, `convert_document` what `planthread convert` does. Which
pairs make sense is in `bot.documents.conversions.pairs`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from bot.documents.conversions.checklist_losses import IN_COMMENT, graph_losses, order_losses, read_plan
from bot.documents.conversions.losses import LOSING_RULES, Loss, Places, finding_losses, line_losses, sentences
from bot.documents.conversions.outline_losses import (
    KEEPS_FRONT_MATTER,
    OUTLINED,
    character_losses,
    losing_findings,
    outline_losses,
)
from bot.documents.conversions.pairs import JSON, NAMES, PAIRS, Fidelity, Target
from bot.documents.conversions.plan_losses import comment_losses, front_matter_losses
from bot.documents.conversions.requirement_lists import list_from_requirements, requirements_from_list
from bot.documents.conversions.roadmaps import (
    roadmap_from_plan,
    roadmap_from_tasks,
    state_from_tasks,
    tasks_from_roadmap,
)
from bot.documents.conversions.specs_losses import specs_losses
from bot.documents.conversions.tasks_and_plans import ROADMAP, plans_from_tasks, removed_losses, tasks_from_plan
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.findings import Finding
from bot.documents.formats import FORMAT_FILES, Format
from bot.documents.phases.phase_plan_writer import write_phase_plan
from bot.documents.progress.project_state_writer import write_project_state
from bot.documents.progress.project_writer import write_project
from bot.documents.progress.requirements_list_writer import write_requirements_list
from bot.documents.progress.roadmap_writer import write_roadmap
from bot.documents.progress.summary_writer import write_summary
from bot.documents.readers import is_empty, model_json, read_document
from bot.documents.requirements.requirements_writer import write_requirements
from bot.documents.tasks.checklist_walk import walk_checklist
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.documents.text.boxes import TaskState
from bot.documents.text.reading import FindingList
from bot.documents.text.source_text import SourceText

__all__ = ["JSON", "CanonicalForm", "Conversion", "ConversionRefused", "canonical_form", "convert_document"]


class ConversionRefused(ValueError):  # noqa: N818 - part of the public contract
    """A file that isn't rewritten: why, and what to do instead, in one sentence."""


@dataclass(frozen=True)
class CanonicalForm:
    """The text that Planthread itself writes, and a sentence for everything that only the source says."""

    text: str
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Conversion:
    """The files of another format by their relative names, and a sentence for everything that only the source says."""

    files: Mapping[str, str]
    lost: tuple[str, ...]


def canonical_form(known: Format, text: str, file: str = "") -> CanonicalForm:
    """Return what a text of a known format says, written anew.

    Raises ConversionRefused for a text that is too large, or that says nothing of what its format is for.
    """
    opened = opened_document(known, text, file)
    return CanonicalForm(opened.canonical, sentences(opened.losses))


def convert_document(known: Format, text: str, target: Target, file: str = "") -> Conversion:
    """Return a text of a known format as files of another one, or as JSON.

    Raises ConversionRefused for a pair that makes no sense, and for a text that `canonical_form` refuses.
    """
    pair = PAIRS[known, target]
    if pair.fidelity is Fidelity.REFUSED:
        name = NAMES[known]
        raise ConversionRefused(f"{name[0].upper()}{name[1:]} can't become {NAMES[target]}: {pair.why}.")
    if target == JSON:
        return as_json(known, text, file)
    opened = opened_document(known, text, file)
    if known is target:
        return Conversion({FORMAT_FILES[known]: opened.canonical}, sentences(opened.losses))
    files, losses = WAYS[known, Format(target)](opened)
    return Conversion(files, sentences([*opened.losses, *losses]))


@dataclass(frozen=True)
class OpenedDocument:
    """A document that was read: its model, its canonical text, and what that text doesn't say."""

    model: Any
    canonical: str
    losses: tuple[Loss, ...]
    places: Places
    """Where each thing stands, by the subjects of its format."""

    states: Mapping[str, TaskState] = field(default_factory=dict)
    """The boxes of tasks."""


def opened_document(known: Format, text: str, file: str) -> OpenedDocument:
    """Read a document and write it. Raises ConversionRefused where there is nothing to write."""
    source = SourceText(text)
    if known is Format.TASKS:
        return opened_tasks(source, file)
    reading = read_document(known, text, file)
    refuse_unread(known, reading.findings, is_nothing=is_empty(reading))
    canonical = WRITERS[known](reading.model)
    lines = {subject: place.line or 0 for subject, place in reading.places.items()}
    losses = (*reader_losses(known, source, reading.findings, canonical), *character_losses(source, canonical))
    return OpenedDocument(reading.model, canonical, losses, Places(source, lines))


def opened_tasks(source: SourceText, file: str) -> OpenedDocument:
    """Read a checklist as our own plan and write it."""
    read = read_plan(source, file)
    refuse_unread(Format.TASKS, read.findings, is_nothing=not read.plan.phases)
    canonical = write_task_plan(read.plan, read.states, read.written.line)
    losses = (*read.losses, *character_losses(source, canonical))
    return OpenedDocument(read.plan, canonical, losses, Places(source, read.lines), read.states)


def refuse_unread(known: Format, findings: Iterable[Finding], *, is_nothing: bool) -> None:
    """Raise ConversionRefused for what was too large to be read, and for a text without content."""
    for finding in findings:
        is_whole = finding.place.line is None or known not in KEEPS_FRONT_MATTER
        if finding.rule == "PT009" and is_whole:
            raise ConversionRefused(f"Nothing was rewritten: {finding.message} {finding.next_step}")
        if finding.rule == "PT004" and is_nothing:
            raise ConversionRefused(f"Nothing was rewritten: {finding.message} {finding.next_step}")


def reader_losses(known: Format, source: SourceText, findings: tuple[Finding, ...], canonical: str) -> Iterator[Loss]:
    """Yield what a source says and the canonical form of its model doesn't."""
    if known is Format.ENTITY_SPECS:
        yield from specs_losses(source, findings)
        return
    if known in {Format.PLAN, Format.SUMMARY}:
        yield from front_matter_losses(source)
    if known is Format.PLAN:
        yield from comment_losses(source, canonical)
    if known in OUTLINED:
        yield from outline_losses(known, source, canonical)
        findings = tuple(losing_findings(known, source, findings, canonical))
    rules = LOSING_RULES | {"PT002"} if known is Format.REQUIREMENTS else LOSING_RULES  # there, another number
    yield from finding_losses(findings, source, canonical if known is Format.PLAN else "", rules)


def as_json(known: Format, text: str, file: str) -> Conversion:
    """Return the whole model as JSON, a checklist as it stands in its file."""
    source = SourceText(text)
    reading = read_document(known, text, file)
    refuse_unread(known, reading.findings, is_nothing=is_empty(reading))
    written = f"{model_json(reading.model)}\n"
    if known is Format.TASKS:
        walk = walk_checklist(source, FindingList(""), lambda _draft: None)
        told = (  # a checklist keeps every mark as it is written
            each
            for each in reading.findings
            if each.rule in {"PT001", "PT008"} and not each.message.endswith("It is read as todo.")
        )
        losses = [*graph_losses(source, walk.sections), *line_losses(walk.comments, IN_COMMENT)]
        losses += finding_losses(told, source)
    else:
        losses = list(reader_losses(known, source, reading.findings, WRITERS[known](reading.model)))
    name = PurePosixPath(FORMAT_FILES[known]).with_suffix(".json").name
    return Conversion({name: written}, sentences([*losses, *character_losses(source, "\n".join(texts_of(written)))]))


def texts_of(written: str) -> Iterator[str]:
    """Yield every text in a JSON document."""
    waiting = [json.loads(written)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]


WRITERS: Mapping[Format, Callable[[Any], str]] = MappingProxyType(
    {
        Format.ENTITY_SPECS: write_entity_specs,
        Format.REQUIREMENTS: write_requirements,
        Format.PLAN: write_phase_plan,
        Format.SUMMARY: write_summary,
        Format.ROADMAP: write_roadmap,
        Format.STATE: write_project_state,
        Format.PROJECT: write_project,
        Format.REQUIREMENTS_LIST: write_requirements_list,
    }
)
"""The canonical form of each model; a checklist is written as our own plan, with its states."""

type Written = tuple[dict[str, str], tuple[Loss, ...]]


def tasks_to_plans(opened: OpenedDocument) -> Written:
    """Write one PLAN.md for each phase."""
    plans = plans_from_tasks(opened.model, opened.states)
    said = {name: plan for name, plan in plans.items() if plan.tasks or plan.objective}
    numbers = [phase.number for phase, name in zip(opened.model.phases, plans, strict=True) if name not in said]
    empty = [
        Loss(opened.places.get(str(number)), f"phase {number} has neither a goal nor tasks, so it has no plan")
        for number in numbers
    ]
    files = {name: write_phase_plan(plan) for name, plan in said.items()}
    return files, (*empty, *order_losses(opened.model), *removed_losses(opened.model, "a PLAN.md", opened.places))


def tasks_to_roadmap(opened: OpenedDocument) -> Written:
    """Write the phases of tasks.md."""
    roadmap, losses = roadmap_from_tasks(opened.model, opened.states, opened.places)
    removed = removed_losses(opened.model, ROADMAP, opened.places)
    return {FORMAT_FILES[Format.ROADMAP]: write_roadmap(roadmap)}, (*losses, *order_losses(opened.model), *removed)


def tasks_to_state(opened: OpenedDocument) -> Written:
    """Write where the tasks stand."""
    state, losses = state_from_tasks(opened.model, opened.states, opened.places)
    removed = removed_losses(opened.model, "a state", opened.places)
    return {FORMAT_FILES[Format.STATE]: write_project_state(state)}, (*losses, *removed)


def plan_to_tasks(opened: OpenedDocument) -> Written:
    """Write the tasks of one plan."""
    plan, states, losses = tasks_of(opened, FORMAT_FILES[Format.TASKS])
    return {FORMAT_FILES[Format.TASKS]: write_task_plan(plan, states)}, losses


def plan_to_roadmap(opened: OpenedDocument) -> Written:
    """Write the phase of one plan."""
    tasks, states, losses = tasks_of(opened, ROADMAP)
    roadmap, more = roadmap_from_plan(opened.model, tasks, states, opened.places)
    return {FORMAT_FILES[Format.ROADMAP]: write_roadmap(roadmap)}, (*losses, *more)


def tasks_of(opened: OpenedDocument, target: str) -> tuple[Any, Mapping[str, TaskState], tuple[Loss, ...]]:
    """Return the tasks of one plan. Raises ConversionRefused where its phase has no whole number."""
    try:
        return tasks_from_plan(opened.model, opened.places, target)
    except ValueError as problem:
        raise ConversionRefused(f"Nothing was rewritten: {problem}; give it one, and convert it again.") from problem


def roadmap_to_tasks(opened: OpenedDocument) -> Written:
    """Write the tasks that a roadmap stands for."""
    plan, states, losses = tasks_from_roadmap(opened.model, opened.places)
    return {FORMAT_FILES[Format.TASKS]: write_task_plan(plan, states)}, losses


def requirements_to_list(opened: OpenedDocument) -> Written:
    """Write the acceptance criteria as a list."""
    listed, losses = list_from_requirements(opened.model, opened.places)
    return {FORMAT_FILES[Format.REQUIREMENTS_LIST]: write_requirements_list(listed)}, losses


def list_to_requirements(opened: OpenedDocument) -> Written:
    """Write a list as requirements with criteria."""
    requirements, losses = requirements_from_list(opened.model, opened.places)
    return {FORMAT_FILES[Format.REQUIREMENTS]: write_requirements(requirements)}, losses


WAYS: Mapping[tuple[Format, Format], Callable[[OpenedDocument], Written]] = MappingProxyType(
    {
        (Format.TASKS, Format.PLAN): tasks_to_plans,
        (Format.TASKS, Format.ROADMAP): tasks_to_roadmap,
        (Format.TASKS, Format.STATE): tasks_to_state,
        (Format.PLAN, Format.TASKS): plan_to_tasks,
        (Format.PLAN, Format.ROADMAP): plan_to_roadmap,
        (Format.ROADMAP, Format.TASKS): roadmap_to_tasks,
        (Format.REQUIREMENTS, Format.REQUIREMENTS_LIST): requirements_to_list,
        (Format.REQUIREMENTS_LIST, Format.REQUIREMENTS): list_to_requirements,
    }
)
"""How each lossy pair is made."""
