"""Fields as people write them: patterns without quotes, columns of SQL, relations among the fields."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.entities.bare_patterns import with_quoted_patterns
from bot.documents.entities.entity_specs import Cardinality, Entity, EntityField, OnDelete, Relation
from bot.documents.entities.entity_specs_reader import SpecsReading, read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.entities.sql_columns import read_sql_column
from bot.documents.text.quoted_text import split_commas

OTHERS = "\nENTITY: Loan\nFIELDS:\n- id: int (primary key)\n\nENTITY: LoanItem\nFIELDS:\n- id: UUID (primary key)\n"


def read(line: str) -> tuple[Entity, SpecsReading]:
    """Return an entity whose only line is the one given, and the whole reading."""
    reading = read_entity_specs(f"ENTITY: Book\nFIELDS:\n  - {line}\n{OTHERS}")
    written = write_entity_specs(reading.specs)
    assert write_entity_specs(read_entity_specs(written).specs) == written
    return reading.specs.entities[0], reading


def read_field(line: str) -> tuple[EntityField, list[str]]:
    """Return the only field of an entity, and what is said about it: rule and message."""
    entity, reading = read(line)
    (field,) = entity.fields
    return field, [f"{finding.rule} {finding.message}" for finding in reading.findings]


@pytest.mark.parametrize(
    ("line", "pattern"),
    [
        ("code: str (pattern ^[A-Z]{2,3}$)", "^[A-Z]{2,3}$"),
        ("code: str (pattern ^[0-9]{13,}$)", "^[0-9]{13,}$"),
        ("code: str (unique, regex: ^(a|b){1,2}$, index)", "^(a|b){1,2}$"),
        ("code: str (pattern ^[,(]x$, unique)", "^[,(]x$"),
        ("code: str (pattern ^[]),]$)", "^[]),]$"),
        ("code: str (pattern ^[^\\],]$)", "^[^\\],]$"),
        ("code: str (pattern ^\\(\\d{1,3}\\)$)", "^\\(\\d{1,3}\\)$"),
        ("code: str, pattern ^[(,]$ (unique)", "^[(,]$"),
        ("code: str (max 3) (pattern ^a{1,2}$) (unique)", "^a{1,2}$"),
        ("code: str (pattern `^[A-Z]{2,3}$`, unique)", "^[A-Z]{2,3}$"),
        ("code: str (pattern ^x{2}, min 3)", "^x{2}"),
        ("code: str (pattern [a-z]+)", "[a-z]+"),
    ],
)
def test_a_pattern_without_quotes_keeps_its_own_commas_and_brackets(line: str, pattern: str) -> None:
    field, said = read_field(line)
    assert (field.pattern, said) == (pattern, [])


@pytest.mark.parametrize(
    ("line", "pattern", "note"),
    [
        ("code: str (pattern /^[a,b]$/, min 2)", "^[a,b]$", "PT003 Book.code: the pattern “/^[a,b]$/” is taken as"),
        ('code: str (pattern r"^\\d{1,3}$", min 2)', "^\\d{1,3}$", "PT003 Book.code: the pattern “r"),
        ("code: str (pattern '^a,b$', min 2)", "^a,b$", "PT003 Book.code: the pattern “'^a,b$'” is taken as “^a,b$”."),
        ("code: str (pattern /^a$/i, min 2)", "^a$", "PT001 Book.code: “/i” was not understood"),
    ],
)
def test_marks_around_a_pattern_are_no_part_of_it(line: str, pattern: str, note: str) -> None:
    field, said = read_field(line)
    assert (field.pattern, field.minimum) == (pattern, "2")
    assert [each for each in said if each.startswith(note)], said


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("code: str (pattern ^(a, unique)", "^(a, unique)"),
        ("code: str (pattern ^[A-Z, unique)", "^[A-Z, unique)"),
        ("code: str (pattern ^a,b$, min 2)", "^a,b$"),
        ("code: str (pattern ^a, encrypted)", "^a,encrypted"),
        ("code: str (pattern ^[\"']+,?$)", "^[\"']+,?$"),
        ("code: str (pattern ^a{x,1}b$)", "^a{x,1}b$"),
    ],
)
def test_a_pattern_whose_end_nobody_can_tell_is_an_error_and_not_guessed(line: str, quoted: str) -> None:
    field, said = read_field(line)
    assert field.pattern is None
    assert f"PT005 Book.code: it can't be told where the pattern “{quoted}” ends." in said


def test_a_word_behind_a_complete_pattern_is_only_a_word() -> None:
    field, said = read_field("code: str (pattern ^a$, encrypted)")
    assert field.pattern == "^a$"
    assert said == ["PT001 Book.code: “encrypted” was not understood and nothing was made of it."]


@settings(deadline=None, max_examples=100)
@given(
    st.text("(){}[],\"'`/\\ ^$abi<>=-", max_size=40), st.sampled_from(["(pattern ", ", regex=", "(unique, pattern: "])
)
def test_no_pattern_makes_reading_raise_and_a_quoted_line_stays(pattern: str, before: str) -> None:
    line = f"str {before}{pattern})"
    quoted = with_quoted_patterns(line)
    if not quoted.endless:
        assert with_quoted_patterns(quoted.text).text == quoted.text
    entity, _ = read(f"code: {line}")
    assert len(entity.fields) <= 1


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("n: integer NOT NULL", "n: int"),
        ("n: boolean DEFAULT false", "n: bool (default false)"),
        ("n: timestamp with time zone NOT NULL DEFAULT now()", "n: datetime (default now())"),
        ("n: double precision", "n: float"),
        ("n: character varying(40)", "n: str (max 40)"),
        ("n: varchar(20) default 'a b' not null", 'n: str (default "a b", max 20)'),
        ("n: VARCHAR(40) NOT NULL UNIQUE", "n: str (unique, max 40)"),
        ("n: NUMERIC(10, 2) NOT NULL DEFAULT 0", "n: Decimal (default 0, digits 10 places 2)"),
        ("n: bigint PRIMARY KEY", "n: int (primary key)"),
        ("n: integer GENERATED ALWAYS AS IDENTITY", "n: int (auto-generated)"),
        ("n: int unsigned NOT NULL AUTO_INCREMENT", "n: int (auto-generated, min 0)"),
        ("n: text NULL", "n: Optional[str]"),
        ("n: string required unique", "n: str (unique)"),
        ("n: text DEFAULT 'x'::text, index", "n: str (index, default x)"),
        ("n: int REFERENCES loans(id) ON DELETE CASCADE", "n: int (foreign key to Loan, on delete cascade)"),
        ("n: int REFERENCES loans (id) ON DELETE SET NULL", "n: int (foreign key to Loan, on delete set null)"),
    ],
)
def test_a_column_of_sql_is_a_field(line: str, expected: str) -> None:
    entity, reading = read(line)
    assert f"  - {expected}\n" in write_entity_specs(reading.specs).replace('"now()"', "now()")
    assert [finding for finding in reading.findings if finding.rule == "PT001"] == []
    assert len(entity.fields) == 1


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("n: Decimal CHECK (n >= 0)", "“CHECK (n >= 0)”"),
        ("n: int REFERENCES loans(id) ON UPDATE CASCADE", "“ON UPDATE CASCADE”"),
        ("n: str (unique) the default is set by the clerk", "“the default is set by the clerk”"),
    ],
)
def test_what_a_column_says_that_has_no_place_is_quoted(line: str, quoted: str) -> None:
    _, said = read_field(line)
    assert [each for each in said if each.startswith("PT001") and quoted in each], said


@pytest.mark.parametrize("text", ["str", "default", "null | string", "string | null", "int default", "str = not null"])
def test_what_is_no_column_of_sql_is_left_alone(text: str) -> None:
    assert read_sql_column(text) is None


def test_an_unknown_type_is_not_called_an_enum() -> None:
    _, reading = read("blob: Blob NOT NULL")
    assert "  - blob: Blob\n" in write_entity_specs(reading.specs)


@pytest.mark.parametrize(
    ("line", "field", "relation"),
    [
        ("loan: ManyToOne (Loan)", "loan_id", ("loan", "Loan", Cardinality.MANY_TO_ONE)),
        ("lent: many-to-one Loan", "lent_id", ("lent", "Loan", Cardinality.MANY_TO_ONE)),
        ("item: belongs to the Loan Item", "item_id", ("item", "LoanItem", Cardinality.MANY_TO_ONE)),
        ("last: ManyToOne (Loan, optional)", "last_id", ("last", "Loan", Cardinality.MANY_TO_ONE)),
        ("only: OneToOne(Loan)", "only_id", ("only", "Loan", Cardinality.ONE_TO_ONE)),
        ("loan: ManyToOne", "loan_id", ("loan", "Loan", Cardinality.MANY_TO_ONE)),
        ("loans: one-to-many (List<Loan>)", "", ("loans", "Loan", Cardinality.ONE_TO_MANY)),
        ("loans: has many Loans", "", ("loans", "Loan", Cardinality.ONE_TO_MANY)),
    ],
)
def test_a_field_may_say_its_cardinality_before_its_entity(
    line: str, field: str, relation: tuple[str, str, Cardinality]
) -> None:
    entity, reading = read(line)
    name, target, cardinality = relation
    assert entity.relations == (Relation(name=name, target=target, cardinality=cardinality),)
    assert [each.name for each in entity.fields] == ([field] if field else [])
    assert {finding.rule for finding in reading.findings} <= {"PT002", "PT003"}


def test_a_relation_among_the_fields_keeps_what_its_key_takes() -> None:
    entity, _ = read("loan: ManyToOne (Loan, optional, on delete cascade)")
    (key,) = entity.fields
    assert (key.optional, key.on_delete, key.foreign_key) == (True, OnDelete.CASCADE, "Loan")


def test_a_cardinality_without_a_known_entity_is_said() -> None:
    field, said = read_field("writer: ManyToOne (Pacient)")
    assert field.type.name == "Pacient"
    assert said == ["PT001 Book.writer: “ManyToOne” was not understood and nothing was made of it."]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("<= 9, >= 2", ["<= 9", ">= 2"]),
        ('default {"a": 1, "b": 2}, index', ['default {"a": 1, "b": 2}', "index"]),
        ("Map<String, List<int>>, index", ["Map<String, List<int>>", "index"]),
        ("default {, unique", ["default {", "unique"]),
        ("default (, unique", ["default (", "unique"]),
        ("(x < 5), y", ["(x < 5)", "y"]),
        ("a -> b, c", ["a -> b", "c"]),
    ],
)
def test_commas_split_a_line_only_outside_of_closed_brackets(text: str, pieces: list[str]) -> None:
    assert split_commas(text) == pieces
