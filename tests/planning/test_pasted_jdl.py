"""JDL that people paste becomes entities, enums and relations; what has no place is quoted."""

from __future__ import annotations

import pytest

from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs import Cardinality
from bot.documents.entities.entity_specs_writer import field_line
from bot.documents.findings import has_errors
from bot.planning.pasted.jdl import read_jdl, without_jdl
from tests.planning.talking import enums, propose, shape, talk

OFFICE = """Our model, see https://example.org/model
```jdl
/** who works here */
entity Employee {
  firstName String required minlength(2) maxlength(50),
  email String unique pattern(/^[^@]{1,64}@[a-z,]+$/)
  hiredAt Instant   // with time
  salary BigDecimal min(0)
  photo ImageBlob
  language Language required
}
entity Department(dep) { name String required unique }
@service(serviceClass)
entity Task
enum Language { FRENCH, ENGLISH("English") }
relationship OneToMany {
  Department{employee} to Employee{department(name) required},
  Employee{subordinate} to Employee{manager}
}
relationship ManyToMany { Employee{task(title)} to Task{employee} }
relationship OneToOne { Task{boss} to Employee }
dto * with mapstruct
```
A task also has a deadline.
"""


def test_a_model_is_read_with_its_validations_and_the_rest_as_ever() -> None:
    proposal = propose(talk(OFFICE))

    assert shape(proposal) == {
        "Employee": "first_name:str email:str?! hired_at:datetime? salary:Decimal? language:Language "
        "department_id:int->Department manager_id:int?->Employee",
        "Department": "name:str!",
        "Task": "boss_id:int?!->Employee deadline:date",
    }
    assert enums(proposal) == {"Language": ("FRENCH", "ENGLISH")}
    employee = proposal.specs.entity("Employee")
    assert employee is not None
    lines = [field_line(one) for one in employee.fields]
    assert "first_name: str (min 2, max 50)" in lines
    assert 'email: Optional[str] (unique, pattern "^[^@]{1,64}@[a-z,]+$")' in lines
    assert "salary: Optional[Decimal] (min 0, digits 12 places 2)" in lines
    assert not has_errors(check_entity_specs(proposal.specs))


def test_relationships_keep_their_kinds() -> None:
    specs = propose(talk(OFFICE)).specs
    ways = {f"{entity.name}.{way.name}": way.cardinality for entity in specs.entities for way in entity.relations}

    assert ways["Employee.department"] is Cardinality.MANY_TO_ONE
    assert ways["Department.employees"] is Cardinality.ONE_TO_MANY
    assert ways["Employee.tasks"] is ways["Task.employees"] is Cardinality.MANY_TO_MANY
    assert ways["Task.boss"] is Cardinality.ONE_TO_ONE


def test_what_has_no_place_is_quoted() -> None:
    proposal = propose(talk(OFFICE))

    said = "\n".join(proposal.unread)
    for piece in (
        "@service(serviceClass)",
        "photo ImageBlob",
        "dto * with mapstruct",
        'ENGLISH ("English")',
        "https://example.org/model",
    ):
        assert piece in said
    assert "who works here" not in said


@pytest.mark.parametrize(
    ("kind", "sides", "entity", "line"),
    [
        ("ManyToOne", "A{b required} to B", "A", "b_id: int (foreign key to B)"),
        ("ManyToOne", "A to B", "A", "b_id: Optional[int] (foreign key to B)"),
        ("OneToMany", "A{bs} to B{owner}", "B", "owner_id: Optional[int] (foreign key to A)"),
        ("OneToOne", "A{b} to B{a}", "A", "b_id: Optional[int] (unique, foreign key to B)"),
    ],
)
def test_the_side_that_has_the_key(kind: str, sides: str, entity: str, line: str) -> None:
    model = read_jdl((f"relationship {kind} {{ {sides} }}",))

    assert [field_line(one) for one in model.entities[entity].fields.values()] == [line]


@pytest.mark.parametrize("block", ["relationship ManyToOne { A and B }", "entity A { 1x ?? }", "enum E { a-b, c }"])
def test_what_is_no_jdl_inside_a_block_is_quoted(block: str) -> None:
    assert read_jdl((block,)).unread != []


def test_prose_with_such_words_is_no_jdl() -> None:
    text = "Each entity counts // and an enum is nice.\nthe relationship matters"

    assert without_jdl(text) == (text, ())


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", ["entity A {" * 3000, "@a " * 20_000 + "entity", "enum A {\n" * 5000])
def test_hostile_jdl_is_read_in_good_time(text: str) -> None:
    _, blocks = without_jdl(text)

    assert all(not entity.fields for entity in read_jdl(blocks).entities.values())
