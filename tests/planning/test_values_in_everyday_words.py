"""Values and facts in everyday words: "ends in a win or a draw", "can be in the garage", "a note where to leave it"."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.chat_text import cleaned
from tests.planning.talking import enums, propose, shape, talk


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("A match ends in a win, a loss or a draw.", "A match has an optional result (win, loss or draw)."),
        ("A game ends 1-0, 0-1 or a draw.", "A game has an optional result (one zero, zero one or draw)."),
        (
            "An inspection has a date and ends with a pass, a warning or a closure.",
            "An inspection has a date and has an optional result (pass, warning or closure).",
        ),
        (
            "A tour takes 2 or 3 hours.",
            "A tour has a duration in hours. The duration of a tour must be 2 or 3 hours.",
        ),
        (
            "Pools are 25 or 50 metres long.",
            "Pools have a length in metres. The length of a pool must be 25 or 50 metres.",
        ),
        (
            "Members book a room (small, big or huge).",
            "Members book a room. A room has a kind (small, big or huge).",
        ),
        ("We treat animals (cats, dogs or birds).", "We treat animals. An animal has a kind (cat, dog or bird)."),
        (
            "Some rooms are for adults, others for children or families.",
            "A room has a kind (adults, children or families).",
        ),
        (
            "Each score is a piece. Some pieces are for mixed choir, others for men or women only.",
            "Each score is a piece. A score has a kind (mixed choir, men only or women only).",
        ),
        (
            "A painting is on display in a gallery or in storage.",
            "A painting may be in a gallery. It is on display or in storage.",
        ),
        ("The van may be in the workshop.", "The van has whether it is in the workshop."),
        ("There are five cabins with different names.", "A cabin has a name."),
        (
            "Teams of 2 to 6 people visit a mine.",
            "Teams visit a mine. A team has a number of people between 2 and 6.",
        ),
        ("An order has a note when to deliver it and a price.", "An order has a note and a price."),
        ("A donation gets a bag number and has a date.", "A donation has a bag number and has a date."),
        (
            "Stalls have a number and cost 10 euros per metre.",
            "Stalls have a number and have a price per metre. The price per metre of a stall must be 10 euros.",
        ),
        ("Courses are for children, adults or families.", "Courses have a kind (children, adults or families)."),
        (
            "A camera has a maker. Some are on display, others in boxes.",
            "A camera has a maker. A camera is either on display or in boxes.",
        ),
        ("We keep songs. Some are fast, others slow.", "We keep songs. A song is either fast or slow."),
        (
            "Rooms have a name and cost 80 or 120 euros per night.",
            "Rooms have a name and have a price per night. The price per night of a room must be 80 or 120 euros.",
        ),
        ("A film lasts some minutes.", "A film has a duration in minutes."),
        ("Some books are new, others used.", "A book is either new or used."),
        ("Lessons take place at my home or online.", "Lessons have a place (home or online)."),
        ("A trip starts at a stop and ends at another stop.", "A trip has a start stop and an end stop."),
        (
            "Bottles lie in a rack or in the fridge.",
            "Bottles may be in a rack. They are in rack or in fridge.",
        ),
        ("Costumes are in the wardrobe or at the cleaner's.", "Costumes are in the wardrobe or at the cleaner."),
        (
            "Visitors hire skates in sizes 30 to 48. They pay.",
            "Visitors hire skates. They pay. A skate has a size between 30 and 48.",
        ),
        ("A check ends with ok or not ok.", "A check has whether it is ok."),
        ("A lesson is at the pupil's home.", "A lesson is at home."),
        ("A task has a title and who does it.", "A task has a title and a person responsible."),
        (
            "Subscribers may pause their paper for holidays.",
            "A paper belongs to a subscriber. A paper has whether it is paused.",
        ),
        ("A run has the time it took and a place.", "A run has how long it took and a place."),
    ],
)
def test_a_value_is_said_as_a_fact(said: str, plain: str) -> None:
    assert cleaned(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "The shift ends at six or seven.",
        "A course ends on a Friday or Saturday.",
        "A trial ends guilty, not guilty or dismissed.",
        "A payment is for an order or a booking.",
        "Late returns cost 1 euro per day.",
        "Some pots crack.",
        "Some are on display, others in boxes.",
        "A run takes 2 or 3 people.",
        "A book has a condition (new, used or worn).",
        "A book has conditions (new, used or worn).",
        "We track vehicles (plate, colour or brand).",
        "A horse can be on the meadow. Meadows have a name.",
        "A file has a note for the owner.",
    ],
)
def test_what_means_something_else_stays_as_it_is(said: str) -> None:
    assert cleaned(said) == said


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Cars have a plate and can be in the garage. Students pass or fail their exams.",
            {"Car": "plate:str! is_in_garage:bool", "Exam": "result:ExamResult student_id:int->Student"},
        ),
        (
            "Clients book shoots (wedding, portrait or product) at a place on a day. A shoot has a price.",
            {"Shoot": "kind:ShootKind place:str day:date price:Decimal client_id:int->Client"},
        ),
        (
            (
                "Customers have an address and a subscription to one kind of box (small, medium, large). "
                "Customers can pause their subscription."
            ),
            {
                "Customer": "name:str address:str",
                "Subscription": "box_size:SubscriptionBoxSize is_paused:bool customer_id:int->Customer",
            },
        ),
        (
            "Exhibits belong to a collection and may be on display in a room or in storage.",
            {"Exhibit": "status:ExhibitStatus collection_id:int->Collection room_id:int?->Room"},
        ),
        ("I run an escape room. There are three rooms with different themes.", {"Room": "theme:str"}),
        (
            "A restoration has a beginning, an end, costs and a report.",
            {"Restoration": "beginning:datetime end:datetime costs:Decimal report:str"},
        ),
        ("A delivery has a date and a note where to leave it.", {"Delivery": "date:date note:str"}),
        (
            "Swimmers have a name. Swimmers pass or fail the badge exam.",
            {"BadgeExamResult": "outcome:BadgeExamResultOutcome swimmer_id:int->Swimmer badge_exam_id:int->BadgeExam"},
        ),
    ],
)
def test_values_are_read(said: str, expected: dict[str, str]) -> None:
    proposal = propose(talk(said))
    found = shape(proposal)
    assert {name: found.get(name) for name in expected} == expected
    assert "Garage" not in found


def test_a_result_keeps_its_values_and_sizes_are_a_task() -> None:
    proposal = propose(talk("A lesson has a start, lasts 45 or 90 minutes and costs money. A game ends 1-0 or a draw."))
    assert shape(proposal)["Lesson"] == "start:datetime duration_minutes:int price:Decimal"
    assert enums(proposal)["GameResult"] == ("one_zero", "draw")
    assert [task.title for task in proposal.custom] == ["“The duration of a lesson must be 45 or 90 minutes”"]
    assert not proposal.unread
