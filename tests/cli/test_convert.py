"""`planthread convert`: a planning file in another format, with every loss said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.planning import SAMPLES, planthread

BAKERY = SAMPLES / "tasks" / "002-bakery.tasks.md"
TASKS = """\
# Implementation Plan

- [ ] 1. Books
  - [x] 1.1 Write the model
    - _Requirements: 1.1_
  - [ ] 1.2 Write the routes
    - _Depends: 1.1_
"""


def test_a_checklist_becomes_a_plan_for_each_phase_and_comes_back(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text(TASKS)

    converted = planthread("convert", tmp_path / "tasks.md", "--to", "plan", "--out", tmp_path / "phases")

    assert converted.exit_code == 0, converted.stderr
    (written,) = converted.stdout.splitlines()
    back = planthread("convert", written, "--to", "tasks")
    assert back.exit_code == 0
    assert "- [x] 1.1 Write the model" in back.stdout
    assert "_Depends: 1.1_" in back.stdout


def test_what_gets_lost_is_printed_beside_the_result(tmp_path: Path) -> None:
    converted = planthread("convert", BAKERY, "--to", "roadmap")

    assert converted.exit_code == 0
    assert converted.stdout.startswith("# ")
    assert all(line.startswith("lost: ") for line in converted.stderr.splitlines())
    assert converted.stderr


def test_any_file_becomes_json(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text(TASKS)

    converted = planthread("convert", tmp_path / "tasks.md", "--to", "json")

    assert [task["number"] for task in json.loads(converted.stdout)["tasks"]] == ["1", "1.1", "1.2"]


def test_many_files_need_a_folder() -> None:
    refused = planthread("convert", BAKERY, "--to", "plan")

    assert refused.exit_code == 2
    assert "This gives 10 files" in refused.stderr
    assert "name their folder with --out" in refused.stderr


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text(TASKS)
    arguments = ("convert", tmp_path / "tasks.md", "--to", "plan", "--out", tmp_path / "out")
    written = Path(planthread(*arguments).stdout.strip())
    written.write_text("mine")

    refused = planthread(*arguments)

    assert refused.exit_code == 1
    assert "is there already" in refused.stderr
    assert written.read_text() == "mine"


@pytest.mark.parametrize(
    ("target", "code", "says"),
    [
        ("summary", 1, "a summary needs evidence"),
        ("poem", 2, "--to poem is no format; it can be: entity-specs"),
        ("", 2, "--to needs a format"),
    ],
)
def test_senseless_targets_are_refused_with_a_reason(target: str, code: int, says: str) -> None:
    refused = planthread("convert", BAKERY, "--to", target)

    assert refused.exit_code == code
    assert says in refused.stderr


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    first = planthread("convert", BAKERY, "--to", "plan", "--out", tmp_path / "first")
    last = Path(first.stdout.splitlines()[-1]).relative_to(tmp_path / "first")
    out = tmp_path / "second"
    out.mkdir()
    (out / last.parent).write_text("a file where a folder belongs")

    refused = planthread("convert", BAKERY, "--to", "plan", "--out", out)

    assert refused.exit_code == 1
    assert "Nothing was written." in refused.stderr
    assert [path.name for path in out.iterdir()] == [last.parent.name]
