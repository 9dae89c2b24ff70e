"""Records in which things meet name them; points have their bounds; what gets a place later may be without it."""

from __future__ import annotations

import pytest

from bot.documents.entities.entity_specs import EntityField
from bot.planning.conversation import Proposal
from tests.planning.talking import asked, propose, quoted, shape, talk

MET = {
    "Movies, halls and screenings. A screening shows a movie in a hall at a time and has a ticket price.": (
        "Screening", {"movie_id:int->Movie", "hall_id:int->Hall", "starts_at:datetime", "ticket_price:Decimal"},
    ),
    "Teachers with a name, rooms with a name. Lessons are held by a teacher in a room.": (
        "Lesson", {"teacher_id:int->Teacher", "room_id:int->Room"},
    ),
    "Lenses, frames, prescriptions. A prescription pairs a lens with a frame and has a date.": (
        "Prescription", {"lens_id:int->Lens", "frame_id:int->Frame", "date:date"},
    ),
    "Riders with a name, scooters with a code. A rider starts a ride on a scooter and ends it.": (
        "Ride", {"rider_id:int->Rider", "scooter_id:int->Scooter"},
    ),
    "Screenings have a start time. A booking is for a screening and has a seat number, "
    "and the same seat can't be booked twice for the same screening.": (
        "Booking", {"screening_id:int->Screening", "seat_number:str"},
    ),
}  # fmt: skip
POINTS = {
    "Speakers submit talks (title, abstract), reviewers score talks 1-5 with a comment.": (
        "Score", "value:int comment:str reviewer_id:int->Reviewer talk_id:int->Talk", ("1", "5"),
    ),
    "Users post recipes with a title. Other users can rate recipes from 1 to 5.": (
        "Rating", "value:int user_id:int->User recipe_id:int->Recipe", ("1", "5"),
    ),
    "Students with a name, courses with a title. Students grade courses from one to ten.": (
        "Grade", "value:int student_id:int->Student course_id:int->Course", ("1", "10"),
    ),
}  # fmt: skip


def field(proposal: Proposal, entity: str, name: str) -> EntityField:
    """Return a field of a proposal."""
    fields = next(one.fields for one in proposal.specs.entities if one.name == entity)
    return next(one for one in fields if one.name == name)


@pytest.mark.parametrize("text", MET)
def test_a_record_names_all_that_meet_in_it(text: str) -> None:
    name, fields = MET[text]
    found = shape(propose(talk(text)))

    assert set(found[name].split()) == fields
    assert not [one for one in asked(talk(text)) if one.startswith("link:")]


@pytest.mark.parametrize("text", POINTS)
def test_points_are_a_record_with_their_bounds(text: str) -> None:
    name, fields, bounds = POINTS[text]
    proposal = propose(talk(text))
    value = field(proposal, name, "value")

    assert shape(proposal)[name] == fields
    assert (str(value.minimum), str(value.maximum)) == bounds
    assert not quoted(proposal)


def test_what_is_written_after_another_deed_is_about_the_same_thing() -> None:
    text = "Users post recipes with a title. Other users can rate recipes from 1 to 5 and leave comments."
    books = "Members borrow books and write reviews. Books have a title. Reviews have a text."

    assert {"user_id:int->User", "recipe_id:int->Recipe"} <= set(shape(propose(talk(text)))["Comment"].split())
    assert shape(propose(talk(books)))["Review"] == "text:str member_id:int->Member book_id:int->Book"


def test_what_gets_a_place_later_may_be_without_it_and_the_state_is_quoted() -> None:
    proposal = propose(talk("Talks have a title. Accepted talks get scheduled into rooms with a start and end time."))

    assert set(shape(proposal)["Talk"].split()) == {
        "title:str", "room_id:int?->Room", "starts_at:datetime?", "ends_at:datetime?", "status:TalkStatus",
    }  # fmt: skip
    assert [one for one in quoted(proposal) if one.startswith("Accepted talks get scheduled into rooms")]


def test_who_does_something_is_no_record_of_what_they_do() -> None:
    found = shape(propose(talk("Teachers, courses, rooms. Every teacher sees a course in a room.")))

    assert "course_id" not in found["Teacher"] or "room_id" not in found["Teacher"]


def test_a_comment_has_a_text_though_nobody_says_so() -> None:
    found = shape(propose(talk("A blog with posts and comments. Readers can comment on posts.")))

    assert found["Comment"] == "text:str reader_id:int->Reader post_id:int->Post"
    said = shape(propose(talk("A blog with posts and comments. Readers can comment on posts. Comments have a body.")))
    assert said["Comment"] == "body:str reader_id:int->Reader post_id:int->Post"
