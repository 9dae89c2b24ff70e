"""What became of an interrupted build is said by the next one, however that one ends."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.repository.checkout import Checkout
from bot.repository.moves import Move
from bot.repository.working_copy import WorkingCopy
from tests.building.regenerated import SPECS, built, git


def interrupted(folder: Path) -> None:
    """Leave the journal of a build that was killed before anything moved."""
    head, other = git(folder, "rev-parse", "HEAD"), git(folder, "rev-parse", "generated")
    move = Move(branch="main", old=head, new=other, other="generated", other_old=other, other_new=other, files=other)
    Checkout(asyncio.run(WorkingCopy.open(folder))).write_journal(move)


@pytest.mark.parametrize(
    ("specs", "code"),
    [
        (SPECS, 0),
        ("Please change something.\n", 1),
        (SPECS.replace("- note: Optional[str] (max 100)", "- code: str (max 9, unique)"), 1),
    ],
    ids=["built", "not understood", "refused"],
)
def test_an_interrupted_build_is_told_of_however_the_next_one_ends(tmp_path: Path, specs: str, code: int) -> None:
    folder = tmp_path / "books"
    assert built(folder, SPECS, "--name", "Reading room").exit_code == 0
    interrupted(folder)

    done = built(folder, specs)

    assert done.exit_code == code, done.output
    assert "An earlier build was interrupted; it is undone now." in done.stderr
    assert "An earlier build" not in built(folder, SPECS).stderr
