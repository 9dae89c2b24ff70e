"""What is limited within two things at once, or by another row, is quoted whole, and nothing is made of its pieces."""

from __future__ import annotations

import time

import pytest

from bot.planning.built_in.phrases.scoped_limits import is_scoped_limit
from tests.planning.talking import propose, rules_of, shape, talk

TRADES = {
    "haulage": "Trucks have a name and a maximum load. Drivers have a name. A tour has a date, a truck and a driver.",
    "pottery": "Potters have a name. Firings have a temperature. A piece has a name, a potter and a firing.",
    "garden": "Beds have a depth. Plants have a name. A planting has a date, a bed and a plant.",
}


@pytest.mark.parametrize(
    ("trade", "said"),
    [
        ("haulage", "At most 3 tours of a driver in one week"),
        ("haulage", "At most 3 tours per driver and week"),
        ("haulage", "A driver has at most 3 tours in one season"),
        ("haulage", "A truck makes at most 4 tours in any month"),
        ("haulage", "At most two tours per driver in the same truck"),
        ("haulage", "A tour is never heavier than its truck allows"),
        ("pottery", "At most 6 pieces of a potter in one firing"),
        ("pottery", "No more than two pieces per potter and firing"),
        ("pottery", "A piece is never hotter than its firing"),
        ("garden", "At most 12 plantings of a plant in one bed per season"),
        ("garden", "Two plantings per plant in a bed at most"),
        ("garden", "A planting must not be deeper than its bed"),
    ],
)
def test_it_is_a_task_with_all_its_words_and_no_field_rule_or_thing(trade: str, said: str) -> None:
    plain = propose(talk(TRADES[trade]))
    proposal = propose(talk(f"{TRADES[trade]} {said}."))
    assert [task.title for task in proposal.custom] == [f"“{said}”"]
    assert shape(proposal) == shape(plain)
    assert rules_of(proposal) == rules_of(plain)
    assert not proposal.unread


def test_a_limit_with_an_exception_is_not_read_without_it() -> None:
    proposal = propose(talk(f"{TRADES['haulage']} Only 2 tours per driver, on Sundays one."))
    assert rules_of(proposal) == []


@pytest.mark.parametrize(
    "said",
    ["At most 3 tours of a driver", "A driver may have at most 3 tours at the same time", "Only a tour of it in May",
     "At most 3 tours of a driver at a time", "A truck can hold at most 20 tours", "A tour has at most 2 drivers"],
)  # fmt: skip
def test_a_limit_within_one_thing_is_no_such_limit(said: str) -> None:
    assert not is_scoped_limit(said)


def test_long_sentences_are_looked_through_quickly() -> None:
    before = time.perf_counter()
    for text in (
        "at most 3 " + "a b " * 45,
        "each one any " * 15,
        f"{'a ' * 95}at most 3",
        "at most 3 a of the b " * 9,
    ):
        is_scoped_limit(text)
    assert time.perf_counter() - before < 1
