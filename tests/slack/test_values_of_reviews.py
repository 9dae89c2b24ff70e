"""A review shows what fields hold, from which value on, and values with arrows only where one follows the other."""

from __future__ import annotations

import pytest

from bot.generation.account_specs import with_account
from bot.slack.blocks.entity_lines import field_list, value_line
from tests.planning.talking import propose, talk


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("tools with a name and a kind: drill, saw or ladder", "Tool kind: drill, saw, ladder"),
        ("bookings with a number and a status: asked, given, back", "Booking status: asked, given, back"),
        ("bookings with a number and a status: asked -> given -> back", "Booking status: asked → given → back"),
        (
            "bookings with a number and a status: asked first, then given, then back",
            "Booking status: asked → given → back",
        ),
        ("bookings with a number and a status: asked -> given or back", "Booking status: asked → given or back"),
        (
            "bookings with a status: asked -> given -> back; asked -> lost; given -> lost",
            "Booking status: asked → given → back; asked or given → lost",
        ),
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
        "author → Author (deleted with it) · editor → Author (optional, emptied with it) · printer → Author · "
        "price (amount of 8 digits with 3 decimals, 1.5 at first) · cost (amount)"
    )


def test_what_signing_in_brings_is_summed_up() -> None:
    made = with_account(propose(talk("A potter has a name and an e-mail. Potters log in.")).specs)
    assert [field_list(entity) for entity in made.entities] == [
        "name (text) · email (e-mail, no two the same) · what signing in needs: e-mail, password and role"
    ]
