"""Reads SQL's CREATE TABLE, CREATE TYPE … AS ENUM, ALTER TABLE … ADD and CREATE UNIQUE INDEX as entities.

sqlglot parses; what has no place in our documents is quoted as SQL, never dropped.
"""

from __future__ import annotations

import logging

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from bot.documents.entities.entity_specs import EntityField, FieldType, OnDelete
from bot.documents.naming import pascal_case, snake_case
from bot.planning.pasted.model import STAMPS, PastedEntity, PastedModel, entity_called
from bot.planning.pasted.sql_checks import column_of
from bot.planning.pasted.sql_columns import SqlColumn, on_delete_of, read_column, sets_default, table_of, with_limit
from bot.planning.pasted.sql_text import LONGEST_STATEMENT

__all__ = ["read_sql"]

DIALECTS = ("postgres", "mysql", "tsql", "sqlite")
"""In which the statements are tried, in this order."""


def read_sql(statements: tuple[str, ...]) -> PastedModel:
    """Return what statements of definition say; anything else in them is left unread."""
    logging.getLogger("sqlglot").setLevel(logging.ERROR)  # it warns of what it can't parse; we quote that
    reader = SqlReader()
    parsed = [(text, parse(text)) for text in statements]
    for text, tree in sorted(parsed, key=lambda pair: order(pair[1])):
        if tree is None or not reader.read(tree):
            reader.model.unread.append(" ".join(text.split()))
    reader.join_pairs()
    return reader.model


def parse(text: str) -> exp.Expr | None:
    """Return a statement's tree in the first dialect that knows all of it, or None."""
    if len(text) > LONGEST_STATEMENT:
        return None
    for dialect in DIALECTS:
        try:
            tree = sqlglot.parse_one(text, read=dialect)
        except (SqlglotError, RecursionError, ValueError):
            continue
        if not isinstance(tree, exp.Command) and tree.find(exp.Command) is None:
            return tree
    return None


def order(tree: exp.Expr | None) -> int:
    """Return the place of a statement: types before the tables that use them, changes after the tables."""
    kind = str(tree.args.get("kind") or "").upper() if isinstance(tree, exp.Create) else ""
    return {"TYPE": 0, "TABLE": 1}.get(kind, 2)


class SqlReader:
    """Collects the entities of statements; tables are remembered by their names, as they reference each other."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.model = PastedModel("SQL")
        self.columns: dict[str, dict[str, SqlColumn]] = {}
        """Entity → its columns by name."""
        self.keys: dict[str, list[str]] = {}
        """Entity → the columns of its primary key."""

    def read(self, tree: exp.Expr) -> bool:
        """Read one statement; tell whether it was one that defines something."""
        match tree:
            case exp.Create() if tree.args.get("kind") == "TYPE":
                return self.read_type(tree)
            case exp.Create() if isinstance(tree.this, exp.Schema) and tree.args.get("kind") == "TABLE":
                return self.read_table(tree.this)
            case exp.Create() if isinstance(tree.this, exp.Index):
                return self.read_index(tree)
            case exp.Alter():
                return self.read_alter(tree)
            case _:
                return False

    def read_type(self, tree: exp.Create) -> bool:
        """Read ``CREATE TYPE mood AS ENUM (…)``."""
        kind = tree.args.get("expression")
        if not isinstance(kind, exp.DataType) or kind.this is not exp.DType.ENUM:
            return False
        self.model.enums[pascal_case(tree.this.name)] = tuple(one.name for one in kind.expressions)
        return True

    def read_index(self, tree: exp.Create) -> bool:
        """Read ``CREATE UNIQUE INDEX`` on one column; an index alone changes nothing that is stored."""
        table = tree.this.args.get("table")
        entity = entity_called(table.name) if table is not None else ""
        names = [column.name for column in tree.this.find_all(exp.Column)]
        if entity not in self.model.entities or tree.this.find(exp.Where) is not None:
            return False
        return not tree.args.get("unique") or self.be_unique(entity, names)

    def read_alter(self, tree: exp.Alter) -> bool:
        """Read ``ALTER TABLE … ADD CONSTRAINT``; all of its actions must be known."""
        entity = self.model.entities.get(entity_called(tree.this.name))
        actions = tree.args.get("actions") or []
        if entity is None or not actions or not all(isinstance(one, exp.AddConstraint) for one in actions):
            return False
        for action in actions:
            for one in action.expressions:
                self.take_constraint(entity, one)
        return True

    def read_table(self, schema: exp.Schema) -> bool:
        """Read a table with its columns and constraints."""
        entity = PastedEntity(entity_called(schema.this.name), quote=f"CREATE TABLE {schema.this.name}")
        if not entity.name or entity.name in self.model.entities:
            return False
        self.model.entities[entity.name] = entity
        definitions = [one for one in schema.expressions if isinstance(one, exp.ColumnDef)]
        columns = {one.name: read_column(one, entity.name, self.model) for one in definitions}
        self.columns[entity.name] = columns
        self.keys[entity.name] = [name for name, column in columns.items() if column.is_key]
        for definition in definitions:
            self.add_column(entity, definition, columns[definition.name])
        for one in schema.expressions:
            if not isinstance(one, exp.ColumnDef):
                self.take_constraint(entity, one)
        self.name_key(entity)
        return True

    def add_column(self, entity: PastedEntity, definition: exp.ColumnDef, column: SqlColumn) -> None:
        """Add a column's field, unless every entity has it anyway; what it says beside is quoted."""
        for one in column.unread:
            self.model.not_built.append(f"{entity.name}.{column.name}: {one.sql()}{hint_of(one, column)}")
        if column.field is None:
            self.model.unread.append(f"{definition.sql()} (of {entity.name}: none of our types holds it)")
            return
        if column.name in STAMPS and column.field.type.name in {"datetime", "date"}:
            return
        if column.target:
            self.refer(entity, column.name, column.target)
        else:
            entity.fields[column.name] = column.field

    def refer(self, entity: PastedEntity, name: str, table: str, on_delete: object = None) -> None:
        """Make a column a foreign key to the entity of a table."""
        column = self.columns[entity.name].get(name)
        said = column.field if column else None
        if column is None or said is None:
            return
        column.target = table
        entity.fields.pop(column.name, None)
        action = on_delete or said.on_delete
        if action is OnDelete.SET_NULL and not said.optional:
            action = OnDelete.RESTRICT
            self.model.not_built.append(
                f"{entity.name}.{name}: ON DELETE SET NULL (it is NOT NULL, so what it names can't be deleted)"
            )
        properties = {"optional": said.optional, "unique": said.unique, "on_delete": action}
        self.model.reference(entity, column.name, entity_called(table), **properties)

    def take_constraint(self, entity: PastedEntity, one: exp.Expr) -> None:
        """Take a constraint of a table; one without a place in our documents is quoted."""
        if isinstance(one, exp.Constraint):
            for inner in one.expressions:
                self.take_constraint(entity, inner)
            return
        match one:
            case exp.PrimaryKey():
                self.keys[entity.name] = [part.name for part in one.expressions]
                return
            case exp.ForeignKey() if len(one.expressions) == 1 and self.take_key(entity, one):
                return
            case exp.UniqueColumnConstraint() if isinstance(one.this, exp.Schema):
                if self.be_unique(entity.name, [part.name for part in one.this.expressions]):
                    return
            case exp.CheckColumnConstraint():
                if self.be_checked(entity, one):
                    return
            case exp.IndexColumnConstraint():
                return
            case _:
                pass
        is_rule = isinstance(one, exp.UniqueColumnConstraint | exp.CheckColumnConstraint)
        (self.model.rules if is_rule else self.model.not_built).append(f"{entity.name}: {one.sql()}")

    def take_key(self, entity: PastedEntity, key: exp.ForeignKey) -> bool:
        """Make the column of a table's foreign key one; tell whether all that it says had a place."""
        reference = key.args["reference"]
        action = on_delete_of(reference.args.get("options") or ())
        self.refer(entity, key.expressions[0].name, table_of(reference), action)
        return not sets_default(reference)

    def be_unique(self, entity: str, names: list[str]) -> bool:
        """Make one column unique; several together have no place."""
        column = self.columns.get(entity, {}).get(names[0]) if len(names) == 1 else None
        if column is None or column.field is None:
            return False
        fields = self.model.entities[entity].fields
        for name in (column.name, f"{column.name.removesuffix('_id')}_id"):
            if name in fields:
                fields[name] = fields[name].model_copy(update={"unique": True})
                return True
        return False

    def be_checked(self, entity: PastedEntity, check: exp.CheckColumnConstraint) -> bool:
        """Take a table's check of one column as that column's; tell whether it had a place."""
        column = self.columns[entity.name].get(column_of(check))
        if column is None or column.name not in entity.fields:
            return False
        before = len(column.unread)
        column.field = entity.fields[column.name]
        with_limit(column, check, entity.name, self.model)
        entity.fields[column.name] = column.field
        return len(column.unread) == before

    def name_key(self, entity: PastedEntity) -> None:
        """Give an entity our own key: a number or UUID called ``id``; a key with a meaning stays as a unique field."""
        keys = [self.columns[entity.name].get(name) for name in self.keys[entity.name]]
        if len(keys) != 1 or keys[0] is None or keys[0].field is None:
            return
        key = keys[0]
        one = entity.fields.get(key.name)
        kind = one.type.name if one else ""
        if kind in {"int", "UUID"}:
            del entity.fields[key.name]
            if key.name != "id":
                self.model.notes.append(f"{entity.name}: the key {key.name} is called id")
            if kind == "UUID":
                identifier = EntityField(name="id", type=FieldType(name="UUID"), primary_key=True, auto_generated=True)
                entity.fields = {"id": identifier, **entity.fields}
        elif one is not None:
            name = one.name if one.name != "id" else f"{snake_case(entity.name)}_code"
            del entity.fields[key.name]
            named = one.model_copy(update={"name": name, "unique": True, "optional": False})
            entity.fields = {name: named, **entity.fields}
            self.model.notes.append(
                f"{entity.name}: the key {key.name} is the unique field {name}, beside a number as id"
            )

    def join_pairs(self) -> None:
        """Make a table that holds nothing but two references under one key a many-to-many link."""
        for name, entity in list(self.model.entities.items()):
            targets = [one.foreign_key for one in entity.fields.values() if one.foreign_key]
            is_pair = len(self.keys[name]) == 2 and len(targets) == len(entity.fields) == 2
            if is_pair and targets[0] and targets[1] and targets[0] != targets[1]:
                del self.model.entities[name]
                self.model.joins.append((targets[0], targets[1], entity.quote))
            elif len(self.keys[name]) > 1:
                columns = ", ".join(self.keys[name])
                self.model.not_built.append(f"{name}: PRIMARY KEY ({columns}) (rows may repeat these together)")


def hint_of(one: exp.Expr, column: SqlColumn) -> str:
    """Return what is so instead of a default that is computed when a row is stored; nothing for anything else."""
    kind = one.args.get("kind")
    if not isinstance(kind, exp.DefaultColumnConstraint) or column.field is None:
        return ""
    instead = "it stays empty where nobody gives it" if column.field.optional else "it must be given"
    return f" (not filled in by itself: {instead})"
