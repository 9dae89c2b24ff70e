"""Reading PLAN.md: every trap of real files has a sample in `samples/phase_plans`, and a test that names it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.must_haves import Artifact, KeyLink
from bot.documents.phases.phase_plan import (
    AutoTask,
    Decision,
    DecisionOption,
    HumanAction,
    HumanVerification,
    PhasePlan,
    UnknownPart,
)
from bot.documents.phases.phase_plan_reader import PhasePlanReading, read_phase_plan, tick_verification
from bot.documents.phases.phase_plan_writer import write_phase_plan
from bot.documents.text.boxes import TaskState
from bot.documents.text.source_text import LARGEST_DOCUMENT, SourceText
from tests.documents.strategies_phase_plan import HOSTILE

SAMPLES = Path(__file__).parent.parent / "samples" / "phase_plans"
NAMES = sorted(path.name for path in SAMPLES.glob("*.PLAN.md"))


def text_of(name: str) -> str:
    """Return the text of a sample."""
    return SourceText.from_bytes((SAMPLES / f"{name}.PLAN.md").read_bytes()).text


def read(name: str) -> PhasePlanReading:
    """Return what is read of a sample."""
    return read_phase_plan(text_of(name), f"{name}.PLAN.md")


def rules(reading: PhasePlanReading) -> list[tuple[str, int | None]]:
    """Return rule and line of every finding."""
    return [(finding.rule, finding.place.line) for finding in reading.findings]


def auto_tasks(plan: PhasePlan) -> list[AutoTask]:
    """Return the tasks that are done without people."""
    return [task for task in plan.tasks if isinstance(task, AutoTask)]


def assert_form_of_the_reference(reading: PhasePlanReading) -> None:
    """Hold what is true of the reference document and of the sample that has its structure."""
    plan = reading.plan
    tasks = auto_tasks(plan)
    assert reading.findings == ()
    assert reading.has_front_matter
    assert len(plan.tasks) == len(tasks) == 4
    assert [task.number for task in tasks] == ["1", "2", "3", "4"]
    assert all(task.type == "auto" and task.files and task.action and task.verify and task.done for task in tasks)
    assert not any(task.unknown for task in tasks)
    assert len(plan.verification) == len(reading.boxes) == 10
    assert plan.verification_text.startswith("Before")
    assert plan.type == "execute"
    assert plan.wave is None
    assert plan.autonomous is None
    assert len(plan.depends_on) == 1
    assert plan.files_modified
    assert len(plan.context.paths) == 3
    assert plan.context.text.startswith("**")
    assert len(plan.execution_context.split("\n")) == 2
    assert plan.objective
    assert plan.purpose
    assert plan.objective_output
    assert len(plan.success_criteria.split("\n")) >= 3
    assert "## Accomplishments" in plan.output
    assert plan.unknown_keys == {}
    assert plan.unknown_sections == ()
    assert read_phase_plan(write_phase_plan(plan)).plan == plan


def test_a_plan_of_the_usual_form_is_read_in_full() -> None:
    reading = read("lending-desk")
    assert_form_of_the_reference(reading)
    plan = reading.plan
    assert (plan.phase, plan.plan, plan.depends_on) == ("02-lending-desk", "02", ("02-01",))
    assert len(plan.files_modified) == 8
    assert auto_tasks(plan)[0].name == "Store loans"
    assert auto_tasks(plan)[0].files == ("app/models/loan.py", "alembic/versions/0003_loans.py")
    assert auto_tasks(plan)[1].action.split("\n")[-1] == 'LoanCreate takes no due date: {"book_id": 1, "reader_id": 2}'
    assert [box.state for box in plan.verification].count(TaskState.DONE) == 1
    assert plan.verification[6].state is TaskState.DOING
    assert plan.verification[4].text == 'POST /api/v1/loans returns {"id": 1, …} with status 201'


def test_the_reference_document_is_read_in_full() -> None:
    folder = os.environ.get("PLANTHREAD_REFERENCE_DOCUMENTS")
    found = sorted(Path(folder).glob("003*")) if folder else []
    if not found:
        pytest.skip("PLANTHREAD_REFERENCE_DOCUMENTS names no folder with a file that begins with 003")
    data = found[0].read_bytes()
    source = SourceText.from_bytes(data)
    reading = read_phase_plan(source.text, found[0].name)
    assert_form_of_the_reference(reading)
    assert (reading.plan.phase, reading.plan.plan) == ("01-foundation-infrastructure", "03")
    assert reading.plan.depends_on == ("01-01",)
    assert len(reading.plan.files_modified) == 12
    assert source.to_bytes() == data


def test_lines_are_told_for_tasks_parts_keys_and_boxes() -> None:
    reading = read("lending-desk")
    lines = text_of("lending-desk").split("\n")
    assert lines[reading.places["tasks[2]"] - 1].startswith("<task")
    assert "Open and close" in lines[reading.places["tasks[2].name"] - 1]
    assert "<verify>" in lines[reading.places["tasks[2].verify"] - 1]
    assert lines[reading.places["depends_on"] - 1].startswith("depends_on")
    assert lines[reading.places["objective"] - 1] == "<objective>"
    assert "ruff" in lines[reading.places["verification[9]"] - 1]


def test_html_and_generics_inside_an_action_are_text() -> None:
    reading = read("html-in-action")
    assert reading.findings == ()
    (task,) = auto_tasks(reading.plan)
    assert task.name == "Write the page"
    lines = task.action.split("\n")
    assert lines[0] == '<section class="shelf">'
    assert lines[1] == "  <name>not a part of the task</name>"
    assert "Promise<Array<Book>>" in task.action
    assert "<action> and </action> is shown" in task.action
    assert "<\\/script>" in task.action
    assert task.done == "The shelf shows <b>every</b> book"
    assert task.unknown == ()


def test_files_stand_between_commas_or_on_lines_and_windows_paths_stay() -> None:
    reading = read("files-by-lines")
    assert reading.findings == ()
    (task,) = auto_tasks(reading.plan)
    assert task.files == (
        "C:\\tools\\build.ps1",
        "src/app/main.py",
        "src/{one,two}.py",
        "tests/test_tools.py (new)",
    )
    assert task.read_first == ("docs/tools.md",)
    assert reading.plan.context.paths == ("C:\\plans\\PROJECT.md", "src\\app\\main.py")
    assert reading.plan.files_modified == ("C:\\tools\\build.ps1",)


def test_without_front_matter_the_body_is_read_and_it_is_told() -> None:
    reading = read("no-front-matter")
    assert rules(reading) == [("PT001", 1)]
    assert not reading.has_front_matter
    assert reading.plan.phase == ""
    assert [task.name for task in reading.plan.tasks] == ["Number the answers"]


def test_tags_that_never_close_cost_no_task() -> None:
    reading = read("unclosed-tags")
    plan = reading.plan
    assert plan.objective == "Find books by words."
    assert plan.context.paths == (".planning/PROJECT.md",)
    first, second = auto_tasks(plan)
    assert (first.number, first.name, first.files) == ("1", "Store words", ("app/words.py",))
    assert (first.action, first.verify, first.done) == ("Split titles into words.", "pytest", "Words are stored")
    assert (second.number, second.done) == ("2", "Search works")
    assert second.action == "```python\ndef search(): ..."
    assert [box.text for box in plan.verification] == ["A search finds a book"]
    lines = text_of("unclosed-tags").split("\n")
    unclosed = [line for rule, line in rules(reading) if rule == "PT008"]
    assert [lines[line - 1].strip().partition(">")[0] for line in unclosed if line] == [
        "<objective", "<context", "<tasks", '<task type="auto"', "<name", "<action", "```python",
    ]  # fmt: skip
    assert {rule for rule, _ in rules(reading)} == {"PT008"}


def test_tags_in_fences_and_comments_are_no_tags() -> None:
    reading = read("tags-in-fences")
    assert reading.findings == ()
    plan = reading.plan
    (task,) = auto_tasks(plan)
    assert task.name == "Write the page"
    assert task.action.endswith("Then explain each part.")
    assert "      </action>" not in task.done
    assert (task.verify, task.automated) == ("Read it.", ("mkdocs build --strict",))
    assert plan.context.paths == ("docs/plans.md",)
    assert '@router.get("/books")' in plan.context.text
    assert [box.text for box in plan.verification] == ["The page builds"]
    assert "- [ ] only an example" in plan.verification_text


def test_checkpoints_have_all_their_parts() -> None:
    reading = read("checkpoints")
    assert reading.findings == ()
    decision, action, auto, verification = reading.plan.tasks
    assert isinstance(decision, Decision)
    assert decision.gate == "blocking"
    assert decision.decision == "Who delivers the mail?"
    assert decision.context == "The library sends some 200 letters a day."
    assert decision.options == (
        DecisionOption(
            id="own-server", name="A server of our own", pros="No monthly bill", cons="Someone must look after it"
        ),
        DecisionOption(id="service", name="A mail service", pros="Nothing to look after", cons="Costs money"),
    )
    assert decision.resume_signal == "Say own-server or service"
    assert isinstance(action, HumanAction)
    assert action.action == "Create the account"
    assert action.instructions == "1. Sign up.\n2. Copy the key into .env."
    assert action.verification == "The key answers a test call"
    assert isinstance(auto, AutoTask)
    assert auto.tdd
    assert auto.attributes == (("owner", "desk"),)
    assert auto.behavior == "- A loan due tomorrow gets one letter"
    assert (auto.verify, auto.automated) == ("", ("pytest tests/test_mail.py",))
    assert auto.acceptance_criteria == "- Two runs send one letter"
    assert auto.unknown == (UnknownPart(tag="rollback", text="Turn the schedule off."),)
    assert isinstance(verification, HumanVerification)
    assert verification.what_built == "Reminders by mail"
    assert verification.how_to_verify == "1. Lend a book until tomorrow.\n2. Wait for the letter."
    assert verification.resume_signal == "Say approved, or what is wrong"
    assert reading.plan.autonomous is False


def test_plans_of_type_tdd_hold_a_feature() -> None:
    reading = read("tdd-feature")
    assert reading.findings == ()
    (feature,) = reading.plan.features
    assert reading.plan.type == "tdd"
    assert reading.plan.tasks == ()
    assert feature.name == "Fines by days"
    assert feature.files == ("app/fines.py", "tests/test_fines.py")
    assert feature.behavior == "0 days → 0.00\n3 days → 0.60"
    assert feature.implementation == "A pure function of two dates."


def test_front_matter_with_must_haves_is_read_as_text_where_it_is_text() -> None:
    reading = read("must-haves")
    plan = reading.plan
    assert (plan.phase, plan.plan, plan.wave, plan.autonomous) == ("04.1", "010", 3, True)
    assert plan.gap_closure is True
    assert plan.requirements == ("BOOK-01", "2.3")
    assert plan.user_setup == ({"service": "mail", "env_vars": ({"name": "MAIL_KEY"},)},)
    assert plan.unknown_keys == {"review_by": "desk"}
    assert plan.must_haves.truths == ("A reader sees every book", "A lent book says so: at once")
    assert plan.must_haves.artifacts == (
        Artifact(
            path="app/api/books.py",
            provides="The list of books",
            min_lines=30,
            exports=("router",),
            contains="APIRouter(",
        ),
        Artifact(path="app/models/book.py", provides=""),
        Artifact(path="", provides="A page that shows the shelf"),
    )
    assert plan.must_haves.key_links == (
        KeyLink(source="app/main.py", target="app/api/books.py", via="include_router", pattern="include_router(books"),
        KeyLink(source="app/api/books.py", target="app/models/book.py", via="import"),
    )
    assert (plan.purpose, plan.objective_output) == ("Two truths failed.", "A list that is right.")
    assert plan.threat_model.startswith("| Threat | Answer |")
    assert plan.unknown_sections == (UnknownPart(tag="deviation_rules", text="Ask before adding a column."),)
    assert plan.task("2.1") is not None
    assert plan.task("9.9") is None
    assert rules(reading) == [("PT001", 46)]
    assert "Please be quick." in reading.findings[0].message


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_is_written_and_read_back(name: str) -> None:
    plan = read(name.removesuffix(".PLAN.md")).plan
    again = read_phase_plan(write_phase_plan(plan))
    assert again.plan == plan
    assert not again.findings


@pytest.mark.parametrize("name", NAMES)
def test_line_endings_and_byte_order_marks_change_nothing(name: str) -> None:
    text = text_of(name.removesuffix(".PLAN.md"))
    other = read_phase_plan("\ufeff" + text.replace("\n", "\r\n").removesuffix("\r\n"), name)
    assert other == PhasePlanReading(
        plan=read_phase_plan(text, name).plan,
        findings=read_phase_plan(text, name).findings,
        places=read_phase_plan(text, name).places,
        boxes=other.boxes,
        has_front_matter=read_phase_plan(text, name).has_front_matter,
    )


def test_ticking_a_box_changes_one_byte() -> None:
    text = text_of("lending-desk").replace("\n", "\r\n")
    boxes = read_phase_plan(text).boxes
    for box in boxes:
        for state in TaskState:
            ticked = tick_verification(text, box, state)
            before, after = SourceText(text).to_bytes(), SourceText(ticked).to_bytes()
            assert len(before) == len(after)
            changed = sum(one != other for one, other in zip(before, after, strict=True))
            assert changed == (state is not box.state)
            assert read_phase_plan(ticked).boxes[boxes.index(box)].state is state


def test_ticking_what_is_no_box_is_refused() -> None:
    box = read("lending-desk").boxes[0]
    with pytest.raises(ValueError, match="no box"):
        tick_verification("short", box, TaskState.DONE)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<task type='auto'><name>x</name></task>", "no attribute in double quotes"),
        ('<task type="robot"><name>x</name></task>', "type “robot”"),
        ('<task type="auto" type="b"><name>x</name></task>', "attribute “type”"),
        ("<task><name>x</name><name>y</name></task>", "“<name>” stands twice"),
        ("<task><done>x</done>\nand more\n</task>", "“and more” stands in no tag"),
        ("<task><done>x</done> and more\n</task>", "“<done>” opens here and never closes"),
        ("<task><verify><automated>x</verify></task>", "never closes"),
        ('<task><done id="1">x</done></task>', "attributes of “<done>”"),
        ('<task type="checkpoint:decision"><options><option><risk>y</risk></option></options></task>', "“risk”"),
        ('<task type="checkpoint:decision"><options><pros>y</pros></options></task>', "“<pros>y” stands"),
        ("<context>a</context>\n<context>b</context>\n<task></task>", "“<context>” stands twice"),
        ("<task></task>\n<verification>\n- [?] x\n</verification>", "The mark “?”"),
        ("<task></task>\n```\n", "never closes"),
        ("<task></task>\n<!--\n", "never closes"),
        ("<tasks>\n<task>\n  <output>x</output>\n</task>\n</tasks>", "“<output>x</output>” stands in no tag"),
        ("# Heading\n<task></task>", "“# Heading” stands in no tag"),
    ],
)
def test_what_has_no_place_is_told(body: str, expected: str) -> None:
    reading = read_phase_plan(f"---\nphase: 1\nplan: 1\n---\n{body}\n")
    assert any(expected in finding.message for finding in reading.findings), reading.findings
    assert all(finding.place.line and finding.place.line > 4 for finding in reading.findings)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("phase: [a]", "PT005"),
        ("wave: soon", "PT005"),
        ("autonomous: maybe", "PT005"),
        ("depends_on: {a: b}", "PT005"),
        ("files_modified: [[a]]", "PT005"),
        ("must_haves:\n  truths:\n    - a: b\n", "PT006"),
        ("must_haves:\n  artifacts:\n    - path: a\n      size: 3\n", "PT006"),
        ("must_haves:\n  artifacts:\n    - path: a\n      min_lines: few\n", "PT006"),
        ("must_haves:\n  artifacts:\n    - path: [a]\n", "PT006"),
        ("must_haves:\n  goals: x\n", "PT006"),
    ],
)
def test_values_of_the_wrong_kind_are_told_with_their_line(key: str, expected: str) -> None:
    reading = read_phase_plan(f"---\n{key}\n---\n<objective>\nx\n</objective>\n")
    assert [finding.rule for finding in reading.findings] == [expected]
    assert all(finding.place.line in {2, 3, 4, 5} for finding in reading.findings)
    name = key.partition(":")[0]
    assert (name in reading.plan.unknown_keys) is (expected == "PT005")


def test_single_values_are_lists_of_one() -> None:
    text = "---\ndepends_on: 01-01, 01-02\nuser_setup: x\nmust_haves:\n  truths: one\n  artifacts:\n    - path: a\n"
    reading = read_phase_plan(f"{text}      exports: A, B\nwave:\ntype:\n---\n<objective>\nx\n</objective>\n")
    assert reading.findings == ()
    assert reading.plan.depends_on == ("01-01", "01-02")
    assert reading.plan.user_setup == ("x",)
    assert reading.plan.must_haves.truths == ("one",)
    assert reading.plan.must_haves.artifacts[0].exports == ("A", "B")
    assert reading.plan.type == "execute"


def test_what_is_no_plan_is_an_error_and_so_is_what_is_too_large() -> None:
    assert ("PT004", None) in rules(read_phase_plan("# A shopping list\n"))
    assert rules(read_phase_plan("x" * (LARGEST_DOCUMENT + 1))) == [("PT009", None)]


LINES = [line for group in HOSTILE for line in group]
OPENINGS = ["<tasks>", '<task type="checkpoint:decision">', "<options>", '<option id="', "<context>", "<objective>"]


@given(st.lists(st.sampled_from([*LINES, *OPENINGS]), max_size=14))
@settings(max_examples=100)
def test_any_text_is_read_without_an_error(lines: list[str]) -> None:
    reading = read_phase_plan("\n".join(lines))
    assert reading.findings or reading.plan.tasks


@given(st.sampled_from(NAMES), st.integers(0, 4000), st.integers(0, 60), st.sampled_from([*LINES, *OPENINGS]))
@settings(max_examples=60)
def test_mutated_samples_are_read_and_their_plans_are_written_and_read_back(
    name: str, start: int, length: int, new: str
) -> None:
    text = text_of(name.removesuffix(".PLAN.md"))
    start %= len(text)
    plan = read_phase_plan(text[:start] + new + text[start + length :], name).plan
    assert read_phase_plan(write_phase_plan(plan)).plan == plan
