"""Whole trees: rendered by `bot.generation`, formatted by one run of the pinned ruff."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from ruff import find_ruff_bin  # type: ignore[import-untyped]  # ruff ships no types

from bot.generation.blueprint import load_blueprint
from bot.generation.inputs import BuildInputs
from bot.generation.rendering import render_service

__all__ = ["FormattingError", "format_tree", "service_tree"]

SETTINGS = "ruff.toml"
"""The settings of ruff that every generated repository carries."""
IMPORT_ORDER = ("check", "--select", "I", "--fix", "--exit-zero")
FORMATTING = ("format",)
TIMEOUT = 120
"""Seconds; hundreds of files take less than one."""


class FormattingError(Exception):
    """A tree holds Python that can't be parsed, or paths that leave it. The message says which."""


def service_tree(inputs: BuildInputs) -> dict[str, dict[str, bytes]]:
    """Return the formatted files of every task, by task number and path. Raises UnsupportedSpecsError."""
    rendered = render_service(inputs)
    # A router stands in several tasks: each task gets a folder of its own, and all are formatted at once.
    flat = {f"{number}/{path}": content for number, files in rendered.items() for path, content in files.items()}
    formatted = format_tree(flat)
    return {number: {path: formatted[f"{number}/{path}"] for path in files} for number, files in rendered.items()}


def format_tree(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files with imports sorted and Python formatted, by the settings that generated repositories carry.

    Files that are not Python come back as they are. Raises FormattingError.
    """
    with tempfile.TemporaryDirectory(prefix="planthread-format-") as name:
        root = Path(name)
        for path, content in files.items():
            place = root / checked(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        run_ruff(root, IMPORT_ORDER)
        run_ruff(root, FORMATTING)
        return {path: (root / path).read_bytes() if path.endswith(".py") else files[path] for path in files}


def checked(path: str) -> PurePosixPath:
    """Return a path that stays in its tree. Raises FormattingError."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts:
        raise FormattingError(f"{path} leads out of the repository")
    return pure


def run_ruff(root: Path, command: tuple[str, ...]) -> None:
    """Run ruff over a folder. Raises FormattingError where a file can't be parsed."""
    outcome = subprocess.run(
        [find_ruff_bin(), *command, "--no-cache", "--quiet", "--config", str(load_blueprint().folder / SETTINGS), "."],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    if outcome.returncode != 0:
        raise FormattingError(f"ruff could not read the generated files: {outcome.stderr.strip()[:2000]}")
