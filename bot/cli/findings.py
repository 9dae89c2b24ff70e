"""Findings on a terminal (grouped, in colour), in a pipe (a line each, as compilers print), and as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.documents.findings import Finding

__all__ = ["as_json", "counted", "finding_line", "print_findings", "printable"]


def print_findings(findings: Sequence[Finding], files: int, told: Sequence[Finding]) -> None:
    """Print findings for people: for a terminal where there is one, else plainly.

    ``told`` are those to print, which may be fewer where many are of one kind; all of them are counted.
    """
    if sys.stdout.isatty():
        print_pretty(findings, files, told)
        return
    for finding in told:
        typer.echo(finding_line(finding))
    typer.echo(counted(findings, files), err=True)


def finding_line(finding: Finding) -> str:
    """Return a finding in one line: ``file:line:column: severity: message what to do [rule]``."""
    where = f"{finding.place}: " if str(finding.place) else ""
    return printable(f"{where}{finding.severity}: {finding.message} {finding.next_step} [{finding.rule}]")


def print_pretty(findings: Sequence[Finding], files: int, told: Sequence[Finding]) -> None:
    """Print findings under the file that they are in, with colours."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)
    for file, group in groupby(told, key=lambda finding: finding.place.file):
        console.print(Text(printable(file), style="bold underline"))
        for finding in group:
            place = finding.place
            where = f"{place.line}:{place.column or 1}" if place.line else "-"
            head = Text.assemble(
                (f"{where:>8}  ", "dim"),
                (f"{finding.severity:<8}", "red" if finding.severity == "error" else "yellow"),
                (finding.rule, "cyan"),
            )
            console.print(head)
            console.print(Padding(Text(printable(finding.message)), (0, 0, 0, 10)))
            console.print(Padding(Text(printable(finding.next_step), style="dim"), (0, 0, 0, 10)))
        console.print()
    errors = any(finding.severity == "error" for finding in findings)
    console.print(Text(counted(findings, files), style="red" if errors else "yellow" if findings else "green"))


def as_json(findings: Iterable[Finding]) -> str:
    """Return findings as a JSON list of file, line, column, severity, rule and message (what to do included)."""
    rows = [
        {
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column,
            "severity": str(finding.severity),
            "rule": finding.rule,
            "message": f"{finding.message} {finding.next_step}",
        }
        for finding in findings
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def counted(findings: Sequence[Finding], files: int) -> str:
    """Return how much was found in one sentence."""
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    where = f"{files} file" + ("" if files == 1 else "s")
    if not findings:
        return f"Nothing to say about {where}."
    parts = [f"{errors} error{'' if errors == 1 else 's'}"] if errors else []
    parts += [f"{warnings} warning{'' if warnings == 1 else 's'}"] if warnings else []
    return f"{' and '.join(parts)} in {where}."


def printable(text: str) -> str:
    """Return one line that any output takes: what isn't Unicode, line ends and control characters as escapes."""
    safe = text.encode("utf-8", "backslashreplace").decode()
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in safe)
