"""Every rule over entity_specs, with a document that breaks it and one that doesn't."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks import all_rules, check_entity_specs
from bot.documents.entities.entity_specs import Cardinality, EntitySpecs, Relation
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Severity

LIBRARY = Path(__file__).parent.parent / "documents" / "samples" / "library.specs.txt"
TIMES = "  - created_at: datetime\n  - updated_at: datetime\n"


def book(*fields: str, name: str = "Book", keys: str = "", rest: str = "", key: str = "id: int (primary key)") -> str:
    """Return a sound entity with further fields, other keys, and what follows it."""
    lines = "".join(f"  - {field}\n" for field in (key, "title: str", *fields) if field)
    return f"ENTITY: {name}\n{keys}FIELDS:\n{lines}{TIMES}{rest}\n"


SHELF = book(name="Shelf")
PAIR = (
    "ENTITY: Book\nFIELDS:\n  - id: int (pk)\n  - {a}\n"
    + TIMES
    + "\nENTITY: Shelf\nFIELDS:\n  - id: int (pk)\n  - {b}\n"
    + TIMES
)
ENUM = "\nENUM: Mood\nVALUES: {values}\n"

CASES: dict[str, list[tuple[str, str]]] = {
    "PT201": [(book(name="价格"), book(name="Price")), (book(name="B" * 51), book(name="B" * 50))],
    "PT202": [(book("价: str"), book("price_tag: str")), (book("x" * 51 + ": str"), book("x" * 50 + ": str"))],
    "PT203": [
        (book(keys="TABLE: my books\n"), book(keys="TABLE: books\n")),
        (book(keys="TABLE: alembic_version\n"), book(keys="TABLE: versions\n")),
        (book(keys="TABLE: pg_books\n"), book(keys="TABLE: page_books\n")),
    ],
    "PT204": [
        (book(keys="API_PATH: books\n"), book(keys="API_PATH: /api/v1/books\n")),
        (book(keys="API_PATH: /docs\n"), book(keys="API_PATH: /api/v1/docs\n")),
        (book(keys="API_PATH: /api/v1/{id}\n"), book(keys="API_PATH: /api/v2/books\n")),
    ],
    "PT205": [
        (book(keys="API_PATH: /books\n"), book(keys="API_PATH: /api/v1/books\n")),
        (book(keys="TABLE: book\n"), book(keys="TABLE: books\n")),
    ],
    "PT206": [(book(name="Base"), book(name="Basis")), (book(name="True"), book(name="Truth"))],
    "PT207": [
        (book("metadata: str"), book("extra: str")),
        (book("class: str"), book("class_name: str")),
        (book("copy: str"), book("copies: int")),
        (book("model_dump_kind: str"), book("model_name: str")),
        (book("model_validate_now: str"), book("model_valid: str")),
    ],
    "PT208": [
        (book("ctid: str"), book("book_ctid: str")),
        (book("returning: str"), book("book_returning: str")),
    ],
    "PT209": [
        (book() + book(), book() + SHELF),
        (book("title: str"), book("subtitle: str")),
        (book() + book(name="Shelf", keys="TABLE: books\n"), book() + SHELF),
        (book() + book(name="Shelf", keys="API_PATH: /api/v1/books\n"), book() + SHELF),
        (book("mood: Book2 (enum)") + "\nENUM: Book\nVALUES: A\n", book("mood: Mood") + ENUM.format(values="A")),
    ],
    "PT210": [
        (book(keys="TABLE: user\n"), book(keys="TABLE: users\n")),
        (book("order: int"), book("orders: int")),
        (book("end: date"), book("ends_on: date")),
    ],
    "PT211": [
        (
            book(name="Rack (renamed from Shelf)") + book(name="Case (renamed from Shelf)"),
            book(name="Rack (renamed from Shelf)") + book(name="Case (renamed from Box)"),
        ),
        (book("a: str (renamed from x)", "b: str (renamed from x)"), book("a: str (renamed from x)", "b: str")),
    ],
    "PT212": [
        (book(name="Rack (renamed from Shelf)") + SHELF, book(name="Rack (renamed from Shelf)") + book()),
        (book(name="Rack (renamed from Rack)"), book(name="Rack (account)")),
        (book("name: str (renamed from title)"), book("name: str (renamed from titles)")),
    ],
    "PT220": [
        ("ENTITY: Book\nFIELDS:\n  - id: int (pk)\n" + TIMES, book()),
        ("", book()),
    ],
    "PT221": [
        (book(key=""), book()),
        (book("other: int (primary key)"), book()),
        (book(key="id: str (primary key)"), book(key="id: UUID (primary key)")),
        (book(key="id: Optional[int] (primary key)"), book()),
        (book(key="id: int (primary key, foreign key to Shelf)") + SHELF, book("shelf_id: int (fk to Shelf)") + SHELF),
        (book(key="id: list[int] (primary key)"), book()),
    ],
    "PT222": [(book("mood: Mood"), book("mood: Mood") + ENUM.format(values="A")), (book("x: Blob"), book("x: JSON"))],
    "PT223": [
        (book("mood: Mood") + "\nENUM: Mood\n", book("mood: Mood") + ENUM.format(values="A, B")),
        (book("mood: Mood") + ENUM.format(values='A, ""'), book("mood: Mood") + ENUM.format(values="A")),
        (book("mood: Mood") + ENUM.format(values="A, a"), book("mood: Mood") + ENUM.format(values="A, b")),
        (book("mood: Mood") + ENUM.format(values="A" * 101), book("mood: Mood") + ENUM.format(values="A" * 100)),
    ],
    "PT224": [(book() + ENUM.format(values="A"), book("mood: Mood") + ENUM.format(values="A"))],
    "PT225": [
        (book("shelf_id: int (foreign key to Shelf)"), book("shelf_id: int (foreign key to Shelf)") + SHELF),
        (book("shelf_id: UUID (foreign key to Shelf)") + SHELF, book("shelf_id: int (foreign key to Shelf)") + SHELF),
    ],
    "PT226": [
        (book("size: int (on delete cascade)"), book("shelf_id: int (fk to Shelf, on delete cascade)") + SHELF),
        (
            book("shelf_id: int (fk to Shelf, on delete set null)") + SHELF,
            book("shelf_id: Optional[int] (fk to Shelf, on delete set null)") + SHELF,
        ),
    ],
    "PT227": [
        (
            PAIR.format(a="shelf_id: int (fk to Shelf)", b="best_id: int (fk to Book)"),
            PAIR.format(a="shelf_id: int (fk to Shelf)", b="best_id: Optional[int] (fk to Book)"),
        ),
        (book("parent_id: int (fk to Book)"), book("parent_id: Optional[int] (fk to Book)")),
    ],
    "PT228": [
        (
            PAIR.format(a="shelf_id: int (fk to Shelf)", b="best_id: Optional[int] (fk to Book)"),
            PAIR.format(a="shelf_id: int (fk to Shelf)", b="size: int"),
        ),
    ],
    "PT230": [
        (
            book(rest="RELATIONS:\n  - shelf: Shelf (ManyToOne)\n") + SHELF,
            book("shelf_id: int (fk to Shelf)", rest="RELATIONS:\n  - shelf: Shelf (ManyToOne)\n") + SHELF,
        ),
        (
            book(rest="RELATIONS:\n  - shelves: Shelf (OneToMany)\n") + SHELF,
            book(rest="RELATIONS:\n  - shelves: Shelf (OneToMany)\n") + book("book_id: int (fk to Book)", name="Shelf"),
        ),
        (
            book(rest="RELATIONS:\n  - shelf: Nowhere (ManyToOne)\n"),
            book("shelf_id: int (fk to Shelf)", rest="RELATIONS:\n  - shelf: Shelf (OneToOne)\n") + SHELF,
        ),
    ],
    "PT231": [
        (
            book("shelf_id: int (fk to Shelf)", rest="RELATIONS:\n  - title: Shelf (ManyToOne)\n") + SHELF,
            book("shelf_id: int (fk to Shelf)", rest="RELATIONS:\n  - shelf: Shelf (ManyToOne)\n") + SHELF,
        )
    ],
    "PT232": [("ENTITY: Book\nFIELDS:\n  - id: int (pk)\n  - title: str\n  - created_at: datetime\n", book())],
    "PT233": [
        (
            book("shelf_id: int (fk to Shelf)", rest="RELATIONS:\n  - shelf: Shelf (ManyToOne)\n")
            + book(name="Shelf", rest="RELATIONS:\n  - books: Book (ManyToMany)\n"),
            book("shelf_id: int (fk to Shelf)", rest="RELATIONS:\n  - shelf: Shelf (ManyToOne)\n")
            + book(name="Shelf", rest="RELATIONS:\n  - books: Book (OneToMany)\n"),
        ),
        (
            book("shelf_id: int (fk to Shelf, unique)", rest="RELATIONS:\n  - shelf: Shelf (OneToOne)\n")
            + book(name="Shelf", rest="RELATIONS:\n  - books: Book (OneToMany)\n"),
            book("shelf_id: int (fk to Shelf, unique)", rest="RELATIONS:\n  - shelf: Shelf (OneToOne)\n")
            + book(name="Shelf", rest="RELATIONS:\n  - book: Book (OneToOne)\n"),
        ),
        (
            book("shelf_id: int (fk to Shelf)", rest="RELATIONS:\n  - shelf: Shelf (ManyToOne)\n")
            + book(name="Shelf", rest="RELATIONS:\n  - best: Book (ManyToOne)\n"),
            book("shelf_id: int (fk to Shelf)", rest="RELATIONS:\n  - shelf: Shelf (ManyToOne)\n")
            + book(
                "best_id: Optional[int] (fk to Book)", name="Shelf", rest="RELATIONS:\n  - best: Book (ManyToOne)\n"
            ),
        ),
    ],
    "PT234": [
        (
            book("shelf_id: int (fk to Shelf)", rest="RELATIONS:\n  - shelf: Shelf (OneToOne)\n") + SHELF,
            book("shelf_id: int (fk to Shelf, unique)", rest="RELATIONS:\n  - shelf: Shelf (OneToOne)\n") + SHELF,
        ),
        (
            book("shelf_id: int (fk to Shelf)")
            + book(name="Shelf", rest="RELATIONS:\n  - book: Book (OneToOne)\n"),
            book("shelf_id: int (fk to Shelf, unique)", rest="RELATIONS:\n  - shelf: Shelf (ManyToOne)\n") + SHELF,
        ),
    ],
    "PT240": [
        (book("price: float"), book("price: Decimal")),
        (book("late_fee: float"), book("feet: float")),
        (book("total: float"), book("total: int")),
        (book("amount_of_honey: float"), book("amount_of_honey_kg: float")),
    ],
    "PT241": [
        (book("lent: bool (min 1)"), book("lent: int (min 1)")),
        (book('size: int (pattern "a")'), book('size: str (pattern "a")')),
        (book("size: int (digits 3)"), book("size: Decimal (digits 3)")),
        (book("tags: list[str] (unique)"), book("tags: list[str] (max 3)")),
        (book("size: int (auto-generated)"), book("token: UUID (auto-generated)")),
        (book("due: date (max 3)"), book("due: date")),
    ],
    "PT242": [
        (book("size: int (min 5, max 4)"), book("size: int (min 4, max 4)")),
        (book("size: int (min few)"), book("size: int (min -3)")),
        (book("size: int (min 1.5)"), book("size: float (min 1.5)")),
        (book("code: str (min -1)"), book("code: str (min 0)")),
        (book("code: str (max 0)"), book("code: str (max 1)")),
        (book("size: Decimal (max 1e999999)"), book("size: Decimal (max 1e9)")),
        (book("size: float (max nan)"), book("size: float (max 2)")),
        (book("size: Decimal (max 1e41)"), book("size: Decimal (max 1e40)")),
        (book("size: Decimal (min 1e-41)"), book("size: Decimal (min 1e-40)")),
        (book(f"size: int (min {'1':0>41})"), book(f"size: int (min {'1':0>40})")),
    ],
    "PT243": [
        (book("size: Decimal (digits 0)"), book("size: Decimal (digits 1)")),
        (book("size: Decimal (digits 39)"), book("size: Decimal (digits 38)")),
        (book("size: Decimal (digits 3 places 4)"), book("size: Decimal (digits 4 places 4)")),
    ],
    "PT244": [
        (book("size: int (default many)"), book("size: int (default 3)")),
        (book("size: int (default 1.5)"), book("size: float (default 1.5)")),
        (book("size: int (max 2, default 3)"), book("size: int (max 3, default 3)")),
        (book("size: int (min 2, default 1)"), book("size: int (min 2, default 2)")),
        (book("code: str (max 2, default abc)"), book("code: str (max 3, default abc)")),
        (book("lent: bool (default perhaps)"), book("lent: bool (default false)")),
        (book("due: date (default tomorrow)"), book("due: date (default today)")),
        (book("due: date (default 2026-02-30)"), book("due: date (default 2026-02-28)")),
        (book("at: time (default noon)"), book("at: time (default 12:00)")),
        (book("at: datetime (default noon)"), book("at: datetime (default 2026-02-28T12:00:00)")),
        (book("at: time (default now)"), book("at: datetime (default NOW)")),
        (book("at: date (default then)"), book("at: Ghost (default then)")),
        (book("token: UUID (default 7)"), book("token: UUID (default 00000000-0000-4000-8000-000000000001)")),
        (book('tags: list[str] (default "a")'), book('tags: list[str] (default "[]")')),
        (book('data: JSON (default "[]")'), book('data: JSON (default "{}")')),
        (
            book("mood: Mood (default SAD)") + ENUM.format(values="A, B"),
            book("mood: Mood (default A)") + ENUM.format(values="A, B"),
        ),
        (book("shelf_id: int (fk to Shelf, default 1)") + SHELF, book("shelf_id: int (fk to Shelf)") + SHELF),
    ],
    "PT245": [
        (book('code: str (pattern "(")'), book('code: str (pattern "[a-z]+")')),
        (book('code: str (pattern "(?=a)")'), book('code: str (pattern "(?:a)")')),
        (book('code: str (pattern "(a)\\\\1")'), book('code: str (pattern "(a)a")')),
        (book(f'code: str (pattern "{"a" * 501}")'), book(f'code: str (pattern "{"a" * 500}")')),
    ],
}  # fmt: skip


def rules_broken(text: str) -> set[str]:
    """Return the ids of the rules that a document breaks."""
    return {finding.rule for finding in check_entity_specs(read_entity_specs(text).specs)}


def test_every_rule_has_a_case() -> None:
    rules = {rule.id for rule in all_rules() if rule.id.startswith("PT2")}
    assert set(CASES) == {rule for rule in rules if not rule.startswith(("PT26", "PT27", "PT28"))}


@pytest.mark.parametrize(("rule", "broken", "sound"), [(rule, *pair) for rule in CASES for pair in CASES[rule]])
def test_a_rule_finds_what_breaks_it_and_only_that(rule: str, broken: str, sound: str) -> None:
    assert rule in rules_broken(broken)
    assert rule not in rules_broken(sound)


def test_a_sound_document_has_no_findings() -> None:
    assert check_entity_specs(read_entity_specs(LIBRARY.read_text(encoding="utf-8")).specs) == ()


def test_a_finding_says_where_what_and_what_next() -> None:
    reading = read_entity_specs(book("price: float"), "plan.md")
    (finding,) = check_entity_specs(reading.specs, places=reading.places)
    assert str(finding.place) == "plan.md:5:3"
    assert finding.severity is Severity.ERROR
    assert finding.message == "Book.price sounds like money and is a float."
    assert "Decimal" in finding.next_step


def test_a_relation_is_found_at_its_line() -> None:
    reading = read_entity_specs(book(rest="RELATIONS:\n  - shelf: Shelf (ManyToOne)\n") + SHELF, "plan.md")
    (finding,) = check_entity_specs(reading.specs, places=reading.places)
    assert str(finding.place) == "plan.md:8:3"


def test_a_circle_is_reported_with_its_path() -> None:
    text = PAIR.format(a="shelf_id: int (fk to Shelf)", b="best_id: int (fk to Book)")
    findings = [f for f in check_entity_specs(read_entity_specs(text).specs) if f.rule in {"PT227", "PT228"}]
    assert [finding.rule for finding in findings] == ["PT227"]
    assert "Book → Shelf → Book" in findings[0].message


def test_a_circle_says_how_the_migration_handles_it() -> None:
    text = PAIR.format(a="shelf_id: int (fk to Shelf)", b="best_id: Optional[int] (fk to Book)")
    (finding,) = [f for f in check_entity_specs(read_entity_specs(text).specs) if f.rule == "PT228"]
    assert finding.message == (
        "Book → Shelf → Book refer to each other in a circle, so the migration makes the tables first and adds the "
        "constraint of Shelf.best_id after them."
    )


def test_both_ends_of_a_many_to_many_relation_may_be_named() -> None:
    specs = read_entity_specs(book() + SHELF).specs
    left, right = specs.entities
    both = (
        left.model_copy(
            update={"relations": (Relation(name="shelves", target="Shelf", cardinality=Cardinality.MANY_TO_MANY),)}
        ),
        right.model_copy(
            update={"relations": (Relation(name="books", target="Book", cardinality=Cardinality.MANY_TO_MANY),)}
        ),
    )
    linked = EntitySpecs(entities=both)
    assert check_entity_specs(linked) == ()
