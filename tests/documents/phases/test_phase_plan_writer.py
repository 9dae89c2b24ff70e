"""The canonical PLAN.md: what is written is read back as it was, whatever text it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from bot.documents.phases.phase_plan import (
    AutoTask,
    Box,
    Decision,
    DecisionOption,
    Feature,
    PhasePlan,
    PlanContext,
    UnknownPart,
)
from bot.documents.phases.phase_plan_reader import read_phase_plan
from bot.documents.phases.phase_plan_writer import write_phase_plan
from bot.documents.text.boxes import TaskState
from tests.documents.strategies_phase_plan import phase_plans


@given(phase_plans())
@settings(max_examples=80)
def test_what_is_written_is_read_back(plan: PhasePlan) -> None:
    text = write_phase_plan(plan)
    reading = read_phase_plan(text)
    assert reading.plan == plan, text
    assert write_phase_plan(reading.plan) == text


@pytest.mark.parametrize("text", ["```\n<verification>\n```\nafter", "<!-- a\n-->\n</objective>", "  indented\nleft"])
def test_text_that_counts_at_a_lines_beginning_does_not_follow_a_label(text: str) -> None:
    plan = PhasePlan(objective=text, purpose=text, objective_output=text, verification_text=text)
    assert read_phase_plan(write_phase_plan(plan)).plan == plan


def test_the_canonical_form() -> None:
    plan = PhasePlan(
        phase="02-desk",
        plan="01",
        wave=1,
        objective="Lend books.",
        purpose="Readers wait.",
        context=PlanContext(paths=("docs/desk.md",)),
        tasks=(
            AutoTask(
                name="Lend",
                number="2.1",
                tdd=True,
                files=("app/a.py", "app/{b,c}.py"),
                action="Speak of `x</action>`,\nthen end with\n</action>",
                automated=("pytest",),
                requirements=("1.1",),
                unknown=(UnknownPart(tag="note", text="Soon."),),
            ),
            Decision(gate="blocking", decision="Which?", options=(DecisionOption(id="a", name="A", pros="Fast"),)),
        ),
        verification=(Box(text="Lent", state=TaskState.DONE),),
    )
    assert write_phase_plan(plan) == (
        '---\nphase: 02-desk\nplan: "01"\ntype: execute\nwave: 1\ndepends_on: []\nfiles_modified: []\n---\n\n'
        "<objective>\nLend books.\n\nPurpose: Readers wait.\n</objective>\n\n"
        "<context>\n@docs/desk.md\n</context>\n\n"
        "<tasks>\n\n"
        '<task type="auto" tdd="true">\n'
        "  <name>Task 2.1: Lend</name>\n"
        '  <files>app/a.py, "app/{b,c}.py"</files>\n'
        "  <requirements>1.1</requirements>\n"
        "  <action>\n    Speak of `x\\</action>`,\n    then end with\n    \\</action>\n  </action>\n"
        "  <verify>\n    <automated>pytest</automated>\n  </verify>\n"
        "  <note>Soon.</note>\n"
        "</task>\n\n"
        '<task type="checkpoint:decision" gate="blocking">\n'
        "  <decision>Which?</decision>\n"
        '  <options>\n    <option id="a">\n      <name>A</name>\n      <pros>Fast</pros>\n    </option>\n  </options>\n'
        "</task>\n\n"
        "</tasks>\n\n"
        "<verification>\n- [x] Lent\n</verification>\n"
    )


def test_a_long_list_of_files_has_one_on_each_line() -> None:
    files = (
        "app/api/endpoints/loans_of_readers.py", "app/a, b.py", "~~~", "docs/what is `this`.md", "- odd.py", "~~~",
        "x</files>.py", "<automated>", "@notes.md", "app/api/endpoints/reservations.py", "app/core/{a,b}.py",
    )  # fmt: skip
    plan = PhasePlan(tasks=(AutoTask(name="Lend", files=files, read_first=files, done="Lent."),))
    text = write_phase_plan(plan)
    assert "  <files>\n    app/api/endpoints/loans_of_readers.py\n    " in text
    assert "\n    app/api/endpoints/reservations.py\n" in text
    assert read_phase_plan(text).plan.tasks == plan.tasks
    feature = PhasePlan(features=(Feature(name="Lend", files=files, behavior="Lent."),))
    assert read_phase_plan(write_phase_plan(feature)).plan.features == feature.features


@pytest.mark.parametrize("fields", [{"gate": 'a"b'}, {"number": "two"}, {"attributes": (("A b", "x"),)}])
def test_what_could_not_be_written_is_no_task(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        AutoTask.model_validate(fields)
