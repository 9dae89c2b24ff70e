"""What declared rules say about the fields of an entity, apart from how anything of it is written."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.declared_rules import (
    MOMENTS,
    ActionByOwner,
    ActionByRole,
    DeclaredRule,
    DerivedMoment,
    Transition,
    fields_of,
)
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.naming import snake_case

__all__ = [
    "derivations",
    "derived_names",
    "given_fields",
    "guards_links",
    "hides_rows",
    "initial_values",
    "is_stamped",
    "left_rules",
    "rules_of",
    "stamped_fields",
    "step_actions",
]


def rules_of[Form: DeclaredRule](entity: Entity, form: type[Form]) -> tuple[Form, ...]:
    """Return the rules of an entity that have a form, in order."""
    return tuple(rule for rule in entity.rules if isinstance(rule, form))


def derived_names(entity: Entity) -> frozenset[str]:
    """Return the fields that are derived: clients receive them and never send them."""
    return frozenset(rule.field for rule in rules_of(entity, DerivedMoment))


def derivations(entity: Entity) -> tuple[DerivedMoment, ...]:
    """Return the derivations, each after that of its source."""
    waiting = {rule.field: rule for rule in rules_of(entity, DerivedMoment)}
    ordered: list[DerivedMoment] = []
    while waiting:
        ready = [rule for rule in waiting.values() if rule.source not in waiting] or list(waiting.values())
        ordered += ready
        for rule in ready:
            del waiting[rule.field]
    return tuple(ordered)


def given_fields(entity: Entity) -> tuple[EntityField, ...]:
    """Return the fields that a client sends."""
    derived = derived_names(entity)
    return tuple(field for field in entity.fields if field.is_given and field.name not in derived)


def is_stamped(field: EntityField) -> bool:
    """Tell whether a field is filled in at creation, with the moment or the day."""
    return field.type.name in MOMENTS and not field.is_given and not field.primary_key


def stamped_fields(entity: Entity) -> Iterator[EntityField]:
    """Yield the fields filled in at creation that rules must know before the database does."""
    named = {name for rule in entity.rules for name in fields_of(rule)}
    return (field for field in entity.fields if field.name in named and is_stamped(field))


def left_rules(entity: Entity) -> tuple[ActionByOwner | ActionByRole, ...]:
    """Return the rules that leave actions to somebody, in order."""
    return tuple(rule for rule in entity.rules if isinstance(rule, ActionByOwner | ActionByRole))


def hides_rows(entity: Entity) -> bool:
    """Tell whether a rule says who alone may read the rows of an entity."""
    return any(rule.action == "read" for rule in left_rules(entity))


def guards_links(entity: Entity) -> bool:
    """Tell whether rules say who alone may link to the rows of an entity: who reads and changes them."""
    return any(rule.action in {"read", "update"} for rule in left_rules(entity))


def step_actions(entity: Entity) -> dict[str, tuple[tuple[Transition, str], ...]]:
    """Return each value that a transition leads to, under the name by which rules leave the step to somebody."""
    steps: dict[str, tuple[tuple[Transition, str], ...]] = {}
    for rule in rules_of(entity, Transition):
        for target in dict.fromkeys(target for _, target in rule.pairs()):
            name = snake_case(target)
            steps[name] = (*steps.get(name, ()), (rule, target))
    return steps


def initial_values(rule: Transition, entity: Entity, specs: EntitySpecs) -> tuple[str, ...]:
    """Return what a new row may begin with: the default, or else the first value and every one that a way leaves.

    Where the client must choose, a row may be taken up in the midst of its life, but not at an end.
    """
    field = entity.field(rule.field)
    enum = specs.enum_of(field)
    values = enum.values if enum else ()
    if field is not None and field.default in values:
        return (str(field.default),)
    sources = {change.source for change in rule.changes}
    return tuple(value for value in values if value in sources or value == values[0])
