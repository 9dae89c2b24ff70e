"""Whole ideas as people type them first: what becomes of each, from fields nothing was developed on before."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, shape, talk

IDEAS: dict[str, dict[str, str]] = {
    "Build an API for a hotel: rooms with a number, type (single, double, suite) and price per night; guests; "
    "reservations with check-in and check-out date. Rooms can't be double booked.": {
        "Room": "number:str type:RoomType price_per_night:Decimal",
        "Guest": "name:str",
        "Reservation": "check_in_date:date check_out_date:date room_id:int->Room",
    },
    "A simple app for our book club. Members suggest books, and we schedule meetings with a date and place. Each "
    "meeting is about one book.": {
        "Member": "name:str",
        "Book": "member_id:int->Member name:str",
        "Meeting": "date:date place:str book_id:int->Book",
    },
    "Football league: teams, players and matches. A match is between two teams, has a date, a venue and a score. "
    "Players belong to a team and have a shirt number.": {
        "Team": "name:str",
        "Player": "name:str shirt_number:str team_id:int->Team",
        "Match": "first_team_id:int->Team second_team_id:int->Team date:date venue:str score:int",
    },
    "Events agency: events with a date, a location, max participants; participants register for events; registrations "
    "can be pending, confirmed, cancelled.": {
        "Event": "date:date location:str max_participants:int",
        "Participant": "name:str",
        "Registration": "status:RegistrationStatus participant_id:int->Participant event_id:int->Event",
    },
    "We track devices: devices have a type, serial number, publish date and warranty end.": {
        "Device": "type:str serial_number:str! publish_date:date warranty_end:date",
    },
    "We need to keep patient records. Patients have name, date of birth and phone.": {
        "Patient": "name:str date_of_birth:date phone:str",
    },
}  # fmt: skip


@pytest.mark.parametrize("idea", IDEAS, ids=lambda idea: idea[:24])
def test_an_idea_becomes_its_things_and_links(idea: str) -> None:
    proposal = propose(talk(idea))

    assert shape(proposal) == IDEAS[idea]
    assert proposal.unread == ()


def test_what_somebody_decides_is_no_choice_of_values() -> None:
    proposal = propose(talk("Tools have a name. Requests have a reason, the owner accepts or declines."))

    assert shape(proposal)["Request"].startswith("reason:str")
    assert "owner" not in shape(proposal)["Request"]
    assert proposal.unread == ("the owner accepts or declines",)
