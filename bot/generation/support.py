"""What the blueprint can make of specs today; everything else is refused with a sentence, never left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.checks.entity_naming import TAKEN_CLASSES
from bot.documents.entities.entity_specs import (
    KEPT_BY_SERVICE,
    TRAIL,
    Cardinality,
    Entity,
    EntityField,
    EntitySpecs,
    OnDelete,
)
from bot.generation.account_specs import AUTH, require_account
from bot.generation.associations import associations, ends_of, keys_name
from bot.generation.blueprint import Blueprint, BlueprintFeature
from bot.generation.custom import CustomBehaviour
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.feature_specs import AUDIT_ACTION, AUDIT_ENTRY
from bot.generation.names import attribute_name, entity_names, is_module_name
from bot.generation.order import foreign_keys
from bot.generation.rule_fields import given_fields
from bot.generation.rule_support import require_rules
from bot.generation.view import specs_view
from bot.patterns import regex

__all__ = ["require_supported"]

CLASS_NAME = regex(r"[A-Z][A-Za-z0-9]*\Z")
FIELD_NAME = regex(r"[a-z][a-z0-9_]*\Z")
API_PATH = regex(r"(/[a-z0-9][a-z0-9_-]*)+\Z")
ENUM_VALUE = regex(r"[^\x00-\x1f\x7f]{1,100}\Z")
NAME_LENGTH = 50
"""Longest name of a table or a field: constraint names are joined from both."""
TAKEN_BY_ACCOUNTS = frozenset({"Actor", "Mailer", "Request", "Settings"})
"""Class names that the modules of accounts use, so that an account can't have them."""
CLASS_SUFFIXES = ("Create", "Detail", "Include", "Query", "Read", "Repository", "Service", "Sort", "Update")
"""What is added to an entity's name for its other classes."""
DESCENDING = "_descending"
"""How the sort keys of lists are called that turn the order around."""
TAKEN_TABLES = frozenset({"alembic_version"})
TAKEN_PATHS = frozenset({"/docs", "/health", "/openapi", "/redoc"})


def require_supported(
    specs: EntitySpecs, custom: tuple[CustomBehaviour, ...], blueprint: Blueprint, features: Iterable[str]
) -> None:
    """Return when the blueprint can make a service of the specs; otherwise raise UnsupportedSpecsError."""
    if not specs.entities:
        raise UnsupportedSpecsError("There is no entity yet. Describe at least one thing that the service keeps.")
    features = set(features)
    unknown = sorted(features - set(blueprint.feature_names))
    if unknown:
        known = ", ".join(blueprint.feature_names)
        raise UnsupportedSpecsError(f"The feature {unknown[0]} is not there yet; these are: {known}.")
    require_distinct_names(specs)
    for feature in blueprint.chosen(tuple(features)):
        require_no_clash(specs, feature)
    for enum in specs.enums:
        require_enum(enum.name, enum.values)
    for entity in specs.entities:
        require_entity(entity, specs)
    require_associations(specs)
    require_rules(specs)
    if AUTH in features:
        require_account(specs)
    for behaviour in custom:
        if not is_module_name(behaviour.slug):
            raise UnsupportedSpecsError(
                f"{behaviour.slug!r} can't name the module of {behaviour.title!r}; use snake_case, such as lend_book."
            )
    specs_view(specs)


def require_distinct_names(specs: EntitySpecs) -> None:
    """Refuse classes, tables, modules and paths that two entities or enums would share."""
    names = [entity_names(entity) for entity in specs.entities]
    require_once("name", [*(entity.name for entity in specs.entities), *(enum.name for enum in specs.enums)])
    require_once("table", [entity.table for entity in specs.entities])
    require_once("API path", [entity.api_path for entity in specs.entities])
    require_once("module", [name.module for name in names])
    require_once("module", [name.collection for name in names])
    classes = {name.name for name in names}
    for name in sorted(classes):
        clash = next((f"{name}{suffix}" for suffix in CLASS_SUFFIXES if f"{name}{suffix}" in classes), None)
        if clash:
            raise UnsupportedSpecsError(f"The entity {clash} has the name of a class made for {name}; rename {clash}.")


def require_associations(specs: EntitySpecs) -> None:
    """Refuse many-to-many relations whose table or field is there already."""
    found = associations(specs)
    require_once("table", [*(entity.table for entity in specs.entities), *(each.table for each in found)])
    for entity in specs.entities:
        fields = [attribute_name(field) for field in entity.fields]
        lists = [
            name for end in ends_of(entity, found) for name in (end.relation.name, keys_name(end.relation, end.target))
        ]
        require_once(f"field of {entity.name}", [*fields, *lists])


def require_no_clash(specs: EntitySpecs, feature: BlueprintFeature) -> None:
    """Refuse an entity that takes a name, a path or a field of a feature."""
    if feature.name == TRAIL and not has_own_trail(specs):
        raise UnsupportedSpecsError(
            f"The feature {TRAIL} needs the names AuditEntry and AuditAction for itself; "
            f"call yours something else, or leave {TRAIL} out."
        )
    kept = {name for kept_for, name in KEPT_BY_SERVICE if kept_for == feature.name}
    for entity in specs.entities:
        taken = next((field for field in entity.fields if field.name in kept and not field.is_kept_by_service), None)
        if taken:
            raise UnsupportedSpecsError(
                f"The feature {feature.name} needs the field {taken.name} of {entity.name} for itself; "
                f"call the field something else, or leave {feature.name} out."
            )
        names = entity_names(entity)
        path = next((path for path in feature.paths if f"{entity.api_path}/".startswith(f"{path}/")), None)
        if path or {names.module, names.collection} & set(feature.modules):
            needed = f"the path {path}" if path else f"the name {entity.name} and the table {entity.table}"
            raise UnsupportedSpecsError(
                f"The feature {feature.name} needs {needed} for itself; call {entity.name} something else, "
                f"give it another path, or leave {feature.name} out."
            )


def has_own_trail(specs: EntitySpecs) -> bool:
    """Tell whether the trail of the feature is the one that the specs hold."""
    return specs.entity(AUDIT_ENTRY.name) == AUDIT_ENTRY and specs.enum(AUDIT_ACTION.name) == AUDIT_ACTION


def require_once(what: str, names: list[str]) -> None:
    """Refuse a name that occurs twice."""
    twice = next((name for name, count in Counter(names).items() if count > 1), None)
    if twice is not None:
        raise UnsupportedSpecsError(f"The {what} {twice} is used twice; give one of them another.")


def require_enum(name: str, values: tuple[str, ...]) -> None:
    """Refuse an enum without a usable name or values."""
    require_class_name("enum", name)
    if not values or len(set(values)) != len(values) or not all(ENUM_VALUE.match(value) for value in values):
        raise UnsupportedSpecsError(
            f"The values of the enum {name} must be given, different, and at most 100 letters without line breaks."
        )


def require_class_name(what: str, name: str) -> None:
    """Refuse a name that can't be a class of its own."""
    if not CLASS_NAME.match(name) or len(name) > NAME_LENGTH:
        raise UnsupportedSpecsError(f"{name!r} can't name an {what}; use letters and digits, such as LibraryCard.")
    if name in TAKEN_CLASSES:
        raise UnsupportedSpecsError(f"The service needs the name {name} for itself; call the {what} something else.")


def require_entity(entity: Entity, specs: EntitySpecs) -> None:
    """Refuse an entity that can't become a table and a resource."""
    require_class_name("entity", entity.name)
    if entity.account and entity.name in TAKEN_BY_ACCOUNTS:
        raise UnsupportedSpecsError(f"The service needs the name {entity.name} for itself; call the account otherwise.")
    if not FIELD_NAME.match(entity.table) or len(entity.table) > NAME_LENGTH or entity.table in TAKEN_TABLES:
        raise UnsupportedSpecsError(f"{entity.table!r} can't name a table; use snake_case, such as library_cards.")
    if not API_PATH.match(entity.api_path) or entity.api_path.startswith(tuple(TAKEN_PATHS)):
        raise UnsupportedSpecsError(
            f"{entity.api_path!r} can't be the path of {entity.name}; use one like /api/v1/books."
        )
    require_primary_key(entity)
    require_once(f"field of {entity.name}", [attribute_name(field) for field in entity.fields])
    if not given_fields(entity):
        raise UnsupportedSpecsError(f"{entity.name} has no field that a client gives; add at least one.")
    for field in entity.fields:
        require_field(entity, field, specs)
    require_relations(entity, specs)


def require_primary_key(entity: Entity) -> None:
    """Refuse anything but one primary key, an int or a UUID."""
    keys = [field for field in entity.fields if field.primary_key]
    if len(keys) != 1 or keys[0].type.name not in {"int", "UUID"} or keys[0].type.is_list or keys[0].foreign_key:
        raise UnsupportedSpecsError(
            f"{entity.name} needs exactly one primary key of its own, an int or a UUID, such as "
            "`id: int (primary key, auto-generated)`."
        )


def require_field(entity: Entity, field: EntityField, specs: EntitySpecs) -> None:
    """Refuse a field that can't become a column."""
    where = f"{entity.name}.{field.name}"
    if not FIELD_NAME.match(field.name) or len(field.name) > NAME_LENGTH:
        raise UnsupportedSpecsError(f"{field.name!r} can't name a field of {entity.name}; use snake_case.")
    if not field.type.is_scalar and specs.enum(field.type.name) is None:
        raise UnsupportedSpecsError(f"{where} has the type {field.type.name}, which is neither known nor an enum.")
    if field.type.is_list and (field.unique or field.index):
        raise UnsupportedSpecsError(f"{where} is a list, which can't be unique or indexed; leave that out.")
    if field.auto_generated and not (field.primary_key or field.type.name in {"datetime", "date", "UUID"}):
        raise UnsupportedSpecsError(
            f"{where} can't fill itself as {field.type.name}; only keys, dates, times and UUIDs can. "
            "Let the client give it, or name the rule that fills it."
        )
    if field.name.endswith(DESCENDING):
        raise UnsupportedSpecsError(f"{where} ends in {DESCENDING}, which lists need for their order; rename it.")
    if field.foreign_key:
        require_foreign_key(where, field, specs)


def require_foreign_key(where: str, field: EntityField, specs: EntitySpecs) -> None:
    """Refuse a foreign key that can't hold a row's key."""
    parent = specs.entity(field.foreign_key or "")
    if parent is None or parent.primary_key is None:
        raise UnsupportedSpecsError(f"{where} refers to {field.foreign_key}, which is not an entity of these specs.")
    if field.type != parent.primary_key.type:
        raise UnsupportedSpecsError(
            f"{where} must have the type of {parent.name}'s key, {parent.primary_key.type.name}."
        )
    if where == f"{parent.name}.{field.name}" and not field.optional:
        raise UnsupportedSpecsError(
            f"{where} refers to its own entity, so it must be optional: the first has no other."
        )
    if field.on_delete is OnDelete.SET_NULL and not field.optional:
        raise UnsupportedSpecsError(f"{where} is emptied on delete, so it must be optional.")


def require_relations(entity: Entity, specs: EntitySpecs) -> None:
    """Refuse relations to nothing, and those that no foreign key carries."""
    for relation in entity.relations:
        where = f"{entity.name}.{relation.name}"
        target = specs.entity(relation.target)
        if target is None:
            raise UnsupportedSpecsError(f"{where} leads to {relation.target}, which is not an entity of these specs.")
        if not FIELD_NAME.match(relation.name) or len(relation.name) > NAME_LENGTH:
            raise UnsupportedSpecsError(f"{relation.name!r} can't name a relation of {entity.name}; use snake_case.")
        if relation.cardinality is Cardinality.MANY_TO_MANY:
            continue
        own = any(field.foreign_key == target.name for field in foreign_keys(entity))
        theirs = any(field.foreign_key == entity.name for field in foreign_keys(target))
        holders = {
            Cardinality.MANY_TO_ONE: own,
            Cardinality.ONE_TO_MANY: theirs,
            Cardinality.ONE_TO_ONE: own or theirs,
        }
        if not holders[relation.cardinality]:
            child, parent = (target, entity) if relation.cardinality is Cardinality.ONE_TO_MANY else (entity, target)
            raise UnsupportedSpecsError(
                f"{where} has no foreign key: give {child.name} a field such as "
                f"`{entity_names(parent).module}_id: int (foreign key to {parent.name})`."
            )
