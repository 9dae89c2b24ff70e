"""What a thing has may have facts of its own: "each flat has a meter, which has a number and a reading"."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_relatives import in_plain_relatives
from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("said", "whole", "name", "part"),
    [
        ("Each flat has a floor and a meter, which has a number and a reading.", "floor:int", "Meter",
         "number:str reading:str flat_id:int->Flat"),
        ("Every bike has a lock, which has a code. A bike has a colour.", "colour:str", "Lock",
         "code:str bike_id:int->Bike"),
        ("Our bikes have a colour and a lock that has a code.", "colour:str", "Lock", "code:str bike_id:int->Bike"),
        ("The dogs have a name and a chip, which has a code and a date.", "name:str", "Chip",
         "code:str date:date dog_id:int->Dog"),
        ("Each flat has a meter, which has a number and a reading, and a balcony.", "balcony:str", "Meter",
         "number:str reading:str flat_id:int->Flat"),
        ("A boat has its own engine, which has a maker and a colour, and belongs to a club. A club has a name.",
         "name:str club_id:int->Club", "Engine", "maker:str colour:str boat_id:int->Boat"),
    ],
)  # fmt: skip
def test_what_is_built_in_belongs_to_what_has_it(said: str, whole: str, name: str, part: str) -> None:
    """Its facts are never those of the whole."""
    made = shape(propose(talk(said)))
    assert set(made[name].split()) == set(part.split())
    assert set(whole.split()) <= set(made[part.partition("->")[2]].split())
    assert not set(whole.split()) & set(part.split())


@pytest.mark.parametrize(
    ("said", "name", "fields", "thing", "facts"),
    [
        ("A book has a title and a publisher, who has a name and a city.", "Book",
         "title:str publisher_id:int->Publisher", "Publisher", "name:str city:str"),
        ("Each lesson has a room, which has a number and a floor, and a teacher.", "Lesson",
         "teacher:str room_id:int->Room", "Room", "number:str floor:int"),
        ("Every dog has a breed and an owner, who has a name and a phone number.", "Dog",
         "breed:str owner_id:int->Owner", "Owner", "name:str phone_number:str"),
        ("Orders have a date and an address, which has a street, a town and a zip code.", "Order",
         "date:date address_id:int->Address", "Address", "street:str town:str zip_code:str"),
    ],
)  # fmt: skip
def test_what_several_may_share_is_named_by_each(said: str, name: str, fields: str, thing: str, facts: str) -> None:
    """A room, an owner or a publisher is there for more than one."""
    assert shape(propose(talk(said))) == {name: fields, thing: facts}


@pytest.mark.parametrize(
    ("said", "name", "fields"),
    [
        ("Each house has an address and several meters, which have a number and a reading.", "Meter",
         "number:str reading:str house_id:int->House"),
        ("A sensor has a place and measurements, which have a value and a time.", "Measurement",
         "value:str time:datetime sensor_id:int->Sensor"),
    ],
)  # fmt: skip
def test_several_have_their_facts_each(said: str, name: str, fields: str) -> None:
    assert shape(propose(talk(said)))[name] == fields


def test_what_must_be_done_with_a_part_stays_a_task() -> None:
    proposal = propose(talk("A boat has a name and an engine, which has a code and must be serviced every year."))
    assert shape(proposal)["Engine"] == "code:str boat_id:int->Boat"
    assert any("must be serviced every year" in piece for piece in quoted(proposal))


@pytest.mark.parametrize(
    "said",
    [
        "",
        ". ",
        "Each book has a title, which has at most 80 characters.",
        "Each flat has a meter, which must be read every month.",
        "Each flat has a meter, which has a number, and a balcony.",
        "Each flat has a status, which has a date.",
        "Each report has a photo, which has a caption.",
        "Each room has a price, which has a currency.",
        "Each flat has a room that has a number.",
        "Most bikes have a lock, which has a code.",
        "If a bike has a lock, which has a code, we note it.",
        "Each has a, which has a number.",
    ],
)
def test_other_sentences_stay_as_they_are(said: str) -> None:
    """What is a fact itself, what must be done, what may be told of either, and what only some have."""
    assert in_plain_relatives(said) == said


@pytest.mark.parametrize(
    ("said", "name", "fields"),
    [
        ("We have volunteers who sit with guests. A guest has a name.", "Volunteer", "name:str"),
        ("Our shop has mechanics who repair bikes. A bike has a name.", "Mechanic", "name:str"),
        ("We have teachers who teach courses. A course has a title.", "Course", "title:str teacher_id:int->Teacher"),
        ("A project has tasks that belong to users. A user has a name.", "Project", "name:str"),
    ],
)
def test_who_does_something_is_kept_beside_what_they_do(said: str, name: str, fields: str) -> None:
    proposal = propose(talk(said))
    assert shape(proposal)[name] == fields
    assert not quoted(proposal)


@pytest.mark.parametrize("said", ["We have books that members borrow.", "We have members who are over 60."])
def test_what_others_do_and_what_they_are_like_stays(said: str) -> None:
    assert in_plain_relatives(said) == said
