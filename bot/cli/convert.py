"""`planthread convert`: a planning file in another format, saying what the other one has no place for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.configuration import fail, format_or_exit

__all__ = ["convert"]


def convert(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A planning file.")],
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help="The format to write, such as plan or json.")],
    out: Annotated[
        Path | None, typer.Option(file_okay=False, help="The folder to write to (needed where several files come out).")
    ] = None,
    as_format: Annotated[str, typer.Option("--as", metavar="FORMAT", help="Read it as this format.")] = "",
) -> None:
    """Write a planning file in another format. What gets lost is printed; pairs that make no sense are refused."""
    from bot.cli.findings import printable
    from bot.cli.planning_files import planning_file
    from bot.documents.conversion import JSON, ConversionRefused, convert_document

    target = JSON if to.lower() == JSON else format_or_exit(to, "--to")
    if target is None:
        raise fail(["--to needs a format, such as tasks, plan or json."])
    given = planning_file(file, format_or_exit(as_format))
    try:
        conversion = convert_document(given.format, given.text, target, str(file))
    except ConversionRefused as refusal:
        raise fail([printable(str(refusal))], 1) from None
    if out is None and len(conversion.files) > 1:
        names = ", ".join(list(conversion.files)[:4])
        raise fail([f"This gives {len(conversion.files)} files ({names} …); name their folder with --out."])
    places = [place_in(out, name) for name in conversion.files] if out else []
    for sentence in conversion.lost:
        typer.echo(printable(f"lost: {sentence}"), err=True)
    if out is None:
        typer.echo(next(iter(conversion.files.values())).encode("utf-8", "surrogateescape"), nl=False)
        return
    write_all(dict(zip(places, conversion.files.values(), strict=True)))


def place_in(folder: Path, name: str) -> Path:
    """Return where a file goes. Leaves with a sentence for a name that leads out of the folder."""
    place = folder / name
    if not place.resolve().is_relative_to(folder.resolve()):
        raise fail([f"{name} leads out of {folder}; give the phase another name first. Nothing was written."], 1)
    return place


def write_all(files: dict[Path, str]) -> None:
    """Write new files, all of them or none. Leaves with a sentence where one is there, or can't be written."""
    made: list[Path] = []
    try:
        for place, text in files.items():
            make_folders(place.parent, made)
            with place.open("xb") as opened:
                made.append(place)
                opened.write(text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        for path in reversed(made):
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
        taken = isinstance(error, FileExistsError)
        reason = "is there already; name another folder with --out" if taken else f"can't be written: {error.strerror}"
        raise fail([f"{error.filename or place} {reason}. Nothing was written."], 1) from None
    for place in files:
        typer.echo(str(place))


def make_folders(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it, noting each that was not there."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir()
        made.append(path)
    if not folder.is_dir():
        raise FileExistsError(17, "is no folder", str(folder))
