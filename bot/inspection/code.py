"""What Python code says about itself, read by ``ast``: imports, what is called and derived from, and where."""

from __future__ import annotations

import ast
import warnings
from collections import defaultdict
from dataclasses import dataclass, field

from bot.checks.repository_ways import KnownEntity
from bot.inspection.entities import stored_entity
from bot.inspection.source_tree import SourceTree

__all__ = ["Code", "Migration", "Place", "read_code"]

Place = tuple[str, int]
"""File and line."""
LARGEST_PYTHON = 1_000_000
"""Characters; a larger module is generated, and parsing it would take long."""


@dataclass(frozen=True)
class Migration:
    """One revision of Alembic."""

    revision: str
    parents: tuple[str, ...]
    file: str


@dataclass
class Code:
    """Every use of a name, by the name: modules that are imported; names that are called, derived from, or decorate."""

    modules: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    uses: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    migrations: list[Migration] = field(default_factory=list)
    async_routes: list[Place] = field(default_factory=list)
    sync_routes: list[Place] = field(default_factory=list)
    entities: list[KnownEntity] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def first(self, *names: str, outside: tuple[str, ...] = ()) -> Place | None:
        """Return the first use of any of the names, in files of no folder named ``outside``."""
        places = (place for name in names for place in (*self.modules.get(name, ()), *self.uses.get(name, ())))
        return next((place for place in places if not set(place[0].split("/")) & set(outside)), None)


ROUTES = frozenset({"get", "post", "put", "patch", "delete", "api_route"})


def read_code(tree: SourceTree) -> Code:
    """Read every module; one that is no Python is named in ``unread``."""
    code = Code()
    for path, text in tree.python():
        if len(text) > LARGEST_PYTHON:
            code.unread.append(path)
            continue
        try:
            with warnings.catch_warnings(action="ignore"):
                module = ast.parse(text)
            for node in ast.walk(module):
                note(code, path, node)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            code.unread.append(path)
            continue
        migration = migration_of(path, module)
        if migration is not None:
            code.migrations.append(migration)
    return code


def note(code: Code, path: str, node: ast.AST) -> None:
    """Note what a node imports or uses."""
    match node:
        case ast.Import(names=names):
            for alias in names:
                code.modules[alias.name.partition(".")[0]].append((path, node.lineno))
        case ast.ImportFrom():
            note_imported_names(code, path, node)
        case ast.Call(func=function):
            code.uses[f"{name_of(function)}()"].append((path, node.lineno))
        case ast.ClassDef(bases=bases, name=name):
            for base in bases:
                code.uses[f"class({name_of(base)})"].append((path, node.lineno))
            if name == "Config":
                code.uses["class Config"].append((path, node.lineno))
            note_decorators(code, path, node.decorator_list)
            if entity := stored_entity(path, node):
                code.entities.append(entity)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            note_decorators(code, path, node.decorator_list)
            note_route(code, path, node)
        case _:
            pass


def note_imported_names(code: Code, path: str, node: ast.ImportFrom) -> None:
    """Note the module and the names that are imported from it; what is relative is the repository's own."""
    if node.level or not node.module:
        return
    code.modules[node.module.partition(".")[0]].append((path, node.lineno))
    for alias in node.names:
        code.uses[f"{node.module}.{alias.name}"].append((path, node.lineno))


def note_decorators(code: Code, path: str, decorators: list[ast.expr]) -> None:
    """Note the names of decorators."""
    for decorator in decorators:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        code.uses[f"@{name_of(called)}"].append((path, decorator.lineno))


def note_route(code: Code, path: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """Note a function that is a route."""
    if not any(is_route(decorator) for decorator in node.decorator_list):
        return
    kind = code.async_routes if isinstance(node, ast.AsyncFunctionDef) else code.sync_routes
    kind.append((path, node.lineno))


def is_route(decorator: ast.expr) -> bool:
    """Tell whether a decorator is that of a route, such as ``@router.get("/books")``."""
    function = decorator.func if isinstance(decorator, ast.Call) else None
    if not isinstance(function, ast.Attribute) or function.attr not in ROUTES:
        return False
    return isinstance(function.value, ast.Name) and function.value.id.endswith(("router", "app", "api"))


def name_of(node: ast.expr) -> str:
    """Return the last part of a name: ``create_engine`` for ``sqlalchemy.create_engine``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def migration_of(path: str, module: ast.Module) -> Migration | None:
    """Return the revision that a module is, None where it is none: they assign ``revision`` and ``down_revision``."""
    assigned: dict[str, object] = {}
    for node in module.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        for target in targets:
            if isinstance(target, ast.Name) and target.id in {"revision", "down_revision"} and value is not None:
                assigned[target.id] = literal(value)
    revision, parents = assigned.get("revision"), assigned.get("down_revision")
    if not isinstance(revision, str) or "down_revision" not in assigned:
        return None
    listed = parents if isinstance(parents, tuple | list) else (parents,)
    return Migration(revision, tuple(parent for parent in listed if isinstance(parent, str)), path)


def literal(node: ast.expr) -> object:
    """Return the value of a literal, None for anything else."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
