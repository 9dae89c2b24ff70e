"""A start takes away what a killed bot left in its data folder, and nothing that is kept."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bot.building import memory_folder
from bot.building.memory_folder import MAKER, forget_the_dead, socket_folder, throwaway_folder
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
    (folder.work / "pt-t4" / "tree").mkdir(parents=True)
    with contextlib.chdir(folder.work / "pt-t4"), socket.socket(socket.AF_UNIX) as tried:
        tried.bind("s")
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


def test_what_a_killed_process_left_in_memory_goes_and_nobody_elses(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    names = (
        f"planthread-format-{ended.pid}-a_b1",
        f"planthread-format-{os.getpid()}-c2",
        "planthread-notes",
        f"x-{ended.pid}-d",
    )
    for name in names:
        (tmp_path / name).mkdir()

    assert [path.name for path in forget_the_dead(tmp_path)] == [names[0]]
    assert {path.name for path in tmp_path.iterdir()} == set(names[1:])
    with throwaway_folder("planthread-format-", iter([10])) as made:
        assert MAKER.search(made.name)


def test_what_is_tried_has_its_socket_where_the_next_start_sweeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, short = tmp_path / "u", tmp_path / "t"
    long = tmp_path / ("a long name of a folder " * 5)
    for place in (usual, short, long):
        place.mkdir()
    monkeypatch.setattr(memory_folder, "SHORT_PLACE", short)
    monkeypatch.setattr(memory_folder, "LONGEST_SOCKET", len(os.fsencode(usual)) + 20)
    monkeypatch.setattr(tempfile, "tempdir", str(usual))
    assert socket_folder("pt-").parent == usual, "the folder that every start empties"

    monkeypatch.setattr(tempfile, "tempdir", str(long))
    made = socket_folder("pt-")

    assert (made.parent, list(long.iterdir())) == (short, [])
    assert forget_the_dead(short) == [], "its process lives"
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    left = made.rename(short / made.name.replace(f"-{os.getpid()}-", f"-{ended.pid}-"))
    assert forget_the_dead(short) == [left]
    assert list(short.iterdir()) == []
