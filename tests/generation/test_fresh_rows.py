"""What one more row needs: values that nobody has yet, and the keys of rows that few others name."""

from __future__ import annotations

from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.generation.fresh_rows import FreshRow, fresh_rows

SPECS = """
ENTITY: Room
TABLE: rooms
FIELDS:
  - id: int (primary key, auto-generated)
  - code: str (unique, pattern "^[0-9]{4}$")
API_PATH: /rooms

ENTITY: Stay
TABLE: stays
FIELDS:
  - id: int (primary key, auto-generated)
  - room_id: int (index, foreign key to Room)
  - begins_on: date
  - ends_on: date
API_PATH: /stays
RELATIONS:
  - room: Room (ManyToOne)
RULES:
  - no overlap of begins_on, ends_on per room

ENTITY: Lock
TABLE: locks
FIELDS:
  - id: int (primary key, auto-generated)
  - room_id: int (unique, foreign key to Room)
  - spare_room_id: Optional[int] (unique, foreign key to Room)
API_PATH: /locks
"""


def rows() -> dict[str, FreshRow]:
    """Return what rows of the specs need, by their path."""
    reading = read_entity_specs(f"<entity_specs>{SPECS}</entity_specs>")
    return {one.path: one for one in fresh_rows(reading.specs)}


def test_a_unique_value_is_one_that_neither_the_seeds_nor_a_row_has() -> None:
    room = rows()["/rooms"]
    first = room.values({})["code"]
    assert first not in room.choices["code"][:3]
    again = room.values({"/rooms": [{"id": 4, "code": first}]})["code"]
    assert again != first
    assert str(again).isdigit()


def test_a_foreign_key_names_the_row_that_the_fewest_name() -> None:
    stored = {"/rooms": [{"id": 1}, {"id": 2}], "/stays": [{"room_id": 1}, {"room_id": 1}, {"room_id": 2}]}
    assert rows()["/stays"].values(stored)["room_id"] == 2
    assert "room_id" not in rows()["/stays"].values({}), "none is known"


def test_periods_keep_out_of_the_way_of_what_is_stored() -> None:
    stay = rows()["/stays"]
    few, many = (stay.values({"/stays": [{}] * number}) for number in (3, 4))
    assert str(few["begins_on"]) <= str(few["ends_on"]) < str(many["begins_on"])


def test_a_row_that_belongs_to_one_alone_says_when_all_are_taken() -> None:
    lock, stored = rows()["/locks"], {"/rooms": [{"id": 7}], "/locks": [{"room_id": 7, "spare_room_id": 7}]}
    assert lock.lacks(stored) == ("room_id",)
    assert lock.values(stored)["spare_room_id"] is None
    assert lock.lacks({"/rooms": [{"id": 7}], "/locks": []}) == ()
