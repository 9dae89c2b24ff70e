"""Of several things with one name, each finding stands at the very one; what has no name is told once."""

from __future__ import annotations

from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs_reader import read_entity_specs

DOUBLE = """\
ENTITY: Book
TABLE: Books!
API_PATH: /Api/books
FIELDS:
  - id: int (primary key)
  - price: Decimal (digits 5 places 2)
  - name: str
  - price: Decimal (digits 2 places 5)
  - price: float
RELATIONS:
  - name: Ghost (ManyToOne)
  - name: Member (ManyToOne)

ENTITY: Member
FIELDS:
  - id: int (primary key)
  - name: str

ENTITY: Member
TABLE: user
FIELDS:
  - name: str
  - name: Nothing

ENUM: Member VALUES: A, A

ENUM: Kind
VALUES: A

ENUM: Kind
VALUES:
"""


def lines(text: str, rule: str) -> list[tuple[int | None, str]]:
    """Return the lines at which a rule finds something, each with the first words of what it says."""
    reading = read_entity_specs(text, "a.txt")
    found = (*reading.findings, *check_entity_specs(reading.specs, places=reading.places))
    return [(each.place.line, " ".join(each.message.split()[:3])) for each in found if each.rule == rule]


def test_what_is_wrong_with_the_second_field_of_a_name_stands_at_the_second() -> None:
    assert lines(DOUBLE, "PT243") == [(8, "Book.price has 5")]
    assert lines(DOUBLE, "PT240") == [(9, "Book.price sounds like")]
    assert lines(DOUBLE, "PT222") == [(23, "Member.name has the")]


def test_what_is_wrong_with_a_relation_stands_at_the_relation_and_not_at_a_field_of_its_name() -> None:
    assert lines(DOUBLE, "PT230") == [(11, "Book.name leads to"), (12, "Book.name (ManyToOne) has")]
    assert lines(DOUBLE, "PT231") == [(11, "Book has “name”"), (12, "Book has “name”")]


def test_what_is_wrong_with_the_second_entity_of_a_name_stands_at_the_second() -> None:
    assert lines(DOUBLE, "PT221") == [(19, "Member has no")]
    assert lines(DOUBLE, "PT223") == [(25, "“A” is too"), (30, "The enum Kind")]


def test_what_is_wrong_with_a_table_or_a_path_stands_at_its_line() -> None:
    assert lines(DOUBLE, "PT203") == [(2, "“Books!” can't be")]
    assert lines(DOUBLE, "PT204") == [(3, "“/Api/books” can't be")]
    assert lines(DOUBLE, "PT205") == [
        (3, "The path of"), (2, "The table of"), (20, "The table of"),
    ]  # fmt: skip
    assert lines(DOUBLE, "PT210") == [(20, "The table user")]


def test_what_is_declared_twice_stands_at_the_second_place() -> None:
    assert lines(DOUBLE, "PT209") == [
        (19, "The name “member”"), (30, "The name “kind”"), (19, "The path “/api/v1/members”"), (8, "The field of"),
        (23, "The field of"),
    ]  # fmt: skip


def test_an_enum_inside_a_field_stands_at_the_field() -> None:
    text = "ENTITY: Book\nFIELDS:\n  - id: int (primary key)\n  - state: enum (LENT, lent)\n"
    assert lines(text, "PT223") == [(4, "“lent” is too")]


def test_a_relation_among_the_fields_and_its_key_stand_at_one_line() -> None:
    text = (
        "ENTITY: Book\nFIELDS:\n  - id: int (primary key)\n  - owner: Member\n\nENTITY: Member\nFIELDS:\n  - id: UUID\n"
    )
    places = read_entity_specs(text, "a.txt").places
    assert (places["Book.owner"].line, places["Book.owner_id"].line) == (4, 4)


def test_an_entity_without_a_name_is_told_once() -> None:
    nameless = "ENTITY:\nTABLE: things!\nFIELDS:\n  - a: Nothing\n\nENTITY:\nFIELDS:\n  - b: str\n\nENUM:\nVALUES: A\n"
    reading = read_entity_specs(nameless, "a.txt")
    found = (*reading.findings, *check_entity_specs(reading.specs, places=reading.places))
    assert [(each.rule, each.place.line) for each in found] == [("PT005", 1), ("PT005", 6), ("PT005", 10)]
    assert "" not in reading.places
    assert "PT201" in {each.rule for each in check_entity_specs(reading.specs)}


def test_what_follows_from_a_name_in_another_script_is_told_with_the_name() -> None:
    text = "".join(
        f"ENTITY: {name}\nFIELDS:\n  - id: int (primary key)\n  - a: str\n  - created_at: datetime\n"
        "  - updated_at: datetime\n\n"
        for name in ("作者", "本")
    )
    reading = read_entity_specs(text, "a.txt")
    found = check_entity_specs(reading.specs, places=reading.places)
    assert [(each.rule, each.place.line) for each in found] == [("PT201", 1), ("PT201", 8)]
    given = text.replace("FIELDS", "TABLE: 表\nFIELDS", 1)
    assert lines(given, "PT203") == [(2, "“表” can't be")]
