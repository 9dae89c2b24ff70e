"""One odd line of entity_specs: it is taken, or what was not understood is said with its place."""

from __future__ import annotations

import pytest

from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from tests.documents.entities.test_entity_samples import lines_of, said


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("shelf: Shelf (ManyToOne, lazy)", "A.shelf: “lazy” was not understood"),
        ("shelf: Shelf (ManyToOne, default 3)", "A.shelf: “default 3” was not understood"),
        ("shelf: Shelf (ManyToOne", "A bracket of A.shelf never closes"),
        ("shelf_id: int (foreign key: shelves.serial)", "A.shelf_id: “column serial” was not understood"),
        ("shelf_id: int (references Shelf(serial))", "A.shelf_id: “column serial” was not understood"),
        ("shelf_id: int (foreign key to shelf)", "A.shelf_id: “shelf” is called Shelf."),
        ("shelves: list[Shelf] (on delete cascade)", "A.shelves: “on delete cascade” was not understood"),
        ("deep: list[list[int]]", "A.deep: list[list[int]] is taken as list[int]."),
        ("note: str (default 'a, b', odd)", "A.note: “odd” was not understood"),
        ("note: str (ManyToMany)", "A.note: “ManyToMany” was not understood"),
        ("note: str (on delete explode)", "A.note: “on delete explode” was not understood"),
        ("note: int (7)", "A.note: “7” was not understood"),
        ("note: str (default)", "A.note: “default” was not understood"),
    ],
)
def test_nothing_on_a_line_is_lost_silently(line: str, message: str) -> None:
    text = f"ENTITY: A\nFIELDS:\n- id: int (pk)\n- {line}\n\nENTITY: Shelf\nFIELDS:\n- id: int (pk)\n"
    reading = read_entity_specs(text)
    assert [finding.place.line for finding in reading.findings if message in finding.message] == [4], said(reading)


def test_what_stands_after_a_name_is_quoted() -> None:
    reading = read_entity_specs("ENTITY: A (account, secret) and more\nFIELDS:\n- id: int (pk)\n")
    assert reading.specs.entities[0].account
    assert said(reading) == ["PT001 1:1 A: “secret, and more” was not understood and nothing was made of it."]


def test_a_foreign_key_with_a_cardinality_is_unique_where_that_is_one_to_one() -> None:
    fields = "- id: int (pk)\n- shelf_id: int (fk to Shelf, OneToOne)\n- other_id: int (fk to Shelf, N:1)\n"
    reading = read_entity_specs(f"ENTITY: A\nFIELDS:\n{fields}\nENTITY: Shelf\nFIELDS:\n- id: int (pk)\n")
    assert said(reading) == []
    assert lines_of(reading.specs.entities[0])[1:] == [
        "shelf_id: int (unique, foreign key to Shelf)",
        "other_id: int (foreign key to Shelf)",
    ]


def test_a_type_that_is_far_too_long_is_kept_as_an_unknown_name() -> None:
    reading = read_entity_specs(f"ENTITY: A\nFIELDS:\n- id: int (pk)\n- x: {'List<' * 100}int\n- y: Odd/Strange\n")
    assert [field.type.name for field in reading.specs.entities[0].fields[1:]] == ["List<" * 100 + "int", "Odd/Strange"]
    assert [f.rule for f in check_entity_specs(reading.specs) if f.rule == "PT222"] == ["PT222", "PT222"]


@pytest.mark.parametrize("line", ["shelf_id: int (foreign key: shelves.id)", "shelf_id: int (references Shelf(id))"])
def test_a_foreign_key_to_the_primary_key_by_column_is_nothing_to_say(line: str) -> None:
    text = f"ENTITY: A\nFIELDS:\n- id: int (pk)\n- {line}\n\nENTITY: Shelf\nFIELDS:\n- id: int (pk)\n"
    assert read_entity_specs(text).findings == ()


def test_a_relation_says_how_its_names_were_mapped() -> None:
    shelf = "\n\nENTITY: Shelf\nFIELDS:\n- id: int\n"
    reading = read_entity_specs(f"ENTITY: A\nFIELDS:\n- id: int\nRELATIONS:\n- topShelf: shelf (ManyToOne){shelf}")
    assert said(reading) == [
        "PT002 5:1 A.top_shelf: “topShelf” is called top_shelf in the code.",
        "PT002 5:1 A.top_shelf: “shelf” is called Shelf.",
    ]


def test_a_comment_after_a_quoted_value_is_a_comment_and_one_inside_is_not() -> None:
    lines = '- a: str (default "x") <!-- one\ntwo -->\n- b: str (default "<!-- y -->")\n'
    reading = read_entity_specs(f"ENTITY: A\nFIELDS:\n- id: int (pk)\n{lines}")
    assert reading.findings == ()
    assert lines_of(reading.specs.entities[0])[1:] == [
        "a: str (default x)",
        'b: str (default "<!-- y -->")'.replace("<!--", "\\u003c!--"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        '- a: str (default "' + '\\"<!-- -->' * 30_000,
        "- a: str " + "' " * 100_000,
        "- a: str (default " + "'a'b " * 60_000 + ")",
    ],
)
def test_hostile_quotes_end(line: str) -> None:
    """No time is asserted; a quadratic reader would run into the suite's own time-out."""
    assert len(read_entity_specs(f"ENTITY: A\nFIELDS:\n- id: int\n{line}\n").specs.entities) == 1
