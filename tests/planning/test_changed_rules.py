"""Changes of rules in people's words: which one goes, which span holds now, what is added."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, rules_of, talk

LIBRARY = """Member: name str
Book: title str
Loan: book -> Book, member -> Member, lent_on date, due_on date, returned_on date?
A lent book can't be lent again. Books are lent for three weeks.
"""
BOATS = """Boat: name str, berths int
Trip: boat -> Boat, title str, starts_at datetime, ends_at datetime, guests int, status enum(planned, done, cancelled)
A boat can't have two trips at the same time. No more guests than the boat has berths. Planned → done or cancelled.
"""
OPEN, DUE = "one open Loan per book until returned_on", "due_on = lent_on + 21 days"
WAYS = "transition status: planned -> done | cancelled"
APART = "no overlap of starts_at, ends_at per boat unless status is cancelled"
GUESTS = "No more guests than the boat has berths"


@pytest.mark.parametrize(
    ("text", "change", "rules", "tasks"),
    [
        (BOATS, "drop the rule about overlap", {WAYS}, [GUESTS]),
        (BOATS, "drop the overlap rule", {WAYS}, [GUESTS]),
        (BOATS, "allow two trips of a boat at once", {WAYS}, [GUESTS]),
        (BOATS, "two trips of a boat may be at the same time", {WAYS}, [GUESTS]),
        (BOATS, "several trips of one boat at the same time are fine", {WAYS}, [GUESTS]),
        (BOATS, "overlapping trips are allowed", {WAYS}, [GUESTS]),
        (BOATS, "drop the status rule", {APART}, [GUESTS]),
        (BOATS, "there are no rules about the status any more", {APART}, [GUESTS]),
        (BOATS, "the status may change freely", {APART}, [GUESTS]),
        (BOATS, "drop the rule about guests", {WAYS, APART}, []),
        (BOATS, "forget the guests rule", {WAYS, APART}, []),
        (BOATS, "no limit on guests any more", {WAYS, APART}, []),
        (BOATS, "leave out the rule about the berths", {WAYS, APART}, []),
        (BOATS, "drop all rules", set(), []),
        (BOATS, f"forget the rule “{GUESTS}”, it's there twice", {WAYS, APART}, []),
        (BOATS, f'please remove the open rule "{GUESTS}."', {WAYS, APART}, []),
        (BOATS, f"the rule “{GUESTS}” goes away", {WAYS, APART}, []),
        (BOATS, "delete requirement “No more guests than the boat…”", {WAYS, APART}, []),
        (BOATS, "take out the rule “A boat can't have two trips at the same time”", {WAYS}, [GUESTS]),
        (LIBRARY, "drop the rule about three weeks", {OPEN}, []),
        (LIBRARY, "remove all rules of loans", set(), []),
        (LIBRARY, "forget the lending rule", {OPEN}, []),
    ],
)
def test_a_rule_goes_by_what_people_call_it(text: str, change: str, rules: set[str], tasks: list[str]) -> None:
    proposal = propose(talk(text, changes=(change,)))

    assert set(rules_of(proposal)) == rules
    assert quoted(proposal) == tasks
    assert any(change in note for note in proposal.decisions)


@pytest.mark.parametrize(
    ("change", "days"),
    [
        ("books are lent for two weeks instead", 14), ("loans are due after 14 days", 14), ("make it four weeks", 28),
        ("extend the loan period to 28 days", 28), ("a loan is due four weeks after it was lent", 28),
        ("change the lending time from three weeks to ten days", 10), ("ten days instead of three weeks", 10),
    ],
)  # fmt: skip
def test_another_span_takes_the_place_of_the_one_so_far(change: str, days: int) -> None:
    proposal = propose(talk(LIBRARY, changes=(change,)))

    assert set(rules_of(proposal)) == {OPEN, f"due_on = lent_on + {days} days"}
    assert proposal.unread == ()


@pytest.mark.parametrize("change", ["make it four weeks", "ten days instead of three weeks"])
def test_where_several_spans_may_be_meant_none_is_changed(change: str) -> None:
    text = LIBRARY + "returned_on is at most 90 days after due_on\n"
    proposal = propose(talk(text, changes=(change.replace("ten days instead of three weeks", "ten days instead"),)))

    assert set(rules_of(proposal)) == {OPEN, DUE, "returned_on at most 90 days after due_on"}
    assert len(proposal.unread) == 1


@pytest.mark.parametrize(
    ("change", "rules", "tasks"),
    [
        ("add a rule: a done trip can't be changed", {WAYS, APART, "update only while status is planned | cancelled"},
         [GUESTS]),
        ("new rule: a cancelled trip can be planned again", {f"{WAYS}, cancelled -> planned", APART}, [GUESTS]),
        ("change the rule about the status: also done → cancelled", {f"{WAYS}, done -> cancelled", APART}, [GUESTS]),
        ("rule: a boat may have at most 9 trips a month", {WAYS, APART},
         [GUESTS, "rule: a boat may have at most 9 trips a month"]),
        ("cancelled trips don't count for the overlap", {WAYS, APART}, [GUESTS]),
        ("done trips don't count for the overlap", {WAYS, APART.replace("is", "is done |")}, [GUESTS]),
    ],
)  # fmt: skip
def test_a_rule_that_is_added_is_declared_or_stays_an_open_task(change: str, rules: set[str], tasks: list[str]) -> None:
    proposal = propose(talk(BOATS, changes=(change,)))

    assert set(rules_of(proposal)) == rules
    assert quoted(proposal) == tasks


@pytest.mark.parametrize(
    "change",
    [
        "forget the rule “A boat in repair can't be booked”, it's there twice",
        "the rule “Boats can't be sold” goes away",
        "drop the rule that boats can't sink",
    ],
)
def test_what_would_take_a_rule_back_never_becomes_one(change: str) -> None:
    proposal = propose(talk(BOATS, changes=(change,)))

    assert set(rules_of(proposal)) == {WAYS, APART}
    assert [one.title for one in proposal.custom] == [f"“{GUESTS}”"]
    assert any(piece.startswith(change) and "which rule" in piece for piece in proposal.unread), "it is asked which"
