"""A thing that nobody meant is denied in one's own words: in a message, an answer, or a change."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, interview, propose, shape, talk

CELLAR = "Tanks have a number. Samples have a date. A sample belongs to a tank. A wine cellar has several tanks."
SQL = (
    "CREATE TABLE tanks (id serial primary key, number text not null);\n"
    "CREATE TABLE samples (id serial primary key, tank_id int not null references tanks(id), sugar int not null);"
)


@pytest.mark.parametrize("kept", ["we keep tanks and samples, see the schema", "we have tanks, samples"])
def test_a_name_before_what_we_keep_is_the_name_of_the_plan(kept: str) -> None:
    proposal = propose(talk(f"wine cellar: {kept}", SQL))
    assert proposal.title == "Wine cellar"
    assert list(shape(proposal)) == ["Tank", "Sample"]


def test_a_plural_before_what_we_keep_of_it_is_a_thing() -> None:
    assert "Loan" in shape(propose(talk("loans: we keep the date and the borrower; books have a title")))


@pytest.mark.parametrize(
    "denial",
    [
        "there is no wine cellar",
        "There's no wine cellar, only tanks",
        "we have no wine cellar",
        "wrong question: there is no wine cellar table, only the four tables of the schema",
        "A wine cellar doesn't exist",
        "A wine cellar is not a thing of its own, that's just the name of the plan.",
        "wine cellar is only the name of it",
    ],
)
def test_a_thing_is_denied_in_own_words(denial: str) -> None:
    assert "WineCellar" in shape(propose(talk(CELLAR))), "made of words"
    [question] = [one for one in interview(talk(CELLAR)).questions if "winecellar" in one.id][:1]

    for conversation in (
        talk(CELLAR, denial),
        talk(CELLAR, answers={question.id: denial}),
        talk(CELLAR, changes=(denial,)),
    ):
        proposal = propose(conversation)
        assert list(shape(proposal)) == ["Tank", "Sample"]
        assert not any("winecellar" in key for key in asked(conversation))
        assert not any("takes the place" in one for one in proposal.decisions)
        assert not [piece for piece in proposal.unread if "no wine cellar" in piece.lower()]


def test_what_is_denied_and_said_again_is_there() -> None:
    assert shape(propose(talk(CELLAR, "there is no wine cellar", "a wine cellar has an address")))["WineCellar"]


def test_other_denials_take_no_thing_away() -> None:
    for said in ("there is no limit", "there are no tanks without a number", "we have no samples of empty tanks"):
        assert {"Tank", "Sample"} <= set(shape(propose(talk(CELLAR, said))))


def test_that_the_name_of_the_plan_is_only_a_name_changes_nothing() -> None:
    proposal = propose(
        talk("chess club: we keep members and games", "the chess club is only the name of it", "no club")
    )
    assert proposal.title == "Chess club"
    assert not any("nothing changed" in piece for piece in proposal.unread)
