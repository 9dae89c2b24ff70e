"""`planthread build`: documents in, a repository out, and an exit code that scripts can rely on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.building import command
from bot.cli import app
from tests.git_commands import git

SPECS = """\
ENTITY: Book
TABLE: books
FIELDS:
  - id: int (primary key, auto-generated)
  - title: str (max 200)
  - created_at: datetime
  - updated_at: datetime
API_PATH: /api/v1/books
"""
ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
OPTIONS = ("--name", "Reading room", "--date", "2026-11-20", "--author", "Mara Lind <mara@example.org>")


@pytest.fixture
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give good entity_specs in an empty folder."""
    monkeypatch.chdir(tmp_path)
    document = tmp_path / "books.specs.txt"
    document.write_text(SPECS)
    return document


def build(specs: Path, out: str, *options: str) -> Result:
    return CliRunner().invoke(app, ["build", str(specs), "--out", out, *OPTIONS, *options])


def test_it_makes_one_commit_a_task_and_says_which(specs: Path) -> None:
    done = build(specs, "books", "--no-verify")

    assert done.exit_code == 0, done.stderr
    shown = [tuple(line.split()[:2]) for line in done.stdout.splitlines()[:-1]]
    log = git(Path("books"), "log", "--reverse", "--format=%(trailers:key=Plan-Task,valueonly,separator=%x2C) %h")
    made = [tuple(line.split()) for line in log.splitlines()]
    assert [commit for commit in made if len(commit) == 2] == shown
    assert set(git(Path("books"), "log", "--format=%an <%ae>").splitlines()) == {"Mara Lind <mara@example.org>"}
    assert done.stdout.splitlines()[-1] == "The repository is in books"
    assert git(Path("books"), "status", "--porcelain") == ""


def test_without_checks_every_box_stays_open(specs: Path) -> None:
    build(specs, "books", "--no-verify")

    pages = "\n".join(page.read_text() for page in Path("books", ".planning").rglob("*.md"))
    assert "[ ]" in pages
    assert "[x]" not in pages


def test_the_same_input_gives_the_same_commits_and_another_name_others(specs: Path) -> None:
    for out, options in {"one": (), "two": (), "three": ("--name", "Other room")}.items():
        assert build(specs, out, "--no-verify", *options).exit_code == 0

    first, second, third = (git(Path(out), "rev-parse", "main") for out in ("one", "two", "three"))
    assert first == second
    assert first != third


def test_findings_that_are_errors_leave_nothing_behind(specs: Path) -> None:
    specs.write_text("Please build me something nice.\n")

    done = build(specs, "books")

    assert done.exit_code == 1
    assert "error:" in done.stderr
    assert [path.name for path in specs.parent.iterdir()] == [specs.name]


def test_what_a_file_is_called_sends_nothing_to_a_terminal_but_text(specs: Path) -> None:
    hostile = specs.with_name("\x1b]0;mine\x07.specs.txt")
    hostile.write_text(SPECS + "Please build me something nice.\n")

    done = build(hostile, "books", "--no-verify")

    assert "\\x1b]0;mine\\x07.specs.txt:9:1: warning: " in done.stderr
    assert [char for char in done.stderr + done.stdout if not (char.isprintable() or char == "\n")] == []


def test_what_cannot_be_built_is_refused_in_a_sentence_that_names_the_file(specs: Path) -> None:
    specs.write_text(SPECS + "\n" + SPECS.replace("Book", "BookRead").replace("books", "book_reads"))

    done = build(specs, "books", "--no-verify")

    assert done.exit_code == 1
    refusal = "books.specs.txt can't be built as it is. The entity BookRead has the name of a class made for Book"
    assert done.stderr.splitlines()[-1].startswith(refusal)
    assert [path.name for path in specs.parent.iterdir()] == [specs.name]


def test_a_feature_that_is_not_there_is_named(specs: Path) -> None:
    done = build(specs, "books", "--features", "teleport", "--no-verify")

    assert done.exit_code == 2
    assert "teleport" in done.stderr
    assert "docker" in done.stderr, "and what there is"


def test_a_place_that_cannot_be_written_is_said_at_once(specs: Path) -> None:
    (specs.parent / "taken").write_text("a file, not a folder")

    done = build(specs, "taken/books", "--no-verify")

    assert done.exit_code == 2
    assert "can't be written" in done.stderr


def test_the_folder_where_one_stands_is_refused_for_a_new_repository_and_taken_for_an_old_one(
    specs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    specs.parent.joinpath("empty").mkdir()
    monkeypatch.chdir("empty")

    refused = build(specs, ".", "--no-verify")
    assert (refused.exit_code, list(Path.cwd().iterdir())) == (2, [])
    assert "--out empty" in refused.stderr

    assert build(specs, "empty", "--no-verify").exit_code == 0
    monkeypatch.chdir("empty")
    again = build(specs, ".", "--no-verify")
    assert (again.exit_code, again.stdout.splitlines()[-1]) == (0, "The repository is in .")


def test_a_link_to_an_empty_folder_is_followed(specs: Path) -> None:
    specs.parent.joinpath("real").mkdir()
    Path("link").symlink_to("real")

    assert build(specs, "link", "--no-verify").exit_code == 0
    assert Path("link").is_symlink()
    assert git(Path("real"), "status", "--porcelain") == ""


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*_specs.txt")), ids=lambda path: path.stem)
def test_an_example_is_built_without_a_finding(specs: Path, example: Path) -> None:
    done = build(example, "example", "--no-verify")

    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.environment
def test_with_checks_every_task_passes(specs: Path) -> None:
    done = build(specs, "books")

    assert done.exit_code == 0, done.stderr + done.stdout
    assert {line.split()[2] for line in done.stdout.splitlines()[:-1]} == {"passed"}


@pytest.mark.parametrize(
    "option", [("--name", "a\nb"), ("--name", " "), ("--name", "x" * 201), ("--date", "1969-01-01")]
)
def test_a_name_or_a_date_that_no_repository_can_have_is_wrong_usage(specs: Path, option: tuple[str, str]) -> None:
    done = build(specs, "books", "--no-verify", *option)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"planthread: {option[0]} ")
    assert len(done.stderr.splitlines()) == 1
    assert not Path("books").exists()


def test_a_file_with_a_long_name_gives_a_name_that_is_not(specs: Path) -> None:
    long = specs.rename(specs.with_name(f"{'word_' * 48}.txt"))
    done = CliRunner().invoke(app, ["build", str(long), "--out", "words", "--no-verify"])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("is_empty_at_first", [True, False])
def test_of_two_builds_at_once_the_second_says_that_the_first_was_there(
    specs: Path, monkeypatch: pytest.MonkeyPatch, is_empty_at_first: bool
) -> None:
    place = Path("books")
    if is_empty_at_first:
        place.mkdir()
    move = command.move_into_place

    def late(beside: Path, out: Path) -> None:
        """Let another build end while this one is about to."""
        arguments = ["build", str(specs), "--out", str(out), "--no-verify", *OPTIONS]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-m", "bot.cli", *arguments], env=environment, check=True, capture_output=True)
        move(beside, out)

    monkeypatch.setattr(command, "move_into_place", late)
    done = build(specs, "books", "--no-verify", "--name", "Other room")
    assert done.exit_code == 1
    assert f"Another build has just written {place.resolve()}, and it stays as it is." in done.stderr
    assert (place / "README.md").read_text().startswith("# Reading room")
    assert sorted(path.name for path in specs.parent.iterdir()) == ["books", specs.name]
