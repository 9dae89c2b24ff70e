"""A number is given once: the next one is larger than any that ever was, and what is removed stays as a struck line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.text.markdown import one_line
from bot.documents.text.numbering import (
    Numbers,
    Removed,
    next_number,
    number_key,
    read_struck,
    sorted_removed,
    struck_line,
    with_removed,
)


@pytest.mark.parametrize(
    ("taken", "parent", "given_number"),
    [
        ([], "", "1"),
        (["1", "2", "7"], "", "8"),
        (["2.1", "2.9", "2.10"], "2", "2.11"),
        (["2.3.1"], "2", "2.4"),
        (["2.3.1"], "", "3"),
        (["21.5"], "2", "2.1"),
        (["AUTH-01", "x.y"], "", "1"),
    ],
)
def test_the_next_number(taken: list[str], parent: str, given_number: str) -> None:
    assert next_number(taken, parent) == given_number


def test_numbers_are_given_one_after_another() -> None:
    numbers = Numbers(["1.1"])
    assert [numbers.give("1"), numbers.give("1"), numbers.give(), numbers.give("2")] == ["1.2", "1.3", "2", "2.1"]


def test_numbers_sort_as_people_count() -> None:
    assert sorted(["1.10", "x", "1.9", "2", "1"], key=number_key) == ["1", "1.9", "1.10", "2", "x"]
    assert [each.number for each in sorted_removed([Removed(number="10"), Removed(number="9.1")])] == ["9.1", "10"]


def test_removed_things_stand_before_the_next_larger_number() -> None:
    removed = [Removed(number="1.4"), Removed(number="1.2"), Removed(number="1.9")]
    merged = with_removed([("1.1", "a"), ("1.3", "b"), ("1.5", "c")], removed)
    assert [each if isinstance(each, str) else each.number for each in merged] == ["a", "1.2", "b", "1.4", "c", "1.9"]


@given(st.from_regex(r"[1-9]\d{0,2}(\.\d{1,3}){0,3}", fullmatch=True), st.text(max_size=30) | st.just("a ~~b~~ `c` \\"))
def test_a_struck_line_is_read_back(number: str, text: str) -> None:
    line = struck_line(number, text, "  ")
    assert line.startswith("  - ~~")
    struck = read_struck(line.strip().removeprefix("- "))
    assert struck is not None
    assert (struck.number, struck.text) == (number, one_line(text))


@pytest.mark.parametrize("text", ["", "~~~~", "~~ ~~", "~~a", "~~a~~ b ~~c~~", "~~a\\~~", "2.3 Title"])
def test_what_is_not_struck_as_a_whole(text: str) -> None:
    assert read_struck(text) is None


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("~~2.3 Title~~", "2.3", "Title"),
        ("~~Requirement 3: Gulls~~", "3", "Gulls"),
        ("~~4.~~", "4", ""),
        ("~~no number~~", "", "no number"),
    ],
)
def test_struck_by_hand(text: str, number: str, title: str) -> None:
    assert read_struck(text) == (number, title)
