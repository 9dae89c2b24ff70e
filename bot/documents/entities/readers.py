"""Who may read rows at all, where rules leave reading to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.entities.accounts import managing_role
from bot.documents.entities.declared_rules import ActionByOwner, ActionByRole, DeclaredRule
from bot.documents.entities.entity_specs import Entity
from bot.documents.entities.rule_lines import written_value
from bot.documents.naming import joined

__all__ = ["Readers", "readers_of", "shut_out"]


@dataclass(frozen=True)
class Readers:
    """To whom rules leave reading; to everybody where neither is there."""

    owned: bool
    """Whether the account that a row names may read it."""
    roles: frozenset[str]
    """Who has one of these roles may read all rows."""


def readers_of(entity: Entity) -> Readers:
    """Return to whom the rules of an entity leave reading."""
    rules = [rule for rule in entity.rules if isinstance(rule, ActionByOwner | ActionByRole) and rule.action == "read"]
    roles = frozenset(role for rule in rules if isinstance(rule, ActionByRole) for role in rule.roles)
    return Readers(any(isinstance(rule, ActionByOwner) for rule in rules), roles)


def shut_out(rule: DeclaredRule, readers: Readers, roles: Sequence[str]) -> str:
    """Return to whom a rule leaves what they can't get at, because only others may read any row; or nothing.

    ``roles`` are those that accounts have.
    """
    if not isinstance(rule, ActionByOwner | ActionByRole) or rule.action in {"create", "read"}:
        return ""
    if readers.owned or not readers.roles:
        return ""
    if isinstance(rule, ActionByOwner):
        return f"the account in {rule.field}"
    manager = managing_role(roles) if roles else ""
    return joined([written_value(role) for role in rule.roles if role not in readers.roles and role != manager], "and")
