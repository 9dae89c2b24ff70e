"""Reading entity_specs: every trap found in real files, nothing lost, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.entities.entity_specs import Cardinality, Entity, EntityField, EntitySpecs, EnumSpec, FieldType
from bot.documents.entities.entity_specs_reader import SpecsReading, read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.findings import Severity
from tests.documents.strategies import entity_specs

SAMPLES = Path(__file__).parent.parent / "samples"
LIBRARY = (SAMPLES / "library.specs.txt").read_text(encoding="utf-8")
CLINIC = (SAMPLES / "clinic.foreign.txt").read_text(encoding="utf-8")

TRAPS = [
    line
    for path in sorted((SAMPLES / "entity_specs").glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
]
"""Every line of the samples that hold one trap each."""


def read_field(line: str) -> tuple[EntityField, SpecsReading]:
    """Return the only field of an entity that holds the line, and the whole reading."""
    reading = read_entity_specs(f"ENTITY: Thing\nFIELDS:\n  - {line}\n\nENUM: Colour\nVALUES: RED, GREEN\n")
    assert len(reading.specs.entities[0].fields) == 1, reading.findings
    return reading.specs.entities[0].fields[0], reading


def messages(reading: SpecsReading) -> str:
    """Return every finding's message, one a line."""
    return "\n".join(finding.message for finding in reading.findings)


def test_a_canonical_document_is_read_in_full_and_written_back_the_same() -> None:
    reading = read_entity_specs(LIBRARY, "specs.txt")
    assert reading.findings == ()
    assert [entity.name for entity in reading.specs.entities] == ["Book", "Member", "Loan"]
    assert write_entity_specs(reading.specs) == LIBRARY


def test_each_thing_knows_its_line() -> None:
    places = read_entity_specs(LIBRARY, "specs.txt").places
    assert str(places["Book"]) == "specs.txt:2:1"
    assert str(places["Book.isbn"]) == "specs.txt:7:3"
    assert str(places["BookStatus"]) == "specs.txt:44:1"


@settings(deadline=None, max_examples=60)
@given(entity_specs())
def test_writing_and_reading_gives_the_same_models(specs: EntitySpecs) -> None:
    reading = read_entity_specs(write_entity_specs(specs))
    assert reading.specs == specs
    assert reading.findings == ()


pieces = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [*LIBRARY.splitlines(keepends=True), *CLINIC.splitlines(keepends=True), *TRAPS, "'", "RULES:\n", "<!--",
         "-->", "(", ")", '"', "\\", ",",
         "<entity_specs>", "</entity_specs>", "ENTITY:", "ENUM: ", "VALUES:", "  - ", ": ", "Optional[", "]", "\n"]
    ),
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(pieces, max_size=25).map("".join))
def test_no_text_makes_it_raise_and_what_it_read_is_stable(text: str) -> None:
    reading = read_entity_specs(text)
    assert reading == read_entity_specs(text)
    for finding in reading.findings:
        assert finding.message
        assert finding.next_step
    once = write_entity_specs(reading.specs)
    assert isinstance(read_entity_specs(once).specs, EntitySpecs)


def test_a_foreign_document_with_every_trap_is_read() -> None:
    specs = read_entity_specs(CLINIC).specs
    assert [entity.name for entity in specs.entities] == ["Patient", "Doctor", "Department", "Visit", "Ward"]
    patient = specs.entities[0]
    types = {field.name: str(field.type.name) + ("[]" if field.type.is_list else "") for field in patient.fields}
    assert types == {
        "id": "int",
        "full_name": "str",
        "bill": "Decimal",
        "balance": "Decimal",
        "born_on": "date",
        "admitted_at": "datetime",
        "state": "PatientState",
        "kind": "PatientKind",
        "allergies": "str[]",
        "phones": "str[]",
        "doctor_id": "int",
        "note": "str",
        "nick": "str",
    }
    assert [(relation.name, relation.target, relation.cardinality) for relation in patient.relations] == [
        ("doctor", "Doctor", Cardinality.MANY_TO_ONE),
        ("visits", "Visit", Cardinality.ONE_TO_MANY),
        ("wards", "Ward", Cardinality.MANY_TO_MANY),
    ]
    note = patient.field("note")
    assert note is not None
    assert (note.maximum, note.default) == ("500", "none, so far (yet)")
    assert [(entity.table, entity.api_path) for entity in specs.entities][:3] == [
        ("patients", "/api/v1/patients"),
        ("doctors", "/api/v1/doctors"),
        ("departments", "/api/v1/departments"),
    ]
    assert specs.enums == (
        EnumSpec(name="PatientState", values=("ADMITTED", "HOME", "in surgery")),
        EnumSpec(name="Unused", values=("A", "B")),
        EnumSpec(name="PatientKind", values=("IN", "OUT")),
    )


def test_foreign_keys_are_found_in_every_spelling() -> None:
    specs = read_entity_specs(CLINIC).specs
    found = {field.name: field.foreign_key for entity in specs.entities for field in entity.fields if field.foreign_key}
    assert found == {
        "doctor_id": "Doctor",
        "head_doctor_id": "Doctor",
        "department_id": "Department",
        "head_id": "Doctor",
        "patient_id": "Patient",
    }


@pytest.mark.parametrize(
    "lost",
    [
        "“encrypted”",
        "patientName: string",
        "INDEXES: / - patient_id",
        "“- beds”",
        "the second",
        "Long is taken as int",
        "“fullName” of Patient is called full_name",
        "Patient.doctor is a relation, so Patient gets doctor_id",
    ],
)
def test_what_was_mapped_or_has_no_place_is_quoted(lost: str) -> None:
    assert lost in messages(read_entity_specs(CLINIC))


def test_a_comment_and_the_text_around_the_block_are_no_entities() -> None:
    reading = read_entity_specs(CLINIC)
    assert reading.specs.entity("Ghost") is None
    assert "Build it" not in messages(reading)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("age: Optional[int] (min 0, max 130)", {"optional": True, "minimum": "0", "maximum": "130"}),
        ("code: str (length 4)", {"minimum": "4", "maximum": "4"}),
        ("code: varchar(12)", {"maximum": "12"}),
        ("cost: Numeric(10, 2)", {"digits": 10, "places": 2}),
        ("cost: Decimal (digits 6 places 3)", {"digits": 6, "places": 3}),
        ("title: str, optional, max_length=40", {"optional": True, "maximum": "40"}),
        ("title: str = 'new'", {"default": "new"}),
        ("title?: str", {"optional": True}),
        ("`title`: `str` (default: None)", {"default": None}),
        ("title: str (default null, nullable)", {"default": None, "optional": True}),
        ("title: str (>= 2, <= 9)", {"minimum": "2", "maximum": "9"}),
        ("title: str (renamed from oldTitle)", {"renamed_from": "old_title"}),
        ("title: Optional[datetime] (for soft-delete)", {"feature": "soft-delete", "optional": True}),
        ("title: str (For Soft_Delete)", {"feature": "soft-delete"}),
        ("title: UUID (primary key, for uuid keys)", {"feature": "uuid-keys", "primary_key": True}),
        ('code: str (pattern "^\\\\d+$")', {"pattern": "^\\d+$"}),
        ('code: str (pattern "^\\d+$")', {"pattern": "^\\d+$"}),
        ("title: list[str] | None", {"optional": True, "type": FieldType(name="str", is_list=True)}),
        ("colour: Colour", {"type": FieldType(name="Colour")}),
        ("data: Map<String, Object>", {"type": FieldType(name="JSON")}),
        ("id: UUID (PK, auto generated)", {"primary_key": True, "auto_generated": True}),
        ("odd: Blob", {"type": FieldType(name="Blob")}),
    ],
)
def test_a_field_is_read(line: str, expected: dict[str, object]) -> None:
    field, _ = read_field(line)
    assert {key: getattr(field, key) for key in expected} == expected


@pytest.mark.parametrize("words", ["for kids", "for", "for soft-delete only", "formal"])
def test_words_that_name_no_feature_are_quoted(words: str) -> None:
    field, reading = read_field(f"title: str ({words})")
    assert field.feature is None
    assert f"“{words}”" in messages(reading)


def test_an_enum_of_the_document_wins_over_a_dialect_word() -> None:
    reading = read_entity_specs("ENTITY: Account\nFIELDS:\n  - unit: Currency\n\nENUM: Currency VALUES: EUR, USD\n")
    assert reading.specs.entities[0].fields[0].type.name == "Currency"
    assert reading.specs.enums[0].values == ("EUR", "USD")


def test_a_value_given_twice_is_said() -> None:
    field, reading = read_field("age: int (min 1) (min 2)")
    assert field.minimum == "2"
    assert "minimum twice" in messages(reading)
    twice = read_entity_specs("ENTITY: A\nTABLE: one\nTABLE: two\nFIELDS:\n- id: int\n")
    assert twice.specs.entities[0].table == "one"
    assert "“two”" in messages(twice)


def test_names_are_mapped_and_said() -> None:
    reading = read_entity_specs(
        "ENTITY: order item (account)\nFIELDS:\n- id: int\n- orderID: int (fk)\n\nENTITY: Order\n"
    )
    entity = reading.specs.entities[0]
    assert (entity.name, entity.table, entity.api_path) == ("OrderItem", "order_items", "/api/v1/order-items")
    assert entity.account
    assert entity.fields[1].foreign_key == "Order"
    assert "“order item” is called OrderItem" in messages(reading)


@pytest.mark.parametrize(
    ("marks", "account", "former", "said"),
    [
        ("(renamed from Shelf)", False, "Shelf", ""),
        ("(account, renamed from Shelf)", True, "Shelf", ""),
        ("(Renamed from: `Shelf`) (account)", True, "Shelf", ""),
        ("(renamed_from Shelf)", False, "Shelf", ""),
        ('(renamed from "book shelf")', False, "BookShelf", "“book shelf” is called BookShelf"),
        ("(renamed from Shelf, renamed from Case)", False, "Case", "Rack is renamed from two names; the last one"),
        ("(renamed from)", False, None, "renamed from"),
        ("(renamed from none)", False, None, "renamed from none"),
        ("(large, renamed from Shelf) there", False, "Shelf", "large"),
    ],
)
def test_an_entity_has_marks_in_any_order(marks: str, account: bool, former: str | None, said: str) -> None:
    reading = read_entity_specs(f"ENTITY: Rack {marks}\nFIELDS:\n- id: int\n")
    (entity,) = reading.specs.entities
    assert (entity.name, entity.account, entity.renamed_from) == ("Rack", account, former)
    assert said in messages(reading)
    assert bool(said) is bool(messages(reading))
    again = read_entity_specs(write_entity_specs(reading.specs))
    assert (again.specs, again.findings) == (reading.specs, ())


def test_relations_are_read_in_every_spelling() -> None:
    text = (
        "ENTITY: A\nFIELDS:\n- id: int\nRELATIONS:\n  - bs: B (OneToMany)\n  - b: ManyToOne (B)\n  - B (1:1)\n"
        "  - ManyToMany: B\n  - list: List[B]\n  - one: B\n  - many: B (has_many, via b_id)\n  - none\n"
        "  - : (OneToMany)\n"
        "\nENTITY: B\nFIELDS:\n- id: int\n"
    )
    reading = read_entity_specs(text)
    assert [(relation.name, relation.cardinality.value) for relation in reading.specs.entities[0].relations] == [
        ("bs", "OneToMany"),
        ("b", "ManyToOne"),
        ("b", "OneToOne"),
        ("b", "ManyToMany"),
        ("list", "OneToMany"),
        ("one", "ManyToOne"),
        ("many", "OneToMany"),
    ]
    assert "via b_id" in messages(reading)
    assert "names no entity" in messages(reading)
    assert "B without a cardinality is taken as ManyToOne" in messages(reading)


def test_a_one_to_one_field_becomes_a_unique_foreign_key_of_the_right_type() -> None:
    reading = read_entity_specs(
        "ENTITY: Car\nFIELDS:\n- id: int (pk)\n- owner: Person (OneToOne)\n\nENTITY: Person\nFIELDS:\n- id: UUID (pk)\n"
    )
    key = reading.specs.entities[0].field("owner_id")
    assert key is not None
    assert (key.type.name, key.unique, key.foreign_key) == ("UUID", True, "Person")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "PT004"),
        ("hello, build me a library", "PT004"),
        ("ENTITY:\nFIELDS:\n- id: int\n", "PT005"),
        ("ENTITY: A\nFIELDS:\n- id\n", "PT005"),
        ("<entity_specs>\nENTITY: A\nFIELDS:\n- id: int\n", "PT008"),
        ("ENTITY: A\nFIELDS:\n- id: int (primary key\n", "PT008"),
        ("ENTITY: A\n<!-- never closed\nFIELDS:\n- id: int\n", "PT008"),
        ("<entity_specs>\nENTITY: A\nFIELDS:\n- id: int\n</entity_specs>\nENTITY: Lost\n", "PT001"),
        ("ENUM: E\nVALUES: A\nTABLE: es\nFIELDS:\n- id: int\n", "PT006"),
        ("x" * (5 * 1024 * 1024 + 1), "PT009"),
    ],
)
def test_what_is_wrong_with_a_text_is_said(text: str, rule: str) -> None:
    findings = read_entity_specs(text, "specs.md").findings
    assert rule in {finding.rule for finding in findings}
    assert all(finding.place.file == "specs.md" for finding in findings)


def test_an_unclosed_comment_swallows_nothing() -> None:
    reading = read_entity_specs("ENTITY: A\nFIELDS:\n- id: int\n<!-- oh\n\nENTITY: B\nFIELDS:\n- id: int\n")
    assert [entity.name for entity in reading.specs.entities] == ["A", "B"]


def test_line_endings_a_mark_and_a_missing_last_newline_change_nothing() -> None:
    marked = "\ufeff" + LIBRARY.replace("\n", "\r\n").rstrip()
    assert read_entity_specs(marked).specs == read_entity_specs(LIBRARY).specs
    assert read_entity_specs(LIBRARY.replace("\n", "\r")).specs == read_entity_specs(LIBRARY).specs


def test_a_missing_type_weighs_as_an_error() -> None:
    (finding,) = read_entity_specs("ENTITY: A\nFIELDS:\n- id: int\n- title\n").findings
    assert (finding.severity, finding.place.line) == (Severity.ERROR, 4)


@pytest.mark.parametrize(
    "text",
    [
        "ENTITY: A\nFIELDS:\n- a: " + "Optional[" * 100_000,
        "ENTITY: A\nFIELDS:\n- a: str (" + "(" * 200_000,
        "ENTITY: A\nFIELDS:\n- a: str (" + '\\"' * 200_000,
        "ENTITY: A\nFIELDS:\n- a: str (" + "unique," * 100_000,
        "<!--" * 200_000 + "-->",
        "<!-- -->" * 100_000,
        "ENTITY: A\nVALUES: " + "|" * 200_000,
        "ENTITY: " + "Ab" * 200_000,
        "ENTITY: A\nRELATIONS:\n- b: " + "(" * 200_000,
        "\n".join(f"ENTITY: A{number}\nTABLE: a{number}\nFIELDS:\n- kind: enum(A)" for number in range(5_000)),
    ],
)
def test_hostile_shapes_end(text: str) -> None:
    """No time is asserted; a quadratic reader would run into the suite's own time-out."""
    assert isinstance(read_entity_specs(text), SpecsReading)


@pytest.mark.parametrize("value", ["LENGTH", "length 5", "lengthy"])
def test_a_value_that_would_join_its_keyword_is_written_in_quotes(value: str) -> None:
    field = EntityField(name="a", type=FieldType(name="str"), maximum=value, minimum=value)
    specs = EntitySpecs(entities=(Entity(name="A", table="a", api_path="/api/v1/a", fields=(field,)),))
    assert read_entity_specs(write_entity_specs(specs)).specs == specs
