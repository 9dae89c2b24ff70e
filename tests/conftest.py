"""What tests need of the machine, and the one line that says what it left out and why."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from bot.store.database import Database, sqlite_url
from bot.store.migrate import upgrade
from tests.generated_services.postgresql import HOW_TO_INSTALL, PostgreSQL, find_postgresql, started_postgresql

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("PLANTHREAD_CACHE", str(ROOT / ".cache" / "planthread"))

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SANDBOX_PROGRAMS = ("bwrap", "setpriv", "prlimit")


def find_chromium() -> Path | None:
    """Return the Chromium of `CHROMIUM`, else of PATH, or None."""
    names = (os.environ.get("CHROMIUM") or "", *BROWSERS)
    found = (shutil.which(name) for name in names if name)
    return next((Path(path) for path in found if path), None)


def missing_for(marker: str) -> str | None:
    """Return why tests of a marker can't run here, or None where they can."""
    if marker == "browser" and not find_chromium():
        return "no Chromium (install chromium, or set CHROMIUM to its path)"
    if marker == "sandbox":
        absent = [name for name in SANDBOX_PROGRAMS if not shutil.which(name)]
        return f"no {', '.join(absent)} (install bubblewrap and util-linux)" if absent else None
    environments = Path(os.environ["PLANTHREAD_CACHE"]) / "environments"
    if marker == "environment" and not any(environments.glob("*/.planthread-ready")):
        return "no packages of the generated service (run `make setup` once with a network)"
    return None


LONGEST_FIRST = ("end_to_end", "building", "engine", "cli", "local_workspace", "slack", "outsiders")
"""The folders that take long, begun early, so that several workers end at about the same time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of those folders first."""
    items.sort(key=lambda item: rank(item.path.relative_to(ROOT / "tests").parts[0]))


def rank(folder: str) -> int:
    """Return a folder's place in the order of running."""
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)


def pytest_configure(config: pytest.Config) -> None:
    """Give every test a second try where CI is set: a machine that many share may stand still."""
    if os.environ.get("CI") and not config.option.reruns:
        config.option.reruns = 1


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what the machine can't run, with its reason."""
    for marker in ("browser", "sandbox", "environment"):
        reason = missing_for(marker) if item.get_closest_marker(marker) else None
        if reason:
            pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was left out and why, and name what passed only at its second try: a race to be mended."""
    failed = {report.nodeid for report in terminalreporter.stats.get("failed", [])}
    for again in terminalreporter.stats.get("rerun", []):
        if again.nodeid not in failed:
            terminalreporter.write_line(f"Passed only at its second try: {again.nodeid}")
            terminalreporter.write_line(again.longreprtext[-4000:])
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        terminalreporter.write_line("Left out on this machine: nothing.")
        return
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else str(report.longrepr)
        for report in skipped
    )
    parts = [f"{count} for {reason}" for reason, count in reasons.most_common()]
    terminalreporter.write_line(f"Left out on this machine: {sum(reasons.values())} tests: {'; '.join(parts)}.")


@pytest.fixture(autouse=True)
def own_logging() -> Iterator[None]:
    """Give each test the logging that a new process has: what a command configured ends with its test."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the path of a Chromium."""
    found = find_chromium()
    if not found:
        pytest.skip(str(missing_for("browser")))
    return found


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """Give a PostgreSQL of our own, in which each test makes a database."""
    programs = find_postgresql()
    if programs is None:
        pytest.skip(HOW_TO_INSTALL)
    with started_postgresql(programs) as server:
        yield server


@pytest.fixture(scope="session")
def cache() -> Path:
    """Return the folder of fetched packages that `make setup` filled."""
    return Path(os.environ["PLANTHREAD_CACHE"])


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated store without a row, of which each test gets a copy."""
    file = tmp_path_factory.mktemp("store") / "migrated.db"

    async def migrate() -> None:
        database = Database(sqlite_url(file))
        await upgrade(database)
        await database.close()

    asyncio.run(migrate())
    return file


@pytest.fixture
async def database(tmp_path: Path, migrated: Path) -> AsyncIterator[Database]:
    """Give a migrated store in a file."""
    shutil.copyfile(migrated, tmp_path / "plans.db")
    database = Database(sqlite_url(tmp_path / "plans.db"))
    yield database
    await database.close()
