"""How commands get their settings: problems are printed, a sentence a line, and count as wrong usage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

__all__ = ["USAGE", "fail", "settings_or_exit"]

USAGE = 2
"""The exit code for wrong usage, wrong settings included."""


def fail(sentences: list[str], code: int = USAGE) -> typer.Exit:
    """Print sentences where errors go, and return the exit to raise."""
    for sentence in sentences:
        typer.echo(f"planthread: {sentence}", err=True)
    return typer.Exit(code)


def settings_or_exit() -> Settings:
    """Return the settings, or leave with one sentence for each problem."""
    from bot.settings import SettingsError, load_settings

    try:
        return load_settings()
    except SettingsError as error:
        raise fail(error.problems) from None
