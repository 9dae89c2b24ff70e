"""`planthread lint`: any planning file, any tree of them, read honestly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.planning import SAMPLES, on_a_terminal, plain, planthread

TASKS = """\
# Implementation Plan

- [x] 1. Store books
  - [ ] 1.1 Write the model
    - _Requirements: 1.1_
"""
REQUIREMENTS = """\
# Requirements Document

## Requirements

### Requirement 1: Books

**User Story:** As a librarian, I want to keep books, so that members find them.

#### Acceptance Criteria

1. WHEN a book is added, THE System SHALL keep it
2. WHEN a book is lost, THE System SHALL mark it as lost
"""


@pytest.fixture
def specs_tree(tmp_path: Path) -> Path:
    """Give a spec folder whose second criterion no task covers."""
    folder = tmp_path / ".kiro" / "specs" / "library"
    folder.mkdir(parents=True)
    (folder / "tasks.md").write_text(TASKS)
    (folder / "requirements.md").write_text(REQUIREMENTS)
    return tmp_path


def test_a_file_is_read_and_each_finding_has_its_line(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text(TASKS)

    linted = planthread("lint", tmp_path / "tasks.md")

    assert linted.exit_code == 0
    assert linted.stdout == (
        f"{tmp_path}/tasks.md:3:4: warning: The box of 1 says done, its sub-tasks todo. "
        "Tick sub-tasks; a parent follows from them. [PT010]\n"
    )
    assert linted.stderr == "1 warning in 1 file.\n"


def test_a_folder_is_linted_across_its_documents(specs_tree: Path) -> None:
    linted = planthread("lint", specs_tree)

    assert linted.exit_code == 1
    assert "requirements.md:12:1: error: No task covers 1.2" in linted.stdout.replace("the criterion ", "")
    assert "PT010" in linted.stdout


def test_a_planning_tree_misses_the_plan_of_a_summary(tmp_path: Path) -> None:
    folder = tmp_path / ".planning" / "phases" / "01-books"
    folder.mkdir(parents=True)
    (folder / "01-01-SUMMARY.md").write_bytes((SAMPLES / "summaries" / "piers.md").read_bytes())
    alone = planthread("lint", tmp_path)
    (tmp_path / ".planning" / "ROADMAP.md").write_bytes((SAMPLES / "roadmaps" / "harbour.md").read_bytes())

    in_a_tree = planthread("lint", tmp_path)

    assert "[PT420]" not in alone.stdout
    assert "There is a summary of" in in_a_tree.stdout
    assert "[PT420]" in in_a_tree.stdout


def test_programs_get_a_list_of_findings_with_six_keys(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text(TASKS)

    linted = planthread("lint", tmp_path, "--format", "json")

    (finding,) = json.loads(linted.stdout)
    assert finding == {
        "file": str(tmp_path / "tasks.md"),
        "line": 3,
        "column": 4,
        "severity": "warning",
        "rule": "PT010",
        "message": "The box of 1 says done, its sub-tasks todo. Tick sub-tasks; a parent follows from them.",
    }


def test_a_good_file_has_no_findings_for_programs_and_a_kind_word_for_people(tmp_path: Path) -> None:
    file = tmp_path / "books.specs.txt"
    file.write_bytes((SAMPLES / "library.specs.txt").read_bytes())

    for_programs = planthread("lint", file, "--format", "json")
    for_people = planthread("lint", file)

    assert (for_programs.exit_code, for_programs.stdout) == (0, "[]\n")
    assert (for_people.exit_code, for_people.stderr) == (0, "Nothing to say about 1 file.\n")


def test_packages_are_checked_where_they_are_listed(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("fastapi\nfastapi-jwt-auth\n")

    linted = planthread("lint", tmp_path)

    assert linted.exit_code == 1
    assert f"{tmp_path}/requirements.txt:2:1: error: " in linted.stdout


def test_a_file_is_read_as_people_say(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(TASKS.partition("\n\n")[2])

    assert "PT010" in planthread("lint", tmp_path / "list.txt", "--as", "tasks").stdout


@pytest.mark.parametrize(
    ("name", "text", "options", "says"),
    [
        ("notes.md", "Buy milk.\n", (), "looks like no planning format; say which it is with --as (entity-specs, "),
        ("tasks.md", TASKS, ("--as", "poem"), "--as poem is no format; it can be: entity-specs, requirements, tasks"),
    ],
)
def test_wrong_usage_says_what_to_do(tmp_path: Path, name: str, text: str, options: tuple[str, ...], says: str) -> None:
    (tmp_path / name).write_text(text)

    refused = planthread("lint", tmp_path / name, *options)

    assert refused.exit_code == 2
    assert says in refused.stderr


def test_a_path_that_is_not_there_and_a_folder_without_plans_are_wrong_usage(tmp_path: Path) -> None:
    assert "No such file" in planthread("lint", tmp_path / "gone.md").stderr
    empty = planthread("lint", tmp_path)
    assert empty.exit_code == 2
    assert empty.stderr.endswith(
        f"planthread: {tmp_path} holds no planning files; name the files, with --as where their names don't tell.\n"
    )


def test_other_text_of_a_folder_is_passed_by_and_counted(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text(TASKS)
    (tmp_path / "README.md").write_text("# Library\n\n- [ ] buy shelves\n")

    linted = planthread("lint", tmp_path)

    assert "README" not in linted.stdout
    assert "1 other text file was passed by" in linted.stderr
    assert "README.md)" in linted.stderr


def test_a_file_that_is_too_large_is_refused_with_a_finding(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text("- [ ] 1. Store books\n" * 300_000)

    linted = planthread("lint", tmp_path)

    assert linted.exit_code == 1
    assert "[PT009]" in linted.stdout
    assert linted.stderr == "1 error in 1 file.\n"


def test_what_our_own_plan_has_no_place_for_is_told(tmp_path: Path) -> None:
    details = "    - Files: `settings.py`\n    - Verify: `pytest`\n    - Done when: it starts\n"
    beside = "\n## Why\n\nAuditors asked.\n\n## Must-Haves\n\n### Phase 1: Start\n\n- Truht: it starts\n"
    beside += '\n## Task Dependency Graph\n\n```json\n{"waves": [{"id": 1, "tasks": ["1.1"]}]}\n```\n'
    (tmp_path / "tasks.md").write_text(f"- [ ] 1. Start\n  - [ ] 1.1 Settings\n{details}{beside}")

    linted = planthread("lint", tmp_path).stdout

    assert "tasks.md:7:1: warning: “Auditors asked.” stands beside the tasks, and the plan has no place" in linted
    assert "tasks.md:15:1: warning: “- Truht: it starts” was not understood and nothing was made of it." in linted


def test_a_front_matter_that_is_too_large_excuses_no_task(tmp_path: Path) -> None:
    task = '<task type="auto">\n  <name>Task 1: Store books</name>\n</task>'
    text = f"---\nphase: {'x' * 70_000}\n---\n<tasks>\n{task}\n</tasks>\n"
    (tmp_path / "01-01-PLAN.md").write_text(text)

    linted = planthread("lint", tmp_path)

    assert "1:1: error: The front matter is larger than 64 KB" in linted.stdout
    assert "5:1: error: Task 1 “Store books” has no verification and no done statement." in linted.stdout


def test_bytes_that_are_no_text_reach_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_bytes(b"- [\x1b] 1. \x1b]0;title\x07 \xff\xfe\n- [ ] 1. again\n")

    linted = planthread("lint", tmp_path)

    assert linted.stdout.isascii() or linted.stdout.replace("\n", "").isprintable()
    assert "\x1b" not in linted.stdout


def test_a_terminal_shows_findings_below_their_file_in_colour(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text(TASKS)

    code, shown = on_a_terminal("lint", tmp_path / "tasks.md")

    assert code == 0
    assert "\x1b[" in shown
    lines = plain(shown).splitlines()
    assert lines[0].endswith("tasks.md")
    assert lines[1].split() == ["3:4", "warning", "PT010"]
    assert lines[-1] == "1 warning in 1 file."


def test_a_path_that_cannot_be_read_takes_nothing_from_the_others(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text(TASKS)

    linted = planthread("lint", tmp_path / "gone.md", tmp_path / "tasks.md", "--format", "json")

    assert linted.exit_code == 2
    assert [finding["rule"] for finding in json.loads(linted.stdout)] == ["PT010"]
    assert "gone.md can't be read: No such file" in linted.stderr


def test_a_folder_that_cannot_be_opened_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tasks.md").write_text("- [ ] 1. Store books\n")
    (tmp_path / "closed").mkdir()
    walk = os.walk

    def closed(folder: Path, onerror: Callable[[OSError], None]) -> Iterator[tuple[str, list[str], list[str]]]:
        onerror(PermissionError(13, "Permission denied", str(folder / "closed")))
        yield from walk(folder)

    monkeypatch.setattr(os, "walk", closed)
    linted = planthread("lint", tmp_path)

    assert linted.exit_code == 1
    assert "closed can't be read: Permission denied" in linted.stderr


def test_a_name_with_a_line_end_forges_no_finding(tmp_path: Path) -> None:
    file = tmp_path / "x\nforged.md:1:1: error: forged [PT999] tasks.md"
    file.write_text(TASKS)

    linted = planthread("lint", file)

    assert len(linted.stdout.splitlines()) == 1
    assert "x\\nforged" in linted.stdout


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("- [ ] 1. Café\n".encode("utf-16"), "This file is in UTF-16, which nothing here reads. Save it as UTF-8."),
        (b"- [ ] 1. Store\n- [ ] 2. Caf\xe9 \xff\n", "tasks.md:2:13: warning: Here stands a byte that is no UTF-8"),
        (b"- [ ] 1. Ring \x07\n", "tasks.md:1:15: warning: Here stands a control character, the first of one."),
    ],
)
def test_bytes_that_are_no_text_are_said(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "tasks.md").write_bytes(data)

    linted = planthread("lint", tmp_path)

    assert says in linted.stdout
    assert "[PT011]" in linted.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_output_that_nobody_takes_is_said_in_a_sentence() -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device, not a path of ours
        command = [sys.executable, "-m", "bot.cli", "show", str(SAMPLES / "tasks" / "002-bakery.tasks.md")]
        shown = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)

    assert shown.returncode == 1
    assert shown.stderr.decode().splitlines()[-1] == (
        "planthread: the output can't be written: No space left on device."
    )


def test_the_same_remark_many_times_over_is_one_unless_all_are_asked_for(tmp_path: Path) -> None:
    odd = "".join(f"**Priority {number}:** high\n\n" for number in range(9))
    (tmp_path / "requirements.md").write_text(f"{REQUIREMENTS}\n{odd}", encoding="utf-8")

    folded = planthread("lint", tmp_path).stdout
    every = planthread("lint", "--all", tmp_path).stdout

    assert folded.count("was not understood") == 3
    assert "So it is 6 times more, on lines 20, 22, 24, 26, 28, 30." in folded
    assert every.count("was not understood") == 9


def test_a_summary_of_research_is_passed_by_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "SUMMARY.md").write_text("# Project Research Summary\n\n## Findings\n", encoding="utf-8")
    (tmp_path / "tasks.md").write_text(TASKS, encoding="utf-8")

    linted = planthread("lint", tmp_path)

    assert "SUMMARY.md" not in linted.stdout
    assert "passed by" in linted.stderr
