"""SQL that people paste becomes entities, with types, keys, limits and values; what has no place is quoted."""

from __future__ import annotations

import pytest

from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs import Cardinality, EntitySpecs
from bot.documents.entities.entity_specs_writer import field_line
from bot.documents.findings import has_errors
from bot.planning.pasted.sql import read_sql
from bot.planning.pasted.sql_text import without_sql
from tests.planning.talking import asked, propose, shape, talk

SHOP = """Here is what we have:
```sql
-- from 2009
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE public.customers (
    id SERIAL PRIMARY KEY,
    email VARCHAR(120) NOT NULL UNIQUE,
    mood mood NOT NULL DEFAULT 'good',
    created_at TIMESTAMP DEFAULT now()
);
CREATE TABLE `orders` (
    `order_id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `customer_id` INT NOT NULL,
    `total` NUMERIC(8,2) NOT NULL CHECK (total >= 0 AND total < 1000),
    `state` ENUM('new','paid') NOT NULL DEFAULT 'new',
    `gift` TINYINT(1) NOT NULL DEFAULT 0,
    PRIMARY KEY (`order_id`),
    FOREIGN KEY (`customer_id`) REFERENCES customers (id) ON DELETE CASCADE
) ENGINE=InnoDB;
```
A note has a text.
"""


def field_of(statement: str, name: str = "x") -> str:
    model = read_sql((f"CREATE TABLE thing (id INT PRIMARY KEY, {statement})",))
    assert model.unread == []
    return field_line(model.entities["Thing"].fields[name], model.enums)


def test_tables_become_entities_and_the_rest_is_read_as_ever() -> None:
    proposal = propose(talk(SHOP))

    assert shape(proposal) == {
        "Customer": "email:str! mood:Mood",
        "Order": "total:Decimal state:OrderState gift:bool customer_id:int->Customer",
        "Note": "text:str",
    }
    order = proposal.specs.entity("Order")
    assert order is not None
    assert [field_line(one) for one in order.fields if one.is_given] == [
        "total: Decimal (min 0, max 999.99, digits 8 places 2)",
        "state: OrderState (enum, default new)",
        "gift: bool (default false)",
        "customer_id: int (foreign key to Customer, on delete cascade)",
    ]
    assert "Order: the key order_id is called id" in proposal.assumptions
    assert "Customer (email, mood) and Order (total, state, gift, customer_id) taken from the pasted SQL (Mara)" in (
        proposal.decisions
    )
    assert not has_errors(check_entity_specs(proposal.specs))


def test_nothing_is_asked_about_what_sql_says() -> None:
    assert asked(talk(SHOP)) == ["use"]


def test_introduction_and_title_hold_no_sql() -> None:
    assert "CREATE" not in propose(talk(SHOP)).introduction


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("x TEXT", "x: Optional[str]"),
        ("x CHAR(3) NOT NULL CHECK (length(x) = 3)", "x: str (min 3, max 3)"),
        ("x NVARCHAR(40) NOT NULL", "x: str (max 40)"),
        ("x BIGINT NOT NULL CHECK (0 < x)", "x: int (min 1)"),
        ("x INT NOT NULL CHECK (x BETWEEN 1 AND 5)", "x: int (min 1, max 5)"),
        ("x DECIMAL NOT NULL", "x: Decimal (digits 12 places 2)"),
        ("x DOUBLE PRECISION NOT NULL CHECK (x >= -1.5)", "x: float (min -1.5)"),
        ("x BOOLEAN NOT NULL DEFAULT TRUE", "x: bool (default true)"),
        ("x DATE NOT NULL", "x: date"),
        ("x TIMESTAMP WITH TIME ZONE NOT NULL", "x: datetime"),
        ("x TIME", "x: Optional[time]"),
        ("x UUID NOT NULL", "x: UUID"),
        ("x JSONB NOT NULL", "x: JSON"),
        ("x TEXT[] NOT NULL", "x: list[str]"),
        ("x TEXT NOT NULL CHECK (x ~ '^[A-Z]+$')", 'x: str (pattern "^[A-Z]+$")'),
        ("x VARCHAR(9) NOT NULL DEFAULT 'a' CHECK (x IN ('a', 'b'))", "x: ThingX (enum, default a)"),
        ("x INT NOT NULL, CONSTRAINT c CHECK (x <= 9), UNIQUE (x)", "x: int (unique, max 9)"),
    ],
)
def test_types_and_clauses_map_to_the_grammar(column: str, expected: str) -> None:
    assert field_of(column) == expected


def test_a_reference_keeps_what_its_column_says() -> None:
    assert field_of("book INT UNIQUE REFERENCES books ON DELETE SET NULL", "book_id") == (
        "book_id: Optional[int] (unique, foreign key to Book, on delete set null)"
    )


@pytest.mark.parametrize(
    "clause",
    ["CHECK (a > b)", "UNIQUE (a, b)", "CHECK (a <> 3)", "EXCLUDE USING gist (a WITH =)"],
)
def test_what_the_grammar_has_no_place_for_is_quoted(clause: str) -> None:
    model = read_sql((f"CREATE TABLE thing (id INT PRIMARY KEY, a INT, b INT, {clause})",))

    said = [*model.not_built, *model.unread, *model.rules]
    assert any(clause.partition("(")[0].strip() in piece for piece in said), said


def test_types_and_statements_that_are_not_known_are_quoted() -> None:
    model = read_sql(
        ("CREATE TABLE thing (id INT PRIMARY KEY, place POINT, n INT DEFAULT (1 + 1))", "INSERT INTO thing VALUES (1)",
         "CREATE TABLE broken (id INT", "ALTER TABLE other ADD COLUMN x INT")
    )  # fmt: skip

    assert set(model.entities["Thing"].fields) == {"n"}
    assert any("place POINT" in piece for piece in model.unread)
    assert any("Thing.n: DEFAULT (1 + 1)" in piece for piece in model.not_built)
    assert {"INSERT INTO thing VALUES (1)", "CREATE TABLE broken (id INT", "ALTER TABLE other ADD COLUMN x INT"} <= set(
        model.unread
    )


def test_a_table_of_two_references_is_a_many_to_many_relation() -> None:
    text = """CREATE TABLE book (id INT PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE author (id INT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE book_author (
  book_id INT REFERENCES book, author_id INT REFERENCES author, PRIMARY KEY (book_id, author_id)
);
"""
    specs: EntitySpecs = propose(talk(text)).specs

    assert [entity.name for entity in specs.entities] == ["Book", "Author"]
    ways = [(way.name, way.target, way.cardinality) for entity in specs.entities for way in entity.relations]
    assert ways == [
        ("authors", "Author", Cardinality.MANY_TO_MANY),
        ("books", "Book", Cardinality.MANY_TO_MANY),
    ]
    assert not has_errors(check_entity_specs(specs))


def test_changes_of_tables_and_unique_indexes_count() -> None:
    model = read_sql(
        ("CREATE TABLE a (id INT PRIMARY KEY, b_id INT NOT NULL, code TEXT)", "CREATE TABLE b (id INT PRIMARY KEY)",
         "ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b_id) REFERENCES b (id)", "CREATE UNIQUE INDEX i ON a (code)")
    )  # fmt: skip

    assert model.entities["A"].fields["b_id"].foreign_key == "B"
    assert model.entities["A"].fields["code"].unique
    assert model.unread == []


def test_words_around_statements_stay() -> None:
    rest, statements = without_sql("We have\nCREATE TABLE a (x TEXT DEFAULT ');')\nand we create table tennis plans.")

    assert statements == ("CREATE TABLE a (x TEXT DEFAULT ');')",)
    assert " ".join(rest.split()) == "We have and we create table tennis plans."


def test_a_key_with_a_meaning_stays_as_a_unique_field() -> None:
    model = read_sql(("CREATE TABLE country (code CHAR(2) PRIMARY KEY, name TEXT NOT NULL)",))

    assert field_line(model.entities["Country"].fields["code"]) == "code: str (unique, max 2)"
    assert model.notes == ["Country: the key code is the unique field code, beside a number as id"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text", ["CREATE TABLE a (" * 3000, "CREATE TABLE a (" + "(" * 30_000, "CREATE TABLE \n" * 5000]
)
def test_hostile_sql_is_quoted_in_good_time(text: str) -> None:
    _, statements = without_sql(text)

    assert read_sql(statements).entities == {}


def test_sql_in_a_change_adds_its_tables() -> None:
    changed = talk("books with a title", changes=("CREATE TABLE shelf (id INT PRIMARY KEY, floor INT NOT NULL);",))

    assert shape(propose(changed)) == {"Book": "title:str", "Shelf": "floor:int"}
