"""What is wrong with something is what is kept of it, and examples behind "such as" are no names."""

from __future__ import annotations

import pytest

from tests.planning.talking import enums, propose, shape, talk


@pytest.mark.parametrize(
    ("said", "record", "fields"),
    [
        ("A member reports a fault and says what is wrong.", "Fault", {"description:str"}),
        (
            "A tenant reports a damage and says what happened and where it was.",
            "Damage",
            {"description:str", "place:str"},
        ),
        ("Riders file a complaint and explain what went wrong.", "Complaint", {"description:str"}),
        ("A lamp has a number and what is wrong with it.", "Lamp", {"number:str", "problem:str"}),
        ("Guests report a problem and tell us what's broken and how urgent it is.", "Problem", {"description:str"}),
    ],
)
def test_what_is_wrong_is_kept_of_what_is_reported(said: str, record: str, fields: set[str]) -> None:
    proposal = propose(talk(said))
    assert fields <= set(shape(proposal)[record].split())
    assert not proposal.unread


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("Members book a machine such as the lathe or the laser cutter.", "Machine"),
        ("Neighbours borrow a ladder like the long one or the short one. A ladder has a length.", "Ladder"),
        ("Guests order a drink, for example a lemonade or a coffee. A drink has a price.", "Drink"),
        ("Teachers reserve a room such as the library, the gym or the hall. A room has a number.", "Room"),
        ("Members borrow a device (e.g. a drone or a camera). A member has a name.", "Device"),
        ("Volunteers log a sighting such as a fox. A sighting has a date.", "Sighting"),
        ("A patient books a treatment such as a massage. A treatment has a price.", "Treatment"),
        ("A kit consists of several parts, for example a bolt, a nut and pliers. A part has a weight.", "Part"),
        ("Recipes have labels, for example vegan, quick and cheap.", "Recipe"),
    ],
)
def test_examples_are_no_names(said: str, thing: str) -> None:
    proposal = propose(talk(said))
    assert thing in shape(proposal)
    assert not proposal.unread
    assert not [name for name in shape(proposal) if name.startswith(f"{thing}S")]


@pytest.mark.parametrize("words", ["a kind such as lathe, saw or drill", "a kind, for example lathe, saw and drill"])
def test_examples_of_a_kind_are_its_values(words: str) -> None:
    assert enums(propose(talk(f"A machine has {words}."))) == {"MachineKind": ("lathe", "saw", "drill")}


def test_a_machine_for_a_day_is_booked_for_a_date() -> None:
    proposal = propose(talk("Members with a name and an e-mail book a machine such as the lathe for a day."))
    assert shape(proposal)["Booking"] == "date:date member_id:int->Member machine_id:int->Machine"
    assert not proposal.unread
