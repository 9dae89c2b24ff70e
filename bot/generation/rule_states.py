"""In which state rows are that an action depends on: as samples make them, and as it must be brought about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.documents.entities.declared_rules import AtMost, NoOverlap, OnlyWhile, Transition
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.remembered import remembered
from bot.generation.kinds import kind_of
from bot.generation.kinds.base import Json
from bot.generation.rule_fields import initial_values, rules_of

__all__ = [
    "Guard",
    "about_values",
    "counted_first",
    "guards_of",
    "named_states",
    "seed_states",
    "seeds_disagree",
    "states_to_bring_about",
    "status_json",
    "status_values",
]

TRUTHS = ("true", "false")
ROOM = 12
"""So many rows of one parent the tests of rules make at most."""


@dataclass(frozen=True)
class Guard:
    """A rule that makes an action depend on a status, and where the status is."""

    entity: Entity
    rule: OnlyWhile
    key: EntityField | None
    """The foreign key to the row that is looked at; None where it is the row itself."""
    holder: Entity
    """The entity whose status it is."""
    status: EntityField

    @property
    def place(self) -> tuple[str, str]:
        """Return the entity and the field that are looked at."""
        return self.holder.name, self.status.name


def guards_of(entity: Entity, specs: EntitySpecs) -> tuple[Guard, ...]:
    """Return the rules of an entity that make an action depend on a status, in order."""
    return tuple(guard for guard in all_guards(specs) if guard.entity.name == entity.name)


@remembered
def all_guards(specs: EntitySpecs) -> tuple[Guard, ...]:
    """Return the rules of all entities that look at something that is there."""
    found: list[Guard] = []
    for entity in specs.entities:
        for rule in rules_of(entity, OnlyWhile):
            key = entity.key_along(rule.relation) if rule.relation else None
            holder = specs.entity(key.foreign_key or "") if key else None if rule.relation else entity
            status = holder.field(rule.field) if holder else None
            if holder is not None and status is not None:
                found.append(Guard(entity, rule, key, holder, status))
    return tuple(found)


def status_values(status: EntityField, specs: EntitySpecs) -> tuple[str, ...]:
    """Return the values of an enum or a bool as rules name them; none of any other field."""
    if status.type.is_list:
        return ()
    enum = specs.enum_of(status)
    return TRUTHS if status.type.name == "bool" else enum.values if enum else ()


def about_values(path: str, named: tuple[str, ...], status: EntityField, specs: EntitySpecs) -> Iterator[str]:
    """Find fields that tell no state, values that they don't have, and states that no client gives."""
    values = status_values(status, specs)
    unknown = [value for value in named if value not in values]
    if not values:
        yield f"{path} is neither an enum nor a bool."
    elif unknown or not named:
        yield f"{unknown[0] if unknown else 'nothing'!r} is no value of {path}; it has {', '.join(values)}."
    if not status.is_given:
        yield f"no client gives {path}."


def status_json(status: EntityField, value: str) -> Json:
    """Return a value of a status as clients send it."""
    return value == "true" if status.type.name == "bool" else value


def ordered_examples(entity: Entity, field: EntityField, specs: EntitySpecs) -> list[Json] | None:
    """Return the values of a status with that first which most actions allow; None where none looks at it."""
    looking = [guard for guard in all_guards(specs) if guard.place == (entity.name, field.name)]
    if not looking:
        return None
    usual = usual_value(looking[0], specs)
    others = [value for value in status_values(field, specs) if value != usual]
    return [status_json(field, value) for value in (usual, *others)]


def counted_first(entity: Entity, field: EntityField, specs: EntitySpecs) -> list[Json] | None:
    """Return the values of a status with those last that tests leave to what a rule is about; None where none is.

    They are what is in nobody's way, or else what is counted.
    """
    ordered = ordered_examples(entity, field, specs)
    apart = [rule.values for rule in rules_of(entity, NoOverlap) if rule.unless == field.name]
    counting = [rule.values for rule in rules_of(entity, AtMost) if rule.status == field.name]
    if not (apart or counting):
        return ordered
    left_out = [status_json(field, value) for named in apart or counting for value in named]
    values = ordered or [status_json(field, value) for value in status_values(field, specs)]
    return sorted(values, key=lambda value: value in left_out)


def usual_value(guard: Guard, specs: EntitySpecs) -> str:
    """Return the status that a row of samples has: how it begins, or else what most new rows and actions allow."""
    for transition in rules_of(guard.holder, Transition):
        if transition.field == guard.status.name:
            return initial_values(transition, guard.holder, specs)[0]
    looking = [other.rule for other in all_guards(specs) if other.place == guard.place]

    def allowed(value: str) -> tuple[int, int]:
        allowing = [rule for rule in looking if value in rule.values]
        return sum(rule.action == "create" for rule in allowing), len(allowing)

    return max(status_values(guard.status, specs), key=allowed)


def named_states(entity: Entity, key: EntityField, specs: EntitySpecs) -> dict[str, Json]:
    """Return what a row must be told to have for a row of an entity to name it, beyond how samples make it."""
    states: dict[str, Json] = {}
    for guard in first_looks(guard for guard in guards_of(entity, specs) if guard.key and guard.key.name == key.name):
        value = base_value(guard, specs)
        if value != usual_value(guard, specs):
            states[guard.status.name] = status_json(guard.status, value)
    for rule in rules_of(entity, AtMost):
        named = entity.key_along(rule.relation) if rule.limit else None
        if named is not None and named.name == key.name:
            states[rule.limit] = room_in(entity, rule, specs)
    return states


def room_in(entity: Entity, rule: AtMost, specs: EntitySpecs) -> int:
    """Return a number that leaves room for all rows which tests of other rules give one parent; 0 without a field."""
    key = entity.key_along(rule.relation)
    parent = specs.entity(key.foreign_key or "") if key else None
    field = parent.field(rule.limit) if parent else None
    if parent is None or field is None:
        return 0
    others = [other.count for other in rules_of(entity, AtMost) if entity.key_along(other.relation) == key]
    edges = kind_of(f"{parent.name}.{field.name}", field, specs).edges()
    greatest = max((edge for edge in edges if isinstance(edge, int)), default=0)
    return min(max([ROOM, *(count + 1 for count in others)]), greatest)


def first_looks(guards: Iterable[Guard]) -> Iterator[Guard]:
    """Yield one guard for each status that is looked at along a key."""
    return iter({(guard.key.name if guard.key else "", guard.place): guard for guard in guards}.values())


def base_value(guard: Guard, specs: EntitySpecs) -> str:
    """Return the status that the tests of an entity begin with: one for all that it does, or else for new rows."""
    usual = usual_value(guard, specs)
    if guard.key is None:
        return usual
    looking = [
        other.rule for other in guards_of(guard.entity, specs) if (other.key, other.place) == (guard.key, guard.place)
    ]
    creating = [rule for rule in looking if rule.action == "create"]
    candidates = (usual, *status_values(guard.status, specs))
    for rules in (looking, creating, looking[:1]):
        fitting = [value for value in candidates if rules and all(value in rule.values for rule in rules)]
        if fitting:
            return fitting[0]
    return usual


def states_to_bring_about(entity: Entity, action: str, specs: EntitySpecs) -> list[tuple[Guard, str]]:
    """Return what must be changed of the rows that tests made before an action is possible, each with the value."""
    guards = [guard for guard in guards_of(entity, specs) if guard.rule.action == action]
    if action == "create":
        return [(guard, base_value(guard, specs)) for guard in guards if is_spoiled(guard, specs)]
    return [(guard, common_value(guard, guards)) for guard in guards if found_otherwise(guard, specs)]


def found_otherwise(guard: Guard, specs: EntitySpecs) -> bool:
    """Tell whether tests make rows that an action is not possible with; the own row may be made for others to name."""
    found = [guard] if guard.key else [other for other in all_guards(specs) if other.place == guard.place]
    return any(base_value(other, specs) not in guard.rule.values for other in found)


def common_value(guard: Guard, guards: Iterable[Guard]) -> str:
    """Return a value of a rule that the others which look at the same field allow too, if there is one."""
    alike = [other.rule.values for other in guards if other.place == guard.place]
    return next((value for value in guard.rule.values if all(value in each for each in alike)), guard.rule.values[0])


def is_spoiled(guard: Guard, specs: EntitySpecs) -> bool:
    """Tell whether tests that delete rows leave a status behind with which nothing new is possible."""
    deleted = {entity.name: entity for entity in (guard.entity, guard.holder)}.values()
    left = [state for entity in deleted for state in states_to_bring_about(entity, "delete", specs)]
    return any(other.place == guard.place and value not in guard.rule.values for other, value in left)


def seed_states(entity: Entity, specs: EntitySpecs) -> list[tuple[Guard, str]]:
    """Return the status that each row for development is given before a new one of the entity names it.

    Nothing is given where all rows are made as every new one needs them.
    """
    creating = [guard for guard in all_guards(specs) if guard.rule.action == "create"]
    changed = {guard.place for guard in creating if usual_value(guard, specs) not in guard.rule.values}
    own = [guard for guard in creating if guard.entity.name == entity.name]
    return [(guard, common_value(guard, own)) for guard in own if guard.place in changed]


def seeds_disagree(entity: Entity, specs: EntitySpecs) -> bool:
    """Tell whether a new row could name one row along two keys of which each needs another status."""
    own = [guard for guard in guards_of(entity, specs) if guard.rule.action == "create"]
    return any(
        common_value(guard, own) not in other.rule.values
        for guard in own
        for other in own
        if other.place == guard.place
    )
