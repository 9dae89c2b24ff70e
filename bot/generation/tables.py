"""Table definitions: what the database holds for the specs, plain and comparable, apart from any migration's text.

The initial migration writes them as they are; later migrations are the difference of two of them. A record keeps them
as JSON, so that a difference starts from the tables that really were made, whatever made them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from bot.documents.entities.entity_specs import Entity, EntitySpecs, OnDelete
from bot.documents.frozen import Frozen
from bot.generation.associations import Association
from bot.generation.entity_view import EntityView
from bot.generation.fields import FieldView, fills_from_clock
from bot.generation.keys import key_of
from bot.generation.view import specs_view
from bot.patterns import regex

__all__ = ["Check", "Column", "ForeignKey", "Index", "Schema", "Table", "Unique", "schema_of"]

SQL_TYPE = regex(r"sa\.[A-Z][A-Za-z]*\(((length|precision|scale|timezone)=(\d+|True)(, )?)*\)\Z")

LIVING = "deleted_at IS NULL"
"""Tells the rows that are not deleted from those that are, where the service keeps both."""


def sql_type(text: str) -> str:
    """Return the text of a column's type. Raises ValueError for anything but a type of SQLAlchemy with plain sizes."""
    if not SQL_TYPE.match(text):
        raise ValueError(f"{text!r} is no column type")
    return text


Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=200)]
SqlType = Annotated[str, AfterValidator(sql_type)]
ServerDefault = Annotated[str, StringConstraints(pattern=r"^sa\.func\.now\(\)$")]


class Column(Frozen):
    """A column; ``type`` and ``server_default`` are SQLAlchemy expressions as a migration prints them."""

    name: Name
    type: SqlType
    nullable: bool = False
    server_default: ServerDefault | None = None


class Unique(Frozen):
    """A unique constraint."""

    name: Name
    columns: tuple[Name, ...]


class Check(Frozen):
    """A CHECK constraint; ``condition`` is SQL that every database reads alike."""

    name: Name
    condition: str


class Index(Frozen):
    """An index; with ``where`` (a SQL condition) it is about some rows only."""

    name: Name
    columns: tuple[Name, ...]
    unique: bool = False
    where: str | None = None


class ForeignKey(Frozen):
    """A foreign key; ``on_delete`` is RESTRICT, CASCADE or SET NULL. A deferred one is added after all tables."""

    name: Name
    columns: tuple[Name, ...]
    target_table: Name
    target_columns: tuple[Name, ...]
    on_delete: Annotated[str, StringConstraints(pattern=r"^(RESTRICT|CASCADE|SET NULL)$")] = "RESTRICT"
    is_deferred: bool = False


class Table(Frozen):
    """A table. ``entity`` is the entity that it keeps, and empty for a table that joins two (N-M)."""

    name: Name
    entity: str = ""
    columns: tuple[Column, ...]
    primary_key: tuple[Name, ...]
    uniques: tuple[Unique, ...] = ()
    checks: tuple[Check, ...] = ()
    indexes: tuple[Index, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def key_name(self) -> str:
        """Return the name of the primary key's constraint."""
        return f"pk_{self.name}"

    def column(self, name: str) -> Column | None:
        """Return the column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)


class Schema(Frozen):
    """All tables of a service, in an order in which they can be created."""

    tables: tuple[Table, ...] = ()

    def table(self, name: str) -> Table | None:
        """Return the table of that name, or None."""
        return next((table for table in self.tables if table.name == name), None)


def schema_of(specs: EntitySpecs) -> Schema:
    """Return the tables of specs, parents first, and after them the tables that join two entities.

    Raises UnsupportedSpecsError where a field can't be built.
    """
    view = specs_view(specs)
    entities = tuple(entity_table(entity, specs) for entity in view.entities)
    return Schema(tables=(*entities, *(association_table(found) for found in view.associations)))


def association_table(association: Association) -> Table:
    """Return the table that holds the pairs of a many-to-many relation; a pair goes with either of its rows."""
    name = association.table
    sides = ((association.owner_column, association.owner), (association.target_column, association.target))
    return Table(
        name=name,
        columns=tuple(Column(name=column, type=key_type(entity)) for column, entity in sides),
        primary_key=(association.owner_column, association.target_column),
        indexes=(Index(name=f"ix_{name}_{association.target_column}", columns=(association.target_column,)),),
        foreign_keys=tuple(
            ForeignKey(
                name=f"fk_{name}_{column}_{entity.table}",
                columns=(column,),
                target_table=entity.table,
                target_columns=(key_of(entity).name,),
                on_delete="CASCADE",
            )
            for column, entity in sides
        ),
    )


def key_type(entity: Entity) -> str:
    """Return the column type of an entity's primary key."""
    return "sa.Uuid()" if key_of(entity).type.name == "UUID" else "sa.Integer()"


def entity_table(view: EntityView, specs: EntitySpecs) -> Table:
    """Return the table of an entity. A foreign key is indexed, and a unique column by its constraint.

    Where deleted rows stay, unique is what the living ones have: a deleted row takes no value from them.
    """
    name = view.entity.table
    unique = [(f"uq_{name}_{item.field.name}", (item.field.name,)) for item in view.uniques]
    indexes = [Index(name=f"ix_{name}_{item.field.name}", columns=(item.field.name,)) for item in view.indexed]
    is_soft = view.is_deleted_softly
    living = [Index(name=index, columns=columns, unique=True, where=LIVING) for index, columns in unique if is_soft]
    ruled = [
        Index(name=index.name, columns=(index.column,), unique=True, where=index.where) for index in view.rules.indexes
    ]
    return Table(
        name=name,
        entity=view.entity.name,
        columns=tuple(column_of(item) for item in view.fields),
        primary_key=(view.key.field.name,),
        uniques=() if is_soft else tuple(Unique(name=constraint, columns=columns) for constraint, columns in unique),
        checks=tuple(Check(name=check.name, condition=check.condition) for check in view.rules.checks),
        indexes=(*indexes, *living, *ruled),
        foreign_keys=tuple(foreign_key_of(name, item, specs) for item in view.fields if item.data_key),
    )


def column_of(item: FieldView) -> Column:
    """Return the column of a field."""
    return Column(
        name=item.field.name,
        type=item.kind.migration_type().text,
        nullable=item.field.optional,
        server_default="sa.func.now()" if fills_from_clock(item.field) else None,
    )


def foreign_key_of(table: str, item: FieldView, specs: EntitySpecs) -> ForeignKey:
    """Return the foreign key of a field. Raises ValueError for a field that has none."""
    parent = specs.entity(item.field.foreign_key or "")
    if parent is None or parent.primary_key is None or item.data_key is None:
        raise ValueError(f"{item.field.name} has no parent")
    return ForeignKey(
        name=f"fk_{table}_{item.field.name}_{parent.table}",
        columns=(item.field.name,),
        target_table=parent.table,
        target_columns=(parent.primary_key.name,),
        on_delete=(item.field.on_delete or OnDelete.RESTRICT).value.upper(),
        is_deferred=item.data_key.is_deferred,
    )
