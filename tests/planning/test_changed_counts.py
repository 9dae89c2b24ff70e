"""Changes that limit what is there already, or say again what a rule keeps: nothing is linked anew, no task stays."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, rules_of, shape, talk

LENDING = "A member has a name. A tool has a name. Members borrow tools."
COURSES = "A course has a title and a number of places. A student has a name. Students sign up for courses."
ROOMS = "A room has a name. A booking has a start and an end. Each booking belongs to a room."
REPAIRS = "A repair has a description. A repair is waiting, in work or finished."
THREE = ["at most 3 Loan per member until returned_at"]
NO_OVERLAP = "no two bookings of a room may overlap"


@pytest.mark.parametrize(
    "change",
    [
        "A member can have at most 3 tools at a time",
        "each member can have up to 3 tools",
        "nobody holds on to more than three tools at the same time",
        "no member may take home more than 3 tools at once",
    ],
)
def test_who_borrows_has_what_is_lent(change: str) -> None:
    proposal = propose(talk(LENDING, changes=(change,)))

    assert (rules_of(proposal), shape(proposal)) == (THREE, shape(propose(talk(LENDING))))
    assert any(note.endswith(f"“{change}”") for note in proposal.decisions)


def test_what_is_had_besides_is_no_loan() -> None:
    proposal = propose(talk(LENDING, changes=("A member can have at most 3 dogs",)))
    assert rules_of(proposal) == []
    assert "dogs" in shape(proposal)["Member"]


def test_who_nobody_is_stays_in_the_quote() -> None:
    said = "A watchmaker has a name. Each repair has a price and belongs to a watchmaker."
    proposal = propose(talk(said, changes=("No watchmaker has more than 6 repairs",)))
    assert proposal.decisions[-1].endswith("“no watchmaker has more than 6 repairs”")

    other = propose(talk(said, changes=("No, a watchmaker has at most 6 repairs",)))
    assert rules_of(other) == rules_of(proposal) == ["at most 6 Repair per watchmaker"]


def test_sign_ups_are_the_registrations() -> None:
    proposal = propose(talk(f"{COURSES} A course can't have more sign-ups than places."))
    assert rules_of(proposal) == ["at most course.number_of_places Registration per course"]


@pytest.mark.parametrize(
    ("said", "is_built"),
    [
        ("Two groups must not be in a room at the same moment", True),
        ("nobody may use a room twice in the same period", True),
        ("A person can't have two rooms at the same time", False),
        ("Two teachers must not be in a room at the same moment", False),
    ],
)
def test_an_open_task_that_a_rule_keeps_is_closed(said: str, is_built: bool) -> None:
    proposal = propose(talk(f"{ROOMS} {said}.", changes=(NO_OVERLAP,)))

    assert rules_of(proposal) == ["no overlap of start, end per room"]
    assert [task.title for task in proposal.custom] == ([] if is_built else [f"“{said}”"])


@pytest.mark.parametrize(
    "said",
    [
        "once finished, a repair can't be changed any more",
        "Once it's finished, a repair can't be changed",
        "after it is finished, a repair may not be changed",
        "finished repairs stay as they are",
        "a finished repair remains the way it was",
    ],
)
def test_what_is_finished_stays_as_it_is(said: str) -> None:
    proposal = propose(talk(REPAIRS, changes=(said,)))
    assert "update only while status is waiting | in_work" in rules_of(proposal)
    assert not proposal.unread


@pytest.mark.parametrize(
    "said", ["a repair stays as it is", "finished repairs stay here", "once finished, a repair is paid"]
)
def test_what_says_no_such_thing_keeps_nothing(said: str) -> None:
    assert not any(rule.startswith("update") for rule in rules_of(propose(talk(REPAIRS, changes=(said,)))))


VISITS = "A visit has a date and a status: planned, done or cancelled. A done visit can't be changed."


@pytest.mark.parametrize("more", ["A cancelled visit can't be changed", "a cancelled visit can't be changed either"])
def test_what_is_forbidden_besides_is_added_to_what_was(more: str) -> None:
    for proposal in (propose(talk(f"{VISITS} {more}.")), propose(talk(VISITS, changes=(more,)))):
        assert "update only while status is planned" in rules_of(proposal)
        assert (proposal.custom, proposal.unread) == ((), ())
        assert len([one for one in proposal.decisions if one.startswith("Rule of Visit, “update only while")]) == 2


def test_what_is_forbidden_in_one_state_takes_the_place_of_no_other() -> None:
    proposal = propose(talk(f"{VISITS} A cancelled visit can't be changed either.",
                            changes=("A planned visit can't be changed",)))  # fmt: skip
    assert not any("takes the place of" in one for one in proposal.decisions)
    assert [task.title for task in proposal.custom] == ["“A cancelled visit can't be changed either”"]
