"""Tasks as plans of phases and back: what the other format can hold arrives, and the rest is said."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.documents.conversion import ConversionRefused, convert_document
from bot.documents.formats import Format
from bot.documents.phases.phase_plan_reader import read_phase_plan
from bot.documents.progress.roadmap_reader import read_roadmap
from bot.documents.tasks.task_plan import Task, TaskPlan
from bot.documents.tasks.task_plan_reader import read_task_plan
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.documents.text.boxes import TaskState
from tests.documents.strategies import task_plans
from tests.documents.test_conversion import SAMPLES, text_of

states_of_tasks = st.lists(st.sampled_from(list(TaskState)), min_size=30, max_size=30)


def marked(plan: TaskPlan, marks: list[TaskState]) -> dict[str, TaskState]:
    """Return a state for every task."""
    return {task.number: mark for task, mark in zip(plan.tasks(), marks, strict=False)}


def sample(name: str) -> str:
    """Return a sample by its path."""
    return text_of(SAMPLES / name)


@given(task_plans(), states_of_tasks)
@settings(max_examples=25, deadline=None)
def test_tasks_come_back_from_their_plans(plan: TaskPlan, marks: list[TaskState]) -> None:
    assume(plan.phases)
    states = marked(plan, marks)
    plans = convert_document(Format.TASKS, write_task_plan(plan, states), Format.PLAN)
    phases = [phase for phase in plan.phases if phase.tasks or phase.goal]
    is_in_order = not any(task.depends for task in plan.tasks())
    derived = is_in_order and len(plan.phases) > 1
    assert len(plans.lost) == len(set(plan.removed)) + len(plan.phases) - len(phases) + derived
    back: list[Task] = []
    for (_, text), phase in zip(plans.files.items(), phases, strict=True):
        conversion = convert_document(Format.PLAN, text, Format.TASKS)
        reading = read_task_plan(conversion.files["tasks.md"])
        back += reading.plan.tasks()
        assert [loss for loss in conversion.lost if not (is_in_order and follows_from_order(loss))] == []
        assert reading.plan.title == plan.title
        assert (reading.plan.phases[0].number, reading.plan.phases[0].must_haves) == (phase.number, phase.must_haves)
        assert reading.states == {task.number: states[task.number] for task in phase.tasks}
    assert [kept(task) for task in back] == [kept(task) for task in plan.tasks()]


def follows_from_order(loss: str) -> bool:
    """Tell whether a loss is about what a plan says only because phases are taken one after the other."""
    return "the key “depends_on” with" in loss or "the key “wave” with" in loss


def kept(task: Task) -> tuple[object, ...]:
    """Return what must survive of a task."""
    return task.number, task.depends, task.requirements, task.files, task.verification, task.wave, task.kind, task.done


def test_each_phase_gets_a_plan_in_a_folder_of_its_own() -> None:
    text = (
        "# Tasks: Kiosk\n- [x] 1. Paper stand\n  - [x] 1.1 Build it\n- [ ] 2. Till\n  - [ ] 2.1 Buy it\n- [ ] 3. Lamp\n"
    )
    text += "  - Tasks: none\n"
    conversion = convert_document(Format.TASKS, text, Format.PLAN)
    assert list(conversion.files) == ["01-paper-stand/01-01-PLAN.md", "02-till/02-01-PLAN.md"]
    assert conversion.lost == ("line 6: phase 3 has neither a goal nor tasks, so it has no plan.", DERIVED)
    plan = read_phase_plan(conversion.files["01-paper-stand/01-01-PLAN.md"]).plan
    assert (plan.phase, plan.plan) == ("01-paper-stand", "01")
    assert plan.unknown_keys == {"name": "Paper stand", "project": "Kiosk"}


IN_ORDER = "- [ ] 1. Paper\n  - [ ] 1.1 A\n  - [ ] 1.2 B\n- [ ] 2. Till\n  - [ ] 2.1 C\n- [ ] 3. Lamp\n  - [ ] 3.1 D\n"
DERIVED = "no task names what it waits for; phases are taken one after the other."


def test_a_list_without_dependencies_is_meant_in_its_order_in_every_form() -> None:
    tasks = convert_document(Format.TASKS, IN_ORDER, Format.TASKS)
    assert [task.wave for task in read_task_plan(tasks.files["tasks.md"]).plan.tasks()] == [1, 1, 2, 3]
    for text in (IN_ORDER, tasks.files["tasks.md"]):
        plans = convert_document(Format.TASKS, text, Format.PLAN)
        read = [read_phase_plan(written).plan for written in plans.files.values()]
        assert [(plan.wave, plan.depends_on) for plan in read] == [(1, ()), (2, ("01-01",)), (3, ("02-01",))]
        roadmap = convert_document(Format.TASKS, text, Format.ROADMAP)
        phases = read_roadmap(roadmap.files["ROADMAP.md"]).roadmap.phases
        assert [phase.depends_on for phase in phases] == ["Nothing", "Phase 1", "Phase 2"]
        assert DERIVED in plans.lost
        assert DERIVED in roadmap.lost
    assert tasks.lost == (DERIVED,)
    assert convert_document(Format.TASKS, tasks.files["tasks.md"], Format.TASKS).lost == ()


def test_a_plan_that_names_dependencies_has_these_and_no_others_in_every_form() -> None:
    text = f"{IN_ORDER}    - _Depends: 1.2_\n"
    plans = convert_document(Format.TASKS, text, Format.PLAN)
    assert [read_phase_plan(written).plan.depends_on for written in plans.files.values()] == [(), (), ("01-01",)]
    roadmap = convert_document(Format.TASKS, text, Format.ROADMAP)
    phases = read_roadmap(roadmap.files["ROADMAP.md"]).roadmap.phases
    assert [phase.depends_on for phase in phases] == ["Nothing", "Nothing", "Phase 1"]
    assert DERIVED not in (*plans.lost, *roadmap.lost)


def test_folders_of_phases_are_named_in_any_language() -> None:
    text = "- [ ] 1. Größe & Übung\n  - [ ] 1.1 A\n- [ ] 2. 日本語の段階\n  - [ ] 2.1 B\n"
    plans = convert_document(Format.TASKS, text, Format.PLAN)
    assert list(plans.files) == ["01-grosse-ubung/01-01-PLAN.md", "02-phase/02-01-PLAN.md"]


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("01-../../etc", "01-etc/01-01-PLAN.md"),
        ("/root", "01-root/01-01-PLAN.md"),
        ("01-..", "01-a/01-01-PLAN.md"),
        ("C:\\x", "01-c-x/01-01-PLAN.md"),
        ("01-" + "a" * 300, f"01-{'a' * 60}/01-01-PLAN.md"),
    ],
)
def test_a_hostile_folder_leads_nowhere_else(folder: str, name: str) -> None:
    text = f"- [ ] 1. A\n  - Folder: `{folder}`\n  - [ ] 1.1 B\n"
    assert list(convert_document(Format.TASKS, text, Format.PLAN).files) == [name]


def test_a_struck_line_has_no_place_in_a_plan() -> None:
    lost = convert_document(Format.TASKS, "- [ ] 1. A\n  - [ ] 1.1 B\n  - ~~1.2 C~~\n", Format.PLAN).lost
    assert lost == ("line 3: the struck line “1.2 C” has no place in a PLAN.md.",)


FOREIGN_PLAN = """\
---
phase: 02-lending
plan: 03
type: tdd
wave: 2
depends_on: ["02-01"]
files_modified: [app/a.py, app/b.py]
autonomous: false
gap_closure: true
requirements: [A-1]
user_setup: [a key]
reviewer: Mara
---

<objective>
Lend books.

Purpose: People ask for it.
</objective>

<context>
@notes.md
</context>

<tasks>
<task type="auto" tdd="true" gate="blocking">
  <name>Task 1: Lend</name>
  <files>app/a.py</files>
  <behavior>It lends</behavior>
  <action>
    - Write it
    - Test it
  </action>
  <verify>Look. <automated>pytest</automated></verify>
  <done>Lent</done>
  <rollback>Undo.</rollback>
</task>
<task type="checkpoint:human-verify"><what-built>A desk</what-built></task>
<task type="auto"><name>Task 2.1: Return</name></task>
<task type="auto"><name>Task 4.1: Of another phase</name></task>
</tasks>

<verification>
Look twice.
- [x] Task 2.1: Lent
- [ ] It runs
</verification>

<deviation_rules>
Ask.
</deviation_rules>
"""


def test_what_tasks_have_no_place_for_is_said_with_its_line() -> None:
    conversion = convert_document(Format.PLAN, FOREIGN_PLAN, Format.TASKS)
    reading = read_task_plan(conversion.files["tasks.md"])
    assert [(task.number, task.title) for task in reading.plan.tasks()] == [
        ("2.1", "Lend"),
        ("2.2", "Return"),
        ("2.3", "Of another phase"),
    ]
    first = reading.plan.tasks()[0]
    assert (first.details, first.files, first.verification) == (("Write it", "Test it"), ("app/a.py",), ("pytest",))
    assert reading.states["2.1"] is TaskState.DONE
    assert [sentence.replace(" has no place in tasks.md", " …") for sentence in conversion.lost] == [
        "line 3: the key “plan” with “03” ….",
        "line 4: the key “type” with “tdd” ….",
        "line 5: the key “wave” with “2” ….",
        "line 6: the key “depends_on” with “02-01” ….",
        "line 7: the key “files_modified” with “app/b.py” ….",
        "line 8: the key “autonomous” with “false” ….",
        "line 9: the key “gap_closure” with “true” ….",
        "line 10: which task meets “A-1” isn't said; each of them names it.",
        "line 11: the key “user_setup” with “('a key',)” ….",
        "line 12: the key “reviewer” with “Mara” ….",
        "line 15: “People ask for it.” in <objective> ….",
        "line 21: “@notes.md” in <context> ….",
        "line 26: the attribute “gate=blocking” of “1” ….",
        "line 26: the attribute “tdd=true” of “1” ….",
        "line 26: the part <rollback> of “1” with “Undo.” ….",
        "line 29: “It lends” in <behavior> of “1” ….",
        "line 34: “Look.” in <verify> of “1” ….",
        "line 38: the checkpoint “A desk” is for people, and ….",
        "line 38: the number 2.1 of “Return” is taken or of another phase; it becomes 2.2.",
        "line 39: the number 4.1 of “Of another phase” is taken or of another phase; it becomes 2.3.",
        "line 43: “Look twice.” in <verification> ….",
        "line 46: the box “It runs” in <verification> is no task's, and ….",
        "line 49: the section <deviation_rules> with “Ask.” ….",
    ]


COMMANDS = """\
---
phase: 01-books
requirements: [BOOK-01]
---
<tasks><task type="auto"><name>Store books</name>
<verify>pytest tests/test_book.py -q
$ ruff check .</verify></task></tasks>
"""


def test_commands_and_requirements_of_a_plan_have_a_place_in_tasks() -> None:
    conversion = convert_document(Format.PLAN, COMMANDS, Format.TASKS)
    assert conversion.lost == ()
    (task,) = read_task_plan(conversion.files["tasks.md"]).plan.tasks()
    assert task.verification == ("pytest tests/test_book.py -q", "ruff check .")
    assert task.requirements == ("BOOK-01",)


@pytest.mark.parametrize("prose", ["npm test passes", "Look at it", "pytest\nand look", "curl returns 200", "make it."])
def test_a_verification_in_words_is_no_command(prose: str) -> None:
    text = COMMANDS.replace("pytest tests/test_book.py -q\n$ ruff check .", prose)
    conversion = convert_document(Format.PLAN, text, Format.TASKS)
    assert read_task_plan(conversion.files["tasks.md"]).plan.tasks()[0].verification == ()
    assert [loss for loss in conversion.lost if "in <verify> of “Store books”" in loss]


def test_a_roadmap_that_counts_plans_says_so_again() -> None:
    table = "| Phase | Plans Complete | Status |\n|---|---|---|\n| 1. A | 1/1 | Done |\n"
    text = f"- [x] **Phase 1: A**\n\n## Progress\n\n{table}"
    conversion = convert_document(Format.ROADMAP, text, Format.ROADMAP)
    assert "| Phase | Plans Complete | State | Completed |" in conversion.files["ROADMAP.md"]
    assert conversion.lost == ()


def test_the_shape_of_an_action_is_flattened_and_that_is_said() -> None:
    text = (
        '---\nphase: 02-a\n---\n<tasks><task type="auto"><name>A</name>\n'
        "<action>\nWrite\n  - one\n  - two\n</action></task></tasks>\n"
    )
    conversion = convert_document(Format.PLAN, text, Format.TASKS)
    assert conversion.lost == ("line 5: the lines of <action> of “A” become details side by side.",)
    assert read_task_plan(conversion.files["tasks.md"]).plan.tasks()[0].details == ("Write", "- one", "- two")


def test_a_plan_of_features_alone_says_each() -> None:
    lost = convert_document(Format.PLAN, sample("phase_plans/tdd-feature.PLAN.md"), Format.TASKS).lost
    assert "line 11: the feature “Fines by days” has no place in tasks.md." in lost


def test_a_plan_without_a_whole_number_is_refused() -> None:
    text = '---\nphase: 04.1\n---\n<tasks><task type="auto"><name>A</name></task></tasks>\n'
    with pytest.raises(ConversionRefused, match="does not begin with a whole number, such as 02-lending; give it one"):
        convert_document(Format.PLAN, text, Format.TASKS)
