"""Actions that are left to roles: how a service states them, and whom its tests let try."""

from __future__ import annotations

from functools import cache

import pytest

from bot.building.tree import service_tree
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.generation.blueprint import load_blueprint
from bot.generation.criteria import CriterionKind, entity_criteria
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import with_features
from bot.generation.rule_views import RulesView
from bot.generation.support import require_supported
from bot.generation.view import specs_view
from tests.generation.samples import build_inputs

SPECS = """<entity_specs>
ENTITY: Member (account)
TABLE: members
FIELDS:
  - id: int (primary key, auto-generated)
  - email: EmailStr (unique)
  - role: MemberRole (enum, default MEMBER)

ENTITY: Tool
TABLE: tools
FIELDS:
  - id: int (primary key, auto-generated)
  - keeper_id: int (foreign key to Member)
  - state: State (enum, default WHOLE)
RULES:
  - transition state: WHOLE -> BROKEN
  - {rules}

ENTITY: Shelf
TABLE: shelves
FIELDS:
  - id: int (primary key, auto-generated)
  - name: str (max 40)
RELATIONS:
  - tools: Tool (ManyToMany)

ENUM: MemberRole
VALUES: MEMBER, STEWARD, COACH, ADMIN

ENUM: State
VALUES: WHOLE, BROKEN
</entity_specs>
"""
STEWARD = "enums.MemberRole.STEWARD"
CHANGED = "update only by role MEMBER"


@cache
def specs_with(*rules: str) -> EntitySpecs:
    """Return specs whose Tool declares the rules."""
    return with_features(read_entity_specs(SPECS.format(rules="\n  - ".join(rules))).specs, ("auth",))


def tool(*rules: str) -> RulesView:
    """Return the prepared rules of Tool."""
    return specs_view(specs_with(*rules)).entity("Tool").rules


def files_of(specs: EntitySpecs) -> dict[str, str]:
    """Return every file of a service."""
    written = service_tree(build_inputs(specs, features=("auth",))).values()
    return {path: content.decode() for task in written for path, content in task.items()}


def test_a_role_and_an_account_stand_side_by_side() -> None:
    files = files_of(specs_with("update only by keeper", "update only by role STEWARD | COACH"))
    rules = files["app/rules/tool.py"]
    assert f"roles=({STEWARD}, enums.MemberRole.COACH)" in rules
    assert "owner=Tool.keeper_id" in rules
    assert "other.what == rule.what" in files["app/rules/base/only_by.py"]
    assert {"tests/owners/test_tool.py", "tests/roles/test_tool.py", "tests/roles/__init__.py"} <= files.keys()
    assert "async def test_tool_ids_of_shelf_are_left_to_a_role(" in files["tests/roles/test_tool.py"]
    assert "_of_shelf_" not in files["tests/owners/test_tool.py"]


def test_without_steps_and_owners_the_rules_name_no_field() -> None:
    rules = tool("create only by role STEWARD", "delete only by role ADMIN")
    assert [view.name.text for view in rules.roles] == ["create", "delete"]
    assert rules.owners == ()
    files = files_of(specs_with("create only by role STEWARD"))
    assert "    owners = OWNERS\n" in files["app/services/tool.py"]
    assert "tests/owners/test_tool.py" not in files


@pytest.mark.parametrize(
    ("rules", "stranger", "refusal", "waived"),
    [
        (("delete only by role STEWARD",), "", "delete only by role STEWARD", ""),
        (("delete only by role MEMBER",), f", {STEWARD}", "delete only by role MEMBER", ""),
        (("delete only by role COACH | MEMBER",), f", {STEWARD}", "delete only by role COACH | MEMBER", ""),
        (("delete only by keeper", "delete only by role COACH"), "", "delete only by keeper", ""),
        (("read only by keeper", "delete only by role COACH"), "", "read only by keeper", ""),
        (("read only by role COACH", "delete only by role COACH"), "", "read only by role COACH", ""),
        (("read only by role MEMBER", "delete only by role MEMBER"), f", {STEWARD}", "read only by role MEMBER", ""),
        (("update only by keeper", "broken only by role COACH"), "", "update only by keeper", "update only by keeper"),
        ((CHANGED, "broken only by role COACH"), "", "broken only by role COACH", CHANGED),
        (("update only by role COACH", "broken only by role COACH"), "", "update only by role COACH", ""),
        (("broken only by role ADMIN", "update only by role COACH"), "", "broken only by role ADMIN", ""),
    ],
)
def test_whom_tests_let_be_refused(rules: tuple[str, ...], stranger: str, refusal: str, waived: str) -> None:
    view = next(view for view in tool(*rules).roles if view.name.text in {"delete", "broken"})
    assert (view.stranger.text, view.refusal.text) == (stranger, repr(refusal))
    assert (view.waived.text if view.waived else "") == (repr(waived) if waived else "")


def test_owners_are_tried_against_somebody_without_the_role() -> None:
    (owner,) = tool("update only by keeper", "update only by role MEMBER").owners
    assert owner.stranger.text == f", {STEWARD}"


def test_reading_is_left_to_a_role_alone_or_beside_the_own_rows() -> None:
    files = files_of(specs_with("read only by role COACH", "update only by role COACH"))
    assert "owners or [sa.false() for _ in read]" in files["app/rules/base/only_by.py"]
    tried = files["tests/roles/test_tool.py"]
    assert "async def test_read_is_left_to_a_role(" in tried
    assert "async def test_tool_ids_of_shelf_are_shown_to_a_role(" in tried
    assert "owned_by" not in tried
    beside = files_of(specs_with("read only by keeper", "read only by role COACH", "delete only by role STEWARD"))
    assert "owned_by(trusted)" in beside["tests/roles/test_tool.py"]
    assert (
        "Lists show everybody only those rows that a rule lets them read: the own ones, or all of them with the role"
        in (beside["README.md"])
    )


def test_who_may_never_read_a_row_is_left_nothing_of_it() -> None:
    specs = specs_with("delete only by role STEWARD", "read only by role COACH")
    with pytest.raises(UnsupportedSpecsError, match="STEWARD may not read Tool"):
        require_supported(specs, (), load_blueprint(), ("auth",))


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("create only by role CHEF", "CHEF is no role; there are MEMBER, STEWARD, COACH, ADMIN."),
        ("create only by role MEMBER | STEWARD | COACH", "holds nobody back"),
        ("lend only by role STEWARD", "it does create, delete, read, update, broken."),
        ("Member.delete only by role STEWARD", "accounts look after themselves"),
    ],
)
def test_what_can_not_be_left_to_a_role_is_refused_and_says_why(rule: str, why: str) -> None:
    with pytest.raises(UnsupportedSpecsError) as refused:
        require_supported(specs_with(rule), (), load_blueprint(), ("auth",))
    assert why in str(refused.value)


def test_without_accounts_nobody_has_a_role() -> None:
    specs = read_entity_specs(SPECS.format(rules="create only by role STEWARD")).specs
    with pytest.raises(UnsupportedSpecsError, match="build the service with the feature auth"):
        require_supported(specs, (), load_blueprint(), ())


def test_each_role_has_a_criterion_that_its_task_covers() -> None:
    specs = specs_with("delete only by keeper", "delete only by role STEWARD | COACH")
    entity = next(each for each in specs.entities if each.name == "Tool")
    (said,) = [each.text for each in entity_criteria(entity, specs) if each.kind is CriterionKind.ROLE]
    assert said == (
        "IF an account that neither has the role STEWARD or COACH nor manages accounts asks for “delete” of tools "
        "and is not its keeper, THEN THE System SHALL answer 403 with the words of the rule and change nothing."
    )
    tasks = [task.title for task in build_inputs(specs, features=("auth",)).task_plan.tasks()]
    assert "Tool: what is left to roles" in tasks
