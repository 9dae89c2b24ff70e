"""Many-to-many relations: which belong together, and how their tables and fields are called."""

from __future__ import annotations

import pytest

from bot.documents.entities.entity_specs import Cardinality, Entity, EntitySpecs, Relation
from bot.generation.associations import associations, ends_of, keys_name
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.tables import schema_of
from tests.generation.samples import build_inputs, entity, key, text


def linked(name: str, table: str, **relations: str) -> Entity:
    """Return an entity with many-to-many relations, each to the entity that it names."""
    ways = tuple(
        Relation(name=way, target=target, cardinality=Cardinality.MANY_TO_MANY) for way, target in relations.items()
    )
    return entity(name, table, key(), text("title"), relations=ways)


def test_two_ends_share_one_table() -> None:
    book, tag = linked("Book", "books", tags="Tag"), linked("Tag", "tags", books="Book")
    (found,) = associations(EntitySpecs(entities=(book, tag)))
    assert (found.table, found.owner_column, found.target_column) == ("books_tags", "book_id", "tag_id")
    assert found.back is not None
    assert found.back.name == "books"
    (there,), (back,) = ends_of(book, (found,)), ends_of(tag, (found,))
    assert (there.is_owner, there.target.name, back.is_owner, back.target.name) == (True, "Tag", False, "Book")


def test_an_entity_may_be_linked_to_itself() -> None:
    book = linked("Book", "books", related="Book")
    (found,) = associations(EntitySpecs(entities=(book,)))
    assert (found.table, found.owner_column, found.target_column) == ("books_related", "book_id", "related_id")
    same = linked("Book", "books", books="Book")
    (other,) = associations(EntitySpecs(entities=(same,)))
    assert other.target_column == "other_book_id"


def test_several_relations_from_one_side_each_have_a_table() -> None:
    person = linked("Person", "people")
    book = linked("Book", "books", authors="Person", editors="Person")
    found = associations(EntitySpecs(entities=(book, person)))
    assert [each.table for each in found] == ["books_authors", "books_editors"]
    assert [keys_name(each.relation, each.target) for each in found] == ["author_ids", "editor_ids"]


def test_ends_that_cannot_be_told_apart_are_refused() -> None:
    person = linked("Person", "people", written="Book", edited="Book")
    book = linked("Book", "books", authors="Person", editors="Person")
    with pytest.raises(UnsupportedSpecsError, match="it can't be told which belong together"):
        associations(EntitySpecs(entities=(book, person)))


@pytest.mark.parametrize(
    ("relation", "name"),
    [("tags", "tag_ids"), ("categories", "category_ids"), ("boxes", "box_ids"), ("staff", "staff_ids")],
)
def test_the_list_of_keys_is_named_after_the_relation(relation: str, name: str) -> None:
    target = entity("Thing", "things", key(), text("title"))
    way = Relation(name=relation, target="Thing", cardinality=Cardinality.MANY_TO_MANY)
    assert keys_name(way, target) == name


def test_pairs_go_with_either_row() -> None:
    specs = EntitySpecs(entities=(linked("Book", "books", tags="Tag"), linked("Tag", "tags")))
    table = schema_of(specs).table("books_tags")
    assert table is not None
    assert table.primary_key == ("book_id", "tag_id")
    assert [each.on_delete for each in table.foreign_keys] == ["CASCADE", "CASCADE"]
    assert [index.columns for index in table.indexes] == [("tag_id",)]


def test_a_table_of_pairs_never_takes_the_name_of_another() -> None:
    taken = entity("Label", "books_tags", key(), text("title"))
    specs = EntitySpecs(entities=(linked("Book", "books", tags="Tag"), linked("Tag", "tags"), taken))
    with pytest.raises(UnsupportedSpecsError, match="table books_tags is used twice"):
        build_inputs(specs)
