"""What `make peers` reads out of the judges' output, and the table that it prints. No network, no peer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.documents.entities.entity_specs_reader import read_entity_specs
from tests.generated_services.judges.base import CannotJudge, Workbench
from tests.generated_services.outside_tools import OutsideTools
from tests.generated_services.peers.__main__ import judged, main
from tests.generated_services.peers.looks import (
    LOOKS,
    Look,
    counts_told,
    edits_told,
    failures_of_steps,
    failures_told,
    last_error,
    look_at,
    types_told,
)
from tests.generated_services.peers.projects import (
    INPUTS,
    MYPY,
    NEW_FIELD,
    Address,
    Project,
    environment_with,
    in_folder,
)
from tests.generated_services.peers.recipes import PEERS, fastapi_forge, planthread
from tests.generated_services.peers.table import COLUMNS, markdown, write_json
from tests.generated_services.programs import Ended


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("TOTAL   410   60    85%\n15 passed in 3.2s", "15 passed, 85 % covered"),
        (
            "TOTAL   400   21   80   4    94%\n2 failed, 15 passed, 1 error in 3s",
            "15 passed, 2 failed, 1 error, 94 % covered",
        ),
        ("ImportError while loading conftest", "could not start"),
    ],
)
def test_what_pytest_counted(output: str, said: str) -> None:
    assert counts_told(output) == said


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("Success: no issues found in 61 source files", "0 errors in 61 files"),
        ("Success: no issues found in 1 source file", "0 errors in 1 files"),
        ("a.py:1: error: x\nFound 1 error in 1 file (checked 40 source files)", "1 errors in 1 files"),
        ("Found 77 errors in 12 files (checked 40 source files)", "77 errors in 12 files"),
        ("error: Error importing plugin", "could not start"),
        ("Found 1 error in 1 file (errors prevented further checking)", "could not start"),
    ],
)
def test_what_mypy_counted(output: str, said: str) -> None:
    assert types_told(output) == said


def test_failures_of_schemathesis_are_told_with_those_of_5xx() -> None:
    output = "Failures:\n  ❌ Server error: 9\n  ❌ Undocumented HTTP status code: 12\n"
    figures = "4333 cases, 21 failures, 900 accepted, 2 operations without a row"

    assert failures_told(output, figures) == "21 failures (9 of 5xx) in 4333 cases"


def test_a_run_of_schemathesis_without_a_report_is_no_run_without_failures() -> None:
    assert failures_told("could not load the schema", "no report") == "could not start"


def test_the_error_of_a_command_is_its_last_line_that_names_one() -> None:
    output = "Traceback\nValueError: first\nDuplicateObjectError: type exists\nfor more see the page"

    assert last_error(output) == "DuplicateObjectError: type exists"
    assert last_error("nothing known\nthe last line") == "the last line"


def test_each_step_of_alembic_that_fails_is_named_once() -> None:
    differs, exists = Ended(255, "FAILED: New upgrade operations detected", 1), Ended(1, "Error: type exists", 1)

    told = failures_of_steps([("check", differs), ("check", differs), ("upgrade head", exists)])

    assert told.split("; ") == [
        "`alembic check` fails: FAILED: New upgrade operations detected",
        "`alembic upgrade head` fails: Error: type exists",
    ]
    assert failures_of_steps([]) == "down and up again"


def test_edits_that_are_gone_are_named() -> None:
    assert (
        edits_told(("a.py", "b.py"), ["b.py"], added=False)
        == "edit in `a.py` LOST, edit in `b.py` kept, field NOT added"
    )


def test_the_table_has_a_row_for_each_peer_and_an_empty_cell_for_what_was_not_asked(tmp_path: Path) -> None:
    results = {
        "One 1.0": {"made": Look(True, "in 3 s"), "mypy": Look(False, "2 errors | in\n1 files", "a.py:1: error")},
        "Two 2.0": {"made": Look(False, "make ended with 1"), "own tests": Look(None, "a library")},
    }

    lines = markdown(results).splitlines()

    assert lines[0] == f"|  | {' | '.join(COLUMNS)} |"
    assert lines[2] == "| One 1.0 | ✓ in 3 s |  | ✗ 2 errors ¦ in 1 files |  |  |  |"
    assert lines[3] == "| Two 2.0 | ✗ make ended with 1 | – a library |  |  |  |  |"
    write_json(results, "judges of today", tmp_path / "new" / "peers.json")
    kept = json.loads((tmp_path / "new" / "peers.json").read_text(encoding="utf-8"))
    assert kept["judges"] == "judges of today"
    assert kept["peers"]["One 1.0"]["mypy"] == {
        "ok": False,
        "figures": "2 errors | in\n1 files",
        "output": "a.py:1: error",
    }


def test_the_address_of_a_database_is_read_as_each_service_wants_it() -> None:
    assert Address("sqlite+aiosqlite:////tmp/x/judged.db", 1).file == Path("/tmp/x/judged.db")
    assert Address("postgresql+asyncpg://service@127.0.0.1:5433/judged_1", 1).server == (
        *("127.0.0.1", "5433", "service", "judged_1"),
    )


class Forgetful:
    """A peer that writes its file anew, without what people wrote into it."""

    name, database, lacks = "Forgetful 1.0", "sqlite", {"mypy": "has no types"}

    def make(self, bench: Workbench, place: Path) -> Project:
        place.mkdir()
        (place / "line.py").write_text("price = 1\n", encoding="utf-8")
        return Project(
            place, place, ("line.py",), lambda _: (), "/openapi.json", edited=("line.py",), shows_field="line.py"
        )

    def make_again(self, bench: Workbench, project: Project) -> None:
        (project.folder / "line.py").write_text(f"price = 1\n{NEW_FIELD} = 0\n", encoding="utf-8")


class Broken(Forgetful):
    """A peer whose second run fails."""

    def make_again(self, bench: Workbench, project: Project) -> None:
        in_folder("broken again", ("sh", "-c", "echo 'OSError: it is full'; exit 3"), project.folder)


class Homeless(Forgetful):
    """A peer for which the machine lacks a database."""

    def make(self, bench: Workbench, place: Path) -> Project:
        raise CannotJudge("no PostgreSQL (`apt-get install postgresql`)")


def workbench() -> Workbench:
    return Workbench(OutsideTools(Path("nowhere"), None, Path("nowhere")))


def test_an_edit_that_is_written_over_is_seen_as_lost(tmp_path: Path) -> None:
    peer = Forgetful()
    project = peer.make(workbench(), tmp_path / "made")

    look = look_at("made again", peer, project, workbench(), tmp_path / "notes")

    assert look == Look(False, "edit in `line.py` LOST, field added")


def test_a_step_that_fails_says_which_and_keeps_what_was_printed(tmp_path: Path) -> None:
    peer = Broken()
    project = peer.make(workbench(), tmp_path / "made")

    look = look_at("made again", peer, project, workbench(), tmp_path / "notes")

    assert (look.ok, look.figures) == (False, "broken again ended with 3")
    assert "it is full" in look.output


def test_a_look_that_breaks_is_a_line_of_the_table_and_ends_no_run(tmp_path: Path) -> None:
    peer = Forgetful()
    project = peer.make(workbench(), tmp_path / "made")

    look = look_at("own tests", peer, project, workbench(), tmp_path / "notes")

    assert look.ok is False
    assert look.figures.startswith("FileNotFoundError:")


def test_a_peer_for_which_the_machine_lacks_something_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANTHREAD_CACHE", str(tmp_path))

    assert judged(Homeless(), workbench(), list(LOOKS)) == {
        "made": Look(False, "no PostgreSQL (`apt-get install postgresql`)")
    }


def test_what_a_peer_lacks_is_neither_passed_nor_failed(tmp_path: Path) -> None:
    peer = Forgetful()
    project = peer.make(workbench(), tmp_path / "made")

    assert look_at("mypy", peer, project, workbench(), tmp_path / "notes") == Look(None, "has no types")


def test_peers_name_their_version_and_only_looks_that_there_are() -> None:
    assert [peer.name for peer in PEERS if not any(letter.isdigit() for letter in peer.name)] == [PEERS[0].name]
    assert {look for peer in PEERS for look in peer.lacks} <= set(LOOKS)


def test_the_added_field_has_its_place_in_what_is_given_to_generators() -> None:
    specs = (INPUTS / "entity_specs.txt").read_text(encoding="utf-8")
    read = read_entity_specs(specs, "entity_specs.txt")

    assert [entity.name for entity in read.specs.entities] == ["Customer", "Purchase", "Line"]
    assert list(read.findings) == []
    assert specs.count(planthread.PRICE) == 1
    assert (INPUTS / "fastapi_forge.yaml").read_text(encoding="utf-8").count(fastapi_forge.PRICE) == 1


def test_an_environment_is_fetched_once_with_exactly_what_was_asked_for_and_mypy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANTHREAD_CACHE", str(tmp_path / "cache"))
    uv = tmp_path / "uv"
    uv.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path / "asked"}\n', encoding="utf-8")
    uv.chmod(0o755)
    bench = Workbench(OutsideTools(Path("nowhere"), None, uv))

    first, again = (environment_with(bench, "one", "one==1.0", "two[all]==2.0") for _ in range(2))

    asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    assert first == again
    assert first.parent.is_relative_to(tmp_path / "cache")
    assert [line.split()[0] for line in asked] == ["venv", "pip"]
    assert asked[1].endswith(f" one==1.0 two[all]==2.0 {MYPY}")


def test_a_name_that_no_peer_has_is_refused_with_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["django"]) == 2
    assert "fastcrud 0.23.0" in capsys.readouterr().err
