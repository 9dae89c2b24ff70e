"""Lending as it is told at a desk: who asks to borrow what, how it goes on, and who may do what about it."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, rules_of, shape, talk

BIKES = (
    "We keep bikes with a name, and members with a name and an email. "
    "A member can ask to borrow a bike from one day to another day"
)


@pytest.mark.parametrize(
    ("goes_on", "ways"),
    [
        (
            (
                "the request is first asked for, then a mechanic confirms it or turns it down, then the bike is out, "
                "and at the end it is back"
            ),
            "asked_for -> confirmed | turned_down, confirmed -> out, out -> back",
        ),
        (
            "the request is first open, then the warden approves it or rejects it, then finally it is over",
            "open -> approved | rejected, approved -> over, rejected -> over",
        ),
        ("the loan is first sent, then a clerk reads it, then it is done", "sent -> read, read -> done"),
    ],
)
def test_a_request_goes_on_by_what_people_do_with_it(goes_on: str, ways: str) -> None:
    proposal = propose(talk(f"{BIKES}; {goes_on}."))

    assert rules_of(proposal) == [f"transition status: {ways}"]
    assert shape(proposal)["Loan"].startswith("from_day:date to_day:date")
    assert not proposal.unread


@pytest.mark.parametrize(
    "said",
    [
        "The same bike must never be lent to two people for overlapping days.",
        "A bike can't be rented out to two members on the same days.",
        "One bike may never be booked by two families for overlapping dates.",
    ],
)
def test_never_to_two_people_at_once_is_no_overlap(said: str) -> None:
    assert rules_of(propose(talk(f"{BIKES}. {said}"))) == ["no overlap of from_day, to_day per bike"]


def test_only_they_and_only_their_own_are_rules_for_each() -> None:
    told = (
        f"{BIKES}; the request is first asked for, then confirmed or turned down. "
        "Only wardens may confirm or turn down a loan and only they may add or change bikes; "
        "members see the bikes and only their own loans."
    )

    assert {
        "create only by role warden",
        "update only by role warden",
        "confirmed only by role warden",
        "turned_down only by role warden",
        "read only by member",
    } <= set(rules_of(propose(talk(told))))
