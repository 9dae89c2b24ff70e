"""How many others a thing names: one, at most one, one of several each, and what is said beside it."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, propose, quoted, shape, talk

CINEMA = "films with a title; halls with a name; screenings with a start. "
BOTH = "start:datetime film_id:int->Film hall_id:int->Hall"


@pytest.mark.parametrize(
    ("said", "screening", "left"),
    [
        ("A screening has exactly one film in exactly one hall, at most two hours.", BOTH, ["at most two hours"]),
        ("A screening shows exactly one film, in one hall, no longer than 150 minutes", BOTH,
         ["no longer than 150 minutes"]),
        ("each screening is of exactly one film, in one hall", BOTH, []),
        ("a screening has a single film in a hall", BOTH, []),
        ("a screening has one film (single) and one hall (exactly one)", BOTH, []),
        ("a screening shows one film (single)", "start:datetime film_id:int->Film", []),
        ("a screening shows at most one film", "start:datetime film_id:int?->Film", []),
        ("A screening has at most one hall", "start:datetime hall_id:int?->Hall", []),
        ("A screening has exactly one film and no more than one hall",
         "start:datetime film_id:int->Film hall_id:int?->Hall", []),
    ],
)  # fmt: skip
def test_one_and_at_most_one_become_links(said: str, screening: str, left: list[str]) -> None:
    conversation = talk(CINEMA + said)

    assert shape(propose(conversation))["Screening"] == screening
    assert quoted(propose(conversation)) == left
    assert not any(question.startswith("link:") for question in asked(conversation))


def test_a_limit_behind_it_is_a_rule_where_there_is_a_start_and_an_end() -> None:
    first = (
        "films with a title; screenings with a start and an end. A screening has exactly one film, at most two hours."
    )
    proposal = propose(talk(first))
    screening = next(entity for entity in proposal.specs.entities if entity.name == "Screening")

    assert [rule.kind for rule in screening.rules] == ["at most"]
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    "said",
    [
        "members with a name; books with a title; a member borrows at most one book",
        "members with a name; books with a title; a member borrows books; a member has at most one loan",
    ],
)
def test_what_happens_stays_a_record_that_is_asked_about(said: str) -> None:
    conversation = talk(said)

    assert "link:borrow:member:book" in asked(conversation)
    assert "Loan" in shape(propose(conversation))


def test_at_most_one_of_what_names_it_lets_no_second_one_name_it() -> None:
    said = "hives with a colour; keepers with a name; a hive belongs to a keeper; a keeper has at most one hive"
    proposal = propose(talk(said))

    assert shape(proposal) == {"Hive": "colour:str keeper_id:int!->Keeper", "Keeper": "name:str"}
    assert quoted(proposal) == []
