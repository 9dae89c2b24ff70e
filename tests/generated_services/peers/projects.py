"""What a peer hands in: a folder with the service that it made, and how that service is run and made again."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from tests.generated_services.judges.base import Workbench
from tests.generated_services.outside_tools import shared_cache
from tests.generated_services.programs import Ended, environment_of, run

__all__ = [
    "INPUTS",
    "MYPY",
    "NEWEST",
    "NEW_FIELD",
    "Address",
    "NotMade",
    "Peer",
    "Project",
    "environment_with",
    "in_folder",
]

INPUTS = Path(__file__).resolve().parent / "inputs"
NEW_FIELD = "discount"
"""The field that is added to `Line` when a service is made a second time."""
NEWEST = "2026-11-20T00:00:00Z"
"""Packages that appeared later are not taken, so that a run can be repeated."""
MYPY = "mypy==2.4.1"
UV = {
    "UV_EXCLUDE_NEWER": NEWEST,
    "UV_PYTHON": sys.executable,
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_CACHE_DIR": os.environ.get("UV_CACHE_DIR", str(Path.home() / ".cache" / "uv")),
}
BUILDING_SECONDS = 30 * 60.0


class NotMade(Exception):  # noqa: N818 - says what happened
    """A peer's own command failed; ``output`` is what it said. A folder may be there all the same."""

    def __init__(self, step: str, done: Ended) -> None:
        super().__init__(f"{step} ended with {done.code}")
        self.output = done.output


@dataclass(frozen=True)
class Address:
    """Where a service finds its database, and on which port it is to listen."""

    database: str
    """A URL as SQLAlchemy writes it."""
    port: int

    @property
    def file(self) -> Path:
        """Return the file of an SQLite database."""
        return Path(urlsplit(self.database).path.removeprefix("/"))

    @property
    def server(self) -> tuple[str, str, str, str]:
        """Return host, port, user and name of a PostgreSQL database."""
        parts = urlsplit(self.database)
        return str(parts.hostname), str(parts.port), str(parts.username), parts.path.removeprefix("/")


@dataclass(frozen=True)
class Project:
    """A service that was made, and what the judges must know of it."""

    folder: Path
    programs: Path
    """The folder of its environment's programs."""
    code: tuple[str, ...]
    """Packages and files that mypy reads, and options without which it would not find them."""
    serve: Callable[[Address], tuple[str, ...]]
    document: str
    """The path of its OpenAPI document."""
    settings: Callable[[Address], Mapping[str, str]] = lambda _address: {}
    prepare: tuple[tuple[str, ...], ...] = ()
    """Commands that make the tables, as its documentation says."""
    tests: tuple[str, ...] = ()
    """What pytest is given; empty where no tests are made."""
    migrations: tuple[str, ...] = ()
    """Alembic's commands there and back; empty where it has no migrations."""
    edited: tuple[str, ...] = ()
    """Files that a person edits, which must be kept when the service is made again."""
    shows_field: str = ""
    """The file that must hold a field added to `Line` afterwards."""


class Peer(Protocol):
    """A generator or library at one version. What it can't do is said in words, by the name of the look."""

    @property
    def name(self) -> str:
        """Return its name and version, as people write them."""

    @property
    def database(self) -> str:
        """Return `sqlite` or `postgresql`."""

    @property
    def lacks(self) -> Mapping[str, str]:
        """Return in words what it doesn't do, by the name of the look."""

    def make(self, bench: Workbench, place: Path) -> Project:
        """Make the three entities in an empty folder. Raises NotMade."""

    def make_again(self, bench: Workbench, project: Project) -> None:
        """Make it again with one field more, as its documentation says. Raises NotMade."""


def in_folder(step: str, command: tuple[str | Path, ...], folder: Path, *programs: Path, **more: str) -> Ended:
    """Run a peer's command in a folder that is its home too. Raises NotMade where it fails."""
    environment = environment_of(folder, *programs, **UV, **more)
    done = run(command, folder, environment, seconds=BUILDING_SECONDS)
    if not done.ok:
        raise NotMade(step, done)
    return done


def environment_with(bench: Workbench, name: str, *packages: str) -> Path:
    """Return the programs of an environment with exactly these packages and mypy, made once. Raises NotMade."""
    folder = shared_cache() / "peers" / "-".join([name, *packages]).replace("=", "").replace("[", "-").replace("]", "")
    if (folder / ".made").exists():
        return folder / "bin"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    uv = bench.tools.uv
    in_folder(f"an environment for {name}", (uv, "venv", "--quiet", "--allow-existing", folder), folder)
    install: tuple[str | Path, ...] = (
        uv,
        "pip",
        "install",
        "--quiet",
        "--python",
        folder / "bin" / "python",
        *packages,
        MYPY,
    )
    in_folder(f"fetching {name}", install, folder)
    (folder / ".made").touch()
    return folder / "bin"
