"""The prepared view of references: the rows that an entity names by foreign keys, and those that name it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.documents.entities.entity_specs import Entity, EntitySpecs, OnDelete
from bot.generation.fields import FieldView
from bot.generation.keys import key_as_json, missing_key
from bot.generation.names import attribute_name, entity_names
from bot.generation.order import references_to
from bot.generation.rule_writing import state_arguments
from bot.generation.values import Expression, Identifier, PythonLiteral, Words

__all__ = ["ChildView", "ParentView", "child_views", "parent_view"]


@dataclass(frozen=True)
class ParentView:
    """An entity that a foreign key of this one names a row of."""

    field: FieldView
    name: Identifier
    module: Identifier
    label: Words
    row: Identifier
    """A variable for a row of the parent."""
    key_as_json: Expression
    """The key of that row, as JSON."""
    missing_key: PythonLiteral
    required: bool
    path: PythonLiteral
    empties: bool
    """Whether the reference is emptied when its row is deleted."""
    state: Expression
    """The arguments with which a factory makes a row that can be named, each after a comma."""


@dataclass(frozen=True)
class ChildView:
    """An entity whose foreign key names a row of this one."""

    name: Identifier
    module: Identifier
    label: Words
    field: Identifier
    field_key: PythonLiteral
    path: PythonLiteral
    key: Identifier
    restricts: bool
    cascades: bool
    empties: bool
    table: PythonLiteral
    suffix: Identifier
    """Makes the names of tests different where one entity refers twice."""


def parent_view(entity: Entity, item: FieldView, specs: EntitySpecs) -> ParentView:
    """Prepare a reference to a parent."""
    parent = specs.entity(item.field.foreign_key or "")
    if parent is None or parent.primary_key is None:
        raise ValueError(f"{item.field.name} has no parent")
    names = entity_names(parent)
    row = Identifier(f"{names.module}_row")
    return ParentView(
        field=item,
        name=Identifier(names.name),
        module=Identifier(names.module),
        label=Words(names.label),
        row=row,
        key_as_json=key_as_json(parent.primary_key, row.text),
        missing_key=missing_key(parent.primary_key),
        required=not item.field.optional,
        path=PythonLiteral.of(parent.api_path),
        empties=item.field.on_delete is OnDelete.SET_NULL,
        state=state_arguments(entity, item.field, specs),
    )


def child_views(entity: Entity, specs: EntitySpecs) -> Iterable[ChildView]:
    """Prepare the references that others make to an entity."""
    for reference in references_to(entity, specs):
        names = entity_names(reference.entity)
        key = reference.entity.primary_key
        yield ChildView(
            name=Identifier(names.name),
            module=Identifier(names.module),
            label=Words(names.label),
            field=Identifier(attribute_name(reference.field)),
            field_key=PythonLiteral.of(reference.field.name),
            path=PythonLiteral.of(reference.entity.api_path),
            key=Identifier(attribute_name(key) if key else "id"),
            restricts=reference.on_delete is OnDelete.RESTRICT,
            cascades=reference.on_delete is OnDelete.CASCADE,
            empties=reference.on_delete is OnDelete.SET_NULL,
            table=PythonLiteral.of(reference.entity.table),
            suffix=Identifier(f"{names.module}_{reference.field.name}"),
        )
