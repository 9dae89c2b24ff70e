"""`planthread db`: the schema, backups while the bot works, putting one back, and what is not to be kept for ever."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.configuration import settings_or_exit

if TYPE_CHECKING:
    from bot.settings import Settings

__all__ = ["db"]

db = typer.Typer(
    no_args_is_help=True,
    help="The database: bring its schema up to date, back everything up, put a backup back, purge what is old, forget "
    "a person.",
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
    file: Annotated[Path, typer.Argument(help="A file that `db backup` wrote.")],
    data: Data = None,
) -> None:
    """Put a backup in the place of what is there, after checking all of it; what was there is moved aside."""
    settings = settings_of(data)

    from bot.cli.db_work import restored

    typer.echo(restored(settings, file))


@db.command()
def purge(
    days: Annotated[int, typer.Option("--days", help="Plans that ended, and deliveries, are kept for so long.")] = 90,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without it, only counts are said.")] = False,
    data: Data = None,
) -> None:
    """Empty the texts of plans that ended long ago, and drop old deliveries; the bot may go on meanwhile."""
    settings = settings_of(data)

    from bot.cli.db_keeping import purged

    typer.echo(purged(settings, days, does_it=yes))


@db.command()
def forget(
    person: Annotated[str, typer.Argument(help="The member id, such as U012AB3CD (profile, Copy member ID).")],
    workspace: Annotated[
        str, typer.Option("--workspace", help="The workspace's id, where the database holds several.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without it, only counts are said.")] = False,
    data: Data = None,
) -> None:
    """Empty everything that a person said and who they are, for good; plans go on, and "somebody" decided things."""
    settings = settings_of(data)

    from bot.cli.db_keeping import forgotten

    typer.echo(forgotten(settings, person, workspace, does_it=yes))


def settings_of(data: Path | None) -> Settings:
    """Return the settings, with another data folder where one was named."""
    settings = settings_or_exit()
    return settings if data is None else settings.model_copy(update={"planthread_data": data})
