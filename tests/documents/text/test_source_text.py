"""The text layer keeps every byte, and an edit changes only its span."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.text.source_text import SourceText

endings = st.lists(st.sampled_from(["a", "\t", " ", "\r\n", "\n", "\r", "\ufeff", "é", "\u2028", "\x0b"])).map("".join)


@given(st.binary())
def test_bytes_come_back_as_they_were(data: bytes) -> None:
    assert SourceText.from_bytes(data).to_bytes() == data


@given(st.text() | endings)
def test_lines_and_their_endings_are_the_text(text: str) -> None:
    source = SourceText(text)
    mark = "\ufeff" if source.has_byte_order_mark else ""
    assert mark + "".join(line.text + line.ending for line in source.lines) == text
    for number, line in enumerate(source.lines, start=1):
        assert line.number == number
        assert text[line.start : line.end] == line.text
        assert not {"\n", "\r"} & set(line.text)


@given(st.text(), st.data())
def test_an_edit_changes_only_its_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edited = SourceText(text).replace(start, end, "new").text
    assert edited[:start] == text[:start]
    assert edited[start : start + 3] == "new"
    assert edited[start + 3 :] == text[end:]


@pytest.mark.parametrize("span", [(-1, 0), (1, 0), (0, 4)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not inside a text of 3"):
        SourceText("abc").replace(*span, "")


def test_places_are_counted_from_one() -> None:
    first, second = SourceText("\ufeffab\r\n\tc").lines
    assert (first.number, first.text, first.column(first.start)) == (1, "ab", 1)
    assert (second.number, second.indent, second.column(second.end)) == (2, 4, 3)


def test_the_commonest_ending_is_the_one_for_new_lines() -> None:
    assert SourceText("a\r\nb\r\nc\n").newline == "\r\n"
    assert SourceText("a").newline == "\n"


def test_five_megabytes_are_taken_and_more_is_not() -> None:
    assert not SourceText("x" * 5 * 1024 * 1024).is_too_large
    assert SourceText("x" * (5 * 1024 * 1024 + 1)).is_too_large
