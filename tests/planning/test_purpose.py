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
