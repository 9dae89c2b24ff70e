"""When an appointment is, is told or given: nobody meets at no time; a group of people has no e-mail."""

from __future__ import annotations

import pytest

from tests.planning.talking import interview, propose, shape, talk


@pytest.mark.parametrize(
    ("said", "record"),
    [
        ("Patients book appointments with a dentist for a treatment.", "Appointment"),
        ("Patients have a birthday. Each appointment belongs to a patient and a doctor.", "Appointment"),
        ("Each session belongs to a hall. A session has a topic. A hall has a name.", "Session"),
        ("Each consultation belongs to a client and a lawyer. A consultation has a price.", "Consultation"),
    ],
)
def test_what_nobody_said_the_time_of_starts_at_some_time(said: str, record: str) -> None:
    proposal = propose(talk(said))
    assert "starts_at:datetime" in shape(proposal)[record]
    assert f"{'An' if record[0] == 'A' else 'A'} {record.lower()} has starts_at: nobody said when it is" in (
        proposal.assumptions
    )


@pytest.mark.parametrize(
    ("said", "record"),
    [
        ("An appointment has a date. Each appointment belongs to a patient.", "Appointment"),
        ("A course has a start date. Each session belongs to a course. A session has a topic.", "Session"),
        ("Therapists hold sessions with clients. A session has a weekday and a start time.", "Session"),
        ("A session has a title and a topic.", "Session"),
    ],
)
def test_what_is_at_a_told_time_or_of_nobody_gets_no_other(said: str, record: str) -> None:
    assert "starts_at" not in shape(propose(talk(said)))[record]


@pytest.mark.parametrize(
    ("said", "group", "is_written_to"),
    [
        ("Each singer belongs to one voice group. A singer has an e-mail.", "voice group", False),
        ("Each player belongs to a team. A player has a birthday.", "team", False),
        ("Each pupil belongs to a class. A pupil has a birthday.", "class", False),
        ("Each grave belongs to a family. A grave has a number.", "family", True),
        ("Each order belongs to a couple. An order has a date.", "couple", True),
        ("Each order belongs to a customer. An order has a date.", "customer", True),
    ],
)
def test_a_group_of_people_is_offered_no_e_mail(said: str, group: str, is_written_to: bool) -> None:
    texts = [question.text for question in interview(talk(said)).questions if f"each {group}?" in question.text]
    assert len(texts) == 1
    assert ("e-mail" in texts[0]) is is_written_to
