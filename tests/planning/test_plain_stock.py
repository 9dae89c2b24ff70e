"""How many there are of what, and for which occasions something is wanted."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, shape, talk


@pytest.mark.parametrize(
    "said",
    [
        "There are 140 berths in our marina, each with a length, a depth and a yearly fee.",
        "There are 140 berths in our marina. Each has a length, a depth and a yearly fee.",
        "We own about 140 berths, every one with a length, a depth and a yearly fee.",
        "Our marina has forty berths, each of them has a length, a depth and a yearly fee.",
        "There are several berths, and each has a length, a depth and a yearly fee.",
    ],
)
def test_how_many_there_are_says_what_each_of_them_has(said: str) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == {"Berth": "length:float depth:float yearly_fee:Decimal"}
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "thing", "fields"),
    [
        ("Could you set up something for the donation evenings we organise in the parish hall?", "DonationEvening",
         "date:date place:str"),
        ("I need an app for the chess tournaments our club organises.", "ChessTournament", "date:date"),
        ("Would you set up something for our reading evenings?", "ReadingEvening", "date:date"),
        ("Please build something for the choir rehearsals we hold every Tuesday.", "ChoirRehearsal", "date:date"),
    ],
)  # fmt: skip
def test_what_something_is_wanted_for_is_kept(said: str, thing: str, fields: str) -> None:
    proposal = propose(talk(f"{said} Members have a name."))
    assert shape(proposal)[thing] == fields
    assert proposal.unread == ()


def test_an_evening_that_is_told_of_is_the_same() -> None:
    told = "Could you set up something for the donation evenings we organise in the hall? Each evening has a theme."
    assert set(shape(propose(talk(told)))) == {"DonationEvening"} or set(shape(propose(talk(told)))) == {"Evening"}
