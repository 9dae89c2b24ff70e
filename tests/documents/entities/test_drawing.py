"""The drawing of entities: nothing overlaps, lines end at what they name, and what is new is marked."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from operator import mul

import pytest

from bot.documents.entities.drawing import Box, Line, draw
from bot.documents.entities.entity_specs import EntityField, EntitySpecs, FieldType, Relation
from bot.documents.entities.entity_specs_reader import read_entity_specs
from tests.generation.samples import entity, key, text


def link(name: str, target: str) -> EntityField:
    """Return a foreign key."""
    return EntityField(name=name, type=FieldType(name="int"), foreign_key=target)


LIBRARY = EntitySpecs(
    entities=(
        entity("Loan", "loans", key(), link("book_id", "Book"), link("member_id", "Member")),
        entity("Book", "books", key(), text("title"), link("author_id", "Author")),
        entity("Member", "members", key(), text("name"), link("mentor_id", "Member")),
        entity("Author", "authors", key(), text("name")),
    )
)


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes share a place."""
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (beside or one.y + one.height <= other.y or other.y + other.height <= one.y)


SCHOOL = EntitySpecs(
    entities=(
        *(entity(name, f"{name.lower()}s", key(), text("name")) for name in ("Camera", "Teacher", "Room")),
        entity("Course", "courses", key(), link("teacher_id", "Teacher")),
        entity("Student", "students", key(), text("name"), link("course_id", "Course")),
        entity("Lesson", "lessons", key(), link("course_id", "Course"), link("room_id", "Room")),
        entity("Loan", "loans", key(), link("student_id", "Student"), link("camera_id", "Camera")),
        entity("Damage", "damages", key(), link("loan_id", "Loan"), link("student_id", "Student")),
        entity("Repair", "repairs", key(), link("damage_id", "Damage"), link("camera_id", "Camera")),
        entity("Visit", "visits", key(), link("teacher_id", "Teacher"), link("repair_id", "Repair")),
    )
)
"""Things of which several name others that stand columns away."""


def points_of(line: Line) -> Iterator[tuple[float, float]]:
    """Return points along a line, about a pixel apart."""
    for first in range(0, len(line.points) - 1, 3):
        curve = line.points[first : first + 4]
        for step in range(257):
            there = step / 256
            here = 1 - there
            shares = (here**3, 3 * here**2 * there, 3 * here * there**2, there**3)
            yield sum(map(mul, shares, (x for x, _ in curve))), sum(map(mul, shares, (y for _, y in curve)))


def circle(size: int) -> EntitySpecs:
    """Return entities that name each other in a ring."""
    names = [f"Thing{number}" for number in range(size)]
    return EntitySpecs(
        entities=tuple(
            entity(name, name.lower(), key(), link("next_id", names[(number + 1) % size]))
            for number, name in enumerate(names)
        )
    )


@pytest.mark.parametrize("specs", [LIBRARY, EntitySpecs(), circle(1), circle(2), circle(60)])
def test_boxes_stand_apart_within_the_picture(specs: EntitySpecs) -> None:
    drawing = draw(specs)
    assert ([box.name for box in drawing.boxes] and len(drawing.boxes) == len(specs.entities)) or not specs.entities
    assert not [pair for pair in itertools.combinations(drawing.boxes, 2) if overlap(*pair)]
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.x + box.width <= drawing.width
        assert box.y >= 0
        assert box.y + box.height <= drawing.height
        assert all(box.y < row.y < box.y + box.height for row in box.rows)
    for line in drawing.lines:
        assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in line.points)


def test_what_is_named_stands_left_and_lines_lead_there() -> None:
    drawing = draw(LIBRARY)
    boxes = {box.name: box for box in drawing.boxes}
    assert boxes["Author"].x < boxes["Book"].x < boxes["Loan"].x
    assert boxes["Member"].x < boxes["Loan"].x
    ends = {(line.points[0], line.end) for line in drawing.lines}
    loan, book = boxes["Loan"], boxes["Book"]
    assert ((loan.x, loan.rows[0].y), (book.x + book.width, book.middle)) in ends
    assert len(drawing.lines) == 4, "a line for each key, the one to itself too"


@pytest.mark.parametrize("specs", [LIBRARY, SCHOOL, circle(5)])
def test_no_line_leads_through_a_box(specs: EntitySpecs) -> None:
    drawing = draw(specs)
    crossed = [
        (line.points[0], box.name)
        for line, box in itertools.product(drawing.lines, drawing.boxes)
        for x, y in points_of(line)
        if box.x + 0.5 < x < box.right - 0.5 and box.y + 0.5 < y < box.y + box.height - 0.5
    ]
    assert not crossed
    assert len(drawing.lines) == sum(bool(field.foreign_key) for one in specs.entities for field in one.fields)


def test_what_names_nobody_stands_beside_the_first_that_names_it() -> None:
    boxes = {box.name: box for box in draw(SCHOOL).boxes}
    assert boxes["Room"].x == boxes["Course"].x
    assert boxes["Camera"].x == boxes["Student"].x


def test_keys_and_times_that_all_have_are_left_out() -> None:
    book = next(box for box in draw(LIBRARY).boxes if box.name == "Book")
    assert [(row.name, row.kind) for row in book.rows] == [("title", "text"), ("author", "→ Author")]


def test_kinds_are_in_plain_words() -> None:
    specs = read_entity_specs(
        "ENTITY: Loan\nFIELDS:\n- fee: Decimal (digits 12 places 2)\n- mail: Optional[EmailStr]\n"
        "- state: State (enum)\n- mood: Mood (enum, optional)\n"
        "ENUM: State\nVALUES: LENT, BACK\nENUM: Mood\nVALUES: VERY_GOOD, GOOD, BAD, VERY_BAD, NEITHER\n"
    ).specs
    (box,) = draw(specs).boxes
    assert [row.kind for row in box.rows] == [
        "amount", "e-mail (optional)", "one of LENT, BACK", "one of 5 values (optional)"
    ]  # fmt: skip


def test_a_pair_is_one_line() -> None:
    tags = entity("Tag", "tags", key(), text("name")).model_copy(
        update={"relations": (Relation(name="books", target="Book", cardinality="ManyToMany"),)}
    )
    books = entity("Book", "books", key(), text("title")).model_copy(
        update={"relations": (Relation(name="tags", target="Tag", cardinality="ManyToMany"),)}
    )
    assert [line.is_many_to_many for line in draw(EntitySpecs(entities=(tags, books))).lines] == [True]


def test_what_a_change_brings_is_marked() -> None:
    before = EntitySpecs(
        entities=tuple(
            one.model_copy(update={"fields": one.fields[:-1]}) if one.name == "Book" else one
            for one in LIBRARY.entities
            if one.name != "Loan"
        )
    )
    boxes = draw(LIBRARY, before).boxes
    assert [box.name for box in boxes if box.is_new] == ["Loan"]
    assert {(box.name, row.field) for box in boxes for row in box.rows if row.is_new} == {
        ("Book", "author_id"),
        ("Loan", "book_id"),
        ("Loan", "member_id"),
    }
    assert not [box for box in draw(LIBRARY).boxes if box.is_new or any(row.is_new for row in box.rows)]


def test_an_endless_name_is_cut() -> None:
    long = EntitySpecs(entities=(entity("X" * 5000, "things", key(), text("y" * 5000)),))
    (box,) = draw(long).boxes
    assert len(box.name) == 36
    assert box.width < 700


def test_a_foreign_document_is_drawn_too() -> None:
    specs = read_entity_specs("ENTITY: A\nTABLE: a\nFIELDS:\n  - b_id: int (foreign key to Nobody)\n", "x").specs
    drawing = draw(specs)
    assert [row.kind for row in drawing.boxes[0].rows] == ["→ Nobody"]
    assert drawing.lines == ()
