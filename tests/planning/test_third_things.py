"""A third thing in a sentence is linked where it belongs: shifts at events, sessions with tutors, desks in rooms."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, propose, quoted, shape, talk

THIRD = {
    "Volunteers sign up for shifts at events. An event has a name. Each shift has a size.": (
        "Shift", "size:str event_id:int->Event",
    ),
    "Students book sessions with tutors for a date and time. Tutors with a name.": (
        "Session", "date_and_time:datetime student_id:int->Student tutor_id:int->Tutor",
    ),
    "Music school: pupils take lessons with teachers in rooms. A lesson has a duration.": (
        "Lesson", "duration:int pupil_id:int->Pupil teacher_id:int->Teacher room_id:int->Room",
    ),
    "Desks with a number. Desks are in rooms, rooms are on floors.": ("Desk", "number:str room_id:int->Room"),
    "A parcel has a weight and is sent by a sender to a recipient.": (
        "Parcel", "weight:float sender_id:int->Sender recipient_id:int->Recipient",
    ),
    "Teams, players with a name. A player plays for a team.": ("Player", "name:str team_id:int->Team"),
    "Concerts with a title. Rehearsals have a note. A rehearsal is always for one particular concert.": (
        "Rehearsal", "note:str concert_id:int->Concert",
    ),
    "Rooms with a name. Workshops have a title. Every workshop is in one of our rooms.": (
        "Workshop", "title:str room_id:int->Room",
    ),
    "Matches, teams with a name. A match is played between two teams on a date and has a score.": (
        "Match", "first_team_id:int->Team second_team_id:int->Team date:date score:int",
    ),
    "Visitors bring devices. Devices have a brand.": ("Device", "brand:str visitor_id:int->Visitor"),
    "Tenants with a name, flats with a number, leases with a rent. Tenants rent flats through leases.": (
        "Lease", "rent:Decimal tenant_id:int->Tenant flat_id:int->Flat",
    ),
    "Users upload photos with a caption. Other users can look at photos and comment on them.": (
        "Comment", "text:str user_id:int->User photo_id:int->Photo",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", THIRD)
def test_each_thing_names_what_it_belongs_to(text: str) -> None:
    name, fields = THIRD[text]
    proposal = propose(talk(text))

    assert shape(proposal)[name] == fields
    assert not quoted(proposal)
    assert not [one for one in asked(talk(text)) if one.startswith("link:") and name.lower() in one.split(":")[1:3]]


def test_whom_something_is_delivered_to_is_told_of_the_delivery() -> None:
    found = shape(propose(talk("Customers with a name. Couriers deliver parcels to customers. Parcels have a weight.")))

    assert found["Delivery"] == "courier_id:int->Courier parcel_id:int->Parcel customer_id:int->Customer"
    assert found["Parcel"] == "weight:float"


def test_points_after_an_occasion_are_read() -> None:
    text = (
        "Tutors with a name, students with a name, sessions with a date. "
        "After a session the student can rate the tutor from 1 to 5 with a comment."
    )

    assert shape(propose(talk(text)))["Rating"] == "value:int comment:str student_id:int->Student tutor_id:int->Tutor"


@pytest.mark.parametrize(
    "text", ["Products with a name. Prices are in euros.", "Courses with a title. They are on weekends."]
)
def test_a_measure_or_a_day_is_no_thing(text: str) -> None:
    assert len(shape(propose(talk(text)))) == 1


TOLD = {
    "articles: headline, body\neach in exactly one section. A section has a name.": (
        "Article", "headline:str body:str section_id:int->Section",
    ),
    "Users have a name. Users send messages to other users.": (
        "Message", "text:str user_id:int->User recipient_id:int->User",
    ),
    "Employees request vacations from a start date to an end date. Employees have a name.": (
        "Vacation", "start_date:date end_date:date employee_id:int->Employee",
    ),
    "Sponsors with a name, runners with a name. A sponsor sponsors a runner with an amount per lap.": (
        "Sponsorship", "amount_per_lap:Decimal sponsor_id:int->Sponsor runner_id:int->Runner",
    ),
    "Ingredients are stored in cupboards. Ingredients have a name.": (
        "Ingredient", "name:str cupboard_id:int->Cupboard",
    ),
    "Recipes have a title. Each recipe needs several ingredients with an amount.": (
        "RecipeIngredient", "amount:Decimal recipe_id:int->Recipe ingredient_id:int->Ingredient",
    ),
    "An order has a date and several books with a quantity. Books have a title.": (
        "OrderBook", "quantity:int order_id:int->Order book_id:int->Book",
    ),
}  # fmt: skip
SEVERAL = {
    "Books have a title. Books are written by one or more authors.": "BookAuthor",
    "Products have a name. Products belong to several categories.": "ProductCategory",
    "Trips have a destination. A trip can be for several classes. Classes have a name.": "TripClass",
}


@pytest.mark.parametrize("text", TOLD)
def test_what_is_told_of_a_thing_and_of_its_links_is_its_own(text: str) -> None:
    name, fields = TOLD[text]
    proposal = propose(talk(text))

    assert shape(proposal)[name] == fields
    assert not quoted(proposal)


@pytest.mark.parametrize("text", SEVERAL)
def test_several_on_one_side_are_asked_about_and_may_be_shared(text: str) -> None:
    assert [one for one in asked(talk(text)) if one.startswith("several:")]
    assert len(shape(propose(talk(text)))[SEVERAL[text]].split()) == 2


def test_whoever_mends_a_thing_is_named_by_it() -> None:
    found = shape(propose(talk("Damages with a date, craftsmen with a name. A craftsman fixes a damage.")))

    assert found == {"Damage": "date:date craftsman_id:int?->Craftsman", "Craftsman": "name:str"}


def test_one_user_and_another_go_with_several_of_each_other() -> None:
    found = shape(propose(talk("Users have a name. A user can block another user.")))

    assert found == {"User": "name:str", "UserBlock": "user_id:int->User other_user_id:int->User"}
