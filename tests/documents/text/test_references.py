"""References keep what was written, and name the ids that it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.text.references import ReferenceKind, ids_of, read_references, write_references

ID, RANGE, ALL, TEXT = ReferenceKind.ID, ReferenceKind.RANGE, ReferenceKind.ALL, ReferenceKind.TEXT


@pytest.mark.parametrize(
    ("text", "kinds", "ids"),
    [
        ("1.1, 1.2", [ID, ID], ("1.1", "1.2")),
        ("6", [ID], ("6",)),
        ("1.1;2.1", [ID, ID], ("1.1", "2.1")),
        ("1.1, 1.1", [ID, ID], ("1.1",)),
        ("AUTH-01, R2-3.1", [ID, ID], ("AUTH-01", "R2-3.1")),
        ("Requirements 2.5, Req 3", [ID, ID], ("2.5", "3")),
        ("1.1-1.3", [RANGE], ("1.1", "1.2", "1.3")),
        ("6.1 – 6.3", [RANGE], ("6.1", "6.2", "6.3")),
        ("6.1 to 6.2, 7.1..7.2", [RANGE, RANGE], ("6.1", "6.2", "7.1", "7.2")),
        ("2.5-7", [RANGE], ("2.5", "2.6", "2.7")),
        ("2-3", [RANGE], ("2", "3")),
        ("1.1-2.1", [RANGE], ("1.1", "2.1")),
        ("1.3-1.1", [RANGE], ("1.3", "1.1")),
        ("1.1-1.900000", [RANGE], ("1.1", "1.900000")),
        ("All", [ALL], ()),
        ("all requirements, *", [ALL, ALL], ()),
        ("as in 4.2 (both halves)", [TEXT], ("4.2",)),
        ("see 6.1-6.3 and 7 above", [TEXT], ("6.1", "6.2", "6.3", "7")),
        ("NFR performance", [TEXT], ()),
        ("version 2.5-beta", [TEXT], ()),
    ],
)
def test_what_references_say(text: str, kinds: list[ReferenceKind], ids: tuple[str, ...]) -> None:
    references = read_references(text)
    assert [reference.kind for reference in references] == kinds
    assert ids_of(references) == ids
    assert write_references(references) == text


def test_notes_in_brackets_may_hold_commas() -> None:
    first, second = read_references("6.1-6.2 (not at night, not in May), 7 (soon)")
    assert (first.ids, first.note) == (("6.1", "6.2"), "not at night, not in May")
    assert (second.ids, second.note) == (("7",), "soon")


marks = st.sampled_from(["1", "2.3", "-", "–", ",", ";", " ", "(", ")", "[", "]", "All", "AUTH-1", "\t", "\u00a0"])


@given(st.lists(marks | st.text(max_size=3), max_size=12).map("".join))
def test_nothing_is_dropped(text: str) -> None:
    assert write_references(read_references(text)) == text


def test_ranges_can_not_fill_the_memory() -> None:
    text = ", ".join(f"{number}.1-{number}.100" for number in range(1, 2_000))
    for references in (read_references(text), read_references(f"see {text.replace(', ', ' and ')}")):
        assert 10_000 <= len(ids_of(references)) < 15_000
    assert ids_of(read_references("1.1-1.101")) == ("1.1", "1.101")


def test_hostile_references_end() -> None:
    for text in ("1-" * 500_000, "(" * 1_000_000, "1," * 500_000, "1.1-1.2 " * 100_000, "a(" * 500_000 + ")"):
        assert write_references(read_references(text)) == text
