"""What people tell of things that they look after: where each hangs, who checks it, who packs it for whom."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_upkeep import in_plain_upkeep
from tests.planning.talking import asked, propose, shape, talk

FOOD_BANK = (
    "Our town's food bank hands out parcels. Households register with an address and the number of people in them, and "
    "a volunteer packs a parcel for a household on a day. A parcel is packed, then handed out or put back into stock, "
    "and a household gets at most one parcel a week."
)
EXTINGUISHERS = (
    "We keep track of the fire extinguishers in our buildings. Each one hangs in a room of a building, has a serial "
    "number and a date when it must be checked next. Inspectors record every check with passed or failed, and one that "
    "failed is out of service until somebody replaces it."
)


def test_a_food_bank_has_parcels_of_households_and_its_limit_is_quoted_whole() -> None:
    proposal = propose(talk(FOOD_BANK))
    assert shape(proposal) == {
        "Household": "address:str number_of_people:int",
        "Parcel": "date:date status:ParcelStatus volunteer_id:int->Volunteer household_id:int->Household",
        "Volunteer": "name:str",
    }
    assert [task.title for task in proposal.custom] == ["“A household gets at most one parcel a week”"]
    assert proposal.unread == ()


def test_fire_extinguishers_hang_in_rooms_and_are_checked() -> None:
    conversation = talk(EXTINGUISHERS)
    proposal = propose(conversation)
    assert shape(proposal) == {
        "Room": "building_id:int->Building name:str",
        "Building": "name:str",
        "FireExtinguisher": "serial_number:str! checked_next_on:date room_id:int->Room",
        "Check": "result:CheckResult inspector_id:int->Inspector fire_extinguisher_id:int->FireExtinguisher",
        "Inspector": "name:str",
    }
    assert [task.title for task in proposal.custom] == [
        "“One that failed is out of service until somebody replaces it”"
    ]
    assert proposal.unread == ()
    assert not [one for one in asked(conversation) if one.startswith("whole:")]


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "We keep track of the life jackets in our boats. Each one has a size.",
            "Each life jacket belongs to a boat. Each life jacket has a size.",
        ),
        ("We manage the parcel lockers in our buildings.", "Each parcel locker belongs to a building."),
        ("We want to keep track of the coffee machines at our sites.", "Each coffee machine belongs to a site."),
        ("We look after the first aid kits in our schools.", "Each first aid kit belongs to a school."),
        (
            "We track smoke detectors. Each one hangs in a room, has a battery date.",
            "We track smoke detectors. Each smoke detector belongs to a room. Each smoke detector has a battery date.",
        ),
        (
            "A life jacket hangs in a locker of a boat and has a size.",
            "Each locker belongs to a boat. Each life jacket belongs to a locker. Each life jacket has a size.",
        ),
        (
            "We manage lifts. A technician notes every inspection as safe or unsafe.",
            (
                "We manage lifts. Each inspection belongs to a technician and a lift. "
                "An inspection has a result: safe or unsafe."
            ),
        ),
        (
            "A cook prepares a meal for a guest on a day.",
            "Each meal belongs to a cook and a guest. A meal has a date.",
        ),
        (
            "Track the bike racks at our stations. Each has a number.",
            "Each bike rack belongs to a station. Each bike rack has a number.",
        ),
        ("Volunteers pack boxes for families.", "Each box belongs to a volunteer and a family."),
        ("A tailor sews a costume for an actor.", "Each costume belongs to a tailor and an actor."),
        (
            "A dose is prepared, then given or put back into the cupboard.",
            "A dose is prepared, then given or put back.",
        ),
    ],
)
def test_what_is_looked_after_is_said_plainly(said: str, plain: str) -> None:
    assert in_plain_upkeep(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "We keep track of the books in our library.",
        "Each one has a title.",
        "A lamp is in a state of repair.",
        "A box fills a gap for a shelf.",
        "Teachers prepare students for exams.",
        "Readers record every reading with a date and a value.",
        "We track the parked cars in our garages.",
    ],
)
def test_what_may_mean_something_else_stays_as_it_is(said: str) -> None:
    assert in_plain_upkeep(said) == said


@pytest.mark.parametrize(
    "limit",
    [
        "A household gets at most one parcel a week",
        "Each household can have at most one parcel per month",
        "Households receive one parcel each year",
        "A household may get only one parcel a week",
    ],
)
def test_how_often_somebody_gets_one_is_no_link_and_quoted_whole(limit: str) -> None:
    proposal = propose(talk(f"Each household has a name. Each parcel belongs to a household. {limit}."))
    assert shape(proposal) == {"Household": "name:str", "Parcel": "household_id:int->Household name:str"}
    assert limit in [*proposal.unread, *(task.title.strip("“”") for task in proposal.custom)]


@pytest.mark.parametrize(
    ("noun", "things"),
    [
        ("the parked cars in our garages", {"ParkedCar": "garage_id:int->Garage name:str", "Garage": "name:str"}),
        ("the fire extinguishers in our cellar", {}),
    ],
)
def test_a_noun_of_two_words_is_never_cut(noun: str, things: dict[str, str]) -> None:
    proposal = propose(talk(f"We keep track of {noun}. Each boat has a name."))
    assert shape(proposal) == {"Boat": "name:str", **things}
    assert things or proposal.unread
