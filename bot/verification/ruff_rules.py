"""The rules that the installed ruff knows, so that what names one can be believed."""

from __future__ import annotations

import json
import subprocess
from functools import cache

import ruff  # type: ignore[import-untyped]  # it ships no types

__all__ = ["ruff_rules"]

SECONDS = 60.0


@cache
def ruff_rules() -> frozenset[str]:
    """Return the codes of every rule, such as ``ANN001``. It asks the program once, which takes a moment."""
    command = [ruff.find_ruff_bin(), "rule", "--all", "--output-format", "json"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=SECONDS)
    return frozenset(rule["code"] for rule in json.loads(done.stdout) if rule["code"])
