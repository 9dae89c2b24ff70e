"""What people tell in passing in a letter: where things are, what each of them has, and what "they" are then."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_letters import in_plain_letters
from tests.planning.talking import propose, quoted, rules_of, shape, talk

PLAYGROUNDS = """Hi team,

I'm responsible for the playgrounds of our town. We look after about sixty playgrounds. Every playground has a name \
and a district, and some of them have an opening date that nobody remembers any more. On each playground there are \
several pieces of equipment: swings, slides and so on. For each piece we know the manufacturer and a serial number, \
which is stamped on a little metal plate.

What goes wrong today is that some playgrounds are forgotten for months. It's embarrassing, and last year the \
newspaper wrote about it.

Each inspector has a name. An inspection has a date and an inspector. During an inspection they write \
down defects. A defect belongs to one piece of equipment, and it has a description and, if possible, a photo. They are \
first reported, then someone from the yard repairs them, and finally an inspector confirms the repair.

Many thanks
Ruth"""


def test_a_letter_of_some_paragraphs_is_read() -> None:
    proposal = propose(talk(PLAYGROUNDS))
    assert shape(proposal) == {
        "Playground": "name:str district:str opening_date:date?",
        "EquipmentPiece": "manufacturer:str serial_number:str! playground_id:int->Playground",
        "Inspection": "date:date inspector_id:int->Inspector",
        "Defect": "description:str photo:str? status:DefectStatus inspection_id:int->Inspection "
        "equipment_piece_id:int->EquipmentPiece",
        "Inspector": "name:str",
    }
    assert rules_of(proposal) == ["transition status: reported -> repaired, repaired -> confirmed"]
    left = " ".join(quoted(proposal))
    assert "What goes wrong today is that some playgrounds are forgotten for months" in left
    assert "Ruth" not in left


@pytest.mark.parametrize(
    ("said", "things"),
    [
        ("We look after about forty greenhouses. Each greenhouse has a number.", {"Greenhouse": "number:str"}),
        (
            "On each roof there are several panels. Each panel has a length.",
            {"Panel": "length:float roof_id:int->Roof", "Roof": "name:str"},
        ),
        (
            "During a tour the guides note incidents. An incident has a description.",
            {"Incident": "description:str tour_id:int->Tour", "Tour": "name:str"},
        ),
        (
            "At each match they record the fouls. A foul has a minute.",
            {"Foul": "minute:int match_id:int->Match", "Match": "name:str"},
        ),
        ("A locker has a colour. A monthly fee is set for each locker.", {"Locker": "colour:str monthly_fee:Decimal"}),
        (
            "Our guests leave their name, a phone number and the number of their passport.",
            {"Guest": "name:str phone_number:str passport_number:str!"},
        ),
        (
            "Runners register with their first name and the name of their club.",
            {"Runner": "first_name:str club_name:str"},
        ),
        (
            "All our ropes and harnesses should be in the system with a colour and a purchase date.",
            {"Rope": "colour:str purchase_date:date", "Harness": "colour:str purchase_date:date"},
        ),
        ("Ropes have a length, while harnesses have a size.", {"Rope": "length:float", "Harness": "size:str"}),
        (
            "For each boat we note the name, and at which jetty it lies.",
            {"Boat": "name:str jetty_id:int->Jetty", "Jetty": "name:str"},
        ),
        (
            "For every nurse we keep a name, and in which ward she works.",
            {"Nurse": "name:str ward_id:int->Ward", "Ward": "name:str"},
        ),
        (
            "Each horse has a name. It would also help to have a field for allergies.",
            {"Horse": "name:str allergies:str[]"},
        ),
        ("Each horse has a name. It would be nice to have a column for the breed.", {"Horse": "name:str breed:str"}),
        ("Each ship has a name and a flag. Some of them have a tonnage.", {"Ship": "name:str flag:str tonnage:str?"}),
        ("Our lifts are just numbered.", {"Lift": "number:str"}),
        ("For each fossil she writes down the weight and the colour.", {"Fossil": "weight:float colour:str"}),
        (
            "A lesson has a date, and exactly one of our coaches goes there.",
            {"Lesson": "date:date coach_id:int->Coach", "Coach": "name:str"},
        ),
        (
            "An observing night has a date. Members have a name. Two members are on duty each night.",
            {
                "ObservingNight": "date:date first_member_id:int->Member second_member_id:int->Member",
                "Member": "name:str",
            },
        ),
        (
            "Guests hand in a piece of luggage. Each piece has a weight. Guests have a name.",
            {"Guest": "name:str", "LuggagePiece": "weight:float guest_id:int?->Guest"},
        ),
    ],
)
def test_what_is_told_in_passing_is_a_fact_of_its_thing(said: str, things: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == things
    assert not quoted(proposal)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (
            "An incident has a place. It is first recorded, then a warden checks it, and finally the office closes it.",
            "transition status: recorded -> checked, checked -> closed",
        ),
        (
            (
                "Defects have a place. They are first reported, then someone repairs them, "
                "and finally a warden confirms the repair."
            ),
            "transition status: reported -> repaired, repaired -> confirmed",
        ),
        (
            (
                "Guides (name, phone, the language they speak) must never have two tours at the same time. "
                "A tour has a start and an end."
            ),
            "no overlap of start, end per guide",
        ),
    ],
)
def test_a_rule_about_what_was_spoken_of_is_one_about_that(said: str, rule: str) -> None:
    assert rules_of(propose(talk(said))) == [rule]


@pytest.mark.parametrize(
    ("said", "thing", "fields"),
    [
        ("Each panel has a serial number. A serial number may not occur twice.", "Panel", "serial_number:str!"),
        (
            "Each coach has a name and a licence number; the latter must be unique.",
            "Coach",
            "name:str licence_number:str!",
        ),
    ],
)
def test_what_may_not_occur_twice_is_unique(said: str, thing: str, fields: str) -> None:
    assert shape(propose(talk(said)))[thing] == fields


def test_what_is_in_one_state_needs_a_reason_that_others_may_have() -> None:
    proposal = propose(
        talk("A race is announced, then held or cancelled. Each race has a date. A cancelled race must have a reason.")
    )
    assert shape(proposal) == {"Race": "date:date reason:str? status:RaceStatus"}
    assert "ancelled race" in " ".join(quoted(proposal))


@pytest.mark.parametrize(
    "said",
    [
        "They are kind.",
        "It is green; the latter must be told.",
        "Notes\n- equipment: each piece of equipment has a number",
        "An approved request needs a reason.",
        "We have 40 days.",
    ],
)
def test_what_may_mean_something_else_stays_as_it_was_said(said: str) -> None:
    assert in_plain_letters(said) == said
