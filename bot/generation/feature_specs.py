"""Features that change what is stored: transforms of the specs, made before anything is derived from them.

What a feature brings is marked in the grammar (`for FEATURE`), so that the delivered entity_specs tell the whole truth
and a later build without the feature takes exactly that away. A transform adds what is missing and leaves alone what
is there: applying it twice changes nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from bot.documents.entities.entity_specs import FEATURES, Entity, EntityField, EntitySpecs, EnumSpec, FieldType
from bot.documents.tasks.task_plan import TaskPlan
from bot.generation.account_specs import AUTH, with_account, without_brought_account
from bot.generation.blueprint import Blueprint

__all__ = ["AUDIT_ACTION", "AUDIT_ENTRY", "SOFT_DELETE", "UUID_KEYS", "features_in", "features_of", "with_features"]

SOFT_DELETE = "soft-delete"
UUID_KEYS = "uuid-keys"
NUMBER, UUID = FieldType(name="int"), FieldType(name="UUID")
DELETED_AT = EntityField(
    name="deleted_at", type=FieldType(name="datetime"), optional=True, index=True, feature=SOFT_DELETE
)
CREATED_BY, UPDATED_BY = (
    EntityField(name=name, type=FieldType(name="str"), optional=True, maximum="255", feature="audit")
    for name in ("created_by", "updated_by")
)
AUDIT_ACTION = EnumSpec(name="AuditAction", values=("created", "updated", "deleted", "restored"))


def of_trail(name: str, kind: str = "str", **modifiers: object) -> EntityField:
    """Return a field of the trail."""
    return EntityField.model_validate({"name": name, "type": {"name": kind}, "feature": "audit", **modifiers})


AUDIT_ENTRY = Entity(
    name="AuditEntry",
    table="audit_entries",
    api_path="/api/v1/audit-entries",
    fields=(
        of_trail("id", "UUID", primary_key=True, auto_generated=True),
        of_trail("entity", maximum="50", index=True),
        of_trail("key", maximum="40", index=True),
        of_trail("action", AUDIT_ACTION.name),
        of_trail("changes", "JSON"),
        of_trail("actor", maximum="255", index=True),
        of_trail("request_id", maximum="64", index=True),
        of_trail("at", "datetime", auto_generated=True, index=True),
    ),
)
"""Who changed what: a row for each change, which the service writes and clients only read."""


def with_features(specs: EntitySpecs, features: Collection[str]) -> EntitySpecs:
    """Return the specs of a service with these features and no others: first taken away, then added. Pure."""
    for feature, change in CHANGES.items():
        if feature not in features:
            specs = change.take_away(specs)
    for feature, change in CHANGES.items():
        if feature in features:
            specs = change.add(specs)
    return specs


def features_in(specs: EntitySpecs, usual: tuple[str, ...]) -> tuple[str, ...]:
    """Return the usual features of a blueprint, then those that fields of the specs are marked for."""
    named = {field.feature for entity in specs.entities for field in entity.fields}
    return (*usual, *(feature for feature in FEATURES if feature in named and feature not in usual))


def features_of(specs: EntitySpecs, plan: TaskPlan, blueprint: Blueprint) -> tuple[str, ...]:
    """Return the features that a plan was derived with: the usual ones, those of marked fields, those with tasks."""
    marked = features_in(specs, blueprint.usual_features)
    planned = {task.blueprint_task for task in plan.tasks()}
    with_tasks = {task.feature for task in blueprint.tasks if task.feature and task.id in planned}
    return (*marked, *(feature for feature in FEATURES if feature in with_tasks and feature not in marked))


@dataclass(frozen=True)
class Change:
    """What a feature does to specs, and how that is taken away again."""

    add: Callable[[EntitySpecs], EntitySpecs]
    take_away: Callable[[EntitySpecs], EntitySpecs]


def without_fields_for(feature: str) -> Callable[[EntitySpecs], EntitySpecs]:
    """Return the transform that drops the fields marked for a feature, and entities that have no other field."""

    def take_away(specs: EntitySpecs) -> EntitySpecs:
        if not any(field.feature == feature for entity in specs.entities for field in entity.fields):
            return specs
        kept = [entity for entity in specs.entities if any(field.feature != feature for field in entity.fields)]
        names = {entity.name for entity in kept}
        return specs.model_copy(update={"entities": tuple(without_marked(entity, feature, names) for entity in kept)})

    return take_away


def without_marked(entity: Entity, feature: str, names: Collection[str]) -> Entity:
    """Drop the marked fields of an entity, and its relations to entities that are gone."""
    return entity.model_copy(
        update={
            "fields": tuple(field for field in entity.fields if field.feature != feature),
            "relations": tuple(relation for relation in entity.relations if relation.target in names),
        }
    )


def without_account(specs: EntitySpecs) -> EntitySpecs:
    """Drop the account that the feature brought, or of another one what a login needs, and the roles."""
    return without_fields_for(AUTH)(without_brought_account(specs))


def with_soft_delete(specs: EntitySpecs) -> EntitySpecs:
    """Add to every entity that clients write the moment of its deletion."""
    return specs.model_copy(update={"entities": tuple(with_field(each, DELETED_AT) for each in specs.entities)})


def with_audit(specs: EntitySpecs) -> EntitySpecs:
    """Add who created and changed a row to every entity that clients write, and the trail of all changes."""
    signed = (with_field(with_field(each, CREATED_BY), UPDATED_BY) for each in specs.entities)
    trail = () if specs.entity(AUDIT_ENTRY.name) or not specs.entities else (AUDIT_ENTRY,)
    action = () if specs.enum(AUDIT_ACTION.name) or not trail else (AUDIT_ACTION,)
    return specs.model_copy(update={"entities": (*signed, *trail), "enums": (*specs.enums, *action)})


def without_audit(specs: EntitySpecs) -> EntitySpecs:
    """Drop the trail with its enum, and the fields of who created and changed a row."""
    kept = without_fields_for("audit")(specs)
    if specs.entity(AUDIT_ENTRY.name) == kept.entity(AUDIT_ENTRY.name):
        return kept
    used = {field.type.name for entity in kept.entities for field in entity.fields}
    enums = tuple(enum for enum in kept.enums if enum != AUDIT_ACTION or enum.name in used)
    return kept.model_copy(update={"enums": enums})


def with_field(entity: Entity, field: EntityField) -> Entity:
    """Add a field to an entity that clients write and that has none of the name.

    What the service fills comes last, in the order of the names: it is the same whatever was chosen first.
    """
    if not entity.is_writable or entity.field(field.name) is not None:
        return entity
    given = [each for each in entity.fields if not each.is_kept_by_service]
    kept = sorted((*(each for each in entity.fields if each.is_kept_by_service), field), key=lambda each: each.name)
    return entity.model_copy(update={"fields": (*given, *kept)})


def with_uuid_keys(specs: EntitySpecs) -> EntitySpecs:
    """Make UUIDs of all keys that are numbers, and of the foreign keys to them; marked are the keys."""
    return with_keys(
        specs,
        lambda key: key.type == NUMBER,
        lambda key: key.model_copy(update={**PLAIN, "type": UUID, "auto_generated": True, "feature": UUID_KEYS}),
    )


def without_uuid_keys(specs: EntitySpecs) -> EntitySpecs:
    """Make numbers again of the keys that the feature made UUIDs, and of the foreign keys to them."""
    return with_keys(
        specs,
        lambda key: key.feature == UUID_KEYS,
        lambda key: key.model_copy(update={**PLAIN, "type": NUMBER, "auto_generated": True, "feature": None}),
    )


PLAIN: Mapping[str, None] = {"default": None, "minimum": None, "maximum": None}
"""What only numbers can have; a key of another type has none of it."""


def with_keys(
    specs: EntitySpecs, is_changed: Callable[[EntityField], bool], changed: Callable[[EntityField], EntityField]
) -> EntitySpecs:
    """Change the keys of which that is true; a foreign key takes the type of the key that it names, also as a key."""
    keys = {entity.name: entity.primary_key for entity in specs.entities if entity.primary_key}
    types = {name: changed(key).type for name, key in keys.items() if not key.foreign_key and is_changed(key)}
    if not types:
        return specs
    followers = {name: key.foreign_key for name, key in keys.items() if key.foreign_key}
    while new := {name: types[named] for name, named in followers.items() if named in types and name not in types}:
        types |= new

    def one(field: EntityField) -> EntityField:
        if field.primary_key and not field.foreign_key and is_changed(field):
            return changed(field)
        kind = types.get(field.foreign_key or "")
        return field.model_copy(update={**PLAIN, "type": kind}) if kind else field

    entities = [entity.model_copy(update={"fields": tuple(map(one, entity.fields))}) for entity in specs.entities]
    return specs.model_copy(update={"entities": tuple(entities)})


CHANGES: Mapping[str, Change] = {
    AUTH: Change(add=with_account, take_away=without_account),
    SOFT_DELETE: Change(add=with_soft_delete, take_away=without_fields_for(SOFT_DELETE)),
    "audit": Change(add=with_audit, take_away=without_audit),
    UUID_KEYS: Change(add=with_uuid_keys, take_away=without_uuid_keys),
}
"""What each feature changes, in the order of adding: keys come last, so that they include what others brought."""
