"""Who is refused what rows leave to somebody, as the service judges it: tests try it with them, and with others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.entities.accounts import account_of
from bot.documents.entities.declared_rules import ACTIONS, ActionByOwner, ActionByRole
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.generation.account_specs import roles_of
from bot.generation.rule_fields import left_rules

__all__ = ["LeftRule", "Somebody", "ordinary_roles", "refused_with"]

type LeftRule = ActionByOwner | ActionByRole


@dataclass(frozen=True)
class Somebody:
    """An account that does not manage accounts."""

    role: str
    is_named: bool = False
    """Whether the row names it."""
    key: str = ""
    """By which foreign key alone; empty where by all that lead to accounts."""


def ordinary_roles(specs: EntitySpecs) -> tuple[str, ...]:
    """Return the roles that don't manage accounts, that first which registration gives; none without accounts."""
    account = account_of(specs)
    role = account.field("role") if account else None
    enum = specs.enum_of(role)
    if role is None or enum is None:
        return ()
    roles = roles_of(enum, role.default)
    others = [value for value in enum.values if value not in {roles.manager, roles.registered}]
    return (roles.registered, *others)


def refused_with(entity: Entity, action: str, who: Somebody) -> LeftRule | None:
    """Return the rule with which somebody is refused an action or a step of a status; None who may do it.

    A row is read before anything is done to it. A step is a change too, but to whom it is left needs no right to that.
    """
    rules = left_rules(entity)
    if action != "create":
        reading = next(unkept(rules, {"read"}, entity, who), None)
        if reading is not None:
            return reading
    if action not in ACTIONS and any(lets(rule, entity, who) for rule in rules if rule.action == action):
        return None
    about = {action} if action in ACTIONS else {"update", action}
    return next(unkept(rules, about, entity, who), None)


def unkept(rules: tuple[LeftRule, ...], actions: set[str], entity: Entity, who: Somebody) -> Iterator[LeftRule]:
    """Yield the rules about some actions that leave none of them to somebody; either of two for one is enough."""
    for rule in rules:
        alike = (other for other in rules if other.action == rule.action)
        if rule.action in actions and not any(lets(other, entity, who) for other in alike):
            yield rule


def lets(rule: LeftRule, entity: Entity, who: Somebody) -> bool:
    """Tell whether a rule by itself leaves its action to somebody."""
    if isinstance(rule, ActionByRole):
        return who.role in rule.roles
    key = entity.key_along(rule.field)
    return who.is_named and (not who.key or (key is not None and key.name == who.key))
