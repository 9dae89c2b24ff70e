"""What people ask for is called by a noun, never by its question; who does something is a person."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.asked_facts import asked_fact, asked_role
from tests.planning.talking import propose, shape, talk


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("who is working on it", "worker"),
        ("who reported it", "reported by"),
        ("who's responsible for it", "responsible person"),
        ("who is in charge", "responsible person"),
        ("who owns it", "owner"),
        ("who it belongs to", "owner"),
        ("who gets it", "recipient"),
        ("who sent them", "sender"),
        ("who wears it", "worn by"),
        ("who feeds them", "fed by"),
        ("who is cleaning the room", "cleaned by"),
        ("who in the family takes it", "taken by"),
        ("who is absent today", ""),
        ("who pay a fee", ""),
        ("who have an address", ""),
    ],
)
def test_who_does_something_has_a_name_for_it(asked: str, name: str) -> None:
    assert asked_role(asked) == name


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("what is wrong with it", "problem"),
        ("what it's for", "purpose"),
        ("what it is", "description"),
        ("what the diagnosis is", "diagnosis"),
        ("what was decided", "decision"),
        ("what was replaced", "replaced item"),
        ("what they ate", "food"),
        ("where it was found", "place found"),
        ("where they went", "destination"),
        ("where it comes from", "origin"),
        ("why it was cancelled", "reason"),
        ("who was there", "attendees"),
        ("what colour it has", ""),
    ],
)
def test_what_is_asked_is_called_by_a_noun(asked: str, name: str) -> None:
    assert asked_fact(asked) == name


@pytest.mark.parametrize(
    ("said", "shapes"),
    [
        (
            "For each repair we write down what is wrong, who is working on it and the price we promised.",
            {"Repair": "problem:str price:Decimal worker_id:int->Person", "Person": "name:str"},
        ),
        (
            "A mechanic has a name. For each repair we note a price and who did it.",
            {"Mechanic": "name:str", "Repair": "price:Decimal done_by_id:int->Mechanic"},
        ),
        (
            "For each parcel we record who sent it, who gets it and the weight.",
            {"Parcel": "weight:float sender_id:int->Person recipient_id:int->Person", "Person": "name:str"},
        ),
        (
            "For each meeting we record who was there, what was decided and the date.",
            {"Meeting": "attendees:str decision:str date:date"},
        ),
    ],
)
def test_people_are_links_and_questions_are_nouns(said: str, shapes: dict[str, str]) -> None:
    proposal = propose(talk(said))
    found = {name: " ".join(sorted(fields.split())) for name, fields in shape(proposal).items()}
    assert found == {name: " ".join(sorted(fields.split())) for name, fields in shapes.items()}
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Members have a name. We want to know who is absent today.", "who is absent today"),
        ("Each room has a number and who is cleaning it today.", "who is cleaning it today"),
    ],
)
def test_what_no_field_holds_stays_quoted(said: str, left: str) -> None:
    assert any(left in piece for piece in propose(talk(said)).unread)


@pytest.mark.parametrize(
    "said", ["Our choir sings at weddings and funerals. A song has a title.", "We know about pets."]
)
def test_no_thing_is_called_by_a_verb(said: str) -> None:
    proposal = propose(talk(said, "A song has a title."))
    assert not {"ChoirSing", "KnowAboutPet", "AboutPet"} & set(shape(proposal))
