"""`planthread prompts show`: exactly what a model would be asked, and nothing that no stand-in would take."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.planning.model.shown_prompts import SHOWN_DECISIONS
from tests.stand_ins.model import what_is_missing

BRIEF = "A zoo: keepers with a name; animals with a name and a birthday. A keeper looks after many animals."


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["prompts", "show", *arguments], env={"PLANTHREAD_MODEL": "some-model"})
    return result.exit_code, result.output


@pytest.mark.parametrize("decision", SHOWN_DECISIONS)
def test_each_decision_shows_a_request_that_lacks_nothing(decision: str, tmp_path: Path) -> None:
    brief = tmp_path / "brief.txt"
    brief.write_text(BRIEF)
    code, shown = run(decision, "--brief", str(brief), "--format", "json")
    body = json.loads(shown)

    assert code == 0
    assert body["model"] == "some-model"
    told = () if decision in {"custom_task", "imported_task"} else ("A zoo: keepers with a name",)
    assert what_is_missing(body, told)[1] == ""


def test_a_repository_is_told_as_it_would_be_kept(tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text('class Animal(Base):\n    __tablename__ = "animals"\n')
    (tmp_path / "requirements.txt").write_text("sqlalchemy @ git+https://me:hunter22@example.org/sqlalchemy\n")
    code, shown = run("entity_specs", "--repository", str(tmp_path))

    assert code == 0
    assert f"repository: {tmp_path.name}" in shown
    assert "stored: Animal in animals (models.py:1)" in shown
    assert "hunter22" not in shown
    assert "[redacted password]" in shown


def test_what_is_no_repository_is_said(tmp_path: Path) -> None:
    code, shown = run("interview", "--repository", str(tmp_path))

    assert code == 2
    assert "name the folder of a repository" in shown


def test_as_text_it_is_system_prompt_and_schema_in_this_order() -> None:
    code, shown = run("entity_specs")

    assert code == 0
    marks = ["----- system -----", "----- user -----\n# Decision: entity_specs", "----- schema -----"]
    places = [shown.index(mark) for mark in marks]
    assert places == sorted(places)
    assert '"strict": true' in shown


def test_a_brief_of_the_evals_is_read(tmp_path: Path) -> None:
    brief = tmp_path / "zoo.toml"
    brief.write_text(f'title = "Zoo"\nstyle = "plain"\nbrief = "{BRIEF}"\n[[entities]]\nname = "Keeper"\n')

    assert "A zoo: keepers with a name" in run("interview", "--brief", str(brief))[1]


@pytest.mark.parametrize(
    ("arguments", "text", "code", "says"),
    [
        (["poetry"], BRIEF, 2, "there is no decision poetry; these are: interview, requirements"),
        (["interview"], "  \n", 2, "must hold a text"),
        (["task_plan"], "Good morning!", 1, "gives no plan"),
    ],
)
def test_what_can_not_be_shown_is_said(arguments: list[str], text: str, code: int, says: str, tmp_path: Path) -> None:
    brief = tmp_path / "brief.txt"
    brief.write_text(text)
    left, shown = run(*arguments, "--brief", str(brief))

    assert left == code
    assert says in shown
