"""Facts that are kept are short, plain and without secrets, however hostile the repository is."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bot.inspection import source_tree
from bot.inspection.facts import RepositoryFacts, facts_of, inspect_repository
from bot.inspection.kept import for_keeping
from bot.inspection.source_tree import SourceTree

TOKEN = "ghp_" + "a" * 36


def test_secrets_go_and_texts_are_short(tmp_path: Path) -> None:
    files = {
        "requirements.txt": f"fastapi @ git+https://me:{TOKEN}@example.org/{'x' * 5000}\n",
        "a.py": f'class {"B" * 500}(Base):\n    __tablename__ = "{TOKEN}"\n',
        **{f"broken{number}.py": "def (:" for number in range(50)},
    }
    kept = for_keeping(facts_of(SourceTree(files=files), "shop\n\x1b[2J"))
    text = json.dumps(kept.model_dump(mode="json"))

    assert TOKEN not in text
    assert max(len(fact.value) for fact in kept.facts) <= 300
    assert len(kept.ways.entities[0].name) == 80
    assert kept.name == "shop [2J"
    assert (len(kept.left_out), kept.left_out[-1]) == (20, "31 more were not read.")
    assert for_keeping(kept) == kept
    assert RepositoryFacts.model_validate(json.loads(text)) == kept


def test_a_name_that_is_no_unicode_can_be_shown_and_stored(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    Path(os.fsdecode(folder + b"/b\xff\n.py")).write_text('class Book(Base):\n    __tablename__ = "books"\n')
    found = inspect_repository(tmp_path)

    assert found.ways.entities[0].place == "b??.py:1"
    assert json.dumps(found.model_dump(mode="json"), ensure_ascii=False).encode()


def test_a_folder_of_endless_names_is_not_walked_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_tree, "MOST_NAMES", 3)
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "deeper").mkdir()
    for number in range(3):
        (tmp_path / "deeper" / f"{number}.py").write_text("")

    found = inspect_repository(tmp_path)

    assert any("the rest was not looked at" in sentence for sentence in found.left_out)
