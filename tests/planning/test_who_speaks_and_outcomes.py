"""Who speaks is no thing, nor are "the accepted ones"; a deed of a thing is no list of values."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.chat_text import cleaned
from tests.planning.talking import enums, interview, propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("text", "things"),
    [
        (
            (
                "My wife tunes pianos. She has about 200 clients, some with more than one piano, and each piano has "
                "a make."
            ),
            {"Client": "name:str", "Piano": "make:str client_id:int->Client"},
        ),
        (
            "My sister has a pottery studio. She keeps glazes with a colour and a supplier.",
            {"Glaze": "colour:str supplier:str"},
        ),
        ("I have a tailor's shop and do alterations. Garments have a colour.", {"Garment": "colour:str"}),
        ("I have a florist's shop and sell bouquets. A bouquet has a price.", {"Bouquet": "price:Decimal"}),
        ("I run a butcher's shop. She has a bike with a brand. Sausages have a price.", {"Sausage": "price:Decimal"}),
        (
            "I have about 40 customers, some with several bikes. A bike has a brand.",
            {"Customer": "name:str", "Bike": "brand:str customer_id:int->Customer"},
        ),
    ],
)
def test_who_speaks_and_their_relatives_are_no_things(text: str, things: dict[str, str]) -> None:
    assert shape(propose(talk(text))) == things


def test_a_pronoun_stays_with_somebody_else_who_was_told_of() -> None:
    text = "My wife has a dance school. Each pupil has a name. She has a grade."
    assert "She has a grade" in cleaned(text)
    assert "She has 12 pupils" in quoted(
        propose(talk("A tutor has a name. Each pupil has a tutor. She has 12 pupils."))
    )


@pytest.mark.parametrize(
    "opening",
    [
        "I look after a small marina.",
        "We're putting on a two-day developer conference.",
        "I'm responsible for a small marina.",
        "I take care of the parish hall.",
        "I'm setting up a climbing gym.",
        "I'm on the board of a sports club.",
        "Once a year we organise a marathon.",
        "I have a dog kennel and offer day care.",
        "I'm the owner of a bakery.",
        "Can you make something for our medicine cabinet at home?",
        "Hi all, could you please build us a tool for the school kitchen?",
    ],
)
def test_an_introduction_is_neither_quoted_nor_built(opening: str) -> None:
    proposal = propose(talk(f"{opening} Every berth has a number and a length."))
    assert shape(proposal) == {"Berth": "number:str length:float"}
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("The town council has to check its playgrounds.", "Playground"),
        ("I'm the facility manager and lose track of our keys.", "Key"),
        ("I'm the caretaker and keep losing track of our ladders.", "Ladder"),
        ("Our parish is responsible for its benches.", "Bench"),
    ],
)
def test_what_somebody_has_to_look_after_is_kept(text: str, thing: str) -> None:
    proposal = propose(talk(text))
    assert list(shape(proposal)) == [thing]
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("text", "thing", "fields"),
    [
        (
            (
                "I'd enter every medicine with its expiry date, what it's for, how many are left and who in the family "
                "takes it."
            ),
            "Medicine",
            "expiry_date:date purpose:str quantity_left:int taken_by_id:int->Person",
        ),
        ("I'd note every seed with its variety and where it's stored.", "Seed", "variety:str place_stored:str"),
        ("We'd like to record each dish with a price and a name.", "Dish", "price:Decimal name:str"),
        ("I'll log each run with a distance and a duration.", "Run", "distance:float duration:int"),
    ],
)
def test_what_somebody_would_enter_is_read(text: str, thing: str, fields: str) -> None:
    people = {"Person": "name:str"} if "->Person" in fields else {}
    assert shape(propose(talk(text))) == {thing: fields} | people


@pytest.mark.parametrize(
    ("text", "thing", "fields", "values"),
    [
        (
            "Speakers submit talks with a title, and the accepted ones get a room and a time slot.",
            "Talk",
            "room_id:int?->Room time_slot_id:int?->TimeSlot",
            ("submitted", "accepted", "rejected"),
        ),
        (
            "Artists submit works with a title, and the selected ones get a wall.",
            "Work",
            "wall_id:int?->Wall",
            ("submitted", "selected", "rejected"),
        ),
        (
            (
                "Truck owners apply with their menu, and the committee accepts or rejects them. Accepted trucks get "
                "a pitch."
            ),
            "TruckOwner",
            "pitch_id:int?->Pitch",
            ("applied", "accepted", "rejected"),
        ),
        (
            (
                "Students submit proposals with a title. The board approves or declines each proposal. "
                "Approved proposals get a budget and a supervisor."
            ),
            "Proposal",
            "budget:Decimal?",
            ("submitted", "approved", "declined"),
        ),
    ],
)
def test_the_accepted_ones_are_those_with_a_status(text: str, thing: str, fields: str, values: tuple[str, ...]) -> None:
    proposal = propose(talk(text))
    assert fields in shape(proposal)[thing]
    assert enums(proposal) == {f"{thing}Status": values}
    assert not [name for name in shape(proposal) if name.startswith(("Accepted", "Selected", "Approved"))]


def test_nothing_of_what_the_accepted_ones_must_do_is_lost() -> None:
    must = "pay a fee before 1 May, otherwise the slot goes to the next one on the waiting list"
    text = f"Bands apply with a demo. Accepted bands get a slot and {must}."
    assert ", ".join(quoted(propose(talk(text)))) == f"Accepted bands get a slot and {must}"


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Every key has a number and opens one or more doors, and there are several copies.", "DoorKey"),
        ("Every generator has a serial number and powers one or more buildings.", "GeneratorBuilding"),
        ("Each filter has a size and fits several machines.", "MachineFilter"),
        ("A medicine has a name and treats several illnesses.", "MedicineIllness"),
    ],
)
def test_what_a_thing_does_to_several_others_links_them(text: str, pair: str) -> None:
    proposal = propose(talk(text))
    assert pair in shape(proposal)
    assert enums(proposal) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Rooms, guests and shelves.",
            {"each room? For example: name, description", "each guest? For example: name, e-"},
        ),
        ("Each shift belongs to a staff. A shift has a start.", {"each member of staff? For example: name, e-mail"}),
    ],
)
def test_only_somebody_has_an_address_in_the_example(text: str, said: set[str]) -> None:
    asked = " ".join(question.text for question in interview(talk(text)).questions)
    assert {one for one in said if one in asked} == said
