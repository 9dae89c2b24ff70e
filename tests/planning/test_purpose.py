"""A first sentence that only says what the whole is for is noted as that; nobody is asked for other words."""

from __future__ import annotations

import pytest

from tests.planning.talking import interview, propose, quoted, talk

DOGS = "Dogs have a name. Walkers have a name. A walk has a dog, a walker and a day."


@pytest.mark.parametrize(
    ("purpose", "rest"),
    [
        ("Our animal shelter wants people to come and walk the dogs", f". {DOGS}"),
        ("A tram company wants a lost property office", ". Drivers have a name. A found thing has a description."),
        ("The village needs its own small booking system", ". Rooms have a number."),
        ("Teachers plan school trips", ": each trip has a destination and a date. Parents have a name."),
        ("The nurses organise home visits", ": a visit has a date and an address."),
    ],
)
def test_what_it_is_for_is_no_missing_function(purpose: str, rest: str) -> None:
    conversation = talk(f"{purpose}{rest}")
    assert not any("I could not read" in one.text for one in interview(conversation).questions)
    proposal = propose(conversation)
    assert quoted(proposal) == []
    assert not any(purpose in one for one in proposal.unread)


@pytest.mark.parametrize(
    ("does", "rest"),
    [
        ("We walk dogs for busy owners", DOGS),
        (
            "We fly hot-air balloons for passengers",
            "A balloon has a name. A passenger has a name. A flight has a date.",
        ),
        ("Hi all! We repair bikes for people in town", "A bike has a brand. A repair has a bike, a price and a day."),
        ("We rent boats to people", "A boat has a name. A rental has a boat, a renter and a day."),
        ("We roast coffee", "A bag has a weight and a price."),
        ("I tune pianos for people all over the county", "A piano has a make. A visit has a date and a piano."),
        ("We guide tourists through the old town", "A tour has a date and a guide."),
    ],
)
def test_what_we_do_is_who_we_are(does: str, rest: str) -> None:
    conversation = talk(f"{does}. {rest}")
    assert not any("I could not read" in one.text for one in interview(conversation).questions)
    proposal = propose(conversation)
    assert quoted(proposal) == []
    noted = f"“{does.removeprefix('Hi all! ')}” says what it is for, and nothing more is built of it"
    assert noted in proposal.assumptions


@pytest.mark.parametrize(
    "does",
    [
        "We rent boats to people",
        "We measure boats",
        "We paint boats for schools in spring",
        "We race boats weekly",
        "We race two boats",
        "We race boats if it is dry",
    ],
)
def test_what_we_do_that_may_say_more_stays_quoted(does: str) -> None:
    proposal = propose(talk(f"{does}. A boat has a name and a length."))
    assert not any("says what it is for" in one for one in proposal.assumptions)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Our library wants people to borrow books. Books have a title.", "Our library wants people to borrow books"),
        ("Our museum wants guides to whisper in tours. Tours have a date. Guides have a name.", "whisper in tours"),
        ("Volunteers drive elderly people: every person has a name.", "Volunteers drive elderly people"),
        (f"{DOGS} Our animal shelter wants people to come and hug the dogs.", "people to come and hug the dogs"),
    ],
)
def test_what_somebody_does_that_is_told_nowhere_else_stays_quoted(said: str, left: str) -> None:
    assert any(left in one for one in quoted(propose(talk(said)))), "an honest quote"
