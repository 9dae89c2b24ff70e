"""A start takes away what a killed bot left in its data folder, and nothing that is kept."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from bot.publishing.local import LocalPublisher
from bot.repository.git import Repository
from bot.starting import StartError, tidy
from bot.store.data_folder import DataFolder


async def test_throwaway_folders_and_locks_go_and_repositories_stay(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    remote = await LocalPublisher(folder.remotes, "http://here").create("books", "", "plan-1")
    building = Repository(folder.repositories / "plan-1.git")
    await building.create()
    (folder.work / "plan-1" / "check-x1").mkdir(parents=True)
    (folder.work / "planthread-format-y2").mkdir()
    (folder.remotes / ".creating-z3" / "refs").mkdir(parents=True)
    (folder.remotes / f"{remote.name}.git" / "packed-refs.lock").touch()
    (building.path / "config.lock").touch()

    with tidy(folder):
        assert list(folder.work.iterdir()) == []
        with tempfile.TemporaryDirectory() as made:
            assert Path(made).parent == folder.work, "the next start finds what this one leaves"

    assert Path(tempfile.gettempdir()) != folder.work
    assert [path.name for path in folder.remotes.glob("*") if path.is_dir()] == ["books.git"]
    assert not list(tmp_path.rglob("packed-refs.lock"))
    await building.create()


def test_a_file_in_the_place_of_a_folder_is_one_sentence(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.work.write_text("a person's\n")

    with pytest.raises(StartError, match="Move away what is there"), tidy(folder):
        pass

    assert folder.work.read_text() == "a person's\n"
