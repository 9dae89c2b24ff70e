"""Migrations: from any tables to any others and back, with rows inside, on each database that is there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
import sqlalchemy as sa

from bot.documents.entities.entity_specs import (
    Cardinality,
    EntityField,
    EntitySpecs,
    EnumSpec,
    OnDelete,
    Relation,
)
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import with_features
from bot.generation.matching import Side
from bot.generation.tables import Check, Column, ForeignKey, Index, Schema, Table, schema_of
from tests.generated_services.postgresql import HOW_TO_INSTALL, PostgreSQL, find_postgresql, started_postgresql
from tests.generation.migrating import Outcome, Rows, found, migrated, migration_text, side_of
from tests.generation.samples import entity, everything, key, library, refers_to, text, typed

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
ROWS: Rows = {
    "books": [
        {"id": 1, "title": "Dune", "isbn": "1" * 13, "price": Decimal("1.50"), "status": "lent"},
        {"id": 2, "title": "Emma", "isbn": "2" * 13, "price": Decimal("20.00"), "status": "available"},
    ],
    "members": [{"id": 1, "name": "Mara", "email": "mara@example.com"}],
    "loans": [{"id": 1, "member_id": 1, "book_id": 1, "lent_at": NOON, "due_at": NOON}],
}


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL | None]:
    """Give a PostgreSQL, where there is one."""
    programs = find_postgresql()
    if programs is None:
        yield None
        return
    with started_postgresql(programs) as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, server: PostgreSQL | None) -> Iterator[sa.Engine]:
    """Give an empty database."""
    if request.param == "sqlite":
        made = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
        yield made
        made.dispose()
        return
    if server is None:
        pytest.skip(HOW_TO_INSTALL)
    with server.database() as address:
        made = sa.create_engine(address.replace("asyncpg", "psycopg"), poolclass=sa.NullPool)
        yield made
        made.dispose()


def changed(specs: EntitySpecs, name: str, *fields: EntityField, without: tuple[str, ...] = ()) -> EntitySpecs:
    """Return specs in which an entity's fields of these names are others, new ones come last, and some are gone."""
    new = {field.name: field for field in fields}
    entities = []
    for item in specs.entities:
        if item.name != name:
            entities.append(item)
            continue
        former = {field.renamed_from: field.name for field in fields if field.renamed_from}
        kept = [
            new.pop(former.get(field.name, field.name), field) for field in item.fields if field.name not in without
        ]
        entities.append(item.model_copy(update={"fields": (*kept, *new.values())}))
    return specs.model_copy(update={"entities": tuple(entities)})


def number(name: str, **modifiers: object) -> EntityField:
    """Return a field of whole numbers."""
    return EntityField.model_validate({"name": name, "type": typed("int"), **modifiers})


def moved(
    engine: sa.Engine, old: EntitySpecs, new: EntitySpecs, rows: Rows = ROWS, later: Rows | None = None
) -> Outcome:
    """Migrate, and find every table as it should be after each way."""
    outcome = migrated(engine, side_of(old), side_of(new), rows, later)
    assert outcome.wrong == []
    return outcome


def column(outcome: Outcome, table: str, name: str) -> list[object]:
    """Return the values of a column after going up."""
    return [row[name] for row in outcome.up[table]]


def test_an_optional_field_comes_and_goes(engine: sa.Engine) -> None:
    outcome = moved(engine, library(), changed(library(), "Book", text("subtitle", optional=True, index=True)))

    assert column(outcome, "books", "subtitle") == [None, None]
    assert column(outcome, "books", "title") == ["Dune", "Emma"]
    assert [row["title"] for row in outcome.down["books"]] == ["Dune", "Emma"]
    assert len(outcome.down["loans"]) == 1, "children of a table that is made anew stay"


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


def test_the_way_back_stops_where_no_value_is_right(engine: sa.Engine) -> None:
    outcome = migrated(engine, side_of(library()), side_of(changed(library(), "Book", without=("isbn",))), ROWS)

    assert outcome.stopped.startswith("books.isbn is required, and no value is right for the rows that are there.")


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
    back = moved(engine_again(engine), new, library())

    assert column(outcome, "books", "shelf_id") == [None, None]
    assert outcome.up["rooms"] == []
    assert len(back.up["books"]) == 2


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
        engine_again(engine),
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
    assert float(str(outcome.down["members"][0]["x"])) == float(str(good)) if not isinstance(good, str) else True
    if bad is not None:
        outcome = migrated(engine_again(engine), side_of(old), side_of(new), {"members": [{**member, "x": bad}]})
        assert outcome.stopped.startswith("members.x: the value of a row")


def test_a_field_becomes_optional_and_required_again(engine: sa.Engine) -> None:
    due = EntityField(name="due_at", type=typed("datetime"), optional=True)
    new = changed(library(), "Loan", due)
    assert moved(engine, library(), new).stopped == ""
    later: Rows = {"loans": [{"id": 2, "member_id": 1, "book_id": 2, "lent_at": NOON}]}
    outcome = migrated(engine_again(engine), side_of(library()), side_of(new), ROWS, later)
    assert outcome.stopped.startswith("loans.due_at: the value of a row is missing, and it is required from now on.")


def test_gaps_get_the_default_of_a_field_that_becomes_required(engine: sa.Engine) -> None:
    old = changed(library(), "Member", number("age", optional=True))
    new = changed(library(), "Member", number("age", default="30"))
    rows = {"members": [{**ROWS["members"][0], "age": None}, {"id": 2, "name": "b", "email": "b@c.d", "age": 4}]}
    assert column(moved(engine, old, new, rows), "members", "age") == [30, 4]


def test_values_that_repeat_stop_a_field_from_becoming_unique(engine: sa.Engine) -> None:
    new = changed(library(), "Member", text("name", unique=True))
    assert moved(engine, library(), new).stopped == ""
    rows = {"members": [ROWS["members"][0], {"id": 2, "name": "Mara", "email": "b@c.d"}]}
    outcome = migrated(engine_again(engine), side_of(library()), side_of(new), rows)
    assert outcome.stopped.startswith("members: name must not repeat from now on, and two rows are alike.")


def test_delete_rules_and_targets_of_foreign_keys_change(engine: sa.Engine) -> None:
    new = changed(
        library(), "Loan", refers_to("Member", "member_id", on_delete=OnDelete.CASCADE), refers_to("Member", "book_id")
    )
    text_of_it = migration_text(found(library(), new))
    assert 'ondelete="CASCADE"' in text_of_it
    assert moved(engine, library(), new).stopped == ""
    rows = {**ROWS, "loans": [{**ROWS["loans"][0], "book_id": 2}]}
    outcome = migrated(engine_again(engine), side_of(library()), side_of(new), rows)
    assert outcome.stopped.startswith("loans.book_id: a row names none of members.")


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
            engine_again(engine), with_rules(library(), strict=not strict), with_rules(library(), strict=strict), ROWS
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


AUTHORS = entity("Author", "authors", key(), text("name"))


def one_author(*, optional: bool) -> EntitySpecs:
    """Return books that have one author each."""
    book = entity("Book", "books", key(), text("title"), refers_to("Author", "author_id", optional=optional))
    return EntitySpecs(entities=(AUTHORS, book))


def many_authors() -> Side:
    """Return books that have any number of authors."""
    specs = EntitySpecs(entities=(AUTHORS, entity("Book", "books", key(), text("title"))))
    ends = (("book_id", "books"), ("author_id", "authors"))
    joining = Table(
        name="book_authors",
        columns=tuple(Column(name=name, type="sa.Integer()") for name, _ in ends),
        primary_key=("book_id", "author_id"),
        indexes=(Index(name="ix_book_authors_author_id", columns=("author_id",)),),
        foreign_keys=tuple(
            ForeignKey(
                name=f"fk_book_authors_{name}_{table}",
                columns=(name,),
                target_table=table,
                target_columns=("id",),
                on_delete="CASCADE",
            )
            for name, table in ends
        ),
    )
    return Side(Schema(tables=(*schema_of(specs).tables, joining)), specs)


SHELF: Rows = {
    "authors": [{"id": 1, "name": "Frank"}, {"id": 2, "name": "Jane"}],
    "books": [{"id": 1, "title": "Dune", "author_id": 1}, {"id": 2, "title": "Emma", "author_id": 2}],
}


@pytest.mark.parametrize("optional", [True, False])
def test_pairs_move_into_a_joining_table_and_back(engine: sa.Engine, optional: bool) -> None:
    outcome = migrated(engine, side_of(one_author(optional=optional)), many_authors(), SHELF)

    assert (outcome.wrong, outcome.stopped) == ([], "")
    assert outcome.up["book_authors"] == [{"book_id": 1, "author_id": 1}, {"book_id": 2, "author_id": 2}]
    assert [row["author_id"] for row in outcome.down["books"]] == [1, 2]


def test_a_key_has_room_for_one(engine: sa.Engine) -> None:
    later: Rows = {"book_authors": [{"book_id": 1, "author_id": 2}]}
    outcome = migrated(engine, side_of(one_author(optional=True)), many_authors(), SHELF, later)
    assert outcome.stopped == (
        "books: a row goes with several of authors, and author_id has room for one. "
        "Leave one pair in book_authors, then run the migration again."
    )


def test_many_to_many_becomes_one_to_many_and_goes(engine: sa.Engine) -> None:
    rows: Rows = {
        "authors": SHELF["authors"],
        "books": [{"id": 1, "title": "Dune"}, {"id": 2, "title": "Emma"}],
        "book_authors": [{"book_id": 2, "author_id": 1}],
    }
    outcome = migrated(engine, many_authors(), side_of(one_author(optional=True)), rows)
    assert (outcome.wrong, outcome.stopped) == ([], "")
    assert column(outcome, "books", "author_id") == [None, 1]
    assert outcome.down["book_authors"] == [{"book_id": 2, "author_id": 1}]
    without = many_authors().specs
    gone = migrated(engine_again(engine), many_authors(), side_of(without), rows)
    assert (gone.wrong, gone.stopped, gone.down["book_authors"]) == ([], "", [])


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


SOFT, AUDIT = ("soft-delete",), ("audit",)


@pytest.mark.parametrize(
    ("before", "after"),
    [((), SOFT), (SOFT, ()), ((), AUDIT), (AUDIT, ()), (SOFT, AUDIT), ((), (*SOFT, *AUDIT)), ((*SOFT, *AUDIT), SOFT)],
)
def test_features_come_and_go_and_rows_stay(engine: sa.Engine, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    outcome = moved(engine, with_features(library(), before), with_features(library(), after))

    assert outcome.stopped == ""
    for held in (outcome.up, outcome.down):
        assert [row["title"] for row in held["books"]] == ["Dune", "Emma"]
        assert [(row["member_id"], row["book_id"]) for row in held["loans"]] == [(1, 1)]
    assert {row.get("deleted_at") for row in outcome.up["books"]} == {None}
    assert ("audit_entries" in outcome.up) is ("audit" in after)


@pytest.mark.parametrize("is_chosen", [True, False], ids=["chosen", "given up"])
def test_what_people_deleted_never_comes_back_by_itself(engine: sa.Engine, is_chosen: bool) -> None:
    soft = with_features(library(), SOFT)
    old, new = (library(), soft) if is_chosen else (soft, library())
    deleted = {**ROWS["members"][0], "id": 2, "email": "b@c.d", "deleted_at": NOON}
    rows, later = (ROWS, {"members": [deleted]}) if is_chosen else ({"members": [deleted]}, None)
    outcome = migrated(engine, side_of(old), side_of(new), rows, later)
    assert outcome.stopped == (
        "members.deleted_at: a row is deleted, and would be back without this column. "
        "Remove it for good or restore it first, then run the migration again."
    )


def test_what_was_unique_among_all_is_not_looked_at_again() -> None:
    made = found(library(), with_features(library(), SOFT))
    assert not any("require_none" in statement.text for statement in made.upgrade)
    assert any("must not repeat" in statement.text for statement in made.downgrade)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((), ("uuid-keys",), "it can only be chosen when a repository is new. Build again without it here"),
        (("uuid-keys",), (), "Build again with uuid-keys among its features."),
    ],
)
def test_uuid_keys_are_chosen_once(before: tuple[str, ...], after: tuple[str, ...], words: str) -> None:
    with pytest.raises(UnsupportedSpecsError, match=re.escape(words)):
        found(with_features(library(), before), with_features(library(), after))


def test_everything_comes_and_goes(engine: sa.Engine) -> None:
    empty = EntitySpecs(entities=(AUTHORS,))
    both = everything().model_copy(update={"entities": (AUTHORS, *everything().entities)})
    assert moved(engine, empty, both, {}).stopped == ""
    assert moved(engine_again(engine), both, empty, {}).stopped == ""


def test_nothing_to_do_is_nothing() -> None:
    made = found(library(), library())
    assert (made.upgrade, made.downgrade, made.notes) == ((), (), ())


def test_the_same_change_gives_the_same_text() -> None:
    new = changed(library(), "Book", number("pages"), without=("price",))
    assert migration_text(found(library(), new)) == migration_text(found(library(), new))


def engine_again(engine: sa.Engine) -> sa.Engine:
    """Return the database with nothing in it."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
            return engine
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        for table in sa.inspect(connection).get_table_names():
            connection.exec_driver_sql(f'DROP TABLE "{table}"')
    return engine


def test_pairs_stay_when_a_table_that_they_join_gets_another_name(engine: sa.Engine) -> None:
    old = many_to_many("books")
    new = many_to_many("volumes")
    pairs = next(table.name for table in schema_of(old).tables if not table.entity)
    later = next(table.name for table in schema_of(new).tables if not table.entity)
    ends = [key.columns[0] for key in (schema_of(old).table(pairs) or AUTHORS_TABLE).foreign_keys]
    rows: Rows = {
        "authors": SHELF["authors"],
        "books": [{"id": 7, "title": "Dune"}],
        pairs: [dict(zip(ends, (7, 2), strict=True))],
    }
    outcome = migrated(engine, side_of(old), side_of(new), rows)

    assert (outcome.wrong, outcome.stopped) == ([], "")
    assert later != pairs
    assert [tuple(row.values()) for row in outcome.up[later]] == [(7, 2)]
    assert [tuple(row.values()) for row in outcome.down[pairs]] == [(7, 2)]


AUTHORS_TABLE = schema_of(EntitySpecs(entities=(AUTHORS,))).tables[0]


def many_to_many(table: str) -> EntitySpecs:
    """Return books with any number of authors, in a table of this name."""
    authors = Relation(name="authors", target="Author", cardinality=Cardinality.MANY_TO_MANY)
    book = entity("Book", table, key(), text("title"), relations=(authors,))
    return EntitySpecs(entities=(AUTHORS, book))
