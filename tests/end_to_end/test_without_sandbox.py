"""On a machine without bubblewrap, setpriv and prlimit, a plan of templates only still reaches delivered."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Start
from tests.end_to_end.people import Person, text_of
from tests.end_to_end.programs import Program
from tests.end_to_end.test_killed_bot import decide_everything

ABSENT = {"bwrap", "setpriv", "prlimit"}


def path_without(names: set[str], folder: Path) -> str:
    """Return a PATH on which everything stands but these programs."""
    folder.mkdir()
    for place in os.environ["PATH"].split(os.pathsep):
        for program in Path(place).glob("*") if Path(place).is_dir() else ():
            link = folder / program.name
            if program.name not in names and not link.exists() and os.access(program, os.X_OK) and program.is_file():
                link.symlink_to(program)
    return str(folder)


@pytest.mark.matrix
@pytest.mark.environment
@pytest.mark.timeout(900)
def test_a_plan_of_templates_is_delivered_without_any_sandbox(
    start: Start, people: Callable[[Program, str], Person], tmp_path: Path
) -> None:
    path = path_without(ABSENT, tmp_path / "programs")
    assert not any(shutil.which(name, path=path) for name in ABSENT)
    assert shutil.which("git", path=path)
    page, _bot = start(PATH=path)
    mara = people(page, "Mara")
    mara.command("new a shopping list: items with a name and a quantity")
    head = mara.sees("gathering requirements")["ts"]
    decide_everything(mara, head)
    mara.press(mara.sees(", for review", head), "Approve and build")

    mara.sees("is ready*", head)
    assert "checks: trusted templates" in text_of(mara.top()[0])
