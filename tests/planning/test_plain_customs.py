"""What is the custom of a house: when it meets, who looks at what how often, who stays, for whom something is made."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("text", "things"),
    [
        (
            "The parish choir rehearses in the chapel every Tuesday, and singers tell us beforehand whether they come.",
            {
                "Rehearsal": "date:date",
                "Attendance": "is_confirmed:bool rehearsal_id:int->Rehearsal singer_id:int->Singer",
                "Singer": "name:str",
            },
        ),
        (
            "The town archive gets photographs from families and scans them. Each scan has a file link.",
            {
                "Photograph": "family_id:int->Family name:str",
                "Family": "name:str",
                "Scan": "file_link:HttpUrl photograph_id:int->Photograph",
            },
        ),
        (
            "Guests stay at our hostel.",
            {"Stay": "start_date:date end_date:date guest_id:int->Guest", "Guest": "name:str"},
        ),
        (
            "Our tailors sew uniforms for bands and clubs. An order has a colour.",
            {"Order": "colour:str customer_id:int->Customer", "Customer": "name:str"},
        ),
        (
            "We print posters for theatres. Each job has a size.",
            {"Job": "size:str theatre_id:int->Theatre", "Theatre": "name:str"},
        ),
        (
            "At our dental laboratory dentists order crowns and bridges for their patients. Each job has a due date.",
            {
                "Job": "kind:JobKind due_date:date dentist_id:int->Dentist patient_id:int->Patient",
                "Dentist": "name:str",
                "Patient": "name:str",
            },
        ),
        (
            "Which courier has which parcel must be visible at any moment. A parcel has a weight.",
            {"Parcel": "weight:float courier_id:int?->Courier", "Courier": "name:str"},
        ),
        ("Pieces we are practising have a composer.", {"Piece": "composer:str"}),
    ],
)
def test_a_custom_of_a_house_names_its_records(text: str, things: dict[str, str]) -> None:
    proposal = propose(talk(text))
    assert shape(proposal) == things
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("text", "record", "often"),
    [
        (
            "Twice a year an inspector looks at every hive and writes down what was found. A hive has a number.",
            ("Inspection", "date:date findings:str hive_id:int->Hive inspector_id:int->Inspector"),
            "wice a year",
        ),
        (
            "Once a month a nurse weighs every child and notes the weight.",
            ("Weighing", "date:date weight:float child_id:int->Child nurse_id:int->Nurse"),
            "nce a month",
        ),
        (
            "Once a week the caretaker empties every bin. A bin has a place.",
            ("Emptying", "date:date bin_id:int->Bin caretaker_id:int->Caretaker"),
            "nce a week",
        ),
    ],
)
def test_what_somebody_does_time_and_again_is_a_record_and_a_duty(
    text: str, record: tuple[str, str], often: str
) -> None:
    proposal = propose(talk(text))
    assert shape(proposal)[record[0]] == record[1]
    assert often in quoted(proposal)[0]
