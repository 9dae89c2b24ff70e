"""The models of entity_specs: entities, fields, relations, rules and enums, separate from the text they came from.

The grammar is in ``docs/formats.md``; `bot.documents.entities.entity_specs_reader` reads it and
`bot.documents.entities.entity_specs_writer` writes its canonical form.
"""

from __future__ import annotations

from enum import StrEnum

from bot.documents.entities.declared_rules import DeclaredRule
from bot.documents.frozen import Frozen

__all__ = [
    "FEATURES",
    "KEPT_BY_SERVICE",
    "SCALAR_TYPES",
    "TRAIL",
    "Cardinality",
    "Entity",
    "EntityField",
    "EntitySpecs",
    "EnumSpec",
    "FieldType",
    "ForeignKeys",
    "OnDelete",
    "Relation",
]

SCALAR_TYPES = (
    "str", "int", "float", "bool", "date", "datetime", "time", "UUID", "Decimal", "EmailStr", "HttpUrl", "JSON",
)  # fmt: skip
"""The types of the grammar; any other name must be an enum of the same document."""

FEATURES = (
    "auth", "audit", "cache", "docker", "jobs", "mail", "rate-limit", "soft-delete", "uuid-keys", "websocket",
)  # fmt: skip
"""The features of a service that a field may be marked for; a blueprint says which of them it can build."""

KEPT_BY_SERVICE = frozenset({("soft-delete", "deleted_at"), ("audit", "created_by"), ("audit", "updated_by")})
"""Fields that a feature brought and that the service itself fills: clients read them and never give them."""
SET_BY_LOGIN = frozenset({("auth", "hashed_password"), ("auth", "is_superuser")})
"""Fields of an account that no client gives as they are."""
SECRETS = frozenset({("auth", "hashed_password")})
"""Those of them that no client ever sees, and that no list is filtered, searched or sorted by."""
TRAIL = "audit"
"""The feature that brings rows which only the service writes."""


class Cardinality(StrEnum):
    """How many of each side a relation joins, read from the entity that declares it."""

    ONE_TO_ONE = "OneToOne"
    ONE_TO_MANY = "OneToMany"
    MANY_TO_ONE = "ManyToOne"
    MANY_TO_MANY = "ManyToMany"


WITH_OWN_KEY = frozenset({Cardinality.MANY_TO_ONE, Cardinality.ONE_TO_ONE})
"""Relations whose foreign key may stand in the entity that declares them."""


class OnDelete(StrEnum):
    """What happens to a row when the row that its foreign key names is deleted."""

    RESTRICT = "restrict"
    CASCADE = "cascade"
    SET_NULL = "set null"


class FieldType(Frozen):
    """The type of a field: a scalar of `SCALAR_TYPES` or the name of an enum, possibly as a list."""

    name: str
    is_list: bool = False

    @property
    def is_scalar(self) -> bool:
        """Tell whether the type is one of the grammar's own (not an enum)."""
        return self.name in SCALAR_TYPES


class EntityField(Frozen):
    """One field of an entity. ``minimum`` and ``maximum`` mean length for str and value for numbers."""

    name: str
    type: FieldType
    primary_key: bool = False
    auto_generated: bool = False
    optional: bool = False
    unique: bool = False
    index: bool = False
    default: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    pattern: str | None = None
    digits: int | None = None
    places: int | None = None
    foreign_key: str | None = None
    """The name of the entity that the value names a row of."""
    on_delete: OnDelete | None = None
    renamed_from: str | None = None
    feature: str | None = None
    """The feature that brought the field, or changed it: without that feature the field is not what it is here."""

    @property
    def is_timestamp(self) -> bool:
        """Tell whether the database fills the field by itself (``created_at``, ``updated_at``)."""
        return self.name in {"created_at", "updated_at"} and self.type.name == "datetime"

    @property
    def is_given(self) -> bool:
        """Tell whether a client gives the value (it is neither key nor timestamp nor generated)."""
        return not (self.primary_key or self.auto_generated or self.is_timestamp or self.is_set_by_feature)

    @property
    def is_set_by_feature(self) -> bool:
        """Tell whether a feature that brought the field gives it its value."""
        return self.is_kept_by_service or (self.feature, self.name) in SET_BY_LOGIN

    @property
    def is_kept_by_service(self) -> bool:
        """Tell whether the service fills the field by itself, for the feature that brought it."""
        return (self.feature, self.name) in KEPT_BY_SERVICE

    @property
    def is_secret(self) -> bool:
        """Tell whether the value never leaves the service."""
        return (self.feature, self.name) in SECRETS


class Relation(Frozen):
    """A named way from one entity to another."""

    name: str
    target: str
    cardinality: Cardinality


class Entity(Frozen):
    """One entity: its table, its fields in order, its path in the API, its relations and its declared rules."""

    name: str
    table: str
    api_path: str
    fields: tuple[EntityField, ...]
    relations: tuple[Relation, ...] = ()
    account: bool = False
    renamed_from: str | None = None
    """What the entity was called before; its rows go on under the new name."""
    rules: tuple[DeclaredRule, ...] = ()

    def field(self, name: str) -> EntityField | None:
        """Return the field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def primary_key(self) -> EntityField | None:
        """Return the first primary key field, or None where there is none."""
        return next((field for field in self.fields if field.primary_key), None)

    @property
    def is_deleted_softly(self) -> bool:
        """Tell whether deleted rows stay in the table, marked by the field of the feature soft-delete."""
        return any(field.is_kept_by_service and field.name == "deleted_at" for field in self.fields)

    @property
    def is_writable(self) -> bool:
        """Tell whether clients write the rows; a trail is written by the service alone, and only read."""
        return not self.fields or any(field.feature != TRAIL for field in self.fields)

    @property
    def logs_in(self) -> bool:
        """Tell whether clients log in with rows of this entity; only with the feature auth there is one."""
        return any(field.is_secret for field in self.fields)

    def key_along(self, relation: str) -> EntityField | None:
        """Return the foreign key that a rule's RELATION means: by its own name, the relation's, or its target's.

        ``book_id`` and ``book`` both mean ``book_id``; a relation whose key is called otherwise means the only key
        to its target. None where there is no such key.
        """
        return ForeignKeys(self).along(relation)


class ForeignKeys:
    """The foreign keys of an entity, to look up many relations in time linear in the entity."""

    def __init__(self, entity: Entity) -> None:
        """Learn the entity's keys and relations."""
        self.by_name: dict[str, EntityField] = {}
        self.by_target: dict[str, list[EntityField]] = {}
        for field in entity.fields:
            if field.foreign_key and field.name not in self.by_name:
                self.by_name[field.name] = field
                self.by_target.setdefault(field.foreign_key, []).append(field)
        self.targets = {way.name: way.target for way in reversed(entity.relations) if way.cardinality in WITH_OWN_KEY}

    def along(self, relation: str) -> EntityField | None:
        """Return the key that a relation means, as `Entity.key_along` does."""
        named = self.by_name.get(relation) or self.by_name.get(f"{relation}_id")
        only = self.by_target.get(self.targets.get(relation, ""), [])
        return named or (only[0] if len(only) == 1 else None)


class EnumSpec(Frozen):
    """An enum and its values, in order."""

    name: str
    values: tuple[str, ...]


class EntitySpecs(Frozen):
    """A whole entity_specs document."""

    entities: tuple[Entity, ...] = ()
    enums: tuple[EnumSpec, ...] = ()

    def entity(self, name: str) -> Entity | None:
        """Return the entity of that name, or None."""
        return next((entity for entity in self.entities if entity.name == name), None)

    def enum(self, name: str) -> EnumSpec | None:
        """Return the enum of that name, or None."""
        return next((enum for enum in self.enums if enum.name == name), None)

    def enum_of(self, field: EntityField | None) -> EnumSpec | None:
        """Return the enum that a field takes its values from, or None; there may be no such field."""
        return self.enum(field.type.name) if field else None
