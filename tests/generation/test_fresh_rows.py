"""What one more row needs: values that nobody has yet, and the keys of rows that few others name."""

from __future__ import annotations

from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.generation.feature_specs import with_features
from bot.generation.fresh_rows import FreshRow, fresh_rows
from bot.generation.view import specs_view

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


def test_there_is_an_account_to_log_in_with_for_each_role_that_rules_name() -> None:
    text = SPECS.replace("API_PATH: /rooms\n", "API_PATH: /rooms\nRULES:\n  - delete only by role PORTER\n", 1)
    roles = "ENUM: UserRole\nVALUES: ADMIN, GUEST, COOK, PORTER\n"
    specs = with_features(read_entity_specs(f"<entity_specs>{text}\n{roles}</entity_specs>").specs, ["auth"])
    account = next(view for view in specs_view(specs).writable if view.account)
    seeds = {item.field.name: item.seed.text for item in account.plain}
    assert seeds["role"] == "('ADMIN', 'PORTER', 'GUEST',)[number % 3]"
    (users,) = [one for one in fresh_rows(specs) if one.is_account]
    assert users.logins[1] == ("person2@example.com", "password 2xx")
    assert len(users.logins) == 3
