"""People have a name, and what a question promised of a thing is kept, whatever else becomes known of it."""

from __future__ import annotations

import pytest

from tests.planning.talking import interview, propose, shape, talk


@pytest.mark.parametrize(
    ("said", "who", "fields"),
    [
        ("Members have a rating and a year of birth.", "Member", "name:str rating:int year_of_birth:int"),
        ("A donor has a blood group.", "Donor", "name:str blood_group:str"),
        ("Employees have a phone number and a department.", "Employee", "name:str phone_number:str department:str"),
        ("We keep books with a title; each reader has a card number.", "Reader", "name:str card_number:str!"),
    ],
)
def test_people_of_whom_other_facts_were_told_have_a_name(said: str, who: str, fields: str) -> None:
    proposal = propose(talk(said))
    assert shape(proposal)[who] == fields
    assert any("has a name, as people do" in sentence for sentence in proposal.assumptions)


@pytest.mark.parametrize(
    ("said", "who", "fields"),
    [
        ("A guest has a first name and a surname.", "Guest", "first_name:str surname:str"),
        ("A subscriber has an email and a language.", "Subscriber", "email:EmailStr! language:str"),
        ("The survey is anonymous. A participant has an age and a gender.", "Participant", "age:int gender:str"),
        ("Donors stay without a name. A donor has a blood group.", "Donor", "blood_group:str"),
        ("A room has a floor and a colour.", "Room", "floor:int colour:str"),
    ],
)
def test_nothing_else_gets_a_name(said: str, who: str, fields: str) -> None:
    assert shape(propose(talk(said)))[who] == fields


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("Customers bring garments in. One ticket often covers several garments.", "Garment"),
        (
            "Albums have a title. Playlists have a name. An album has many tracks. A playlist has many tracks.",
            "Track",
        ),
    ],
)
def test_what_a_question_promised_is_kept_though_a_second_link_becomes_known(said: str, thing: str) -> None:
    promised = [question for question in interview(talk(said)).questions if question.id == f"fields:{thing.lower()}"]
    assert promised[0].default == "Only a name"
    assert "name:str" in shape(propose(talk(said)))[thing].split()


def test_a_line_of_two_lists_needs_no_name() -> None:
    said = "A student has enrolments. A course has enrolments. A course has a title."
    assert "name:str" not in shape(propose(talk(said)))["Enrolment"].split()
