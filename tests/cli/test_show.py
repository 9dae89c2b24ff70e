"""`planthread show`: what a planning file says, as an outline or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.planning import SAMPLES, on_a_terminal, plain, planthread

FILES = sorted(path for path in SAMPLES.rglob("*") if path.suffix in {".md", ".txt"} and path.name != "grouped.md")


def test_a_checklist_is_shown_by_number_with_what_disagrees() -> None:
    shown = planthread("show", SAMPLES / "tasks" / "002-bakery.tasks.md")

    lines = shown.stdout.splitlines()
    assert shown.exit_code == 0
    assert any(line.startswith("[ ] 2 ") and "its sub-tasks say done" in line for line in lines)
    assert any(line.startswith("  [x] 2.1 ") and "requirements " in line for line in lines)
    assert "planthread lint" in shown.stderr


def test_entity_specs_are_shown_as_the_grammar_writes_them() -> None:
    shown = planthread("show", SAMPLES / "entity_specs" / "java.txt").stdout.splitlines()

    assert shown[0].endswith("enums") or shown[0].endswith("enum")
    assert any(line.startswith("  id: ") for line in shown)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_sample_is_shown_and_given_as_json(file: Path) -> None:
    outline = planthread("show", file)
    model = json.loads(planthread("show", file, "--format", "json").stdout)

    assert outline.exit_code == 0
    assert len(outline.stdout.splitlines()) > 1
    assert any(model.values())


def test_a_terminal_shows_boxes_in_colour() -> None:
    code, shown = on_a_terminal("show", SAMPLES / "tasks" / "002-bakery.tasks.md")

    assert code == 0
    assert "\x1b[32m[x]" in shown
    assert plain(shown).splitlines()[1].startswith("[")


def test_an_unknown_file_says_which_formats_there_are(tmp_path: Path) -> None:
    (tmp_path / "poem.txt").write_text("Roses\n")

    refused = planthread("show", tmp_path / "poem.txt")

    assert refused.exit_code == 2
    assert "say which it is with --as" in refused.stderr


def test_bytes_that_are_no_text_are_shown_as_escapes(tmp_path: Path) -> None:
    (tmp_path / "tasks.md").write_bytes(b"- [ ] 1. caf\xe9 \x1b[2J\n")

    outline = planthread("show", tmp_path / "tasks.md")
    model = planthread("show", tmp_path / "tasks.md", "--format", "json")

    assert outline.exit_code == model.exit_code == 0
    assert "\x1b" not in outline.stdout
    assert json.loads(model.stdout)["tasks"][0]["number"] == "1"


def test_what_a_file_is_called_reaches_a_terminal_as_text(tmp_path: Path) -> None:
    file = tmp_path / "\x1b]0;mine\x07\udcff.md"
    file.write_text("Buy milk.\n")

    shown = planthread("show", file)

    assert shown.exit_code == 2
    assert "\\x1b]0;mine\\x07\\udcff.md looks like no planning format" in shown.stderr
