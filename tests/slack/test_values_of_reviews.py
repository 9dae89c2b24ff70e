"""A review shows what fields hold, from which value on, and values with arrows only where one follows the other."""

from __future__ import annotations

import pytest

from bot.slack.blocks.entity_lines import field_list, value_line
from tests.planning.talking import propose, talk


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("tools with a name and a kind: drill, saw or ladder", "ToolKind: drill, saw, ladder"),
        ("bookings with a number and a status: asked, given, back", "BookingStatus: asked, given, back"),
        ("bookings with a number and a status: asked -> given -> back", "BookingStatus: asked → given → back"),
        (
            "bookings with a number and a status: asked first, then given, then back",
            "BookingStatus: asked → given → back",
        ),
        ("bookings with a number and a status: asked -> given or back", "BookingStatus: asked, given, back"),
    ],
)
def test_values_have_arrows_only_where_ways_were_said(said: str, line: str) -> None:
    specs = propose(talk(said)).specs

    assert [value_line(enum, specs) for enum in specs.enums] == [line]


def test_fields_of_a_pasted_table_show_size_first_value_and_what_goes_with_a_row() -> None:
    tables = """```sql
CREATE TABLE authors (id SERIAL PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE books (
    id SERIAL PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES authors (id) ON DELETE CASCADE,
    editor_id INTEGER REFERENCES authors (id) ON DELETE SET NULL,
    printer_id INTEGER NOT NULL REFERENCES authors (id),
    price NUMERIC(8, 3) NOT NULL DEFAULT 1.5,
    cost NUMERIC(12, 2) NOT NULL
);
```"""
    book = propose(talk(tables)).specs.entity("Book")
    assert book is not None
    assert field_list(book) == (
        "author_id → Author, deleted with it · editor_id → Author?, emptied with it · printer_id → Author · "
        "price Decimal(8,3) = 1.5 · cost Decimal"
    )
