"""Classes that a repository stores rows of, known by their code: SQLAlchemy, SQLModel, Django, Tortoise."""

from __future__ import annotations

import ast

from bot.checks.repository_ways import KnownEntity

__all__ = ["stored_entity"]

TABLE_OF_META = ("table", "db_table")
"""How an inner ``class Meta`` names the table: Tortoise, and Django."""


def stored_entity(path: str, node: ast.ClassDef) -> KnownEntity | None:
    """Return what a class stores rows of, None for a class without a table, such as a mixin or a schema."""
    place = f"{path}:{node.lineno}"
    named = assigned(node, ("__tablename__",))
    if named:
        return KnownEntity(name=node.name, table=named, place=place)
    if is_sqlmodel_table(node):
        return KnownEntity(name=node.name, table=node.name.lower(), place=place)
    meta = next((part for part in node.body if isinstance(part, ast.ClassDef) and part.name == "Meta"), None)
    if meta is not None and is_true(meta, "abstract"):
        return None
    if any(isinstance(base, ast.Attribute | ast.Name) and last_name(base) == "Model" for base in node.bases):
        return KnownEntity(name=node.name, table=assigned(meta, TABLE_OF_META) if meta else "", place=place)
    return None


def is_sqlmodel_table(node: ast.ClassDef) -> bool:
    """Tell whether a class says ``table=True`` behind its bases."""
    return any(
        keyword.arg == "table" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
        for keyword in node.keywords
    )


def assigned(node: ast.ClassDef, names: tuple[str, ...]) -> str:
    """Return the text that a class body gives to the first of the names, an empty one where it gives none."""
    for name, value in constants(node):
        if name in names and isinstance(value, str):
            return value
    return ""


def is_true(node: ast.ClassDef, name: str) -> bool:
    """Tell whether a class body says that a name is True."""
    return any(given == name and value is True for given, value in constants(node))


def constants(node: ast.ClassDef) -> list[tuple[str, object]]:
    """Return the names of a class body with the constants that they are given."""
    found: list[tuple[str, object]] = []
    for part in node.body:
        targets = (
            part.targets if isinstance(part, ast.Assign) else [part.target] if isinstance(part, ast.AnnAssign) else []
        )
        value = part.value if isinstance(part, ast.Assign | ast.AnnAssign) else None
        if isinstance(value, ast.Constant):
            found += [(target.id, value.value) for target in targets if isinstance(target, ast.Name)]
    return found


def last_name(node: ast.Attribute | ast.Name) -> str:
    """Return the last part of a name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id
