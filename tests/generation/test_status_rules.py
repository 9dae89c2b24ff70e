"""What depends on a status becomes a service that refuses it at the wrong time, and tests whose rows are in order."""

from __future__ import annotations

import pytest

from bot.building.tree import service_tree
from bot.documents.entities.declared_rules import OnlyWhile
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.generation.blueprint import load_blueprint
from bot.generation.criteria import CriterionKind, entity_criteria
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.rule_states import (
    guards_of,
    named_states,
    ordered_examples,
    seed_states,
    seeds_disagree,
    states_to_bring_about,
    status_json,
    status_values,
)
from bot.generation.support import require_supported
from bot.generation.view import specs_view
from tests.generation.samples import build_inputs, guarded
from tests.generation.service_files import service

FIRING = """<entity_specs>
ENTITY: Kiln
TABLE: kilns
FIELDS:
  - id: int (primary key, auto-generated)
  - name: str (max 80)
  - status: KilnStatus (enum)
  - grade: Grade (enum, unique)
  - is_hot: bool (default false)
  - tried_at: datetime (auto-generated)
API_PATH: /api/v1/kilns

ENTITY: Firing
TABLE: firings
FIELDS:
  - id: int (primary key, auto-generated)
  - kiln_id: int (foreign key to Kiln)
  - spare_id: Optional[int] (foreign key to {spare})
  - state: State (enum)
  - pieces: int
API_PATH: /api/v1/firings
RELATIONS:
  - kiln: Kiln (ManyToOne)
RULES:
{rules}

ENTITY: Room
TABLE: rooms
FIELDS:
  - id: int (primary key, auto-generated)
  - is_open: bool
API_PATH: /api/v1/rooms
RULES:
  - {room}

ENUM: KilnStatus
VALUES: BROKEN, WORKING, IDLE

ENUM: Grade
VALUES: A, B

ENUM: State
VALUES: NEW, DONE
</entity_specs>
"""


def specs_with(*rules: str, room: str = "delete only while is_open is false", spare: str = "Room") -> EntitySpecs:
    """Return specs whose Firing has the rules."""
    lines = "\n".join(f"  - {rule}" for rule in rules)
    return read_entity_specs(FIRING.format(rules=lines, room=room, spare=spare)).specs


def entity_of(specs: EntitySpecs, name: str) -> Entity:
    """Return an entity of specs."""
    entity = specs.entity(name)
    assert entity is not None
    return entity


def key_of(entity: Entity, name: str) -> dict[str, object]:
    """Return what the samples of the guarded service tell a row to be, for the entity to name it."""
    field = entity.field(name)
    assert field is not None
    return dict(named_states(entity, field, guarded()))


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("lend only while state is NEW", "lend can't depend on a status; write create, update, delete."),
        ("create only while state is NEW", "a new Firing has no state yet"),
        ("create only while oven.status is BROKEN", "oven is no foreign key"),
        ("create only while kiln.state is NEW", "Kiln has no field state"),
        ("create only while kiln.name is NEW", "kiln.name is neither an enum nor a bool"),
        ("create only while kiln.status is COLD", "'COLD' is no value of kiln.status; it has BROKEN, WORKING, IDLE"),
        ("create only while kiln.is_hot is COLD", "it has true, false"),
        ("create only while kiln.grade is A", "kiln.grade is unique"),
        ("create only while kiln.status is BROKEN", "Kiln.grade is unique with so few values"),
        ("delete only while fate is NEW", "there is no field fate"),
    ],
)
def test_what_no_service_can_keep_is_refused_and_says_why(rule: str, why: str) -> None:
    with pytest.raises(UnsupportedSpecsError) as refused:
        require_supported(specs_with(rule), (), load_blueprint(), ())
    assert why in str(refused.value)
    assert str(refused.value).startswith("Firing can't keep the rule “")


@pytest.mark.parametrize(
    ("rules", "room", "why"),
    [
        (("update only while state is NEW",), "update only while is_open is true", "nothing of Room can change"),
        (
            ("transition state: NEW -> DONE", "create only while spare.is_open is true",
             "update only while spare.is_open is false"),
            "delete only while is_open is false",
            "what creates and what changes Firing needs another spare.is_open",
        ),
    ],
)  # fmt: skip
def test_rules_that_can_t_be_tried_together_are_refused(rules: tuple[str, ...], room: str, why: str) -> None:
    with pytest.raises(UnsupportedSpecsError) as refused:
        require_supported(specs_with(*rules, room=room), (), load_blueprint(), ())
    assert why in str(refused.value)


def test_two_keys_to_one_row_must_agree_about_it() -> None:
    rules = ("create only while kiln.is_hot is true", "create only while spare_id.is_hot is {}")
    for value, disagree in (("true", False), ("false", True)):
        specs = specs_with(rules[0], rules[1].format(value), spare="Kiln")
        assert seeds_disagree(entity_of(specs, "Firing"), specs) is disagree


def test_criteria_say_in_words_what_is_refused() -> None:
    def told(name: str) -> list[str]:
        criteria = entity_criteria(entity_of(guarded(), name), guarded())
        return [each.text.partition(", THEN")[0] for each in criteria if each.kind == CriterionKind.RULE]

    assert told("Firing")[2:] == [
        "IF a client creates a firing whose kiln has a status other than working or idle, or lets one name such a kiln",
        "IF a client creates a firing whose potter is not active, or lets one name such a potter",
        "IF a client changes a firing that has a status other than planned, the steps of its status apart",
        "IF a client deletes a firing that has a status other than cancelled",
    ]
    assert told("Seat")[1:3] == [
        "IF a client changes a seat whose course has a status other than open",
        "IF a client deletes a seat whose course has a status other than closed",
    ]


def test_samples_are_in_a_state_that_allows_most() -> None:
    specs = guarded()
    kiln, potter, course = (entity_of(specs, name) for name in ("Kiln", "Potter", "Course"))
    status, active, stage = kiln.field("status"), potter.field("active"), course.field("status")
    assert status is not None
    assert active is not None
    assert stage is not None
    assert ordered_examples(kiln, status, specs) == ["broken", "working", "idle"]
    assert ordered_examples(potter, active, specs) == [True, False]
    assert ordered_examples(course, stage, specs) == ["draft", "open", "closed"]
    assert ordered_examples(kiln, kiln.fields[1], specs) is None


def test_what_a_row_names_is_made_as_the_row_needs_it() -> None:
    firing, seat = (entity_of(guarded(), name) for name in ("Firing", "Seat"))
    assert key_of(firing, "kiln_id") == {"status": "working"}
    assert key_of(firing, "potter_id") == {}
    assert key_of(seat, "course_id") == {"status": "open"}
    assert 'create_kiln(session, status="working")' in service("guarded")["tests/factories/firing.py"]


def test_what_samples_don_t_allow_is_brought_about() -> None:
    def brought(name: str, action: str) -> list[tuple[str, str]]:
        found = states_to_bring_about(entity_of(guarded(), name), action, guarded())
        return [(".".join(guard.place), value) for guard, value in found]

    assert brought("Firing", "update") == []
    assert brought("Firing", "delete") == [("Firing.status", "cancelled")]
    assert brought("Firing", "create") == [("Kiln.status", "working")]
    assert brought("Kiln", "delete") == [("Kiln.status", "broken")]
    assert brought("Seat", "delete") == [("Course.status", "closed")]
    assert brought("Seat", "create") == [("Course.status", "open")]
    assert "values(status=enums.FiringStatus.CANCELLED)" in service("guarded")["tests/factories/firing.py"]


def test_rows_for_development_are_made_ready_for_what_names_them() -> None:
    def seeded(name: str) -> list[tuple[str, str]]:
        return [(".".join(guard.place), value) for guard, value in seed_states(entity_of(guarded(), name), guarded())]

    assert seeded("Firing") == [("Kiln.status", "working")]
    assert seeded("Seat") == [("Course.status", "open"), ("Kiln.status", "broken")]
    assert seeded("Kiln") == []


def test_a_service_states_its_rules_and_looks_before_it_deletes() -> None:
    files = service("guarded")
    assert files["app/rules/firing.py"].count("OnlyWhile(") == 4
    assert "has_steps=True" in files["app/rules/firing.py"]
    assert "RULES.check_delete" in files["app/services/firing.py"]
    assert "RULES.check_delete" not in files["app/services/course.py"]
    assert "with_for_update(key_share=True)" in files["app/repositories/base.py"]


def test_a_service_without_such_rules_knows_nothing_of_them() -> None:
    files = service("ruled")
    assert "app/rules/base/only_while.py" not in files
    assert not any("check_delete" in text or "def held" in text for path, text in files.items() if "rules" in path)


def test_a_service_imports_only_what_its_rules_look_at() -> None:
    text = FIRING.format(rules="  - update only while state is NEW", room="none", spare="Room")
    specs = read_entity_specs(text.replace("RULES:\n  - none\n", "")).specs
    tasks = service_tree(build_inputs(specs)).values()
    rule = next(files["app/rules/base/only_while.py"] for files in tasks if "app/rules/base/only_while.py" in files)
    assert b"import Base" not in rule


def test_values_are_those_of_an_enum_or_the_truths_of_a_bool() -> None:
    specs = guarded()
    fields = [entity_of(specs, "Kiln").field("status"), entity_of(specs, "Potter").field("active")]
    assert [status_values(field, specs) for field in fields if field] == [
        ("broken", "working", "idle"),
        ("true", "false"),
    ]
    assert [status_json(field, "true") for field in fields if field] == ["true", True]
    assert status_values(entity_of(specs, "Kiln").fields[1], specs) == ()


def test_guards_are_told_with_what_they_look_at() -> None:
    found = guards_of(entity_of(guarded(), "Firing"), guarded())
    assert [guard.place for guard in found] == [
        ("Kiln", "status"),
        ("Potter", "active"),
        ("Firing", "status"),
        ("Firing", "status"),
    ]
    assert all(isinstance(guard.rule, OnlyWhile) for guard in found)
    views = specs_view(guarded()).entity("Firing").rules.whiles
    assert [view.name.text for view in views] == [
        "create_while_kiln_status",
        "create_while_potter_active",
        "update_while_status",
        "delete_while_status",
    ]
