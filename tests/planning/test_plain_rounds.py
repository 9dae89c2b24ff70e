"""Who was at what, who plays whom, what is made per what, who is given a job, and what is used up in it."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_rounds import in_plain_rounds
from tests.planning.talking import propose, shape, talk

BRIGADE = (
    "Our volunteer fire brigade wants to know who was at which exercise. Each firefighter has a driving "
    "licence class, "
    "exercises have a topic and a date."
)
BIKES = (
    "I need a backend for a bike repair shop: people bring their bike, we note brand, frame number and what's "
    "broken, a "
    "mechanic gets assigned and writes down the parts he used with price. The repair is waiting, in progress, "
    "ready or "
    "collected."
)
HOURS = (
    "Team members log hours on projects. A project belongs to a client and has an hourly rate. Invoices are made per "
    "client and month and are draft, sent or paid."
)


def test_who_was_at_which_exercise_is_an_attendance() -> None:
    proposal = propose(talk(BRIGADE))
    assert shape(proposal) == {
        "Attendance": "firefighter_id:int->Firefighter exercise_id:int->Exercise",
        "Firefighter": "driving_licence_class:str",
        "Exercise": "topic:str date:date",
    }
    assert proposal.unread == ()


def test_a_repair_has_its_mechanic_and_the_parts_that_were_used() -> None:
    proposal = propose(talk(BIKES))
    assert shape(proposal) == {
        "Bike": "brand:str frame_number:str fault:str",
        "Repair": "status:RepairStatus mechanic_id:int?->Mechanic bike_id:int->Bike",
        "Mechanic": "name:str",
        "Part": "name:str price:Decimal repair_id:int->Repair",
    }
    assert proposal.unread == ()


def test_invoices_are_made_per_client_and_month() -> None:
    proposal = propose(talk(HOURS))
    assert shape(proposal)["Invoice"] == "month:int status:InvoiceStatus client_id:int->Client"
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "Members have a name. We note who came to which rehearsal.",
            "Members have a name. Each attendance belongs to a member and a rehearsal.",
        ),
        (
            "I want to see which students attended which lecture.",
            "Each attendance belongs to a student and a lecture.",
        ),
        (
            "Teams play games against one another at a certain time, with a referee.",
            "A game has a home team, an away team and a date and time. There are teams. A game has a referee.",
        ),
        (
            "We have clubs; debaters hold debates against each other.",
            "We have clubs; A debate has a home debater and an away debater. There are debaters.",
        ),
        (
            "Rounds have a topic, and how many points each team got in each round.",
            "Rounds have a topic. Each result belongs to a team and a round. A result has points.",
        ),
        (
            "Members book beds, at most four beds per booking; a hut has a name.",
            "Members book beds. At most four beds per booking; a hut has a name.",
        ),
        (
            "For each gig we have a venue, a fee and a set list. Songs have a title.",
            (
                "For each gig we have a venue and a fee. Songs have a title. Each set list entry belongs to a "
                "gig and a song. "
                "A set list entry has a position."
            ),
        ),
        (
            "Every flat has meters for water and heating.",
            "Each meter belongs to a flat. A meter has a kind (water/heating).",
        ),
        (
            "Leaders borrow boxes; what's broken or missing is noted.",
            "Leaders borrow boxes; A loan has a note on what is broken or missing (optional).",
        ),
        (
            "Tenants send in a reading with a photo once a year.",
            "Tenants send in a reading with a photo. A reading comes once a year.",
        ),
        (
            "One report card is written per pupil and term.",
            "Each report card belongs to a pupil. A report card has a term.",
        ),
        (
            "A payslip is issued for each employee and month and is open or paid.",
            "Each payslip belongs to an employee. A payslip has a month. A payslip is open or paid.",
        ),
        (
            "Customers bring in their watch. A repair costs money.",
            "Customers bring in their watch. A repair costs money. Each repair belongs to a watch.",
        ),
        (
            "A fault has a description. A caretaker gets assigned, and he notes the materials he used.",
            (
                "A fault has a description. A fault may belong to a caretaker. Each material belongs to a fault. "
                "A material "
                "has a name."
            ),
        ),
    ],
)
def test_it_is_said_plainly(said: str, plain: str) -> None:
    assert in_plain_rounds(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "Crews fight battles against other crews.",
        "We note who pays.",
        "A shop sells boxes; what's broken is noted.",
        "For each gig we have a venue and a playlist.",
        "Parents bring their child. A report has a text.",
        "Rooms are booked per hour.",
        "A mechanic gets assigned.",
        "The cook writes down the parts he used.",
        "Jobs have a price. Tickets have a price. A mechanic gets assigned.",
        "We want to know who was at which office.",
    ],
)
def test_what_means_something_else_stays_as_it_was_said(said: str) -> None:
    assert in_plain_rounds(said) == said
