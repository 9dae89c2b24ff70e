"""`planthread tick`: one box, one byte."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.planning import planthread

CHECKLIST = (
    "\ufeff# Plan\r\n\r\n- [ ] 1. Store books  \r\n\t- [ ] 1.1 Write the model\r\n  - [X]* 1.2 Try it\r\n"
    "## 2. Café\r\n- [ ] 2.1 Brew"
).encode()


@pytest.fixture
def checklist(tmp_path: Path) -> Path:
    """Give a checklist with CRLF, a tab, trailing blanks, a byte order mark and no final newline."""
    file = tmp_path / "tasks.md"
    file.write_bytes(CHECKLIST)
    return file


def test_ticking_changes_one_byte(checklist: Path) -> None:
    ticked = planthread("tick", checklist, "1.1", "done")

    assert (ticked.exit_code, ticked.stdout) == (0, "1.1 Write the model: done\n")
    changed = checklist.read_bytes()
    assert len(changed) == len(CHECKLIST)
    assert [new for old, new in zip(CHECKLIST, changed, strict=True) if old != new] == [ord("x")]
    assert changed == CHECKLIST.replace(b"[ ] 1.1", b"[x] 1.1")


def test_a_box_that_says_so_already_stays_as_it_is(checklist: Path) -> None:
    assert planthread("tick", checklist, "1.2", "done").exit_code == 0
    assert checklist.read_bytes() == CHECKLIST


def test_a_parent_is_refused_unless_forced(checklist: Path) -> None:
    refused = planthread("tick", checklist, "1", "done")

    assert refused.exit_code == 1
    assert refused.stderr == (
        "planthread: 1 has sub-tasks, which say doing; tick those, or use --force. Nothing was changed.\n"
    )
    assert checklist.read_bytes() == CHECKLIST
    assert planthread("tick", checklist, "1.", "doing", "--force").exit_code == 0
    assert checklist.read_bytes() == CHECKLIST.replace(b"[ ] 1. Store", b"[-] 1. Store")


@pytest.mark.parametrize(
    ("number", "says"),
    [("7", "has no task 7; it has 1, 1.1, 1.2, 2, 2.1"), ("2", "is a heading without a box; tick its sub-tasks")],
)
def test_what_has_no_box_is_refused(checklist: Path, number: str, says: str) -> None:
    refused = planthread("tick", checklist, number, "done")

    assert refused.exit_code == 1
    assert says in refused.stderr
    assert checklist.read_bytes() == CHECKLIST


def test_a_number_that_stands_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text("- [ ] 1. a\n- [ ] 1. b\n")

    refused = planthread("tick", tmp_path / "tasks.md", "1", "done")

    assert refused.exit_code == 1
    assert "on the lines 1 and 2" in refused.stderr


def test_an_unknown_state_is_wrong_usage(checklist: Path) -> None:
    assert planthread("tick", checklist, "1.1", "finished").exit_code == 2


def test_a_repository_that_planthread_built_is_refused(checklist: Path) -> None:
    (checklist.parent / "pyproject.toml").write_text('[tool.planthread]\nblueprint = "fastapi"\n')
    nested = checklist.parent / ".planning"
    nested.mkdir()
    inside = nested / "tasks.md"
    inside.write_bytes(CHECKLIST)

    refused = planthread("tick", inside, "1.1", "done", "--force")

    assert refused.exit_code == 1
    assert "evidence ticks" in refused.stderr
    assert inside.read_bytes() == CHECKLIST


def test_another_repository_inside_is_not_ours(checklist: Path) -> None:
    (checklist.parent / "pyproject.toml").write_text('[tool.planthread]\nblueprint = "fastapi"\n')
    theirs = checklist.parent / "theirs"
    (theirs / ".git").mkdir(parents=True)
    (theirs / "tasks.md").write_bytes(CHECKLIST)

    assert planthread("tick", theirs / "tasks.md", "1.1", "done").exit_code == 0


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    refused = planthread("tick", tmp_path / "tasks.md", "1", "done")

    assert refused.exit_code == 2
    assert "can't be read: No such file" in refused.stderr


def test_a_parent_that_follows_is_named(checklist: Path) -> None:
    ticked = planthread("tick", checklist, "1.1", "done")

    again = planthread("tick", checklist, "1.1", "done")
    assert ticked.stderr == again.stderr
    assert ticked.stderr == (
        f"The box of 1 follows: its sub-tasks say done now; planthread tick {checklist} 1 done --force sets it too.\n"
    )
    refused = planthread("tick", checklist, "1", "done")
    assert refused.stderr == (
        "planthread: 1 has sub-tasks, which say done; --force sets its box so. Nothing was changed.\n"
    )
    assert planthread("tick", checklist, "1", "done", "--force").stderr == ""


def test_links_and_rights_stay(checklist: Path) -> None:
    other = checklist.parent / "same.md"
    other.hardlink_to(checklist)
    checklist.chmod(0o600)

    assert planthread("tick", checklist, "1.1", "done").exit_code == 0

    assert other.read_bytes() == checklist.read_bytes() != CHECKLIST
    assert checklist.stat().st_mode & 0o777 == 0o600


def test_a_read_only_file_is_refused(checklist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda _path, mode, **_options: mode != os.W_OK)

    refused = planthread("tick", checklist, "1.1", "done")

    assert refused.exit_code == 1
    assert "is read-only; make it writable first" in refused.stderr
    assert checklist.read_bytes() == CHECKLIST


def test_a_mark_of_several_bytes_gives_way_to_one(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text("- [✅] 1. Store books\n", encoding="utf-8")

    assert planthread("tick", tmp_path / "tasks.md", "1", "done").exit_code == 0
    assert (tmp_path / "tasks.md").read_bytes() == b"- [x] 1. Store books\n"
    assert [path.name for path in tmp_path.iterdir()] == ["tasks.md"]


def test_titles_write_nothing_to_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text("- [ ] 1. Evil \x1b]0;title\x07 \x9b31m\n")

    ticked = planthread("tick", tmp_path / "tasks.md", "1", "done")

    assert ticked.stdout.rstrip("\n").isprintable()
