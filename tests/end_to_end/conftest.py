"""A running product: the workspace, the bot, and people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.people import Person
from tests.end_to_end.programs import Program, bot, workspace

Start = Callable[..., tuple[Program, Program]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts the workspace and the bot; both are stopped at the end."""
    running: list[Program] = []

    def begin(**more: str) -> tuple[Program, Program]:
        page = workspace(tmp_path).start()
        running.append(page)
        worker = bot(tmp_path, page.probe, more)
        running.append(worker)
        return page, worker.start()

    yield begin
    for program in reversed(running):
        program.stop()


@pytest.fixture
def people(tmp_path: Path) -> Callable[[Program, str], Person]:
    """Return a function that gives a person in a workspace."""
    return lambda page, name: Person(page.probe, name, log=tmp_path / "bot.log")
