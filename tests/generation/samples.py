"""Specs that the tests of generation build from."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.documents.entities.declared_rules import ActionByOwner, StatusChange, Transition
from bot.documents.entities.entity_specs import (
    Cardinality,
    Entity,
    EntityField,
    EntitySpecs,
    EnumSpec,
    FieldType,
    OnDelete,
    Relation,
)
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.generation.blueprint import load_blueprint
from bot.generation.custom import CustomBehaviour
from bot.generation.derivation import derive_requirements, derive_task_plan
from bot.generation.feature_specs import with_features
from bot.generation.inputs import BuildInputs, slugify

STARTED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LEND = CustomBehaviour(
    title="A lent book can't be lent again",
    slug="lend_book",
    criterion="IF a book is lent, THEN THE System SHALL refuse a second loan of it with 409.",
    done="A second loan of a lent book is refused with 409.",
)


def typed(name: str, *, of_list: bool = False) -> FieldType:
    """Return a field type."""
    return FieldType(name=name, is_list=of_list)


def key(type_name: str = "int", name: str = "id") -> EntityField:
    """Return a primary key that fills itself."""
    return EntityField(name=name, type=typed(type_name), primary_key=True, auto_generated=True)


def text(name: str, maximum: str = "200", **modifiers: object) -> EntityField:
    """Return a text field."""
    return EntityField.model_validate({"name": name, "type": typed("str"), "maximum": maximum, **modifiers})


def refers_to(entity: str, name: str, type_name: str = "int", **modifiers: object) -> EntityField:
    """Return a foreign key."""
    return EntityField.model_validate({"name": name, "type": typed(type_name), "foreign_key": entity, **modifiers})


def entity(name: str, table: str, *fields: EntityField, relations: tuple[Relation, ...] = ()) -> Entity:
    """Return an entity whose path follows from its table."""
    path = f"/api/v1/{table.replace('_', '-')}"
    return Entity(name=name, table=table, api_path=path, fields=fields, relations=relations)


def timestamps() -> tuple[EntityField, EntityField]:
    """Return the two fields that the database fills."""
    return (
        EntityField(name="created_at", type=typed("datetime"), auto_generated=True),
        EntityField(name="updated_at", type=typed("datetime"), auto_generated=True),
    )


def library() -> EntitySpecs:
    """Return a library: books, members, and loans that join them."""
    book = entity(
        "Book",
        "books",
        key(),
        text("title", minimum="1"),
        text("isbn", "13", minimum="13", unique=True, pattern=r"^\d{13}$"),
        EntityField(name="price", type=typed("Decimal"), digits=8, places=2, minimum="0"),
        EntityField(name="status", type=typed("BookStatus"), default="available", index=True),
        *timestamps(),
        relations=(Relation(name="loans", target="Loan", cardinality=Cardinality.ONE_TO_MANY),),
    )
    member = entity(
        "Member",
        "members",
        key(),
        text("name", minimum="1"),
        EntityField(name="email", type=typed("EmailStr"), unique=True),
        *timestamps(),
    )
    loan = entity(
        "Loan",
        "loans",
        key(),
        refers_to("Member", "member_id"),
        refers_to("Book", "book_id"),
        EntityField(name="lent_at", type=typed("datetime")),
        EntityField(name="due_at", type=typed("datetime")),
        EntityField(name="returned_at", type=typed("datetime"), optional=True),
        relations=(
            Relation(name="member", target="Member", cardinality=Cardinality.MANY_TO_ONE),
            Relation(name="book", target="Book", cardinality=Cardinality.MANY_TO_ONE),
        ),
    )
    status = EnumSpec(name="BookStatus", values=("available", "lent"))
    return EntitySpecs(entities=(loan, book, member), enums=(status,))


def owned() -> EntitySpecs:
    """Return the library with members who log in, and loans whose reading, lending, ending and deleting is theirs."""
    specs = library()
    status = EntityField(name="state", type=typed("LoanState"), default="LENT")
    rules = (
        Transition(field="state", changes=(StatusChange(source="LENT", targets=("BACK", "LOST")),)),
        ActionByOwner(action="back", field="member"),
        *(ActionByOwner(action=action, field="member_id") for action in ("delete", "read", "create")),
    )
    changes: dict[str, dict[str, object]] = {
        "Member": {"account": True},
        "Loan": {"rules": rules},
        "Book": {"rules": (ActionByOwner(action="update", field="keeper"),)},
    }
    more = {"Loan": (status,), "Book": (refers_to("Member", "keeper_id", optional=True),)}
    entities = tuple(
        each.model_copy(update={"fields": (*each.fields, *more.get(each.name, ())), **changes[each.name]})
        for each in specs.entities
    )
    state = EnumSpec(name="LoanState", values=("LENT", "BACK", "LOST"))
    return EntitySpecs(entities=entities, enums=(*specs.enums, state))


def everything() -> EntitySpecs:
    """Return specs with every type, modifier and relation, awkward names, a circle, a tree, and each delete rule."""
    kinds = entity(
        "Class",
        "order",
        key("UUID", "class"),
        text("metadata", pattern="^[A-Z]{2}-[0-9]+$", maximum="20"),
        text("json", "80", unique=True, default='quote " and \\ and {{ brace }} and \n line'),
        EntityField(name="from", type=typed("int"), minimum="-5", maximum="5", default="3"),
        EntityField(name="int", type=typed("int"), optional=True, index=True),
        EntityField(name="float", type=typed("float"), minimum="0.5", optional=True),
        EntityField(name="bool", type=typed("bool"), default="false"),
        EntityField(name="date", type=typed("date"), unique=True),
        EntityField(name="time", type=typed("time"), optional=True),
        EntityField(name="datetime", type=typed("datetime"), optional=True, index=True),
        EntityField(name="uuid", type=typed("UUID"), unique=True),
        EntityField(name="amount", type=typed("Decimal"), optional=True, minimum="1.50", maximum="99.99", places=2),
        EntityField(name="homepage", type=typed("HttpUrl"), optional=True),
        EntityField(name="settings", type=typed("JSON"), default="{}"),
        EntityField(name="tags", type=typed("str", of_list=True)),
        EntityField(name="prices", type=typed("Decimal", of_list=True), optional=True),
        EntityField(name="days", type=typed("date", of_list=True), default="[]"),
        EntityField(name="colours", type=typed("Colour", of_list=True), optional=True),
        EntityField(name="colour", type=typed("Colour"), default="dark blue"),
        EntityField(name="token", type=typed("UUID"), auto_generated=True),
        EntityField(name="born", type=typed("date"), auto_generated=True),
        *timestamps(),
    )
    department = entity(
        "Department",
        "departments",
        key(),
        text("name", "40", unique=True),
        refers_to("Doctor", "head_id", optional=True, on_delete=OnDelete.SET_NULL),
        relations=(Relation(name="doctors", target="Doctor", cardinality=Cardinality.ONE_TO_MANY),),
    )
    doctor = entity(
        "Doctor",
        "doctors",
        key(name="number"),
        text("full_name"),
        refers_to("Department", "department_id", on_delete=OnDelete.CASCADE),
        relations=(Relation(name="pages", target="Page", cardinality=Cardinality.MANY_TO_MANY),),
    )
    page = entity(
        "Page",
        "pages",
        key(),
        text("body", maximum="4000", optional=True),
        refers_to("Page", "parent_id", optional=True),
        refers_to("Class", "class_id", "UUID", optional=True, unique=True, on_delete=OnDelete.RESTRICT),
        relations=(
            Relation(name="class", target="Class", cardinality=Cardinality.ONE_TO_ONE),
            Relation(name="readers", target="Doctor", cardinality=Cardinality.MANY_TO_MANY),
            Relation(name="siblings", target="Page", cardinality=Cardinality.MANY_TO_MANY),
        ),
    )
    colour = EnumSpec(name="Colour", values=("dark blue", "class", "1st", "Rot"))
    return EntitySpecs(entities=(page, kinds, department, doctor), enums=(colour,))


RULED = """<entity_specs>
ENTITY: Room
TABLE: rooms
FIELDS:
  - id: UUID (primary key, auto-generated)
  - name: str (max 40, unique)
API_PATH: /api/v1/rooms

ENTITY: Key
TABLE: keys
FIELDS:
  - id: int (primary key, auto-generated)
  - room_id: UUID (foreign key to Room)
  - state: KeyState
  - handed_out_at: datetime
  - due_at: datetime
  - remind_on: date
  - returned_at: Optional[datetime]
  - created_at: datetime
  - updated_at: datetime
API_PATH: /api/v1/keys
RELATIONS:
  - room: Room (ManyToOne)
RULES:
  - transition state: IN_HAND -> BACK | "it's \\"late\\"", "it's \\"late\\"" -> BACK | LOST
  - one open Key per room until returned_at
  - due_at = handed_out_at + 28 days
  - remind_on = due_at + 3 days
  - returned_at at most 72 hours after due_at

ENTITY: Stay
TABLE: stays
FIELDS:
  - id: int (primary key, auto-generated)
  - room_id: Optional[UUID] (foreign key to Room)
  - from: date
  - until: Optional[date]
  - state: Optional[KeyState] (default IN_HAND)
  - arrives_at: datetime
  - leaves_at: datetime
  - expires_at: datetime
  - booked_by: datetime
  - created_at: datetime (auto-generated)
  - updated_at: datetime (auto-generated)
API_PATH: /api/v1/stays
RULES:
  - no overlap of from, until per room
  - no overlap of arrives_at, leaves_at per room_id
  - leaves_at at most 8 hours after arrives_at
  - expires_at = created_at + 7 days
  - booked_by at most 3 days after created_at
  - transition state: IN_HAND -> BACK

ENTITY: Cleaning
TABLE: cleanings
FIELDS:
  - id: int (primary key, auto-generated)
  - stay_id: int (foreign key to Stay)
  - starts_at: datetime (unique)
  - ends_at: datetime
  - ordered_on: Optional[date]
  - closed_on: Optional[date]
API_PATH: /api/v1/cleanings
RULES:
  - ends_at = starts_at + 2 hours
  - no overlap of starts_at, ends_at per stay
  - closed_on = ordered_on + 2 days
  - one open Cleaning per stay until closed_on

ENUM: KeyState
VALUES: IN_HAND, "it's \\"late\\"", BACK, LOST
</entity_specs>
"""


def ruled() -> EntitySpecs:
    """Return specs with declared rules of every form that services keep, alone and together."""
    reading = read_entity_specs(RULED)
    assert not reading.findings, reading.findings
    return reading.specs


GUARDED = """<entity_specs>
ENTITY: Kiln
TABLE: kilns
FIELDS:
  - id: int (primary key, auto-generated)
  - name: str (unique, max 80)
  - status: KilnStatus (enum, default working)
  - created_at: datetime (auto-generated)
  - updated_at: datetime (auto-generated)
API_PATH: /api/v1/kilns
RULES:
  - delete only while status is broken

ENTITY: Firing
TABLE: firings
FIELDS:
  - id: int (primary key, auto-generated)
  - kiln_id: int (index, foreign key to Kiln, on delete restrict)
  - potter_id: Optional[int] (index, foreign key to Potter, on delete set null)
  - starts_at: datetime
  - ends_at: datetime
  - pieces: int (min 1, max 500)
  - status: FiringStatus (enum, default planned)
  - created_at: datetime (auto-generated)
  - updated_at: datetime (auto-generated)
API_PATH: /api/v1/firings
RELATIONS:
  - kiln: Kiln (ManyToOne)
  - potter: Potter (ManyToOne)
RULES:
  - transition status: planned -> fired | cancelled
  - no overlap of starts_at, ends_at per kiln
  - create only while kiln.status is working | idle
  - create only while potter.active is true
  - update only while status is planned
  - delete only while status is cancelled

ENTITY: Potter
TABLE: potters
FIELDS:
  - id: int (primary key, auto-generated)
  - name: str (max 80)
  - active: bool (default true)
  - created_at: datetime (auto-generated)
  - updated_at: datetime (auto-generated)
API_PATH: /api/v1/potters

ENTITY: Course
TABLE: courses
FIELDS:
  - id: UUID (primary key, auto-generated)
  - title: str (max 80)
  - status: CourseStatus (enum, default draft)
  - created_at: datetime (auto-generated)
  - updated_at: datetime (auto-generated)
API_PATH: /api/v1/courses
RULES:
  - transition status: draft -> open, open -> closed

ENTITY: Seat
TABLE: seats
FIELDS:
  - id: UUID (primary key, auto-generated)
  - course_id: UUID (index, foreign key to Course, on delete cascade)
  - kiln_id: Optional[int] (index, foreign key to Kiln, on delete set null)
  - note: str (max 80)
  - created_at: datetime (auto-generated)
  - updated_at: datetime (auto-generated)
API_PATH: /api/v1/seats
RULES:
  - create only while course.status is open
  - update only while course.status is open
  - delete only while course.status is closed
  - create only while kiln.status is broken

ENUM: KilnStatus
VALUES: broken, working, idle

ENUM: FiringStatus
VALUES: planned, fired, cancelled

ENUM: CourseStatus
VALUES: draft, open, closed
</entity_specs>
"""


def guarded() -> EntitySpecs:
    """Return specs in which what may be done depends on a status: one's own, or that of a row that is named."""
    reading = read_entity_specs(GUARDED)
    assert not reading.findings, reading.findings
    return reading.specs


def build_inputs(
    specs: EntitySpecs,
    name: str = "Office library",
    custom: tuple[CustomBehaviour, ...] = (),
    features: tuple[str, ...] = ("docker",),
) -> BuildInputs:
    """Return the inputs of a build, with derived requirements and plan."""
    blueprint = load_blueprint()
    specs = with_features(specs, features)
    introduction = f"{name} keeps what people need."
    requirements = derive_requirements(name, introduction, specs, custom, (), blueprint.chosen(features))
    plan = derive_task_plan(name, specs, requirements, custom, blueprint, features)
    return BuildInputs(
        name=name,
        slug=slugify(name),
        specs=specs,
        requirements=requirements,
        task_plan=plan,
        features=features,
        started=STARTED,
        author_name="Mara",
        author_email="mara@example.com",
    )
