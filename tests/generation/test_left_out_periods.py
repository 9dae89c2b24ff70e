"""What was called off is in nobody's way in the service, and the tests that it gets show that."""

from __future__ import annotations

import ast

import pytest

from bot.building.tree import service_tree
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.generation.blueprint import load_blueprint
from bot.generation.criteria import CriterionKind, entity_criteria
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.rule_samples import Samples
from bot.generation.support import require_supported
from tests.generation.samples import build_inputs

SPECS = """<entity_specs>
ENTITY: Room
TABLE: rooms
FIELDS:
  - id: int (primary key, auto-generated)
  - name: str (max 80)
API_PATH: /api/v1/rooms

ENTITY: Booking
TABLE: bookings
FIELDS:
  - id: int (primary key, auto-generated)
  - room_id: int (foreign key to Room)
  - starts_at: datetime
  - ends_at: datetime
  - is_off: bool
  - code: str (max 8)
  - status: Status (enum)
API_PATH: /api/v1/bookings
RULES:
{rules}

ENUM: Status
VALUES: asked, kept, off
</entity_specs>
"""
PERIOD = "no overlap of starts_at, ends_at per room"


def specs_with(*rules: str) -> EntitySpecs:
    """Return specs whose Booking has the rules."""
    return read_entity_specs(SPECS.format(rules="\n".join(f"  - {rule}" for rule in rules))).specs


def tree_of(specs: EntitySpecs) -> dict[str, str]:
    """Return the files of the service by path."""
    tasks = service_tree(build_inputs(specs)).values()
    return {path: content.decode() for files in tasks for path, content in files.items()}


def test_the_rule_and_its_tests_know_what_does_not_count() -> None:
    files = tree_of(
        specs_with(f"{PERIOD} unless status is off", "transition status: asked -> kept | off, off -> asked")
    )
    rules = files["app/rules/booking.py"]
    assert "unless=Booking.status" in rules
    assert "values={enums.Status.OFF}" in rules
    assert "self.unless.not_in(self.values)" in files["app/rules/base/no_overlap.py"]
    assert 'parametrize(("left_out", "counted"), [("off", "asked")])' in files["tests/rules/test_booking.py"]
    for path in ("app/rules/booking.py", "app/rules/base/no_overlap.py", "tests/rules/test_booking.py"):
        ast.parse(files[path])


def test_a_rule_that_counts_all_has_nothing_of_it() -> None:
    files = tree_of(specs_with(PERIOD))
    assert "unless" not in files["app/rules/booking.py"] + files["app/rules/base/no_overlap.py"]
    assert "left_out" not in files["tests/rules/test_booking.py"]


@pytest.mark.parametrize(
    ("unless", "field", "first"), [("status is asked", "status", "kept"), ("is_off is false", "is_off", True)]
)
def test_rows_of_tests_begin_with_what_counts(unless: str, field: str, first: object) -> None:
    specs = specs_with(f"{PERIOD} unless {unless}")
    booking = specs.entity("Booking")
    assert booking is not None
    status = booking.field(field)
    assert status is not None
    assert (Samples(booking, specs).examples(status) or [None])[0] == first


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ((f"{PERIOD} unless code is off",), "code is neither an enum nor a bool"),
        ((f"{PERIOD} unless status is away",), "'away' is no value of status; it has asked, kept, off"),
        ((f"{PERIOD} unless status is asked | kept | off",), "a new Booking doesn't count"),
        ((f"{PERIOD} unless status is asked", "transition status: asked -> kept"), "a new Booking doesn't count"),
    ],
)
def test_what_no_service_can_keep_is_refused_and_says_why(rules: tuple[str, ...], why: str) -> None:
    with pytest.raises(UnsupportedSpecsError, match=why):
        require_supported(specs_with(*rules), (), load_blueprint(), ())


def test_the_criterion_says_what_does_not_count() -> None:
    specs = specs_with(f"{PERIOD} unless status is off | kept")
    booking = specs.entity("Booking")
    assert booking is not None
    said = [one.text for one in entity_criteria(booking, specs) if one.kind is CriterionKind.RULE]
    assert any("neither of them with the status off or kept, or ends before it begins" in text for text in said)
