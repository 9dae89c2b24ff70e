"""Tasks, plans and roadmaps in each other's form, and the state of tasks."""

from __future__ import annotations

from bot.documents.conversion import convert_document
from bot.documents.formats import Format
from bot.documents.progress.roadmap_reader import read_roadmap
from bot.documents.tasks.task_plan import Phase, Task, TaskPlan
from bot.documents.tasks.task_plan_reader import read_task_plan
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.documents.text.boxes import TaskState
from bot.documents.text.numbering import Removed
from tests.documents.test_conversion import SAMPLES, text_of
from tests.documents.test_conversion_plans import FOREIGN_PLAN


def sample(name: str) -> str:
    """Return a sample by its path."""
    return text_of(SAMPLES / name)


TWO_PHASES = TaskPlan(
    title="Kiosk",
    phases=(
        Phase(
            number=1, name="Stand", slug="stand", goal="Papers lie there", tasks=(Task(number="1.1", title="Build"),)
        ),
        Phase(
            number=3,
            name="Till",
            slug="till",
            goal="Papers are paid",
            tasks=(
                Task(number="3.1", title="Buy", depends=("1.1",), requirements=("1.2",), wave=2),
                Task(number="3.2", title="Fill", depends=("3.1",), wave=3),
            ),
        ),
    ),
    removed=(Removed(number="3.3", text="Lock"),),
)
TASKS = write_task_plan(TWO_PHASES, {"1.1": TaskState.DONE, "3.1": TaskState.DOING})


def test_tasks_become_a_roadmap() -> None:
    conversion = convert_document(Format.TASKS, TASKS, Format.ROADMAP)
    roadmap = read_roadmap(conversion.files["ROADMAP.md"]).roadmap
    assert [(phase.number, phase.state, phase.depends_on, phase.requirements) for phase in roadmap.phases] == [
        ("1", TaskState.DONE, "Nothing", "none"),
        ("3", TaskState.DOING, "Phase 1", "1.2"),
    ]
    assert conversion.lost == (
        "line 3: the tasks of phase 1 are counted, and what they say is left out: 1.1.",
        "line 7: the tasks of phase 3 are counted, and what they say is left out: 3.1, 3.2.",
        "line 14: the struck line “3.3 Lock” has no place in a roadmap.",
    )


def test_tasks_become_a_state() -> None:
    conversion = convert_document(Format.TASKS, TASKS, Format.STATE)
    assert "**Phase**: 3 of 2 (Till)" in conversion.files["STATE.md"]
    assert "- 3.1 Buy\n- 3.2 Fill\n" in conversion.files["STATE.md"]
    assert "line 3: done tasks of phase 1 are counted, not named: 1.1." in conversion.lost


def test_a_state_says_which_open_tasks_it_does_not_name() -> None:
    tasks = tuple(Task(number=f"1.{own}", title="A") for own in range(1, 60))
    text = write_task_plan(TaskPlan(title="", phases=(Phase(number=1, name="A", slug="a", goal="", tasks=tasks),)))
    lost = convert_document(Format.TASKS, text, Format.STATE).lost
    assert any("not named are 1.21, 1.22" in sentence and sentence.endswith("1.50 and 9 more.") for sentence in lost)


def test_a_plan_becomes_a_roadmap_of_one_phase() -> None:
    conversion = convert_document(Format.PLAN, FOREIGN_PLAN, Format.ROADMAP)
    (phase,) = read_roadmap(conversion.files["ROADMAP.md"]).roadmap.phases
    assert (phase.number, phase.name, phase.goal) == ("2", "Lending", "Lend books.")
    assert (phase.depends_on, phase.requirements, phase.plans[0].name) == ("Nothing", "A-1", "02-03")
    assert "line 6: a roadmap names no plan that a phase waits for, such as “02-01”." in conversion.lost
    assert "line 38: the checkpoint “A desk” is for people, and has no place in a roadmap." in conversion.lost


def test_a_roadmap_of_plans_becomes_tasks() -> None:
    conversion = convert_document(Format.ROADMAP, sample("roadmaps/harbour.md"), Format.TASKS)
    reading = read_task_plan(conversion.files["tasks.md"])
    assert reading.findings == ()
    assert [(phase.number, phase.name, phase.goal) for phase in reading.plan.phases] == [
        (1, "Berths & piers", "Whoever runs a pier sees its berths"),
        (2, "Bookings", "A night is booked"),
        (5, "Double bookings", "Two boats never meet"),
        (3, "Invoices", "Money comes in"),
        (4, "Winter storage", ""),
    ]
    assert [(task.number, task.title, task.depends) for task in reading.plan.tasks()] == [
        ("1.1", "Piers", ()),
        ("1.2", "Berths", ()),
        ("2.1", "Bookings", ("1.1", "1.2")),
        ("2.2", "Cancelling", ("1.1", "1.2")),
        ("3.1", "TBD (plans come later)", ()),
    ]
    assert reading.states["2.1"] is TaskState.DONE
    assert {
        "line 21: phase 2.1 becomes phase 5: phases of tasks.md have whole numbers.",
        "line 19: which of its tasks meets “[PIER-01, PIER-02]” isn't said for phase 1.",
        "line 20: the requirements “BOOK-01 … BOOK-03” of phase 2 name no id.",
        "line 80: the row of progress “1. Berths & piers | 2/2 | Complete | 2026-03-02 | v1” has no place in tasks.md.",
    } <= set(conversion.lost)


def test_a_plain_roadmap_becomes_tasks_without_a_loss() -> None:
    text = """\
# Roadmap: Kiosk

## Phases

- [x] **Phase 1: Stand** - Papers lie there
- [ ] **Phase 2: Till**

## Phase Details

### Phase 1: Stand

**Goal**: Papers lie there

**Plans**: 1 plan

- [x] 01-01: Build it

### Phase 2: Till

**Depends on**: Phase 1
**Requirements**: 1.2

**Success Criteria**:

1. Coins fit

**Plans**:

- [ ] Buy it
"""
    conversion = convert_document(Format.ROADMAP, text, Format.TASKS)
    assert conversion.lost == ()
    reading = read_task_plan(conversion.files["tasks.md"])
    assert reading.plan.tasks() == (
        Task(number="1.1", title="Build it", details=("Plan 01-01",)),
        Task(number="2.1", title="Buy it", depends=("1.1",), requirements=("1.2",), wave=2),
    )
    assert reading.plan.phases[1].must_haves.truths == ("Coins fit",)


def test_a_roadmap_says_what_waits_for_nothing() -> None:
    text = (
        "# Roadmap\n\n- [x] **Phase 1: A**\n- [ ] **Phase 2: B** - Do it\n\n### Phase 2: B\n\n"
        "**Goal**: B is done  \n**Depends on**: Phase 1  \n**Plans**: soon\n"
    )
    assert convert_document(Format.ROADMAP, text, Format.TASKS).lost == (
        "line 3: the box of phase 1 says done, its plans don't.",
        "line 4: phase 2 waits for 1, where no task is.",
        "line 4: “Do it” stands beside the goal of phase 2.",
        "line 4: “soon” stands beside the plans of phase 2.",
    )
