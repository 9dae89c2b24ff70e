"""What a field's name leaves open until its thing is known, and things that go by a longer and a shorter name."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.vocabulary import spoken
from tests.planning.talking import asked, propose, shape, talk


@pytest.mark.parametrize(
    ("said", "entity", "fields"),
    [
        ("trips with a start time and an end time", "Trip", "start_time:datetime end_time:datetime"),
        ("stays have an entry time and an exit time", "Stay", "entry_time:datetime exit_time:datetime"),
        ("lessons with a date, a start time and an end time", "Lesson", "date:date start_time:time end_time:time"),
        ("shifts with a weekday and a start time", "Shift", "weekday:str start_time:time"),
        ("shops with a name and an opening time", "Shop", "name:str opening_time:time"),
        ("deals with a name and a value", "Deal", "name:str value:Decimal"),
        ("settings with a name and a value", "Setting", "name:str value:str"),
        ("products with a name and a minimum stock level", "Product", "name:str minimum_stock_level:int"),
        ("scooters with a battery level", "Scooter", "battery_level:int"),
    ],
)  # fmt: skip
def test_a_name_means_what_it_means_in_its_thing(said: str, entity: str, fields: str) -> None:
    assert shape(propose(talk(said)))[entity] == fields


def test_a_time_that_something_takes_is_a_number_of_minutes() -> None:
    proposal = propose(talk("recipes with a title, a cooking time and a serving time"))

    assert shape(proposal)["Recipe"] == "title:str cooking_time:int serving_time:time"
    assert any("cooking_time is a number of minutes" in line for line in proposal.assumptions)


@pytest.mark.parametrize(
    ("said", "name", "other"),
    [
        ("a booking system for meeting rooms. Employees book rooms. Rooms have a capacity.", "MeetingRoom", "room"),
        ("orders and order items. An order has a date. An item belongs to an order, has a price", "OrderItem", "item"),
        ("Charity donations: donors make donations. Donations have an amount", "Donation", "charity donation"),
    ],
)  # fmt: skip
def test_a_longer_and_a_shorter_name_are_one_thing(said: str, name: str, other: str) -> None:
    proposal = propose(talk(said))

    assert [one for one in shape(proposal) if one.endswith(name[-4:])] == [name]
    assert f"“{other}” means the {spoken(name)}" in proposal.assumptions
    assert f"fields:{other.replace(' ', '')}" not in asked(talk(said))


def test_two_longer_names_of_one_kind_stay_what_they_are() -> None:
    proposal = propose(talk("guest rooms and conference rooms. Rooms have a number"))

    assert list(shape(proposal)) == ["GuestRoom", "ConferenceRoom", "Room"]
