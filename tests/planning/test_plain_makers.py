"""Who makes what: claims that are filed, what is inspected, who writes "it", and short forms of a compound name."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_makers import in_plain_makers
from bot.planning.built_in.words.plain_openings import in_plain_openings
from bot.planning.built_in.words.plain_upkeep import in_plain_upkeep
from tests.planning.talking import asked, enums, propose, quoted, shape, talk

TURBINES = (
    "We look after wind turbines. Each turbine stands in a wind park, has a serial number and a rated power in kW and "
    "is running, stopped or under maintenance. Technicians log inspections with date, findings and whether a "
    "follow-up is necessary; a turbine has to be inspected at least once a year."
)
LOST = (
    "A lost property office for the railway. Staff register found items with a category, a description, the station "
    "where it was found and the day; people who lost something file a claim with their name and e-mail and describe "
    "the item. A claim is matched to at most one item, and items nobody has claimed after 90 days are given to charity."
)
COSTUMES = (
    "We run the costume store of a theatre. Each costume has a name and a size. A damage report belongs to a costume "
    "and has a description and an estimated repair cost. The wardrobe assistant writes it."
)
EXTINGUISHERS = (
    "We look after fire extinguishers. Each extinguisher hangs in a building, has a serial number and is full, used or "
    "expired. An inspection report belongs to an extinguisher and has a date and a result. The fire warden writes it."
)
BOATS = (
    "Our club maintains rowing boats. Every boat is kept in a boat house, has a name and a number of seats and is "
    "free, out or in repair. Members who see damage file a damage report with a description and a date."
)
STATIONS = (
    "We operate weather stations. A station stands on a mountain, has an altitude and is online or offline. Observers "
    "record measurements with a temperature and the time."
)
MACHINES = (
    "We service coffee machines. Each machine is installed in an office, has a model and a purchase date, and is "
    "rented, sold or scrapped. Anyone who notices a fault submits a fault report with their name and a description."
)
ORGANS = (
    "We keep church organs. Each organ stands in a village church, has a builder and a year. Technicians log tests "
    "with date, remarks and whether a pipe is broken; an organ has to be tested at least twice a year."
)


@pytest.mark.parametrize(
    ("said", "things"),
    [
        (
            TURBINES,
            {
                "Turbine": "serial_number:str! rated_power_kw:float status:TurbineStatus wind_park_id:int->WindPark",
                "WindPark": "name:str",
                "Technician": "name:str",
                "Inspection": "date:date findings:str follow_up_necessary:bool technician_id:int->Technician "
                "turbine_id:int->Turbine",
            },
        ),
        (
            LOST,
            {
                "FoundItem": "category:str description:str station:str day:date",
                "Claim": "name:str email:EmailStr! description:str found_item_id:int?->FoundItem",
            },
        ),
        (
            COSTUMES,
            {
                "Costume": "name:str size:str",
                "DamageReport": "description:str estimated_repair_cost:Decimal costume_id:int->Costume "
                "wardrobe_assistant_id:int->WardrobeAssistant",
                "WardrobeAssistant": "name:str",
            },
        ),
        (
            EXTINGUISHERS,
            {
                "Extinguisher": "serial_number:str! status:ExtinguisherStatus building_id:int->Building",
                "Building": "name:str",
                "InspectionReport": "date:date result:str extinguisher_id:int->Extinguisher "
                "fire_warden_id:int->FireWarden",
                "FireWarden": "name:str",
            },
        ),
        (
            BOATS,
            {
                "Boat": "name:str number_of_seats:int status:BoatStatus boat_house_id:int->BoatHouse",
                "BoatHouse": "name:str",
                "DamageReport": "description:str date:date member_id:int->Member",
                "Member": "name:str",
            },
        ),
        (
            STATIONS,
            {
                "Station": "altitude:float status:StationStatus mountain_id:int->Mountain",
                "Mountain": "name:str",
                "Measurement": "temperature:float time:datetime observer_id:int->Observer",
                "Observer": "name:str",
            },
        ),
        (
            MACHINES,
            {
                "Machine": "model:str purchase_date:date status:MachineStatus office_id:int->Office",
                "Office": "name:str",
                "FaultReport": "name:str description:str",
            },
        ),
        (
            ORGANS,
            {
                "Organ": "builder:str year:int village_church_id:int->VillageChurch",
                "VillageChurch": "name:str",
                "Test": "date:date remarks:str pipe_broken:bool technician_id:int->Technician organ_id:int->Organ",
                "Technician": "name:str",
            },
        ),
        (
            "A wind turbine stands in a wind park, has a serial number and is running or stopped.",
            {
                "WindTurbine": "serial_number:str! status:WindTurbineStatus wind_park_id:int->WindPark",
                "WindPark": "name:str",
            },
        ),
        (
            "Church bells hang in a tower, have a weight in kg and a year and are in use or cracked.",
            {"ChurchBell": "weight_kg:float year:int status:ChurchBellStatus tower_id:int->Tower", "Tower": "name:str"},
        ),
        (
            "A repair order has a number. An order has a price and is open or paid.",
            {"RepairOrder": "number:str price:Decimal status:RepairOrderStatus"},
        ),
        (
            "Our escape rooms have a name. A room has a level. Players book a room for a date.",
            {
                "EscapeRoom": "name:str level:str",
                "Player": "name:str",
                "Booking": "date:date player_id:int->Player escape_room_id:int->EscapeRoom",
            },
        ),
    ],
)
def test_an_idea_is_read_as_its_writer_means_it(said: str, things: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == things
    assert proposal.unread == ()


def test_what_can_not_be_built_of_it_stays_quoted() -> None:
    assert quoted(propose(talk(TURBINES))) == ["A turbine has to be inspected at least once a year"]
    assert quoted(propose(talk(LOST))) == ["Items nobody has claimed after 90 days are given to charity"]


def test_a_short_form_asks_nothing_and_keeps_its_states() -> None:
    assert not [one for one in asked(talk(TURBINES)) if one.startswith("whole")]
    assert enums(propose(talk(TURBINES)))["TurbineStatus"] == ("running", "stopped", "under_maintenance")


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "Visitors who saw a bird submit a sighting with the place and a date.",
            "A sighting has the place and a date. Each sighting belongs to a visitor.",
        ),
        (
            "Anyone who lost something files a claim with a name.",
            "A claim has a name.",
        ),
        (
            "Residents fill in a search request with their phone number and describe the parcel.",
            "A search request has a phone number and a description. Each search request belongs to a resident.",
        ),
        (
            "A bid is assigned to exactly one lot.",
            "Each bid belongs to a lot.",
        ),
        (
            "A recipe has a title. A review belongs to a recipe. The guest writes it.",
            "A recipe has a title. A review belongs to a recipe. Each review belongs to a guest.",
        ),
        (
            "We record audits. Every branch must be audited every two years.",
            "We record audits. Each audit belongs to a branch. Every branch must be audited every two years.",
        ),
        (
            "Bus drivers have a name. A driver belongs to a depot.",
            "Bus drivers have a name. A bus driver belongs to a depot.",
        ),
        (
            "Our bus drivers have a name. Each driver belongs to a depot.",
            "Our bus drivers have a name. Each bus driver belongs to a depot.",
        ),
    ],
)
def test_it_is_said_plainly(said: str, plain: str) -> None:
    assert in_plain_makers(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "Members who have paid submit a request with a date.",
        "Members leave a room with a key.",
        "People file a claim with their name.",
        "Machines write a log with a date.",
        "A review has stars. The system writes it.",
        "Students upload a thesis. A thesis has a title. A supervisor approves it.",
        "A bridge has to be inspected every year.",
        "We record inspections. An inspection of a bridge has a date. A bridge must be inspected every year.",
        "A purchase order has a price. A repair order has a number. An order has a date.",
        "An order item has a quantity. An order has a number. An item has a price.",
        "An open book has a reader. A book has a title.",
        "Members book rooms. A room has a number.",
        "I have clients, and send invoices. An invoice has a number.",
        "Track laptops. Each laptop is new.",
        "A lock opens with a code, is new or old.",
        "Players play quizzes. Each play has points.",
        "We keep repair orders and purchase orders. An order has a date.",
    ],
)
def test_what_means_something_else_stays_as_it_was_said(said: str) -> None:
    assert in_plain_makers(said) == said


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "We look after wind turbines. Each turbine has a name.",
            "We look after turbines. Each turbine has a name.",
        ),
        (
            "Our city maintains public playgrounds. A playground has a name.",
            "Our city maintains playgrounds. A playground has a name.",
        ),
        ("We operate ferries. Each ferry has a name.", "We keep ferries. Each ferry has a name."),
    ],
)
def test_what_is_looked_after_goes_by_its_short_name(said: str, plain: str) -> None:
    assert in_plain_openings(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "We keep repair orders. An order has a date, a purchase order has a price.",
        "We operate ferries between two islands.",
    ],
)
def test_names_that_others_share_stay_whole(said: str) -> None:
    assert in_plain_openings(said) == said


def test_places_of_several_words_are_places() -> None:
    said = "A bench stands in a city park and is new or old."
    assert in_plain_upkeep(said) == "Each bench belongs to a city park. Each bench is new or old."
    assert in_plain_upkeep("A lamp hangs in a fixed position.") == "A lamp hangs in a fixed position."


@pytest.mark.parametrize(
    ("said", "things", "left"),
    [
        (
            "A wind turbine hums in the dark, has a serial number and is running or stopped.",
            {"WindTurbine": "serial_number:str! status:WindTurbineStatus"},
            "A wind turbine hums in the dark",
        ),
        (
            "Every statue faces the harbour, has a height and is clean or dirty.",
            {"Statue": "height:float status:StatueStatus"},
            "Every statue faces the harbour",
        ),
        (
            "Each orchard borders on a river, has an area and is irrigated, dry or sold.",
            {"Orchard": "area:float status:OrchardStatus"},
            "Each orchard borders on a river",
        ),
    ],
)
@pytest.mark.parametrize("is_change", [False, True])
def test_what_can_not_be_read_takes_nothing_away(
    said: str, things: dict[str, str], left: str, *, is_change: bool
) -> None:
    proposal = propose(talk("We keep pumps.", changes=(said,)) if is_change else talk(f"We keep pumps. {said}"))
    assert shape(proposal) == {"Pump": "name:str", **things}
    assert proposal.unread == (left,)
