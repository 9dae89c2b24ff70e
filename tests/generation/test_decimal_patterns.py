"""The pattern of an exact number takes the texts of all numbers within its bounds, and of no other."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product

import pytest

from bot.generation.decimal_patterns import decimal_pattern


def texts(whole: int, places: int) -> list[str]:
    """Return every way to write a number of so few digits, with and without sign and places."""
    wholes = [str(number) for number in range(whole + 1)]
    parts = ["", *(f".{number:0{length}d}" for length in range(1, places + 1) for number in range(10**length))]
    return ["".join(text) for text in product(("", "-"), wholes, parts)]


@pytest.mark.parametrize(
    ("low", "high", "places"),
    [
        ("0", "12", 0), ("3", "112", 0), ("-7", "-3", 0), ("0", "0", 0), ("0", "9.99", 2), ("0", "1", 2),
        ("0.50", "1.05", 2), ("0.07", "0.70", 2), ("1.50", "99.99", 2), ("-1.5", "12.34", 2), ("-3.21", "-1.09", 2),
        ("-0.5", "0", 1), ("2.5", "2.5", 1), ("10", "110.25", 2), ("0", "0.45", 2), ("9.9", "10.1", 1),
    ],
)  # fmt: skip
def test_a_text_matches_where_its_number_is_within_the_bounds(low: str, high: str, places: int) -> None:
    pattern = re.compile(decimal_pattern(Decimal(low), Decimal(high), places))

    wrong = [
        text
        for text in texts(120, places)
        if bool(pattern.search(text)) != is_within(text, Decimal(low), Decimal(high))
    ]

    assert wrong == []


def is_within(text: str, low: Decimal, high: Decimal) -> bool:
    """Tell whether a text is to match; a sign is written only where a number can be negative."""
    return low <= Decimal(text) <= high and (low < 0 or not text.startswith("-"))


@pytest.mark.parametrize("text", ["", "01", "1.", ".5", "1.234", "1e1", "+1", "1 ", "1\n", "1,5", "-"])
def test_other_spellings_don_t_match(text: str) -> None:
    assert not re.fullmatch(decimal_pattern(Decimal(-5), Decimal(50), 2), text)


def test_a_simple_bound_has_a_readable_pattern() -> None:
    assert decimal_pattern(Decimal(0), Decimal(500), 2) == (
        r"^(([0-9]|[1-9][0-9]|[1-4][0-9]{2})(\.[0-9]{1,2})?|500(\.0{1,2})?)$"
    )
