"""Puts each defect into a copy of a service, and sees who notices: its own tests first, then the other judges."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from tests.generated_services.defects.patches import Defect, apply
from tests.generated_services.judges import judge_named
from tests.generated_services.judges.base import Case, Workbench
from tests.generated_services.matrix import look_at
from tests.generated_services.programs import Ended
from tests.generated_services.services import Service, build_service
from tests.generated_services.verdicts import State

__all__ = ["OWN_TESTS", "Catch", "CleanServiceFails", "copied", "hunt", "patched", "run_own_tests"]

OWN_TESTS = "own tests"
LATER = (("alembic", "sqlite"), ("mypy", ""), ("honest", ""), ("pytest", "postgresql"), ("schemathesis", "sqlite"))
"""Who is asked where the service's own tests notice nothing, in this order, until the first that does."""
SIZE = 3


class CleanServiceFails(Exception):  # noqa: N818 - says what happened
    """The tests fail without any defect, so that they would seem to notice each one; the message is their output."""


@dataclass(frozen=True)
class Catch:
    """Who noticed a defect, and by what; nobody did where ``by`` is empty."""

    defect: str
    by: str
    how: str
    seconds: float


def hunt(
    defects: Sequence[Defect], workbench: Workbench, place: Path, at_once: int, tell: Callable[[Catch], None]
) -> list[Catch]:
    """Hunt every defect. Raises CleanServiceFails, and PatchDoesNotApply before anything is judged."""
    catches: list[Catch] = []
    for features, group in groupby(sorted(defects, key=lambda defect: defect.features), lambda defect: defect.features):
        service = build_service(SIZE, features, place / "-".join(features))
        copies = [
            (defect, patched(defect, service, service.notes / f"{number}")) for number, defect in enumerate(group)
        ]
        clean = run_own_tests(copied(service, service.notes / "clean"), workbench)
        if not clean.ok:
            raise CleanServiceFails(clean.output)
        with ThreadPoolExecutor(at_once) as pool:
            hunts = [pool.submit(hunted, defect, copy, workbench, tell) for defect, copy in copies]
        catches += [each.result() for each in hunts]
    return catches


def copied(service: Service, place: Path) -> Service:
    """Return a copy of a service in a folder of its own."""
    shutil.copytree(service.folder, place / "service", ignore=shutil.ignore_patterns(".git"))
    (place / "notes").mkdir()
    return replace(service, folder=place / "service", notes=place / "notes")


def patched(defect: Defect, service: Service, place: Path) -> Service:
    """Return a copy with a defect. Raises PatchDoesNotApply."""
    copy = copied(service, place)
    apply(defect, copy.folder)
    return copy


def run_own_tests(service: Service, workbench: Workbench, *paths: str) -> Ended:
    """Run the service's own tests on SQLite, or those below the paths, up to the first that fails."""
    return Case(service, "sqlite", workbench, service.notes).run("pytest", "-x", "-q", "-p", "no:cacheprovider", *paths)


def hunted(defect: Defect, service: Service, workbench: Workbench, tell: Callable[[Catch], None]) -> Catch:
    """Return who notices a defect."""
    began = time.monotonic()
    by, how = next(noticed(service, workbench), ("", ""))
    catch = Catch(defect.name, by, how, time.monotonic() - began)
    tell(catch)
    shutil.rmtree(service.folder.parent, ignore_errors=True)
    return catch


def noticed(service: Service, workbench: Workbench) -> Iterator[tuple[str, str]]:
    """Yield who notices, and by what, in the order of asking."""
    own = run_own_tests(service, workbench)
    if not own.ok:
        yield OWN_TESTS, first_failure(own.output)
    for name, database in LATER:
        scratch = service.notes / f"{name}-{database}"
        scratch.mkdir()
        verdict = look_at(judge_named(name), Case(service, database, workbench, scratch))
        if verdict.state is State.FAILED:
            yield f"{name} {database}".strip(), verdict.figures or verdict.output.strip().partition("\n")[0]


def first_failure(output: str) -> str:
    """Return the test that failed first, or the end of what pytest said."""
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", output, re.MULTILINE)
    return found.group(1) if found else output.strip().rpartition("\n")[2]
