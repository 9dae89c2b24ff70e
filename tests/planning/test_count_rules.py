"""How many there may be is declared where people say it plainly, and stays a task where no row tells it."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.count_phrases import CountSaid, read_count
from tests.planning.talking import propose, quoted, rules_of, talk

BOOKED = "Members book machines for a couple of hours. A member has a name."
BORROWED = "Members borrow tools. A tool has a name."
COURSES = "A course has a title and a number of places. Students sign up for courses."
HIKES = "A hike has a date. Walkers sign up for hikes."
GROUPS = "Children belong to a group. A group has a name."
BEDS = "A bed has a number and belongs to a room. A room has a name."


@pytest.mark.parametrize(
    ("idea", "said", "rule"),
    [
        (BOOKED, "Nobody may have more than three bookings.", "at most 3 Booking per member"),
        (BOOKED, "A member can have at most three bookings.", "at most 3 Booking per member"),
        (BOOKED, "Each member may only have 3 bookings.", "at most 3 Booking per member"),
        (BORROWED, "Nobody has more than two tools out at once.", "at most 2 Loan per member until returned_at"),
        (BORROWED, "A member may borrow at most 3 tools at a time.", "at most 3 Loan per member until returned_at"),
        (BORROWED, "A member can't borrow more than four tools.", "at most 4 Loan per member until returned_at"),
        (
            COURSES,
            "When a course is full, nobody can sign up.",
            "at most course.number_of_places Registration per course",
        ),
        (COURSES, "Nobody can sign up for a full course.", "at most course.number_of_places Registration per course"),
        (COURSES, "A full course takes no more students.", "at most course.number_of_places Registration per course"),
        (
            COURSES,
            "No more students than there are places can sign up for a course.",
            "at most course.number_of_places Registration per course",
        ),
        (COURSES, "A course can have at most 16 students.", "at most 16 Registration per course"),
        (HIKES, "At most 15 walkers per hike.", "at most 15 Registration per hike"),
        (HIKES, "A hike takes 15 walkers at most.", "at most 15 Registration per hike"),
        (HIKES, "No hike can have more than 15 people.", "at most 15 Registration per hike"),
        (HIKES, "15 walkers per hike is the limit.", "at most 15 Registration per hike"),
        (GROUPS, "A group takes at most twelve children.", "at most 12 Child per group"),
        (GROUPS, "There can be at most 12 children in a group.", "at most 12 Child per group"),
        (BEDS, "There can't be more than 4 beds in a room.", "at most 4 Bed per room"),
        ("A project has a title.", "A user can create up to five projects.", "at most 5 Project per user"),
        (GROUPS, "A group takes at most fifteen children.", "at most 15 Child per group"),
        (GROUPS, "A group takes at most twenty-five children.", "at most 25 Child per group"),
        (GROUPS, "A group has no more than a dozen children.", "at most 12 Child per group"),
        (HIKES, "At most one hundred walkers per hike.", "at most 100 Registration per hike"),
        (BEDS, "At most sixteen beds per room.", "at most 16 Bed per room"),
        (BORROWED, "A member can't borrow more than thirteen tools.", "at most 13 Loan per member until returned_at"),
    ],
)
def test_a_count_that_the_draft_can_tell_is_declared(idea: str, said: str, rule: str) -> None:
    proposal = propose(talk(f"{idea} {said}"))
    assert rule in rules_of(proposal)
    assert said.strip(".") not in quoted(proposal)
    assert any(said.strip(".") in one for one in proposal.decisions)


def test_who_told_of_the_record_is_not_noted_as_who_said_its_count() -> None:
    talked = talk(BOOKED, "Nobody may have more than three bookings.")
    jon = talked.messages[1].model_copy(update={"author": "Jon"})
    proposal = propose(talked.model_copy(update={"messages": (talked.messages[0], jon)}))
    note = "Rule of Booking, “at most 3 Booking per member”: “Nobody may have more than three bookings”"
    assert [one for one in proposal.decisions if one.startswith("Rule of ")] == [note]


@pytest.mark.parametrize(
    ("idea", "said"),
    [
        (BOOKED, "A member can have at most three bookings per week."),
        (BOOKED, "A member may have no more than two open bookings."),
        (GROUPS, "No more children than the yard has swings."),
        (BOOKED, "Nobody may have more than three keys."),
    ],
)
def test_what_no_row_tells_stays_as_it_was_said(idea: str, said: str) -> None:
    proposal = propose(talk(f"{idea} {said}"))
    assert not any(rule.startswith("at most") for rule in rules_of(proposal))
    assert any(said.strip(".") in one for one in (*quoted(proposal), *proposal.unread))


def test_another_number_takes_the_place_of_the_first() -> None:
    conversation = talk(
        f"{BOOKED} Nobody may have more than three bookings.", changes=("A member may have at most five bookings.",)
    )
    assert [rule for rule in rules_of(propose(conversation)) if rule.startswith("at most")] == [
        "at most 5 Booking per member"
    ]


def test_a_count_goes_by_the_words_that_said_it_and_with_what_it_counts_by() -> None:
    said = "Nobody may have more than three bookings"
    dropped = propose(talk(f"{BOOKED} {said}.", changes=(f"drop the rule “{said}”",)))
    assert not any(rule.startswith("at most") for rule in rules_of(dropped))
    full = f"{COURSES} When a course is full, nobody can sign up."
    renamed = propose(talk(full, changes=("rename number_of_places of Course to seats",)))
    assert "at most course.seats Registration per course" in rules_of(renamed)
    gone = propose(talk(full, changes=("remove number_of_places from Course",)))
    assert not any(rule.startswith("at most") for rule in rules_of(gone))


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("nobody may have more than three bookings", CountSaid(owner="", thing="bookings", number=3)),
        ("A member has 5 open loans at most", CountSaid(owner="member", thing="loans", number=5, is_open=True)),
        ("When a trip is sold out, nobody can book it", CountSaid(owner="trip", thing="", limit="full")),
        ("We have at most three rooms", None),
        ("A course lasts at most 3 hours", None),
        ("A guest can book a room for at most three nights", None),
        ("At most one answer per singer and rehearsal", None),
        ("x" * 300, None),
    ],
)
def test_a_sentence_is_read_by_itself(sentence: str, said: CountSaid | None) -> None:
    assert read_count(sentence) == said


@pytest.mark.parametrize(
    ("idea", "rule"),
    [
        ("A costume has a label and hangs on one rack; a rack has a code and room for at most 40 costumes.",
         "at most 40 Costume per rack"),
        ("A stable has a name and space for up to six horses. Each horse stands in one stable and has a name.",
         "at most 6 Horse per stable"),
    ],
)  # fmt: skip
def test_room_for_things_that_are_kept_there_is_a_limit(idea: str, rule: str) -> None:
    proposal = propose(talk(idea))
    assert rules_of(proposal) == [rule]
    assert quoted(proposal) == []
    assert "number_of_places" not in str(proposal.specs)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("A member cannot have more than three loans.", "at most 3 Loan per member"),
        ("A member can't be part of more than two loans.", "at most 2 Loan per member"),
        ("A volunteer can't work more than three shifts.", "at most 3 VolunteerShift per volunteer"),
        ("A volunteer cannot take part in more than three shifts.", "at most 3 VolunteerShift per volunteer"),
        ("Shifts are limited to 12 volunteers.", "at most 12 VolunteerShift per shift"),
    ],
)
def test_a_limit_is_counted_along_the_link_in_whichever_words(said: str, rule: str) -> None:
    things = (
        "A member has a name. A loan has a date and belongs to a member. A volunteer has a name. A shift has a date. "
        "A volunteer can sign up for many shifts and a shift has many volunteers."
    )
    proposal = propose(talk(f"{things} {said}"))
    assert rules_of(proposal) == [rule]
    assert not quoted(proposal)
