"""How often something may be on one day: a rule where a date tells the day, an open task in our words elsewhere."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, propose, rules_of, talk

FLIGHTS = "A balloon has a name. A pilot has a name. A flight has a {}. Each flight belongs to a balloon and a pilot. "
DATED = FLIGHTS.format("date")
ONCE = "at most 1 Flight per balloon and date"


@pytest.mark.parametrize(
    "said",
    [
        "A balloon flies at most once a day",
        "a balloon can only fly once per day",
        "No balloon flies more than once a day",
        "A balloon must never fly twice on the same day",
        "No balloon on two flights on the same day",
        "A balloon can't be on two flights on the same day",
        "No two flights of the same balloon on the same day",
        "There can't be two flights of one balloon on the same day",
        "One flight per balloon per day",
        "only one flight a day per balloon",
        "A balloon has at most one flight a day",
        "There is at most one flight per balloon and day",
        "At most one flight of a balloon on one day",
    ],
)
def test_a_date_tells_the_day(said: str) -> None:
    proposal = propose(talk(f"{DATED}{said}."))
    assert (rules_of(proposal), proposal.custom, proposal.unread) == ([ONCE], (), ())
    assert rules_of(propose(talk(DATED, changes=(said,)))) == [ONCE]


@pytest.mark.parametrize(
    ("idea", "rule"),
    [
        ("A dog has a name. A walk has a day. Each walk belongs to a dog. Each dog is walked at most twice a day.",
         "at most 2 Walk per dog and day"),
        (("A pool has a name. An inspection has a date. Each inspection belongs to a pool. "
         "A pool may only be inspected three times a day."), "at most 3 Inspection per pool and date"),
        (("A guest has a name. A visit has a date. Each visit belongs to a guest. "
         "Nobody has more than two visits a day."), "at most 2 Visit per guest and date"),
    ],
)  # fmt: skip
def test_it_is_counted_in_any_trade(idea: str, rule: str) -> None:
    proposal = propose(talk(idea))
    assert (rules_of(proposal), proposal.custom, proposal.unread) == ([rule], (), ())


def test_a_newer_number_takes_the_place_of_an_older_one() -> None:
    proposal = propose(
        talk(f"{DATED}A balloon flies at most once a day.", changes=("a balloon flies at most twice a day",))
    )
    assert rules_of(proposal) == ["at most 2 Flight per balloon and date"]
    assert not proposal.custom


@pytest.mark.parametrize(
    ("field", "said", "understood"),
    [
        ("date", "A balloon flies at most twice a week",
         "there are at most 2 flights of one balloon in one week, as told by date"),
        ("start and an end", "One flight per balloon per day",
         "there is at most 1 flight of one balloon in one day, as told by start"),
    ],
)  # fmt: skip
def test_what_no_date_tells_stays_an_open_task(field: str, said: str, understood: str) -> None:
    idea = talk(f"{FLIGHTS.format(field)}{said}.")
    proposal = propose(idea)
    assert "unread" not in asked(idea)
    assert (rules_of(proposal), [task.title for task in proposal.custom]) == ([], [f"“{said}”"])
    assert proposal.custom[0].details[-1] == f"It was understood as: {understood}."


def test_beside_another_rule_about_the_same_rows_it_stays_an_open_task() -> None:
    proposal = propose(talk(f"{DATED}A balloon has at most 20 flights. A balloon flies at most once a day."))
    assert rules_of(proposal) == ["at most 20 Flight per balloon"]
    assert [task.title for task in proposal.custom] == ["“A balloon flies at most once a day”"]


@pytest.mark.parametrize(("day", "is_told"), [("birthday", False), ("vaccination date", False), ("visit day", True)])
def test_a_date_of_something_else_tells_no_day(day: str, is_told: bool) -> None:
    visits = f"A sitter has a name. A visit has a {day}. Each visit belongs to a sitter. "
    assert bool(rules_of(propose(talk(f"{visits}A sitter has at most 3 visits a day.")))) is is_told


def test_what_is_linked_already_is_not_asked_about() -> None:
    walks = "A dog has a name. A walk has a date. Each walk belongs to a dog and a walker. A walker has a name. "
    for said in ("Each walker does at most 4 walks a day", "A walker has up to four walks per day"):
        assert "link:do:walker:walk" not in asked(talk(f"{walks}{said}."))
        proposal = propose(talk(walks, changes=(said,)))
        assert (rules_of(proposal), proposal.unread) == (["at most 4 Walk per walker and date"], ())


@pytest.mark.parametrize(
    "said", ["A balloon is washed at most once a day", "A balloon flies twice a day", "A balloon has one flight"]
)
def test_what_says_something_else_counts_no_flights(said: str) -> None:
    assert rules_of(propose(talk(f"{DATED}{said}."))) == []
