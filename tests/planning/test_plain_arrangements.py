"""How many take part in what, what a place is booked for, and the kinds of goods that a trade works on."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_arrangements import in_plain_arrangements
from tests.planning.talking import asked, enums, propose, rules_of, shape, talk

REFEREES = "Every match is played by two teams at a ground, with a kick-off time. A referee has a name."


def test_two_teams_meet_at_home_and_away() -> None:
    """Nothing is called a play, and the ground and the time are facts of the match."""
    proposal = propose(talk(REFEREES))
    assert shape(proposal) == {
        "Match": "home_team_id:int->Team away_team_id:int->Team ground:str kick_off_time:time",
        "Team": "name:str",
        "Referee": "name:str",
    }
    assert not proposal.unread


def test_three_who_take_part_are_asked_about_once() -> None:
    """Whether one singer sings several songs is asked; how many sing a song is kept as a rule."""
    conversation = talk("Every song is sung by three singers.")
    assert len([one for one in asked(conversation) if "singer" in one.lower() and "song" in one.lower()]) == 1
    assert rules_of(propose(conversation)) == ["at most 3 SongSinger per song"]


@pytest.mark.parametrize(
    ("text", "record", "fields", "purposes"),
    [
        (
            "People in our village book the parish hall for parties and meetings. For each booking we note the room.",
            "Booking",
            "purpose:BookingPurpose room:str",
            ("party", "meeting"),
        ),
        (
            "Clubs hire our boat for parties, weddings and birthdays. A hire has a date.",
            "Hire",
            "purpose:HirePurpose date:date club_id:int->Club boat_id:int->Boat",
            ("party", "wedding", "birthday"),
        ),
    ],
)
def test_what_it_is_booked_for_is_a_purpose(text: str, record: str, fields: str, purposes: tuple[str, ...]) -> None:
    """Parties and meetings are values of the booking, no things beside it."""
    proposal = propose(talk(text))
    assert set(fields.split()) <= set(shape(proposal)[record].split())
    assert tuple(map(str.lower, enums(proposal)[f"{record}Purpose"])) == purposes
    assert not {"Meeting", "MeetingBooking", "Party", "Wedding", "Birthday"} & set(shape(proposal))
    assert not proposal.unread


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "We alter wedding dresses and suits. For every garment we note the colour.",
            {"Garment": "kind:GarmentKind colour:str"},
        ),
        (
            "I repair violins and cellos, and each instrument has a colour.",
            {"Instrument": "kind:InstrumentKind colour:str"},
        ),
    ],
)
def test_what_a_trade_works_on_are_kinds(text: str, shown: dict[str, str]) -> None:
    """Both halves alike: neither is a thing beside the one that is told of."""
    proposal = propose(talk(text))
    assert shape(proposal) == shown
    assert not proposal.unread


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "''",
        "Every match is played by one team.",
        "Every wall is painted by two colours.",
        "People book the hall for three hours and two days.",
        "People book rooms for classes and meetings. Each meeting has a topic.",
        "We repair watches and clocks. Each customer leaves one or more watches.",
        "We alter dresses and suits. For every garment we note the colour. Each dress has a size.",
    ],
)
def test_what_means_something_else_stays(text: str) -> None:
    """Where the parts are told of by themselves, they are things."""
    assert in_plain_arrangements(text) == text
