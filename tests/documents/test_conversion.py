"""Canonical forms: what they keep, and that every loss is said, shown by words and without knowledge of the formats."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.documents.conversion import CanonicalForm, ConversionRefused, canonical_form
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.findings import Finding
from bot.documents.formats import Format
from bot.documents.phases.phase_plan_writer import write_phase_plan
from bot.documents.progress.project_state_writer import write_project_state
from bot.documents.progress.project_writer import write_project
from bot.documents.progress.requirements_list_writer import write_requirements_list
from bot.documents.progress.roadmap_writer import write_roadmap
from bot.documents.progress.summary_writer import write_summary
from bot.documents.readers import read_document
from bot.documents.requirements import requirements_reader
from bot.documents.requirements.requirements_writer import write_requirements
from bot.documents.tasks.task_plan import TaskPlan
from bot.documents.tasks.task_plan_reader import read_task_plan
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.documents.text.boxes import TaskState
from bot.documents.text.source_text import LARGEST_DOCUMENT, Line, SourceText
from tests.documents.progress_strategies import project_states, projects, requirements_lists, roadmaps, summaries
from tests.documents.strategies import entity_specs, requirements, task_plans
from tests.documents.strategies_phase_plan import phase_plans

SAMPLES = Path(__file__).parent / "samples"
FORMATS = {
    "entity_specs": Format.ENTITY_SPECS,
    "requirements": Format.REQUIREMENTS,
    "tasks": Format.TASKS,
    "phase_plans": Format.PLAN,
    "summaries": Format.SUMMARY,
    "roadmaps": Format.ROADMAP,
    "states": Format.STATE,
    "projects": Format.PROJECT,
    "requirement_lists": Format.REQUIREMENTS_LIST,
    "samples": Format.ENTITY_SPECS,
}
"""A folder of samples → what its files are."""

STRUCTURE = {
    Format.ENTITY_SPECS: "fk references relationship backend nullable not null length",
    Format.PLAN: "yes",
    Format.SUMMARY: "what was built liner purpose file type from made dependency graph none followed plan",
    Format.ROADMAP: "what must true status",
    Format.STATE: "accumulated context stage pending todos concerns none yet",
    Format.PROJECT: "rationale",
    Format.REQUIREMENTS_LIST: "feature reason status",
    Format.TASKS: "phase overview notes 0 wave waves dependson requisitos 要件 全体 验证 abhängigkeiten",
    Format.REQUIREMENTS: (
        "2 glosario palabra sentido requisitos funcionales historia de usuario criterios aceptación ears "
        "要件定義書 概要 用語集 要件 需求 требование ユーザーストーリー 用户故事 пользовательская история "
        "受け入れ基準 验收标准 критерии приёмки"
    ),
}
"""Words of headings, columns, keys and modifiers that a canonical form has another word for, or needs none."""

WORD = re.compile(r"[^\W_]+")


def sample_files() -> list[Path]:
    """Return every sample."""
    return [path for path in sorted(SAMPLES.rglob("*")) if path.is_file() and not path.name.startswith(".")]


def format_of(path: Path) -> Format:
    """Return the format of a sample."""
    return FORMATS[path.parent.name]


def text_of(path: Path) -> str:
    """Return a sample as readers take it."""
    return SourceText.from_bytes(path.read_bytes()).text


def words(text: str) -> set[str]:
    """Return the words of a text."""
    return set(WORD.findall(text.casefold()))


def findings_of(known: Format, text: str) -> tuple[Finding, ...]:
    """Return what the reader of a format says of a text."""
    return read_task_plan(text).findings if known is Format.TASKS else read_document(known, text).findings


def unaccounted(known: Format, text: str) -> set[str]:
    """Return the words of a text that neither the canonical form, nor a loss, nor a finding has."""
    form = canonical_form(known, text)
    said = [form.text, *form.lost, *(finding.message for finding in findings_of(known, text))]
    return words(text) - words("\n".join(said)) - words(STRUCTURE[known])


# ------------------------------------------------------------------------------------------------- nothing is dropped


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: path.name)
def test_every_word_of_a_sample_is_written_or_told(path: Path) -> None:
    assert unaccounted(format_of(path), text_of(path)) == set()


STRANGE_LINES = (
    "zanzibar came along",
    "- zanzibar, an item",
    "**Zanzibar**: a label",
    "| zanzibar | a row |",
    "## Zanzibar",
    "- [ ] zanzibar",
    "<!-- zanzibar -->",
    "<zanzibar>a tag</zanzibar>",
    "zanzibar: a key",
    "    - zanzibar, far below",
    "None, said zanzibar",
    "1. zanzibar",
    "# zanzibar",
)
STEP = 3
"""Every so many lines of the samples get a strange one: enough for each kind of place, few enough to be quick."""


@pytest.mark.parametrize("known", list(Format))
def test_a_strange_line_anywhere_is_written_or_told(known: Format) -> None:
    silent = []
    tried = 0
    for path in (path for path in sample_files() if format_of(path) is known):
        lines = text_of(path).split("\n")
        for at in range(0, len(lines) + 1, STEP):
            strange = STRANGE_LINES[(at // STEP + len(path.name)) % len(STRANGE_LINES)]
            tried += 1
            try:
                form = canonical_form(known, "\n".join([*lines[:at], strange, *lines[at:]]))
            except ConversionRefused:
                continue
            if "zanzibar" not in words("\n".join([form.text, *form.lost])):
                silent.append((path.name, at + 1, strange))
    assert silent == []
    assert tried >= 5


def test_the_words_betray_a_reader_that_drops_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    take = requirements_reader.Reader.take

    def forgetful(self: requirements_reader.Reader, line: Line) -> None:
        if "nearest one" not in line.text:
            take(self, line)

    text = text_of(SAMPLES / "requirements" / "marina.requirements.md")
    assert unaccounted(Format.REQUIREMENTS, text) == set()
    monkeypatch.setattr(requirements_reader.Reader, "take", forgetful)
    assert unaccounted(Format.REQUIREMENTS, text) >= {"nearest", "asks"}


# ----------------------------------------------------------------------------------------------------------- stability


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: path.name)
def test_the_canonical_form_of_a_sample_is_its_own(path: Path) -> None:
    form = canonical_form(format_of(path), text_of(path))
    assert canonical_form(format_of(path), form.text) == CanonicalForm(form.text, ())


WRITTEN: dict[Format, st.SearchStrategy[str]] = {
    Format.ENTITY_SPECS: entity_specs().map(write_entity_specs),
    Format.REQUIREMENTS: requirements().map(write_requirements),
    Format.TASKS: task_plans().map(write_task_plan),
    Format.PLAN: phase_plans().map(write_phase_plan),
    Format.SUMMARY: summaries.map(write_summary),
    Format.ROADMAP: roadmaps().map(write_roadmap),
    Format.STATE: project_states.map(write_project_state),
    Format.PROJECT: projects().map(write_project),
    Format.REQUIREMENTS_LIST: requirements_lists().map(write_requirements_list),
}
"""Canonical texts of every format."""


@pytest.mark.parametrize("known", list(Format))
def test_a_canonical_form_is_its_own_and_loses_nothing(known: Format) -> None:
    @given(WRITTEN[known])
    @settings(max_examples=30, deadline=None)
    def holds(text: str) -> None:
        try:
            form = canonical_form(known, text)
        except ConversionRefused:
            assume(False)
        assert form == CanonicalForm(text, ())

    holds()


@given(task_plans(), st.lists(st.sampled_from(list(TaskState)), min_size=30, max_size=30))
@settings(max_examples=30, deadline=None)
def test_the_boxes_of_tasks_are_kept(plan: TaskPlan, marks: list[TaskState]) -> None:
    states = {task.number: mark for task, mark in zip(plan.tasks(), marks, strict=False)}
    text = write_task_plan(plan, states)
    assume(plan.phases)
    assert canonical_form(Format.TASKS, text) == CanonicalForm(text, ())


# ------------------------------------------------------------------------------------------------------------- refusals

EMPTY: dict[Format, str] = {
    Format.ENTITY_SPECS: "Dear reader,\n",
    Format.REQUIREMENTS: "# Requirements Document\n",
    Format.TASKS: "# Implementation Plan\n\nLater.\n",
    Format.PLAN: "---\nphase: 01-x\n---\n",
    Format.SUMMARY: "Dear reader,\n",
    Format.ROADMAP: "# Roadmap\n",
    Format.STATE: "# State\n\nDear reader,\n",
    Format.PROJECT: "",
    Format.REQUIREMENTS_LIST: "# Requirements\n\n- be nice\n",
}


@pytest.mark.parametrize("known", list(Format))
def test_an_empty_document_is_refused_with_what_to_do(known: Format) -> None:
    with pytest.raises(ConversionRefused, match=r"^Nothing was rewritten: (?:There is no|Nothing in this) .*\. .*\.$"):
        canonical_form(known, EMPTY[known])


@pytest.mark.parametrize("known", list(Format))
def test_a_document_that_is_too_large_is_refused(known: Format) -> None:
    with pytest.raises(ConversionRefused, match="larger than 5 MB"):
        canonical_form(known, "x" * (LARGEST_DOCUMENT + 1))


def test_a_plan_whose_front_matter_is_too_large_is_refused() -> None:
    text = f"---\nphase: 01-x\nnote: {'x' * 70_000}\n---\n<objective>Build.</objective>\n"
    with pytest.raises(ConversionRefused, match="larger than 64 KB"):
        canonical_form(Format.PLAN, text)
    roadmap = canonical_form(Format.ROADMAP, f"---\nnote: {'x' * 70_000}\n---\n# Roadmap\n\n- [ ] **Phase 1: A**\n")
    assert "x" * 70_000 in roadmap.text
    assert roadmap.lost == ()


# ------------------------------------------------------------------------------------------------------ what is no loss

SAME: list[tuple[Format, str, Callable[[str], bool]]] = [
    (Format.ENTITY_SPECS, "ENTITY: Bill\nFIELDS:\n  - openSum: Long\n", lambda text: "open_sum: int" in text),
    (Format.ENTITY_SPECS, "ENTITY: Bill\r\nFIELDS:\r\n  - a: str\r\n", lambda text: "\r" not in text),
    (
        Format.REQUIREMENTS,
        "### Requirement 1\n#### Acceptance Criteria\n1. WHEN it rains the System SHALL close",
        lambda text: "1. WHEN it rains the System SHALL close" in text,
    ),
    (Format.TASKS, "\ufeff# Tasks\n## Phase 2: Till\n* [X] 2.1. Drawer\n", lambda text: "  - [x] 2.1 Drawer" in text),
    (Format.PLAN, "---\nphase: 1\nwave: 02\n---\n<objective>\nX\n\n</objective>", lambda text: "wave: 2" in text),
    (Format.STATE, "# Project State\nStage: building\n", lambda text: "**Status**: building" in text),
]


@pytest.mark.parametrize(("known", "text", "holds"), SAME)
def test_what_is_only_written_another_way_is_not_lost(known: Format, text: str, holds: Callable[[str], bool]) -> None:
    form = canonical_form(known, text)
    assert form.lost == ()
    assert holds(form.text)
