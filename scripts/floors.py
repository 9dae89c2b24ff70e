"""Writes the table of floors in docs/architecture.md from the contracts that import-linter holds."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

from scripts.pages import Part

__all__ = ["FLOORS", "floors_table", "write_floors"]

FLOORS = Part("docs/architecture.md", "floors", "pyproject.toml and the packages' first lines")


def first_line(package: Path, name: str) -> str:
    """Return the first sentence of a module's or package's docstring. Raises FileNotFoundError, ValueError."""
    folder, module = package / name / "__init__.py", package / f"{name}.py"
    source = folder if folder.is_file() else module
    text = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8")))
    if not text:
        raise ValueError(f"{source} has no docstring")
    return text.splitlines()[0]


def floors_table(pyproject: Path, package: Path) -> str:
    """Return the floors, top first, and the other contracts, as Markdown."""
    contracts = tomllib.loads(pyproject.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (layered,) = [contract for contract in contracts if contract.get("id") == "floors"]
    rows = ["| Floor | What is there |", "| --- | --- |"]
    layers = layered["layers"]
    for number, layer in zip(range(len(layers), 0, -1), layers, strict=True):
        rows.extend(
            f"| {number} · `{name}` | {first_line(package, name).replace('|', chr(92) + '|')} |"
            for name in layer.split(" | ")
        )
    held = [f"- {contract['name']}." for contract in contracts]
    return "\n".join([*rows, "", "Held by `make check`:", "", *held])


def write_floors(root: Path, *, only_compare: bool) -> int:
    """Write the table, or compare it, and return the exit code. Raises ValueError where a marker is missing."""
    return FLOORS.write(root, floors_table(root / "pyproject.toml", root / "bot"), only_compare=only_compare)
