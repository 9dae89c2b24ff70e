"""The syntax judge, the round trip and the counting plugin, called as functions."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.verification.inside import round_trip, syntax
from bot.verification.inside.plugin import planthread_counting as counting
from tests.verification.test_judges import ALEMBIC, write


def test_syntax_names_file_and_line_and_skips_foreign_folders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"good.py": "x = 1\n", ".venv/bad.py": "x = ="})
    assert syntax.main(tmp_path) == 0
    write(tmp_path, {"bad.py": "x = 1\ny = = 2\n"})
    assert syntax.main(tmp_path) == 1
    assert f"{tmp_path / 'bad.py'}:2: invalid syntax" in capsys.readouterr().out


def test_the_round_trip_runs_every_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, ALEMBIC)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'rows.db'}")
    assert round_trip.main() == 0
    steps = [line for line in capsys.readouterr().out.splitlines() if line.startswith("alembic ")]
    assert steps == [
        "alembic upgrade head",
        "alembic check",
        "alembic downgrade base",
        "alembic upgrade head",
        "alembic check",
    ]


def test_only_tests_that_really_passed_are_counted(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLANTHREAD_MARK", "mark")
    monkeypatch.setattr(counting, "passed", set())
    monkeypatch.setattr(counting, "collected", [0])
    counting.pytest_collection_finish(SimpleNamespace(items=[1, 2, 3, 4]))
    for name, when, passed in (
        ("a", "setup", True),
        ("a", "call", True),
        ("b", "call", False),
        ("c", "teardown", True),
    ):
        counting.pytest_runtest_logreport(SimpleNamespace(nodeid=name, when=when, passed=passed))
    expected_failure = SimpleNamespace(nodeid="d", when="call", passed=True, wasxfail="reason")
    counting.pytest_runtest_logreport(expected_failure)
    counting.pytest_unconfigure()
    assert capfd.readouterr().out == "\nmark 4 1\n"
