"""The values of a field where people put them: bare behind its name, behind a colon, behind what it is added to."""

from __future__ import annotations

import pytest

from tests.planning.talking import enums, propose, shape, talk

THREE = ("active", "swarmed", "dead")
TWO_THINGS = "Tanks have a number. Batches have a name."


@pytest.mark.parametrize(
    "said",
    [
        "Hives have a name and a status active, swarmed or dead.",
        "Hives have a name, a status active, swarmed or dead",
        "hives with a name and a status, active, swarmed or dead",
        "Each hive has a name and a status: active, swarmed or dead",
    ],
)
def test_values_behind_the_name_of_a_status_are_all_its_values(said: str) -> None:
    proposal = propose(talk(said))
    assert enums(proposal) == {"HiveStatus": THREE}
    assert shape(proposal) == {"Hive": "name:str status:HiveStatus"}


def test_of_other_fields_the_second_word_stays_in_the_name() -> None:
    proposal = propose(talk("Hives have a name and a frame size, small or large"))
    assert enums(proposal) == {"HiveFrameSize": ("small", "large")}


@pytest.mark.parametrize(
    ("change", "enum"),
    [
        ("Tanks have a material: steel, oak or concrete", {"TankMaterial": ("steel", "oak", "concrete")}),
        ("Add a colour to batches: red, white or rose", {"BatchColour": ("red", "white", "rose")}),
        ("please add a kind to batches: red, white, rose", {"BatchKind": ("red", "white", "rose")}),
        ("add a colour to batches, red or white", {"BatchColour": ("red", "white")}),
    ],
)
def test_a_change_adds_a_field_with_its_values(change: str, enum: dict[str, tuple[str, ...]]) -> None:
    proposal = propose(talk(TWO_THINGS, changes=(change,)))
    assert enums(proposal) == enum
    assert proposal.unread == ()


def test_what_is_no_list_of_values_is_added_as_before() -> None:
    proposal = propose(talk(TWO_THINGS, changes=("add a note to batches, optional",)))
    assert shape(proposal)["Batch"] == "name:str note:str?"


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("You misread the status: it is called status and its values are active, swarmed and dead", "status"),
        ("you misunderstood the status_active: its values are active, swarmed and dead", "status_active"),
        ("the values of status_active are active, swarmed and dead", "status_active"),
    ],
)
def test_a_field_that_was_misread_is_put_right(change: str, name: str) -> None:
    proposal = propose(talk("Hives have a name and a status_active (swarmed or dead).", changes=(change,)))
    assert list(enums(proposal).values()) == [THREE]
    assert shape(proposal)["Hive"].split(" ")[1].startswith(f"{name}:")
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("said", "enum"),
    [
        ("Donors have a blood group (A, B, AB, 0).", {"DonorBloodGroup": ("a", "b", "ab", "zero")}),
        ("Each donor has a blood type (A+, A-, 0+, 0-).", {"DonorBloodType": ("a_plus", "a_minus", "zero_plus",
                                                                               "zero_minus")}),
        ("A fridge has an energy class (A, B, C) and a price.", {"FridgeEnergyClass": ("a", "b", "c")}),
        ("Seats have a row (A, B, C)", {"SeatRow": ("a", "b", "c")}),
        ("We sell shirts with a size (S, M, L, XL)", {"ShirtSize": ("s", "m", "l", "xl")}),
    ],
)  # fmt: skip
def test_short_codes_in_brackets_are_values(said: str, enum: dict[str, tuple[str, ...]]) -> None:
    """Also the letter that is an article elsewhere, and the zero among letters."""
    proposal = propose(talk(said))
    assert enums(proposal) == enum
    assert proposal.unread == ()


@pytest.mark.parametrize(
    "said",
    [
        "A flat has a rent (in euros) and a photo (optional).",
        "A cow has an ear tag (a number, yellow).",
        "Rooms have a kind (0, 1, 2).",
        "A book has a price (gross, in euros).",
        "Members have a name (A, B).",
    ],
)
def test_what_explains_a_field_is_no_value(said: str) -> None:
    """Numbers by themselves have no names either: these are asked for."""
    assert enums(propose(talk(said))) == {}
