"""Rules over the names of entity_specs: they land in Python, SQL and URLs, so they are plain, free and used once."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from bot.checks.entity_specs import ENTITY_RULES, each_field
from bot.checks.registry import Problem, quote
from bot.documents.entities.entity_specs import SCALAR_TYPES, EntitySpecs
from bot.documents.entities.subjects import class_subjects, path_subject, subjects_of, table_subject
from bot.documents.findings import Severity
from bot.documents.naming import kebab_plural_path, pascal_case, snake_case, table_name
from bot.patterns import regex

__all__ = ["RESERVED_BY_SQL", "RESERVED_IN_PYTHON", "SQL_KEYWORDS", "TAKEN_CLASSES"]

rule = ENTITY_RULES.rule

LONGEST_NAME = 50
"""Letters; PostgreSQL cuts names at 63, and constraint names are joined from a table and a field."""

CLASS_NAME = regex(r"[A-Z][A-Za-z0-9]*")
COLUMN_NAME = regex(r"[a-z][a-z0-9_]*")
API_PATH = regex(r"(?:/[a-z0-9][a-z0-9_-]*)+")

BUILT_IN = frozenset(name for name in dir(builtins) if name[0].isupper())
"""The classes and constants that every module of Python has."""
TAKEN_CLASSES = frozenset(SCALAR_TYPES) | BUILT_IN | {
    "AccessTokens", "AccountDatabase", "AccountDependency", "AccountManager", "AccountManagerDependency",
    "ActorDependency", "Annotated", "Any", "AsyncSession", "AuditMixin", "Awaitable", "Base", "BaseModel",
    "BaseUserManager", "BcryptHasher", "Callable", "ClassVar", "Columns", "ConflictError", "Decimal", "Depends", "Enum",
    "ExecutableOption", "FastAPI", "Filters", "ForbiddenError", "Generic", "InputSchema", "InstrumentedAttribute",
    "Iterator", "JWTStrategy", "LatestAfter", "List", "Mapped", "Mapping", "NUMBERS", "NoOverlap", "NotFoundError",
    "OAuth2PasswordBearer", "OAuth2PasswordRequestForm", "OWNERS", "OneOpen", "OnlyBy", "Optional", "Owners",
    "PageParameters", "PaginatedResponse", "PasswordHash", "PasswordHelper", "PretendedRepository", "ROUNDS", "RULES",
    "ReadSchema", "RepositoryBase", "RuleBook", "SEEDS", "SQLAlchemyUserDatabase", "Sequence", "ServiceBase",
    "ServiceError", "SessionDependency", "SoftDeleteMixin", "StrEnum", "StrictService", "TimestampMixin", "UUIDIDMixin",
    "UnauthorizedError", "UnavailableError", "ValidationError", "WebSocket", "WebSocketException",
}  # fmt: skip
"""Class names that generated modules use for something else."""

RESERVED_IN_PYTHON = (
    frozenset(name for name in dir(BaseModel) if not name.startswith("_"))
    | frozenset(keyword.kwlist)
    | frozenset({"metadata", "registry", "awaitable_attrs", "self", "cls", "mro"})
)
"""Names that Python, Pydantic or SQLAlchemy need on a model: read from the installed Pydantic, so never outdated."""

NEVER_QUOTED = frozenset({"collation", "concurrently", "lateral", "nothing", "returning", "tablesample"})
"""Words of PostgreSQL or SQLite that can't name a column, and that SQLAlchemy doesn't know as such."""
RESERVED_BY_SQL = NEVER_QUOTED | {"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid", "oid", "rowid", "_rowid_"}
"""The rest are system columns of both: creating a column of that name fails, or shadows the row's own number."""

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

TAKEN_TABLES = NEVER_QUOTED | {"alembic_version", "sqlite_master", "sqlite_sequence", "sqlite_schema"}
TAKEN_PREFIX = "pg_"
NO_PATH = kebab_plural_path("")
"""What follows from a name of which nothing can stand in a path, as from one in another script."""

TAKEN_PATHS = ("/docs", "/health", "/openapi", "/redoc")


@rule(
    "PT201",
    "Entities and enums have names in PascalCase, such as LoanItem",
    Severity.ERROR,
    "The name becomes a Python class and the title of its API section.",
)
def has_class_name(specs: EntitySpecs) -> Iterator[Problem]:
    """Find names that can't be classes, or that are too long."""
    for name, subject in each_class(specs):
        if not is_class_name(name):
            step = f"Rename {quote(name)} to {fitting(CLASS_NAME, pascal_case(name), 'Thing')}, for example."
            yield Problem(subject, f"{quote(name)} can't name a class.", step)


@rule(
    "PT202",
    "Fields have names in snake_case, such as due_on",
    Severity.ERROR,
    "The same name stands in model, schema, service and API; it must be one that all of them take.",
)
def has_field_name(specs: EntitySpecs) -> Iterator[Problem]:
    """Find field names that aren't snake_case, or that are too long."""
    for entity, field, _, subject in each_field(specs):
        if not COLUMN_NAME.fullmatch(field.name) or len(field.name) > LONGEST_NAME:
            message = f"{quote(field.name)} of {entity.name} is no name for a field."
            fitting_name = fitting(COLUMN_NAME, snake_case(field.name).strip("_"), "value")
            step = f"Rename {quote(field.name)} of {entity.name} to {fitting_name}, for example."
            yield Problem(subject, message, step)


@rule(
    "PT203",
    "Tables have names in snake_case that the database doesn't need itself",
    Severity.ERROR,
    "A table's name must be valid SQL on SQLite and PostgreSQL.",
)
def has_table_name(specs: EntitySpecs) -> Iterator[Problem]:
    """Find tables with impossible or taken names; one that follows from an impossible name is that name's matter."""
    for entity, subject, *_ in subjects_of(specs):
        if not is_class_name(entity.name) and entity.table == table_name(entity.name):
            continue
        taken = entity.table in TAKEN_TABLES or entity.table.startswith(TAKEN_PREFIX)
        if taken or not COLUMN_NAME.fullmatch(entity.table) or len(entity.table) > LONGEST_NAME:
            message = f"{quote(entity.table)} can't be the table of {entity.name}."
            step = f"Write {suggested_table(entity.name)}, for example."
            yield Problem(table_subject(subject), message, step)


@rule(
    "PT204",
    "API paths are lower case, such as /api/v1/library-cards",
    Severity.ERROR,
    "The path is a route of the service; capitals, spaces and the service's own pages can't be one.",
)
def has_api_path(specs: EntitySpecs) -> Iterator[Problem]:
    """Find paths that can't be routes of their own, but for those that follow from an impossible name."""
    for entity, subject, *_ in subjects_of(specs):
        if not is_class_name(entity.name) and entity.api_path == kebab_plural_path(entity.name):
            continue
        if not API_PATH.fullmatch(entity.api_path) or entity.api_path.startswith(TAKEN_PATHS):
            message = f"{quote(entity.api_path)} can't be the path of {entity.name}."
            yield Problem(path_subject(subject), message, f"Write {suggested_path(entity.name)}, for example.")


@rule(
    "PT205",
    "API paths and tables follow from the entity's name: /api/v1/ and the kebab-case plural, the snake_case plural",
    Severity.WARNING,
    "People guess paths; one rule for all of them makes the guess right.",
)
def follows_plural_rule(specs: EntitySpecs) -> Iterator[Problem]:
    """Find possible paths and tables that don't follow from the name."""
    for entity, subject, *_ in subjects_of(specs):
        if not is_class_name(entity.name):
            continue
        for what, given, usual, at in (
            ("path", entity.api_path, kebab_plural_path(entity.name), path_subject(subject)),
            ("table", entity.table, table_name(entity.name), table_subject(subject)),
        ):
            if given != usual:
                message = f"The {what} of {entity.name} is {quote(given)}, not {usual}."
                yield Problem(at, message, f"Write {usual}, unless the other is meant.")


@rule(
    "PT206",
    "No class has a name that the service needs itself, such as Base or Decimal",
    Severity.ERROR,
    "Two classes of one name in a module: the later one hides the other.",
)
def has_free_class_name(specs: EntitySpecs) -> Iterator[Problem]:
    """Find entities and enums with taken names."""
    for name, subject in each_class(specs):
        if name in TAKEN_CLASSES:
            step = f"Rename {name} to {name}Record, for example."
            yield Problem(subject, f"The service needs the name {name} itself.", step)


@rule(
    "PT207",
    "No field has a name that Python, Pydantic or SQLAlchemy needs, such as metadata, copy or class",
    Severity.WARNING,
    "Such a field gets an underscore in Python, so its name differs between the code and the API.",
)
def has_free_field_name(specs: EntitySpecs) -> Iterator[Problem]:
    """Find fields that need another name in Python."""
    for entity, field, _, subject in each_field(specs):
        if field.name in RESERVED_IN_PYTHON or field.name.startswith(("model_validate", "model_dump")):
            message = f"{field.name} of {entity.name} is a name that Python or a library needs."
            step = f"Rename {field.name} of {entity.name} to {entity_word(entity.name)}_{field.name}, for example."
            yield Problem(subject, message, step)


@rule(
    "PT208",
    "No field has a name that a database can't have as a column, such as ctid, rowid or returning",
    Severity.ERROR,
    "Creating such a column fails, or hides the row's own number.",
)
def has_free_column_name(specs: EntitySpecs) -> Iterator[Problem]:
    """Find fields that a database can't have."""
    for entity, field, _, subject in each_field(specs):
        if field.name in RESERVED_BY_SQL:
            message = f"{field.name} of {entity.name} is a name that the database keeps for itself."
            fitting_name = f"{entity_word(entity.name)}_{field.name.strip('_')}"
            step = f"Rename {field.name} of {entity.name} to {fitting_name}, for example."
            yield Problem(subject, message, step)


@rule(
    "PT209",
    "Entities, enums, tables, paths and fields are declared once",
    Severity.ERROR,
    "Of two things with one name, one would overwrite the other.",
)
def is_declared_once(specs: EntitySpecs) -> Iterator[Problem]:
    """Find names that are given twice; entities also when only their spelling differs."""
    yield from twice("name", ((snake_case(name) or name, subject) for name, subject in each_class(specs)))
    entities = subjects_of(specs)
    yield from twice("table", ((each.entity.table, table_subject(each.subject)) for each in entities))
    paths = (each for each in entities if each.entity.api_path != NO_PATH)
    yield from twice("path", ((each.entity.api_path, path_subject(each.subject)) for each in paths))
    for entity, _, fields, _ in entities:
        names = (field.name for field in entity.fields)
        yield from twice(f"field of {entity.name}", zip(names, fields, strict=True))


@rule(
    "PT210",
    "No field and no table has the name of an SQL keyword, such as order, user or group",
    Severity.WARNING,
    "The service quotes such names, but everyone who writes SQL by hand has to remember it too.",
)
def is_no_keyword(specs: EntitySpecs) -> Iterator[Problem]:
    """Find tables and fields that must be quoted in SQL."""
    for entity, at, fields, _ in subjects_of(specs):
        if entity.table in SQL_KEYWORDS:
            message = f"The table {entity.table} of {entity.name} must be quoted in SQL."
            follows = entity.table == table_name(entity.name)
            step = (
                f"Rename {entity.name} to {entity.name}Record" if follows else f"Write {entity_word(entity.name)}_rows"
            )
            yield Problem(table_subject(at), message, f"{step}, for example.")
        for field, subject in zip(entity.fields, fields, strict=True):
            if field.name in SQL_KEYWORDS and field.name not in RESERVED_IN_PYTHON:
                message = f"{field.name} of {entity.name} must be quoted in SQL."
                step = f"Rename {field.name} of {entity.name} to {entity_word(entity.name)}_{field.name}, for example."
                yield Problem(subject, message, step)


@rule(
    "PT211",
    "Of two entities or fields, only one was called so before",
    Severity.ERROR,
    "Rows and values go on in one place; which of two that is can't be told.",
)
def continues_something_of_its_own(specs: EntitySpecs) -> Iterator[Problem]:
    """Find former names that several give, each at its second place."""
    for marked in renamed_things(specs):
        first: dict[str, str] = {}
        for former, name, subject in marked:
            if first.setdefault(former, name) != name:
                message = f"{first[former]} and {name} are both renamed from {quote(former)}."
                yield Problem(subject, message, "Leave the mark where the rows or values go on.")


@rule(
    "PT212",
    "What is renamed from a name is not beside something that still has it",
    Severity.WARNING,
    "What has the name keeps its rows or values, so the mark says nothing.",
)
def continues_what_is_gone(specs: EntitySpecs) -> Iterator[Problem]:
    """Find former names that something still has."""
    there = [{entity.name for entity in specs.entities}]
    there += [{field.name for field in entity.fields} for entity in specs.entities]
    for marked, names in zip(renamed_things(specs), there, strict=True):
        for former, name, subject in marked:
            if former in names:
                message = f"{name} is renamed from {quote(former)}, which is still there."
                yield Problem(subject, message, f"Take “renamed from {former}” out, or what has that name.")


def renamed_things(specs: EntitySpecs) -> Iterator[list[tuple[str, str, str]]]:
    """Yield the entities that have a former name, then those fields of each entity: former name, words, subject."""
    entities = subjects_of(specs)
    yield [(each.entity.renamed_from, each.entity.name, each.subject) for each in entities if each.entity.renamed_from]
    for entity, _, subjects, _ in entities:
        fields = zip(entity.fields, subjects, strict=True)
        yield [(one.renamed_from, f"{one.name} of {entity.name}", at) for one, at in fields if one.renamed_from]


def each_class(specs: EntitySpecs) -> Iterator[tuple[str, str]]:
    """Yield the name and the subject of every entity and enum."""
    names = (*(entity.name for entity in specs.entities), *(enum.name for enum in specs.enums))
    return zip(names, class_subjects(specs), strict=True)


def is_class_name(name: str) -> bool:
    """Tell whether a name can be a class."""
    return bool(CLASS_NAME.fullmatch(name)) and len(name) <= LONGEST_NAME


def twice(what: str, named: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Find names that occur more than once, each at its second place; each pair is a name and its subject."""
    subjects: dict[str, list[str]] = {}
    for name, subject in named:
        subjects.setdefault(name, []).append(subject)
    for name, found in subjects.items():
        if len(found) > 1 and name:
            message = f"The {what} {quote(name)} is declared {len(found)} times."
            yield Problem(found[1], message, "Give each its own, or join them.")


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
