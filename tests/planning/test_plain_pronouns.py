"""Whom and what people only point at: "one of them", "who has which one", "for each of them", "they record"."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("said", "record", "fields"),
    [
        (
            (
                "Volunteers note the species and the ring number of each bird, and at every check of a net one of them "
                "writes down how many birds were in it."
            ),
            "Check",
            "bird_count:int net_id:int->Net volunteer_id:int?->Volunteer",
        ),
        (
            "Nurses work on wards. After every visit to a patient one of them records the pulse and the temperature.",
            "Visit",
            "pulse:str temperature:float patient_id:int->Patient nurse_id:int?->Nurse",
        ),
        (
            (
                "The choir owns music folders. Singers take them home, and the librarian notes who "
                "has which one and when "
                "they brought it back."
            ),
            "Loan",
            "brought_back_on:date? music_folder_id:int->MusicFolder singer_id:int->Singer",
        ),
        (
            "Our club has kayaks. Members borrow them at times, and we write down who took which kayak and since when.",
            "Loan",
            "start_date:date kayak_id:int->Kayak member_id:int->Member",
        ),
        (
            (
                "A painting has a title. When a painting is lent, the registrar writes down which "
                "museum took it and when "
                "it comes back."
            ),
            "Loan",
            "comes_back_on:date painting_id:int->Painting museum_id:int->Museum",
        ),
        (
            "Whenever a bike is borrowed the warden writes down which guest took it, from when until when.",
            "Loan",
            "starts_at:datetime ends_at:datetime bike_id:int->Bike guest_id:int->Guest",
        ),
        (
            (
                "Each course has dogs with their owners. After every lesson the trainer writes a "
                "short comment for each "
                "of them."
            ),
            "Comment",
            "text:str lesson_id:int->Lesson dog_id:int->Dog",
        ),
        (
            "Each course has dogs with their owners. A dog has a breed.",
            "Dog",
            "breed:str owner_id:int->Owner",
        ),
        (
            "Every tour has a date, and they note the number of guests and the weather.",
            "Tour",
            "date:date number_of_guests:int weather:str",
        ),
        (
            "Every meeting brings together two students, one learning Spanish and the other learning German.",
            "Meeting",
            "spanish_student_id:int->Student german_student_id:int->Student",
        ),
    ],
)
def test_those_pointed_at_are_meant_by_name(said: str, record: str, fields: str) -> None:
    assert shape(propose(talk(said)))[record] == fields


def test_it_is_never_who_does_it() -> None:
    proposal = propose(talk("A customer has an address. A customer gets the bill and signs it."))
    assert shape(proposal) == {"Customer": "name:str address:str bill:str"}
    assert quoted(proposal) == ["signs it"]


def test_one_thing_may_link_to_another_of_its_kind() -> None:
    things = shape(propose(talk("A page links to another page. Pages have a title.")))
    assert things["PageLink"] == "page_id:int->Page other_page_id:int->Page"
