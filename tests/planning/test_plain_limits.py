"""How many of a kind one of another has: as a rule where it can be counted, else quoted, and never lost."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_limits import in_plain_limits
from tests.planning.talking import propose, quoted, rules_of, shape, talk


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "Teachers give lessons with up to eight pupils. A lesson has a date. A pupil has a name.",
            "at most 8 LessonPupil per lesson",
        ),
        ("Trainers run groups of up to five dogs. A dog has a breed.", "at most 5 Dog per group"),
        (
            "Our club runs courses for at most ten members. Each member has a name. A course has a title.",
            "at most 10 CourseMember per course",
        ),
        ("A van with up to three crates drives a route. A crate has a weight.", "at most 3 Crate per van"),
        (
            "We plan trips with no more than 20 travellers. Each trip has a destination. Travellers book trips.",
            "at most 20 Booking per trip",
        ),
        ("Each teacher gives lessons to up to eight pupils. A pupil has a name.", "at most 8 LessonPupil per lesson"),
        ("Lessons are for up to eight pupils. A pupil has a name.", "at most 8 LessonPupil per lesson"),
        ("A group (max. 6 riders) has a guide. A rider has a name.", "at most 6 Rider per group"),
        (
            "Every class has up to 20 students and one teacher. A student has a name.",
            "at most 20 ClassStudent per class",
        ),
    ],
)
def test_a_limit_in_a_description_is_a_rule(text: str, rule: str) -> None:
    """How many is counted along the link that the same words say."""
    proposal = propose(talk(text))
    assert rules_of(proposal) == [rule]
    assert not proposal.unread


@pytest.mark.parametrize(
    ("text", "task", "link"),
    [
        ("Each menu has two dishes. A dish has a price.", "Each menu has two dishes", ("MenuDish", "dish_id")),
        ("Every team has eleven players. A player has a name.", "Every team has eleven players", ("Player", "team_id")),
        (
            "A dinner has a date. We plan a dinner with three courses. A course has a wine.",
            "We plan a dinner with three courses",
            ("Course", "dinner_id"),
        ),
        ("Every stall is for two vendors. A vendor has a name.", "Every stall is for two vendors", ("Vendor", "stall")),
        (
            "A quiz has ten questions. Each question has a text and belongs to a quiz.",
            "A quiz has ten questions",
            ("Question", "quiz_id"),
        ),
    ],
)
def test_an_exact_number_stays_an_open_task(text: str, task: str, link: tuple[str, str]) -> None:
    """No declared rule holds "exactly two": it is quoted."""
    proposal = propose(talk(text))
    assert task in quoted(proposal)
    assert link[1] in shape(proposal)[link[0]]


def test_each_number_of_a_list_is_kept() -> None:
    """The second one too, behind a fact of another kind."""
    proposal = propose(talk("Every car has four wheels, a plate and two mirrors."))
    assert quoted(proposal) == [
        "There must be exactly four wheels per car",
        "There must be exactly two mirrors per car",
    ]


@pytest.mark.parametrize(
    ("text", "fields", "left"),
    [
        (
            "We cater weddings. Each wedding has a date and a price, with half paid in advance.",
            {"Wedding": "date:date price:Decimal"},
            "Each wedding has a date and a price, with half paid in advance",
        ),
        (
            "A cake has a price, with 30% due in advance, and a size.",
            {"Cake": "price:Decimal size:str"},
            "A cake has a price, with 30% due in advance, and a size",
        ),
        (
            "A booking is for up to three nights. A booking has a date.",
            {"Booking": "date:date"},
            "A booking is for up to three nights",
        ),
        (
            "A dog has a name. Volunteers have a phone, with at most two dogs per walk.",
            {"Dog": "name:str", "Volunteer": "name:str phone:str"},
            "There may be at most two dogs per walk",
        ),
    ],
)
def test_what_no_field_holds_is_quoted(text: str, fields: dict[str, str], left: str) -> None:
    """A share, a length of time and a limit beside what is told are no fields."""
    proposal = propose(talk(text))
    assert shape(proposal) == fields
    assert quoted(proposal) == [left]


@pytest.mark.parametrize(
    ("text", "entity", "limits"),
    [
        ("We rent boats for up to six people. A boat has a name.", "Boat", (None, "6")),
        ("A tent that sleeps up to four people has a colour.", "Tent", (None, "4")),
        ("A workshop is open to at most 12 participants. A workshop has a title.", "Workshop", (None, "12")),
        ("A kayak is for two people. A kayak has a number.", "Kayak", ("2", None)),
    ],
)
def test_as_many_as_there_is_room_for_are_places(text: str, entity: str, limits: tuple[str, str]) -> None:
    """People who are only counted are no thing."""
    proposal = propose(talk(text))
    assert list(shape(proposal)) == [entity]
    places = next(field for field in proposal.specs.entities[0].fields if field.name == "number_of_places")
    assert (places.default, places.maximum) == limits


@pytest.mark.parametrize(
    "text",
    [
        "",
        "''",
        "Members book tables for up to eight guests. A guest has a name.",
        "A guide may lead tours with up to ten guests. A guest has a name.",
        "Our members rent kayaks for two hours. A kayak has a number.",
        "A shelf with 30 books stands in a room. A book has a title.",
        "If a class has more than 12 children, we split it. A child has a name.",
        "Our club has four boats. A boat has a name.",
        "Each boat has at most 6 seats. A seat has a number.",
        "Yoga classes with at most 12 students have a teacher. A student has a name.",
        "A member has at most two loans. A loan belongs to a member.",
        "We are a clinic with four doctors. A doctor has a name.",
        "I run a small hotel with twelve rooms. Each room has a number.",
        "We work in a bakery with two ovens. An oven has a name.",
        "Our school with six teachers needs a planner. A teacher has a name.",
        "Some lessons with two pupils are long. A pupil has a name.",
    ],
)
def test_what_means_something_else_stays(text: str) -> None:
    """What a booking is for, lengths of time, conditions, and things whose name isn't clear."""
    assert in_plain_limits(text) == text


@pytest.mark.parametrize(
    ("said", "record", "fact"),
    [
        ("Members book tables for up to eight guests. A table has a number.", "Booking", "number_of_guests:int"),
        ("Hikers book a hut for at most twenty people. A hut has a name.", "Booking", "number_of_people:int"),
        ("Each course is capped at 12 participants. A course has a title.", "Course", "number_of_places:int"),
    ],
)
def test_how_many_it_is_taken_for_is_a_number_with_its_limit(said: str, record: str, fact: str) -> None:
    proposal = propose(talk(said))
    assert fact in shape(proposal)[record].split()
    assert not quoted(proposal)


def test_guests_that_are_told_of_are_not_one_of_each_booking() -> None:
    said = "A member has a name. A guest has a name. Members book tables for up to eight guests. A table has a number."
    assert "guest_id" not in shape(propose(talk(said)))["Booking"]


@pytest.mark.parametrize("said", ["The course is limited to members.", "Courses are open to members."])
def test_whom_something_is_open_to_is_no_link(said: str) -> None:
    given = shape(propose(talk(f"A course has a title. A member has a name. {said}")))
    assert (given["Course"], given["Member"]) == ("title:str", "name:str")
