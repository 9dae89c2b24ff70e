"""What was noted before a change does not stand beside it, and signing in is understood, never made a thing."""

from __future__ import annotations

import pytest

from bot.generation.account_specs import account_of
from tests.planning.talking import interview, propose, shape, talk


def notes_after(text: str, *changes: str, answers: dict[str, str] | None = None) -> tuple[str, ...]:
    proposal = propose(talk(text, answers=answers, changes=changes))
    return (*proposal.decisions, *proposal.assumptions)


def test_unique_or_not_is_said_once() -> None:
    text = "Lamps have a colour and a serial number."
    refused = notes_after(text, "serial number must be unique", answers={"unique": "no"})
    allowed = notes_after(text, "serial number is not unique")

    assert not [note for note in refused if "need not be unique" in note]
    assert "Lamp.serial_number need not be unique (Jon)" in notes_after(text, "add a note", answers={"unique": "no"})
    assert not [note for note in allowed if note.startswith("Unique:")]


def test_only_the_field_that_changed_leaves_the_note() -> None:
    notes = notes_after("Lamps have a colour and a serial number. Owners have an email.", "email is not unique")

    assert "Unique: Lamp.serial_number" in notes


def test_a_field_that_went_or_was_renamed_is_not_said_to_be_there() -> None:
    text = "Lamps have a colour, a price and a shape."

    assert "A lamp has price and shape (Mara)" in notes_after(text, "drop the colour")
    assert "A lamp has tint, price and shape (Mara)" in notes_after(text, "rename colour to tint")


def test_a_thing_that_went_is_not_described() -> None:
    notes = notes_after("Lamps have a colour. Rooms have a width.", "remove rooms")

    assert not [note for note in notes if note.startswith("A room has")]


def test_fields_that_come_end_having_only_a_name() -> None:
    notes = notes_after("Keepers own lamps. Lamps have a colour.", "add a phone to keepers")

    assert not [note for note in notes if "has only a name" in note]


def test_a_link_that_comes_ends_standing_side_by_side() -> None:
    conversation = talk("Lamps have a colour. Rooms have a width.", changes=("each lamp belongs to a room",))
    proposal = propose(conversation)

    assert shape(proposal)["Lamp"] == "colour:str room_id:int->Room"
    assert not [note for note in proposal.assumptions if "not linked" in note]


def test_what_an_example_showed_goes_with_the_type() -> None:
    notes = notes_after("A crate has a name and eggs such as 6.", "make eggs a text")

    assert not [note for note in notes if "whole number" in note]


def test_a_field_that_waited_and_must_be_given_now() -> None:
    notes = notes_after("A claim has a title and a refund (blank until paid).", "refund is required")

    assert not [note for note in notes if "may be empty" in note]


@pytest.mark.parametrize("answer", ["yes", "Yes.", "2", "yes, with google login", "staff sign in by e-mail"])
def test_a_typed_yes_means_that_people_sign_in(answer: str) -> None:
    text = "People sign in with an e-mail and a password" if answer == "2" else answer
    proposal = propose(talk("Lamps have a colour.", answers={"use": text}))

    assert "People sign in with an e-mail and a password (Jon)" in proposal.decisions
    account = account_of(proposal.specs)
    assert account is not None
    assert account.name == "User"
    assert [note for note in proposal.assumptions if note.startswith("Who signs in is a user")]
    assert bool(proposal.unread) is ("google" in answer), "what isn't built is quoted"
    assert not [note for note in (*proposal.decisions, *proposal.assumptions) if "No accounts" in note]


def test_removing_the_login_takes_back_what_was_said_about_it() -> None:
    proposal = propose(
        talk("Lamps have a colour.", answers={"use": "yes, with google login"}, changes=("remove login",))
    )

    assert proposal.unread == ()
    assert [entity.name for entity in proposal.specs.entities] == ["Lamp"]
    assert not [note for note in proposal.decisions if note.startswith("People sign in")]
    assert "No accounts: whoever reaches it may use it (Jon)" in proposal.decisions


@pytest.mark.parametrize(
    "wish", ["login with google", "sign-in via github", "a social login", "Google login", "single sign-on with slack"]
)
def test_signing_in_is_no_thing_to_keep(wish: str) -> None:
    proposal = propose(talk(f"Lamps with a colour, and {wish}"))

    assert shape(proposal) == {"Lamp": "colour:str"}
    assert len(proposal.unread) == 1


def test_logins_that_are_described_are_things() -> None:
    assert shape(propose(talk("Logins with a day and an address"))) == {"Login": "day:date address:str"}


@pytest.mark.parametrize("piece", ["a שם", "שם text", "a status (open, שם, closed)", "a 名前"])
def test_names_that_code_can_not_carry_are_quoted(piece: str) -> None:
    proposal = propose(talk(f"Lamps have a colour, {piece}."))

    assert shape(proposal) == {"Lamp": "colour:str"}
    assert proposal.unread == (piece,)


def test_many_unread_pieces_are_cut_with_their_number() -> None:
    wishes = " ".join(f"Please notify person {number} when it breaks." for number in range(13))
    conversation = talk(f"Lamps have a colour. {wishes}", answers={"use": "no"})
    question = next(one for one in interview(conversation).questions if one.id == "unread")

    assert "• and 3 more" in question.text
    assert len(propose(conversation).unread) == 13
