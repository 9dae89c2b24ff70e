"""Task plans are written as a checklist and read back; foreign checklists are read with all their oddities."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.task_plan import (
    Artifact,
    KeyLink,
    MustHaves,
    Phase,
    Task,
    TaskKind,
    TaskPlan,
    TaskState,
    phase_state,
)
from bot.documents.task_plan_reader import read_tasks, tick
from bot.documents.task_plan_writer import write_task_plan
from tests.documents.strategies import task_plans

OFFICE = (Path(__file__).parent / "samples" / "office.tasks.md").read_text(encoding="utf-8")

LIBRARY = TaskPlan(
    title="Library",
    phases=(
        Phase(
            number=1,
            name="Foundation",
            slug="foundation",
            goal="It starts.",
            tasks=(
                Task(
                    number="1.1",
                    title="Settings",
                    details=("Read them once",),
                    files=("app/__init__.py", "app/config.py"),
                    requirements=("1.1", "1.2"),
                    verification=("ruff check",),
                    done="They are read.",
                ),
                Task(number="1.2", title="Lend", kind=TaskKind.CUSTOM, depends=("1.1",), wave=2),
            ),
            must_haves=MustHaves(
                truths=("GET /health answers 200",),
                artifacts=(Artifact(path="app/config.py", provides="Settings"),),
                key_links=(KeyLink(source="a.py", target="b.py", via="imports", pattern="import b"),),
            ),
        ),
    ),
)


def test_the_canonical_form() -> None:
    assert write_task_plan(LIBRARY, {"1.1": TaskState.DONE}) == (
        "# Implementation Plan: Library\n\n"
        "- [-] 1. Foundation\n"
        "  - Goal: It starts.\n"
        "  - [x] 1.1 Settings\n"
        "    - Read them once\n"
        "    - Files: `app/__init__.py`, `app/config.py`\n"
        "    - Verify: `ruff check`\n"
        "    - Done when: They are read.\n"
        "    - _Requirements: 1.1, 1.2_\n"
        "  - [ ] 1.2 Lend\n"
        "    - Written by: a model\n"
        "    - _Depends: 1.1_\n\n"
        "## Task Dependency Graph\n\n"
        "```json\n"
        '{"waves": [\n  {"id": 1, "tasks": ["1.1"]},\n  {"id": 2, "tasks": ["1.2"]}\n]}\n'
        "```\n\n"
        "## Must-haves\n\n### Phase 1: Foundation\n\n"
        "- Truth: GET /health answers 200\n"
        "- Artifact: `app/config.py`: Settings\n"
        "- Key link: `a.py` → `b.py`: imports (`import b`)\n"
    )


states = st.dictionaries(
    st.sampled_from([f"{a}.{b}" for a in (1, 2, 3) for b in (1, 2, 3)]), st.sampled_from(TaskState)
)


@settings(deadline=None)
@given(task_plans(), states)
def test_writing_and_reading_gives_the_same_tasks(plan: TaskPlan, marks: dict[str, TaskState]) -> None:
    reading = read_tasks(write_task_plan(plan, marks))
    assert {finding.rule for finding in reading.findings} <= {"PT004"}
    read = [task for task in reading.tasks if "." in task.number]
    assert [(task.number, task.title, task.requirements, task.depends) for task in read] == [
        (task.number, task.title, task.requirements, task.depends) for task in plan.tasks()
    ]
    assert [task.state for task in read] == [marks.get(task.number, TaskState.TODO) for task in plan.tasks()]
    parents = {task.number: task.state for task in reading.tasks if "." not in task.number}
    assert parents == {str(phase.number): phase_state(phase, marks) for phase in plan.phases}


def test_a_foreign_checklist_is_read_with_all_its_oddities() -> None:
    reading = read_tasks(OFFICE, "tasks.md")
    assert [(task.number, task.state.name, task.optional, task.requirements) for task in reading.tasks] == [
        ("1", "DONE", False, ("1.1", "1.2")),
        ("2", "TODO", False, ()),
        ("2.1", "DONE", False, ()),
        ("", "TODO", False, ("2.1", "2.2", "2.3", "4")),
        ("2.2", "DONE", True, ()),
        ("2.3", "TODO", True, ("6.1", "6.2", "6.3")),
        ("3", "TODO", False, ()),
        ("3.1", "DOING", False, ()),
        ("3.2", "DOING", False, ()),
        ("3.3", "TODO", False, ()),
        ("3.3", "DONE", False, ()),
    ]
    assert reading.tasks[4].requirements_text == "All"
    assert "Validates: Requirements 2.5" in " ".join(reading.tasks[4].details)
    assert "_Blocked: waits for Mara_" in reading.tasks[7].details
    assert reading.derived == {"2": TaskState.DONE, "3": TaskState.DOING}
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == [
        ("PT001", 29),
        ("PT010", 11),
        ("PT007", 30),
    ]


def test_ticking_changes_one_character() -> None:
    task = read_tasks(OFFICE).task("3.1")
    assert task is not None
    ticked = tick(OFFICE, task, TaskState.DONE)
    changed = [(old, new) for old, new in zip(OFFICE, ticked, strict=True) if old != new]
    assert changed == [("-", "x")]
    assert read_tasks(ticked).tasks[7].state is TaskState.DONE


def test_a_heading_has_no_box_to_tick() -> None:
    task = read_tasks(OFFICE).task("3")
    assert task is not None
    with pytest.raises(ValueError, match="has no box"):
        tick(OFFICE, task, TaskState.DONE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.1, 1.2", ("1.1", "1.2")),
        ("1.1-1.3", ("1.1", "1.2", "1.3")),
        ("2-3", ("2", "3")),
        ("1.1-2.1", ("1.1", "2.1")),
        ("1.3-1.1", ("1.3", "1.1")),
        ("1.1-1.900000", ("1.1", "1.900000")),
        ("All", ()),
        ("as in 4.2 (both halves)", ("4.2",)),
    ],
)
def test_references(text: str, found: tuple[str, ...]) -> None:
    assert read_tasks(f"- [ ] 1.1 A\n  - _Requirements: {text}_\n").tasks[0].requirements == found


@given(st.lists(st.sampled_from([*OFFICE.splitlines(keepends=True), "- [", "] ", "_", "x"]) | st.text()).map("".join))
def test_no_text_makes_it_raise(text: str) -> None:
    assert read_tasks(text) == read_tasks(text)


def test_many_tasks_and_hostile_lines_end() -> None:
    """No time is asserted; a quadratic reader would run into the suite's own time-out."""
    many = "".join(f"- [ ] {number // 100}.{number % 100} Task\n" for number in range(100, 50_100))
    assert len(read_tasks(many).tasks) == 50_000
    assert read_tasks("- [ ] " + "1." * 500_000 + "\n_Requirements: " + "1-" * 500_000 + "_").tasks


def test_empty_and_too_large_files_are_said() -> None:
    assert [finding.rule for finding in read_tasks("").findings] == ["PT004"]
    assert [finding.rule for finding in read_tasks("x" * (5 * 1024 * 1024 + 1)).findings] == ["PT009"]


def test_an_empty_plan_is_written() -> None:
    assert write_task_plan(TaskPlan(title="", phases=())) == "# Implementation Plan\n"
