"""What rows must not hold when a table changes stops the migration with a sentence, and what they may goes on."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa

from bot.documents.entities.entity_specs import (
    EntityField,
    EntitySpecs,
    EnumSpec,
)
from bot.generation.matching import Side
from bot.generation.tables import Check, Index, Schema, schema_of
from tests.generation.migrating import (
    ROWS,
    changed,
    column,
    emptied,
    migrated,
    moved,
    number,
    side_of,
)
from tests.generation.samples import library, text, typed


def test_the_way_back_stops_where_no_value_is_right(engine: sa.Engine) -> None:
    outcome = migrated(engine, side_of(library()), side_of(changed(library(), "Book", without=("isbn",))), ROWS)

    assert outcome.stopped.startswith("books.isbn is required, and no value is right for the rows that are there.")


@pytest.mark.parametrize("name", ["new", "old"])
def test_a_value_of_an_enum_that_rows_hold_stops_the_migration(engine: sa.Engine, name: str) -> None:
    more = library().model_copy(update={"enums": (EnumSpec(name="BookStatus", values=("available", "lent", "lost")),)})
    old, new = (library(), more) if name == "new" else (more, library())
    stored = dict(ROWS) if name == "new" else {"books": [{**ROWS["books"][0], "status": "lost"}]}
    changes = ["UPDATE books SET status = 'lost' WHERE id = 1"] if name == "new" else []
    outcome = migrated(engine, side_of(old), side_of(new), stored, changes=changes)

    assert outcome.stopped == (
        "books.status: the value of a row is none of BookStatus. Change it first, then run the migration again."
    )


def test_a_value_of_an_enum_goes_where_no_row_holds_it(engine: sa.Engine) -> None:
    fewer = library().model_copy(update={"enums": (EnumSpec(name="BookStatus", values=("available", "lent", "lost")),)})
    assert moved(engine, fewer, library()).stopped == ""


def test_lists_of_an_enum_are_searched_too(engine: sa.Engine) -> None:
    marks = EntityField(name="marks", type=typed("Mark", of_list=True))
    base = changed(library(), "Member", marks)
    old = base.model_copy(update={"enums": (*base.enums, EnumSpec(name="Mark", values=("good", "so_so %", "bad")))})
    new = base.model_copy(update={"enums": (*base.enums, EnumSpec(name="Mark", values=("good",)))})
    member = dict(ROWS["members"][0])
    kept = migrated(engine, side_of(old), side_of(new), {"members": [{**member, "marks": ["good"]}]})
    assert (kept.stopped, kept.wrong) == ("", [])
    stopped = migrated(
        emptied(engine),
        side_of(old),
        side_of(new),
        {"members": [{**member, "marks": ["good", "so_so %"]}]},
    )
    assert stopped.stopped.startswith("members.marks: the value of a row holds what Mark loses.")


@pytest.mark.parametrize(
    ("before", "after", "good", "bad"),
    [
        (text("x", "200"), text("x", "5"), "short", "longer"),
        (text("x", "200"), EntityField(name="x", type=typed("EmailStr")), "a@b.de", None),
        (text("x", "200"), EntityField(name="x", type=typed("BookStatus")), "lent", "gone"),
        (text("x", "20"), number("x"), "-42", "042"),
        (number("x"), text("x", "20"), 42, None),
        (number("x"), text("x", "2"), 42, 123),
        (number("x"), EntityField(name="x", type=typed("float")), 42, None),
        (EntityField(name="x", type=typed("float")), number("x"), 42.0, 42.5),
        (number("x"), EntityField(name="x", type=typed("Decimal"), digits=4, places=2), 42, 100),
        (
            EntityField(name="x", type=typed("Decimal"), digits=8, places=3),
            EntityField(name="x", type=typed("Decimal"), digits=8, places=1),
            Decimal("4.500"),
            Decimal("4.550"),
        ),
        (
            EntityField(name="x", type=typed("float")),
            EntityField(name="x", type=typed("Decimal"), digits=8, places=2),
            4.25,
            4.255,
        ),
    ],
)
def test_a_type_changes_where_every_value_can_go_on(
    engine: sa.Engine, before: EntityField, after: EntityField, good: object, bad: object
) -> None:
    old, new = changed(library(), "Member", before), changed(library(), "Member", after)
    member = dict(ROWS["members"][0])
    outcome = moved(engine, old, new, {"members": [{**member, "x": good}]})
    assert outcome.stopped == ""
    (up,), (down,) = column(outcome, "members", "x"), [row["x"] for row in outcome.down["members"]]
    assert [same_value(value, good) for value in (up, down)] == [True, True]
    if bad is not None:
        outcome = migrated(emptied(engine), side_of(old), side_of(new), {"members": [{**member, "x": bad}]})
        assert outcome.stopped.startswith("members.x: the value of a row")


def same_value(found: object, given: object) -> bool:
    """Tell whether a value is the one that was there, whatever its type is now: 42, 42.0 and "42" are one."""
    try:
        return float(str(found)) == float(str(given))
    except ValueError:
        return found == given


def test_values_that_repeat_stop_a_field_from_becoming_unique(engine: sa.Engine) -> None:
    new = changed(library(), "Member", text("name", unique=True))
    assert moved(engine, library(), new).stopped == ""
    rows = {"members": [ROWS["members"][0], {"id": 2, "name": "Mara", "email": "b@c.d"}]}
    outcome = migrated(emptied(engine), side_of(library()), side_of(new), rows)
    assert outcome.stopped.startswith("members: name must not repeat from now on, and two rows are alike.")


def with_rules(specs: EntitySpecs, *, strict: bool) -> Side:
    """Return a library whose books have a CHECK and a unique index on some rows, or not."""
    if not strict:
        return side_of(specs)
    tables = [
        table.model_copy(
            update={
                "checks": (Check(name="ck_books_price", condition="price >= 1 AND title <> '%s :x'"),),
                "indexes": (
                    *table.indexes,
                    Index(name="uq_books_lent", columns=("title",), unique=True, where="status = 'lent'"),
                ),
            }
        )
        if table.name == "books"
        else table
        for table in schema_of(specs).tables
    ]
    return Side(Schema(tables=tuple(tables)), specs)


def test_checks_and_partial_indexes_come_and_go(engine: sa.Engine) -> None:
    for strict in (True, False):
        outcome = migrated(
            emptied(engine), with_rules(library(), strict=not strict), with_rules(library(), strict=strict), ROWS
        )
        assert (outcome.wrong, outcome.stopped) == ([], "")


@pytest.mark.parametrize(
    ("book", "sentence"),
    [
        ({"price": Decimal("0.50")}, "books: a row breaks ck_books_price."),
        ({"title": "Emma", "status": "lent"}, "books: title must not repeat from now on, and two rows are alike."),
    ],
)
def test_rows_that_break_a_new_rule_stop_the_migration(
    engine: sa.Engine, book: dict[str, object], sentence: str
) -> None:
    first, second = ROWS["books"]
    rows = {"books": [{**first, **book}, {**second, "status": "lent"}]}
    outcome = migrated(engine, side_of(library()), with_rules(library(), strict=True), rows)
    assert outcome.stopped.startswith(sentence)


def test_checks_stay_where_a_table_is_made_anew_for_something_else(engine: sa.Engine) -> None:
    old = with_rules(library(), strict=True)
    new = with_rules(changed(library(), "Book", number("pages", optional=True), without=("status",)), strict=True)
    kept = Schema(
        tables=tuple(
            table.model_copy(update={"indexes": ()}) if table.name == "books" else table for table in new.schema.tables
        )
    )
    outcome = migrated(engine, old, Side(kept, new.specs), ROWS)
    assert (outcome.wrong, outcome.stopped) == ([], "")
