"""Whoever makes something is named by it: comments by their user, issues by their tenant; and what it is about."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, propose, quoted, shape, talk

MADE = {
    "Issues have a title. We keep comments. Users can comment on issues.": (
        "Comment", {"user_id:int->User", "issue_id:int->Issue"},
    ),
    "A blog with posts and comments. Readers may comment on posts.": (
        "Comment", {"reader_id:int->Reader", "post_id:int->Post"},
    ),
    "Tenants report issues. Issues have a title.": ("Issue", {"title:str", "tenant_id:int->Tenant"}),
    "Users define habits with a name and a frequency.": ("Habit", {"name:str", "frequency:str", "user_id:int->User"}),
    "Organisers create events. An event has a name.": ("Event", {"name:str", "organiser_id:int->Organiser"}),
    "Shifts have a start and an end. Volunteers request shifts.": (
        "Shift", {"start:datetime", "end:datetime", "volunteer_id:int->Volunteer"},
    ),
    "Samples have a code. Technicians upload samples.": ("Sample", {"code:str", "technician_id:int->Technician"}),
    "Members write reviews of books. Books have a title. Reviews have a text.": (
        "Review", {"text:str", "member_id:int->Member", "book_id:int->Book"},
    ),
    "Fitness app, users log workouts. Users can set goals with a target date and a title.": (
        "Goal", {"target_date:date", "title:str", "user_id:int->User"},
    ),
    "Players have a name. Players record scores with a date and a comment.": (
        "Score", {"date:date", "comment:str", "player_id:int->Player"},
    ),
    "Notes have a text. Teachers can enter notes.": ("Note", {"text:str", "teacher_id:int->Teacher"}),
}  # fmt: skip


@pytest.mark.parametrize("text", MADE)
def test_what_is_made_names_its_maker_and_nobody_is_asked_what_the_link_is(text: str) -> None:
    name, fields = MADE[text]

    assert fields <= set(shape(propose(talk(text)))[name].split())
    assert not [one for one in asked(talk(text)) if one.startswith("link:")]


def test_only_those_in_one_state_are_quoted_and_the_thing_is_linked() -> None:
    proposal = propose(talk("A blog with posts and comments. Readers can comment on published posts."))

    assert {"reader_id:int->Reader", "post_id:int->Post"} <= set(shape(proposal)["Comment"].split())
    assert quoted(proposal) == ["Readers can comment on published posts"]


def test_whoever_reports_to_somebody_names_them() -> None:
    found = shape(propose(talk("Teams report to managers. Managers have a name. Teams have a name.")))

    assert found == {"Team": "name:str manager_id:int->Manager", "Manager": "name:str"}


def test_what_can_be_assigned_names_whom_and_may_wait() -> None:
    found = shape(propose(talk("Tasks have a title and can be assigned to a user. Users have a name.")))

    assert found["Task"] == "title:str user_id:int?->User"


@pytest.mark.parametrize(
    ("one", "other"),
    [("book", "author"), ("post", "tag"), ("product", "category"), ("course", "instructor"), ("person", "skill")],
)
def test_what_usually_goes_with_several_does_so_unless_people_say_otherwise(one: str, other: str) -> None:
    others = f"{other[:-1]}ies" if other.endswith("y") else f"{other}s"
    text = f"A {one} has a title. A {one} can have several {others}."
    record = f"{one.capitalize()}{other.capitalize()}"

    assert record in shape(propose(talk(text)))
    answers = {f"several:{one}:{other}": "No"}
    assert record not in shape(propose(talk(text, answers=answers)))


def test_a_trip_by_one_driver_with_one_vehicle_names_both() -> None:
    text = (
        "Vehicles with a plate. Drivers with a name. A trip is made by one driver with one vehicle and has a distance."
    )
    found = shape(propose(talk(text)))

    assert set(found["Trip"].split()) == {"distance:float", "driver_id:int->Driver", "vehicle_id:int->Vehicle"}
    assert found["Driver"] == "name:str"


def test_an_example_in_brackets_behind_a_list_of_who_logs_in_is_no_list_of_its_own() -> None:
    text = 'Readers log in, we need name, e-mail and card number ("R-0412").'

    assert "card_number:str" in shape(propose(talk(text)))["Reader"].replace("!", "").split()
