"""Rules over the names of entity_specs: they land in Python, SQL and URLs, so they are plain, free and used once."""

from __future__ import annotations

import keyword
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from bot.checks.entity_specs import ENTITY_RULES
from bot.checks.registry import Problem, quote
from bot.documents.entities.entity_specs import SCALAR_TYPES, EntitySpecs
from bot.documents.findings import Severity
from bot.documents.naming import kebab_plural_path, pascal_case, snake_case, table_name

__all__ = ["RESERVED_BY_SQL", "RESERVED_IN_PYTHON", "SQL_KEYWORDS", "TAKEN_CLASSES"]

rule = ENTITY_RULES.rule

LONGEST_NAME = 50
"""Letters; PostgreSQL cuts names at 63, and constraint names are joined from a table and a field."""

CLASS_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
COLUMN_NAME = re.compile(r"[a-z][a-z0-9_]*")
API_PATH = re.compile(r"(?:/[a-z0-9][a-z0-9_-]*)+")

TAKEN_CLASSES = frozenset(SCALAR_TYPES) | {
    "True", "False", "None", "Any", "Base", "BaseModel", "Enum", "StrEnum", "Mapped", "Generic", "Optional", "List",
    "Decimal", "Exception", "ConflictError", "NotFoundError", "PageParameters", "PaginatedResponse", "RepositoryBase",
    "TimestampMixin",
}  # fmt: skip
"""Class names that generated modules use for something else."""

RESERVED_IN_PYTHON = (
    frozenset(name for name in dir(BaseModel) if not name.startswith("_"))
    | frozenset(keyword.kwlist)
    | frozenset({"metadata", "registry", "awaitable_attrs", "self", "cls"})
)
"""Names that Python, Pydantic or SQLAlchemy need on a model: read from the installed Pydantic, so never outdated."""

RESERVED_BY_SQL = frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid", "oid", "rowid", "_rowid_"})
"""System columns of PostgreSQL and SQLite: creating a column of that name fails, or shadows the row's own number."""

SQL_KEYWORDS = frozenset(
    {
        "abort", "add", "all", "alter", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
        "authorization", "between", "both", "case", "cast", "check", "collate", "collation", "column", "commit",
        "concurrently", "constraint", "create", "cross", "current_catalog", "current_date", "current_role",
        "current_schema", "current_time", "current_timestamp", "current_user", "default", "deferrable", "delete",
        "desc", "distinct", "do", "drop", "else", "end", "escape", "except", "exists", "false", "fetch", "for",
        "foreign", "freeze", "from", "full", "grant", "group", "having", "ilike", "in", "index", "initially", "inner",
        "insert", "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like", "limit",
        "localtime", "localtimestamp", "natural", "not", "notnull", "null", "offset", "on", "only", "or", "order",
        "outer", "overlaps", "placing", "primary", "references", "returning", "right", "select", "session_user", "set",
        "similar", "some", "symmetric", "table", "tablesample", "then", "to", "trailing", "transaction", "true",
        "union", "unique", "update", "user", "using", "values", "variadic", "verbose", "when", "where", "window",
        "with",
    }
)  # fmt: skip
"""Words that PostgreSQL or SQLite take as their own unless they are quoted, from both systems' lists of keywords."""

TAKEN_TABLES = frozenset({"alembic_version", "sqlite_master", "sqlite_sequence", "sqlite_schema"})
TAKEN_PREFIX = "pg_"
TAKEN_PATHS = ("/docs", "/health", "/openapi", "/redoc")


@rule(
    "PT201",
    "Entities and enums have names in PascalCase, such as LoanItem",
    Severity.ERROR,
    "The name becomes a Python class and the title of its API section.",
)
def has_class_name(specs: EntitySpecs) -> Iterator[Problem]:
    """Find names that can't be classes, or that are too long."""
    for name in (*(entity.name for entity in specs.entities), *(enum.name for enum in specs.enums)):
        if not CLASS_NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            step = f"Call it {fitting(CLASS_NAME, pascal_case(name), 'Thing')}, for example."
            yield Problem(name, f"{quote(name)} can't name a class.", step)


@rule(
    "PT202",
    "Fields have names in snake_case, such as due_on",
    Severity.ERROR,
    "The same name stands in model, schema, service and API; it must be one that all of them take.",
)
def has_field_name(specs: EntitySpecs) -> Iterator[Problem]:
    """Find field names that aren't snake_case, or that are too long."""
    for entity in specs.entities:
        for field in entity.fields:
            if not COLUMN_NAME.fullmatch(field.name) or len(field.name) > LONGEST_NAME:
                message = f"{quote(field.name)} of {entity.name} is no name for a field."
                step = f"Call it {fitting(COLUMN_NAME, snake_case(field.name).strip('_'), 'value')}, for example."
                yield Problem(f"{entity.name}.{field.name}", message, step)


@rule(
    "PT203",
    "Tables have names in snake_case that the database doesn't need itself",
    Severity.ERROR,
    "A table's name must be valid SQL on SQLite and PostgreSQL.",
)
def has_table_name(specs: EntitySpecs) -> Iterator[Problem]:
    """Find tables with impossible or taken names."""
    for entity in specs.entities:
        taken = entity.table in TAKEN_TABLES or entity.table.startswith(TAKEN_PREFIX)
        if taken or not COLUMN_NAME.fullmatch(entity.table) or len(entity.table) > LONGEST_NAME:
            message = f"{quote(entity.table)} can't be the table of {entity.name}."
            yield Problem(entity.name, message, f"Call it {suggested_table(entity.name)}, for example.")


@rule(
    "PT204",
    "API paths are lower case, such as /api/v1/library-cards",
    Severity.ERROR,
    "The path is a route of the service; capitals, spaces and the service's own pages can't be one.",
)
def has_api_path(specs: EntitySpecs) -> Iterator[Problem]:
    """Find paths that can't be routes of their own."""
    for entity in specs.entities:
        if not API_PATH.fullmatch(entity.api_path) or entity.api_path.startswith(TAKEN_PATHS):
            message = f"{quote(entity.api_path)} can't be the path of {entity.name}."
            yield Problem(entity.name, message, f"Write {suggested_path(entity.name)}, for example.")


@rule(
    "PT205",
    "API paths and tables follow from the entity's name: /api/v1/ and the kebab-case plural, the snake_case plural",
    Severity.WARNING,
    "People guess paths; one rule for all of them makes the guess right.",
)
def follows_plural_rule(specs: EntitySpecs) -> Iterator[Problem]:
    """Find possible paths and tables that don't follow from the name."""
    for entity in specs.entities:
        if not CLASS_NAME.fullmatch(entity.name) or len(entity.name) > LONGEST_NAME:
            continue
        for what, given, usual in (
            ("path", entity.api_path, kebab_plural_path(entity.name)),
            ("table", entity.table, table_name(entity.name)),
        ):
            if given != usual:
                message = f"The {what} of {entity.name} is {quote(given)}, not {usual}."
                yield Problem(entity.name, message, f"Write {usual}, unless the other is meant.")


@rule(
    "PT206",
    "No class has a name that the service needs itself, such as Base or Decimal",
    Severity.ERROR,
    "Two classes of one name in a module: the later one hides the other.",
)
def has_free_class_name(specs: EntitySpecs) -> Iterator[Problem]:
    """Find entities and enums with taken names."""
    for name in (*(entity.name for entity in specs.entities), *(enum.name for enum in specs.enums)):
        if name in TAKEN_CLASSES:
            yield Problem(name, f"The service needs the name {name} itself.", f"Call it {name}Record, for example.")


@rule(
    "PT207",
    "No field has a name that Python, Pydantic or SQLAlchemy needs, such as metadata, copy or class",
    Severity.WARNING,
    "Such a field gets an underscore in Python, so its name differs between the code and the API.",
)
def has_free_field_name(specs: EntitySpecs) -> Iterator[Problem]:
    """Find fields that need another name in Python."""
    for entity in specs.entities:
        for field in entity.fields:
            if field.name in RESERVED_IN_PYTHON or field.name.startswith(("model_validate", "model_dump")):
                message = f"{field.name} of {entity.name} is a name that Python or a library needs."
                step = f"Call it {entity_word(entity.name)}_{field.name}, for example."
                yield Problem(f"{entity.name}.{field.name}", message, step)


@rule(
    "PT208",
    "No field has the name of a database's system column, such as ctid or rowid",
    Severity.ERROR,
    "Creating such a column fails, or hides the row's own number.",
)
def has_free_column_name(specs: EntitySpecs) -> Iterator[Problem]:
    """Find fields that a database can't have."""
    for entity in specs.entities:
        for field in entity.fields:
            if field.name in RESERVED_BY_SQL:
                message = f"{field.name} of {entity.name} is a system column of the database."
                step = f"Call it {entity_word(entity.name)}_{field.name.strip('_')}, for example."
                yield Problem(f"{entity.name}.{field.name}", message, step)


@rule(
    "PT209",
    "Entities, enums, tables, paths and fields are declared once",
    Severity.ERROR,
    "Of two things with one name, one would overwrite the other.",
)
def is_declared_once(specs: EntitySpecs) -> Iterator[Problem]:
    """Find names that are given twice; entities also when only their spelling differs."""
    classes = [*(entity.name for entity in specs.entities), *(enum.name for enum in specs.enums)]
    yield from twice("name", [(snake_case(name), name) for name in classes])
    yield from twice("table", [(entity.table, entity.name) for entity in specs.entities])
    yield from twice("path", [(entity.api_path, entity.name) for entity in specs.entities])
    for entity in specs.entities:
        fields = [(field.name, f"{entity.name}.{field.name}") for field in entity.fields]
        yield from twice(f"field of {entity.name}", fields)


@rule(
    "PT210",
    "No field and no table has the name of an SQL keyword, such as order, user or group",
    Severity.WARNING,
    "The service quotes such names, but everyone who writes SQL by hand has to remember it too.",
)
def is_no_keyword(specs: EntitySpecs) -> Iterator[Problem]:
    """Find tables and fields that must be quoted in SQL."""
    for entity in specs.entities:
        if entity.table in SQL_KEYWORDS:
            message = f"The table {entity.table} of {entity.name} must be quoted in SQL."
            yield Problem(entity.name, message, f"Call it {entity_word(entity.name)}_rows, for example.")
        for field in entity.fields:
            if field.name in SQL_KEYWORDS and field.name not in RESERVED_IN_PYTHON:
                message = f"{field.name} of {entity.name} must be quoted in SQL."
                step = f"Call it {entity_word(entity.name)}_{field.name}, for example."
                yield Problem(f"{entity.name}.{field.name}", message, step)


def twice(what: str, named: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Find names that occur more than once; each pair is a name and its subject."""
    pairs = list(named)
    subjects = dict(reversed(pairs))
    for name, count in Counter(name for name, _ in pairs).items():
        if count > 1:
            message = f"The {what} {quote(name)} is declared {count} times."
            yield Problem(subjects[name], message, "Give each its own, or join them.")


def entity_word(name: str) -> str:
    """Return the entity's name as the first part of a suggested field name."""
    return snake_case(name) or "its"


def fitting(form: re.Pattern[str], name: str, fallback: str) -> str:
    """Return a name cut to its longest, or the fallback where it doesn't have the form."""
    cut = name[:LONGEST_NAME]
    return cut if form.fullmatch(cut) else fallback


def suggested_table(name: str) -> str:
    """Return a table's name that is possible."""
    return fitting(COLUMN_NAME, table_name(name).removeprefix(TAKEN_PREFIX), "things")


def suggested_path(name: str) -> str:
    """Return a path that is possible."""
    return f"/api/v1/{suggested_table(name).replace('_', '-')}"
