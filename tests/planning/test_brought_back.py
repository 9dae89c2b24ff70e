"""What a change took away comes back as it was, with what went with it, where people want it back."""

from __future__ import annotations

import pytest

from tests.planning.talking import enums, propose, quoted, rules_of, shape, talk

SHELTER = (
    "Dogs have a name, a breed and a weight. Each dog sits in a kennel. Kennels have a number. A walker books a dog "
    "from a start to an end. Bookings of the same dog must not overlap. A booking has a status planned/over."
)


@pytest.mark.parametrize(
    ("gone", "back"),
    [
        (("we don't need the breed after all", "rename walkers to guests"), "actually, bring the breed back"),
        (("we don't need the breed after all",), "we need the breed after all"),
        (("drop the weight",), "please put the weight of dogs back in"),
        (("drop the weight. Drop the breed",), "bring back the weight. Restore the breed."),
        (("remove the status of bookings",), "We'd like to have the status back, as it was."),
        (("drop the start",), "add the start back to bookings"),
        (("forget kennels",), "sorry, bring the kennels back"),
        (("drop the breed",), "On second thoughts, the breed should come back"),
    ],
)
def test_what_was_taken_away_comes_back_as_it_was(gone: tuple[str, ...], back: str) -> None:
    renames = tuple(one for one in gone if one.startswith("rename"))
    before, after = propose(talk(SHELTER, changes=renames)), propose(talk(SHELTER, changes=(*gone, back)))

    assert shape(propose(talk(SHELTER, changes=gone))) != shape(before)
    assert shape(after) == shape(before)
    assert (sorted(rules_of(after)), enums(after)) == (sorted(rules_of(before)), enums(before))
    assert quoted(after) == []
    assert f"“{back.partition('. ')[0].rstrip('.')}” (Jon)" in after.decisions


def test_it_comes_back_before_there_is_a_review_too() -> None:
    after = propose(talk(SHELTER, "we don't need the breed after all", "actually, bring the breed back"))
    assert shape(after) == shape(propose(talk(SHELTER)))
    assert quoted(after) == []


def test_what_came_back_can_go_again() -> None:
    gone = ("drop the breed", "bring the breed back", "drop the breed")
    assert "breed" not in shape(propose(talk(SHELTER, changes=gone)))["Dog"]


@pytest.mark.parametrize("text", ["bring the colour back", "a dog must be brought back", "the walker should come back"])
def test_what_nobody_took_away_does_not_come_back(text: str) -> None:
    proposal = propose(talk(SHELTER, changes=("drop the breed", text)))
    assert shape(proposal) == shape(propose(talk(SHELTER, changes=("drop the breed",))))
    assert len(quoted(proposal)) == 1, "nothing is lost"
