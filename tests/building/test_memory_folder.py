"""Throwaway folders stand in memory where there is room, and go whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.building import memory_folder
from bot.building.memory_folder import throwaway_folder


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let a folder of the test be the place in memory."""
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(memory_folder, "SHARED_MEMORY", tmp_path)
    return tmp_path


def test_a_folder_stands_in_memory_and_goes_with_its_files(memory: Path) -> None:
    with throwaway_folder("x-", iter((10, 20))) as folder:
        assert folder.parent == memory
        assert folder.stat().st_mode & 0o077 == 0, "others see nothing of it"
        (folder / "a").write_text("a")
    assert not folder.exists()


def test_without_room_there_it_stands_with_the_other_temporary_files(memory: Path) -> None:
    with throwaway_folder("x-", iter((1 << 50,))) as folder:
        assert folder.parent != memory


def test_who_names_a_place_for_temporary_files_gets_it_there(
    memory: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    named = tmp_path_factory.mktemp("named")
    monkeypatch.setenv("TMPDIR", str(named))
    assert memory_folder.place_for(1) is None


def test_a_system_without_such_a_place_needs_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(memory_folder, "SHARED_MEMORY", tmp_path / "missing")
    assert memory_folder.place_for(1) is None


def test_what_fails_inside_leaves_nothing(memory: Path) -> None:
    with pytest.raises(ValueError, match="inside"), throwaway_folder("x-", iter(())):
        raise ValueError("inside")
    assert list(memory.iterdir()) == []
