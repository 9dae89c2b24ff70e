"""Conversions: the table of pairs is obeyed, what the other format can hold arrives, and the rest is said."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.documents.conversion import JSON, Conversion, ConversionRefused, convert_document
from bot.documents.conversions.pairs import PAIRS, TARGETS, Fidelity, Pair, Target
from bot.documents.findings import Severity
from bot.documents.formats import FORMAT_FILES, Format
from bot.documents.phases.phase_plan_reader import read_phase_plan
from bot.documents.progress.requirements_list_reader import read_requirements_list
from bot.documents.progress.roadmap_reader import read_roadmap
from bot.documents.readers import read_document
from bot.documents.requirements.requirements import Requirements
from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.requirements.requirements_writer import write_requirements
from bot.documents.tasks.task_plan import Phase, Task, TaskPlan
from bot.documents.tasks.task_plan_reader import read_task_plan
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.documents.text.boxes import TaskState
from bot.documents.text.numbering import Removed
from tests.documents.strategies import requirements, task_plans
from tests.documents.test_conversion import SAMPLES, WRITTEN, format_of, sample_files, text_of

states_of_tasks = st.lists(st.sampled_from(list(TaskState)), min_size=30, max_size=30)


def marked(plan: TaskPlan, marks: list[TaskState]) -> dict[str, TaskState]:
    """Return a state for every task."""
    return {task.number: mark for task, mark in zip(plan.tasks(), marks, strict=False)}


def sample(name: str) -> str:
    """Return a sample by its path."""
    return text_of(SAMPLES / name)


# ------------------------------------------------------------------------------------------------------------ the table


def test_every_ordered_pair_is_in_the_table() -> None:
    assert set(PAIRS) == {(source, target) for source in Format for target in TARGETS}
    lossless = {pair for pair, way in PAIRS.items() if way.fidelity is Fidelity.LOSSLESS}
    assert lossless == {(known, target) for known in Format for target in (known, JSON)}
    assert {pair for pair, way in PAIRS.items() if way.fidelity is Fidelity.LOSSY} == {
        (Format.TASKS, Format.PLAN),
        (Format.TASKS, Format.ROADMAP),
        (Format.TASKS, Format.STATE),
        (Format.PLAN, Format.TASKS),
        (Format.PLAN, Format.ROADMAP),
        (Format.ROADMAP, Format.TASKS),
        (Format.REQUIREMENTS, Format.REQUIREMENTS_LIST),
        (Format.REQUIREMENTS_LIST, Format.REQUIREMENTS),
    }


REFUSED = [(source, target, pair) for (source, target), pair in PAIRS.items() if pair.fidelity is Fidelity.REFUSED]


@pytest.mark.parametrize(("source", "target", "pair"), REFUSED)
def test_a_pair_that_makes_no_sense_is_refused_with_its_reason(source: Format, target: Target, pair: Pair) -> None:
    path = next(path for path in sample_files() if format_of(path) is source)
    with pytest.raises(ConversionRefused) as refusal:
        convert_document(source, text_of(path), target)
    sentence = str(refusal.value)
    assert pair.why in sentence
    assert "can't become" in sentence
    assert ";" in pair.why
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_refusals_say_what_to_do_instead() -> None:
    with pytest.raises(ConversionRefused) as summary:
        convert_document(Format.TASKS, "- [ ] 1. A", Format.SUMMARY)
    assert str(summary.value) == (
        "A tasks.md can't become a SUMMARY.md: "
        "a summary needs evidence, which only a build gives; run `planthread build`."
    )
    with pytest.raises(ConversionRefused, match="`planthread build` derives requirements and tasks from it"):
        convert_document(Format.ENTITY_SPECS, "ENTITY: A", Format.TASKS)


POSSIBLE = [(source, target) for (source, target), pair in PAIRS.items() if pair.fidelity is not Fidelity.REFUSED]


@pytest.mark.parametrize(("source", "target"), POSSIBLE)
def test_a_possible_pair_gives_files_that_are_read_without_errors(source: Format, target: Target) -> None:
    written = 0
    for path in (path for path in sample_files() if format_of(path) is source):
        try:
            conversion = convert_document(source, text_of(path), target, path.name)
        except ConversionRefused:
            continue
        for name, text in conversion.files.items():
            written += 1
            assert not PurePosixPath(name).is_absolute()
            assert ".." not in name
            if target == JSON:
                assert name.endswith(".json")
                json.loads(text)
                continue
            findings = read_document(Format(target), text).findings
            assert [finding for finding in findings if finding.severity is Severity.ERROR] == []
    assert written


@pytest.mark.parametrize("known", list(Format))
def test_the_same_format_gives_the_canonical_form(known: Format) -> None:
    path = next(path for path in sample_files() if format_of(path) is known)
    conversion = convert_document(known, text_of(path), known)
    assert list(conversion.files) == [FORMAT_FILES[known]]


# ----------------------------------------------------------------------------------------------------------------- JSON


@pytest.mark.parametrize("known", list(Format))
def test_json_is_the_whole_model(known: Format) -> None:
    @given(WRITTEN[known])
    @settings(max_examples=20, deadline=None)
    def holds(text: str) -> None:
        try:
            conversion = convert_document(known, text, JSON)
        except ConversionRefused:
            assume(False)
        model = read_document(known, text).model
        (written,) = conversion.files.values()
        assert TypeAdapter(type(model)).validate_python(json.loads(written)) == model
        assert conversion.lost == ()

    holds()


def test_json_tells_what_the_reader_could_not_take() -> None:
    conversion = convert_document(Format.ENTITY_SPECS, sample("entity_specs/mended.txt"), JSON)
    assert "line 6: The line “- label” of Sensor is no field." in conversion.lost
    tasks = convert_document(Format.TASKS, sample("tasks/ferry.tasks.md"), JSON)
    assert tasks.lost == (
        "line 50: “- [] 3.3 is no box” looks like a box, and is none.",
        "line 51: “-[ ] 3.4 is none either” looks like a box, and is none.",
    )
    assert "Kept as they are." in tasks.files["tasks.json"]


def test_json_keeps_the_marks_of_a_checklist_and_tells_what_only_looks_like_one() -> None:
    text = "- [?] 1. A\n  - [] 1.1 It is read as todo.\n"
    conversion = convert_document(Format.TASKS, text, JSON)
    assert json.loads(conversion.files["tasks.json"])["tasks"][0]["mark"] == "?"
    assert conversion.lost == ("line 2: “- [] 1.1 It is read as todo.” looks like a box, and is none.",)


def test_bytes_that_are_no_text_are_kept_or_told() -> None:
    tasks = convert_document(Format.TASKS, "# Tasks\n- [ ] 1. Caf\udce9\n", JSON)
    assert json.loads(tasks.files["tasks.json"])["tasks"][0]["title"] == "Caf\udce9"
    assert tasks.lost == ()
    state = convert_document(Format.STATE, "# State\n\nPhase: 1 (Caf\udce9)\n", JSON)
    assert state.lost == ("line 3: “Phase: 1 (Caf )” holds bytes that aren't UTF-8, which have no place.",)


# ------------------------------------------------------------------------------------------------------ tasks and plans


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


# ------------------------------------------------------------------------------------------------- roadmaps and states

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


# ------------------------------------------------------------------------------------------------ lists of requirements


@given(requirements())
@settings(max_examples=30, deadline=None)
def test_requirements_come_back_from_their_list(document: Requirements) -> None:
    assume(document.requirements)
    listed = convert_document(Format.REQUIREMENTS, write_requirements(document), Format.REQUIREMENTS_LIST)
    assume(document.criteria())
    back = convert_document(Format.REQUIREMENTS_LIST, listed.files["REQUIREMENTS.md"], Format.REQUIREMENTS)
    read = read_requirements(back.files["requirements.md"]).requirements
    with_criteria = tuple(each for each in document.requirements if each.criteria)
    assert read.requirements == with_criteria
    assert (read.title, read.introduction) == (document.title, document.introduction)
    assert {each.number for each in read.removed} == {each.number for each in document.removed}
    gone = len(document.glossary) + len(document.assumptions) + len(document.requirements) - len(with_criteria)
    assert bool(listed.lost) == bool(gone)
    assert back.lost == ()


def test_criteria_become_a_list_with_their_numbers_as_ids() -> None:
    conversion = convert_document(
        Format.REQUIREMENTS, sample("requirements/office.requirements.md"), Format.REQUIREMENTS_LIST
    )
    listed = read_requirements_list(conversion.files["REQUIREMENTS.md"]).requirements_list
    assert [each.id for each in listed.requirements()] == ["1.1", "1.2", "1.3", "4.2"]
    assert {each.state for each in listed.requirements()} == {TaskState.TODO}
    assert listed.traces == ()
    assert "line 10: the term “Loan: A book that a member has.” of the glossary has no place." in conversion.lost


def test_a_list_with_ids_of_words_gets_numbers_and_says_so() -> None:
    conversion = convert_document(Format.REQUIREMENTS_LIST, sample("requirement_lists/harbour.md"), Format.REQUIREMENTS)
    read = read_requirements(conversion.files["requirements.md"]).requirements
    assert [(each.number, each.title, len(each.criteria)) for each in read.requirements] == [
        (1, "Piers (PIER)", 3),
        (2, "Bookings", 3),
        (3, "v2 Requirements", 1),
    ]
    assert conversion.lost[:6] == (
        "line 3: “Defined: 2026-02-11” has no place.",
        "line 4: “Core Value: No boat without a berth” has no place.",
        "line 6: the heading “v1 Requirements” and “All of these ship in June.” stands above no requirement.",
        "line 12: the box of PIER-01 says done, and criteria have none.",
        "line 12: the id PIER-01 becomes 1.1: criteria have numbers.",
        "line 12: the id PIER-01 becomes 2.3: criteria have numbers.",
    )
    assert "line 41: the row “PIER-02 | Phase 1 | Complete” has no place." in conversion.lost
    assert "line 34: “Cards: invoices do” is out of scope, and that has no place." in conversion.lost


def test_a_list_of_numbers_keeps_them_wherever_they_stand() -> None:
    text = (
        "---\nowner: Mara\n---\n# Requirements\n\n## 2. Till\n\n"
        "- [ ] **2.1**: Coins\n- [ ] **3.1**: Notes\n- [ ] ~~**4**: Cards~~\n"
        "\n## 2. Cash\n\nAs we said.\n\n- [ ] **2.4**: Cents\n- [ ] **2.5**\n"
    )
    conversion = convert_document(Format.REQUIREMENTS_LIST, text, Format.REQUIREMENTS)
    read = read_requirements(conversion.files["requirements.md"]).requirements
    assert [each.number for each in read.removed] == ["4"]
    assert "line 1: the front matter “owner: Mara” has no place." in conversion.lost
    assert [[criterion.number for criterion in each.criteria] for each in read.requirements] == [
        ["2.1", "2.4", "2.5"],
        ["3.1"],
    ]
    assert conversion.lost == (
        "line 1: the front matter “owner: Mara” has no place.",
        "line 12: the heading “Cash” stands beside the title of requirement 2.",
        "line 14: “As we said.” above requirement 2 has no place.",
        "line 17: 2.5 says nothing.",
    )


def test_nothing_lost_is_nothing_said() -> None:
    text = "# Requirements Document\n\n### Requirement 1: Till\n\n#### Acceptance Criteria\n\n1. THE Till SHALL open\n"
    conversion = convert_document(Format.REQUIREMENTS, text, Format.REQUIREMENTS_LIST)
    assert conversion.lost == ()
    assert convert_document(Format.REQUIREMENTS_LIST, conversion.files["REQUIREMENTS.md"], Format.REQUIREMENTS) == (
        Conversion(
            {"requirements.md": text.replace("Document\n", "Document\n\n## Introduction\n\n## Requirements\n")}, ()
        )
    )
