"""Two things in a few words: books on shelves, applications that an adopter submits, messages from either of two."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk

IN_PLACES = {
    "We store products in locations. Every product has a name.": ("Product", "location_id:int->Location"),
    "A library: books on shelves, members with a name.": ("Book", "shelf_id:int->Shelf"),
    "Parking garage: parking spots on levels, vehicles with a plate.": ("ParkingSpot", "level_id:int->Level"),
    "A nursery: plants in greenhouses, orders with a date.": ("Plant", "greenhouse_id:int->Greenhouse"),
    "A museum: paintings in halls, and guides with a name.": ("Painting", "hall_id:int->Hall"),
    "We keep notes on patients. Patients have a name.": ("Note", "patient_id:int->Patient"),
}
NO_PLACES = ("A shop: prices in euros, products with a name.", "A yard: lengths in meters, boats with a name.")


@pytest.mark.parametrize("text", IN_PLACES)
def test_things_of_one_kind_name_the_place_of_each(text: str) -> None:
    name, field = IN_PLACES[text]
    proposal = propose(talk(text))

    assert field in shape(proposal)[name].split()
    assert not quoted(proposal)


@pytest.mark.parametrize("text", NO_PLACES)
def test_a_measure_is_no_place(text: str) -> None:
    proposal = propose(talk(text))

    assert not any("->" in fields for fields in shape(proposal).values())
    assert quoted(proposal)


def test_what_somebody_submits_for_something_names_both() -> None:
    text = (
        "We have animals (name, species), adopters with a phone, "
        "and applications that an adopter submits for an animal."
    )
    found = shape(propose(talk(text)))

    assert found["Application"] == "adopter_id:int->Adopter animal_id:int->Animal"


def test_messages_from_either_of_two_are_things_that_name_one_of_them() -> None:
    text = (
        "Customers with a name, agents with a name. Tickets have a subject. "
        "Every ticket has messages from the customer or the agent."
    )
    found = shape(propose(talk(text)))

    assert found["Message"] == "text:str ticket_id:int->Ticket customer_id:int?->Customer agent_id:int?->Agent"
    assert found["Ticket"] == "subject:str"


def test_comments_from_one_kind_of_people_name_who_wrote_them() -> None:
    text = "Every request has comments from employees. Requests have a title. Employees have a name."

    found = shape(propose(talk(text)))
    assert found["Comment"] == "text:str request_id:int->Request employee_id:int->Employee"


def test_their_memberships_and_the_classes_they_attend_are_the_members() -> None:
    text = "We want to manage our members, their memberships and the classes they attend. Members have a name."
    proposal = propose(talk(text))

    assert "member_id:int->Member" in shape(proposal)["Membership"].split()
    assert {"member_id:int->Member", "class_id:int->Class"} <= set(shape(proposal)["Attendance"].split())
    assert not quoted(proposal)


def test_their_orders_name_the_last_that_was_listed() -> None:
    found = shape(propose(talk("Products, customers and their orders. Products have a name.")))

    assert "customer_id:int->Customer" in found["Order"].split()
    assert "product_id" not in found["Order"]


@pytest.mark.parametrize(
    ("said", "holder", "key"),
    [
        ("Six farms share one barn. A farm has a name. A barn has a size.", "Farm", "barn_id"),
        ("Three families share a car. A family has a name. A car has a color.", "Family", "car_id"),
        ("Members share photos. A member has a name. A photo has a title.", "Photo", "member_id"),
    ],
)
def test_what_several_share_is_named_by_each_of_them(said: str, holder: str, key: str) -> None:
    assert f"{key}:int->" in shape(propose(talk(said)))[holder]
