"""Changes as people say them in passing: "actually, drop the breed, nobody uses it", "only 3 instead of 4"."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, rules_of, shape, talk

DOGS = (
    "A walker walks dogs. A dog has a name, a breed, a phone and a price. A walk has a date. "
    "Each walk belongs to a dog and a walker. A walker can have at most 4 walks."
)


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("actually a walker can have at most 3 walks", 3),
        ("at most 3 walks instead of 4", 3),
        ("no, only three instead of four", 3),
        ("not 4 but 6 walks", 6),
        ("make it 5", 5),
    ],
)
def test_a_limit_has_another_number(change: str, number: int) -> None:
    proposal = propose(talk(DOGS, changes=(change,)))

    assert rules_of(proposal) == [f"at most {number} Walk per walker"]
    assert not proposal.unread


@pytest.mark.parametrize(
    "change",
    ["actually, call walkers sitters", "please call walkers sitters, not walkers", "let's call a walker a sitter",
     "call the walkers sitters instead"],
)  # fmt: skip
def test_a_thing_is_called_otherwise(change: str) -> None:
    proposal = propose(talk(DOGS, changes=(change,)))

    assert list(shape(proposal)) == ["Sitter", "Dog", "Walk"]
    assert not proposal.unread


@pytest.mark.parametrize(
    ("change", "dog"),
    [
        ("drop the breed, we don't need it", "name:str phone:str price:Decimal"),
        ("oh, remove the breed because nobody uses it", "name:str phone:str price:Decimal"),
        ("the price isn't needed either", "name:str breed:str phone:str"),
        ("we don't need the price", "name:str breed:str phone:str"),
        ("the breed can go", "name:str phone:str price:Decimal"),
        ("make the phone optional, not everybody has one", "name:str breed:str phone:str? price:Decimal"),
    ],
)
def test_a_field_goes_or_may_be_missing(change: str, dog: str) -> None:
    proposal = propose(talk(DOGS, changes=(change,)))

    assert shape(proposal)["Dog"] == dog
    assert not proposal.unread


def test_a_change_in_passing_is_taken_before_the_review() -> None:
    assert shape(propose(talk(DOGS, "actually, drop the breed, nobody uses it")))["Dog"] == (
        "name:str phone:str price:Decimal"
    )


@pytest.mark.parametrize(
    "change",
    ["call the walkers tomorrow", "call a walker a taxi", "actually nobody asked for that", "make it 5 minutes",
     "only 3 instead of 5", "the price isn't needed for guests", "the phone can go to the office"],
)  # fmt: skip
def test_what_only_sounds_like_a_change_is_left(change: str) -> None:
    before, after = propose(talk(DOGS)), propose(talk(DOGS, changes=(change,)))

    assert (after.specs, after.unread) == (before.specs, (change,))


def test_a_bare_number_is_not_taken_for_one_of_two() -> None:
    proposal = propose(talk(DOGS, "A dog can have at most 9 walks.", changes=("make it 5",)))

    assert sorted(rules_of(proposal)) == ["at most 4 Walk per walker", "at most 9 Walk per dog"]
    assert proposal.unread == ("make it 5",)


BEDS = "A gardener has a name. A bed has a name."


def test_at_most_so_many_of_a_thing_is_a_limit_and_no_field() -> None:
    at_once = propose(talk(f"{BEDS} A gardener has at most 3 beds."))
    later = propose(talk(f"{BEDS} Each bed belongs to a gardener.", changes=("A gardener has at most 3 beds",)))
    room = propose(talk("A room has a number and at most 6 beds. Guests book rooms."))

    assert rules_of(at_once) == rules_of(later) == ["at most 3 Bed per gardener"]
    assert shape(at_once)["Gardener"] == shape(later)["Gardener"] == "name:str"
    assert "number_of_beds:int" in shape(room)["Room"]
