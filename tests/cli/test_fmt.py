"""`planthread fmt`: the same bytes back, always; with `--canonical` the form that Planthread itself writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.planning import SAMPLES, planthread
from tests.documents.reference_documents import reference_document

FILES = sorted(path for path in SAMPLES.rglob("*") if path.suffix in {".md", ".txt"})
SPECS = "ENTITY: Book\nFIELDS:\n  - id: Long (primary key)\n  - pageCount: int\n"
CANONICAL = """\
<entity_specs>
ENTITY: Book
TABLE: books
FIELDS:
  - id: int (primary key)
  - page_count: int
API_PATH: /api/v1/books
</entity_specs>
"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_sample_comes_back_byte_for_byte(file: Path) -> None:
    options = ("--as", "summary") if file.name == "grouped.md" else ()

    formatted = planthread("fmt", file, *options)

    assert formatted.exit_code == 0, formatted.stderr
    assert formatted.stdout_bytes == file.read_bytes()


@pytest.mark.parametrize("begins", ["000", "002", "003"])
def test_the_reference_documents_come_back_byte_for_byte(begins: str) -> None:
    file = reference_document(begins)

    assert planthread("fmt", file).stdout_bytes == file.read_bytes()


def test_bytes_that_are_no_text_come_back_through_a_real_pipe(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf- [ ] 1. caf\xe9 \x00\x1b\r\n\r- [x] 1.1 \xff  "
    (tmp_path / "tasks.md").write_bytes(data)

    command = [sys.executable, "-m", "bot.cli", "fmt", str(tmp_path / "tasks.md")]
    formatted = subprocess.run(command, capture_output=True, check=True)

    assert formatted.stdout == data


def test_the_canonical_form_is_printed_and_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "books.specs.txt"
    file.write_text(SPECS)

    formatted = planthread("fmt", file, "--canonical")

    assert (formatted.exit_code, formatted.stdout) == (0, CANONICAL)
    assert file.read_text() == SPECS


def test_the_file_is_changed_where_people_say_so(tmp_path: Path) -> None:
    file = tmp_path / "books.specs.txt"
    file.write_text(SPECS)
    file.chmod(0o640)

    formatted = planthread("fmt", file, "--canonical", "--write")

    assert (formatted.exit_code, formatted.stdout) == (0, "")
    assert file.read_text() == CANONICAL
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["books.specs.txt"]


def test_what_would_get_lost_is_said_and_nothing_is_written_unless_forced(tmp_path: Path) -> None:
    file = tmp_path / "books.specs.txt"
    file.write_text(f"{SPECS}\n  - by the way, keep it short\n")

    refused = planthread("fmt", file, "--canonical", "--write")

    assert refused.exit_code == 1
    assert "keep it short" in refused.stderr
    assert "--force goes ahead" in refused.stderr
    assert "keep it short" in file.read_text()
    assert planthread("fmt", file, "--canonical", "--write", "--force").exit_code == 0
    assert file.read_text() == CANONICAL


def test_a_document_that_says_nothing_is_not_written_anew(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text("Once upon a time.\n")

    refused = planthread("fmt", tmp_path / "tasks.md", "--canonical", "--write", "--force")

    assert refused.exit_code == 1
    assert (tmp_path / "tasks.md").read_text() == "Once upon a time.\n"


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_text("- [ ] 1. Store books\n" * 300_000)

    refused = planthread("fmt", tmp_path / "tasks.md")

    assert refused.exit_code == 1
    assert "is larger than 5 MB" in refused.stderr
