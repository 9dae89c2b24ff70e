"""The checks of actions that are left to roles."""

from __future__ import annotations

import pytest

from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Finding, Severity
from tests.checks.sentences import assert_sentences

SPECS = """\
ENTITY: Tool
FIELDS:
  - id: int (primary key)
  - keeper_id: int (foreign key to Member)
  - created_at: datetime
  - updated_at: datetime
RULES:
{rules}
ENTITY: Member{mark}
FIELDS:
  - id: int (primary key)
  - role: {role}
  - created_at: datetime
  - updated_at: datetime

ENUM: MemberRole
VALUES: MEMBER, STEWARD, {manager}
"""


def findings_of(
    *rules: str, role: str = "MemberRole", mark: str = " (account)", manager: str = "ADMIN"
) -> list[Finding]:
    """Return what is found about the rules of roles."""
    lines = "".join(f"  - {rule}\n" for rule in rules)
    found = check_entity_specs(
        read_entity_specs(SPECS.format(rules=lines, role=role, mark=mark, manager=manager)).specs
    )
    return [finding for finding in found if finding.rule.startswith("PT28") or finding.rule == "PT279"]


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        (("create only by role steward",), []),
        (("update only by role STEWARD", "update only by keeper"), []),
        (("delete only by role ADMIN",), []),
        (("read only by role STEWARD",), []),
        (("read only by role STEWARD", "delete only by role STEWARD | ADMIN"), []),
        (("read only by role STEWARD", "create only by keeper"), []),
        (("read only by role STEWARD", "delete only by keeper"), ["PT284"]),
        (("read only by role STEWARD", "delete only by role MEMBER"), ["PT284"]),
        (("read only by role STEWARD", "read only by keeper", "update only by role STEWARD"), []),
        (("read only by role STEWARD", "read only by keeper", "update only by role MEMBER"), ["PT282"]),
        (("create only by role COACH",), ["PT279"]),
        (("create only by role USER | STEWARD",), ["PT279"]),
        (("Member.delete only by role STEWARD",), ["PT280"]),
        (("create only by role MEMBER | STEWARD",), ["PT281"]),
        (("update only by role STEWARD", "read only by keeper"), ["PT282"]),
        (("create only by role STEWARD", "read only by keeper"), []),
    ],
)
def test_a_role_is_there_and_of_use(rules: tuple[str, ...], found: list[str]) -> None:
    findings = findings_of(*rules)
    assert [finding.rule for finding in findings] == found
    assert all((finding.severity is Severity.WARNING) == (finding.rule == "PT282") for finding in findings)
    if found:
        assert_sentences(findings)


def test_roles_are_those_that_accounts_have_or_are_given() -> None:
    assert findings_of("create only by role ADMIN", mark="") == []
    (finding,) = findings_of("create only by role STEWARD", mark="")
    assert finding.next_step.startswith("The roles are: ADMIN, USER.")
    (finding,) = findings_of("create only by role STEWARD", role="str")
    assert finding.message == "“create only by role STEWARD” of Tool: the role of the account is no enum."


def test_whoever_registers_does_not_manage_accounts() -> None:
    role = "MemberRole (enum, default MEMBER)"
    assert findings_of("create only by role STEWARD", role=role) == []
    assert findings_of("create only by role STEWARD", manager="COACH") == []
    (finding,) = findings_of("create only by role STEWARD", role=role, manager="COACH")
    assert (finding.rule, finding.severity) == ("PT283", Severity.ERROR)
    assert finding.next_step == "Add ADMIN to the roles: MEMBER, STEWARD, COACH."
