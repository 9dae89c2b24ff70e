"""What people hand in with its facts: reports, proposals, requests; and words for people that are never a thing."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, enums, propose, quoted, shape, talk

LAMPS = (
    "residents report broken street lamps with the street, a photo link and a short description. A report is new, then "
    "assigned to a crew, then fixed; only a report that has a crew can be fixed. Crews have a name and work in one "
    "district."
)
KILNS = "Kilns have a name."


def test_reports_of_broken_lamps_are_reports() -> None:
    proposal = propose(talk(LAMPS))

    assert shape(proposal) == {
        "Report": "street:str photo_link:HttpUrl short_description:str status:ReportStatus resident_id:int->Resident "
        "crew_id:int?->Crew",
        "Resident": "name:str",
        "Crew": "name:str district:str",
    }
    assert enums(proposal) == {"ReportStatus": ("new", "assigned", "fixed")}
    assert quoted(proposal) == ["only a report that has a crew can be fixed"]
    assert any("broken street lamps" in one and "no thing of its own" in one for one in proposal.assumptions)


@pytest.mark.parametrize(
    ("said", "shapes"),
    [
        (
            f"{KILNS} Anybody can report a fault on a kiln, with what is wrong and how bad it is: minor or dangerous.",
            {"Kiln": "name:str", "Fault": "problem:str severity:FaultSeverity kiln_id:int->Kiln"},
        ),
        (
            "Everybody can suggest a song, with its title, its artist and a link to it.",
            {"Song": "title:str artist:str link:HttpUrl"},
        ),
        (
            "People can hand in a proposal with a title, a summary and an amount.",
            {"Proposal": "title:str summary:str amount:Decimal"},
        ),
        (
            "Whoever finds a damaged bike reports it with the place, a photo link and what is broken.",
            {"Report": "place:str photo_link:HttpUrl problem:str"},
        ),
        (
            "Bikes have a number. Whoever finds a damaged bike reports it with the place and a photo link.",
            {"Bike": "number:str", "Report": "place:str photo_link:HttpUrl bike_id:int->Bike"},
        ),
        (
            "Somebody from the village registers a dog, with its name, its breed and how big it is: small or large.",
            {"Dog": "name:str breed:str size:DogSize"},
        ),
        (
            "You can send us a repair request with the address and the phone number.",
            {"RepairRequest": "address:str phone_number:str"},
        ),
        (
            "In our workshop anyone can put in a ticket for a machine, with a short text. Machines have a name.",
            {"Ticket": "short_text:str machine_id:int->Machine", "Machine": "name:str"},
        ),
        (
            "Everybody in the house can write down a defect, saying where it is and since when.",
            {"Defect": "place:str start_date:date"},
        ),
        (
            "Citizens can report graffiti: the street and a photo.",
            {"Graffiti": "street:str photo:str citizen_id:int->Citizen", "Citizen": "name:str"},
        ),
        (
            "Anyone may leave a comment on an exhibit, with a text and how many stars it gets.",
            {"Comment": "text:str stars:int exhibit_id:int->Exhibit", "Exhibit": "name:str"},
        ),
        (
            "Members have a name. Members can propose a trip, with a destination and how hard it is: easy or hard.",
            {"Member": "name:str", "Trip": "destination:str difficulty:TripDifficulty member_id:int->Member"},
        ),
        (
            "Patients send in a prescription request with the medicine and a dose.",
            {"PrescriptionRequest": "medicine:str dose:str patient_id:int->Patient", "Patient": "name:str"},
        ),
        (
            "Vans have a number. Drivers note a fault of a van, with a text and how bad it is: odd or dangerous.",
            {
                "Van": "number:str",
                "Fault": "text:str severity:FaultSeverity driver_id:int->Driver van_id:int->Van",
                "Driver": "name:str",
            },
        ),
    ],
)
def test_what_is_handed_in_is_a_record_with_its_facts(said: str, shapes: dict[str, str]) -> None:
    proposal = propose(talk(said))

    assert shape(proposal) == shapes
    assert quoted(proposal) == []


def test_who_handed_it_in_is_asked_where_it_may_be_anybody() -> None:
    assert "doer:fault" in asked(talk(f"{KILNS} Anybody can report a fault on a kiln, with a text."))


@pytest.mark.parametrize(
    "said",
    [
        "Anybody can use a kiln.",
        "Whoever fires a kiln cleans it.",
        "Nobody fires a kiln alone.",
        "No one touches a hot kiln.",
        "None of the kilns may be deleted.",
        "Everybody must clean a kiln after use.",
        "No kiln may leave the house.",
        "Somebody has to watch a kiln.",
        "No potter fires a kiln at night.",
    ],
)
def test_whoever_it_may_be_is_never_a_thing(said: str) -> None:
    proposal = propose(talk(f"{KILNS} {said}"))

    assert shape(proposal) == {"Kiln": "name:str"}
    assert quoted(proposal) == [said.rstrip(".")]


@pytest.mark.parametrize(
    "said",
    [
        "Nobody takes a kiln home.",
        "None of the kilns may be deleted.",
        "No kiln may leave the house.",
        "No potter fires a kiln at night.",
        "Only a kiln that has a new lid can be fired.",
    ],
)
def test_what_nobody_may_do_is_an_open_task(said: str) -> None:
    assert [one.title for one in propose(talk(f"{KILNS} {said}")).custom] == [f"“{said.rstrip('.')}”"]


def test_a_short_text_at_the_end_of_a_list_is_a_fact_of_its_own() -> None:
    listed = propose(talk("Visitors can report a fallen stone with the row, a photo link and a short text."))
    beside = propose(talk("Stones have a row and a remark, a short text."))

    assert shape(listed)["FallenStone"] == "row:str photo_link:HttpUrl short_text:str visitor_id:int->Visitor"
    assert shape(beside) == {"Stone": "row:str remark:str"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("Rangers have a name and look after one trail", "trail:str"),
        ("Nurses have a name and work on one ward", "ward:str"),
        ("Boats have a name and are kept in one harbour", "harbour:str"),
        ("Crews have a name. They work in one district", "district:str"),
        ("Districts have a name; crews have a name and work in one district", "district_id:int->District"),
    ],
)
def test_the_one_place_of_each_is_kept(said: str, field: str) -> None:
    proposal = propose(talk(said))

    assert list(shape(proposal).values())[-1] == f"name:str {field}"
    assert quoted(proposal) == []
