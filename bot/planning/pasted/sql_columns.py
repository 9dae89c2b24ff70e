"""One column of a CREATE TABLE as a field: its type, whether it may be empty, its default, its limits.

The mapping of types is documented in ``docs/formats.md``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from sqlglot import exp

from bot.documents.entities.entity_specs import EntityField, FieldType, OnDelete
from bot.documents.naming import pascal_case, snake_case
from bot.planning.pasted.model import PastedModel, enum_type, is_enum_value
from bot.planning.pasted.sql_checks import read_check

__all__ = ["SqlColumn", "on_delete_of", "read_column", "sets_default", "table_of", "with_limit"]

KINDS = {
    "str": "CHAR NCHAR VARCHAR NVARCHAR BPCHAR NAME TEXT TINYTEXT MEDIUMTEXT LONGTEXT INET IPADDRESS XML",
    "int": "INT UINT BIGINT UBIGINT SMALLINT USMALLINT TINYINT UTINYINT MEDIUMINT UMEDIUMINT INT128 INT256 SERIAL "
    "BIGSERIAL SMALLSERIAL YEAR",
    "Decimal": "DECIMAL UDECIMAL MONEY SMALLMONEY BIGDECIMAL",
    "float": "FLOAT DOUBLE UDOUBLE",
    "bool": "BOOLEAN BIT",
    "date": "DATE DATE32",
    "datetime": "DATETIME DATETIME2 DATETIME64 SMALLDATETIME TIMESTAMP TIMESTAMPTZ TIMESTAMPLTZ TIMESTAMPNTZ",
    "time": "TIME TIMETZ",
    "UUID": "UUID",
    "JSON": "JSON JSONB",
}
TYPES = {name: kind for kind, names in KINDS.items() for name in names.split()} | {"UNIQUEIDENTIFIER": "UUID"}
"""What each type of sqlglot becomes."""
DIGITS, PLACES = 12, 2
"""Of a NUMERIC that doesn't say how many it has."""


@dataclasses.dataclass
class SqlColumn:
    """A column: its name, its field (None: its type is none of ours), and what else is said of it."""

    name: str
    field: EntityField | None
    target: str = ""
    """The table that it references."""
    is_key: bool = False
    is_generated: bool = False
    unread: list[exp.Expr] = dataclasses.field(default_factory=list)


def read_column(definition: exp.ColumnDef, owner: str, model: PastedModel) -> SqlColumn:
    """Return the column of a definition inside the table of an entity; its enum is declared in the model."""
    name = snake_case(definition.name) or definition.name
    kind = definition.args.get("kind")
    base = field_of_type(name, kind, owner, model) if isinstance(kind, exp.DataType) else None
    column = SqlColumn(name, base.model_copy(update={"optional": True}) if base else None)
    for constraint in definition.args.get("constraints") or ():
        take(column, constraint.args.get("kind"), constraint, owner, model)
    if column.is_key and column.field is not None:
        column.field = column.field.model_copy(update={"optional": False})
    return column


def field_of_type(name: str, kind: exp.DataType, owner: str, model: PastedModel) -> EntityField | None:
    """Return a field of the type that a column has, or None where none of ours holds it."""
    spelled = kind.this.name if isinstance(kind.this, exp.DType) else ""
    if spelled in {"ENUM", "SET"}:
        values = tuple(one.name for one in kind.expressions)
        if not values or not all(map(is_enum_value, values)):
            return None
        declared_enum = enum_type(model, f"{owner}{pascal_case(name)}", values)
        return EntityField(name=name, type=declared_enum.model_copy(update={"is_list": spelled == "SET"}))
    if spelled == "USERDEFINED":
        declared = pascal_case(str(kind.args.get("kind") or "").rpartition(".")[2].strip('"'))
        return EntityField(name=name, type=FieldType(name=declared)) if declared in model.enums else None
    if spelled == "ARRAY":
        inner = kind.expressions[0] if kind.expressions else None
        one = field_of_type(name, inner, owner, model) if isinstance(inner, exp.DataType) else None
        return EntityField(name=name, type=one.type.model_copy(update={"is_list": True})) if one else None
    if spelled not in TYPES:
        return None
    sizes = [int(one.name) for one in kind.expressions if one.name.isdigit()]
    return sized(EntityField(name=name, type=FieldType(name=TYPES[spelled])), spelled, sizes)


def sized(one: EntityField, spelled: str, sizes: list[int]) -> EntityField:
    """Return a field with the lengths and digits that stand in brackets behind its type."""
    if one.type.name == "str" and sizes:
        return one.model_copy(update={"maximum": str(sizes[0])})
    if one.type.name == "Decimal":
        digits, places = (*sizes, 0)[:2] if sizes else (DIGITS, PLACES)
        return one.model_copy(update={"digits": digits, "places": places})
    if spelled == "TINYINT" and sizes == [1]:
        return one.model_copy(update={"type": FieldType(name="bool")})
    return one.model_copy(update={"minimum": "0"}) if spelled.startswith("U") and one.type.name == "int" else one


def take(column: SqlColumn, kind: object, constraint: exp.Expr, owner: str, model: PastedModel) -> None:
    """Take one constraint of a column; one that has no place is kept as unread."""
    match kind:
        case exp.NotNullColumnConstraint():
            update_field(column, optional=bool(kind.args.get("allow_null")))
        case exp.PrimaryKeyColumnConstraint():
            column.is_key = True
        case exp.AutoIncrementColumnConstraint() | exp.GeneratedAsIdentityColumnConstraint():
            column.is_generated = True
        case exp.UniqueColumnConstraint():
            update_field(column, unique=True)
        case exp.Reference():
            column.target = table_of(kind)
            update_field(column, on_delete=on_delete_of(kind.args.get("options") or ()))
            if sets_default(kind):
                column.unread.append(constraint)
        case exp.DefaultColumnConstraint():
            take_default(column, kind, constraint)
        case exp.CheckColumnConstraint():
            with_limit(column, kind, owner, model)
        case exp.CommentColumnConstraint() | exp.CollateColumnConstraint() | exp.CharacterSetColumnConstraint():
            return
        case _:
            column.unread.append(constraint)


def update_field(column: SqlColumn, **properties: object) -> None:
    """Put properties into the field of a column that has one."""
    if column.field is not None:
        column.field = column.field.model_copy(update=properties)


def take_default(column: SqlColumn, default: exp.DefaultColumnConstraint, constraint: exp.Expr) -> None:
    """Take a plain value as default; an empty one says nothing, and a computed one has no place."""
    value = default.this
    if isinstance(value, exp.Null):
        return
    if isinstance(value, exp.Cast):
        value = value.this
    text = value.name if isinstance(value, exp.Literal) else ""
    if isinstance(value, exp.Boolean) or (isinstance(value, exp.Literal) and is_bool(column)):
        text = "true" if str(value.this).lower() in {"true", "1", "t"} else "false"
    elif isinstance(value, exp.Neg):
        text = f"-{value.this.name}"
    if not text:
        column.unread.append(constraint)
        return
    update_field(column, default=text)


def is_bool(column: SqlColumn) -> bool:
    """Tell whether a column holds yes or no, so that 0 and 1 mean these."""
    return column.field is not None and column.field.type.name == "bool"


def with_limit(column: SqlColumn, check: exp.Expr, owner: str, model: PastedModel) -> None:
    """Take a check of one column as its limits, its pattern or its values; any other is kept as unread."""
    limit = read_check(check.this, column.field) if column.field is not None else None
    if limit is None or column.field is None:
        column.unread.append(check)
        return
    if limit.values:
        kind = enum_type(model, f"{owner}{pascal_case(column.name)}", limit.values)
        update_field(column, type=kind, maximum=None, minimum=None)
        return
    update_field(column, **limit.modifiers)


def table_of(reference: exp.Reference) -> str:
    """Return the table that a reference names, with its schema."""
    table = reference.find(exp.Table)
    return table.name if table is not None else ""


def on_delete_of(options: Iterable[object]) -> OnDelete | None:
    """Return what a reference says about deleted rows; ``NO ACTION`` is ours by default."""
    for option in options:
        words = " ".join(str(option).upper().split())
        if words.startswith("ON DELETE "):
            action = words.removeprefix("ON DELETE ").lower()
            return OnDelete(action) if action in set(OnDelete) else None
    return None


def sets_default(reference: exp.Reference) -> bool:
    """Tell whether a reference gives rows another one when theirs is deleted, which has no place in our documents."""
    return any("ON DELETE SET DEFAULT" in str(option).upper() for option in reference.args.get("options") or ())
