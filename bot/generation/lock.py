"""The lock file of a service: the blueprint's lock of all features, pruned to what the chosen ones need.

The text of every package that stays is the blueprint's own, so that no version and no hash can change on the way.
`requirements.txt` and the pins of `pyproject.toml` come from the same lock. The format is that of uv 0.13.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.generation.blueprint import Blueprint
from bot.patterns import regex

__all__ = ["Pins", "ServiceLock", "pins_of", "project_name", "service_lock"]

PLACEHOLDER = "placeholder-service"
BLOCK = "[[package]]\n"
NAME = regex(r'name = "([^"]+)"')
FILES = regex(r"(?m)^(?:sdist = |    \{ url = ).*\n")
"""Addresses and hashes: nine tenths of a lock, and nothing that pruning needs."""
ONLY_FOR = regex(r"""marker = "extra == '([a-z0-9-]+)'", """)
GROUP = "group "
"""Before the names of the project's development groups, which stand beside its extras."""
LIST = r"(?m)^{name} = \[\n((?:    .*\n)*)\]\n"


@dataclass(frozen=True)
class Pins:
    """The exact requirements of a service and of its development."""

    dependencies: tuple[str, ...]
    development: tuple[str, ...]


@dataclass(frozen=True)
class Edge:
    """A dependency as a lock names it: on a package, with extras of it, where a marker holds."""

    name: str
    extras: tuple[str, ...] = ()
    marker: str = ""


@dataclass(frozen=True)
class Package:
    """A locked package: its text, and what it and each of its extras depend on."""

    name: str
    version: str
    text: str
    edges: Mapping[str, tuple[Edge, ...]]
    """By extra or development group; the empty name is the package itself."""


type Reached = dict[tuple[str, str], frozenset[frozenset[str]]]
"""(package, extra) to the ways on which it is needed; a way is the set of markers that must hold on it."""

ALWAYS: frozenset[frozenset[str]] = frozenset({frozenset()})


@dataclass(frozen=True)
class ServiceLock:
    """The lock of a service with the placeholder for its name, and the same versions for tools that know only pip."""

    text: str
    requirements: str = field(repr=False)

    def named(self, name: str) -> str:
        """Write a project's name into the lock; packages stay in the order of their names, which uv checks."""
        head, *blocks = self.text.split(BLOCK)
        renamed = [block.rstrip("\n").replace(f'name = "{PLACEHOLDER}"', f'name = "{name}"', 1) for block in blocks]
        return head + "\n\n".join(f"{BLOCK}{block}" for block in sorted(renamed, key=block_name)) + "\n"


def pins_of(blueprint: Blueprint, features: Collection[str] = ()) -> Pins:
    """Read the pins that the blueprint's lock was made for, with those of the chosen features."""
    project = tomllib.loads((blueprint.folder / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"].get("optional-dependencies", {})
    added = [pin for feature in features for pin in extras.get(feature, ())]
    return Pins(
        dependencies=tuple(sorted({*project["project"]["dependencies"], *added})),
        development=tuple(project["dependency-groups"]["dev"]),
    )


def project_name(slug: str, blueprint: Blueprint) -> str:
    """Return the name of the project: its slug, unless a package of any feature has that name."""
    locked = {block_name(block) for block in lock_text(blueprint.folder).split(BLOCK)[1:]}
    name = slug
    while name in locked:
        name = f"{name}-service"
    return name


def service_lock(blueprint: Blueprint, features: Collection[str]) -> ServiceLock:
    """Return the lock of a service with these features."""
    return pruned(blueprint.folder, frozenset(features))


@functools.cache
def lock_text(folder: Path) -> str:
    """Read the lock of a blueprint, once."""
    return (folder / "uv.lock").read_text(encoding="utf-8")


@functools.lru_cache(maxsize=128)
def pruned(folder: Path, features: frozenset[str]) -> ServiceLock:
    """Prune the lock of a blueprint to what these features need."""
    text = lock_text(folder)
    head, *_ = text.split(BLOCK)
    packages = packages_of(text)
    project = packages[PLACEHOLDER]
    chosen = tuple(sorted(features & project.edges.keys()))
    needed = reach(Edge(PLACEHOLDER, chosen), packages)
    groups = tuple(name for name in project.edges if name.startswith(GROUP))
    everything = reach(Edge(PLACEHOLDER, (*chosen, *groups)), packages)
    kept = [
        project_text(project.text, features) if name == PLACEHOLDER else with_extras(package.text, name, everything)
        for name, package in packages.items()
        if (name, "") in everything
    ]
    return ServiceLock(
        text=head + "\n\n".join(f"{BLOCK}{block}" for block in kept) + "\n",
        requirements="".join(
            requirement(package, needed[name, ""])
            for name, package in packages.items()
            if name != PLACEHOLDER and (name, "") in needed
        ),
    )


def packages_of(text: str) -> dict[str, Package]:
    """Read the packages of a lock, in its order. Raises ValueError where one stands in it in two versions."""
    blocks = [block.rstrip("\n") for block in text.split(BLOCK)[1:]]
    packages: dict[str, Package] = {}
    for block, entry in zip(blocks, tomllib.loads(FILES.sub("", text))["package"], strict=True):
        if entry["name"] in packages:
            raise ValueError(f"the blueprint's lock has {entry['name']} twice; pruning knows one version of each")
        extras = {extra: edges_of(items) for extra, items in entry.get("optional-dependencies", {}).items()}
        groups = {GROUP + group: edges_of(items) for group, items in entry.get("dev-dependencies", {}).items()}
        packages[entry["name"]] = Package(
            name=entry["name"],
            version=entry["version"],
            text=block,
            edges={"": edges_of(entry.get("dependencies", ())), **extras, **groups},
        )
    return packages


def edges_of(items: Iterable[Mapping[str, Any]]) -> tuple[Edge, ...]:
    """Read dependencies of a lock."""
    return tuple(Edge(item["name"], tuple(item.get("extra", ())), item.get("marker", "")) for item in items)


def reach(root: Edge, packages: Mapping[str, Package]) -> Reached:
    """Follow dependencies from the root, and note on which ways each package and extra is needed."""
    reached: Reached = {}
    waiting = [(root, ALWAYS)]
    while waiting:
        edge, ways = waiting.pop()
        if edge.marker:
            ways = frozenset(way | {edge.marker} for way in ways)
        for extra in ("", *edge.extras):
            known = reached.get((edge.name, extra), frozenset())
            together = shortest(known | ways)
            if together != known:
                reached[edge.name, extra] = together
                waiting.extend((further, together) for further in packages[edge.name].edges[extra])
    return reached


def shortest(ways: frozenset[frozenset[str]]) -> frozenset[frozenset[str]]:
    """Leave out the ways that ask for more than another one does."""
    return frozenset(way for way in ways if not any(other < way for other in ways))


def requirement(package: Package, ways: frozenset[frozenset[str]]) -> str:
    """Write a line of requirements.txt, as `uv export --no-hashes --no-header --no-annotate --no-dev` does."""
    line = f"{package.name}=={package.version}"
    if ways == ALWAYS:
        return f"{line}\n"
    joined = sorted(" and ".join(sorted(bracketed(marker, len(way)) for marker in way)) for way in ways)
    texts = [f"({text})" if len(joined) > 1 and " and " in text else text for text in joined]
    return f"{line} ; {' or '.join(texts)}\n"


def bracketed(marker: str, count: int) -> str:
    """Put brackets around alternatives that stand beside another condition."""
    return f"({marker})" if count > 1 and " or " in marker else marker


def project_text(text: str, features: frozenset[str]) -> str:
    """Turn the extras of chosen features into dependencies, and leave the others out."""
    lines = {name: list_lines(text, name) for name in ("dependencies", "requires-dist", *sorted(features))}
    chosen = {*lines["dependencies"], *(line for feature in features for line in lines[feature])}
    required = {
        ONLY_FOR.sub("", line)
        for line in lines["requires-dist"]
        if (only := ONLY_FOR.search(line)) is None or only[1] in features
    }
    text = re.sub(r"(?m)^\[package\.optional-dependencies\]\n(?:[a-z0-9-]+ = \[\n(?:    .*\n)*\]\n)*\n", "", text)
    text = re.sub(r"(?m)^provides-extras = .*\n", "", text)
    text = re.sub(LIST.format(name="dependencies"), lambda _: list_text("dependencies", chosen), text)
    return re.sub(LIST.format(name="requires-dist"), lambda _: list_text("requires-dist", required), text)


def list_lines(text: str, name: str) -> list[str]:
    """Return the lines of a list, or none where a package has no such list."""
    found = re.search(LIST.format(name=re.escape(name)), text)
    return found[1].splitlines() if found else []


def list_text(name: str, lines: Iterable[str]) -> str:
    """Write a list with its lines in order."""
    return f"{name} = [\n" + "".join(f"{line}\n" for line in sorted(lines)) + "]\n"


def with_extras(text: str, name: str, reached: Reached) -> str:
    """Leave out the extras of a package that nothing asks for."""
    head, mark, extras = text.partition("[package.optional-dependencies]\n")
    if not mark:
        return text
    kept = [
        block
        for block in re.findall(r"(?m)^[a-z0-9-]+ = \[\n(?:    .*\n)*\]", extras)
        if (name, block.partition(" = ")[0]) in reached
    ]
    return head + mark + "\n".join(kept) if kept else head.rstrip("\n")


def block_name(block: str) -> str:
    """Return the name of the package that a block of a lock describes. Raises ValueError where it has none."""
    match = NAME.match(block)
    if match is None:
        raise ValueError("the blueprint's lock has a package without a name")
    return match[1]
