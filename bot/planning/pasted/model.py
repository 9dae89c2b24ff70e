"""What a pasted model says: entities as drafts, enums, links, and every piece that could not be taken."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.documents.entities.entity_specs import EntityField, FieldType
from bot.documents.naming import pascal_case, snake_case
from bot.planning.built_in.words.vocabulary import entity_name

__all__ = ["STAMPS", "PastedEntity", "PastedModel", "entity_called", "enum_type", "is_enum_value"]

STAMPS = frozenset({"created_at", "updated_at"})
"""Columns that every entity has anyway."""


@dataclass
class PastedEntity:
    """One entity with its fields in order, foreign keys included."""

    name: str
    fields: dict[str, EntityField] = field(default_factory=dict)
    quote: str = ""


@dataclass
class PastedModel:
    """Everything that one paste says. ``joins`` are many-to-many links: two entities, and the words for them."""

    kind: str
    entities: dict[str, PastedEntity] = field(default_factory=dict)
    enums: dict[str, tuple[str, ...]] = field(default_factory=dict)
    joins: list[tuple[str, str, str]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    not_built: list[str] = field(default_factory=list)
    """What was understood, but has no place in our documents."""
    rules: list[str] = field(default_factory=list)
    """What tables say of several columns together: rules that no field holds, as SQL has them."""
    notes: list[str] = field(default_factory=list)
    """What was taken in another form than it was written."""

    def reference(self, entity: PastedEntity, name: str, target: str, **properties: object) -> None:
        """Add a foreign key to an entity; its name ends in ``_id``, as all of ours do."""
        stem = name.removesuffix("_id") or snake_case(target)
        key = f"{stem}_id"
        one = EntityField(name=key, type=FieldType(name="int"), foreign_key=target)
        entity.fields[key] = one.model_copy(update=dict(properties))


def entity_called(name: str) -> str:
    """Return the entity that a table or class is called after: ``public.order_items`` → ``OrderItem``."""
    plain = name.rpartition(".")[2].strip('"`[] ')
    return entity_name(snake_case(plain).replace("_", " ")) or pascal_case(plain)


def enum_type(model: PastedModel, name: str, values: tuple[str, ...]) -> FieldType:
    """Declare an enum in the model and return it as a type."""
    model.enums[name] = values
    return FieldType(name=name)


def is_enum_value(value: str) -> bool:
    """Tell whether a text can be the value of an enum: not empty, and nothing that code can't name."""
    return bool(snake_case(value)) and len(value) <= 100
