"""Our task plan as plans of phases: ids, states, dependencies, requirements and must-haves come back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.phases.phase_plan import AutoTask, HumanAction, PhasePlan
from bot.documents.phases.phase_plan_conversion import phase_of, phase_plan_of, phase_plans_of
from bot.documents.phases.phase_plan_reader import read_phase_plan
from bot.documents.phases.phase_plan_writer import write_phase_plan
from bot.documents.tasks.task_plan import MustHaves, Phase, Task, TaskKind, TaskPlan
from bot.documents.text.boxes import TaskState
from tests.documents.strategies import task_plans

LENDING = Phase(
    number=2,
    name="Lending desk",
    slug="lending-desk",
    goal="Readers borrow books.",
    tasks=(
        Task(
            number="2.1",
            title="Store loans",
            details=("One open loan a book", "Due after 28 days"),
            files=("app/models/loan.py",),
            requirements=("1.1", "1.2"),
            depends=("1.3",),
            verification=("pytest tests/test_loans.py",),
            done="Loans are stored",
            blueprint_task="model",
            entity="Loan",
        ),
        Task(
            number="2.2",
            title="Check readers",
            kind=TaskKind.CUSTOM,
            optional=True,
            files=("app/models/loan.py", "app/services/loans.py"),
            requirements=("1.2",),
            depends=("2.1",),
            wave=2,
        ),
    ),
    must_haves=MustHaves(truths=("A reader borrows a book",)),
)
FIRST = Phase(number=1, name="Books", slug="books", goal="", tasks=(Task(number="1.3", title="Store books"),))


def test_a_phase_becomes_a_plan() -> None:
    plan = phase_plan_of(LENDING, "01", {"2.1": TaskState.DONE}, wave=2, depends_on=("01-01",))
    assert (plan.phase, plan.plan, plan.wave, plan.depends_on) == ("02-lending-desk", "01", 2, ("01-01",))
    assert plan.files_modified == ("app/models/loan.py", "app/services/loans.py")
    assert plan.requirements == ("1.1", "1.2")
    assert [(box.text, box.state) for box in plan.verification] == [
        ("Task 2.1: Loans are stored", TaskState.DONE),
        ("Task 2.2: Check readers", TaskState.TODO),
    ]
    text = write_phase_plan(plan)
    assert "  <name>Task 2.1: Store loans</name>\n" in text
    assert "  <requirements>1.1, 1.2</requirements>\n  <depends>1.3</depends>\n" in text
    assert "- [x] Task 2.1: Loans are stored\n" in text


def test_waves_and_dependencies_of_plans_follow_from_those_of_tasks() -> None:
    first, second = phase_plans_of(TaskPlan(title="Library", phases=(FIRST, LENDING)))
    assert (first.wave, first.depends_on) == (1, ())
    assert (second.wave, second.depends_on) == (2, ("01-01",))


def test_a_phase_comes_back_from_the_text_of_its_plan() -> None:
    states = {"2.1": TaskState.DONE, "2.2": TaskState.DOING}
    text = write_phase_plan(phase_plan_of(LENDING, states=states))
    assert phase_of(read_phase_plan(text).plan) == (LENDING, states)


@given(task_plans(), st.lists(st.sampled_from(list(TaskState)), min_size=30, max_size=30))
@settings(max_examples=50)
def test_any_task_plan_comes_back_from_the_texts_of_its_plans(plan: TaskPlan, marks: list[TaskState]) -> None:
    states = {task.number: mark for task, mark in zip(plan.tasks(), marks, strict=False)}
    readings = [read_phase_plan(write_phase_plan(each)) for each in phase_plans_of(plan, states)]
    assert [finding for reading in readings for finding in reading.findings if finding.rule != "PT004"] == []
    back = [phase_of(reading.plan) for reading in readings]
    assert tuple(phase for phase, _ in back) == plan.phases
    assert {number: state for _, found in back for number, state in found.items()} == states


def test_tasks_of_foreign_plans_get_numbers_of_ours() -> None:
    plan = PhasePlan(
        phase="07",
        tasks=(
            AutoTask(name="Index", action="Write it.\nTest it."),
            HumanAction(action="Pay"),
            AutoTask(name="Search", number="5"),
        ),
    )
    phase, states = phase_of(plan)
    assert [task.number for task in phase.tasks] == ["7.1", "7.5"]
    assert phase.tasks[0].details == ("Write it.", "Test it.")
    assert (phase.number, phase.slug, states) == (7, "", {})


@pytest.mark.parametrize("name", ["", "lending", "04.1-x"])
def test_a_phase_without_a_whole_number_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="whole number"):
        phase_of(PhasePlan(phase=name))
