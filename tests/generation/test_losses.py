"""What a migration takes away is said, with how to keep it, at the build and in the migration itself."""

from __future__ import annotations

import pytest

from bot.documents.entities.entity_specs import Cardinality, EntitySpecs, Relation
from bot.generation.feature_specs import with_features
from tests.generation.migrating import AUTHORS, changed, found, migration_text, number
from tests.generation.samples import entity, key, library, refers_to, text

TAGS = Relation(name="tags", target="Tag", cardinality=Cardinality.MANY_TO_MANY)


def tagged(*names: str, pairs: bool = True) -> EntitySpecs:
    """Return entities of these names, of which books have tags."""
    made = {
        "Book": entity("Book", "books", key(), text("title"), relations=(TAGS,) if pairs else ()),
        "Tag": entity("Tag", "tags", key(), text("label")),
        "Author": AUTHORS,
    }
    return EntitySpecs(entities=tuple(made[name] for name in names))


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        (
            tagged("Author", "Tag", "Book"),
            tagged("Author", "Book", pairs=False),
            (
                (
                    "tags is dropped with all its rows, and so is each pair in books_tags. "
                    "To keep them, keep the entity Tag."
                ),
            ),
        ),
        (
            tagged("Tag", "Book"),
            tagged("Tag", "Book", pairs=False),
            (
                (
                    "books_tags is dropped with all its pairs of books and tags. "
                    "To keep them, keep the many-to-many relation."
                ),
            ),
        ),
        (
            changed(library(), "Book", text("note", optional=True), number("pages")),
            changed(library(), "Book", text("remark", optional=True)),
            (
                (
                    "books.note is dropped with all its values. To keep them, keep the field, or write "
                    "`renamed from note` at remark if that is the same."
                ),
                "books.pages is dropped with all its values. To keep them, keep the field.",
            ),
        ),
        (
            with_features(library(), ("audit", "auth", "soft-delete")),
            library(),
            (
                "users is dropped with all its rows. To keep them, build with the feature auth.",
                "audit_entries is dropped with all its rows. To keep them, build with the feature audit.",
                (
                    "created_by of books, members and loans is dropped with all its values. "
                    "To keep them, build with the feature audit."
                ),
                (
                    "deleted_at of books, members and loans is dropped with the feature soft-delete: "
                    "the migration stops while a row is deleted, since it would be back."
                ),
                (
                    "updated_by of books, members and loans is dropped with all its values. "
                    "To keep them, build with the feature audit."
                ),
            ),
        ),
    ],
    ids=["entity", "pairs", "fields", "features"],
)
def test_what_goes_is_said_with_how_to_keep_it(old: EntitySpecs, new: EntitySpecs, sentences: tuple[str, ...]) -> None:
    made = found(old, new)

    assert made.losses == sentences
    assert made.notes[: len(sentences)] == sentences
    docstring = " ".join(migration_text(made).split('"""')[1].split())
    assert [sentence in docstring for sentence in sentences] == [True] * len(sentences)


def test_what_stays_in_another_place_is_no_loss() -> None:
    one = EntitySpecs(
        entities=(
            entity("Tag", "tags", key(), text("label")),
            entity("Book", "books", key(), text("title"), refers_to("Tag", "tag_id")),
        )
    )
    assert found(one, tagged("Tag", "Book")).losses == ()
    assert found(library(), changed(library(), "Book", text("subtitle", optional=True))).losses == ()
    assert "takes away" not in migration_text(found(library(), changed(library(), "Book", number("pages"))))
