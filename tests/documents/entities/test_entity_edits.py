"""Edits of entity_specs on the text layer: one field changes, every other byte stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.documents.entities.entity_edits import EditRefused, add_field, rename_field, set_field_type
from bot.documents.entities.entity_specs import EntityField, EntitySpecs, FieldType
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.text.edits import Edit, apply_edits
from bot.documents.text.source_text import SourceText
from tests.documents.strategies import entity_specs

SAMPLES = Path(__file__).parent.parent / "samples" / "entity_specs"
BOOK = (
    "ENTITY: Book\nFIELDS:\n  - id: int (primary key)\n  - price: float (min 0) <!-- in euro -->\n{}\n"
    "API_PATH: /api/v1/books\n"
)


def book(line: str) -> SourceText:
    """Return a document with one more line among its fields."""
    return SourceText(BOOK.format(line))


def changed_lines(source: SourceText, edit: Edit) -> list[tuple[str, str]]:
    """Return the lines that an edit changed, before and after."""
    after = apply_edits(source, [edit])
    pairs = zip(source.lines, after.lines, strict=True)
    return [(old.text, new.text) for old, new in pairs if (old.text, old.ending) != (new.text, new.ending)]


@pytest.mark.parametrize(
    ("line", "new_type", "expected"),
    [
        ("  - title: str", "Optional[str]", "  - title: Optional[str]"),
        ("\t* title :  str | None (max 3)", "str", "\t* title :  str (max 3)"),
        ("- **title:** String, unique", "int", "- **title:** int, unique"),
        ("- title: List<String> (optional)", "list[int]", "- title: list[int] (optional)"),
        ("- title: Map<String, Object> (optional)", "JSON", "- title: JSON (optional)"),
        ("- title: str = 'a:b'", "int", "- title: int = 'a:b'"),
        ("- title: str <!-- str -->", "int", "- title: int <!-- str -->"),
        ("<!-- x --> - title: str", "int", "<!-- x --> - title: int"),
        ("<!-- x:\n--> - title: str", "int", "--> - title: int"),
    ],
)
def test_a_type_is_changed_and_only_that(line: str, new_type: str, expected: str) -> None:
    source = book(line)
    assert changed_lines(source, set_field_type(source, "Book", "title", new_type)) == [
        (line.rpartition("\n")[2], expected)
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  - title: str", "  - heading: str"),
        ("- `title`: title_text", "- `heading`: title_text"),
        ("- **title:** str", "- **heading:** str"),
        ("- title?: str", "- heading?: str"),
        ("-  Title: str", "-  heading: str"),
    ],
)
def test_a_name_is_changed_and_only_that(line: str, expected: str) -> None:
    source = book(line)
    assert changed_lines(source, rename_field(source, "Book", "title", "heading")) == [(line, expected)]


def test_a_field_is_added_after_the_last_with_its_indent_and_line_ending() -> None:
    data = (SAMPLES / "windows.txt").read_bytes()
    source = SourceText.from_bytes(data)
    field = EntityField(name="rank", type=FieldType(name="int"), optional=True, default="1")
    after = apply_edits(source, [add_field(source, "Café", field)]).to_bytes()
    old = "\t- gäste: list[str]\r\n".encode()
    assert after == data.replace(old, old + b"\t- rank: Optional[int] (default 1)\r\n")


def test_a_field_is_added_at_the_end_of_a_text_without_a_final_newline() -> None:
    source = SourceText("ENTITY: A\nFIELDS:\n* id: int")
    edit = add_field(source, "A", EntityField(name="size", type=FieldType(name="float")))
    assert apply_edits(source, [edit]).text == "ENTITY: A\nFIELDS:\n* id: int\n* size: float"


SIZE = EntityField(name="size", type=FieldType(name="int"))


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda s: set_field_type(s, "Shelf", "title", "int"), "There is no entity Shelf"),
        (lambda s: set_field_type(s, "Book", "size", "int"), "Book has no field size"),
        (lambda s: set_field_type(s, "Book", "title", "int)\n- x: str"), "can't be the type"),
        (lambda s: set_field_type(s, "Book", "title", "int (optional)"), "can't be the type"),
        (lambda s: set_field_type(s, "Book", "title", ""), "can't be the type"),
        (lambda s: rename_field(s, "Book", "title", "price"), "can't be a field's name"),
        (lambda s: rename_field(s, "Book", "title", "a: b"), "can't be a field's name"),
        (lambda s: rename_field(s, "Book", "title", "x\n- y"), "can't be a field's name"),
        (lambda s: add_field(s, "Book", SIZE.model_copy(update={"name": "title"})), "can't be added"),
        (lambda s: add_field(s, "Book", SIZE.model_copy(update={"name": "no name"})), "can't be added"),
        (lambda s: add_field(s, "Empty", SIZE), "has no field to add another after"),
    ],
)
def test_what_can_not_be_done_in_one_place_is_refused_in_words(act: Callable[[SourceText], Edit], said: str) -> None:
    source = SourceText(book("  - title: str").text + "\nENTITY: Empty\n")
    with pytest.raises(EditRefused, match=said):
        act(source)


@settings(deadline=None, max_examples=20)
@given(entity_specs())
def test_a_field_that_is_added_to_any_document_is_the_only_change(specs: EntitySpecs) -> None:
    source = SourceText(write_entity_specs(specs))
    new = EntityField(name="field_that_is_new", type=FieldType(name="str"), maximum="3")
    for entity in specs.entities:
        if not entity.fields or len({field.name for field in entity.fields}) < len(entity.fields):
            continue
        after = read_entity_specs(apply_edits(source, [add_field(source, entity.name, new)]).text).specs
        expected = entity.model_copy(update={"fields": (*entity.fields, new)})
        assert after.entity(entity.name) == expected
        assert [other for other in after.entities if other.name != entity.name] == [
            other for other in specs.entities if other.name != entity.name
        ]
