"""PROJECT, ROADMAP, STATE, SUMMARY and REQUIREMENTS follow from a plan and its evidence alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.documents.progress.progress import project_of, requirements_list_of, roadmap_of, state_of, summary_of
from bot.documents.progress.project_reader import read_project
from bot.documents.progress.project_state import LONGEST_STATE
from bot.documents.progress.project_state_reader import read_project_state
from bot.documents.progress.project_state_writer import write_project_state
from bot.documents.progress.project_writer import write_project
from bot.documents.progress.requirements_list_reader import read_requirements_list
from bot.documents.progress.requirements_list_writer import write_requirements_list
from bot.documents.progress.roadmap_reader import read_roadmap
from bot.documents.progress.roadmap_writer import write_roadmap
from bot.documents.progress.summary import Requires
from bot.documents.progress.summary_reader import read_summary
from bot.documents.progress.summary_writer import write_summary
from bot.documents.requirements.requirements import AcceptanceCriterion, Requirement, Requirements
from bot.documents.tasks.task_plan import Phase, Task, TaskKind, TaskPlan
from bot.documents.text.boxes import TaskState
from tests.documents.strategies import task_plans
from tests.documents.tasks.test_task_plan import LIBRARY

FOUNDATION = LIBRARY.phases[0]
LENDING = Phase(
    number=2,
    name="Lending",
    slug="lending",
    goal="Books are lent.",
    tasks=(Task(number="2.1", title="Loans", depends=("1.1",), requirements=("2.1",)),),
)
TWO_PHASES = TaskPlan(title="Library", phases=(FOUNDATION, LENDING))
DONE = {"1.1": TaskState.DONE, "1.2": TaskState.DONE}
HOSTILE = "a | b\n# c <!-- `"


def test_a_project_says_what_was_decided_and_assumed() -> None:
    project = project_of("Library", "Lends books.", ["Only librarians add books (Mara)", " "], ["One copy each"])
    assert write_project(project) == (
        "# Library\n\n## What this is\n\nLends books.\n\n## Key decisions\n\n- Only librarians add books (Mara)\n\n"
        "## Assumptions\n\n- One copy each\n"
    )
    assert write_project(project_of("Library", "Lends books.")) == "# Library\n\n## What this is\n\nLends books.\n"


def test_a_roadmap_shows_phases_boxes_and_progress() -> None:
    text = write_roadmap(roadmap_of(LIBRARY, {"1.1": TaskState.DONE}))
    assert "- [-] **Phase 1: Foundation** - It starts." in text
    assert "**Depends on**: Nothing" in text
    assert "**Requirements**: 1.1, 1.2" in text
    assert "1. GET /health answers 200" in text
    assert "- [-] 01-01: 2 tasks" in text
    assert "| 1. Foundation | 1 of 2 | in progress |" in text
    assert "- [x] **Phase 1" in write_roadmap(roadmap_of(LIBRARY, DONE))


def test_a_phase_depends_on_the_phases_that_its_tasks_wait_for() -> None:
    first, second = roadmap_of(TWO_PHASES, {}).phases
    assert first.depends_on_phases == ()
    assert second.depends_on_phases == ("1",)


def test_a_state_names_the_phase_and_what_is_open() -> None:
    assert write_project_state(state_of(LIBRARY, {"1.1": TaskState.DONE}, "building")) == (
        "# State: Library\n\n## Current position\n\n**Phase**: 1 of 1 (Foundation)  \n**Plan**: 01-01  \n"
        "**Status**: building  \n**Progress**: ▓▓▓▓▓░░░░░ 1 of 2 tasks\n\n## Open tasks\n\n- 1.2 Lend\n"
    )
    finished = state_of(LIBRARY, DONE, "delivered")
    assert (finished.phase, finished.percent, finished.open_tasks) == ("all phases are done", 100, ())
    assert finished.progress == "▓▓▓▓▓▓▓▓▓▓ 2 of 2 tasks"


def test_a_state_of_a_huge_plan_stays_under_100_lines() -> None:
    tasks = tuple(Task(number=f"1.{number}", title=HOSTILE * 50) for number in range(1, 400))
    plan = TaskPlan(title="x", phases=(Phase(number=1, name="n", slug="s", goal="g", tasks=tasks),))
    text = write_project_state(state_of(plan, {}, HOSTILE * 500))
    assert len(text.splitlines()) < LONGEST_STATE
    assert "… and 379 more, in tasks.md" in text


def test_a_summary_has_front_matter_and_a_commit_for_each_task() -> None:
    text = write_summary(summary_of(LIBRARY, FOUNDATION, {"1.1": "a41f9c2"}, {"1.1": "ruff check"}))
    summary = read_summary(text).summary
    assert (summary.phase, summary.plan) == ("01-foundation", "01")
    assert summary.provides == ("Settings",)
    assert summary.created == ("app/__init__.py", "app/config.py")
    assert summary.requirements_completed == ("1.1", "1.2")
    assert "| 1.1 Settings | `a41f9c2` | ruff check |" in text
    assert "| 1.2 Lend | open |  |" in text
    assert "## Accomplishments\n\n- They are read." in text
    assert "## Left open\n\n- 1.2 Lend" in text
    assert "- `app/config.py`: Settings" in text


def test_a_summary_names_what_it_builds_on_and_what_comes_next() -> None:
    first = summary_of(TWO_PHASES, FOUNDATION, {"1.1": "a41f9c2", "1.2": "b41f9c2"}, {})
    assert first.affects == ("02-lending",)
    assert first.next_steps == ("Phase 2: Lending",)
    second = summary_of(TWO_PHASES, LENDING, {}, {})
    assert second.requires == (Requires(phase="01-foundation", provides="Settings"),)
    assert second.next_steps == ()


def test_a_summary_says_what_a_model_wrote_and_what_is_not_done() -> None:
    whole = write_summary(summary_of(LIBRARY, FOUNDATION, {"1.1": "abcd", "1.2": "beef"}, {}))
    assert "## Written by a model\n\n- 1.2 Lend" in whole
    assert "Left open" not in whole
    assert "Nothing yet." in write_summary(summary_of(LIBRARY, FOUNDATION, {}, {}))


def test_a_commit_that_is_no_hash_is_refused() -> None:
    with pytest.raises(ValidationError):
        summary_of(LIBRARY, FOUNDATION, {"1.1": "`; rm"}, {})


def test_a_criterion_is_done_when_every_task_that_names_it_is() -> None:
    requirements = Requirements(
        title="Library",
        introduction="",
        requirements=(
            Requirement(
                number=1,
                title="Books",
                user_story="",
                criteria=(
                    AcceptanceCriterion(number="1.1", text="THE System SHALL keep books."),
                    AcceptanceCriterion(number="1.9", text="THE System SHALL sing."),
                ),
            ),
        ),
    )
    listed = requirements_list_of(requirements, LIBRARY, DONE)
    text = write_requirements_list(listed)
    assert "### 1. Books\n\n- [x] **1.1**: THE System SHALL keep books.\n- [ ] **1.9**:" in text
    assert "| 1.1 | Phase 1 | done |" in text
    assert "| 1.9 |  | open |" in text
    reading = read_requirements_list(text)
    assert reading.requirements_list == listed
    assert reading.findings == ()


def test_hostile_text_opens_nothing() -> None:
    task = Task(number="1.1", title=HOSTILE, kind=TaskKind.CUSTOM, done=HOSTILE, files=(HOSTILE,))
    phase = Phase(number=1, name=HOSTILE, slug="s", goal=HOSTILE, tasks=(task,))
    plan = TaskPlan(title=HOSTILE, phases=(phase,))
    texts = [
        write_project(project_of(HOSTILE, HOSTILE, [HOSTILE], [HOSTILE])),
        write_roadmap(roadmap_of(plan, {})),
        write_project_state(state_of(plan, {}, HOSTILE)),
        write_summary(summary_of(plan, phase, {"1.1": "abcd"}, {"1.1": HOSTILE})),
    ]
    for text in texts:
        assert "\n# c" not in text
        assert "<!--" not in text.replace("\\<!--", "").replace("a | b # c <!-- `", "").replace("\\n# c <!-- `", "")
        rows = [line for line in text.splitlines() if line.startswith("| ")]
        assert len({row.replace("\\|", "").count("|") for row in rows}) <= 1


@settings(max_examples=50, deadline=None)
@given(task_plans(), st.lists(st.sampled_from(list(TaskState)), min_size=12, max_size=12))
def test_what_is_derived_is_read_back_without_a_finding(plan: TaskPlan, marks: list[TaskState]) -> None:
    states = {task.number: mark for task, mark in zip(plan.tasks(), marks, strict=False)}
    roadmap = read_roadmap(write_roadmap(roadmap_of(plan, states)))
    assert roadmap.roadmap == roadmap_of(plan, states)
    assert not plan.phases or roadmap.findings == ()
    state = read_project_state(write_project_state(state_of(plan, states, "building")))
    assert (state.state, state.findings) == (state_of(plan, states, "building"), ())
    commits = {number: "a41f9c2" for number, mark in states.items() if mark is TaskState.DONE}
    for phase in plan.phases:
        summary = summary_of(plan, phase, commits, {})
        reading = read_summary(write_summary(summary))
        assert (reading.summary, reading.findings) == (summary, ())


def test_a_derived_project_is_read_back_without_a_finding() -> None:
    project = project_of("Core value", "One.\n\nTwo: # x", ["a — b"], ["None"])
    reading = read_project(write_project(project))
    assert (reading.project, reading.findings) == (project, ())
