"""The prepared view of rules about who may do something: how the service states each, and what tests try."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.declared_rules import ACTIONS, ActionByOwner
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.generation.kinds.base import ENUMS
from bot.generation.names import safe_attribute
from bot.generation.rule_fields import rules_of, step_actions
from bot.generation.rule_views import OwnedStep, OwnerView
from bot.generation.rule_writing import (
    joined,
    key_along,
    made,
    member,
    rule_parent,
    status_enum,
    text_of,
)
from bot.generation.status_steps import step_place
from bot.generation.values import Expression, Identifier, PythonLiteral, SlugOrPath

__all__ = ["owner_views"]

MODULE = "only_by"
IMPORTS = ("from app.rules.base.only_by import Owners",)
ACTION_IMPORT = "from app.rules.base.only_by import RowAction"


def owner_views(entity: Entity, specs: EntitySpecs) -> Iterator[OwnerView]:
    """Yield each rule about an owner."""
    for rule in rules_of(entity, ActionByOwner):
        yield OwnerView(
            line=line(rule, entity, specs),
            text=text_of(rule),
            name=Identifier(rule.action),
            action=rule.action if rule.action in ACTIONS else "",
            parent=rule_parent(entity, rule.field, specs),
            refusal=text_of(looked_at_first(rule, entity)),
            steps=tuple(owned_steps(rule, entity)),
            waived=waived_by(rule, entity),
        )


def line(rule: ActionByOwner, entity: Entity, specs: EntitySpecs) -> Expression:
    """Write the object that keeps a rule."""
    owner = f"{entity.name}.{safe_attribute(key_along(entity, rule.field).name)}"
    if rule.action in ACTIONS:
        arguments = {"owner": owner, "action": f"RowAction.{rule.action.upper()}"}
        return made(MODULE, "OnlyBy", rule, arguments, *IMPORTS, ACTION_IMPORT)
    targets: dict[str, list[str]] = {}
    for transition, target in step_actions(entity).get(rule.action, ()):
        value = member(status_enum(transition, entity, specs), target)
        targets.setdefault(f"{entity.name}.{safe_attribute(transition.field)}", []).append(value)
    written = ", ".join(f"{field}: {joined(values)}" for field, values in targets.items())
    return made(MODULE, "OnlyBy", rule, {"owner": owner, "step": f"{{{written}}}"}, *IMPORTS, ENUMS)


def looked_at_first(rule: ActionByOwner, entity: Entity) -> ActionByOwner:
    """Return the rule with which a stranger is refused who tries what a rule is about.

    A row is read before anything is done to it, and a step is a change too; otherwise the declared order counts.
    """
    if rule.action == "create":
        return rule
    about = [each for each in rules_of(entity, ActionByOwner) if each.action in alike(rule)]
    return next((each for each in about if each.action == "read"), about[0])


def alike(rule: ActionByOwner) -> frozenset[str]:
    """Return the actions that are taken together with that of a rule."""
    return frozenset({"read", rule.action} if rule.action in ACTIONS else {"read", "update", rule.action})


def waived_by(rule: ActionByOwner, entity: Entity) -> PythonLiteral | None:
    """Return the rule about changes that a step needs not keep; None where it is none, or its account can't read."""
    if rule.action in ACTIONS:
        return None
    others = {each.action: each for each in rules_of(entity, ActionByOwner)}
    reading, changing = others.get("read"), others.get("update")
    if changing is None or is_left_alike(changing, rule, entity):
        return None
    return text_of(changing) if reading is None or is_left_alike(reading, rule, entity) else None


def is_left_alike(one: ActionByOwner, other: ActionByOwner, entity: Entity) -> bool:
    """Tell whether two rules name the same foreign key."""
    return key_along(entity, one.field) == key_along(entity, other.field)


def owned_steps(rule: ActionByOwner, entity: Entity) -> Iterator[OwnedStep]:
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
