"""Imports each ``module`` or ``module:name`` that it is given, from the current folder; the first it can't ends it."""

from __future__ import annotations

import importlib
import sys


def main(arguments: list[str]) -> int:
    """Import everything; return the exit code."""
    sys.path.insert(0, "")
    for argument in arguments:
        module, _, name = argument.partition(":")
        found = importlib.import_module(module)
        if name and not hasattr(found, name):
            importlib.import_module(f"{module}.{name}")
        print(f"imported {argument}")  # noqa: T201 - the judge's output
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
