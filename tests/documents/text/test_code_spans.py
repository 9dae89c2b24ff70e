"""Code spans hold any text on one line, and lists of them are read back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.text.code_spans import code_list, code_span, read_code_list, read_code_span
from bot.documents.text.markdown import one_line

texts = (st.text(max_size=12) | st.sampled_from(["`", "``", "a`b", "a, b", "`a`", "a → b"])).map(one_line)


@given(st.lists(texts, max_size=5))
def test_a_list_is_read_back(values: list[str]) -> None:
    assert read_code_list(code_list(values)) == tuple(value for value in values if value)


@given(texts.filter(bool), st.text(max_size=5).filter(lambda text: not text.startswith("`")))
def test_a_span_ends_where_it_closes(value: str, after: str) -> None:
    span = code_span(value)
    assert read_code_span(f"{span}{after}") == (value, len(span))


def test_words_without_backticks_are_taken() -> None:
    assert read_code_list(" a.py,`b, c`, d ,, `open") == ("a.py", "b, c", "d", "`open")
    assert code_list(["", " "]) == ""


@pytest.mark.parametrize("text", ["", "a", "`a", "``a`"])
def test_what_is_no_span(text: str) -> None:
    assert read_code_span(text) is None


def test_long_lists_end() -> None:
    assert len(read_code_list("`a`," * 200_000)) == 200_000
    assert len(read_code_list("a," * 500_000)) == 500_000
