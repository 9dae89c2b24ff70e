"""Edits replace their spans and keep every other character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.text.edits import Edit, apply_edits
from bot.documents.text.source_text import SourceText


@given(st.text(max_size=40), st.lists(st.integers(0, 40), max_size=8, unique=True), st.text(max_size=3))
def test_every_other_character_stays(text: str, offsets: list[int], new: str) -> None:
    marks = sorted(offset for offset in offsets if offset <= len(text))
    edits = [Edit(start, end, new) for start, end in zip(marks[::2], marks[1::2], strict=False)]
    edited = apply_edits(SourceText(text), reversed(edits)).text
    bounds = [0, *(offset for edit in edits for offset in (edit.start, edit.end)), len(text)]
    kept = [text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    assert edited == new.join(kept)


def test_no_edit_changes_nothing_and_neighbours_may_touch() -> None:
    assert apply_edits(SourceText("\ufeffa\r\n"), []).text == "\ufeffa\r\n"
    assert apply_edits(SourceText("abcd"), [Edit(2, 3, "Z"), Edit(0, 2, "Y"), Edit(3, 3, "!")]).text == "YZ!d"


@pytest.mark.parametrize(
    "edits", [[Edit(0, 2, ""), Edit(1, 3, "")], [Edit(1, 1, "a"), Edit(1, 1, "b")], [Edit(0, 3, "x"), Edit(2, 2, "y")]]
)
def test_edits_that_overlap_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="two edits overlap"):
        apply_edits(SourceText("abc"), edits)


@pytest.mark.parametrize("edit", [Edit(-1, 0, ""), Edit(1, 0, ""), Edit(0, 4, "")])
def test_a_span_outside_the_text_is_refused(edit: Edit) -> None:
    with pytest.raises(ValueError, match="not inside a text of 3"):
        apply_edits(SourceText("abc"), [edit])
