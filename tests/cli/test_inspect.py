"""`planthread inspect`: a table for people, JSON for programs, and a plan held against both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app


def inspect(*words: str) -> Result:
    return CliRunner().invoke(app, ["inspect", *words])


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "requirements.txt").write_text("fastapi==0.110\nsqlalchemy==2.0\nasyncpg\npydantic==2.5\n")
    (tmp_path / "main.py").write_text("from pydantic import validator\n")
    return tmp_path


def test_each_fact_has_its_evidence_in_text_and_in_json(repository: Path) -> None:
    text, data = inspect(str(repository)), json.loads(inspect(str(repository), "--format", "json").stdout)

    assert text.exit_code == 0
    assert "database drivers  asyncpg  [requirements.txt:3]" in text.stdout
    assert "Two versions of Pydantic: 1 at main.py:1 and 2 at requirements.txt:4." in text.stderr
    assert {"name": "Alembic", "value": "none", "evidence": ["requirements.txt:2"]} in data["facts"]
    assert data["ways"]["is_asynchronous"] is True
    assert [finding["rule"] for finding in data["findings"]] == ["pydantic-versions"]


def test_a_plan_that_does_not_keep_to_it_is_an_error(repository: Path, tmp_path: Path) -> None:
    plan = tmp_path / "tasks.md"
    plan.write_text("- [ ] 1. Store books\n  - engine = create_engine(url)\n  - alembic upgrade head\n")

    refused = inspect(str(repository), "--plan", str(plan))
    plan.write_text("- [ ] 1. Store books with AsyncSession\n")

    assert refused.exit_code == 1
    assert f"{plan}:2:1: error: The repository is asynchronous" in refused.stderr
    assert f"{plan}:3:1: error: The repository has no Alembic" in refused.stderr
    assert inspect(str(repository), "--plan", str(plan)).exit_code == 0


def test_what_is_no_repository_is_wrong_usage(tmp_path: Path) -> None:
    result = inspect(str(tmp_path / "missing"))

    assert result.exit_code == 2
    assert "is no folder; name the folder of a repository." in result.stderr
