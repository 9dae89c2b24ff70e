"""What was done by whom, who plays whom, what somebody replies, permits or reports: each is a record."""

from __future__ import annotations

import pytest

from tests.planning.talking import enums, propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("said", "record", "fields"),
    [
        (
            (
                "Volunteers walk the dogs. We want to know which dog was walked by whom, when, for how long, "
                "and how it behaved."
            ),
            "Walk",
            (
                "start_date_and_time:datetime duration_minutes:int behaviour:str dog_id:int->Dog "
                "volunteer_id:int->Volunteer"
            ),
        ),
        (
            "Volunteers walk the dogs. A dog has a name. We want to know which dog was walked by whom and when.",
            "Walk",
            "date_and_time:datetime dog_id:int->Dog volunteer_id:int->Volunteer",
        ),
        (
            "Tools have a name. Members have a name. We want to know which tool was borrowed by whom and until when.",
            "Loan",
            "end_date:date tool_id:int->Tool member_id:int->Member",
        ),
        (
            "We want to see who watered which bed, when and how long. A bed has a number. Gardeners have a name.",
            "Watering",
            "start_date_and_time:datetime duration_minutes:int bed_id:int->Bed gardener_id:int->Gardener",
        ),
        (
            "Riders ride the horses. We want to note which horse was ridden by whom, when, how long and how it went.",
            "Ride",
            "start_date_and_time:datetime duration_minutes:int note:str horse_id:int->Horse rider_id:int->Rider",
        ),
        (
            "Nurses have a name. We keep track of which patient was visited by whom and when. Patients have a name.",
            "Visit",
            "date_and_time:datetime patient_id:int->Patient nurse_id:int->Nurse",
        ),
    ],
)
def test_which_was_done_by_whom_is_a_record_of_the_deed(said: str, record: str, fields: str) -> None:
    proposal = propose(talk(said))
    told = shape(proposal)
    assert told[record] == fields
    assert not any(":date" in others for name, others in told.items() if name != record)
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("said", "record", "fields"),
    [
        (
            "Games are played in rounds between two players, one with white and one with black.",
            "Game",
            {"round:str", "white_player_id:int->Player", "black_player_id:int->Player"},
        ),
        (
            "Matches are played in groups between two teams. A team has a name.",
            "Match",
            {"group:str", "first_team_id:int->Team", "second_team_id:int->Team"},
        ),
        ("The club organises a tournament every spring. Players have a name.", "Tournament", {"year:int"}),
        ("Because our band holds a rehearsal every week, we need a list of players.", "Rehearsal", {"date:date"}),
    ],
)
def test_what_is_played_or_held_is_a_thing(said: str, record: str, fields: set[str]) -> None:
    proposal = propose(talk(said))
    assert fields <= set(shape(proposal)[record].split())
    assert proposal.unread == ()


@pytest.mark.parametrize(
    "said", ["A win counts one point and a draw half a point.", "A win gives three points and a draw one point."]
)
def test_what_counts_how_many_points_is_an_open_task(said: str) -> None:
    proposal = propose(talk(f"Players have a name. {said}"))
    assert [task.title for task in proposal.custom] == [f"“{said.rstrip('.')}”"]
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("Singers tell us whether they are coming, maybe coming or not coming.", 3),
        ("Players let us know if they are attending or not attending.", 2),
        ("Members tell us whether they are coming.", 2),
    ],
)
def test_who_says_whether_they_come_gives_a_reply(said: str, values: int) -> None:
    proposal = propose(talk(f"A concert has a date. {said}"))
    assert "concert_id:int->Concert" in shape(proposal)["Reply"]
    assert len(enums(proposal)["ReplyStatus"]) == values
    assert quoted(proposal) == []


@pytest.mark.parametrize(
    ("said", "record", "fields"),
    [
        (
            "A trip has a destination, and parents give their permission for each child.",
            "Permission",
            {"parent_id:int->Parent", "child_id:int->Child", "trip_id:int->Trip"},
        ),
        ("A trip has a destination and the number of adults coming along.", "Trip", {"number_of_adults:int"}),
        ("A camp has a place and the number of children taking part.", "Camp", {"number_of_children:int"}),
        ("A van has a plate and a maximum load.", "Van", {"maximum_load:float"}),
        (
            "The residents of our apartment building report problems. Each report has a date.",
            "Report",
            {"resident_id:int->Resident", "date:date"},
        ),
        ("Residents report faults. A report stays open until it is fixed.", "Report", {"description:str"}),
        (
            "A job has a date. A car has a plate. Nobody may hand back a car until the bill is paid.",
            "Job",
            {"is_paid:bool"},
        ),
        ("A bike has a brand. A bike can't be picked up until the bill is paid.", "Bike", {"is_paid:bool"}),
    ],
)
def test_a_thing_has_what_is_told_in_passing(said: str, record: str, fields: set[str]) -> None:
    proposal = propose(talk(said))
    assert fields <= set(shape(proposal)[record].split())
    assert proposal.unread == ()


def test_what_stays_open_until_is_open_or_closed_and_the_rest_is_a_task() -> None:
    proposal = propose(talk("A report has a date. A report stays open until the resident confirms the repair."))
    assert "status:ReportStatus" in shape(proposal)["Report"]
    assert any("until the resident" in task.title for task in proposal.custom)


@pytest.mark.parametrize(
    "said",
    [
        "A room has a number. Nobody may use a room until the deposit has been paid.",
        "Each order has a date. An order can't be shipped before the invoice is paid. Each invoice has an amount.",
    ],
)
def test_what_is_paid_elsewhere_is_no_fact_of_it(said: str) -> None:
    assert not any("is_paid" in fields for fields in shape(propose(talk(said))).values())
