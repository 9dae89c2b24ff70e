"""Names derived from names."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.common_nouns import REGULAR_NOUNS, SINGULAR_OF, regular_plural
from bot.documents.naming import (
    engine,
    is_plural,
    kebab_plural_path,
    pascal_case,
    plural,
    regular_singular,
    snake_case,
    table_name,
)


@pytest.mark.parametrize(
    ("text", "snake", "pascal"),
    [
        ("headDoctorId", "head_doctor_id", "HeadDoctorId"),
        ("order item", "order_item", "OrderItem"),
        ("OrderItem", "order_item", "OrderItem"),
        ("HTTPServer", "http_server", "HTTPServer"),
        ("ISBN", "isbn", "ISBN"),
        ("isbn_13", "isbn_13", "Isbn13"),
        ("addressLine2", "address_line2", "AddressLine2"),
        ("DUE_ON", "due_on", "DueOn"),
        ("e-mail", "e_mail", "EMail"),
        ("Größe", "grosse", "Grosse"),
        ("Café au lait", "cafe_au_lait", "CafeAuLait"),
        ("价格", "", ""),
        ("", "", ""),
    ],
)
def test_spellings(text: str, snake: str, pascal: str) -> None:
    assert snake_case(text) == snake
    assert pascal_case(text) == pascal


@pytest.mark.parametrize(
    ("singular", "expected"),
    [
        ("book", "books"),
        ("category", "categories"),
        ("box", "boxes"),
        ("person", "people"),
        ("status", "statuses"),
        ("address", "addresses"),
        ("lens", "lenses"),
        ("order_item", "order_items"),
        ("books", "books"),
        ("agenda", "agendas"),
        ("areas", "areas"),
        ("pizzas", "pizzas"),
        ("canvas", "canvases"),
        ("people", "people"),
        ("news", "news"),
        ("series", "series"),
        ("media", "media"),
        ("x1", "x1s"),
        ("", ""),
        ("a" * 100, "a" * 100 + "s"),
    ],
)
def test_plurals(singular: str, expected: str) -> None:
    assert plural(singular) == expected


def test_tables_and_paths_follow_from_the_entity() -> None:
    assert table_name("LibraryCard") == "library_cards"
    assert kebab_plural_path("LibraryCard") == "/api/v1/library-cards"
    assert kebab_plural_path("Person") == "/api/v1/people"


@given(st.text())
def test_any_text_gives_names_of_the_right_form_or_none(text: str) -> None:
    assert snake_case(text) == snake_case(snake_case(text))
    assert all(char.isalnum() or char == "_" for char in snake_case(text))
    assert all(char.isalnum() for char in pascal_case(text))


def test_common_nouns_have_the_plural_that_the_library_gives() -> None:
    library = {noun: engine().plural_noun(noun) for noun in REGULAR_NOUNS}
    assert {noun: regular_plural(noun) for noun in REGULAR_NOUNS} == library


def test_common_nouns_and_their_plurals_are_told_apart() -> None:
    assert not any(is_plural(noun) for noun in REGULAR_NOUNS)
    assert all(is_plural(word) for word in SINGULAR_OF)


def test_the_plural_library_is_imported_at_first_use_only() -> None:
    code = "import sys, bot.documents.naming as naming; naming.table_name('LoanItem'); print('inflect' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("tags", "tag"), ("categories", "category"), ("boxes", "box"), ("addresses", "address"), ("ties", "tie"),
        ("canvas", "canvas"), ("status", "status"), ("analysis", "analysis"), ("staff", "staff"), ("people", "people"),
        ("home_games", "home_game"),
    ],
)  # fmt: skip
def test_a_regular_plural_loses_its_ending_and_nothing_is_looked_up(name: str, one: str) -> None:
    assert regular_singular(name) == one
    assert regular_singular(one) == one
