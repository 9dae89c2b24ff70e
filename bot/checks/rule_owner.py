"""Checks of one declared rule at a time: the entity that declares it, and what it may name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from itertools import islice

from bot.checks.registry import Problem, quote
from bot.documents.entities.declared_rules import ActionByOwner, DeclaredRule, Transition, rule_subject
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, EnumSpec, ForeignKeys
from bot.documents.entities.rule_lines import write_rule
from bot.documents.naming import snake_case

__all__ = ["CORRECT_IT", "Owner", "for_each_rule", "listed", "owners", "spelled"]

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

    @cached_property
    def fields(self) -> Mapping[str, EntityField]:
        """Return the fields by name, in their order; of two with one name, the first."""
        fields: dict[str, EntityField] = {}
        for field in self.entity.fields:
            fields.setdefault(field.name, field)
        return fields

    @cached_property
    def keys(self) -> ForeignKeys:
        """Return the foreign keys."""
        return ForeignKeys(self.entity)

    def values(self, declared: DeclaredRule) -> tuple[str, ...]:
        """Return the values of the enum that a transition is about; none for another rule, or a field of no enum."""
        field = self.fields.get(declared.field) if isinstance(declared, Transition) else None
        enum = self.enums.get(field.type.name) if field else None
        return enum.values if enum else ()

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
    return (Owner(entity, enums, accounts) for entity in specs.entities if entity.rules)


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


def spelled(declared: DeclaredRule) -> str:
    """Return a rule as the grammar writes it, quoted."""
    return quote(write_rule(declared), 200)


def listed(names: Iterable[str]) -> str:
    """Return the first names as a list in words."""
    first = list(islice(names, LONGEST_LIST + 1))
    more = [] if len(first) <= LONGEST_LIST else ["…"]
    return ", ".join([*first[:LONGEST_LIST], *more]) or "none"
