"""Every phase of a delivered repository has its plan beside its summary, ticked by the commit that closes it."""

from __future__ import annotations

from bot.building.commits import documents_commit, phase_commit
from bot.building.phase_plans import phase_plan_files, phase_plan_path, phase_plan_text
from bot.documents.phases.phase_plan_conversion import phase_of
from bot.documents.phases.phase_plan_reader import read_phase_plan
from bot.documents.progress.project_reader import read_project
from bot.documents.tasks.task_plan import TaskState
from bot.verification.judge_words import BY_HAND, JUDGES
from tests.generation.samples import LEND, build_inputs, library

INPUTS = build_inputs(library(), custom=(LEND,))
PHASES = INPUTS.task_plan.phases
FOUNDATION = ".planning/phases/01-foundation/01-01-PLAN.md"


def test_the_first_commit_has_the_plan_of_every_phase_with_open_boxes() -> None:
    files = documents_commit(INPUTS).files
    texts = [files[f".planning/{phase_plan_path(phase)}"] for phase in PHASES]
    assert FOUNDATION in files
    assert all(text is not None and b"- [ ] Task" in text and b"- [x]" not in text for text in texts)


def test_what_a_phase_says_comes_back_from_its_plan() -> None:
    states = {"1.1": TaskState.DONE, "4.1": TaskState.DOING}
    files = phase_plan_files(INPUTS.task_plan, INPUTS.blueprint, states)
    alone = {
        phase_plan_path(phase): phase_plan_text(INPUTS.task_plan, phase, INPUTS.blueprint, states) for phase in PHASES
    }
    assert alone == files
    readings = [read_phase_plan(files[phase_plan_path(phase)]) for phase in PHASES]
    assert [finding for reading in readings for finding in reading.findings] == []
    back = [phase_of(reading.plan) for reading in readings]
    assert tuple(phase for phase, _ in back) == PHASES
    marks = {number: mark for _, found in back for number, mark in found.items()}
    assert marks == dict.fromkeys((task.number for task in INPUTS.task_plan.tasks()), TaskState.TODO) | states


def test_the_commit_that_closes_a_phase_ticks_its_plan_and_no_other() -> None:
    done = {task.number: "abcdef1" for task in PHASES[0].tasks}
    last = PHASES[0].tasks[-1].number
    states = dict.fromkeys(done, TaskState.DONE) | {last: TaskState.DOING}
    commits = {number: commit for number, commit in done.items() if number != last}
    files = phase_commit(INPUTS, 1, PHASES[0], states, commits).files
    assert [path for path in files if path.endswith("PLAN.md")] == [FOUNDATION]
    text = (files[FOUNDATION] or b"").decode()
    assert text.count("- [x] Task ") == len(PHASES[0].tasks) - 1
    assert f"- [-] Task {last}: " in text
    assert ".planning/phases/01-foundation/01-01-SUMMARY.md" in files


def test_a_plan_says_where_to_read_on_and_what_its_checks_mean() -> None:
    delivery = phase_plan_files(INPUTS.task_plan, INPUTS.blueprint, {})[phase_plan_path(PHASES[-1])]
    assert "\n@.planning/requirements.md\n" in delivery
    assert "\n@.planning/phases/03-services-and-api/03-01-SUMMARY.md\n" in delivery
    assert "\n@.planning/phases/04-custom-behaviour/04-01-SUMMARY.md\n" in delivery
    assert all(f"\n- `{word}`: {meaning}\n" in delivery for word, meaning in BY_HAND.items())
    assert "\n- Port 8000\n" in delivery
    assert "\n- All tests, strict types, lint and the migration round trip pass\n" in delivery
    assert "`.planning/phases/05-acceptance-and-delivery/05-01-SUMMARY.md`: what was done" in delivery
    foundation = phase_plan_files(INPUTS.task_plan, INPUTS.blueprint, {})[phase_plan_path(PHASES[0])]
    assert "\n\nPurpose: What phase 2 (Data layer) builds on.\n\nOutput: A commit for every task" in foundation
    assert "Purpose:" not in delivery, "nothing builds on the last phase"
    assert "`alembic round-trip`" not in foundation, "only the checks that the phase's tasks name"


def test_every_word_of_a_check_is_explained() -> None:
    assert set(BY_HAND) == set(JUDGES)


def test_what_was_left_out_stands_in_the_delivered_project_and_nothing_does_where_all_was_understood() -> None:
    pieces = ("wibble the gronk", "**bold** <script>alert(1)</script> | # a heading")
    files = documents_commit(INPUTS.model_copy(update={"left_out": pieces})).files
    said = files[".planning/PROJECT.md"]
    assert said is not None

    reading = read_project(said.decode())
    assert tuple(each.what for each in reading.project.out_of_scope) == pieces
    assert all("not understood" in each.why for each in reading.project.out_of_scope)
    usual = documents_commit(INPUTS).files[".planning/PROJECT.md"]
    assert usual is not None
    assert b"Out of scope" not in usual
