"""What stands with a thing: the details of what it belongs to, how many fit in, each side of two."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, shape, talk


@pytest.mark.parametrize(
    ("said", "one", "whole", "fields"),
    [
        ("Every child belongs to a group with a name and a colour.", "Child", "Group", "name:str colour:str"),
        (
            (
                "Parents register their children at our nursery, and every child belongs to a group with a name and a "
                "maximum of twelve places."
            ),
            "Child",
            "Group",
            "name:str number_of_places:int",
        ),
        (
            "Each dog lives in a kennel with a number and a maximum of two places.",
            "Dog",
            "Kennel",
            "number:str number_of_places:int",
        ),
        ("A painting hangs in a room with a number and a floor.", "Painting", "Room", "number:str floor:int"),
        ("Each employee works in a department with a name.", "Employee", "Department", "name:str"),
        (
            "Every boat lies in a harbour with a name and a capacity of forty.",
            "Boat",
            "Harbour",
            "name:str capacity:int",
        ),
    ],
)
def test_what_stands_with_what_something_belongs_to_is_the_latter_s(
    said: str, one: str, whole: str, fields: str
) -> None:
    things = shape(propose(talk(said)))
    assert things[whole] == fields
    assert f"{whole.lower()}_id:int->{whole}" in things[one].split()


@pytest.mark.parametrize(
    ("said", "name", "most"),
    [
        ("A course has a title and a maximum of 16 participants.", "number_of_participants", "16"),
        ("A group has a name and a maximum of twelve places.", "number_of_places", "12"),
        ("A room has a number and a capacity of thirty.", "capacity", "30"),
        ("A boat has a name and a limit of eight seats.", "seats", "8"),
    ],
)
def test_a_maximum_of_so_many_is_a_number_with_that_limit(said: str, name: str, most: str) -> None:
    [entity] = propose(talk(said)).specs.entities
    [field] = [field for field in entity.fields if field.name == name]
    assert field.type.name == "int"
    assert field.maximum == most


def test_a_maximum_without_a_noun_is_no_capacity() -> None:
    things = shape(propose(talk("Each test has a name, a date and a maximum of 100.")))
    assert "capacity" not in things["Test"]


@pytest.mark.parametrize(
    ("said", "record", "fields"),
    [
        (
            "Members have a rating; a game is between two members, one with white and one with black, and has a date.",
            "Game",
            "white_member_id:int->Member black_member_id:int->Member date:date",
        ),
        (
            "A debate is between two teams, one for and one against. A team has a name.",
            "Debate",
            "proposing_team_id:int->Team opposing_team_id:int->Team",
        ),
        (
            "Each match is between two clubs, one at home and one away. A club has a name.",
            "Match",
            "home_club_id:int->Club away_club_id:int->Club",
        ),
        (
            "Every duel is between two fencers (one on the left and one on the right). A fencer has a club.",
            "Duel",
            "left_fencer_id:int->Fencer right_fencer_id:int->Fencer",
        ),
        (
            "Each bet is between two players: one is the host and the other the guest.",
            "Bet",
            "host_player_id:int->Player guest_player_id:int->Player",
        ),
        (
            "A contract is between two companies, one as the buyer and one as the seller. A company has a name.",
            "Contract",
            "buyer_company_id:int->Company seller_company_id:int->Company",
        ),
    ],
)
def test_each_side_of_two_is_a_link_by_its_role(said: str, record: str, fields: str) -> None:
    assert shape(propose(talk(said)))[record] == fields
