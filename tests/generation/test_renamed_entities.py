"""An entity that says what it was called before keeps its rows, and all that names them, up and down."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from bot.documents.entities.entity_specs import Cardinality, Entity, EntitySpecs, Relation
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import with_features
from bot.generation.tables import schema_of
from tests.generation.migrating import (
    Rows,
    begun,
    emptied,
    found,
    functions,
    insert,
    migrated,
    migration_text,
    moved,
    run,
    side_of,
)
from tests.generation.samples import entity, key, refers_to, text


def many(name: str, target: str) -> Relation:
    """Return a many-to-many relation."""
    return Relation(name=name, target=target, cardinality=Cardinality.MANY_TO_MANY)


def shelves(*, box_key: str = "shelf_id") -> EntitySpecs:
    """Return books on shelves, boxes in them, and shelves above each other."""
    return EntitySpecs(
        entities=(
            entity("Book", "books", key(), text("title"), relations=(many("shelves", "Shelf"),)),
            entity(
                "Shelf",
                "shelves",
                key(),
                text("label", unique=True),
                text("room", index=True),
                refers_to("Shelf", "upper_shelf_id", optional=True),
                relations=(many("books", "Book"),),
            ),
            entity("Box", "boxes", key(), text("name"), refers_to("Shelf", box_key)),
        )
    )


def racks(*, mark: str | None = "Shelf", box_key: str = "rack_id") -> EntitySpecs:
    """Return the same with racks in place of shelves."""
    specs = EntitySpecs(
        entities=(
            entity("Book", "books", key(), text("title"), relations=(many("racks", "Rack"),)),
            entity(
                "Rack",
                "racks",
                key(),
                text("label", unique=True),
                text("room", index=True),
                refers_to("Rack", "upper_rack_id", optional=True),
                relations=(many("books", "Book"),),
            ),
            entity("Box", "boxes", key(), text("name"), refers_to("Rack", box_key)),
        )
    )
    return marked(specs, "Rack", mark)


def marked(specs: EntitySpecs, name: str, mark: str | None) -> EntitySpecs:
    """Return specs in which an entity has a former name."""
    entities = (one.model_copy(update={"renamed_from": mark}) if one.name == name else one for one in specs.entities)
    return specs.model_copy(update={"entities": tuple(entities)})


ROWS: Rows = {
    "books": [{"id": 1, "title": "Dune"}, {"id": 2, "title": "Emma"}],
    "shelves": [
        {"id": 5, "label": "A", "room": "hall", "upper_shelf_id": None},
        {"id": 7, "label": "B", "room": "hall", "upper_shelf_id": 5},
    ],
    "boxes": [{"id": 3, "name": "maps", "shelf_id": 7}],
    "books_shelves": [{"book_id": 1, "shelf_id": 5}, {"book_id": 1, "shelf_id": 7}, {"book_id": 2, "shelf_id": 7}],
}
RACKS = [
    {"id": 5, "label": "A", "room": "hall", "upper_rack_id": None},
    {"id": 7, "label": "B", "room": "hall", "upper_rack_id": 5},
]


def test_every_row_key_and_pair_goes_on_and_comes_back(engine: sa.Engine) -> None:
    outcome = moved(engine, shelves(), racks(), ROWS)

    assert outcome.stopped == ""
    assert outcome.up["racks"] == RACKS
    assert outcome.up["boxes"] == [{"id": 3, "name": "maps", "rack_id": 7}]
    assert sorted(tuple(pair.values()) for pair in outcome.up["books_racks"]) == [(1, 5), (1, 7), (2, 7)]
    assert outcome.down == {table: list(rows) for table, rows in ROWS.items()}
    assert found(shelves(), racks()).notes == ()


def test_nothing_has_the_old_name_any_more(engine: sa.Engine) -> None:
    old, new = schema_of(shelves()), schema_of(racks())
    upgrade = functions(migration_text(found(shelves(), racks())))["upgrade"]
    with engine.connect() as connection:
        with connection.begin():
            begun(connection, old)
            insert(connection, old, ROWS)
        run(connection, upgrade)
        inspector = sa.inspect(connection)
        names = {index["name"] for table in new.tables for index in inspector.get_indexes(table.name)}
        names |= {check["name"] for table in new.tables for check in inspector.get_unique_constraints(table.name)}
        names |= {link["name"] for table in new.tables for link in inspector.get_foreign_keys(table.name)}
        if engine.dialect.name == "postgresql":
            names |= {inspector.get_pk_constraint(table.name)["name"] for table in new.tables}
            assert {"pk_racks", "pk_books_racks"} <= names
    assert names
    assert not [name for name in names if name and ("shelf" in name or "shelves" in name)]


def test_a_key_keeps_its_name_where_it_is_called_so_still(engine: sa.Engine) -> None:
    rows = {**ROWS, "boxes": [{"id": 3, "name": "maps", "place_id": 7}]}
    outcome = moved(engine, shelves(box_key="place_id"), racks(box_key="place_id"), rows)
    assert outcome.up["boxes"] == outcome.down["boxes"] == rows["boxes"]


def test_a_followed_mark_is_not_followed_again_and_the_old_name_is_free(engine: sa.Engine) -> None:
    shelf = entity("Shelf", "shelves", key(), text("colour"))
    later = racks().model_copy(update={"entities": (*racks().entities, shelf)})

    assert found(racks(), racks()).upgrade == ()
    assert "rename_table" not in migration_text(found(racks(), later))
    both = [migration_text(found(shelves(), racks())), migration_text(found(racks(), later))]
    with engine.connect() as connection:
        with connection.begin():
            begun(connection, schema_of(shelves()))
        for migration in both:
            run(connection, functions(migration)["upgrade"])
        assert {"racks", "shelves"} <= set(sa.inspect(connection).get_table_names())


def test_pairs_go_on_where_the_other_entity_stands_first_now(engine: sa.Engine) -> None:
    book, rack, box = racks().entities
    turned = racks().model_copy(update={"entities": (rack, book, box)})
    outcome = moved(engine, shelves(), turned, ROWS)

    assert [list(pair) for pair in outcome.up["racks_books"]] == [["rack_id", "book_id"]] * 3
    assert sorted(tuple(pair.values()) for pair in outcome.up["racks_books"]) == [(5, 1), (7, 1), (7, 2)]
    assert sorted(tuple(pair.values()) for pair in outcome.down["books_shelves"]) == [(1, 5), (1, 7), (2, 7)]
    assert found(shelves(), turned).losses == ()


def people(name: str, table: str, mark: str | None) -> EntitySpecs:
    """Return two many-to-many relations between the same entities, which go by their names."""
    ways = (many("authors", "Person"), many("editors", "Person"))
    first = entity(name, table, key(), text("title"), relations=ways)
    return marked(EntitySpecs(entities=(first, entity("Person", "people", key(), text("name")))), name, mark)


def test_of_several_relations_each_keeps_its_own_pairs(engine: sa.Engine) -> None:
    rows: Rows = {
        "books": [{"id": 1, "title": "Dune"}],
        "people": [{"id": 1, "name": "Ann"}, {"id": 2, "name": "Bob"}],
        "books_authors": [{"book_id": 1, "person_id": 1}],
        "books_editors": [{"book_id": 1, "person_id": 2}],
    }
    outcome = moved(engine, people("Book", "books", None), people("Volume", "volumes", "Book"), rows)

    assert outcome.up["volumes_authors"] == [{"volume_id": 1, "person_id": 1}]
    assert outcome.up["volumes_editors"] == [{"volume_id": 1, "person_id": 2}]
    assert outcome.down["books_editors"] == rows["books_editors"]


def test_the_trail_speaks_of_rows_by_the_new_name(engine: sa.Engine) -> None:
    old, new = (with_features(specs, ("audit", "soft-delete")) for specs in (shelves(), racks()))
    entry = {"key": "5", "action": "created", "changes": {}, "actor": "Ann", "request_id": "1"}
    names = ("Book", "Shelf")
    entries = [{**entry, "id": sa.Uuid().python_type(int=number), "entity": name} for number, name in enumerate(names)]
    outcome = moved(engine, old, new, {**ROWS, "audit_entries": entries})

    assert [row["entity"] for row in outcome.up["audit_entries"]] == ["Book", "Rack"]
    assert [row["entity"] for row in outcome.down["audit_entries"]] == ["Book", "Shelf"]
    assert [(row["id"], row["deleted_at"]) for row in outcome.up["racks"]] == [(5, None), (7, None)]


def test_without_the_mark_it_is_said_that_there_is_one() -> None:
    old, new = without_keys(shelves()), without_keys(racks(mark=None))

    assert found(old, new).losses[0] == (
        "shelves is dropped with all its rows, and so is each pair in books_shelves. To keep them, keep the entity "
        "Shelf, or if Rack is what it is called now, write `ENTITY: Rack (renamed from Shelf)`."
    )
    with pytest.raises(UnsupportedSpecsError, match=re.escape("write `ENTITY: Rack (renamed from Shelf)` and keep")):
        found(shelves(), racks(mark=None))


def without_keys(specs: EntitySpecs) -> EntitySpecs:
    """Return specs without the boxes, whose key is required."""
    return specs.model_copy(update={"entities": specs.entities[:2]})


def test_what_looks_otherwise_is_not_said_to_be_the_same() -> None:
    lamp = entity("Lamp", "lamps", key(), text("colour"), text("room"))
    old, new = without_keys(shelves()), EntitySpecs(entities=(entity("Book", "books", key(), text("title")), lamp))
    assert not [sentence for sentence in found(old, new).losses if "renamed from" in sentence]


@pytest.mark.parametrize("mark", ["Book", "Chair"])
def test_a_mark_that_leads_nowhere_moves_nothing(mark: str) -> None:
    old, new = without_keys(shelves()), without_keys(racks(mark=mark))
    assert "rename_table" not in migration_text(found(old, new))


def test_two_entities_may_change_names_at_once(engine: sa.Engine) -> None:
    new = marked(with_name(racks(), "Book", "Tome", "tomes"), "Tome", "Book")
    outcome = migrated(emptied(engine), side_of(shelves()), side_of(new), ROWS)

    assert (outcome.wrong, outcome.stopped) == ([], "")
    assert [row["title"] for row in outcome.up["tomes"]] == ["Dune", "Emma"]
    assert sorted(tuple(pair.values()) for pair in outcome.up["tomes_racks"]) == [(1, 5), (1, 7), (2, 7)]


def with_name(specs: EntitySpecs, former: str, name: str, table: str) -> EntitySpecs:
    """Return specs in which an entity has another name and another table."""

    def renamed(one: Entity) -> Entity:
        relations = tuple(
            way.model_copy(update={"target": name}) if way.target == former else way for way in one.relations
        )
        names = {"name": name, "table": table} if one.name == former else {}
        return one.model_copy(update={"relations": relations, **names})

    return specs.model_copy(update={"entities": tuple(renamed(one) for one in specs.entities)})
