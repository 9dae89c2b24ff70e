"""Builds each chosen service once and lets the chosen judges look at it, several side by side."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bot.verification.environments import EnvironmentNotReady
from tests.generated_services.judges import JUDGES
from tests.generated_services.judges.base import CannotJudge, Case, Judge, Judged, Workbench
from tests.generated_services.services import NotBuilt, Service, build_service, label_of
from tests.generated_services.verdicts import State, Verdict

__all__ = ["Choice", "judge_all", "look_at"]


@dataclass(frozen=True)
class Choice:
    """Which cells: services by size and features, judges by name (none means all), databases."""

    services: Sequence[tuple[int, tuple[str, ...]]]
    judges: Sequence[str] = ()
    databases: Sequence[str] = ("sqlite", "postgresql")

    def cells(self, service: Service, *, is_first: bool) -> list[tuple[Judge, str]]:
        """Return the judges that look at a service, each with its database, or with none."""
        chosen = [judge for judge in JUDGES if self.is_chosen(judge, is_first=is_first) and judge.applies(service)]
        return [(judge, base) for judge in chosen for base in judge.databases if base in ("", *self.databases)]

    def is_chosen(self, judge: Judge, *, is_first: bool) -> bool:
        """Tell whether a judge was asked for; one that looks once looks at the first service."""
        return judge.name in self.judges if self.judges else is_first or not judge.once


def judge_all(
    choice: Choice, workbench: Workbench, place: Path, at_once: int, tell: Callable[[Verdict], None], *, keep: bool
) -> list[Verdict]:
    """Build and judge every service; ``tell`` hears each verdict as it comes. The list is in the order of the table."""
    waiting: list[Future[Verdict]] = []
    verdicts: list[Verdict] = []
    with ThreadPoolExecutor(at_once) as pool:
        for number, (size, features) in enumerate(choice.services):
            folder = place / f"{size}-{'-'.join(features)}"
            service, built = built_service(size, features, folder)
            tell(built)
            verdicts.append(built)
            if service is None:
                continue
            cells = choice.cells(service, is_first=number == 0)
            futures = [pool.submit(heard, service, cell, workbench, folder, tell) for cell in cells]
            if not keep:
                pool.submit(remove_after, futures, folder)
            waiting += futures
    return verdicts + [future.result() for future in waiting]


def built_service(size: int, features: tuple[str, ...], folder: Path) -> tuple[Service | None, Verdict]:
    """Build one service; that it comes about is the first verdict."""
    began = time.monotonic()
    service, said = None, ""
    try:
        service = build_service(size, features, folder)
    except (NotBuilt, EnvironmentNotReady) as error:
        said = str(error)
    state = State.PASSED if service else State.FAILED
    figures = f"{sum(path.is_file() for path in service.folder.rglob('*.py'))} Python files" if service else ""
    label = label_of(size, features)
    return service, Verdict(label, "build", "", state, time.monotonic() - began, figures, said)


def heard(
    service: Service, cell: tuple[Judge, str], workbench: Workbench, folder: Path, tell: Callable[[Verdict], None]
) -> Verdict:
    """Return the verdict of one cell, and tell it."""
    judge, database = cell
    scratch = folder / f"{judge.name}-{database}"
    scratch.mkdir()
    verdict = look_at(judge, Case(service, database, workbench, scratch))
    tell(verdict)
    return verdict


def look_at(judge: Judge, case: Case) -> Verdict:
    """Let a judge look at a service; a judge that breaks has not passed it."""
    began = time.monotonic()
    try:
        found = judge.look(case)
        state = State.PASSED if found.ok else State.FAILED
    except CannotJudge as error:
        found, state = Judged(ok=False, output=str(error)), State.NOT_RUN
    except Exception as error:  # noqa: BLE001 - one cell must not end the table; the verdict shows what broke
        found, state = Judged(ok=False, output=f"the judge broke: {error!r}"), State.FAILED
    seconds = time.monotonic() - began
    return Verdict(case.service.label, judge.name, case.database, state, seconds, found.figures, found.output)


def remove_after(futures: Sequence[Future[Verdict]], folder: Path) -> None:
    """Remove a service once its judges are done with it."""
    for future in futures:
        future.exception()
    shutil.rmtree(folder, ignore_errors=True)
