"""What people tell in one breath: deeds by their nouns, parts of a whole, records that are made for each of a thing."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_clauses import in_plain_clauses
from tests.planning.talking import propose, rules_of, shape, talk


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("We take in dogs, each with a name.", "we keep dogs, each with a name."),
        ("We offer weekly courses with a title.", "we keep courses with a title."),
        ("Our club organises weekly runs.", "Our club organises runs."),
        ("A run has a date, and one of our trainers leads it.", "A run has a date, and a trainer leads it."),
        ("Guests make reservations for a room.", "Guests reserve a room."),
        ("A customer places an order for cakes.", "A customer orders cakes."),
        ("A student submits an application for a grant.", "A student applies for a grant."),
        ("Families can apply to adopt a dog.", "Families can apply for a dog."),
        ("A course is made up of several lessons.", "Each lesson belongs to a course."),
        ("Menus consist of dishes.", "Each dish belongs to a menu."),
        ("Cooks write menus made of dishes.", "Cooks write menus. Each dish belongs to a menu."),
        (
            "On each bed we grow a crop per season, with the sowing date and a yield.",
            "A crop belongs to a bed. A crop has the sowing date and a yield.",
        ),
        (
            "Every week a delivery is made for each customer, with the date.",
            "A delivery belongs to a customer. A delivery has the date.",
        ),
        ("An invoice has a number, which is paid or not.", "An invoice has a number, with whether it is paid."),
        ("Machines cost a fee per hour.", "Machines have a fee per hour."),
        ("A lesson costs money.", "A lesson has a price."),
        ("Courses are free or cost something.", "Courses have an optional price."),
    ],
)
def test_a_clause_is_said_plainly(said: str, plain: str) -> None:
    assert in_plain_clauses(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "Tables are made of wood.",
        "A workout consists of exercises with sets, reps and weight.",
        "We sell wine.",
        "One of our trainers is called Jo.",
        "On each page we note the number of words.",
        "Members make orders.",
        "A report is sent to the office.",
        "Each kiln costs 200 euros.",
    ],
)
def test_a_clause_that_means_something_else_stays_as_it_is(said: str) -> None:
    assert in_plain_clauses(said) == said


@pytest.mark.parametrize(
    ("said", "things"),
    [
        (
            "I need something for our parish hall: groups book one of the three rooms for an evening.",
            {
                "Group": "name:str",
                "Room": "name:str",
                "Booking": "starts_at:datetime ends_at:datetime group_id:int->Group room_id:int->Room",
            },
        ),
        (
            "Dog shelter: we take in dogs, each with name, breed and age. Families can apply to adopt a dog.",
            {
                "Dog": "name:str breed:str age:int",
                "Family": "name:str",
                "Application": "family_id:int->Family dog_id:int->Dog applied_at:datetime",
            },
        ),
        (
            "Tourists rent bikes for a few hours. Bikes have a number.",
            {
                "Tourist": "name:str",
                "Bike": "number:str",
                "Rental": "starts_at:datetime ends_at:datetime tourist_id:int->Tourist bike_id:int->Bike",
            },
        ),
        (
            "Teachers publish courses made of lessons. Lessons have a title. Courses can be free or cost something.",
            {
                "Teacher": "name:str",
                "Course": "price:Decimal? teacher_id:int->Teacher",
                "Lesson": "title:str course_id:int->Course",
            },
        ),
    ],
)
def test_ideas_told_in_one_breath(said: str, things: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == things
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "things"),
    [
        ("Tours start at a meeting point and take two hours. Tours have a title.", ["Tour"]),
        ("Families come on Fridays and get boxes. Boxes have a number.", ["Box"]),
        ("The team with more points wins. Teams have a name.", ["Team"]),
        ("Others ask for a tool. Tools have a name.", ["Tool"]),
        ("Coworking space with desks and lockers. Desks have a number.", ["Desk", "Locker"]),
        ("Plan for a food bank: shops have a name.", ["Shop"]),
        ("Parts used are noted with their price.", ["Part"]),
        ("My band plays gigs. Gigs have a date.", ["Gig"]),
    ],
)
def test_nothing_is_invented(said: str, things: list[str]) -> None:
    assert sorted(shape(propose(talk(said)))) == things


def test_what_somebody_coaches_is_the_whole() -> None:
    proposal = propose(talk("I coach a rowing team and want to keep track of rowers and boats. Boats have a name."))
    assert (proposal.title, sorted(shape(proposal)), proposal.unread) == ("Rowing team", ["Boat", "Rower"], ())


def test_yes_or_no_is_no_number() -> None:
    assert "number" not in str(
        propose(talk("Tools have a name. Others ask, and the owner says yes or no. Rust is noted."))
    )


def test_the_position_of_somebody_is_a_word_and_that_of_a_thing_a_number() -> None:
    proposal = propose(talk("Players have a name and a position. Songs have a title and a position."))
    assert shape(proposal) == {"Player": "name:str position:str", "Song": "title:str position:int"}


def test_a_rule_behind_another_sentence_is_read_by_itself() -> None:
    said = "Rooms have a name. A secretary confirms a booking, and two bookings of a room must not overlap."
    assert rules_of(propose(talk(said))) == ["no overlap of starts_at, ends_at per room"]
