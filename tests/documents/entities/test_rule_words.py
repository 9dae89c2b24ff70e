"""Declared rules in plain sentences: every form, and nothing of the notation in them."""

from __future__ import annotations

import pytest

from bot.documents.entities.declared_rules import (
    ActionByOwner,
    ActionByRole,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
    OnlyWhile,
    Span,
    StatusChange,
    TimeUnit,
    Transition,
)
from bot.documents.entities.rule_words import rule_in_words

WAYS = (
    StatusChange(source="REQUESTED", targets=("APPROVED", "TURNED_DOWN")),
    StatusChange(source="APPROVED", targets=("BACK",)),
)
LENDABLE = ("AVAILABLE", "IN_CLEANING", "RETIRED")


@pytest.mark.parametrize(
    ("entity", "rule", "told"),
    [
        (
            "Loan",
            Transition(field="status", changes=WAYS),
            "The status of a loan goes only from requested to approved or turned down and from approved to back",
        ),
        (
            "LoanLine",
            OneOpen(entity="LoanLine", relation="costume", until="returned_on"),
            "A costume has at most one open loan line at a time: one without a returned on",
        ),
        (
            "Invoice",
            DerivedMoment(field="due_on", source="sent_on", span=Span(count=1, unit=TimeUnit.DAYS)),
            "The due on of an invoice is always 1 day after its sent on",
        ),
        (
            "RoomBooking",
            NoOverlap(start="starts_at", end="ends_at", relation="room"),
            "Room bookings with the same room don't overlap in time (from starts at to ends at)",
        ),
        (
            "Booking",
            NoOverlap(start="from_day", end="to_day", relation="machine"),
            "Bookings with the same machine don't overlap in time (from the first day to the last)",
        ),
        (
            "Booking",
            NoOverlap(start="from_date", end="until", relation="machine"),
            "Bookings with the same machine don't overlap in time (from date to until)",
        ),
        (
            "Shift",
            NoOverlap(start="from_time", end="to_time", relation="nurse"),
            "Shifts with the same nurse don't overlap in time (from start to end)",
        ),
        (
            "Loan",
            LatestAfter(field="return_date", span=Span(count=28, unit=TimeUnit.DAYS), after="lent_on"),
            "The return date of a loan is at most 28 days after its lent on",
        ),
        (
            "Repair",
            LatestAfter(field="end_date", span=Span(count=2, unit=TimeUnit.DAYS), after="start_date"),
            "The end date of a repair is at most 2 days after its start date (from the 1st to the 3rd at the latest)",
        ),
        (
            "Hire",
            LatestAfter(field="ends_at", span=Span(count=2, unit=TimeUnit.DAYS), after="starts_at"),
            "The ends at of a hire is at most 2 days after its starts at",
        ),
        (
            "Note",
            ActionByOwner(action="update", field="author_id"),
            "A note can be changed only by its author, or by an administrator",
        ),
        (
            "Trip",
            ActionByOwner(action="approved", field="guide"),
            "Only its guide, or an administrator, can set a trip to approved",
        ),
        (
            "Tool",
            ActionByRole(action="create", roles=("STEWARD", "KILN_MASTER")),
            "A tool can be created only by a steward or a kiln master, or by an administrator",
        ),
        (
            "Trip",
            ActionByRole(action="approved", roles=("ADMIN",)),
            "Only an admin can set a trip to approved",
        ),
        (
            "Loan",
            OnlyWhile(action="create", relation="costume", field="status", values=LENDABLE),
            "A loan can be created only while its costume is available, in cleaning or retired",
        ),
        (
            "Order",
            OnlyWhile(action="delete", field="status", values=("OPEN",)),
            "An order can be deleted only while it is open",
        ),
        (
            "Order",
            OnlyWhile(action="update", field="grade", values=("A", "B")),
            "An order can be changed only while its grade is a or b",
        ),
        (
            "Loan",
            OnlyWhile(action="create", relation="book", field="condition", values=("GOOD",)),
            "A loan can be created only while the condition of its book is good",
        ),
        (
            "Order",
            OnlyWhile(action="delete", field="is_paid", values=("false",)),
            "An order can be deleted only while it is not paid",
        ),
        (
            "Firing",
            OnlyWhile(action="create", relation="kiln", field="has_key", values=("true",)),
            "A firing can be created only while “has key” of its kiln is yes",
        ),
    ],
)
def test_every_form_of_a_rule_is_a_plain_sentence(entity: str, rule: DeclaredRule, told: str) -> None:
    assert rule_in_words(entity, rule) == told
