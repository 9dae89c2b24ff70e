"""What a judge is given, and what it says."""

from __future__ import annotations

import contextlib
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.generated_services import postgresql, redis
from tests.generated_services.outside_tools import OutsideTools
from tests.generated_services.postgresql import PostgreSQL
from tests.generated_services.programs import MINUTES, Ended, environment_of, run
from tests.generated_services.services import Service

__all__ = ["DATABASES", "CannotJudge", "Case", "Judge", "Judged", "Workbench", "first_match", "judged"]

DATABASES = ("sqlite", "postgresql")
SHORTEST_LIMIT = 20
"""Minutes that a program may take over a service without entities; each entity adds one."""
KEPT_CHARACTERS = 6000


class CannotJudge(Exception):  # noqa: N818 - says what happened
    """The machine lacks what a judge needs; the message says what to install. That is no pass."""


@dataclass(frozen=True)
class Judged:
    """What a judge says of a service: whether it passes, figures in a few words, and the end of what was printed."""

    ok: bool
    figures: str = ""
    output: str = ""


def judged(*steps: Ended, figures: str = "") -> Judged:
    """Return the verdict of programs that ran one after another: all must have succeeded."""
    output = "\n".join(step.output for step in steps)
    return Judged(all(step.ok for step in steps), figures, output[-KEPT_CHARACTERS:])


def first_match(pattern: str, text: str) -> str:
    """Return the first group of a pattern's last match in a text, or an empty string."""
    found = re.findall(pattern, text)
    return str(found[-1]) if found else ""


@dataclass
class Workbench:
    """What all judges share: the tools, and servers that are started when first asked for."""

    tools: OutsideTools
    examples: int | None = None
    """How many examples schemathesis draws for each operation; by default it depends on the size."""
    servers: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    lock: threading.Lock = field(default_factory=threading.Lock)
    started: PostgreSQL | None = None
    redis_address: str | None = None

    def postgresql(self) -> PostgreSQL:
        """Return the PostgreSQL of this run. Raises CannotJudge where the machine has none."""
        with self.lock:
            if self.started is None:
                programs = postgresql.find_postgresql()
                if programs is None:
                    raise CannotJudge(postgresql.HOW_TO_INSTALL)
                self.started = self.servers.enter_context(postgresql.started_postgresql(programs))
            return self.started

    def redis(self) -> str:
        """Return the address of the Redis of this run. Raises CannotJudge where the machine has none."""
        with self.lock:
            if self.redis_address is None:
                program = redis.find_redis()
                if program is None:
                    raise CannotJudge(redis.HOW_TO_INSTALL)
                self.redis_address = self.servers.enter_context(redis.started_redis(program))
            return self.redis_address


@dataclass(frozen=True)
class Case:
    """One judge's look at one service: on a database or on none, with a folder for what it writes."""

    service: Service
    database: str
    workbench: Workbench
    scratch: Path

    def run(self, *command: str | Path, **variables: str) -> Ended:
        """Run a program of the service's environment in its folder, for as long as a service of its size may take."""
        program = self.service.programs / str(command[0])
        environment = self.service.variables(self.scratch, **variables)
        seconds = (SHORTEST_LIMIT + self.service.size) * MINUTES
        return run([program, *command[1:]], self.service.folder, environment, seconds=seconds)

    def run_tool(self, *command: str | Path, **variables: str) -> Ended:
        """Run an outside tool in the service's folder."""
        tools = self.workbench.tools.python
        environment = environment_of(self.scratch, tools, **variables)
        return run([tools / str(command[0]), *command[1:]], self.service.folder, environment)

    @contextlib.contextmanager
    def database_url(self) -> Iterator[str]:
        """Give the address of a new, empty database."""
        if self.database == "postgresql":
            with self.workbench.postgresql().database() as url:
                yield url
            return
        yield f"sqlite+aiosqlite:///{self.scratch / 'judged.db'}"

    def copy_of_service(self) -> Path:
        """Return a copy of the service for a judge that writes into it."""
        copy = self.scratch / "copy"
        shutil.copytree(self.service.folder, copy, ignore=shutil.ignore_patterns(".git"))
        return copy


def always(_service: Service) -> bool:
    """Tell that a judge looks at every service."""
    return True


@dataclass(frozen=True)
class Judge:
    """A judge: its name, what it does, on which databases, and which services it looks at."""

    name: str
    look: Callable[[Case], Judged]
    databases: Sequence[str] = ("",)
    applies: Callable[[Service], bool] = always
    once: bool = False
    """Whether one service of a whole run is enough; a judge that is asked for by name looks at each."""
