"""Boxes of every checklist: a tick changes one character, and a parent follows from its children."""

from __future__ import annotations

import pytest

from bot.documents.text.boxes import MARKS, TaskState, derived_state, tick

TODO, DOING, DONE = TaskState.TODO, TaskState.DOING, TaskState.DONE


@pytest.mark.parametrize(
    ("children", "state"),
    [
        ([], TODO),
        ([(TODO, False), (TODO, False)], TODO),
        ([(DONE, False), (TODO, False)], DOING),
        ([(DOING, False), (TODO, False)], DOING),
        ([(DONE, False), (DONE, False)], DONE),
        ([(DONE, False), (TODO, True)], DONE),
        ([(DONE, False), (DOING, True)], DONE),
        ([(TODO, False), (DONE, True)], DOING),
        ([(TODO, True), (TODO, True)], TODO),
        ([(DONE, True), (TODO, True)], DOING),
        ([(DONE, True), (DONE, True)], DONE),
    ],
)
def test_a_parent_follows_from_its_children(children: list[tuple[TaskState, bool]], state: TaskState) -> None:
    assert derived_state(children) is state


@pytest.mark.parametrize("state", list(TaskState))
@pytest.mark.parametrize("mark", [*MARKS, "?", "✓"])
def test_a_tick_changes_one_character(mark: str, state: TaskState) -> None:
    text = f"é\n- [{mark}] **AUTH-01**: x\r\n"
    ticked = tick(text, 5, state)
    is_said = MARKS.get(mark) is state and mark != "~"
    assert ticked == (text if is_said else f"é\n- [{state.value}] **AUTH-01**: x\r\n")


@pytest.mark.parametrize("offset", [-1, 0, 2, 4, 5, 99])
def test_only_a_mark_in_a_box_is_ticked(offset: int) -> None:
    with pytest.raises(ValueError, match=f"no box whose mark stands at {offset}"):
        tick("- [ ]", offset, DONE)
