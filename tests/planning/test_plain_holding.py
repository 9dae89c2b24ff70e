"""How many fit into what, who applies and who decides, and who speaks are read as people say them."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_claims import in_plain_claims
from bot.planning.built_in.words.plain_holding import in_plain_holding
from tests.planning.talking import propose, quoted, rules_of, shape, talk

GROUPS = "Coaches run training groups. A group meets on a weekday at a time and takes twelve children at most."
BANDS = (
    "Bands apply for our town festival with their name, the style of music and how many of them there are. The jury "
    "invites or declines each application. An invited band gets a slot on a stage."
)
LOST = (
    "We keep lost things at a station. Every lost item has a description. Somebody who lost something can claim an "
    "item by leaving their name and phone number."
)


def test_a_group_has_places_and_its_whole_name() -> None:
    proposal = propose(talk(f"{GROUPS} Children have a name and a birth date."))
    given = shape(proposal)
    assert set(given) == {"Coach", "TrainingGroup", "Child"}
    group = {"weekday:str", "start_time:time", "number_of_places:int", "coach_id:int->Coach"}
    assert set(given["TrainingGroup"].split()) == group
    assert "training_group_id:int?->TrainingGroup" in given["Child"].split()
    assert not quoted(proposal)


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("A bus holds up to 50 passengers. Passengers have a name.", "Bus"),
        ("We have cars. A car seats five people.", "Car"),
        ("A walking tour takes ten people. Guides have a name.", "WalkingTour"),
        ("A class takes at most eight pupils. A class has a title.", "Class"),
    ],
)
def test_what_holds_so_many_has_so_many_places(said: str, thing: str) -> None:
    proposal = propose(talk(said))
    assert "number_of_places:int" in shape(proposal)[thing].split()
    assert not quoted(proposal)


def test_how_much_somebody_takes_a_day_is_a_rule() -> None:
    proposal = propose(talk("A parcel has a weight. A courier takes up to twenty parcels a day."))
    assert "courier_id:int?->Courier" in shape(proposal)["Parcel"].split()
    assert any("twenty parcels a day" in one for one in quoted(proposal))


def test_who_applies_is_described_and_their_application_is_decided_on() -> None:
    proposal = propose(talk(BANDS))
    given = shape(proposal)
    assert set(given) == {"Band", "Application", "Slot", "Stage"}
    assert set(given["Band"].split()) == {"name:str", "style_of_music:str", "number_of_members:int"}
    assert {"band_id:int->Band", "slot_id:int?->Slot"} <= set(given["Application"].split())
    assert "stage_id:int->Stage" in given["Slot"].split()
    assert rules_of(proposal) == ["transition status: submitted -> invited | declined"]
    assert not quoted(proposal)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("Students apply with a letter. The dean admits or rejects each application.", "admitted | rejected"),
        (
            "Startups apply for the prize with a pitch. We shortlist or decline every application.",
            "shortlisted | declined",
        ),
        ("Artists apply with a portfolio link. The gallery selects or refuses each application.", "selected | refused"),
    ],
)
def test_what_is_decided_on_has_a_status(said: str, rule: str) -> None:
    proposal = propose(talk(said))
    assert rules_of(proposal) == [f"transition status: submitted -> {rule}"]
    assert not proposal.unread


def test_lost_things_are_items_and_who_claims_one_leaves_a_name() -> None:
    proposal = propose(talk(LOST))
    assert shape(proposal) == {
        "LostItem": "description:str",
        "Claim": "name:str phone_number:str lost_item_id:int->LostItem",
    }
    assert not quoted(proposal)


@pytest.mark.parametrize(
    ("said", "entities"),
    [
        ("We run a machinery ring for about thirty farms in our valley. Each farm has a village.", {"Farm"}),
        ("We run a car pool for 12 families. Each family has a street.", {"Family"}),
        ("A small ferry line runs sailings between two islands. Each sailing has a departure time.", {"Sailing"}),
        ("A small theatre runs courses in the town. A course has a title.", {"Course"}),
    ],
)
def test_who_speaks_is_no_thing(said: str, entities: set[str]) -> None:
    proposal = propose(talk(said))
    assert set(shape(proposal)) == entities
    assert not quoted(proposal)


@pytest.mark.parametrize(
    "said",
    [
        "A course takes two hours.",
        "A trainer takes eight pupils.",
        "Coaches run groups. A group has a name.",
        "There are training groups and walking groups. A group has a name.",
        "Members sign up for a course with a friend's name.",
        "A member accepts or declines.",
    ],
)
def test_other_ways_of_speaking_stay_as_they_are(said: str) -> None:
    assert in_plain_claims(in_plain_holding(said)) == said
