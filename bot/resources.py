"""The one module that finds prompts, templates, the manifest and other files that ship with Planthread."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["resource"]

PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """Return the folder that holds ``prompts``, ``templates`` and ``manifest.json``: the wheel's, or the checkout."""
    inside = PACKAGE / "_resources"
    return inside if inside.is_dir() else PACKAGE.parent


def resource(name: str) -> Path:
    """Return the path of a shipped file or folder, such as ``templates/fastapi``.

    Raises FileNotFoundError where the installation is incomplete.
    """
    path = root() / name
    if not path.exists():
        raise FileNotFoundError(f"{name} is missing from this installation; install planthread again")
    return path
