"""What people want to know, which kinds there are, what each gets, and how many of each are in what."""

from __future__ import annotations

import pytest

from tests.planning.talking import enums, propose, shape, talk


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("Every child has a name. We also want to know about allergies.", {"Child": "name:str allergies:str[]"}),
        (
            "For each apprentice we keep a name, and we want to know about their driving licence.",
            {"Apprentice": "name:str driving_licence:str"},
        ),
        (
            "A guest has a name. It would be good to know about dietary needs and first aid training too.",
            {"Guest": "name:str dietary_needs:str[] first_aid_training:str"},
        ),
    ],
)
def test_what_people_want_to_know_about_is_kept_of_what_was_told(said: str, fields: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == fields
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "thing", "kinds"),
    [
        (
            "A wedding has a date, and we promise a number of arrangements for it, such as bouquets and table pieces.",
            "Arrangement",
            ("bouquet", "table_piece", "other"),
        ),
        ("A camp has a date. We plan several activities for it, for example hikes and tours.", "Activity",
         ("hike", "tour", "other")),
        ("Each clinic has a name and offers several treatments, such as massages and baths.", "Treatment",
         ("massage", "bath", "other")),
        ("We plant several crops on each field, including potatoes and beans.", "Crop", ("potato", "bean", "other")),
    ],
)  # fmt: skip
def test_examples_of_several_are_kinds_of_them(said: str, thing: str, kinds: tuple[str, ...]) -> None:
    proposal = propose(talk(said))
    assert enums(proposal)[f"{thing}Kind"] == kinds
    assert len(shape(proposal)) == 2
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "shapes"),
    [
        (
            "Customers bring garments in, each gets a numbered ticket with the date it will be ready.",
            {"Ticket": "number:str ready_on:date customer_id:int->Customer"},
        ),
        (
            "Every guest gets a numbered key card with an expiry date.",
            {"KeyCard": "number:str expiry_date:date guest_id:int->Guest"},
        ),
        (
            "Riders enter the race, and each receives a bib with a number and a start time.",
            {"Bib": "number:str start_time:datetime rider_id:int->Rider"},
        ),
    ],
)
def test_what_each_gets_with_a_number_is_a_thing_of_its_own(said: str, shapes: dict[str, str]) -> None:
    found = shape(propose(talk(said)))
    assert {name: found.get(name) for name in shapes} == shapes


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (
            "An order lists loaves and how many of each, with a delivery time.",
            {"OrderLine": "quantity:int order_id:int->Order loaf_id:int->Loaf", "Order": "delivery_time:time"},
        ),
        (
            "A delivery has a date and lists crates and how many of each.",
            {"DeliveryLine": "quantity:int delivery_id:int->Delivery crate_id:int->Crate", "Delivery": "date:date"},
        ),
        (
            "An invoice has a number. An invoice names articles and the quantity of each.",
            {"InvoiceLine": "quantity:int invoice_id:int->Invoice article_id:int->Article"},
        ),
        (
            "A recipe has a title and ingredients with how much of each.",
            {"RecipeLine": "amount:float recipe_id:int->Recipe ingredient_id:int->Ingredient"},
        ),
    ],
)
def test_how_many_of_each_are_in_it_is_a_line(said: str, line: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert {name: shape(proposal).get(name) for name in line} == line
    assert proposal.unread == ()


def test_names_are_no_kinds() -> None:
    said = "A publisher has a name. A book has a title and several authors, such as Tolkien and Lewis."
    assert not enums(propose(talk(said)))
