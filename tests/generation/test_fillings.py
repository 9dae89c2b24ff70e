"""What rows get that are there before a required field is: its default, or the value that says least."""

from __future__ import annotations

import sqlalchemy as sa

from bot.documents.entities.entity_specs import (
    EntityField,
)
from tests.generation.migrating import (
    NOON,
    ROWS,
    Rows,
    changed,
    column,
    emptied,
    found,
    migrated,
    migration_text,
    moved,
    number,
    side_of,
)
from tests.generation.samples import library, text, typed

NEUTRAL = {
    "int": 0, "float": 0.0, "bool": False, "date": "1970-01-01", "datetime": "1970-01-01T00:00:00", "time": "00:00:00",
    "UUID": "00000000-0000-4000-8000-000000000000", "JSON": {}, "EmailStr": "person1@example.com",
    "HttpUrl": "https://example.com/1", "Decimal": "0.00", "BookStatus": "available", "str": "",
}  # fmt: skip


def test_new_required_fields_without_a_default_get_neutral_values_and_that_is_said(engine: sa.Engine) -> None:
    fields = [EntityField(name=f"new_{name.lower()}", type=typed(name)) for name in NEUTRAL]
    new = changed(library(), "Member", *fields)
    member = moved(engine, library(), new).up["members"][0]

    assert {name: member[f"new_{name.lower()}"] for name in NEUTRAL} == NEUTRAL
    said = "rows that are there get a neutral value, since it has no default."
    assert f"# `new_int` is new and required: {said}" in migration_text(found(library(), new))
    assert f"members.new_int is new and required: {said}" in found(library(), new).notes


DEFAULTS = {
    "int": ("7", 7), "float": ("1.5", 1.5), "bool": ("true", True), "date": ("2026-01-02", "2026-01-02"),
    "datetime": ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05"), "time": ("12:30:00", "12:30:00"),
    "UUID": ("00000000-0000-4000-8000-000000000009", "00000000-0000-4000-8000-000000000009"),
    "JSON": ('{"a": [1]}', {"a": [1]}), "EmailStr": ("x@example.com", "x@example.com"), "Decimal": ("2.50", "2.50"),
    "BookStatus": ("lent", "lent"), "str": ('it\'s "x" %s :y', 'it\'s "x" %s :y'),
}  # fmt: skip


def test_new_required_fields_with_a_default_get_it(engine: sa.Engine) -> None:
    fields = [
        EntityField(name=f"new_{name.lower()}", type=typed(name), default=default)
        for name, (default, _) in DEFAULTS.items()
    ]
    member = moved(engine, library(), changed(library(), "Member", *fields)).up["members"][0]

    assert {name: member[f"new_{name.lower()}"] for name in DEFAULTS} == {
        name: value for name, (_, value) in DEFAULTS.items()
    }


def test_lists_and_limits_are_filled_validly(engine: sa.Engine) -> None:
    new = changed(
        library(),
        "Member",
        EntityField(name="tags", type=typed("str", of_list=True)),
        EntityField(name="days", type=typed("date", of_list=True), minimum="1"),
        EntityField(name="sizes", type=typed("int", of_list=True), default="[1, 2]"),
        number("age", minimum="18"),
        text("code", "4", minimum="4"),
        EntityField(name="born", type=typed("date"), default="today"),
    )
    outcome = moved(engine, library(), new)

    assert column(outcome, "members", "tags") == [[]]
    assert column(outcome, "members", "days") == [["2026-01-01", "2026-01-02"]]
    assert column(outcome, "members", "sizes") == [[1, 2]]
    assert column(outcome, "members", "age") == [18]
    assert len(str(column(outcome, "members", "code")[0])) == 4
    assert column(outcome, "members", "born") != [None]


def test_times_of_change_that_come_later_are_filled_by_the_database(engine: sa.Engine) -> None:
    new = changed(
        library(),
        "Loan",
        EntityField(name="created_at", type=typed("datetime"), auto_generated=True),
        EntityField(name="updated_at", type=typed("datetime"), auto_generated=True),
    )
    assert None not in column(moved(engine, library(), new), "loans", "created_at")


def test_a_field_that_goes_takes_its_values_and_comes_back_with_neutral_ones(engine: sa.Engine) -> None:
    outcome = moved(engine, library(), changed(library(), "Book", without=("price", "status")))

    assert "price" not in outcome.up["books"][0]
    assert [row["price"] for row in outcome.down["books"]] == ["0.00", "0.00"]
    assert [row["status"] for row in outcome.down["books"]] == ["available", "available"]


def test_a_field_becomes_optional_and_required_again(engine: sa.Engine) -> None:
    due = EntityField(name="due_at", type=typed("datetime"), optional=True)
    new = changed(library(), "Loan", due)
    assert moved(engine, library(), new).stopped == ""
    later: Rows = {"loans": [{"id": 2, "member_id": 1, "book_id": 2, "lent_at": NOON}]}
    outcome = migrated(emptied(engine), side_of(library()), side_of(new), ROWS, later)
    assert outcome.stopped.startswith("loans.due_at: the value of a row is missing, and it is required from now on.")


def test_gaps_get_the_default_of_a_field_that_becomes_required(engine: sa.Engine) -> None:
    old = changed(library(), "Member", number("age", optional=True))
    new = changed(library(), "Member", number("age", default="30"))
    rows = {"members": [{**ROWS["members"][0], "age": None}, {"id": 2, "name": "b", "email": "b@c.d", "age": 4}]}
    assert column(moved(engine, old, new, rows), "members", "age") == [30, 4]
