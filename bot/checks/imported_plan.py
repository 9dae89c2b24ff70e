"""Rules over a plan that is built as it stands: its order has an end, it writes inside the repository, no secrets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.checks.cycles import find_cycles
from bot.checks.registry import Problem, RuleSet, quote
from bot.documents.findings import Finding, Place, Severity

__all__ = ["WorkAsGiven", "check_work_as_given", "leaves_repository"]

RESERVED = frozenset({".git", ".planning"})
"""Folders of git, and of the documents that a build writes itself."""
MOST_TOLD = 10


@dataclass(frozen=True)
class WorkAsGiven:
    """What an imported plan would do: the files of each task, what each waits for, and whether a secret was in it."""

    files: Mapping[str, tuple[str, ...]]
    depends: Mapping[str, tuple[str, ...]]
    had_secrets: bool = False


GIVEN_RULES: RuleSet[WorkAsGiven] = RuleSet("PLAN.md")
rule = GIVEN_RULES.rule


def check_work_as_given(work: WorkAsGiven, file: str) -> tuple[Finding, ...]:
    """Return what stands against building a plan as it is."""
    return GIVEN_RULES.check(work, {"": Place(file=file)})


def leaves_repository(path: str) -> bool:
    """Tell whether a path leads out of a repository, or into a folder that no task may write."""
    pure = PurePosixPath(path)
    odd = "\\" in path or ":" in path or not path.isprintable() or not pure.parts
    return odd or pure.is_absolute() or ".." in pure.parts or pure.parts[0].casefold() in RESERVED or path[0] == "~"


@rule(
    "PT820",
    "The tasks of an imported plan don't wait for each other in a circle",
    Severity.ERROR,
    "A circle has no first task, so none of it can be built.",
)
def circles(work: WorkAsGiven) -> Iterator[Problem]:
    """Find tasks that wait for themselves."""
    for circle in find_cycles(work.depends)[:MOST_TOLD]:
        path = " → ".join(circle)
        yield Problem("", f"Tasks wait for each other in a circle: {path}.", "Take one of these dependencies out.")


@rule(
    "PT821",
    "The tasks of an imported plan write inside the repository only",
    Severity.ERROR,
    "What is written elsewhere is in no commit, and would change the machine that builds.",
)
def paths_outside(work: WorkAsGiven) -> Iterator[Problem]:
    """Find declared files that lie elsewhere."""
    outside = [(number, path) for number, paths in work.files.items() for path in paths if leaves_repository(path)]
    for number, path in outside[:MOST_TOLD]:
        message = f"Task {number} writes {quote(path)}, which no task may: it isn't a plain path inside the repository."
        yield Problem("", message, "Name the file by its way from the root of the repository, with / between names.")


@rule(
    "PT822",
    "An imported plan holds no secrets",
    Severity.WARNING,
    "A plan is committed and shown to everybody in the thread; what stood in it is known from then on.",
)
def secrets(work: WorkAsGiven) -> Iterator[Problem]:
    """Tell where a secret was taken out."""
    if work.had_secrets:
        message = "This file held what looks like a secret; it was taken out before anything was kept."
        yield Problem("", message, "Change that secret, and keep it out of plans.")
