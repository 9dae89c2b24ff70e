"""The page about formats: each example is read by its reader and is its own canonical form; the table is the code's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.checks.lint import lint_documents
from bot.documents.conversion import CanonicalForm, canonical_form
from bot.documents.entities.declared_rules import RULE_FORMS
from bot.documents.entities.entity_specs import SCALAR_TYPES, Cardinality, OnDelete
from bot.documents.findings import Severity
from bot.documents.formats import FORMAT_FILES, Format, detect_format
from bot.documents.readers import read_document
from bot.documents.requirements.ears import ears
from scripts import formats_page
from scripts.docs import ROOT

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
EXAMPLE = re.compile(r"^````(?:markdown|text) (?P<format>[a-z-]+)\n(?P<text>.*?)^````$", re.MULTILINE | re.DOTALL)


def page() -> str:
    """Return the page."""
    return PAGE.read_text(encoding="utf-8")


def examples() -> dict[Format, str]:
    """Return the example of each format."""
    return {Format(match["format"]): match["text"] for match in EXAMPLE.finditer(page())}


def test_every_format_has_an_example() -> None:
    assert list(examples()) == list(Format)


@pytest.mark.parametrize("known", list(Format))
def test_an_example_is_its_own_canonical_form(known: Format) -> None:
    text = examples()[known]
    findings = read_document(known, text).findings
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []
    assert canonical_form(known, text) == CanonicalForm(text, ())


@pytest.mark.parametrize("known", list(Format))
def test_lint_has_nothing_to_say_about_an_example(known: Format) -> None:
    assert list(lint_documents({FORMAT_FILES[known]: (known, examples()[known])})) == []


def test_what_the_page_says_of_criteria_in_other_languages_holds() -> None:
    words = "WHEN ein Buch fehlt, THE Bibliothek SHALL …"
    assert f"`{words}`" in page()
    assert ears(words)
    assert ears("WENN ein Buch fehlt, SOLL die Bibliothek es suchen") is None


def test_what_the_page_says_of_boxes_without_a_number_holds() -> None:
    assert "(the canonical form gives them the next one)" in page()
    written = canonical_form(Format.TASKS, "# Implementation Plan\n\n- [ ] 1. Desk\n  - [ ] 1.1 Lend\n  - [ ] Print\n")
    assert "  - [ ] 1.2 Print\n" in written.text


@pytest.mark.parametrize("known", list(Format))
def test_a_format_is_told_by_its_name_and_by_its_example(known: Format) -> None:
    assert f"`{FORMAT_FILES[known]}`" in page()
    assert detect_format(FORMAT_FILES[known], examples()[known]) is known
    assert detect_format("notes.md", examples()[known]) is known


def test_the_grammar_has_every_type_modifier_and_rule() -> None:
    text = page()
    assert f"scalar   := {' '.join(SCALAR_TYPES)}" in text
    assert all(f"`{form.replace('|', chr(92) + '|')}`" in text for form in RULE_FORMS)
    assert all(cardinality.value in text for cardinality in Cardinality)
    assert f"`on delete {'|'.join(OnDelete)}`" in text


def test_the_table_is_that_of_the_code() -> None:
    assert formats_page.write_pairs(ROOT, only_compare=True) == 0
    assert "| **tasks.md** |" in formats_page.pairs_table()


def test_a_stale_table_is_told_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    part = formats_page.PAIRS_PART
    stale = tmp_path / "docs" / "formats.md"
    stale.parent.mkdir()
    stale.write_text(f"Before\n{part.begin}\nold\n{part.end}\nafter\n", encoding="utf-8")
    assert formats_page.write_pairs(tmp_path, only_compare=True) == 1
    assert capsys.readouterr().err == "docs/formats.md is stale: run `make docs` and commit it\n"
    assert formats_page.write_pairs(tmp_path, only_compare=False) == 0
    assert formats_page.write_pairs(tmp_path, only_compare=True) == 0
    assert stale.read_text(encoding="utf-8").startswith(f"Before\n{part.begin}\n| from")


def test_a_page_without_the_marks_is_refused() -> None:
    part = formats_page.PAIRS_PART
    with pytest.raises(ValueError, match="pairs: generated"):
        part.put("nothing here", "table")
    with pytest.raises(ValueError, match="end of pairs"):
        part.put(part.begin, "table")
