"""The planning files that a command is given: found in folders, told apart, read without losing a byte."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.cli.configuration import fail
from bot.documents.formats import Format, begins_as, detect_format, format_by_name, is_requirements_name, is_research
from bot.documents.text.source_text import LARGEST_DOCUMENT, SourceText

__all__ = [
    "FoundFiles",
    "PlanningFile",
    "UnreadableError",
    "find_files",
    "planning_file",
    "replace_byte",
    "replace_file",
    "whole_planning_file",
    "whole_source_of",
]

PASSED_BY = frozenset({".git", ".venv", "venv", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache"})
"""Folders in which nobody keeps plans."""
MOST_FILES = 10_000
SUFFIXES = frozenset({".md", ".txt"})


@dataclass(frozen=True)
class PlanningFile:
    """A file, its format, and its text."""

    path: Path
    format: Format
    source: SourceText

    @property
    def text(self) -> str:
        """Return the text as readers take it."""
        return self.source.text


class UnreadableError(Exception):
    """A path that gives no planning file; ``str()`` is one sentence that says why and what to do."""


@dataclass
class FoundFiles:
    """What was found: planning files, lists of packages, and the text files of folders that were neither.

    ``problems`` has a sentence for each named path that could not be read, ``unread`` for what folders hide.
    """

    planning: dict[Path, PlanningFile] = field(default_factory=dict)
    packages: dict[Path, str] = field(default_factory=dict)
    passed_by: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        """Return how many files are read."""
        return len(self.planning) + len(self.packages)


def planning_file(path: Path, chosen: Format | None = None) -> PlanningFile:
    """Return one file. Leaves with a sentence where it can't be read, or where nothing tells its format."""
    try:
        return file_of(path, source_of(path), chosen)
    except UnreadableError as problem:
        raise fail([str(problem)]) from None


def whole_planning_file(path: Path, chosen: Format | None = None) -> PlanningFile:
    """Return one file with all of its text. Leaves with a sentence, also where it is larger than a plan may be."""
    source = whole_source_of(path)
    try:
        return file_of(path, source, chosen)
    except UnreadableError as problem:
        raise fail([str(problem)]) from None


def file_of(path: Path, source: SourceText, chosen: Format | None) -> PlanningFile:
    """Return a file that was read. Raises UnreadableError where nothing tells its format."""
    known = chosen or detect_format(path.name, source.text)
    if known is None:
        words = ", ".join(Format)
        raise UnreadableError(f"{path} looks like no planning format; say which it is with --as ({words}).")
    return PlanningFile(path, known, source)


def source_of(path: Path) -> SourceText:
    """Return a file's text; bytes that aren't UTF-8 are carried. Raises UnreadableError where it can't be read.

    Of a file that is much too large only the beginning is returned, which readers refuse as too large.
    """
    try:
        with path.open("rb") as opened:
            data = opened.read(4 * LARGEST_DOCUMENT + 1)
    except IsADirectoryError:
        raise UnreadableError(f"{path} is a folder; name a file.") from None
    except OSError as error:
        raise UnreadableError(f"{path} can't be read: {error.strerror}.") from None
    return SourceText.from_bytes(data)


def whole_source_of(path: Path) -> SourceText:
    """Return all of a file's text. Leaves with a sentence where it is larger than a plan may be, or can't be read."""
    try:
        source = source_of(path)
    except UnreadableError as problem:
        raise fail([str(problem)]) from None
    if source.is_too_large:
        raise fail([f"{path} is larger than 5 MB, which no plan is. Nothing was changed; split it."], 1)
    return source


def find_files(paths: Iterable[Path], chosen: Format | None = None) -> FoundFiles:
    """Return the files that are named, and in folders those whose name or first line tells what they are.

    A path that can't be read takes nothing from the others: it is one of the problems.
    """
    found = FoundFiles()
    for path in paths:
        try:
            if path.is_dir():
                look_into(path, chosen, found)
            elif is_package_list(path.name) and not chosen:
                found.packages[path] = source_of(path).text
            else:
                found.planning.setdefault(path, file_of(path, source_of(path), chosen))
        except UnreadableError as problem:
            found.problems.append(str(problem))
    return found


def look_into(folder: Path, chosen: Format | None, found: FoundFiles) -> None:
    """Take what a folder holds. Raises UnreadableError where it holds nothing that can be read."""
    before = len(found) + len(found.unread)
    for path in candidates(folder, found.unread):
        try:
            take(path, chosen, found)
        except UnreadableError as problem:
            found.unread.append(str(problem))
    if len(found) + len(found.unread) == before:
        raise UnreadableError(
            f"{folder} holds no planning files; name the files, with --as where their names don't tell."
        )


def take(path: Path, chosen: Format | None, found: FoundFiles) -> None:
    """Take one text file of a folder for what it is. Raises UnreadableError where it can't be read."""
    if is_package_list(path.name) and not chosen:
        found.packages[path] = source_of(path).text
        return
    file = told(path, chosen)
    if file:
        found.planning.setdefault(path, file)
    else:
        found.passed_by.append(path)


def candidates(folder: Path, unread: list[str]) -> Iterator[Path]:
    """Yield the text files below a folder in the order of their names; links to folders are not followed.

    A folder that can't be opened is noted in ``unread``. Raises UnreadableError where there are far too many.
    """
    count = 0

    def note(error: OSError) -> None:
        unread.append(f"{error.filename} can't be read: {error.strerror}.")

    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if name not in PASSED_BY)
        for path in (Path(root) / name for name in sorted(names)):
            if not (path.suffix.lower() in SUFFIXES or is_package_list(path.name)) or not path.is_file():
                continue
            count += 1
            if count > MOST_FILES:
                raise UnreadableError(f"{folder} holds more than {MOST_FILES:,} text files; name a folder below it.")
            yield path


def is_package_list(name: str) -> bool:
    """Tell whether a file lists packages, by its name."""
    return name == "pyproject.toml" or (name.startswith("requirements") and name.endswith(".txt"))


def told(path: Path, chosen: Format | None) -> PlanningFile | None:
    """Return a file of a folder where its name or its first line tells a format; notes and the like are passed by."""
    known = chosen or format_by_name(path.name)
    source = source_of(path)
    if known is Format.SUMMARY and not chosen and is_research(source.text):
        return None
    if not known:
        named = is_requirements_name(path.name)
        known = detect_format(path.name, source.text) if named else begins_as(source.text)
    return PlanningFile(path, known, source) if known else None


def replace_file(path: Path, data: bytes) -> None:
    """Give a file new content in one step: whoever reads meanwhile has the old or the new. Leaves with a sentence."""
    place = path.resolve()
    require_writable(path)
    beside: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}-", delete=False) as opened:
            beside = Path(opened.name)
            opened.write(data)
        shutil.copymode(place, beside)
        beside.replace(place)
    except OSError as error:
        raise fail([f"{path} can't be written: {error.strerror}. It is as it was."], 1) from None
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def replace_byte(path: Path, offset: int, old: bytes, new: bytes) -> None:
    """Write one byte of a file over another, and touch nothing else: links and rights stay.

    Leaves with a sentence where the file changed since it was read, or can't be written.
    """
    require_writable(path)
    try:
        with path.open("r+b", buffering=0) as opened:
            opened.seek(offset - 1)
            if opened.read(3) != b"[" + old + b"]":
                raise fail([f"{path} was changed by somebody else meanwhile; try again. Nothing was changed."], 1)
            opened.seek(offset)
            opened.write(new)
    except OSError as error:
        raise fail([f"{path} can't be written: {error.strerror}. It is as it was."], 1) from None


def require_writable(path: Path) -> None:
    """Leave with a sentence where a file is meant to be read only."""
    if not os.access(path, os.W_OK):
        raise fail([f"{path} is read-only; make it writable first. Nothing was changed."], 1)
