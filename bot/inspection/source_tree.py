"""The text files of a folder, read without running anything, following a link, or leaving the folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from bot.documents.frozen import Frozen

__all__ = ["NotARepositoryError", "SourceTree", "plain", "read_source_tree"]

PASSED_BY = frozenset(
    {".git", ".hg", ".svn", ".venv", "venv", "env", "node_modules", "__pycache__", "site-packages", "dist", "build",
     ".tox", ".nox", ".eggs", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
)  # fmt: skip
"""Folders that hold no source of the repository itself."""
NAMES = frozenset(
    {"pyproject.toml", "setup.cfg", "setup.py", "Pipfile", "Pipfile.lock", "poetry.lock", "uv.lock", "pdm.lock",
     ".python-version", "alembic.ini", "pytest.ini", "tox.ini", "mypy.ini", "ruff.toml", ".gitlab-ci.yml",
     "Jenkinsfile", "azure-pipelines.yml", "Dockerfile"}
)  # fmt: skip
WORKFLOWS = ".github/workflows/"
MOST_FILES = 5_000
LARGEST_FILE = 4 * 1024 * 1024
LARGEST_TOGETHER = 64 * 1024 * 1024
"""Bytes."""
MOST_NAMES = 200_000
"""Names of files and folders that are looked at, whatever they are."""


class NotARepositoryError(Exception):
    """A path holds nothing that can be inspected. The message says why, and what to name instead."""


class SourceTree(Frozen):
    """Paths below the folder, with ``/``, and the text of each; ``left_out`` says in sentences what was not read."""

    files: dict[str, str]
    left_out: tuple[str, ...] = ()

    def python(self) -> Iterator[tuple[str, str]]:
        """Yield path and text of each Python file."""
        return ((path, text) for path, text in self.files.items() if path.endswith(".py"))


def read_source_tree(root: Path) -> SourceTree:
    """Read what says how a repository is made: Python, lists of packages, settings of tools, CI.

    Links are passed by, and so is what is too large or too many; that is said. Raises NotARepositoryError.
    """
    if not root.is_dir():
        raise NotARepositoryError(f"{root} is no folder; name the folder of a repository.")
    files: dict[str, str] = {}
    left_out: list[str] = []
    together = 0
    for path in candidates(root, left_out):
        if len(files) >= MOST_FILES or together >= LARGEST_TOGETHER:
            left_out.append(f"More than {len(files):,} files or {LARGEST_TOGETHER:,} bytes: the rest was not read.")
            break
        data = content_of(root / path, left_out)
        if data is not None:
            together += len(data)
            files[plain(path)] = data.decode("utf-8", "replace").removeprefix("\ufeff")
    if not files:
        raise NotARepositoryError(f"{root} holds no Python and no list of packages; name the folder of a repository.")
    return SourceTree(files=files, left_out=tuple(left_out))


def candidates(root: Path, left_out: list[str]) -> Iterator[str]:
    """Yield the paths of files to read, in the order of their names; folders behind links are not entered."""

    def note(error: OSError) -> None:
        left_out.append(f"{plain(str(error.filename))} can't be read: {error.strerror}.")

    seen = 0
    for folder, folders, names in os.walk(root, onerror=note, followlinks=False):
        seen += len(folders) + len(names)
        if seen > MOST_NAMES:
            left_out.append(f"More than {MOST_NAMES:,} names of files and folders: the rest was not looked at.")
            return
        folders[:] = sorted(name for name in folders if name not in PASSED_BY)
        for name in sorted(names):
            path = PurePosixPath(Path(folder, name).relative_to(root).as_posix())
            if is_told(path):
                yield str(path)


def plain(path: str) -> str:
    """Return a path as text that can be shown and stored: what is no Unicode or steers a screen becomes ``?``."""
    text = path.encode("utf-8", "replace").decode("utf-8")
    return "".join(char if char.isprintable() else "?" for char in text)


def is_told(path: PurePosixPath) -> bool:
    """Tell whether a file says how a repository is made, by its name."""
    is_requirements = path.suffix in {".txt", ".in"} and "requirements" in str(path)
    is_workflow = str(path).startswith(WORKFLOWS) and path.suffix in {".yml", ".yaml"}
    return path.suffix == ".py" or path.name in NAMES or is_requirements or is_workflow


def content_of(path: Path, left_out: list[str]) -> bytes | None:
    """Return the bytes of a plain file; None, and why, where it is a link, no plain file, or too large."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        left_out.append(f"{plain(path.name)} was not read: {error.strerror}.")
        return None
    with os.fdopen(descriptor, "rb") as opened:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_FILE:
            left_out.append(
                f"{plain(path.name)} was not read: it is no plain file, or larger than {LARGEST_FILE:,} bytes."
            )
            return None
        return opened.read(LARGEST_FILE)
