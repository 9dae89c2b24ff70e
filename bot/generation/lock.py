"""The lock file of a service: the blueprint's own, with the project's name written into its place."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from bot.generation.blueprint import Blueprint

__all__ = ["Pins", "lock_for", "pins_of", "project_name"]

PLACEHOLDER = "placeholder-service"
BLOCK = "[[package]]\n"
NAME = re.compile(r'name = "([^"]+)"')


@dataclass(frozen=True)
class Pins:
    """The exact requirements of a service and of its development."""

    dependencies: tuple[str, ...]
    development: tuple[str, ...]


def pins_of(blueprint: Blueprint) -> Pins:
    """Read the pins that the blueprint's lock was made for."""
    project = tomllib.loads((blueprint.folder / "pyproject.toml").read_text(encoding="utf-8"))
    return Pins(
        dependencies=tuple(project["project"]["dependencies"]),
        development=tuple(project["dependency-groups"]["dev"]),
    )


def project_name(slug: str, lock: str) -> str:
    """Return the name of the project: its slug, unless a locked package has that name."""
    locked = {block_name(block) for block in lock.split(BLOCK)[1:]}
    name = slug
    while name in locked:
        name = f"{name}-service"
    return name


def lock_for(name: str, lock: str) -> str:
    """Write a project's name into a lock; packages stay in the order of their names, which uv checks."""
    head, *blocks = lock.split(BLOCK)
    spaced = [block.rstrip("\n") for block in blocks]
    renamed = [block.replace(f'name = "{PLACEHOLDER}"', f'name = "{name}"', 1) for block in spaced]
    return head + "\n\n".join(f"{BLOCK}{block}" for block in sorted(renamed, key=block_name)) + "\n"


def block_name(block: str) -> str:
    """Return the name of the package that a block of a lock describes. Raises ValueError where it has none."""
    match = NAME.match(block)
    if match is None:
        raise ValueError("the blueprint's lock has a package without a name")
    return match[1]
