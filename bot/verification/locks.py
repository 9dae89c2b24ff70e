"""What uv is given of a project: a lock whose packages are wheels from an index, and a pyproject.toml without orders.

Both may have been written by anybody. uv runs outside of the sandbox, so nothing of them may tell it what to run, where
to write, or which files of this machine to take.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

__all__ = ["LockRefused", "read_lock", "without_orders"]

ORDERS = re.compile(rb"(?ms)^[ \t]*\[\[?[ \t]*tool[ \t]*\.[ \t]*uv[ \t]*[\].].*?(?=^[ \t]*\[|\Z)")
"""A table of `[tool.uv]`, up to the next table."""
PROJECT = ("virtual", "editable")
"""How a lock says that a package is the project itself."""
INDEXES = ("https://", "http://")


class LockRefused(ValueError):  # noqa: N818 - says what happened
    """A lock or a pyproject.toml that uv is not given. The message says why, and what to do."""


def read_lock(lock: bytes) -> dict[str, Any]:
    """Return the content of a lock. Raises LockRefused where it is none, or names anything but wheels of an index."""
    try:
        content: dict[str, Any] = tomllib.loads(lock.decode())
    except (ValueError, RecursionError) as error:
        raise LockRefused(f"The lock file can't be read ({error}); make it again with uv lock.") from None
    packages = content.get("package", [])
    if not isinstance(packages, list) or not all(isinstance(package, dict) for package in packages):
        raise LockRefused("The lock file has no list of packages; make it again with uv lock.")
    for package in packages:
        check_package(package)
    return content


def check_package(package: dict[str, Any]) -> None:
    """Raise LockRefused unless a package is the project itself, or wheels of an index."""
    name: Any = package.get("name")
    source: Any = package.get("source", {})
    wheels: Any = package.get("wheels", [])
    shaped = isinstance(name, str) and isinstance(source, dict) and isinstance(wheels, list)
    if not shaped or not all(isinstance(wheel, dict) for wheel in wheels):
        raise LockRefused("The lock file has a package of an odd shape; make it again with uv lock.")
    if any(source.get(kind) == "." for kind in PROJECT) or not source:
        return
    places = [source.get("registry"), *(wheel.get("url", "") for wheel in wheels)]
    if not all(isinstance(place, str) and place.startswith(INDEXES) for place in places):
        raise LockRefused(
            f"The lock file takes {name[:80]!a} from somewhere else than an index; only wheels of an index are "
            "installed for checks. Take it from an index, then run uv lock."
        )


def without_orders(pyproject: bytes) -> bytes:
    """Return a pyproject.toml without what it tells uv itself. Raises LockRefused where it is none, or still does."""
    kept = ORDERS.sub(b"", pyproject)
    try:
        content = tomllib.loads(kept.decode())
    except (ValueError, RecursionError) as error:
        raise LockRefused(f"The project's pyproject.toml can't be read ({error}); mend it, then try again.") from None
    tool = content.get("tool", {})
    if not isinstance(content.get("project"), dict) or not isinstance(tool, dict):
        raise LockRefused("The project's pyproject.toml has no table [project]; mend it, then try again.")
    if "uv" in tool:
        raise LockRefused("The project's pyproject.toml must hold settings of uv as tables [tool.uv] only, or none.")
    return kept
