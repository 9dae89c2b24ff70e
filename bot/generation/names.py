"""The names that an entity goes by in each layer, safe as identifiers, modules and URLs."""

from __future__ import annotations

import functools
import keyword

from pydantic import BaseModel

from bot.documents.entities.entity_specs import Entity, EntityField
from bot.documents.frozen import Frozen
from bot.documents.naming import article
from bot.patterns import regex

__all__ = ["EntityNames", "article", "attribute_name", "entity_names", "is_module_name", "safe_attribute", "words"]

MODULE = regex(r"[a-z][a-z0-9_]*\Z")
CAMEL_BOUNDARY = regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
LIKE_A_TEST = regex(r"test(_|$)")
"""Names that pytest would take for those of test modules and test functions."""
TAKEN_MODULES = frozenset(
    {"base", "conditions", "details", "enums", "health", "pagination", "problem", "session", "types"}
)
"""Modules of the blueprint itself that stand beside an entity's modules."""
TAKEN_ATTRIBUTES = (
    frozenset(dir(BaseModel))
    | {"of", "metadata", "registry", "awaitable_attrs", "enums", "sa", "dt", "base", "types", "self", "cls", "mro"}
    | {"bool", "dict", "float", "int", "list", "object", "str", "property", "classmethod", "staticmethod"}
    | {"mapped_column", "relationship", "validates", "unique_among_living"}
)
"""Field names that would shadow something a model or a schema needs; they get an underscore in Python only."""


class EntityNames(Frozen):
    """How an entity ``LibraryCard`` of table ``library_cards`` is called in code and in sentences."""

    name: str
    """The class: ``LibraryCard``."""
    module: str
    """The module of model, schemas, repository and service: ``library_card``."""
    label: str
    """In a sentence: ``library card``."""
    plural: str
    """In a sentence: ``library cards``."""
    collection: str
    """The module of endpoints and of API tests: ``library_cards``."""


def words(name: str) -> str:
    """Spell an identifier as lower-case words: ``LibraryCard`` and ``library_card`` give ``library card``."""
    return CAMEL_BOUNDARY.sub(" ", name).replace("_", " ").lower().strip()


def is_module_name(name: str) -> bool:
    """Tell whether a name can be a module and a field: snake_case, and a letter first."""
    return MODULE.match(name) is not None and not keyword.iskeyword(name)


def attribute_name(field: EntityField) -> str:
    """Return a field's name in Python: its own, with an underscore where Python or a library needs the name."""
    return safe_attribute(field.name)


def safe_attribute(name: str) -> str:
    """Return a name as an attribute in Python, with an underscore where Python or a library needs the name."""
    return f"{name}_" if keyword.iskeyword(name) or name in TAKEN_ATTRIBUTES else name


def entity_names(entity: Entity) -> EntityNames:
    """Return the names of an entity; a keyword or a module of the blueprint gets a suffix."""
    return names_of(entity.name, entity.table)


@functools.lru_cache(maxsize=4096)
def names_of(name: str, table: str) -> EntityNames:
    """Return the names that follow from those of a class and of its table."""
    snake = words(name).replace(" ", "_")
    return EntityNames(
        name=name,
        module=f"entity_{snake}" if LIKE_A_TEST.match(snake) else free_module(snake, "entity"),
        label=words(name),
        plural=words(table),
        collection=free_module(table, "endpoints"),
    )


def free_module(name: str, suffix: str) -> str:
    """Return the name, with a suffix where Python or the blueprint has taken it."""
    is_taken = keyword.iskeyword(name) or name in TAKEN_MODULES
    return f"{name}_{suffix}" if is_taken else name
