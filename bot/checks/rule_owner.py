"""Checks of one declared rule at a time: the entity that declares it, and what it may name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from itertools import islice

from bot.checks.registry import Problem, quote
from bot.documents.entities.accounts import account_named, roles_known
from bot.documents.entities.declared_rules import (
    ActionByOwner,
    ActionByRole,
    AtMost,
    DeclaredRule,
    NoOverlap,
    OnlyWhile,
    Transition,
    counting_status,
    rule_subject,
)
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, EnumSpec, ForeignKeys
from bot.documents.entities.readers import Readers, readers_of
from bot.documents.entities.rule_lines import write_rule
from bot.documents.naming import snake_case

__all__ = ["CORRECT_IT", "Owner", "beginnings", "for_each_rule", "listed", "owners", "reachable", "spelled"]

LONGEST_LIST = 20
"""Names that a finding lists."""

ACCOUNT_NAMES = frozenset({"Account", "User"})
"""Entities that people log in with where none is marked ``(account)``."""


@dataclass(frozen=True)
class Owner:
    """An entity with rules, and what they may name; looked up, so that many rules take linear time."""

    entity: Entity
    enums: Mapping[str, EnumSpec]
    accounts: frozenset[str]
    """The entities that people log in with."""
    all_fields: Mapping[str, Mapping[str, EntityField]]
    """The fields of every entity by name, in their order; of two with one name, the first."""

    roles: tuple[str, ...] = ()
    """The values of the role of an account; none where it is no enum."""
    first_role: str = ""
    """The role that accounts begin with; empty where none is said."""
    account: str = ""
    """The entity whose rows log in once the service has accounts; empty where none does yet."""

    @property
    def fields(self) -> Mapping[str, EntityField]:
        """Return the fields of the entity."""
        return self.all_fields[self.entity.name]

    @cached_property
    def keys(self) -> ForeignKeys:
        """Return the foreign keys."""
        return ForeignKeys(self.entity)

    def values(self, declared: DeclaredRule) -> tuple[str, ...]:
        """Return the values of the status that a rule is about; none for another rule, or a field that is no status."""
        if isinstance(declared, OnlyWhile):
            status = self.status(declared)
            return values_of(status, self.enums) if status else ()
        if isinstance(declared, NoOverlap | AtMost):
            status = self.fields.get(counting_status(declared))
            return values_of(status, self.enums) if status else ()
        field = self.fields.get(declared.field) if isinstance(declared, Transition) else None
        enum = self.enums.get(field.type.name) if field else None
        return enum.values if enum else ()

    def looked_at(self, declared: OnlyWhile | AtMost) -> str | None:
        """Return the entity at whose status or number a rule looks, or None where there is no such relation."""
        if not declared.relation:
            return self.entity.name
        key = self.keys.along(declared.relation)
        target = key.foreign_key if key else None
        return target if target in self.all_fields else None

    def status(self, declared: OnlyWhile) -> EntityField | None:
        """Return the field that a rule looks at, or None."""
        holder = self.looked_at(declared)
        return self.all_fields[holder].get(declared.field) if holder else None

    @cached_property
    def steps(self) -> frozenset[str]:
        """Return the values that transitions lead to, as actions are called."""
        transitions = [declared for declared in self.entity.rules if isinstance(declared, Transition)]
        return frozenset(snake_case(target) for step in transitions for _, target in step.pairs())

    @cached_property
    def actions(self) -> Mapping[str, ActionByOwner]:
        """Return the rules that leave an action to an account, by the action; of two for one action, the first."""
        rules: dict[str, ActionByOwner] = {}
        for declared in self.entity.rules:
            if isinstance(declared, ActionByOwner):
                rules.setdefault(declared.action, declared)
        return rules

    @cached_property
    def readers(self) -> Readers:
        """Return to whom rules leave reading."""
        return readers_of(self.entity)

    def role_rule(self, action: str) -> ActionByRole | None:
        """Return the rule that leaves an action to roles, or None."""
        left = (declared for declared in self.entity.rules if isinstance(declared, ActionByRole))
        return next((declared for declared in left if declared.action == action), None)


type RuleCheck = Callable[[Owner, DeclaredRule], Iterator[tuple[str, str]]]

CORRECT_IT = "Correct the rule, or take it out."


def owners(specs: EntitySpecs) -> Iterator[Owner]:
    """Yield every entity that declares rules."""
    enums = {enum.name: enum for enum in reversed(specs.enums)}
    marked = frozenset(entity.name for entity in specs.entities if entity.account)
    accounts = marked or frozenset(
        entity.name
        for entity in specs.entities
        if entity.name in ACCOUNT_NAMES or any(field.type.name == "EmailStr" for field in entity.fields)
    )
    fields: dict[str, dict[str, EntityField]] = {}
    for entity in specs.entities:
        own = fields.setdefault(entity.name, {})
        for field in entity.fields:
            own.setdefault(field.name, field)
    roles, account = roles_known(specs), account_named(specs)
    role = account.field("role") if account else None
    first, name = (role.default or "" if role else ""), (account.name if account else "")
    return (Owner(entity, enums, accounts, fields, roles, first, name) for entity in specs.entities if entity.rules)


def values_of(field: EntityField, enums: Mapping[str, EnumSpec]) -> tuple[str, ...]:
    """Return the values of an enum or a bool; none of a list, and of any other type."""
    if field.type.is_list:
        return ()
    if field.type.name == "bool":
        return ("true", "false")
    enum = enums.get(field.type.name)
    return enum.values if enum else ()


def for_each_rule(check: RuleCheck) -> Callable[[EntitySpecs], Iterator[Problem]]:
    """Return a check of whole specs from one of a single rule, which yields sentences and what to do next."""

    @wraps(check)
    def check_all(specs: EntitySpecs) -> Iterator[Problem]:
        for owner in owners(specs):
            for number, declared in enumerate(owner.entity.rules, start=1):
                subject = rule_subject(owner.entity.name, number)
                for message, step in check(owner, declared):
                    yield Problem(subject, f"{spelled(declared)} of {owner.entity.name}: {message}", step)

    return check_all


def beginnings(declared: Transition, status: EntityField, values: Sequence[str]) -> set[str]:
    """Return the values that a new row may have: the default, or the first and every one that something leads on from.

    A status without a default is given by the client, so every value that a way leaves may be a beginning.
    """
    if status.default in values:
        return {str(status.default)}
    return {values[0], *(way.source for way in declared.changes)}


def reachable(declared: Transition, beginnings: Iterable[str]) -> set[str]:
    """Return every value that a row can come to from the beginnings."""
    targets = {change.source: change.targets for change in declared.changes}
    reached: set[str] = set()
    waiting = list(beginnings)
    while waiting:
        value = waiting.pop()
        if value not in reached:
            reached.add(value)
            waiting.extend(targets.get(value, ()))
    return reached


def spelled(declared: DeclaredRule) -> str:
    """Return a rule as the grammar writes it, quoted."""
    return quote(write_rule(declared), 200)


def listed(names: Iterable[str]) -> str:
    """Return the first names as a list in words."""
    first = list(islice(names, LONGEST_LIST + 1))
    more = [] if len(first) <= LONGEST_LIST else ["…"]
    return ", ".join([*first[:LONGEST_LIST], *more]) or "none"
