"""How things are today is quoted, and no thing, fact or task is made of it; what is wanted is read."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.background import is_background
from tests.planning.talking import asked_until_done, propose, shape, talk


@pytest.mark.parametrize(
    "said",
    [
        "Until now the loans were written in a notebook which hangs next to the door",
        "So far my sister has kept everything in a paper diary, and when she is ill nobody knows who is where",
        "At the moment everything is on index cards in a wooden cabinet",
        "What goes wrong today is that two inspectors sometimes visit the same farm",
        "It's embarrassing, and last year the newspaper wrote about it",
        "Two eyepieces have never been seen again",
        "Here is how we work",
        "As you know, our little firm tunes and repairs pianos",
        "Last winter two boats were lost",
        "The biggest problem is that nobody knows who has the key",
        "In carnival season it is complete chaos: customers stand in line",
        "I'll try to explain what we do here",
        "Nobody paid for it",
    ],
)
def test_how_things_are_today_is_background(said: str) -> None:
    assert is_background(said)
    proposal = propose(talk(f"Each lamp has a colour. {said}. Each lamp has a price."))
    assert shape(proposal) == {"Lamp": "colour:str price:Decimal"}
    assert not proposal.custom
    assert proposal.unread == (said,)


@pytest.mark.parametrize(
    "said",
    [
        "Until now each loan was in a notebook with a date and a name",
        "Currently a member has a name and a phone number",
        "A boat that was lost can't be lent",
        "Today's orders must be shown",
        "At the moment we use a spreadsheet with columns for name, plate and colour",
        "The last inspection was on a date",
        "Nobody paid may enter",
    ],
)
def test_what_tells_a_fact_or_a_rule_is_none(said: str) -> None:
    assert not is_background(said)


def test_nobody_is_asked_to_say_background_in_other_words() -> None:
    conversation = talk("Each lamp has a colour. Until now they were in a notebook, and nobody knows where it is.")
    assert "unread" not in asked_until_done(conversation)
