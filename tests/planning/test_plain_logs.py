"""What is noted of a deed behind a colon is what its record has: which lake, how heavy it is, a photo."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_logs import in_plain_logs
from tests.planning.talking import propose, rules_of, shape, talk


@pytest.mark.parametrize(
    ("said", "name", "fields"),
    [
        ("Citizens report damage on playgrounds: which playground, what is broken, and how urgent it is, from 1 to 5.",
         "DamageReport",
         "description:str urgency:int citizen_id:int->Citizen playground_id:int->Playground"),
        ("Members log a catch: which lake, what kind of fish, how heavy it is and a photo. Each lake has a name.",
         "Catch", "kind_of_fish:str weight:float photo:str member_id:int->Member lake_id:int->Lake"),
        ("Guests rate a room: how clean it was, from 1 to 5, and a comment.", "Rating",
         "cleanliness:int comment:str guest_id:int->Guest room_id:int->Room"),
        ("Guests rate a meal: how tasty it was, how friendly the waiter was, both from 1 to 5.", "Rating",
         "taste:int friendliness:int guest_id:int->Guest meal_id:int->Meal"),
        ("Inspectors check a lift: the date, what is wrong and whether it is safe.", "Check",
         "date:date problem:str is_safe:bool inspector_id:int->Inspector lift_id:int->Lift"),
        ("Gardeners water a bed: when and how long.", "Watering",
         "date_and_time:datetime duration_minutes:int gardener_id:int->Gardener bed_id:int->Bed"),
        ("We record each delivery: which supplier, when, how many boxes and a note. A supplier has a name.", "Delivery",
         "date_and_time:datetime number_of_boxes:int note:str supplier_id:int->Supplier"),
        ("Tenants can report a fault: what is broken, since when, how urgent it is (1-5), and a phone number.", "Fault",
         "description:str start_date:date urgency:int phone_number:str tenant_id:int->Tenant"),
        ("Customers write reviews of products: how good it was from 1 to 5 and a text.", "Review",
         "quality:int text:str customer_id:int->Customer product_id:int->Product"),
        ("We log each dive: where, how deep it was, how long and the water temperature.", "Dive",
         "place:str depth:float duration_minutes:int water_temperature:float"),
    ],
)  # fmt: skip
def test_what_is_noted_of_a_deed_is_what_its_record_has(said: str, name: str, fields: str) -> None:
    """With links to whoever did it, and to what it is about."""
    assert shape(propose(talk(said)))[name] == fields


def test_a_scale_bounds_the_number() -> None:
    """From 1 to 5 is no more than 5."""
    proposal = propose(talk("Guests rate a room: how clean it was, on a scale of one to five, and a comment."))
    bounds = {
        field.name: (field.minimum, field.maximum) for entity in proposal.specs.entities for field in entity.fields
    }
    assert bounds["cleanliness"] == ("1", "5")


def test_what_is_reported_is_called_as_the_text_goes_on() -> None:
    """A report, where it tells of one."""
    said = "Students report vandalism in classrooms: which classroom, a photo. A report is open, then fixed."
    proposal = propose(talk(said))
    assert shape(proposal)["Report"].endswith("student_id:int->Student classroom_id:int->Classroom")
    assert rules_of(proposal) == ["transition status: open -> fixed"]


@pytest.mark.parametrize(
    "said",
    [
        "",
        ": ",
        "Members report to the board: who came, what was said.",
        "The caretaker checks the following: doors, windows and lights.",
        "Users log in: with name and password.",
        "Members can do the following: book a room and cancel a booking.",
        "Staff send a reminder: two days before, one day before and on the day.",
        "Guests order a drink: water, juice and wine.",
        "Guests book a room: single, double or suite.",
        "Trainers write a plan: monday, tuesday and friday.",
        "Members rate a wine: from 1 to 5.",
        "Members rate a wine: how good it is from 5 to 1.",
        "Fans post a song: who wrote it, why they like it.",
        "Clients note: which lake, a photo.",
        f"Members log a catch: {'a photo, ' * 200}a lake.",
    ],
)
def test_other_colons_stay_as_they_are(said: str) -> None:
    """Values, steps, and what isn't known as a fact."""
    assert in_plain_logs(said) == said
