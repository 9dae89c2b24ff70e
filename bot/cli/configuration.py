"""What commands are told, in which form they answer, and how they leave: problems are printed, a sentence a line."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import typer

from bot.cli.findings import printable

if TYPE_CHECKING:
    from pathlib import Path

    from bot.documents.formats import Format
    from bot.inspection.facts import RepositoryFacts
    from bot.settings import Settings

__all__ = ["USAGE", "Output", "fail", "format_or_exit", "repository_or_exit", "settings_or_exit"]

USAGE = 2
"""The exit code for wrong usage, wrong settings included."""


class Output(StrEnum):
    """In which form a command answers."""

    TEXT = "text"
    JSON = "json"


def fail(sentences: list[str], code: int = USAGE) -> typer.Exit:
    """Print sentences where errors go, control characters as escapes, and return the exit to raise."""
    for sentence in sentences:
        said = "\n".join(map(printable, sentence.split("\n")))
        typer.echo(f"planthread: {said}", err=True)
    return typer.Exit(code)


def settings_or_exit() -> Settings:
    """Return the settings, or leave with one sentence for each problem."""
    from bot.settings import SettingsError, load_settings

    try:
        return load_settings()
    except SettingsError as error:
        raise fail(error.problems) from None


def repository_or_exit(path: Path) -> RepositoryFacts:
    """Return what is read from an existing repository, or leave with why it can't be."""
    from bot.inspection.facts import inspect_repository
    from bot.inspection.source_tree import NotARepositoryError

    try:
        return inspect_repository(path)
    except NotARepositoryError as error:
        raise fail([str(error)]) from None


def format_or_exit(word: str, option: str = "--as") -> Format | None:
    """Return the planning format of a word, None for none, or leave with the words that there are."""
    from bot.documents.formats import Format

    if not word:
        return None
    try:
        return Format(word.lower())
    except ValueError:
        raise fail([f"{option} {word} is no format; it can be: {', '.join(Format)}."]) from None
