"""Whole trees: rendered by `bot.generation`, formatted by one run of the pinned ruff."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from ruff import find_ruff_bin  # type: ignore[import-untyped]  # ruff ships no types

from bot.building.memory_folder import throwaway_folder
from bot.generation.blueprint import Blueprint
from bot.generation.inputs import BuildInputs
from bot.generation.rendering import render_service
from bot.patterns import regex

__all__ = ["FormattingError", "format_tree", "service_tree"]

SETTINGS = "ruff.toml"
"""The settings of ruff that every generated repository carries."""
IMPORT_ORDER = ("check", "--select", "I", "--fix", "--exit-zero")
FORMATTING = ("format",)
NUMBERED = regex(r"\b([0-9]+)\.py\b")
TIMEOUT = 120
"""Seconds; hundreds of files take less than one."""


class FormattingError(Exception):
    """A path leaves its tree, or our own templates made Python that can't be parsed. The message says which."""


def service_tree(inputs: BuildInputs) -> dict[str, dict[str, bytes]]:
    """Return the formatted files of every task, by task number and path.

    Raises UnsupportedSpecsError, and FormattingError where a template is broken.
    """
    rendered = render_service(inputs)
    # A router stands in several tasks: each task's copy goes by the task's number, and all are formatted at once.
    flat = {f"{number}/{path}": content for number, files in rendered.items() for path, content in files.items()}
    formatted, complaints = run_over(flat, inputs.blueprint)
    if complaints:
        raise FormattingError(f"ruff could not read the generated files: {complaints}")
    return {number: {path: formatted[f"{number}/{path}"] for path in files} for number, files in rendered.items()}


def format_tree(files: Mapping[str, bytes], blueprint: Blueprint) -> dict[str, bytes]:
    """Return the files with imports sorted and Python formatted, by the settings that generated repositories carry.

    What is not Python, and Python that can't be parsed, comes back as it is: judges say what is wrong with it.
    Raises FormattingError where a path leaves the tree.
    """
    return run_over(files, blueprint)[0]


def run_over(files: Mapping[str, bytes], blueprint: Blueprint) -> tuple[dict[str, bytes], str]:
    """Format the Python among files; return all of them, with what ruff could not read.

    Where a file lies says nothing to ruff: the settings name what the service's own packages are. So each stands in
    one folder under a number, which costs no folders and lets no path lead anywhere.
    """
    sources = [path for path in files if checked(path).suffix == ".py"]
    with throwaway_folder("planthread-format-", (len(files[path]) for path in sources)) as root:
        for number, path in enumerate(sources):
            (root / f"{number}.py").write_bytes(files[path])
        complaints = [run_ruff(root, blueprint.folder / SETTINGS, command) for command in (IMPORT_ORDER, FORMATTING)]
        formatted = {path: (root / f"{number}.py").read_bytes() for number, path in enumerate(sources)}
    named = dict(enumerate(sources))
    said = NUMBERED.sub(lambda match: named.get(int(match[1]), match[0]), complaints[-1])
    return {path: formatted.get(path, content) for path, content in files.items()}, said


def checked(path: str) -> PurePosixPath:
    """Return a path that stays in its tree. Raises FormattingError."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts:
        raise FormattingError(f"{path[:200]} leads out of the repository; name a file inside it.")
    return pure


def run_ruff(root: Path, settings: Path, command: tuple[str, ...]) -> str:
    """Run ruff over a folder with the blueprint's settings only, and return what it could not read."""
    outcome = subprocess.run(
        [find_ruff_bin(), *command, "--no-cache", "--config", str(settings), "."],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    return "" if outcome.returncode == 0 else outcome.stderr.strip()[:2000] or f"exit code {outcome.returncode}"
