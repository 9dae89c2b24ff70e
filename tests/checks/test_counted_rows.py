"""What tells which rows count for a rule about periods or numbers: some values of a status of the row."""

from __future__ import annotations

import pytest

from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs_reader import read_entity_specs

SPECS = """\
ENTITY: Room
FIELDS:
  - id: int (primary key)

ENTITY: Booking
FIELDS:
  - id: int (primary key)
  - room_id: int (foreign key to Room)
  - starts_at: datetime
  - ends_at: datetime
  - note: str
  - is_off: bool
  - mood: Optional[Status]
  - status: Status
RULES:
  - {rule}

ENUM: Status
VALUES: asked, off
"""


FORMS = pytest.mark.parametrize(
    "form", ["no overlap of starts_at, ends_at per room unless", "at most 3 Booking per room while"]
)


def found(rule: str) -> list[str]:
    """Return the findings about the rule."""
    findings = check_entity_specs(read_entity_specs(SPECS.format(rule=rule)).specs)
    return [f"{one.rule} {one.message}" for one in findings if "overlap" in one.message or "at most" in one.message]


@FORMS
@pytest.mark.parametrize("state", ["status is off", "is_off is true", "mood is asked | off"])
def test_a_status_may_tell_which_rows_count(form: str, state: str) -> None:
    assert found(f"{form} {state}") == []


@FORMS
@pytest.mark.parametrize(
    ("state", "rule", "told"),
    [
        ("gone is off", "PT261", "there is no field “gone”"),
        ("note is off", "PT262", "only an enum or a bool tells how something is"),
        ("status is away", "PT263", "“away” is no value of status"),
        ("status is asked | off", "PT274", "names every value of status"),
        ("is_off is true | false", "PT274", "names every value of is_off"),
    ],
)
def test_what_tells_nothing_of_rows_is_told(form: str, state: str, rule: str, told: str) -> None:
    (finding,) = found(f"{form} {state}")
    assert finding.startswith(rule)
    assert told in finding
