"""`planthread db`: the schema, backups while the bot works, and putting one back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.configuration import settings_or_exit

if TYPE_CHECKING:
    from bot.settings import Settings

__all__ = ["db"]

db = typer.Typer(
    no_args_is_help=True, help="The database: bring its schema up to date, back everything up, put a backup back."
)
Data = Annotated[
    Path | None, typer.Option("--data", file_okay=False, help="The data folder (default: PLANTHREAD_DATA).")
]


@db.command()
def upgrade(data: Data = None) -> None:
    """Bring the schema to this version's, after a backup. `planthread serve` does the same at its start."""
    settings = settings_of(data)

    from bot.cli.db_work import upgraded

    typer.echo(upgraded(settings))


@db.command()
def backup(
    file: Annotated[
        Path | None, typer.Argument(help="A new file (default: one below backups/ of the data folder).")
    ] = None,
    data: Data = None,
) -> None:
    """Write plans, documents, approvals, evidence and local repositories into one file; the bot may go on meanwhile."""
    settings = settings_of(data)

    from bot.cli.db_work import backed_up

    typer.echo(backed_up(settings, file))


@db.command()
def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A file that `db backup` wrote.")],
    data: Data = None,
) -> None:
    """Put a backup in the place of what is there, after checking all of it; what was there is moved aside."""
    settings = settings_of(data)

    from bot.cli.db_work import restored

    typer.echo(restored(settings, file))


def settings_of(data: Path | None) -> Settings:
    """Return the settings, with another data folder where one was named."""
    settings = settings_or_exit()
    return settings if data is None else settings.model_copy(update={"planthread_data": data})
