"""A thing that is made of others names one of each: a trip is one boat with one skipper."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.made_of import read_made_of
from tests.planning.talking import asked, interview, propose, shape, talk


@pytest.mark.parametrize(
    ("said", "record", "keys"),
    [
        ("A trip is one boat with one skipper. A boat has a name. A skipper has a name.", "Trip", "boat skipper"),
        ("A booking is one room for one guest. Rooms have a code. Guests have a name.", "Booking", "room guest"),
        ("A rental is a bike and a customer. Bikes have a code. Customers have a name.", "Rental", "bike customer"),
        ("Pupils have a name. Teachers have a name. Each lesson is one pupil with one teacher.", "Lesson",
         "pupil teacher"),
        ("An adoption is one cat and one family. Cats have a name. Families have a phone.", "Adoption", "cat family"),
        ("Plots have a number. Gardeners have a name. A lease connects one plot with one gardener.", "Lease",
         "plot gardener"),
        ("A match is one team against, with one team.", "", ""),
        ("A screening is one film in one hall. Films have a title. Halls have a name.", "Screening", "film hall"),
        ("A repair is always one machine and one technician. Machines have a code. Technicians have a name.",
         "Repair", "machine technician"),
        ("A delivery is one parcel to one shop by one driver. Parcels have a code. Drivers have a name.",
         "Delivery", "parcel shop driver"),
        ("A viewing is a flat, an agent and a visitor. Flats have a street. Agents have a name. Visitors have a name.",
         "Viewing", "flat agent visitor"),
    ],
)  # fmt: skip
def test_a_record_names_one_of_each(said: str, record: str, keys: str) -> None:
    found = shape(propose(talk(said)))

    for key in keys.split():
        assert f"{key}_id:int->{key.capitalize()}" in found[record]
        assert "->" not in found[key.capitalize()]


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("A loan says which neighbour has which tool, from when until when.",
         "starts_at:datetime ends_at:datetime neighbour_id:int->Neighbour tool_id:int->Tool"),
        ("Each loan records which neighbour borrowed which tool.", "neighbour_id:int->Neighbour tool_id:int->Tool"),
        ("A loan is which neighbour has which tool and a deposit.", None),
        ("Loans keep track of which neighbour took which tool, since when and a note.",
         "start_date:date note:str neighbour_id:int->Neighbour tool_id:int->Tool"),
    ],
)  # fmt: skip
def test_which_has_which_is_a_record_of_both(said: str, fields: str | None) -> None:
    text = f"Tools have a name. Neighbours have a name and a phone. {said}"
    proposal = propose(talk(text))

    if fields is None:
        assert proposal.unread or "Loan" in shape(proposal)
        return
    assert shape(proposal)["Loan"] == fields
    assert not any("not linked" in note for note in proposal.assumptions)
    assert proposal.unread == ()


@pytest.mark.parametrize(
    "said",
    ["A member is a person with a name and an e-mail", "A ticket is one seat with a number", "A book is one of ours",
     "a trip is a boat",
     "The harbour is a place with a name", "Boats are red and blue", "a room is one room and one room"],
)  # fmt: skip
def test_other_definitions_are_read_otherwise(said: str) -> None:
    assert read_made_of(said, frozenset({"Book", "Room"})) is None


def test_what_follows_the_parts_is_kept_with_them() -> None:
    said = "A booking is one room for one guest, from an arrival date to a departure date. Rooms have a code."
    proposal = propose(talk(said, answers={"fields:guest": ""}))

    assert "room_id:int->Room guest_id:int->Guest" in shape(proposal)["Booking"]
    assert "arrival_date:date departure_date:date" in shape(proposal)["Booking"]
    assert proposal.unread == ()


def test_you_decide_takes_the_link_that_the_question_offers() -> None:
    text = "Tools have a name. Neighbours have a name. Loans have a start and an end."
    question = next(one for one in interview(talk(text)).questions if one.id == "links")

    assert question.default == question.options[0] == "Each loan names one tool and one neighbour"
    for answer in ("", "you decide", question.default, "the first"):
        proposal = propose(talk(text, answers={"links": answer}))
        assert "tool_id:int->Tool neighbour_id:int->Neighbour" in shape(proposal)["Loan"]
        noted = (*proposal.assumptions, *proposal.decisions)
        assert any(note.startswith("Each loan names one tool and one neighbour") for note in noted)
    apart = propose(talk(text, answers={"links": "They are not linked"}))
    assert "->" not in shape(apart)["Loan"]


def test_things_that_nothing_puts_together_stay_apart() -> None:
    text = "Tools have a name. Neighbours have a name."

    assert (
        next(one for one in interview(talk(text)).questions if one.id == "links").default
        == "They have nothing to do with each other"
    )
    assert "links" in asked(talk(text))
