"""`planthread build`: the main job without a chat; entity_specs in, a git repository out."""

from __future__ import annotations

import errno
import re
import signal
import tempfile
import unicodedata
from collections.abc import Awaitable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.configuration import fail, settings_or_exit

if TYPE_CHECKING:
    from bot.building.command import BuildReport
    from bot.building.regeneration import Outcome

__all__ = ["author_of", "build", "features_of", "name_of", "start_of"]

AUTHOR = "Planthread <bot@planthread.invalid>"
TERMINATED = 143
"""What shells expect of a program that SIGTERM ended."""
LONGEST_NAME = 200
"""Letters of a service's name, and of an author's."""
YEARS = range(1970, 2100)
"""The years of commits that every git can keep."""
UNPRINTED = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""The Unicode categories of what is no letter of a line: control characters, half characters, ends of lines."""
LARGEST = 1_000_000
"""Bytes of a document worth reading; larger files are somebody's mistake."""


def build(
    specs: Annotated[Path, typer.Argument(metavar="SPECS", exists=True, dir_okay=False, help="The entity_specs file.")],
    out: Annotated[
        Path, typer.Option(file_okay=False, help="A new folder for the repository, or one that was built before.")
    ],
    requirements: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="The requirements (default: derived from the entities)."),
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="What the service is called (default: what the file says, or its name so far).")
    ] = None,
    features: Annotated[
        str, typer.Option(help="Features, separated by commas; none means only docker, or those so far.")
    ] = "",
    blueprint: Annotated[
        str, typer.Option(help="A family of templates, by name or folder (default: fastapi, or the one so far).")
    ] = "",
    date: Annotated[str, typer.Option(help="The start date of all commits, as 2026-11-20 (default: today).")] = "",
    author: Annotated[str, typer.Option(help="Who the commits are by.")] = AUTHOR,
    no_verify: Annotated[
        bool, typer.Option("--no-verify", help="Check nothing and leave every box of the plan open.")
    ] = False,
) -> None:
    """Build a repository from entity_specs: one commit a task, each checked. Leaves with 1 on errors."""
    try:
        chosen, started, (author_name, author_email) = features_of(features), start_of(date), author_of(author)
        name = None if name is None else name_of(name)
        texts = [text_of(path) if path else None for path in (specs, requirements)]
    except ValueError as error:
        raise fail([str(error)]) from None
    if out.exists() and any(out.iterdir()) and not (out / ".git").exists():
        raise fail([f"{out} holds something already and is no repository; name a new folder with --out."])
    cache = None if no_verify else settings_or_exit().cache
    check_place(out)

    import asyncio

    from bot.building.command import build_repository
    from bot.cli.findings import printable
    from bot.generation.blueprint import BlueprintNotRead
    from bot.repository.errors import GitError

    if chosen and (blueprint or not (out / ".git").exists()):
        check_features(chosen, blueprint)
    work = build_repository(
        specs_text=texts[0] or "",
        specs_name=specs.name,
        out=out.resolve(),
        name=name,
        features=chosen,
        started=started,
        author_name=author_name,
        author_email=author_email,
        cache=cache,
        report=lambda line: typer.echo(printable(line), err=True),
        requirements_text=texts[1],
        blueprint=blueprint,
    )
    try:
        report = asyncio.run(until_terminated(work))
    except BlueprintNotRead as error:
        raise fail([str(error)]) from None
    except GitError as error:
        raise fail([str(error)], 1) from None
    except OSError as error:
        what = "make room" if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} else "see to it"
        raise fail([f"The build can't write ({error.strerror or error}); {what}, then run it again."], 1) from None
    except asyncio.CancelledError:
        raise typer.Exit(TERMINATED) from None
    show(report, out)
    raise typer.Exit(0 if report.ok else 1)


async def until_terminated[Result](work: Awaitable[Result]) -> Result:
    """Await work; SIGTERM cancels it, so that what it began is cleaned up."""
    import asyncio

    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


def check_features(chosen: tuple[str, ...], blueprint: str) -> None:
    """Leave with a sentence where a blueprint that is named has no such feature, or can't be read."""
    from bot.generation.blueprint import USUAL, BlueprintNotRead, load_blueprint

    try:
        known = load_blueprint(blueprint or USUAL).feature_names
    except BlueprintNotRead as error:
        raise fail([str(error)]) from None
    if unknown := [feature for feature in chosen if feature not in known]:
        verb = "is" if len(unknown) == 1 else "are"
        raise fail([f"--features {', '.join(unknown)} {verb} not there; there are: {', '.join(known) or 'none'}."])


def check_place(out: Path) -> None:
    """Leave with a sentence where the repository could not be written in the end. Nothing stays of the trial."""
    if out.resolve() == Path.cwd() and not (out / ".git").exists():
        here = "A new repository gets its place in one step, so that can't be the folder that you are in."
        raise fail([f"{here} Name a folder in it, such as --out {Path.cwd().name or 'service'}."])
    try:
        nearest = next(parent for parent in out.absolute().parents if parent.exists())
        with tempfile.TemporaryDirectory(dir=nearest):
            return
    except OSError as error:
        raise fail([f"{out} can't be written ({error.strerror}); name another folder with --out."]) from None


def show(report: BuildReport, out: Path) -> None:
    """Print findings and a refusal where errors go, then one line a task, then where the repository is."""
    from bot.cli.findings import finding_line, printable

    for finding in report.findings:
        typer.echo(finding_line(finding), err=True)
    if report.refusal:
        typer.echo(printable(report.refusal), err=True)
    for row in report.rows:
        typer.echo(printable(f"{row.task:<6} {row.commit[:7]:<8} {row.verdict:<10} {row.title}"))
    if report.outcome:
        show_outcome(report.outcome)
    if report.ok:
        typer.echo(f"The repository is in {out}")


def show_outcome(outcome: Outcome) -> None:
    """Print the commits of a build upon a repository, what people should know, and what they have to decide."""
    from bot.cli.findings import printable

    for commit, subject in outcome.commits:
        typer.echo(printable(f"{commit[:7]}  {subject}"))
    for note in outcome.notes:
        typer.echo(printable(f"note: {note}"))
    for path in outcome.conflicts:
        typer.echo(printable(f"conflict: {path}"))
    if outcome.conflicts:
        typer.echo(
            "Both sides stand in these files between markers. Decide, `git add` each, then `git commit`; "
            "`git merge --abort` takes it all back.",
            err=True,
        )
    if not outcome.commits:
        typer.echo("Nothing has changed since the last build.")


def text_of(path: Path) -> str:
    """Read a document. Raises ValueError with a sentence where it is too large or not UTF-8."""
    if path.stat().st_size > LARGEST:
        raise ValueError(f"{path} is larger than {LARGEST:,} bytes; is it the right file?")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8 text (byte {error.start}); save it as UTF-8 and try again.") from None


def features_of(text: str) -> tuple[str, ...] | None:
    """Return the chosen features in the order given, or None where none is chosen."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip())) or None


def start_of(text: str) -> datetime:
    """Return the start of a plan in UTC; a bare date is its midnight, nothing is today's. Raises ValueError."""
    if not text:
        return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"--date {text} is no date; write it as 2026-11-20.") from None
    try:
        started = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        started = None
    if started is None or started.year not in YEARS:
        raise ValueError(f"--date {text} is no date that git can keep; write one from {YEARS[0]} to {YEARS[-1]}.")
    return started


def name_of(text: str) -> str:
    """Return the name of a service without blanks around it. Raises ValueError."""
    name = text.strip()
    if not any(unicodedata.category(letter)[0] in "LNPS" for letter in name):
        raise ValueError("--name is blank; write what people call the service, such as --name 'Office library'.")
    if not is_line(name):
        raise ValueError(f"--name must be one line of at most {LONGEST_NAME} letters, without control characters.")
    return name


def is_line(text: str) -> bool:
    """Tell whether a text is one line that is not too long."""
    return len(text) <= LONGEST_NAME and not UNPRINTED.intersection(map(unicodedata.category, text))


def author_of(text: str) -> tuple[str, str]:
    """Return name and address of ``Name <address>``. Raises ValueError."""
    found = re.fullmatch(r"\s*([^<>\n]+?)\s*<([^<>\s]+)>\s*", text)
    if not found or not all(map(is_line, found.groups())):
        raise ValueError(f"--author {text[:LONGEST_NAME]} names nobody; write it as 'Mara Lind <mara@example.org>'.")
    return found.group(1), found.group(2)
