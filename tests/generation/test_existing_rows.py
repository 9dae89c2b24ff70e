"""What rows that exist get in required fields that a change adds: told before anybody approves it."""

from __future__ import annotations

import pytest

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.generation.existing_rows import existing_rows

BOOK = """
ENTITY: Book
TABLE: books
FIELDS:
  - id: int (primary key)
  - title: str (max 80)
{}
  - created_at: datetime
  - updated_at: datetime
API_PATH: /api/v1/books

ENUM: BookStatus
VALUES: available, lent
"""


def books(line: str = "") -> EntitySpecs:
    """Return books with one more field."""
    return read_entity_specs(BOOK.format(line)).specs


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("  - blurb: str", "Existing books get an empty text as “blurb”. For another value, say “the default of"),
        ("  - pages: int", "Existing books get 0 as “pages”."),
        ("  - pages: int (min 3)", "Existing books get 3 as “pages”."),
        ("  - is_rare: bool", "Existing books get false as “is rare”."),
        ("  - pages: int (default 7)", "Existing books get 7 as “pages”, its default."),
        ("  - status: BookStatus (enum, default lent)", "Existing books get lent as “status”, its default."),
        ("  - isbn: str (unique)", "No value of “isbn” is right for the books that exist: the migration stops"),
    ],
)
def test_a_required_field_says_what_books_that_exist_get(line: str, start: str) -> None:
    (sentence,) = existing_rows(books(), books(line))

    assert sentence.startswith(start)
    assert "None" not in sentence


@pytest.mark.parametrize("line", ["", "  - pages: Optional[int]"])
def test_what_needs_no_value_says_nothing(line: str) -> None:
    assert existing_rows(books(), books(line)) == ()


def test_a_field_that_becomes_required_says_what_rows_without_it_get() -> None:
    (stops,) = existing_rows(books("  - pages: Optional[int]"), books("  - pages: int"))
    (filled,) = existing_rows(books("  - pages: Optional[int]"), books("  - pages: int (default 1)"))

    assert stops.startswith("The migration stops where one of the books has no “pages”")
    assert filled == "Existing books without “pages” get 1 as “pages”, its default."


def test_a_renamed_field_keeps_its_values_and_says_nothing() -> None:
    assert existing_rows(books("  - pages: int"), books("  - sheets: int (renamed from pages)")) == ()
