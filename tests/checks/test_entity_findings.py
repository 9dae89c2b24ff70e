"""What findings over entity_specs say: whose, what is wrong, and a step that mends it."""

from __future__ import annotations

import re

import pytest

from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, FieldType
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Finding, Place
from tests.checks.sentences import assert_sentences
from tests.checks.test_entity_specs import CASES, ENUM, PAIR, SHELF, book


def found(rule: str, text: str) -> list[Finding]:
    """Return what one rule finds in a document."""
    return [finding for finding in check_entity_specs(read_entity_specs(text).specs) if finding.rule == rule]


@pytest.mark.parametrize(("rule", "broken"), [(rule, broken) for rule in CASES for broken, _ in CASES[rule]])
def test_findings_are_sentences(rule: str, broken: str) -> None:
    assert_sentences(found(rule, broken))


def entity(name: str, *, field: str = "title", table: str = "books", path: str = "/api/v1/books") -> EntitySpecs:
    """Return specs of one entity of those names."""
    fields = (
        EntityField(name="id", type=FieldType(name="int"), primary_key=True),
        EntityField(name=field, type=FieldType(name="str")),
    )
    return EntitySpecs(entities=(Entity(name=name, table=table, api_path=path, fields=fields),))


def suggested(rule: str, specs: EntitySpecs) -> str:
    """Return the name that the one finding of a rule suggests."""
    (finding,) = [finding for finding in check_entity_specs(specs) if finding.rule == rule]
    match = re.fullmatch(r"(?:Write|Rename .+ to) (\S+), for example\.", finding.next_step)
    assert match, finding.next_step
    return match[1]


NAMES = ["价格", "3d model", "3D", "my books", "_x", "pg_book", "PgBook", "B" * 60, "a" + "_b" * 30, "Späte Gebühr"]


@pytest.mark.parametrize("name", NAMES)
def test_a_suggested_name_can_be_taken(name: str) -> None:
    for rule, what, broken in (
        ("PT201", "name", name + "!"),
        ("PT202", "field", name + "!"),
        ("PT203", "table", name + "!"),
        ("PT204", "path", name + "!"),
    ):
        given = {"name": name, what: broken}
        mended = given | {what: suggested(rule, entity(**given))}
        assert rule not in {finding.rule for finding in check_entity_specs(entity(**mended))}, mended


@pytest.mark.parametrize(
    ("rule", "specs", "name"),
    [
        ("PT201", entity("späte gebühr"), "SpateGebuhr"),
        ("PT201", entity("价格"), "Thing"),
        ("PT202", entity("Book", field="DueOn"), "due_on"),
        ("PT202", entity("Book", field="价"), "value"),
        ("PT202", entity("Book", field="_due_"), "due"),
        ("PT203", entity("LoanItem", table="Loan items"), "loan_items"),
        ("PT203", entity("PgBook", table="pg_books"), "books"),
        ("PT203", entity("价格", table="价格"), "things"),
        ("PT204", entity("LoanItem", path="loans"), "/api/v1/loan-items"),
        ("PT206", entity("Base"), "BaseRecord"),
        ("PT207", entity("LoanItem", field="metadata"), "loan_item_metadata"),
        ("PT207", entity("价格", field="metadata"), "its_metadata"),
        ("PT208", entity("Book", field="_rowid_"), "book_rowid"),
        ("PT210", entity("Book", table="order"), "book_rows"),
        ("PT210", entity("Book", field="order"), "book_order"),
    ],
)
def test_a_name_that_says_the_same_is_suggested(rule: str, specs: EntitySpecs, name: str) -> None:
    assert suggested(rule, specs) == name


def said(rule: str, text: str) -> tuple[str, str]:
    """Return what the one finding of a rule says: what is wrong, and what to do."""
    (finding,) = found(rule, text)
    return finding.message, finding.next_step


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("(?=a)", "looks ahead or behind"),
        ("(?!a)", "looks ahead or behind"),
        ("(?<=a)b", "looks ahead or behind"),
        ("(?<!a)b", "looks ahead or behind"),
        ("(?P<x>a)(?P=x)", "refers back to a group"),
        ("(?>a)", "has a group that is never tried again"),
        ("(a)(?(1)b|c)", "refers back to a group"),
        ("(a)\\1", "refers back to a group"),
        ("(", "is no regular expression"),
        ("a" * 501, "has 501 characters"),
    ],
)
def test_a_pattern_is_refused_with_the_reason(pattern: str, problem: str) -> None:
    specs = entity("Book")
    (only,) = specs.entities
    code = EntityField(name="code", type=FieldType(name="str"), pattern=pattern)
    with_pattern = only.model_copy(update={"fields": (*only.fields, code)})
    (finding,) = [f for f in check_entity_specs(EntitySpecs(entities=(with_pattern,))) if f.rule == "PT245"]
    assert finding.message.endswith(f"” of Book.code {problem}.")


def test_a_default_that_does_not_fit_is_told_what_would() -> None:
    values = [f"V{number}" for number in range(30)]
    mood = book("mood: Mood (default SAD)") + ENUM.format(values=", ".join(values))
    assert said("PT244", book("tags: list[str] (default a)"))[1] == "Give a list in JSON, such as []."
    assert said("PT244", book("size: int (max 2, default 3)"))[1] == "Give a value of type int, within its bounds."
    assert said("PT244", mood)[1] == f"Give a value of Mood: {', '.join(values[:20])}."


@pytest.mark.parametrize(("rule", "broken"), [(rule, broken) for rule in CASES for broken, _ in CASES[rule] if broken])
def test_findings_stand_at_the_line_of_what_they_are_about(rule: str, broken: str) -> None:
    reading = read_entity_specs(broken, "specs.txt")
    findings = [each for each in check_entity_specs(reading.specs, places=reading.places) if each.rule == rule]
    lines = [broken.split("\n")[each.place.line - 1] if each.place.line else "" for each in findings]
    assert lines
    assert [line for line in lines if not re.match(r"(?:ENTITY|ENUM|TABLE|API_PATH): |  - ", line)] == []


def test_a_document_without_entities_is_told_as_a_whole() -> None:
    (finding,) = found("PT220", "")
    assert finding.place == Place(file="entity_specs.txt")


@pytest.mark.parametrize(
    ("rule", "text", "what"),
    [
        ("PT205", book(keys="API_PATH: /books\n"), "The path of Book is “/books”"),
        ("PT205", book(keys="TABLE: book\n"), "The table of Book is “book”"),
        ("PT209", book("title: str"), "The field of Book “title” is declared 2 times."),
        ("PT209", book() + book(name="Shelf", keys="TABLE: books\n"), "The table “books” is declared 2 times."),
        ("PT209", book() + book(name="Shelf", keys="API_PATH: /api/v1/books\n"), "The path “/api/v1/books” is"),
        ("PT209", book() + book(name="Book") + book(name="BOOK", keys="TABLE: a\n"), "The name “book” is declared 3"),
        ("PT211", CASES["PT211"][0][0], "Rack and Case are both renamed from “Shelf”."),
        ("PT211", CASES["PT211"][1][0], "a of Book and b of Book are both renamed from “x”."),
        ("PT212", CASES["PT212"][0][0], "Rack is renamed from “Shelf”, which is still there."),
        ("PT212", CASES["PT212"][2][0], "name of Book is renamed from “title”, which is still there."),
        ("PT220", "", "There is no entity."),
        ("PT221", book(key=""), "Book has no primary key."),
        ("PT221", book("other: int (primary key)"), "Book has 2 primary keys."),
        ("PT221", book(key="id: Optional[int] (primary key)"), "Book.id may be left out."),
        ("PT221", book(key="id: int (primary key, foreign key to Shelf)") + SHELF, "Book.id refers to “Shelf”."),
        ("PT225", book("shelf_id: UUID (fk to Shelf)") + SHELF, "Book.shelf_id is UUID, and the key of Shelf is int."),
        ("PT230", book(rest="RELATIONS:\n  - shelf: Shelf (ManyToOne)\n") + SHELF, "from Book to Shelf."),
        ("PT230", book(rest="RELATIONS:\n  - shelves: Shelf (OneToMany)\n") + SHELF, "from Shelf to Book."),
        ("PT234", CASES["PT234"][0][0], "Book.shelf is OneToOne, and Book.shelf_id is not unique."),
        ("PT234", CASES["PT234"][1][0], "Shelf.book is OneToOne, and Book.shelf_id is not unique."),
        ("PT232", "ENTITY: Book\nFIELDS:\n  - id: int (pk)\n  - title: str\n", "no created_at and no updated_at."),
        ("PT232", book().replace("  - updated_at: datetime\n", ""), "Book has no updated_at."),
    ],
)
def test_a_finding_says_what_is_wrong(rule: str, text: str, what: str) -> None:
    assert any(what in finding.message for finding in found(rule, text))


@pytest.mark.parametrize(
    ("rule", "text", "step"),
    [
        ("PT205", book(keys="TABLE: book\n"), "Write books, unless the other is meant."),
        ("PT225", book("shelf_id: UUID (fk to Shelf)") + SHELF, "Give Book.shelf_id the type int."),
        (
            "PT230",
            book(rest="RELATIONS:\n  - shelves: Shelf (OneToMany)\n") + SHELF,
            "Give Shelf the field “- book_id: int (foreign key to Book)”.",
        ),
        ("PT233", CASES["PT233"][0][0], "Write OneToMany at Shelf.books, or correct the other end."),
        (
            "PT232",
            "ENTITY: Book\nFIELDS:\n  - id: int (pk)\n  - title: str\n",
            "Add “- created_at: datetime” and “- updated_at: datetime”.",
        ),
    ],
)
def test_a_finding_says_how_to_mend_it(rule: str, text: str, step: str) -> None:
    assert said(rule, text)[1] == step


def test_every_entity_is_judged_also_behind_one_that_breaks_the_rule() -> None:
    three = book(key="") + book(name="Shelf", key="") + book(name="Loan", key="id: str (pk)")
    assert [finding.message for finding in found("PT221", three)] == [
        "Book has no primary key.",
        "Shelf has no primary key.",
        "The primary key Loan.id is neither int nor UUID.",
    ]
    odd = book(name="价格", keys="TABLE: c\n") + book(name="Shelf", keys="TABLE: c\n")
    assert [finding.message for finding in found("PT205", odd)] == ["The table of Shelf is “c”, not shelves."]


def test_keys_of_two_shelves_in_a_circle_are_all_named() -> None:
    text = PAIR.format(a="shelf_id: Optional[int] (fk to Shelf)", b="best_id: Optional[int] (fk to Book)")
    (finding,) = found("PT228", text)
    assert "the constraint of Book.shelf_id or of Shelf.best_id after them" in finding.message
