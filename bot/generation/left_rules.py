"""The prepared view of rules about who may do something: how the service states each, and what tests try."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.accounts import account_of
from bot.documents.entities.declared_rules import ACTIONS, ActionByOwner, ActionByRole
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.generation.enums import enum_view
from bot.generation.kinds.base import ENUMS
from bot.generation.left_trials import LeftRule, Somebody, ordinary_roles, refused_with
from bot.generation.names import safe_attribute
from bot.generation.rule_fields import left_rules, rules_of, step_actions
from bot.generation.rule_views import LeftView, OwnedStep, OwnerView, RoleView
from bot.generation.rule_writing import joined, key_along, made, member, rule_parent, status_enum, text_of
from bot.generation.status_steps import step_place
from bot.generation.values import Expression, Identifier, PythonLiteral, SlugOrPath

__all__ = ["left_views"]

MODULE = "only_by"
IMPORTS = ("from app.rules.base.only_by import Owners",)
ACTION_IMPORT = "from app.rules.base.only_by import RowAction"


def left_views(entity: Entity, specs: EntitySpecs) -> Iterator[LeftView]:
    """Yield each rule about an owner or a role."""
    for rule in left_rules(entity):
        yield owner_view(rule, entity, specs) if isinstance(rule, ActionByOwner) else role_view(rule, entity, specs)


def owner_view(rule: ActionByOwner, entity: Entity, specs: EntitySpecs) -> OwnerView:
    """Prepare a rule about an owner."""
    stranger, refusal = refused(rule, entity, specs)
    return OwnerView(
        line=line(rule, entity, specs),
        text=text_of(rule),
        name=Identifier(rule.action),
        action=rule.action if rule.action in ACTIONS else "",
        parent=rule_parent(entity, rule.field, specs),
        refusal=text_of(refusal),
        stranger=stranger,
        first=text_of(next(each for each in left_rules(entity) if each.action == rule.action)),
        steps=tuple(steps_left(rule, entity)),
        waived=waived_by(rule, entity, specs),
    )


def role_view(rule: ActionByRole, entity: Entity, specs: EntitySpecs) -> RoleView:
    """Prepare a rule about roles."""
    stranger, refusal = refused(rule, entity, specs)
    role = trusted_role(rule, specs)
    needs_own = refused_with(entity, "read", Somebody(role)) is not None
    changing = refused_with(entity, "update", Somebody(role, is_named=needs_own))
    is_waived = rule.action not in ACTIONS and role in ordinary_roles(specs)
    return RoleView(
        line=line(rule, entity, specs),
        text=text_of(rule),
        name=Identifier(rule.action),
        action=rule.action if rule.action in ACTIONS else "",
        role=role_text(role, specs),
        needs_own=needs_own,
        refusal=text_of(refusal),
        stranger=stranger,
        first=text_of(next(each for each in left_rules(entity) if each.action == rule.action)),
        steps=tuple(steps_left(rule, entity)),
        waived=text_of(changing) if changing and is_waived else None,
    )


def line(rule: LeftRule, entity: Entity, specs: EntitySpecs) -> Expression:
    """Write the object that keeps a rule."""
    if isinstance(rule, ActionByOwner):
        who = {"owner": f"{entity.name}.{safe_attribute(key_along(entity, rule.field).name)}"}
        imports = [*IMPORTS]
    else:
        roles = ", ".join(role_text(role, specs).text for role in rule.roles)
        who = {"roles": f"({roles})" if len(rule.roles) > 1 else f"({roles},)"}
        imports = [*IMPORTS, ENUMS]
    if rule.action in ACTIONS:
        arguments = {**who, "action": f"RowAction.{rule.action.upper()}"}
        return made(MODULE, "OnlyBy", rule, arguments, *imports, ACTION_IMPORT)
    targets: dict[str, list[str]] = {}
    for transition, target in step_actions(entity).get(rule.action, ()):
        value = member(status_enum(transition, entity, specs), target)
        targets.setdefault(f"{entity.name}.{safe_attribute(transition.field)}", []).append(value)
    written = ", ".join(f"{field}: {joined(values)}" for field, values in targets.items())
    return made(MODULE, "OnlyBy", rule, {**who, "step": f"{{{written}}}"}, *imports, ENUMS)


def role_text(role: str, specs: EntitySpecs) -> Expression:
    """Write a role of the account; as it is where there is none, for specs that no service is made of."""
    account = account_of(specs)
    enum = specs.enum_of(account.field("role")) if account else None
    if enum is None or role not in enum.values:
        return Expression(PythonLiteral.of(role).text)
    return Expression(member(enum_view(enum), role), frozenset({ENUMS}))


def refused(rule: LeftRule, entity: Entity, specs: EntitySpecs) -> tuple[Expression, LeftRule]:
    """Return the role of somebody who is refused what a rule is about, and the rule with whose words.

    It is the role that registration gives, or one to which no rule leaves the same.
    """
    roles = ordinary_roles(specs) or ("",)
    trusted = {role for each in rules_of(entity, ActionByRole) if each.action == rule.action for role in each.roles}
    role = next((role for role in roles if role not in trusted), roles[0])
    found = refused_with(entity, rule.action, Somebody(role)) or rule
    return (role_argument(role, specs) if role != roles[0] else Expression("")), found


def role_argument(role: str, specs: EntitySpecs) -> Expression:
    """Write a role as a further argument, after a comma."""
    text = role_text(role, specs)
    return Expression(f", {text.text}", text.imports)


def trusted_role(rule: ActionByRole, specs: EntitySpecs) -> str:
    """Return a role to which a rule leaves its action, and which does not manage accounts, if one does not."""
    ordinary = ordinary_roles(specs)
    return next((role for role in rule.roles if role in ordinary), rule.roles[0])


def waived_by(rule: ActionByOwner, entity: Entity, specs: EntitySpecs) -> PythonLiteral | None:
    """Return the rule about changes that a step needs not keep; None where it is none, or its account can't read."""
    if rule.action in ACTIONS:
        return None
    registered = next(iter(ordinary_roles(specs)), "")
    named = Somebody(registered, is_named=True, key=key_along(entity, rule.field).name)
    changing = refused_with(entity, "update", named)
    return text_of(changing) if changing is not None and changing.action == "update" else None


def steps_left(rule: LeftRule, entity: Entity) -> Iterator[OwnedStep]:
    """Yield one way to each value that a rule about a step means."""
    if rule.action in ACTIONS:
        return
    for transition, target in step_actions(entity).get(rule.action, ()):
        before = next(source for source, after in transition.pairs() if after == target)
        yield OwnedStep(
            field=Identifier(transition.field),
            key=PythonLiteral.of(transition.field),
            before=PythonLiteral.of(before),
            after=PythonLiteral.of(target),
            place=SlugOrPath(step_place(transition, target)),
        )
