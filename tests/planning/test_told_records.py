"""Records that people tell by how they come about: what is done at a visit, who comes when, what a list is of."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_clauses import in_plain_clauses
from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("At each appointment, treatments are done.", "A treatment belongs to an appointment."),
        ("During a tour several photos are taken.", "A photo belongs to a tour."),
        ("Dentists see patients in appointments.", "An appointment belongs to a dentist and a patient."),
        (
            "Coaches meet players in training sessions of 90 minutes.",
            "A training session belongs to a coach and a player. Each training session lasts 90 minutes.",
        ),
        (
            "Every day we note when a child comes and when it leaves.",
            "An attendance belongs to a child. An attendance has came at and left at.",
        ),
        (
            "For each gig we make a setlist of songs in order.",
            "A setlist entry belongs to a gig and a song. A setlist entry has a position.",
        ),
        ("Drafts become books with an ISBN.", "A book belongs to a draft. A book has an ISBN."),
        (
            "Accepted offers become contracts.",
            "A contract belongs to an offer. Only accepted offers become contracts.",
        ),
        ("They report damages, with a photo.", "They report damages. Each damage has a photo."),
        ("It has exercises, for each one I note the sets and reps.", "It has exercises with the sets and reps."),
        ("Hotels send laundry in bags.", "Hotels send bags."),
        ("Our village has a shared van.", "We keep vans."),
        (
            "For each wedding we hire several vendors, each for a price.",
            "A hire belongs to a wedding and a vendor. A hire has a price.",
        ),
        (
            "Donors give money for a project, monthly.",
            "A donation belongs to a donor and a project. A donation has an amount. A donation is made monthly.",
        ),
        ("Climbers tick routes they have climbed and rate them.", "Climbers tick routes and rate them."),
    ],
)
def test_a_record_is_told_plainly(said: str, plain: str) -> None:
    assert in_plain_clauses(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "Guests book tables for parties, with a deposit.",
        "It lasts 3 days, with a break.",
        "At each station the time is noted.",
        "Teachers teach pupils.",
        "Every day we note when it rains.",
        "Hotels send letters in spring.",
        "Our town has a mayor who retires.",
        "They give money away.",
    ],
)
def test_what_tells_of_no_record_stays_as_it_is(said: str) -> None:
    assert in_plain_clauses(said) == said


@pytest.mark.parametrize(
    ("said", "thing", "fields"),
    [
        ("Gigs have a date. For each gig we make a playlist of songs. Songs have a title.", "PlaylistEntry",
         "position:int gig_id:int->Gig song_id:int->Song"),
        ("Tenants rent flats. They report damages, with a photo. Flats have a number.", "Damage",
         "photo:str tenant_id:int->Tenant"),
        ("Workouts have a day. A workout has several exercises, for each I note sets and weight. Exercises: name.",
         "WorkoutExercise", "sets:int weight:float workout_id:int->Workout exercise_id:int->Exercise"),
        ("Rooms belong to a hotel. A room has a number. A hotel has a name.", "Room", ("number:str "
         "hotel_id:int->Hotel")),
    ],
)  # fmt: skip
def test_a_told_record_is_read(said: str, thing: str, fields: str) -> None:
    proposal = propose(talk(said))
    assert shape(proposal)[thing] == fields
    assert proposal.unread == ()


@pytest.mark.parametrize("said", ["Each appointment lasts 30 minutes.", "Each trip takes two weeks."])
def test_what_is_counted_in_units_is_no_thing(said: str) -> None:
    known = "Appointments have a date. Trips have a date."
    proposal = propose(talk(f"{known} {said}"))
    assert sorted(shape(proposal)) == ["Appointment", "Trip"]
    assert "duration_" in " ".join(shape(proposal).values())
    assert quoted(proposal) == []


def test_a_deed_on_something_that_is_no_thing_is_quoted() -> None:
    assert propose(talk("Shops donate food. Shops have a name.")).unread == ("Shops donate food",)


def test_accepted_ones_are_what_was_told_of_before() -> None:
    said = (
        "Authors send us manuscripts, a reader writes an opinion on each, and then we accept or decline it. "
        "Accepted ones "
        "become books with an ISBN and a price."
    )
    assert shape(propose(talk(said)))["Book"] == "isbn:str! price:Decimal manuscript_id:int->Manuscript"
