"""What a dropped file is: by its name, by its words, and in an archive; what is no plan says so."""

from __future__ import annotations

import io
import zipfile

import pytest

from bot.planning.dropped_files import DroppedFile, FileKind, read_dropped

SPECS = b"ENTITY: Book\nTABLE: books\nFIELDS:\n  - id: int (primary key)\n  - title: str\nAPI_PATH: /api/v1/books\n"
WISH = b"# Requirements Document\n\n### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE System SHALL ring.\n"
PLAN = b"""---
phase: 01-base
plan: 01
---
<objective>
Begin
</objective>
<tasks>
<task type="auto">
<name>A</name>
</task>
</tasks>
"""
READ = [
    ("entity_specs.txt", SPECS, FileKind.ENTITY_SPECS, "1 entity (Book)"),
    ("model.txt", SPECS, FileKind.ENTITY_SPECS, "1 entity (Book)"),
    ("tasks.md", b"- [x] 1. Begin\n- [ ] 2. Go on\n", FileKind.TASKS, "2 tasks, 1 ticked elsewhere, no evidence"),
    ("todo.md", b"# Implementation Plan\n\n- [ ] 1. Begin\n", FileKind.TASKS, "1 task"),
    ("01-01-PLAN.md", PLAN, FileKind.PLAN, "phase 01-base 01: 1 task"),
    ("requirements.md", b"### Requirement 1: A\n\n1. THE System SHALL ring.\n", FileKind.REQUIREMENTS, "1 requirement"),
    ("ROADMAP.md", b"# Roadmap\n\n### Phase 1: Base\n**Goal**: Begin\n", FileKind.ROADMAP, "1 phase (Base)"),
    ("schema.sql", b"CREATE TABLE books (id int PRIMARY KEY);", FileKind.SQL, "1 entity (Book)"),
    ("schema.txt", b"CREATE TABLE books (id int PRIMARY KEY);", FileKind.SQL, "1 entity (Book)"),
    ("app.jdl", b"entity Book { title String }\nenum Kind { A, B }", FileKind.JDL, "1 entity (Book), 1 field, 1 enum"),
    ("design.md", b"Anything", FileKind.DESIGN, ""),
    ("thoughts.md", b"# Design Document\n\nWe use queues.", FileKind.DESIGN, ""),
    ("idea.txt", b"Books have a title.", FileKind.NOTES, ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "kind", "holds"), READ, ids=[name for name, *_ in READ])
def test_a_file_is_known_by_its_name_or_its_words(name: str, data: bytes, kind: FileKind, holds: str) -> None:
    (file,) = read_dropped([(name, data)]).files
    assert (file.kind, file.problem) == (kind, "")
    assert file.told.startswith(holds)
    assert file.text == data.decode()


UNREAD = [
    ("photo.png", b"\x89PNG\r\n\x1a\n", "no text in UTF-8"),
    ("tool.exe", b"MZ\x00\x00", "no text"),
    ("app.py", b"import os", "I can't tell what this is"),
    ("tasks.md", b" \n", "is empty"),
    ("tasks.md", "- [ ] 1. Begin".encode("utf-16"), "UTF-16"),
    ("tasks.md", b"nothing at all", "nothing of that is in it"),
    ("schema.sql", b"SELECT 1;", "no table and no entity"),
    ("big.md", b"x" * (256 * 1024 + 1), "larger than 256 kB"),
    ("long.md", b"x " * 50_001, "too long to plan from"),
    ("plans.zip", b"no zip", "is damaged"),
]


@pytest.mark.parametrize(("name", "data", "sentence"), UNREAD, ids=[sentence for *_, sentence in UNREAD])
def test_what_can_t_be_read_says_why(name: str, data: bytes, sentence: str) -> None:
    (file,) = read_dropped([(name, data)]).files
    assert not file.is_read
    assert sentence in file.problem
    assert file.text == ""


def packed(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def kinds(files: tuple[DroppedFile, ...]) -> dict[str, FileKind]:
    return {file.name: file.kind for file in files}


def test_of_an_archive_only_plans_are_taken_and_the_rest_is_named() -> None:
    data = packed(
        {"a/tasks.md": b"- [ ] 1. Begin", "a/notes.md": b"We met.", "b/design.md": b"x", "b/in.zip": b"PK\x03\x04"}
    )
    dropped = read_dropped([("all.zip", data)])
    assert kinds(dropped.files) == {
        "a/tasks.md": FileKind.TASKS,
        "b/design.md": FileKind.DESIGN,
        "all.zip": FileKind.UNREAD,
    }
    assert dropped.files[-1].problem == "2 files in it are no planning file and were passed by (a/notes.md, b/in.zip)."
    assert dropped.is_plan_as_it_stands


def test_an_archive_without_plans_says_so() -> None:
    (one,) = read_dropped([("all.zip", packed({"a.py": b"import os"}))]).files
    (none,) = read_dropped([("all.zip", packed({}))]).files
    assert "Nothing in this archive is a planning file (a.py)" in one.problem
    assert "This archive is empty" in none.problem


def test_findings_name_their_file_and_those_across_are_apart() -> None:
    tasks = b"# Implementation Plan\n\n- [ ] 1. Begin\n  - _Depends: 9_\n"
    dropped = read_dropped([("requirements.md", WISH), ("tasks.md", tasks), ("tasks.md", tasks)])
    assert [file.name for file in dropped.files] == ["requirements.md", "tasks.md", "tasks.md (2)"]
    assert {finding.place.file for finding in dropped.findings} >= {"tasks.md", "tasks.md (2)"}
    assert any("No task covers 1.1" in finding.message for finding in dropped.across)
    assert not any("No task covers" in finding.message for finding in dropped.findings)


def test_tasks_beside_what_is_stored_are_no_plan_as_it_stands() -> None:
    tasks = ("tasks.md", b"- [ ] 1. Begin")
    assert read_dropped([tasks]).is_plan_as_it_stands
    assert not read_dropped([tasks, ("entity_specs.txt", SPECS)]).is_plan_as_it_stands
    assert not read_dropped([("design.md", b"x")]).is_plan_as_it_stands


def test_secrets_are_taken_out_and_names_are_plain() -> None:
    (file,) = read_dropped([("..\\a\u202e\nb.md", b"token xoxb-1234567890-abcdef")]).files
    assert file.name == "../ab.md"
    assert "xoxb-1234567890" not in file.text


def test_what_is_more_than_is_read_at_once_is_named_and_the_rest_is_read() -> None:
    tasks = b"- [ ] 1. Begin\n" + b"x" * 250_000
    folder = packed({f"{number}/tasks.md": tasks for number in range(5)} | {"big/PLAN.md": b"x" * (256 * 1024 + 1)})
    dropped = read_dropped([("all.zip", folder)])
    assert [file.kind for file in dropped.files] == [FileKind.TASKS] * 4 + [FileKind.UNREAD] * 2
    assert [file.name for file in dropped.files[4:]] == ["4/tasks.md", "big/PLAN.md"]
    assert "more than I read at once" in dropped.files[4].problem
    assert "larger than 256 kB" in dropped.files[5].problem
