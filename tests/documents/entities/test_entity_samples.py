"""Whole entity_specs files with every trap that real files hold: what is read, what is said, and not a byte lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs import (
    Cardinality,
    Entity,
    EntityField,
    EnumSpec,
    FieldType,
    OnDelete,
    Relation,
)
from bot.documents.entities.entity_specs_reader import SpecsReading, read_entity_specs
from bot.documents.entities.entity_specs_writer import field_line, write_entity_specs
from bot.documents.text.source_text import SourceText

SAMPLES = Path(__file__).parent.parent / "samples" / "entity_specs"
FILES = sorted(path.name for path in SAMPLES.glob("*.txt"))
REFERENCE = os.environ.get("PLANTHREAD_REFERENCE_DOCUMENTS", "")


def read(name: str) -> SpecsReading:
    """Return the reading of a sample."""
    return read_entity_specs(SourceText.from_bytes((SAMPLES / name).read_bytes()).text, name)


def entity_of(reading: SpecsReading, name: str) -> Entity:
    """Return an entity that must be there."""
    entity = reading.specs.entity(name)
    assert entity is not None
    return entity


def lines_of(entity: Entity) -> list[str]:
    """Return an entity's fields as the grammar writes them."""
    return [field_line(field) for field in entity.fields]


def said(reading: SpecsReading) -> list[str]:
    """Return every finding as rule, place in the file, and message."""
    return [
        f"{finding.rule} {finding.place.line}:{finding.place.column} {finding.message}" for finding in reading.findings
    ]


@pytest.mark.parametrize("name", FILES)
def test_every_byte_of_a_sample_is_kept_and_its_canonical_form_reads_the_same(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    assert SourceText.from_bytes(data).to_bytes() == data
    reading = read(name)
    assert reading.specs.entities
    again = read_entity_specs(write_entity_specs(reading.specs))
    assert again.specs == reading.specs
    assert again.findings == ()


@pytest.mark.parametrize("name", FILES)
def test_every_place_names_a_line_that_holds_the_thing(name: str) -> None:
    source = SourceText.from_bytes((SAMPLES / name).read_bytes())
    reading = read(name)
    for entity in reading.specs.entities:
        for field in entity.fields:
            place = reading.places[f"{entity.name}.{field.name}"]
            assert place.file == name
            assert place.line
            assert place.column
            line = source.lines[place.line - 1].text
            assert line[place.column - 1 : place.column + 1] in {"- ", "* "}, line


def test_a_bare_label_with_keys_in_any_order_and_comments() -> None:
    reading = read("bare_label.txt")
    assert said(reading) == []
    assert [(e.name, e.table, e.api_path) for e in reading.specs.entities] == [
        ("Boat", "boats", "/api/v1/boats"),
        ("Rental", "hires", "/api/v1/hires"),
        ("BoatCheck", "boat_checks", "/api/v1/boat-checks"),
    ]
    assert lines_of(entity_of(reading, "Boat"))[1:4] == [
        "name: str (unique, max 60)",
        "kind: BoatKind (enum)",
        "hourly_rate: Decimal (digits 8 places 2)",
    ]
    rental = entity_of(reading, "Rental")
    assert lines_of(rental)[1:4] == [
        "boat_id: int (index, foreign key to Boat)",
        "starts_at: datetime",
        "ends_at: Optional[datetime]",
    ]
    assert rental.relations == (Relation(name="boat", target="Boat", cardinality=Cardinality.MANY_TO_ONE),)
    assert entity_of(reading, "Boat").relations == (
        Relation(name="rentals", target="Rental", cardinality=Cardinality.ONE_TO_MANY),
    )
    assert (reading.places["Rental"].line, reading.places["Rental"].column) == (24, 1)
    assert "No field has the type Weather." in {f.message for f in check_entity_specs(reading.specs)}


def test_java_types_and_names_are_mapped_and_each_mapping_is_said() -> None:
    reading = read("java.txt")
    patient = entity_of(reading, "ClinicPatient")
    assert lines_of(patient) == [
        "patient_id: int (primary key, auto-generated)",
        "full_name: str (max 100)",
        "insured_since: Optional[date]",
        "admitted_at: datetime",
        "wake_at: time",
        "open_bill: Decimal (digits 10 places 2)",
        "body_temperature: Decimal",
        "pulse: int (min 20, max 250)",
        "is_insured: bool",
        "barcode: UUID",
        "homepage: HttpUrl",
        "mail: EmailStr",
        "scans: JSON",
        "nick_names: list[str]",
        "ward_id: int (foreign key to Ward)",
    ]
    assert patient.relations == (
        Relation(name="ward", target="Ward", cardinality=Cardinality.MANY_TO_ONE),
        Relation(name="visits", target="Visit", cardinality=Cardinality.ONE_TO_MANY),
    )
    assert lines_of(entity_of(reading, "Ward"))[1] == "head_nurse_id: UUID (unique, foreign key to Nurse)"
    assert said(reading) == [
        "PT002 5:3 “patientId” of ClinicPatient is called patient_id in the code.",
        "PT003 5:3 ClinicPatient.patient_id: Long is taken as int.",
        "PT002 6:3 “fullName” of ClinicPatient is called full_name in the code.",
        "PT003 6:3 ClinicPatient.full_name: String is taken as str.",
        "PT002 7:3 “insuredSince” of ClinicPatient is called insured_since in the code.",
        "PT003 7:3 ClinicPatient.insured_since: LocalDate is taken as date.",
        "PT002 8:3 “admittedAt” of ClinicPatient is called admitted_at in the code.",
        "PT003 8:3 ClinicPatient.admitted_at: LocalDateTime is taken as datetime.",
        "PT002 9:3 “wakeAt” of ClinicPatient is called wake_at in the code.",
        "PT003 9:3 ClinicPatient.wake_at: LocalTime is taken as time.",
        "PT002 10:3 “openBill” of ClinicPatient is called open_bill in the code.",
        "PT003 10:3 ClinicPatient.open_bill: BigDecimal is taken as Decimal.",
        "PT002 11:3 “bodyTemperature” of ClinicPatient is called body_temperature in the code.",
        "PT003 11:3 ClinicPatient.body_temperature: of float/double/Decimal, Decimal is taken.",
        "PT003 12:3 ClinicPatient.pulse: Integer is taken as int.",
        "PT002 13:3 “isInsured” of ClinicPatient is called is_insured in the code.",
        "PT003 13:3 ClinicPatient.is_insured: boolean is taken as bool.",
        "PT003 15:3 ClinicPatient.homepage: URL is taken as HttpUrl.",
        "PT003 16:3 ClinicPatient.mail: Email is taken as EmailStr.",
        "PT003 17:3 ClinicPatient.scans: Map<String, Object> is taken as JSON.",
        "PT002 18:3 “nickNames” of ClinicPatient is called nick_names in the code.",
        "PT003 18:3 ClinicPatient.nick_names: List<String> is taken as list[str].",
        "PT003 19:3 ClinicPatient.ward is a relation, so ClinicPatient gets ward_id (foreign key to Ward).",
        "PT003 20:3 ClinicPatient.visits is a relation (OneToMany to Visit).",
        "PT003 26:3 Ward.id: Long is taken as int.",
        "PT002 27:3 “headNurse” of Ward is called head_nurse in the code.",
        "PT003 27:3 Ward.head_nurse is a relation, so Ward gets head_nurse_id (foreign key to Nurse).",
        "PT003 33:3 Visit.id: Long is taken as int.",
        "PT002 34:3 “clinicPatientId” of Visit is called clinic_patient_id in the code.",
        "PT003 34:3 Visit.clinic_patient_id: Long is taken as int.",
        "PT003 41:3 Nurse.surname: String is taken as str.",
    ]


def test_typescript_in_an_indented_block_with_fields_of_two_ends() -> None:
    reading = read("typescript.txt")
    assert [(e.name, e.table, e.api_path) for e in reading.specs.entities] == [
        ("Article", "articles", "/api/v1/articles"),
        ("Comment", "comments", "/api/v1/comments"),
    ]
    assert lines_of(entity_of(reading, "Article")) == [
        "id: int (primary key)",
        "headline: str (max 120)",
        "tags: list[str]",
        "scores: list[float]",
        "subtitle: Optional[str]",
        "summary: Optional[str]",
        "footnote: Optional[str]",
        "published: bool (default false)",
        "meta: JSON",
        "secret_note: str",
    ]
    assert lines_of(entity_of(reading, "Comment")) == [
        "id: int (primary key)",
        "article_id: int (foreign key to Article)",
        "body: str",
    ]
    assert said(reading) == [
        "PT006 17:7 Article: “id: number” was not kept, because the other fields have it as int, which holds.",
        "PT006 19:7 Article: “authorName: string” was not kept, because it stands in FRONTEND_FIELDS only.",
        "PT003 7:7 Article.headline: string is taken as str.",
        "PT003 8:7 Article.tags: string[] is taken as list[str].",
        "PT003 9:7 Article.scores: Array<number> is taken as list[float].",
        "PT003 10:7 Article.subtitle: string | null is taken as Optional[str].",
        "PT003 12:7 Article.footnote: string is taken as str.",
        "PT003 12:7 Article.footnote: “footnote?” is taken as Optional[str].",
        "PT003 13:7 Article.published: boolean is taken as bool.",
        "PT003 14:7 Article.meta: Record<string, any> is taken as JSON.",
        "PT003 29:7 Comment.body: text is taken as str.",
    ]


def test_a_circle_of_foreign_keys_and_both_orders_of_relations() -> None:
    reading = read("circular.txt")
    assert said(reading) == ["PT002 19:3 “headDoctorId” of Department is called head_doctor_id in the code."]
    doctor, department = reading.specs.entities
    key = department.field("head_doctor_id")
    assert key is not None
    assert (key.foreign_key, key.optional, key.on_delete) == ("Doctor", True, OnDelete.SET_NULL)
    assert [field.foreign_key for field in doctor.fields if field.foreign_key] == ["Department"]
    assert department.relations == (
        Relation(name="head_doctor", target="Doctor", cardinality=Cardinality.MANY_TO_ONE),
        Relation(name="doctors", target="Doctor", cardinality=Cardinality.ONE_TO_MANY),
    )
    found = [finding for finding in check_entity_specs(reading.specs) if finding.rule == "PT228"]
    assert ["Doctor → Department → Doctor" in finding.message for finding in found] == [True]


def test_our_own_extensions_and_quoted_values() -> None:
    reading = read("extensions.txt")
    assert said(reading) == ["PT002 12:3 Member.surname: “familyName” is called family_name."]
    member = entity_of(reading, "Member")
    assert member.account
    fields = {field.name: field for field in member.fields}
    assert fields["card"] == EntityField(
        name="card", type=FieldType(name="str"), minimum="8", maximum="8", pattern="^[A-Z]{2}[0-9]{6}$"
    )
    assert fields["motto"].default == 'say "hi", then (always) smile'
    assert fields["path"].default == "C:\\books"
    assert fields["shelf"].default == "two, or more"
    assert (fields["fee"].minimum, fields["fee"].maximum) == ("0", "999.99")
    assert (fields["fee"].digits, fields["fee"].places) == (5, 2)
    assert fields["surname"].renamed_from == "family_name"
    assert fields["sponsor_id"].on_delete is OnDelete.SET_NULL
    ticket = entity_of(reading, "Ticket")
    assert ticket.renamed_from == "Pass"
    assert [field.on_delete for field in ticket.fields if field.foreign_key] == [OnDelete.CASCADE, OnDelete.RESTRICT]
    assert [rule.kind for rule in ticket.rules] == ["transition", "one open", "derived", "at most", "only by"]
    assert [rule.kind for rule in entity_of(reading, "Event").rules] == ["no overlap"]
    assert list(check_entity_specs(reading.specs)) == []


def test_enums_in_every_spelling() -> None:
    reading = read("enums.txt")
    parcel = entity_of(reading, "Parcel")
    assert lines_of(parcel)[1:] == [
        "state: ParcelState (enum)",
        "earlier: list[ParcelState] (enum)",
        "size: ParcelSize (enum)",
        "priority: ParcelPriority (enum, default LOW)",
        "route: Optional[Route] (enum)",
    ]
    assert reading.specs.enums == (
        EnumSpec(name="ParcelState", values=("PACKED", "SENT", "at the door")),
        EnumSpec(name="ParcelPriority", values=("LOW", "HIGH")),
        EnumSpec(name="Route", values=("NORTH", "SOUTH")),
        EnumSpec(name="Colour", values=("RED", "GREEN")),
        EnumSpec(name="ParcelSize", values=("SMALL", "LARGE")),
    )
    assert said(reading) == [
        "PT003 7:3 Parcel.size: its values are the enum ParcelSize.",
        'PT001 14:3 ParcelState.PACKED: “= "packed"” was not understood and nothing was made of it.',
    ]


def test_what_is_malformed_is_said_with_its_place_and_nothing_is_lost() -> None:
    reading = read("mended.txt")
    assert lines_of(entity_of(reading, "Sensor")) == [
        "id: int (primary key)",
        "level: float (min 1)",
        "place: str (max 20)",
        "code: str (unique)",
    ]
    assert lines_of(entity_of(reading, "SensorReading"))[1:] == [
        "sensor_id: int (foreign key to Sensor)",
        "blob: Blob (enum)",
    ]
    assert said(reading) == [
        "PT007 3:1 TABLE of Sensor is given as “sensors” and again as “probes”; the first holds.",
        "PT001 10:1 “INDEXES: / - code” was not understood and nothing was made of it.",
        "PT005 6:3 The line “- label” of Sensor is no field.",
        "PT007 7:3 Sensor.level gives minimum twice; the last one, “1”, holds.",
        "PT008 8:3 A bracket of Sensor.place never closes.",
        "PT001 9:3 Sensor.code: “encrypted” was not understood and nothing was made of it.",
        "PT002 13:1 “sensor reading” is called SensorReading in the code.",
        "PT002 16:3 “sensorId” of SensorReading is called sensor_id in the code.",
        "PT003 19:3 SensorReading.sensor: Sensor without a cardinality is taken as ManyToOne.",
        "PT005 20:3 The relation “- (OneToMany)” of SensorReading names no entity.",
        "PT006 21:1 SensorReading: “A, B” was not kept, because an entity has no VALUES.",
        "PT001 24:1 Unit.F: “(for America)” was not understood and nothing was made of it.",
        "PT006 25:1 Unit: “units” was not kept, because an enum has no TABLE.",
    ]


def test_a_mark_tabs_other_line_endings_and_other_languages() -> None:
    data = (SAMPLES / "windows.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 12
    assert not data.endswith(b"\n")
    reading = read("windows.txt")
    cafe = entity_of(reading, "Café")
    assert lines_of(cafe) == [
        "id: int (primary key)",
        "grosse: int",
        '名前: str (default "料理, à la carte")',
        "gaste: list[str]",
    ]
    assert reading.specs.enums == (EnumSpec(name="Laune", values=("FRÖHLICH", "sehr müde")),)
    assert said(reading) == [
        "PT002 6:2 “größe” of Café is called grosse in the code.",
        "PT002 8:2 “gäste” of Café is called gaste in the code.",
    ]


PROMPT_ENTITY = {
    "id": "int (primary key)",
    "name": "str",
    "email": "str",
    "created_at": "datetime",
    "updated_at": "datetime",
}


def assert_prompt(reading: SpecsReading, entity: str, enum: str, field: str, values: tuple[str, ...]) -> None:
    """Assert that one entity and one enum were read from inside the prose of a prompt, and nothing was said."""
    (found,) = reading.specs.entities
    assert (found.name, found.table) == (entity, entity.lower() + "s")
    assert found.api_path == f"/api/v1/{found.table}"
    lines = dict(line.split(": ", 1) for line in lines_of(found))
    assert lines == PROMPT_ENTITY | {field: f"{enum} (enum)"}
    assert list(lines) == ["id", "name", "email", field, "created_at", "updated_at"]
    assert reading.specs.enums == (EnumSpec(name=enum, values=values),)
    assert reading.findings == ()
    assert check_entity_specs(reading.specs) == ()


def test_a_block_inside_the_prose_of_a_prompt() -> None:
    assert_prompt(read("prompt.txt"), "Gardener", "GardenerRank", "rank", ("HEAD", "HELPER", "GUEST"))


@pytest.mark.skipif(not REFERENCE, reason="PLANTHREAD_REFERENCE_DOCUMENTS names no folder, so there is no real prompt")
def test_the_block_of_the_real_planner_prompt() -> None:
    (path,) = Path(REFERENCE).glob("000*")
    data = path.read_bytes()
    assert SourceText.from_bytes(data).to_bytes() == data
    reading = read_entity_specs(SourceText.from_bytes(data).text)
    assert_prompt(reading, "User", "UserRole", "role", ("ADMIN", "USER", "GUEST"))
