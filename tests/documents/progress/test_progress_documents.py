"""What holds for SUMMARY, ROADMAP, STATE, PROJECT and REQUIREMENTS alike: nothing raises, nothing gets lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from bot.documents.findings import Finding
from bot.documents.progress.project import Constraint, Project
from bot.documents.progress.project_reader import read_project
from bot.documents.progress.project_state import ProjectState
from bot.documents.progress.project_state_reader import read_project_state
from bot.documents.progress.project_state_writer import write_project_state
from bot.documents.progress.project_writer import write_project
from bot.documents.progress.requirements_list import ListedRequirement, RequirementGroup, RequirementsList
from bot.documents.progress.requirements_list_reader import read_requirements_list
from bot.documents.progress.requirements_list_writer import write_requirements_list
from bot.documents.progress.roadmap import Roadmap, RoadmapPhase
from bot.documents.progress.roadmap_reader import read_roadmap
from bot.documents.progress.roadmap_writer import write_roadmap
from bot.documents.progress.summary import Summary
from bot.documents.progress.summary_reader import read_summary
from bot.documents.progress.summary_writer import write_summary
from bot.documents.text.notes import Note
from bot.documents.text.prose import Label
from bot.documents.text.source_text import LARGEST_DOCUMENT
from tests.documents import progress_strategies as strategies

SAMPLES = Path(__file__).parent.parent / "samples"
FOLDERS = ("roadmaps", "states", "projects", "requirement_lists", "summaries")
LINES = sorted(
    {
        line
        for folder in FOLDERS
        for path in (SAMPLES / folder).glob("*.md")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
)


def roadmap_again(text: str) -> tuple[BaseModel, str, tuple[Finding, ...]]:
    reading = read_roadmap(text)
    return reading.roadmap, write_roadmap(reading.roadmap), reading.findings


def state_again(text: str) -> tuple[BaseModel, str, tuple[Finding, ...]]:
    reading = read_project_state(text)
    return reading.state, write_project_state(reading.state), reading.findings


def project_again(text: str) -> tuple[BaseModel, str, tuple[Finding, ...]]:
    reading = read_project(text)
    return reading.project, write_project(reading.project), reading.findings


def list_again(text: str) -> tuple[BaseModel, str, tuple[Finding, ...]]:
    reading = read_requirements_list(text)
    return reading.requirements_list, write_requirements_list(reading.requirements_list), reading.findings


def summary_again(text: str) -> tuple[BaseModel, str, tuple[Finding, ...]]:
    reading = read_summary(text)
    return reading.summary, write_summary(reading.summary), reading.findings


AGAIN = (roadmap_again, state_again, project_again, list_again, summary_again)
Again = Callable[[str], tuple[BaseModel, str, tuple[Finding, ...]]]
kinds = pytest.mark.parametrize("again", AGAIN)

REPEATED = ("```{}", "<!--", "- [ ] **A-1**: x\n  - y", "**Goal**: {}", "| {} |", "## {}", "**", "`")

pieces = st.one_of(
    st.sampled_from(LINES),
    st.sampled_from(strategies.TRAPS),
    st.tuples(st.sampled_from(["#", "## ", "- ", "  - ", "> ", "| ", "    "]), st.sampled_from(LINES)).map("".join),
    st.text(max_size=10),
)
mutated = st.lists(pieces, max_size=16).map("\n".join)


@settings(max_examples=40, deadline=None)
@given(strategies.roadmaps())
def test_a_written_roadmap_is_read_back(roadmap: Roadmap) -> None:
    assert read_roadmap(write_roadmap(roadmap)).roadmap == roadmap


@settings(max_examples=40, deadline=None)
@given(strategies.project_states)
def test_a_written_state_is_read_back(state: ProjectState) -> None:
    assert read_project_state(write_project_state(state)).state == state


@settings(max_examples=40, deadline=None)
@given(strategies.projects())
def test_a_written_project_is_read_back(project: Project) -> None:
    assert read_project(write_project(project)).project == project


@settings(max_examples=40, deadline=None)
@given(strategies.requirements_lists())
def test_a_written_list_of_requirements_is_read_back(listed: RequirementsList) -> None:
    assert read_requirements_list(write_requirements_list(listed)).requirements_list == listed


@settings(max_examples=40, deadline=None)
@given(strategies.summaries)
def test_a_written_summary_is_read_back(summary: Summary) -> None:
    assert read_summary(write_summary(summary)).summary == summary


@kinds
def test_whatever_is_read_is_written_so_that_it_is_read_the_same(again: Again) -> None:
    @settings(max_examples=50, deadline=None)
    @given(mutated)
    def holds(text: str) -> None:
        model, written, _ = again(text)
        assert again(written)[0] == model

    holds()


@kinds
def test_nothing_to_read_and_too_much_to_read_are_said(again: Again) -> None:
    assert [finding.rule for finding in again("")[2]] == ["PT004"]
    assert [finding.rule for finding in again("#" * (LARGEST_DOCUMENT + 1))[2]] == ["PT009"]


@kinds
@pytest.mark.timeout(60)
@pytest.mark.parametrize("line", REPEATED)
def test_a_line_repeated_often_is_read_and_written(again: Again, line: str) -> None:
    """A reader that is quadratic hangs here."""
    model, written, _ = again("\n".join(line.format(index) for index in range(2_000)))
    assert again(written)[0] == model


def test_text_of_a_section_that_nobody_knows_is_kept_word_by_word() -> None:
    odd = "### Odd\n\n```\n# code\n```\n\n  * so\n\n#### Below\n\n<!-- a\n# b -->"
    text = f"# Roadmap\n\n## Phases\n\n- [ ] **Phase 1: A**\n\n{odd}"
    notes = read_roadmap(text).roadmap.notes
    assert [(note.level, note.heading, note.text) for note in notes] == [
        (2, "Odd", "```\n# code\n```\n\n  * so"),
        (3, "Below", "<!-- a\n# b -->"),
    ]


def test_what_never_closes_swallows_nothing() -> None:
    reading = read_roadmap("# Roadmap\n<!-- open\n```\n- [ ] **Phase 1: A**\n")
    assert [phase.name for phase in reading.roadmap.phases] == ["A"]
    assert [finding.rule for finding in reading.findings if finding.rule == "PT008"] == ["PT008", "PT008"]


@pytest.mark.parametrize(
    "build",
    [
        lambda: Note(heading="x", text="# heading"),
        lambda: Note(heading="x", text="```"),
        lambda: Note(heading="x", text="\nx"),
        lambda: Roadmap(notes=(Note(heading="Phases"),)),
        lambda: Roadmap(notes=(Note(heading="Phase 1: x"),)),
        lambda: Roadmap(notes=(Note(heading="x", level=3),)),
        lambda: Roadmap(front_matter="a: 1\n---\nb: 2"),
        lambda: Roadmap(phases=(RoadmapPhase(number="1", name="a"), RoadmapPhase(number="01", name="b"))),
        lambda: RoadmapPhase(number="1", name="a", labels=(Label(name="Goal"),)),
        lambda: ProjectState(labels=(Label(name="Phase"),)),
        lambda: Constraint(kind=""),
        lambda: ListedRequirement(id="no id"),
        lambda: RequirementGroup(heading="Out of scope"),
        lambda: RequirementsList(notes=(Note(heading="v1 Requirements"),)),
        lambda: RequirementsList(groups=(RequirementGroup(heading="Requirements", level=3),)),
    ],
)
def test_a_model_that_would_be_read_as_another_is_refused(build: Callable[[], object]) -> None:
    with pytest.raises(ValidationError):
        build()
