"""Our own task plan is written in one form, and comes back whole with the states of its boxes."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.requirements.requirements_writer import write_requirements
from bot.documents.tasks.must_have_lines import must_have_lines, read_must_haves
from bot.documents.tasks.task_plan import (
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
from bot.documents.tasks.task_plan_reader import read_task_plan, read_tasks
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.documents.text.numbering import Removed
from tests.documents.strategies import task_plans
from tests.generation.samples import LEND, build_inputs, everything

SAMPLES = Path(__file__).parent.parent / "samples" / "tasks"

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
"""A plan as derivation makes it."""

SHOP = TaskPlan(
    title="Shop",
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
                    details=("Read them once", "Files: none yet"),
                    files=("app/__init__.py", "app/config.py"),
                    requirements=("1.1", "1.2"),
                    verification=("ruff check",),
                    done="They are read.",
                    blueprint_task="settings",
                    entity="Book",
                ),
                Task(number="1.4", title="Lend", kind=TaskKind.CUSTOM, optional=True, depends=("1.1",), wave=2),
            ),
            must_haves=MustHaves(
                truths=("GET /health answers 200",),
                artifacts=(Artifact(path="app/config.py", provides="Settings"),),
                key_links=(KeyLink(source="a.py", target="b.py", via="imports", pattern="import b"),),
            ),
        ),
        Phase(number=3, name="Later", slug="afterwards", goal="", tasks=()),
    ),
    removed=(Removed(number="1.3", text="Pay"), Removed(number="2", text="Shop"), Removed(number="1.2", text="Print")),
)
"""A plan with everything that one can hold."""


def test_the_canonical_form() -> None:
    assert write_task_plan(SHOP, {"1.1": TaskState.DONE}) == (
        "# Implementation Plan: Shop\n\n"
        "- [x] 1. Foundation\n"
        "  - Goal: It starts.\n"
        "  - [x] 1.1 Settings\n"
        "    - Read them once\n"
        "    - Files\\: none yet\n"
        "    - Template: `settings` for `Book`\n"
        "    - Files: `app/__init__.py`, `app/config.py`\n"
        "    - Verify: `ruff check`\n"
        "    - Done when: They are read.\n"
        "    - _Requirements: 1.1, 1.2_\n"
        "  - ~~1.2 Print~~\n"
        "  - ~~1.3 Pay~~\n"
        "  - [ ]* 1.4 Lend\n"
        "    - Written by: a model\n"
        "    - _Depends: 1.1_\n\n"
        "- ~~2 Shop~~\n\n"
        "- [ ] 3. Later\n"
        "  - Folder: `03-afterwards`\n"
        "  - Tasks: none\n\n"
        "## Task Dependency Graph\n\n"
        "```json\n"
        '{"waves": [\n  {"id": 1, "tasks": ["1.1"]},\n  {"id": 2, "tasks": ["1.4"]}\n]}\n'
        "```\n\n"
        "## Must-haves\n\n### Phase 1: Foundation\n\n"
        "- Truth: GET /health answers 200\n"
        "- Artifact: `app/config.py`: Settings\n"
        "- Key link: `a.py` → `b.py` by `import b`: imports\n"
    )


def test_must_haves_keep_what_is_asked_of_files_and_what_is_said_in_words() -> None:
    asked = Artifact(path="a.py", provides="A: b", min_lines=20, exports=("B", "c`d"), contains="x)")
    must_haves = MustHaves(
        artifacts=(asked, Artifact(path="", provides="a diagram")),
        key_links=(
            KeyLink(source="a.py", target="b.py", via="imports"),
            KeyLink(source="", target="", via="a calls b"),
        ),
    )
    lines = must_have_lines(must_haves)
    assert lines == [
        "- Artifact: `a.py` (at least 20 lines; exports `B`, `` c`d ``; contains `x)`): A: b",
        "- Artifact in words: a diagram",
        "- Key link: `a.py` → `b.py`: imports",
        "- Key link in words: a calls b",
    ]
    odd = ["- Artifact: `a` (maybe): b", "- Artifact: `a` no colon", "- Key link: `a` → `b`", "- Key link: `a`: b"]
    assert read_must_haves(["### Phase 4: D", *lines, *odd]) == ({4: must_haves}, [5, 6, 7, 8])


def test_the_shop_comes_back_whole() -> None:
    reading = read_task_plan(write_task_plan(SHOP, {"1.1": TaskState.DONE}), "tasks.md")
    assert reading.plan == SHOP
    assert reading.states == {"1.1": TaskState.DONE, "1.4": TaskState.TODO}
    assert reading.findings == ()
    assert {subject: place.line for subject, place in reading.places.items()} == {"1": 3, "1.1": 5, "1.4": 15, "3": 21}


states = st.dictionaries(
    st.sampled_from([f"{a}.{b}" for a in (1, 2, 3) for b in (1, 2, 3)]), st.sampled_from(TaskState)
)


@settings(deadline=None, max_examples=60)
@given(task_plans(), states)
def test_writing_and_reading_gives_the_same_plan_and_states(plan: TaskPlan, marks: dict[str, TaskState]) -> None:
    text = write_task_plan(plan, marks)
    reading = read_task_plan(text)
    assert reading.plan == plan
    assert reading.states == {task.number: marks.get(task.number, TaskState.TODO) for task in plan.tasks()}
    assert {finding.rule for finding in reading.findings} <= {"PT004"}
    assert write_task_plan(reading.plan, reading.states) == text


@settings(deadline=None, max_examples=30)
@given(task_plans(), states)
def test_the_checklist_says_the_same_as_the_plan(plan: TaskPlan, marks: dict[str, TaskState]) -> None:
    reading = read_tasks(write_task_plan(plan, marks))
    read = [task for task in reading.tasks if "." in task.number]
    assert [(task.number, task.title, task.requirements, task.depends, task.optional) for task in read] == [
        (task.number, task.title, task.requirements, task.depends, task.optional) for task in plan.tasks()
    ]
    parents = {task.number: task.state for task in reading.tasks if "." not in task.number}
    assert parents == {str(phase.number): phase_state(phase, marks) for phase in plan.phases}
    assert reading.derived == {str(phase.number): phase_state(phase, marks) for phase in plan.phases if phase.tasks}


def test_what_derivation_makes_comes_back_whole() -> None:
    inputs = build_inputs(everything(), custom=(LEND,))
    reading = read_task_plan(write_task_plan(inputs.task_plan))
    assert (reading.plan, reading.findings) == (inputs.task_plan, ())
    requirements = read_requirements(write_requirements(inputs.requirements))
    assert (requirements.requirements, requirements.findings) == (inputs.requirements, ())


def test_a_phase_is_done_without_its_optional_tasks() -> None:
    (foundation, later) = SHOP.phases
    assert phase_state(foundation, {"1.1": TaskState.DONE}) is TaskState.DONE
    assert phase_state(foundation, {"1.4": TaskState.DONE}) is TaskState.DOING
    assert phase_state(later, {}) is TaskState.TODO


def test_numbers_are_given_once() -> None:
    assert SHOP.numbers == ("1", "1.1", "1.4", "3", "1.2", "1.3", "2")
    assert [each.number for each in SHOP.removed] == ["1.2", "1.3", "2"]


def test_a_foreign_checklist_becomes_a_plan_and_says_what_has_no_place() -> None:
    reading = read_task_plan((SAMPLES / "ferry.tasks.md").read_text(encoding="utf-8"), "ferry.md")
    assert [(phase.number, phase.name, [task.number for task in phase.tasks]) for phase in reading.plan.phases] == [
        (1, "Harbours", ["1.1", "1.2", "1.3", "1.4", "1.4.1", "1.4.1.1", "1.4.1.1.1"]),
        (2, "Ships", ["2.1", "2.2"]),
        (4, "Crew without a number", ["4.1", "4.1.1"]),
        (3, "Timetable", ["3.1", "3.2"]),
    ]
    tasks = {task.number: task for task in reading.plan.tasks()}
    assert tasks["1.2"].requirements == ("All",)
    assert "Requirements: 6.1-6.3, 7.2 – 7.4 (only by day), AUTH-01, 8" in tasks["1.3"].details
    assert tasks["2.1"].properties == ("Property 3: A ship that left is not in the harbour",)
    assert tasks["2.2"].blocked == "the yard is closed until May"
    assert {tasks["1.1"].wave, tasks["2.1"].wave} == {1, 2}
    dropped = [(finding.place.line, finding.message[:24]) for finding in reading.findings if finding.rule == "PT006"]
    assert [line for line, _ in dropped] == [26, 27, 41, 42, 43, 32, 3, 10, 54, 69]


MARKED = """\
# Implementation Plan

- [ ] 1. Ferry **timetable**
  - [ ] 1.1 Print *all* of it, see [the quay](http://quay.example/a_b)
    - **Must** list `every` ferry at <https://quay.example>
    - [The tide table](tides.md) and \\[no link\\]
    - Done when: the **board** shows it
    - _Boundary: app/time_table_
    - _Blocked: the board is [away](board.md)_
    - _Validates: Requirements 1.1, 1.2_
    - **Property 3: what sails *comes back***

## Task Dependency Graph

```json
{"waves": [
  {"id": 1, "tasks": ["1.1"]}
]}
```
"""


def test_markdown_and_marks_of_a_checklist_stay_as_people_wrote_them() -> None:
    reading = read_task_plan(MARKED)
    (task,) = reading.plan.tasks()
    assert (task.boundary, task.blocked) == ("app/time_table", "the board is [away](board.md)")
    assert (task.validates, task.properties) == ("Requirements 1.1, 1.2", ("Property 3: what sails *comes back*",))
    assert write_task_plan(reading.plan, reading.states, reading.written.line) == MARKED
    plain = write_task_plan(reading.plan, reading.states)
    assert "\\[the quay\\](http" in plain
    assert read_task_plan(plain).plan == reading.plan


def test_marks_can_not_be_forged_from_the_text_of_others() -> None:
    task = Task(number="1.1", title="A", boundary="x_ _Depends: 2", blocked="`x_ _Depends: 2`", validates="my_")
    plan = TaskPlan(title="", phases=(Phase(number=1, name="A", slug="a", goal="", tasks=(task,)),))
    assert read_task_plan(write_task_plan(plan)).plan == plan


def test_a_foreign_plan_that_was_read_comes_back_from_its_canonical_form() -> None:
    for path in sorted(SAMPLES.iterdir()):
        reading = read_task_plan(path.read_text(encoding="utf-8"), path.name)
        again = read_task_plan(write_task_plan(reading.plan, reading.states))
        assert (again.plan, again.states) == (reading.plan, reading.states), path.name


def test_a_task_that_waits_for_a_phase_waits_for_its_tasks() -> None:
    reading = read_task_plan((SAMPLES / "waves-by-id.tasks.md").read_text(encoding="utf-8"))
    assert [(task.number, task.depends, task.wave) for task in reading.plan.tasks()] == [
        ("1.1", (), 1), ("1.2", ("1.1",), 2), ("2.1", ("1.1", "1.2"), 3),
    ]  # fmt: skip


def test_dependencies_on_large_phases_can_not_fill_the_memory() -> None:
    tasks = "".join(f"  - [ ] 1.{number} x\n    - _Depends: 2_\n" for number in range(1, 1_001))
    others = "".join(f"  - [ ] 2.{number} x\n" for number in range(1, 1_001))
    plan = read_task_plan(f"- [ ] 1. A\n{tasks}- [ ] 2. B\n{others}").plan
    assert len(plan.tasks()[0].depends) == 1_000
    assert sum(len(task.depends) for task in plan.tasks()) == 100 * 1_000 + 900
    assert plan.tasks()[999].depends == ("2",)


def test_a_phase_without_sub_tasks_becomes_one_task_that_others_can_wait_for() -> None:
    alone = "- [x] 1. Alone\n  - it has work\n  - _Requirements: 1.1_\n"
    reading = read_task_plan(f"{alone}- [ ] 2. Next\n  - [ ] 2.1 Then\n    - _Depends: 1_\n")
    assert [(task.number, task.title, task.depends, task.wave) for task in reading.plan.tasks()] == [
        ("1.1", "Alone", (), 1), ("2.1", "Then", ("1.1",), 2),
    ]  # fmt: skip
    assert reading.states["1.1"] is TaskState.DONE
    assert [finding.rule for finding in reading.findings] == ["PT006"]


def test_what_a_phase_can_not_hold_is_quoted() -> None:
    text = "- [ ] 1. A\n  - prose\n  - _Requirements: 4_\n  - [ ] 1.1 B\n- [ ] 5.1 C\n\n## Must-haves\n\n- Truth: x\n"
    reading = read_task_plan(f"{text}### Phase 9: Z\n- Artifact: nothing\n- Key link: nothing\n- Truth: y\n")
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == [
        ("PT006", 1), ("PT006", 1), ("PT001", 9), ("PT001", 11), ("PT001", 12), ("PT006", None), ("PT006", None),
    ]  # fmt: skip
    assert [(phase.number, phase.name, phase.slug) for phase in reading.plan.phases] == [
        (1, "A", "a"), (5, "Phase 5", "phase-5"),
    ]  # fmt: skip


pieces = write_task_plan(SHOP, {"1.1": TaskState.DOING}).splitlines(keepends=True)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([*pieces, "`", "- [", "x", "~~"]) | st.text(max_size=20), max_size=60).map("".join))
def test_no_text_makes_it_raise(text: str) -> None:
    reading = read_task_plan(text)
    assert set(reading.states) == {task.number for task in reading.plan.tasks()}


def test_a_file_that_is_too_large_is_refused() -> None:
    assert [finding.rule for finding in read_task_plan("x" * (5 * 1024 * 1024 + 1)).findings] == ["PT009"]


def test_an_empty_plan_is_written() -> None:
    assert write_task_plan(TaskPlan(title="", phases=())) == "# Implementation Plan\n"


def test_a_text_in_a_detail_and_in_a_mark_is_one_text() -> None:
    task = Task(number="1.1", title="Files: a*", details=("Files: a*",), boundary="*b*", properties=("Property 1: a*",))
    plan = TaskPlan(title="", phases=(Phase(number=1, name="*b*", slug="b", goal="", tasks=(task,)),))
    text = write_task_plan(plan)
    reading = read_task_plan(text)
    assert list(reading.written.in_two_ways) == []
    assert write_task_plan(reading.plan, reading.states, reading.written.line) == text
