"""What people want to know of what is done are facts of its record, and who did it is somebody."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("text", "record", "fields"),
    [
        (
            (
                "In our repair café visitors bring broken things and volunteers fix them. We want to know what was "
                "brought, what was wrong with it, who worked on it and whether it could be saved."
            ),
            "Repair",
            ("brought_item:str problem:str saved:bool visitor_id:int->Visitor volunteer_id:int->Volunteer"),
        ),
        (
            "Customers bring bikes and mechanics repair them. We want to know what was wrong and how long it took.",
            "Repair",
            "problem:str duration:int mechanic_id:int->Mechanic bike_id:int->Bike",
        ),
        (
            "Members borrow tools. We want to see who borrowed it, when it came back and whether it was broken.",
            "Loan",
            (
                "lent_at:datetime due_at:datetime returned_at:datetime? broken:bool member_id:int->Member "
                "tool_id:int->Tool"
            ),
        ),
        (
            "Customers order cakes. We want to know who baked it and how much it costs.",
            "Order",
            ("ordered_at:datetime price:Decimal customer_id:int->Customer cake_id:int->Cake baker_id:int->Baker"),
        ),
        (
            "Volunteers visit seniors. We want to record what they talked about and whether help is needed.",
            "Visit",
            ("visited_at:datetime topics:str help_needed:bool volunteer_id:int->Volunteer senior_id:int->Senior"),
        ),
        (
            "Every bed has a number. We want to know who watered it and when.",
            "Watering",
            "date:date bed_id:int->Bed caretaker_id:int->Caretaker",
        ),
        (
            (
                "Neighbours hand in tools they no longer need and a helper checks each of them. We'd like to write "
                "down what shape it was in, who checked it and whether it could be kept."
            ),
            "Check",
            "shape:str kept:bool tool_id:int->Tool helper_id:int->Helper",
        ),
        (
            "Neighbours bring old things and a carpenter mends them.",
            "Repair",
            "description:str neighbour_id:int->Neighbour carpenter_id:int->Carpenter",
        ),
    ],
)
def test_what_is_to_be_known_of_a_deed_is_kept_with_its_record(text: str, record: str, fields: str) -> None:
    proposal = propose(talk(text))
    assert set(shape(proposal)[record].split()) == set(fields.split())
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("text", "record", "fields", "rule"),
    [
        (
            (
                "Each hose has a number, sits on one of our trucks and is tested once a year; we want to see who "
                "tested it and what came out."
            ),
            "Test",
            "date:date result:str hose_id:int->Hose tester_id:int->Tester",
            "Every hose must be tested once a year",
        ),
        (
            "Every boiler is serviced twice a year. We want to know who serviced it and what was replaced.",
            "Service",
            "date:date replaced_item:str boiler_id:int->Boiler technician_id:int->Technician",
            "Every boiler must be serviced twice a year",
        ),
        (
            "Each extinguisher is inspected every two years, and we note who inspected it and what was found.",
            "Inspection",
            "date:date found_item:str extinguisher_id:int->Extinguisher inspector_id:int->Inspector",
            "Every extinguisher must be inspected every two years",
        ),
    ],
)
def test_what_is_done_time_and_again_is_a_record_and_how_often_stays_a_task(
    text: str, record: str, fields: str, rule: str
) -> None:
    proposal = propose(talk(text))
    assert set(shape(proposal)[record].split()) == set(fields.split())
    assert len(quoted(proposal)) == 1
    assert rule.split(maxsplit=2)[-1].removeprefix("must be ") in quoted(proposal)[0]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Every plant stands in a room and has somebody who waters it.", "caretaker_id:int->Caretaker"),
        ("Every dog has a name and a person who walks it.", "walker_id:int->Walker"),
        ("Each room has someone who cleans it.", "cleaner_id:int->Cleaner"),
        ("Each project has a name, a budget and somebody who leads it.", "leader_id:int->Leader"),
        ("A class has somebody who teaches it.", "teacher_id:int->Teacher"),
        ("A route may have someone who drives it.", "driver_id:int?->Driver"),
        ("Each grave has a number and somebody who takes care of it.", "caretaker_id:int->Caretaker"),
        ("Every machine has a name and somebody who is responsible for it.", "manager_id:int->Manager"),
        ("Every allotment has someone who looks after it and someone who stands in.", "deputy_id:int->Deputy"),
    ],
)
def test_somebody_who_does_it_is_a_link_to_them(text: str, link: str) -> None:
    proposal = propose(talk(text))
    assert any(link in fields.split() for fields in shape(proposal).values())
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("text", "unlike"),
    [
        ("Members borrow books. We want to know how many books each member has.", "how_many"),
        ("Guests book rooms. We want to know where they live.", "where_they_live"),
        ("Every allotment has a number. We want to see when it was last mowed.", "mowing"),
    ],
)
def test_what_is_asked_of_all_or_of_people_is_no_fact_of_a_record(text: str, unlike: str) -> None:
    found = shape(propose(talk(text)))
    assert not any(unlike in found.get(record, "") for record in ("Loan", "Booking"))
    assert "Mowing" not in found
