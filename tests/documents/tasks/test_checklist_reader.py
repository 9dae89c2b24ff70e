"""Checklists are read as they stand: every spelling of marks, numbers, references and details, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.tasks.checklist_reader import read_tasks
from bot.documents.tasks.waves import Wave
from bot.documents.text.boxes import TaskState
from bot.documents.text.numbering import Removed
from bot.documents.text.references import ReferenceKind
from bot.documents.text.source_text import SourceText
from tests.documents.reference_documents import reference_document

SAMPLES = Path(__file__).parent.parent / "samples" / "tasks"
OFFICE = (SAMPLES / "office.tasks.md").read_text(encoding="utf-8")
FERRY = (SAMPLES / "ferry.tasks.md").read_text(encoding="utf-8")

REFERENCES_OF_002 = {
    "1": "1.1, 1.2", "2.1": "2.1", "2.2": "2.1", "3.1": "5.1, 5.4", "4.1": "2.2, 3.2", "4.2": "2.2, 5.3",
    "5.1": "2.3, 3.2", "5.2": "2.3, 4.1", "6.1": "4.1, 4.2", "6.2": "4.1, 4.2, 4.3", "7.1": "2.4", "7.2": "2.4, 4.3",
    "8.1": "1.3, 3.1", "8.2": "3.1, 3.2, 3.4", "9.1": "6.2", "9.2": "6.1, 6.3", "10.1": "3.3", "10.2": "3.3",
}  # fmt: skip


@pytest.mark.parametrize("is_sample", [True, False], ids=["sample", "reference document"])
def test_ten_tasks_with_seventeen_sub_tasks_are_read_in_full(is_sample: bool) -> None:
    path = SAMPLES / "002-bakery.tasks.md" if is_sample else reference_document("002")
    source = SourceText.from_bytes(path.read_bytes())
    assert source.to_bytes() == path.read_bytes()
    reading = read_tasks(source.text, path.name)
    tasks = reading.tasks
    assert [task.number for task in tasks if task.parent is None] == [str(number) for number in range(1, 11)]
    assert sum(task.parent is not None for task in tasks) == 17
    assert {task.number: task.requirements_text for task in tasks if task.requirements_text} == REFERENCES_OF_002
    assert all(", ".join(task.requirements) == task.requirements_text for task in tasks)
    states = {task.number: task.state.name for task in tasks if task.state is not TaskState.TODO}
    assert states == {"2.1": "DONE", "2.2": "DONE", "3": "DOING", "4": "DOING"}
    assert {number for number, state in reading.derived.items() if state is TaskState.DONE} == {"2"}
    assert reading.derived.keys() == {str(number) for number in range(2, 11)}
    assert [(finding.rule, finding.message) for finding in reading.findings] == [
        ("PT010", "The box of 2 says todo, its sub-tasks done."),
        ("PT010", "The box of 3 says doing, its sub-tasks todo."),
        ("PT010", "The box of 4 says doing, its sub-tasks todo."),
    ]
    assert all(task.details and task.title for task in tasks if "." in task.number)


def test_an_office_s_checklist_is_read_with_all_its_oddities() -> None:
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
    assert reading.tasks[7].boundary == "app/api"
    assert reading.tasks[7].blocked == "waits for Mara"
    assert reading.derived == {"2": TaskState.DOING, "2.1": TaskState.TODO, "3": TaskState.DOING}
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == [
        ("PT001", 29), ("PT010", 11), ("PT010", 12), ("PT007", 30),
    ]  # fmt: skip
    assert "- [ ] 9.9 inside a fence" not in str(reading.tasks)


def test_marks_numbers_and_optional_in_every_spelling() -> None:
    tasks = read_tasks(FERRY).tasks
    assert [(task.number, task.mark, task.state.name) for task in tasks[1:4]] == [
        ("1.1", "x", "DONE"), ("1.2", "X", "DONE"), ("1.3", "~", "DOING"),
    ]  # fmt: skip
    assert [task.number for task in tasks if task.optional] == ["1.2", "1.3", "2.1", "2.2"]
    assert [task.number for task in tasks] == [
        "1", "1.1", "1.2", "1.3", "1.4", "1.4.1", "", "", "2", "2.1", "2.2", "", "", "", "3", "3.1", "3.2",
    ]  # fmt: skip
    assert [task.title for task in tasks if not task.number] == [
        "the lamp has no number",
        "and neither has its bulb",
        "Crew without a number",
        "behind a tab",
        "behind a tab and two blanks",
    ]


def test_nesting_goes_by_number_and_only_without_one_by_indent() -> None:
    checklist = read_tasks(FERRY).checklist
    names = [task.number or task.title for task in checklist.tasks]
    parents = {
        name: None if task.parent is None else names[task.parent]
        for name, task in zip(names, checklist.tasks, strict=True)
    }
    assert parents == {
        "1": None, "1.1": "1", "1.2": "1", "1.3": "1", "1.4": "1", "1.4.1": "1.4",
        "the lamp has no number": "1.4.1", "and neither has its bulb": "the lamp has no number",
        "2": None, "2.1": "2", "2.2": "2",
        "Crew without a number": None, "behind a tab": "Crew without a number",
        "behind a tab and two blanks": "behind a tab",
        "3": None, "3.1": "3", "3.2": "3",
    }  # fmt: skip


def test_every_parent_gets_a_state_over_all_levels_and_disagreements_are_said() -> None:
    reading = read_tasks(FERRY, "ferry.md")
    assert {number: state.name for number, state in reading.derived.items()} == {
        "1": "DONE", "1.4": "DONE", "1.4.1": "DONE", "2": "TODO", "3": "DOING",
    }  # fmt: skip
    assert [(str(finding.place), finding.message) for finding in reading.findings if finding.rule == "PT010"] == [
        ("ferry.md:12:4", "The box of 1 says todo, its sub-tasks done."),
        ("ferry.md:26:8", "The box of “the lamp has no number” says todo, its sub-tasks done."),
        ("ferry.md:41:4", "The box of “Crew without a number” says todo, its sub-tasks done."),
    ]


def test_references_of_every_kind() -> None:
    reading = read_tasks(FERRY)
    wild, many, prose = (reading.checklist.task(number) for number in ("1.2", "1.3", "1.4.1"))
    assert wild
    assert many
    assert prose
    assert [each.kind for each in wild.requirement_references] == [ReferenceKind.ALL]
    assert many.requirements == ("6.1", "6.2", "6.3", "7.2", "7.3", "7.4", "AUTH-01", "8")
    assert [each.note for each in many.requirement_references] == ["", "only by day", "", ""]
    assert many.requirements_text == "6.1-6.3, 7.2 – 7.4 (only by day), AUTH-01, 8"
    assert (many.depends, many.boundary) == (("1.1", "1.2"), "app/harbours")
    assert [each.kind for each in prose.requirement_references] == [ReferenceKind.TEXT, ReferenceKind.ID]
    assert prose.requirements == ("4.2", "5")


def test_details_properties_and_fences() -> None:
    checklist = read_tasks(FERRY).checklist
    measured, alone, too, last = (checklist.task(number) for number in ("1.3", "2.1", "2.2", "3.2"))
    assert measured
    assert alone
    assert too
    assert last
    assert measured.details == ("a detail that goes on in a second line, and a third",)
    assert alone.properties == ("Property 3: A ship that left is not in the harbour",)
    assert [each.ids for each in alone.validates] == [("2.5",), ("2.6",)]
    assert too.blocked == "the yard is closed until May"
    assert too.details[0].splitlines()[1:3] == ["    - [x] 9.9 no task, but code", "    # no heading either"]
    assert last.details == ("[] 3.3 is no box", "-[ ] 3.4 is none either", "[x](https://example.org) is a link")


def test_what_looks_like_a_box_is_quoted() -> None:
    findings = [finding for finding in read_tasks(FERRY).findings if finding.rule == "PT001"]
    assert [(finding.place.line, finding.message) for finding in findings] == [
        (50, "“- [] 3.3 is no box” looks like a box, and is none."),
        (51, "“-[ ] 3.4 is none either” looks like a box, and is none."),
    ]


def test_headings_notes_and_everything_else_keep_their_text() -> None:
    checklist = read_tasks(FERRY).checklist
    assert checklist.title == "Ferry timetable 渡し船"
    assert checklist.overview.endswith("what stands below what.\n\nBoxes are looked at in order.")
    assert checklist.notes.splitlines()[1] == "- [ ] open, [x] done: this line explains the marks"
    assert [(section.heading, section.line, section.text) for section in checklist.sections] == [
        ("Tasks", 10, "A paragraph that belongs to nobody."),
        ("Remarks", 54, "Kept as they are.\n\n| a | table |"),
    ]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# Implementation Plan", ""),
        ("# Implementation Plan: Kiosk", "Kiosk"),
        ("# implementation plan — Kiosk", "Kiosk"),
        ("# Implementation Tasks - Kiosk", "Kiosk"),
        ("# Tasks", ""),
        ("# Kiosk", "Kiosk"),
    ],
)
def test_titles(heading: str, title: str) -> None:
    assert read_tasks(f"{heading}\n\n- [ ] 1. A\n").checklist.title == title


def test_struck_tasks_are_removed_and_keep_their_numbers() -> None:
    checklist = read_tasks(FERRY).checklist
    assert checklist.removed == (Removed(number="2.3", text="Paint them"), Removed(number="2.4", text="Sink them"))
    assert {"2.2", "2.3", "2.4", "3.2"} <= set(checklist.numbers)
    again = read_tasks("- ~~1.1 Gone~~\n- [ ] 1.1 Back\n- ~~no number, no task~~\n")
    assert [(finding.rule, finding.place.line) for finding in again.findings] == [("PT007", 2)]
    assert again.tasks[0].details == ("~~no number, no task~~",)


@pytest.mark.parametrize(
    ("sample", "waves"),
    [
        ("ferry", [Wave(0, ("1.1", "1.2"), "ground", ()), Wave(1, ("2.1",), "ships", (0,))]),
        ("waves-by-id", [Wave(0, ("1.1",)), Wave(1, ("1.2",)), Wave(2, ("2.1",))]),
        ("waves-as-lists", [Wave(0, ("1.1",)), Wave(1, ("1.2",))]),
    ],
)
def test_waves_in_three_shapes(sample: str, waves: list[Wave]) -> None:
    text = (SAMPLES / f"{sample}.tasks.md").read_text(encoding="utf-8")
    assert list(read_tasks(text).checklist.waves) == waves


@pytest.mark.parametrize("graph", ["graph TD; A --> B", "{", "[" * 100_000, '{"waves": 3}', '{"waves": [3]}', "[{}]"])
def test_a_graph_that_says_no_waves_is_quoted(graph: str) -> None:
    reading = read_tasks(f"- [ ] 1. A\n\n## Task Dependency Graph\n\n```\n{graph}\n```\n")
    assert reading.checklist.waves == ()
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == [("PT001", 3)]


def test_a_fence_that_never_closes_hides_no_task() -> None:
    reading = read_tasks((SAMPLES / "open-fence.tasks.md").read_text(encoding="utf-8"))
    assert [task.number for task in reading.tasks] == ["1", "1.1", "1.2"]
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == [("PT008", 6), ("PT010", 3)]


def test_an_optional_child_never_holds_its_parent_open() -> None:
    text = "- [x] 1. A\n  - [x] 1.1 B\n  - [ ]* 1.2 C\n    - [ ] 1.2.1 D\n"
    reading = read_tasks(text)
    assert reading.derived == {"1": TaskState.DONE, "1.2": TaskState.TODO}
    assert reading.findings == ()


def test_places_are_lines() -> None:
    assert str(read_tasks(FERRY, "ferry.md").places["1.4.1"]) == "ferry.md:24:1"


def variant(text: str, kind: str) -> str:
    """Return a text as another system would have written it."""
    variants = {
        "as it is": text,
        "CRLF": text.replace("\n", "\r\n"),
        "CR": text.replace("\n", "\r"),
        "a byte order mark": f"\ufeff{text}",
        "no final newline": text.rstrip("\n"),
        "blanks at the ends": text.replace("\n", " \t\n"),
    }
    return variants[kind]


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir()))
@pytest.mark.parametrize(
    "kind", ["as it is", "CRLF", "CR", "a byte order mark", "no final newline", "blanks at the ends"]
)
def test_line_endings_and_marks_change_nothing(sample: str, kind: str) -> None:
    text = (SAMPLES / sample).read_text(encoding="utf-8")
    changed = variant(text, kind)
    before, after = read_tasks(text), read_tasks(changed)
    assert [(t.number, t.title, t.mark, t.requirements) for t in after.tasks] == [
        (t.number, t.title, t.mark, t.requirements) for t in before.tasks
    ]
    assert [(t.parent, t.derived) for t in after.tasks] == [(t.parent, t.derived) for t in before.tasks]
    assert [finding.message for finding in after.findings] == [finding.message for finding in before.findings]
    assert all(changed[t.mark_offset] == t.mark for t in after.tasks if t.mark_offset is not None)


pieces = [*OFFICE.splitlines(keepends=True), *FERRY.splitlines(keepends=True), "- [", "] ", "_", "x", "~~", "```\n"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(pieces) | st.text(max_size=20), max_size=60).map("".join))
def test_no_text_makes_it_raise_and_no_box_is_lost(text: str) -> None:
    reading = read_tasks(text)
    parents = {task.parent for task in reading.tasks} - {None}
    assert parents == {position for position, task in enumerate(reading.tasks) if task.derived is not None}
    for task in reading.tasks:
        assert text[task.start : task.end].strip()
        assert task.mark_offset is None or text[task.mark_offset] == task.mark
    starts = [task.start for task in reading.tasks]
    assert starts == sorted(starts)
    assert all(end <= start for end, start in zip([t.end for t in reading.tasks], starts[1:], strict=False))


def test_many_tasks_and_hostile_lines_end() -> None:
    """No time is asserted; a quadratic reader would run into the suite's own time-out."""
    many = "".join(f"- [ ] {number // 100}.{number % 100} Task\n" for number in range(100, 50_100))
    assert len(read_tasks(many).tasks) == 50_000
    deep = "".join(f"{' ' * (number % 1000)}- [ ] box\n" for number in range(9_000))
    assert len(read_tasks(deep).tasks) == 9_000
    hostile = [
        "- [ ] " + "1." * 500_000 + "\n_Requirements: " + "1-" * 500_000 + "_",
        "- [ ] 1. A\n" + "a\n" * 500_000,
        "- [ ] 1. A\n" + "_Requirements: 1_\n" * 100_000,
        "- [ ] 1. A\n  - _Requirements: " + "(" * 1_000_000 + "_",
        "- [ ] 1. A\n" + "```" * 300_000,
        "- [ ] 1. A\n" + "~~" * 500_000,
    ]
    for text in hostile:
        assert len(read_tasks(text).tasks) == 1


def test_empty_and_too_large_files_are_said() -> None:
    assert [finding.rule for finding in read_tasks("").findings] == ["PT004"]
    assert [finding.rule for finding in read_tasks("x" * (5 * 1024 * 1024 + 1)).findings] == ["PT009"]


BINDERY = (Path(__file__).parent.parent / "samples" / "tasks" / "003-bindery.tasks.md").read_text(encoding="utf-8")


def test_headings_that_only_group_tasks_are_no_tasks() -> None:
    checklist = read_tasks(BINDERY).checklist
    assert [task.number for task in checklist.tasks] == [
        "1", "2", "3.1", "3.2", "3b", "3b.1", "4", "", "BOOK-007", "", "",
    ]  # fmt: skip
    assert [section.heading for section in checklist.sections] == [
        "1. Sobre este plan", "Phase 1: Sheets", "Phase 2: Covers",
    ]  # fmt: skip
    assert not [finding for finding in read_tasks(BINDERY).findings if finding.rule == "PT007"]


def test_numbers_stand_in_bold_with_letters_or_behind_a_word() -> None:
    checklist = read_tasks(BINDERY).checklist
    assert [task.title for task in checklist.tasks] == [
        "Cut the sheets", "Fold them twice", "Choose the cloth", "Glue it", "Wait for the glue", "Look at it",
        "Press the book", "3d sheets of SHA-256 marks", "Title page", "set the type", "print it",
    ]  # fmt: skip
    parents = [None if task.parent is None else checklist.tasks[task.parent].number for task in checklist.tasks]
    assert parents == [None, None, None, None, None, "3b", None, None, None, "BOOK-007", "BOOK-007"]
    assert checklist.tasks[8].derived is TaskState.DOING


def test_a_task_without_a_box_below_has_no_state_of_its_sub_tasks() -> None:
    reading = read_tasks("# Tasks\n\n## Task 1: Ink ✅\n\n### Task 1.1: Red\n\n### Task 1.2: Blue\n")
    assert [(task.number, task.parent, task.derived) for task in reading.tasks] == [
        ("1", None, None), ("1.1", 0, None), ("1.2", 0, None),
    ]  # fmt: skip


def test_marked_details_are_known_in_other_languages() -> None:
    checklist = read_tasks(BINDERY).checklist
    cut, fold, cloth = checklist.tasks[:3]
    assert cut.requirements == ("1.1", "2.3", "2.4", "2.5")
    assert fold.requirement_references[0].kind is ReferenceKind.ALL
    assert [reference.ids for reference in fold.validates] == [("2.2",)]
    assert fold.properties == ("属性 4: folds are even — on every sheet",)
    assert (cloth.depends, cloth.details) == (("2",), ("**Zeit**: 4 Stunden",))


def test_waves_are_read_beside_a_drawing_of_the_graph() -> None:
    waves = read_tasks(BINDERY).checklist.waves
    assert [(wave.id, wave.tasks, wave.depends_on) for wave in waves] == [(1, ("1",), ()), (2, ("2",), (1,))]


def test_nothing_in_a_comment_is_a_task() -> None:
    text = (
        "<!-- - [ ] 1. First idea -->\n- [ ] 1. Real\n<!--\n- [ ] 1. Old idea\n## Phase 2: None\n-->\n- [ ] 2. Next\n"
    )
    reading = read_tasks(text)
    assert [(task.number, task.title, task.line) for task in reading.tasks] == [("1", "Real", 2), ("2", "Next", 7)]
    assert reading.findings == ()


def test_what_follows_a_closed_mark_is_a_detail_of_its_own() -> None:
    (task,) = read_tasks("- [ ] 1. A\n  - _Requirements: 1.1_\nText with 2.2 wishes\n").tasks
    assert (task.requirements, task.details) == (("1.1",), ("Text with 2.2 wishes",))


def test_a_box_in_a_quotation_is_told() -> None:
    reading = read_tasks("- [ ] 1. A\n\n> - [ ] 16. quoted\n")
    assert [(finding.rule, finding.message) for finding in reading.findings] == [
        ("PT001", "“> - [ ] 16. quoted” looks like a box, and is none.")
    ]


def test_a_comment_that_never_closes_is_read_as_if_it_were_none() -> None:
    reading = read_tasks("- [ ] 1. Real\n<!-- soon\n- [ ] 2. Next\n```\n- [ ] 3. Last\n")
    assert [task.number for task in reading.tasks] == ["1", "2", "3"]
    assert [(finding.rule, finding.next_step) for finding in reading.findings] == [
        ("PT008", "Close it with `-->`."),
        ("PT008", "Close it with the same mark."),
    ]
