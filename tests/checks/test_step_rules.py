"""Steps of a status that are left to an account: who else gets at them, and whether that account can take them."""

from __future__ import annotations

import pytest

from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Finding, Severity
from tests.checks.sentences import assert_sentences

SPECS = """\
ENTITY: Note
FIELDS:
  - id: int (primary key)
  - owner_id: int (foreign key to User)
  - approver_id: int (foreign key to User)
  - state: State (enum)
  - created_at: datetime
  - updated_at: datetime
RULES:
  - transition state: SENT -> APPROVED
  - {rules}

ENTITY: User (account)
FIELDS:
  - id: int (primary key)
  - email: EmailStr
  - created_at: datetime
  - updated_at: datetime

ENUM: State
VALUES: SENT, APPROVED
"""


def findings_of(*rules: str) -> list[Finding]:
    """Return what is found about the rules."""
    reading = read_entity_specs(SPECS.format(rules="\n  - ".join(rules)))
    return [finding for finding in check_entity_specs(reading.specs) if finding.rule in {"PT271", "PT272"}]


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        (("approved only by approver",), ["PT271"]),
        (("approved only by approver", "update only by owner"), ["PT271"]),
        (("approved only by approver", "update only by approver_id"), []),
        (("approved only by approver", "update only by approver", "read only by owner"), ["PT272"]),
        (("approved only by approver", "update only by approver", "read only by approver"), []),
        (("approved only by owner", "read only by owner", "update only by owner"), []),
        (("update only by owner", "read only by approver", "sent only by owner"), []),
    ],
)
def test_a_step_is_kept_by_its_field_and_reached_by_who_it_names(rules: tuple[str, ...], found: list[str]) -> None:
    findings = findings_of(*rules)
    assert [finding.rule for finding in findings] == found
    assert {finding.severity for finding in findings} <= {Severity.WARNING}
    if found:
        assert_sentences(findings)


def test_the_finding_says_who_gets_at_the_step_and_what_to_write() -> None:
    (everybody,) = findings_of("approved only by approver")
    assert everybody.message == (
        "“approved only by approver” of Note: everybody may change approver, and so take the step themselves."
    )
    assert everybody.next_step == "Add “update only by approver”, or leave it so if that is meant."
    (owners,) = findings_of("approved only by approver", "update only by owner")
    assert "who may update the row may change approver" in owners.message
