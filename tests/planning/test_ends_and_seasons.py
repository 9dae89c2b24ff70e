"""How something ends is known at its end only; what it goes through may stand behind its facts."""

from __future__ import annotations

import pytest

from tests.planning.talking import enums, propose, rules_of, shape, talk


@pytest.mark.parametrize(
    "said",
    [
        "A job has a deadline, and it goes from requested to assigned to delivered.",
        "Each job has a title and a price, and it moves from requested to assigned to delivered.",
        "A job has a title, then it goes from requested to assigned to delivered.",
        "Jobs have a number and they go from requested to assigned to delivered.",
        "A job has a title and a size, and its status passes from requested to assigned to delivered.",
    ],
)
def test_what_a_thing_goes_through_may_stand_behind_its_facts(said: str) -> None:
    proposal = propose(talk(said))
    assert enums(proposal)["JobStatus"] == ("requested", "assigned", "delivered")
    assert rules_of(proposal) == ["transition status: requested -> assigned, assigned -> delivered"]
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("A game has a date and ends as a win, a loss or a draw.", "date:date result:GameResult?"),
        ("A game has a date and finishes in a victory or a defeat.", "date:date result:GameResult?"),
        ("A game has a date and a result (won, lost, drawn).", "date:date result:GameResult"),
        ("A game has a date, and its outcome is won or lost.", "date:date outcome:GameOutcome"),
    ],
)
def test_how_something_ends_has_no_value_from_the_start(said: str, fields: str) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == {"Game": fields}
    field = next(one for one in proposal.specs.entities[0].fields if one.name in {"result", "outcome"})
    assert field.default is None
    assert not any("Where no other value is given" in one for one in proposal.assumptions)


def test_a_status_still_begins_with_its_first_value() -> None:
    proposal = propose(talk("A game has a date and a status (planned, over)."))
    assert next(one for one in proposal.specs.entities[0].fields if one.name == "status").default == "planned"


def test_a_name_that_nobody_told_can_go() -> None:
    gone = propose(talk("Members have a rating and a year of birth.", changes=("Remove the name of the member.",)))
    assert shape(gone)["Member"] == "rating:int year_of_birth:int"


@pytest.mark.parametrize(
    "said",
    [
        "Each berth has a length. Boat owners rent a berth for a season.",
        "We keep berths. Boat owners rent a berth for a season, and boats longer than the berth aren't allowed.",
        "Boat owners rent berths for a season. Each berth has a length.",
    ],
)
def test_a_season_is_one_whatever_else_is_told(said: str) -> None:
    rental = shape(propose(talk(said)))["Rental"]
    assert rental == "season:str boat_owner_id:int->BoatOwner berth_id:int->Berth"


@pytest.mark.parametrize("span", ["Pickers come from August to October", "Lessons are held from Monday to Friday"])
def test_a_span_of_the_calendar_is_no_step(span: str) -> None:
    proposal = propose(talk(f"A picker has a name. A lesson has a title. {span}."))
    assert not rules_of(proposal)
    assert span in proposal.unread


def test_a_check_in_and_a_check_out_are_days() -> None:
    assert shape(propose(talk("A stay has a check-in and a check-out."))) == {"Stay": "check_in:date check_out:date"}
