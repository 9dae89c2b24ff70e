"""Which cells are meant: by options, or in a few words such as ``3 auth ruff,mypy``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bot.generation.blueprint import load_blueprint
from tests.generated_services.combinations import covering_rows
from tests.generated_services.judges import JUDGES
from tests.generated_services.judges.base import DATABASES
from tests.generated_services.matrix import Choice
from tests.generated_services.service_specs import SIZES

__all__ = ["NotUnderstood", "chosen", "parser"]

ALL, NONE, PAIRS = "all", "none", "pairs"
NAMES = tuple(judge.name for judge in JUDGES)


class NotUnderstood(Exception):  # noqa: N818 - says what happened
    """A word names no size, feature, judge or database; the message says which there are."""


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    reading = argparse.ArgumentParser(prog="python -m tests.generated_services", description=__doc__)
    reading.add_argument("only", nargs="*", metavar="WORD", help="sizes, features, judges or databases, by commas")
    reading.add_argument("--specs", default="", help=f"sizes: {', '.join(map(str, SIZES))}")
    reading.add_argument("--features", default="", help="by commas; all, none (only docker) or pairs (many services)")
    reading.add_argument("--judges", default="", help=f"by commas: {', '.join(NAMES)}")
    reading.add_argument("--database", default="", help=f"by commas: {', '.join(DATABASES)}")
    reading.add_argument("--examples", type=int, help="for each operation, by schemathesis")
    reading.add_argument("--jobs", type=int, default=2, help="judges at once")
    reading.add_argument("--keep", type=Path, metavar="DIR", help="a new folder for the services, which stay there")
    return reading


def chosen(options: argparse.Namespace) -> Choice:
    """Return the cells that the options mean. Raises NotUnderstood."""
    said = {
        "sizes": words(options.specs),
        "features": words(options.features),
        "judges": words(options.judges),
        "databases": words(options.database),
    }
    known = {
        "sizes": tuple(map(str, SIZES)),
        "features": (*load_blueprint().feature_names, ALL, NONE, PAIRS),
        "judges": NAMES,
        "databases": DATABASES,
    }
    for word in [word for group in options.only for word in words(group)]:
        said[kind_of(word, known)].append(word)
    for kind, given in said.items():
        for word in given:
            if word not in known[kind]:
                raise NotUnderstood(f"{word!r} is none of the {kind}: {', '.join(known[kind])}")
    sizes = [int(word) for word in said["sizes"]]
    services = services_of(sizes, said["features"])
    return Choice(services, tuple(said["judges"]), tuple(said["databases"]) or DATABASES)


def words(text: str) -> list[str]:
    """Return what stands between commas and blanks."""
    return text.replace(",", " ").split()


def kind_of(word: str, known: dict[str, tuple[str, ...]]) -> str:
    """Return which list a word stands in. Raises NotUnderstood."""
    for kind, names in known.items():
        if word in names:
            return kind
    raise NotUnderstood(f"{word!r} is none of: {', '.join(name for names in known.values() for name in names)}")


def services_of(sizes: Sequence[int], features: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    """Return the services: those that were named, or all of the whole matrix.

    The whole is every covering combination with 3 entities, and all features and only docker with 10 and 100.
    """
    return [(size, row) for size in sizes or SIZES for row in rows_of(size, features)]


def rows_of(size: int, features: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the feature combinations of a size."""
    known = load_blueprint().feature_names
    if not features:
        return covering_rows(known) if size == min(SIZES) else list(dict.fromkeys([known, ("docker",)]))
    rows: list[tuple[str, ...]] = []
    if ALL in features:
        rows.append(known)
    if NONE in features:
        rows.append(("docker",))
    if PAIRS in features:
        rows += covering_rows(known)
    named = tuple(feature for feature in known if feature in features)
    return list(dict.fromkeys([*rows, *([named] if named else [])]))
