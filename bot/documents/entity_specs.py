"""The models of entity_specs: entities, fields, relations and enums, separate from the text they came from.

The grammar is in ``docs/formats.md``; `bot.documents.entity_specs_reader` reads it and
`bot.documents.entity_specs_writer` writes its canonical form.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

__all__ = [
    "SCALAR_TYPES",
    "Cardinality",
    "Entity",
    "EntityField",
    "EntitySpecs",
    "EnumSpec",
    "FieldType",
    "OnDelete",
    "Relation",
]

SCALAR_TYPES = (
    "str", "int", "float", "bool", "date", "datetime", "time", "UUID", "Decimal", "EmailStr", "HttpUrl", "JSON",
)  # fmt: skip
"""The types of the grammar; any other name must be an enum of the same document."""


class Cardinality(StrEnum):
    """How many of each side a relation joins, read from the entity that declares it."""

    ONE_TO_ONE = "OneToOne"
    ONE_TO_MANY = "OneToMany"
    MANY_TO_ONE = "ManyToOne"
    MANY_TO_MANY = "ManyToMany"


class OnDelete(StrEnum):
    """What happens to a row when the row that its foreign key names is deleted."""

    RESTRICT = "restrict"
    CASCADE = "cascade"
    SET_NULL = "set null"


class Frozen(BaseModel):
    """A value: frozen, typed, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


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

    @property
    def is_timestamp(self) -> bool:
        """Tell whether the database fills the field by itself (``created_at``, ``updated_at``)."""
        return self.name in {"created_at", "updated_at"} and self.type.name == "datetime"

    @property
    def is_given(self) -> bool:
        """Tell whether a client gives the value (it is neither key nor timestamp nor generated)."""
        return not (self.primary_key or self.auto_generated or self.is_timestamp)


class Relation(Frozen):
    """A named way from one entity to another."""

    name: str
    target: str
    cardinality: Cardinality


class Entity(Frozen):
    """One entity: its table, its fields in order, its path in the API and its relations."""

    name: str
    table: str
    api_path: str
    fields: tuple[EntityField, ...]
    relations: tuple[Relation, ...] = ()
    account: bool = False

    def field(self, name: str) -> EntityField | None:
        """Return the field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def primary_key(self) -> EntityField | None:
        """Return the first primary key field, or None where there is none."""
        return next((field for field in self.fields if field.primary_key), None)


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
