"""Migrations: from any tables to any others and back, with rows inside, on each database that is there."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.documents.entities.entity_specs import (
    EntityField,
    EntitySpecs,
    OnDelete,
)
from bot.generation.errors import UnsupportedSpecsError
from tests.generation.migrating import (
    AUTHORS,
    ROWS,
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
from tests.generation.samples import entity, everything, key, library, refers_to, text, typed


def test_an_optional_field_comes_and_goes(engine: sa.Engine) -> None:
    outcome = moved(engine, library(), changed(library(), "Book", text("subtitle", optional=True, index=True)))

    assert column(outcome, "books", "subtitle") == [None, None]
    assert column(outcome, "books", "title") == ["Dune", "Emma"]
    assert [row["title"] for row in outcome.down["books"]] == ["Dune", "Emma"]
    assert len(outcome.down["loans"]) == 1, "children of a table that is made anew stay"


def test_a_renamed_field_keeps_its_values_with_its_index_and_its_constraint(engine: sa.Engine) -> None:
    new = changed(
        library(),
        "Book",
        text("name", minimum="1", renamed_from="title"),
        text("number", "13", minimum="13", unique=True, renamed_from="isbn"),
        EntityField(name="state", type=typed("BookStatus"), index=True, renamed_from="status"),
    )
    outcome = moved(engine, library(), new)

    assert column(outcome, "books", "name") == ["Dune", "Emma"]
    assert column(outcome, "books", "number") == ["1" * 13, "2" * 13]
    assert column(outcome, "books", "state") == ["lent", "available"]
    assert [row["isbn"] for row in outcome.down["books"]] == ["1" * 13, "2" * 13]


def test_a_hint_that_was_followed_is_not_followed_again() -> None:
    new = changed(library(), "Book", text("name", minimum="1", renamed_from="title"))
    later = changed(new, "Book", text("title", optional=True))

    assert "add_column" in migration_text(found(new, later))
    assert "new_column_name" not in migration_text(found(new, later))


def test_a_renamed_key_is_renamed_for_those_who_name_it(engine: sa.Engine) -> None:
    new = changed(library(), "Book", number("number", primary_key=True, auto_generated=True, renamed_from="id"))
    outcome = moved(engine, library(), new)

    assert column(outcome, "books", "number") == [1, 2]
    assert column(outcome, "loans", "book_id") == [1]


def test_a_table_gets_another_name_with_all_that_names_it(engine: sa.Engine) -> None:
    books = next(item for item in library().entities if item.name == "Book")
    renamed = books.model_copy(update={"table": "volumes"})
    new = library().model_copy(
        update={
            "entities": tuple(renamed if item is books or item.name == "Book" else item for item in library().entities)
        }
    )
    outcome = moved(engine, library(), new)

    assert column(outcome, "volumes", "title") == ["Dune", "Emma"]
    assert column(outcome, "loans", "book_id") == [1]


def test_entities_come_and_go_with_foreign_keys_between_them(engine: sa.Engine) -> None:
    room = entity("Room", "rooms", key(), text("name"), refers_to("Shelf", "best_id", optional=True))
    shelf = entity("Shelf", "shelves", key(), refers_to("Room", "room_id"), refers_to("Book", "book_id", optional=True))
    new = library().model_copy(update={"entities": (*library().entities, room, shelf)})
    new = changed(new, "Book", refers_to("Shelf", "shelf_id", optional=True, on_delete=OnDelete.SET_NULL))
    outcome = moved(engine, library(), new)
    back = moved(emptied(engine), new, library())

    assert column(outcome, "books", "shelf_id") == [None, None]
    assert outcome.up["rooms"] == []
    assert len(back.up["books"]) == 2


def test_delete_rules_of_foreign_keys_change(engine: sa.Engine) -> None:
    new = changed(library(), "Loan", refers_to("Member", "member_id", on_delete=OnDelete.CASCADE))

    assert 'ondelete="CASCADE"' in migration_text(found(library(), new))
    assert moved(engine, library(), new).stopped == ""


@pytest.mark.parametrize("optional", [False, True])
def test_a_key_that_names_other_rows_from_now_on_keeps_no_number(engine: sa.Engine, optional: bool) -> None:
    old = changed(library(), "Loan", refers_to("Book", "book_id", optional=optional))
    new = changed(library(), "Loan", refers_to("Member", "book_id", optional=optional))
    loan = ROWS["loans"][0]
    outcome = migrated(engine, side_of(old), side_of(new), ROWS)
    assert outcome.stopped == (
        "loans.book_id: a row names one of books, and from now on that would be a row of members which happens to have "
        f"the same key. {'Empty it' if optional else 'Remove these rows'} first, then run the migration again."
    )
    assert found(old, new).losses == (
        (
            "loans.book_id named rows of books and names rows of members from now on: the migration stops while a row "
            "has a value there. To keep the values, keep the field and add another for members."
        ),
    )
    empty = {**ROWS, "loans": [{**loan, "book_id": None}]} if optional else {"books": ROWS["books"]}
    assert moved(emptied(engine), old, new, empty).stopped == ""


def test_a_number_becomes_a_key_where_it_names_a_row(engine: sa.Engine) -> None:
    old, new = changed(library(), "Loan", number("third")), changed(library(), "Loan", refers_to("Member", "third"))
    for third, stopped in ((1, ""), (2, "loans.third: a row names none of members.")):
        rows = {**ROWS, "loans": [{**ROWS["loans"][0], "third": third}]}
        outcome = migrated(emptied(engine), side_of(old), side_of(new), rows)
        assert outcome.stopped.startswith(stopped) if stopped else outcome.stopped == ""


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (changed(library(), "Book", refers_to("Member", "owner_id")), "Make it optional first"),
        (changed(library(), "Book", text("code", unique=True)), "Make it optional first"),
        (changed(library(), "Book", EntityField(name="title", type=typed("date"))), "from str to date"),
        (changed(library(), "Member", key("UUID")), "key"),
    ],
)
def test_what_no_row_could_get_is_refused_with_what_to_do(new: EntitySpecs, words: str) -> None:
    with pytest.raises(UnsupportedSpecsError, match=words):
        found(library(), new)


def test_everything_comes_and_goes(engine: sa.Engine) -> None:
    empty = EntitySpecs(entities=(AUTHORS,))
    both = everything().model_copy(update={"entities": (AUTHORS, *everything().entities)})
    assert moved(engine, empty, both, {}).stopped == ""
    assert moved(emptied(engine), both, empty, {}).stopped == ""


def test_nothing_to_do_is_nothing() -> None:
    made = found(library(), library())
    assert (made.upgrade, made.downgrade, made.notes) == ((), (), ())


def test_the_same_change_gives_the_same_text() -> None:
    new = changed(library(), "Book", number("pages"), without=("price",))
    assert migration_text(found(library(), new)) == migration_text(found(library(), new))
