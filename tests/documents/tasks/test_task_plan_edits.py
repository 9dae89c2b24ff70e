"""Edits of a checklist change only what they are about: one byte for a tick, a title, or what is struck."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.documents.tasks.checklist import Checklist, ReadTask
from bot.documents.tasks.checklist_reader import read_tasks
from bot.documents.tasks.task_plan_edits import rename_task, strike_task, tick, tick_task
from bot.documents.text.boxes import TaskState
from bot.documents.text.edits import apply_edits
from bot.documents.text.numbering import next_number
from bot.documents.text.source_text import SourceText

SAMPLES = Path(__file__).parent.parent / "samples" / "tasks"
FERRY = (SAMPLES / "ferry.tasks.md").read_text(encoding="utf-8")


def task_of(text: str, number: str) -> tuple[Checklist, ReadTask]:
    """Return the checklist of a text, and its task of that number."""
    checklist = read_tasks(text).checklist
    task = checklist.task(number)
    assert task is not None
    return checklist, task


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir()))
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_each_tick_changes_exactly_one_byte(sample: str, ending: str) -> None:
    text = (SAMPLES / sample).read_text(encoding="utf-8").replace("\n", ending)
    data = SourceText(text).to_bytes()
    for task in read_tasks(text).tasks:
        if task.mark_offset is None:
            continue
        for state in TaskState:
            ticked = tick(text, task, state)
            changed = [new for old, new in zip(data, SourceText(ticked).to_bytes(), strict=True) if old != new]
            is_said = state is task.state and task.mark not in {"~", "y"}
            assert changed == ([] if is_said else [ord(state.value)]), (task.number, state)
            assert read_tasks(ticked).tasks[read_tasks(text).tasks.index(task)].state is state


def test_several_boxes_are_ticked_at_once() -> None:
    checklist = read_tasks(FERRY).checklist
    edits = [edit for task in checklist.tasks[:3] for edit in tick_task(FERRY, task, TaskState.DOING)]
    after = read_tasks(apply_edits(SourceText(FERRY), edits).text)
    assert [task.mark for task in after.tasks[:4]] == ["-", "-", "-", "~"]


def test_a_heading_has_no_box_to_tick() -> None:
    _, task = task_of(FERRY, "3")
    with pytest.raises(ValueError, match="3 Timetable has no box"):
        tick(FERRY, task, TaskState.DONE)


@pytest.mark.parametrize(
    ("number", "before", "after"),
    [
        ("1.3", "- [~] 1.3* Measure the piers\n", "- [~] 1.3* Find [two\\] piers\n"),
        ("1.4", "- [x] 1.4. With a dot of its own\n", "- [x] 1.4. Find [two\\] piers\n"),
        ("3", "### 3. Timetable\n", "### 3. Find [two\\] piers\n"),
        ("3.2", "+ [ ] 3.2\n", "+ [ ] 3.2 Find [two\\] piers\n"),
    ],
)
def test_a_new_title_changes_only_the_title(number: str, before: str, after: str) -> None:
    _, task = task_of(FERRY, number)
    renamed = apply_edits(SourceText(FERRY), rename_task(FERRY, task, "Find [two]\npiers")).text
    assert FERRY.count(before) == 1
    assert renamed == FERRY.replace(before, after.replace("[two", "\\[two"))
    assert task_of(renamed, number)[1].title == "Find [two] piers"


def test_a_title_that_can_not_be_given_is_refused() -> None:
    _, task = task_of(FERRY, "1.3")
    with pytest.raises(ValueError, match="needs a title"):
        rename_task(FERRY, task, " \n")
    with pytest.raises(ValueError, match=r"1\.3 Measure the piers isn't on line 17 any more"):
        rename_task(FERRY.replace("[~] 1.3*", "[~] 1.9*"), task, "New")


def test_a_struck_task_leaves_one_line_and_its_number() -> None:
    checklist, task = task_of(FERRY, "1.4")
    after = apply_edits(SourceText(FERRY), strike_task(FERRY, checklist, task)).text
    lines = FERRY.splitlines(keepends=True)
    assert after == "".join([*lines[:22], "- ~~1.4 With a dot of its own~~\n", *lines[27:]])
    struck = read_tasks(after).checklist
    assert "1.4" in [each.number for each in struck.removed]
    assert next_number(struck.numbers, "1") == "1.5"
    assert next_number(struck.numbers, "2") == "2.5"
    assert next_number(struck.numbers) == "4"


def test_the_last_task_is_struck_with_or_without_a_final_newline() -> None:
    for ending in ("", "\n", "\r\n"):
        text = f"- [ ] 1. A\n  - [ ] 1.1 B\n    - detail{ending}"
        checklist, task = task_of(text, "1.1")
        assert apply_edits(SourceText(text), strike_task(text, checklist, task)).text == (
            f"- [ ] 1. A\n  - ~~1.1 B~~{ending}"
        )


def test_a_struck_parent_takes_its_sub_tasks_with_it_wherever_they_stand() -> None:
    text = "- [ ] 2.1 early\n- [ ] 2. B\n  - prose\n- [ ] 3. C\n- [ ] 2.2 late\r\n  - [ ] inside\n"
    checklist, task = task_of(text, "2")
    assert apply_edits(SourceText(text), strike_task(text, checklist, task)).text == "- ~~2 B~~\n- [ ] 3. C\n"
