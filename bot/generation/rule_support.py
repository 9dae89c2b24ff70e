"""Declared rules that no service can keep: each is refused with a sentence, none is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.documents.entities.accounts import managing_role, roles_known
from bot.documents.entities.declared_rules import (
    ACTIONS,
    MOMENTS,
    WRITES,
    ActionByOwner,
    ActionByRole,
    AtMost,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
    OnlyWhile,
    Transition,
    counting_status,
    fields_of,
)
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.readers import readers_of, shut_out
from bot.documents.entities.rule_lines import write_rule
from bot.generation.account_specs import account_of
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.kinds import kind_of
from bot.generation.names import entity_names
from bot.generation.order import with_relations
from bot.generation.rule_counts import about_count
from bot.generation.rule_fields import derived_names, initial_values, is_stamped, rules_of, step_actions
from bot.generation.rule_samples import Samples
from bot.generation.rule_states import about_values, guards_of, seeds_disagree, states_to_bring_about, status_json
from bot.generation.rule_whiles import can_change
from bot.generation.status_steps import step_action, step_segments

__all__ = ["require_rules"]

FEWEST_ROWS = 8
"""So many rows the tests of rules make at most, which unique values must allow."""


def require_rules(specs: EntitySpecs) -> None:
    """Return when every declared rule can be kept. Raises UnsupportedSpecsError."""
    for entity in specs.entities:
        for rule in entity.rules:
            complaint = next(complaints(rule, entity, specs), None)
            if complaint is not None:
                raise UnsupportedSpecsError(f"{entity.name} can't keep the rule “{write_rule(rule)}”: {complaint}")
        if entity.rules:
            require_agreement(entity, specs)
    require_distinct_steps(specs)


def complaints(rule: DeclaredRule, entity: Entity, specs: EntitySpecs) -> Iterator[str]:
    """Yield what keeps a rule from being built, the most basic first; the later ones rest on the earlier."""
    missing = [name for name in fields_of(rule) if entity.field(name) is None]
    if missing:
        yield f"there is no field {missing[0]}."
        return
    named = [field for name in fields_of(rule) if (field := entity.field(name)) is not None]
    if isinstance(rule, ActionByOwner | ActionByRole):
        yield from about_left(rule, entity, specs)
        return
    if isinstance(rule, OnlyWhile):
        yield from about_while(rule, entity, specs)
        return
    if isinstance(rule, OneOpen | NoOverlap | AtMost):
        yield from about_relation(rule.relation, entity, specs)
    if isinstance(rule, Transition):
        yield from about_status(rule, named[0], entity, specs)
    else:
        yield from about_moments([field for field in named if field.name != counting_status(rule)])
    match rule:
        case DerivedMoment():
            yield from about_derived(named[0], entity)
        case OneOpen() if Samples(entity, specs).openings(rule.until) is None:
            yield f"no client can leave {rule.until} empty; make it, or what it follows from, Optional[…]."
        case NoOverlap():
            yield from about_period(rule, named, Samples(entity, specs))
            yield from about_left_out(rule, entity, specs)
        case AtMost():
            yield from about_count(rule, entity, specs)
        case _:
            return


def about_left(rule: ActionByOwner | ActionByRole, entity: Entity, specs: EntitySpecs) -> Iterator[str]:
    """Find what is left to nobody that is known, rows that are accounts, and actions that there are not."""
    account = account_of(specs)
    if account is None:
        yield "without accounts nobody knows who asks; build the service with the feature auth, or take the rule out."
        return
    if entity.name == account.name:
        yield "accounts look after themselves and are managed by a role, so nobody owns one; take the rule out."
    yield from about_owner(rule, entity, account) if isinstance(rule, ActionByOwner) else about_roles(rule, specs)
    yield from about_reading(rule, entity, specs)
    steps = step_actions(entity)
    if rule.action not in {*ACTIONS, *steps}:
        actions = ", ".join((*sorted(ACTIONS), *steps))
        yield f"{rule.action} is nothing that {entity.name} does by itself; it does {actions}."


def about_owner(rule: ActionByOwner, entity: Entity, account: Entity) -> Iterator[str]:
    """Find owners who are no accounts."""
    key = entity.key_along(rule.field)
    if key is None:
        yield f"{rule.field} is no foreign key."
    elif key.foreign_key != account.name:
        target = key.foreign_key
        yield f"{target} is not what people log in with; mark it (account), or name a foreign key to {account.name}."


def about_roles(rule: ActionByRole, specs: EntitySpecs) -> Iterator[str]:
    """Find roles that there are not, and rules that hold nobody back."""
    values = roles_known(specs)
    if unknown := [role for role in rule.roles if role not in values]:
        yield f"{unknown[0]} is no role; there are {', '.join(values)}."
    elif set(values) <= {*rule.roles, managing_role(values)}:
        yield "every role may do it, so it holds nobody back; name fewer roles, or take the rule out."


def about_reading(rule: ActionByOwner | ActionByRole, entity: Entity, specs: EntitySpecs) -> Iterator[str]:
    """Find what is left to somebody who can't read any row, because only others may."""
    if unread := shut_out(rule, readers_of(entity), roles_known(specs)):
        yield f"{unread} may not read {entity.name}, and so can't get at a row; leave reading to them too."


def about_while(rule: OnlyWhile, entity: Entity, specs: EntitySpecs) -> Iterator[str]:
    """Find actions that can't depend on a status, what is no status, and values that it can't have."""
    key = entity.key_along(rule.relation) if rule.relation else None
    holder = specs.entity(key.foreign_key or "") if key else entity
    status = holder.field(rule.field) if holder else None
    if rule.action not in WRITES:
        yield f"{rule.action} can't depend on a status; write {', '.join(WRITES)}."
    if rule.action == "create" and not rule.relation:
        yield f"a new {entity.name} has no {rule.field} yet; name the row that is looked at."
    if rule.relation and key is None:
        yield f"{rule.relation} is no foreign key."
    elif holder is None or status is None:
        yield f"{holder.name if holder else rule.relation} has no field {rule.field}."
    else:
        yield from about_looked_at(rule, entity, holder, status, specs)


def about_looked_at(
    rule: OnlyWhile, entity: Entity, holder: Entity, status: EntityField, specs: EntitySpecs
) -> Iterator[str]:
    """Find fields that tell no state, values that they don't have, and what could not be tried."""
    yield from about_values(rule.path, rule.values, status, specs)
    if status.unique:
        yield f"{rule.path} is unique, so there would be only one row for each value."
    guard = next((each for each in guards_of(entity, specs) if each.rule == rule), None)
    if rule.action == "update" and guard and not can_change(entity, guard):
        yield f"nothing of {entity.name} can change but {rule.field}; declare its ways as a transition."
    if rule.action == "update" and rule.relation and rules_of(entity, Transition) and is_let(entity, specs):
        yield f"what creates and what changes {entity.name} needs another {rule.path}; name a value in common."
    if rule.action == "create" and seeds_disagree(entity, specs):
        yield f"another rule needs {holder.name} to be otherwise; name a value in common, for one row is named twice."
    if few := next((field.name for field in holder.fields if has_few_values(holder, field, specs)), ""):
        yield f"{holder.name}.{few} is unique with so few values that the rule can't be tried; let it have more."


def is_let(entity: Entity, specs: EntitySpecs) -> bool:
    """Tell whether a row that was made can't be changed before the one that it names is otherwise."""
    return any(guard.key for guard, _ in states_to_bring_about(entity, "update", specs))


def has_few_values(entity: Entity, field: EntityField, specs: EntitySpecs) -> bool:
    """Tell whether a unique field has so few values that tests could not make rows enough."""
    if not field.unique or field.foreign_key or field.primary_key:
        return False
    return len(kind_of(f"{entity.name}.{field.name}", field, specs).examples()) < FEWEST_ROWS


def about_relation(relation: str, entity: Entity, specs: EntitySpecs) -> Iterator[str]:
    """Find relations without a foreign key, and those that only one row can have anyway."""
    key = entity.key_along(relation)
    if key is None:
        yield f"{relation} is no foreign key."
    elif with_relations(key, entity, specs).unique:
        yield f"{key.name} is unique, so there never is a second row to hold it against; take the rule out."


def about_moments(fields: Iterable[EntityField]) -> Iterator[str]:
    """Find fields that are no moments, and the one that changes with every change."""
    for field in fields:
        if field.type.name not in MOMENTS or field.type.is_list:
            yield f"{field.name} is neither a date nor a datetime."
        elif field.name == "updated_at" and field.is_timestamp:
            yield "updated_at changes with every change of the row; name a field that a client gives."


def about_status(rule: Transition, field: EntityField, entity: Entity, specs: EntitySpecs) -> Iterator[str]:
    """Find a status that is no enum or has other values, and steps that no path can tell apart."""
    enum = specs.enum(field.type.name)
    if enum is None or field.type.is_list:
        yield f"{field.name} is no enum."
        return
    unknown = [value for pair in rule.pairs() for value in pair if value not in enum.values]
    if unknown:
        yield f"{unknown[0]!r} is no value of {enum.name}."
    if not rule.changes or not initial_values(rule, entity, specs):
        yield "no way is given."
    if field.unique:
        yield f"{field.name} is unique, so there would be only one row for each value."
    first: dict[str, str] = {}
    for value, segment in step_segments(rule).items():
        if first.setdefault(segment, value) != value:
            yield f"{first[segment]!r} and {value!r} would have the same path; rename one of the values."


def about_derived(field: EntityField, entity: Entity) -> Iterator[str]:
    """Find what a derived field can't be besides."""
    if not field.is_given:
        yield f"{field.name} fills itself in already; take “auto-generated” out, or the rule."
    if field.foreign_key or field.primary_key:
        yield f"{field.name} is a key."
    if field.unique:
        yield f"{field.name} is derived, so it can't be unique; make {entity.name} unique by what it follows from."
    if field.default is not None:
        yield f"{field.name} is derived, so its default would never be used; take the default out."


def about_period(rule: NoOverlap, fields: list[EntityField], samples: Samples) -> Iterator[str]:
    """Find periods whose end nobody chooses, and those that end before they begin."""
    (start, shift), (end, delay) = samples.root(rule.start), samples.root(rule.end)
    if start == end and delay < shift:
        yield f"{rule.end} always is before {rule.start}."
    if is_stamped(fields[1]) or (start != end and end not in samples.hours):
        yield f"{rule.end} is filled in at creation, so no period could end later; name a field that a client gives."


def about_left_out(rule: NoOverlap, entity: Entity, specs: EntitySpecs) -> Iterator[str]:
    """Find what is no status, values that it doesn't have, and new rows of which none counts."""
    status = entity.field(rule.unless)
    if status is None:
        return
    yield from about_values(rule.unless, rule.values, status, specs)
    first = next(iter(Samples(entity, specs).examples(status) or ()), None)
    if first in [status_json(status, one) for one in rule.values]:
        yield f"a new {entity.name} doesn't count; let it begin with another {rule.unless}."


def require_agreement(entity: Entity, specs: EntitySpecs) -> None:
    """Refuse rules that no row of samples can keep together, and names that the model needs for derivations."""
    if not Samples(entity, specs).keeps({}):
        limits = [write_rule(rule) for rule in rules_of(entity, LatestAfter)]
        raise UnsupportedSpecsError(
            f"The rules of {entity.name} leave no room for a row of plain values; look at “{'”, “'.join(limits)}”."
        )
    derived = derived_names(entity)
    sources = {rule.source for rule in rules_of(entity, DerivedMoment)}
    taken = {f"derive_{name}" for name in derived} | {f"follow_{name}" for name in sources}
    for field in entity.fields:
        if field.name in taken:
            raise UnsupportedSpecsError(f"{entity.name}.{field.name} has a name that the service needs; rename it.")
        if has_few_values(entity, field, specs):
            raise UnsupportedSpecsError(
                f"{entity.name}.{field.name} is unique with so few values that the rules of {entity.name} can't be "
                "tried; let it have more, or take “unique” out."
            )


def require_distinct_steps(specs: EntitySpecs) -> None:
    """Refuse two steps whose operations would have one name."""
    seen: dict[str, str] = {}
    for entity in specs.entities:
        for rule in rules_of(entity, Transition):
            status = f"{entity.name}.{rule.field}"
            for value in step_segments(rule):
                name = f"{entity_names(entity).module}_{step_action(rule, value)}"
                if seen.setdefault(name, status) != status:
                    raise UnsupportedSpecsError(
                        f"A step of {status} and one of {seen[name]} would have the same name; "
                        "rename one of the fields."
                    )
