"""`planthread rules`: what holds is shown, changed with a revision, and refused while it is wrong."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.planning.shipped_rules import shipped_text
from bot.store.database import Database, sqlite_url
from bot.store.tables import Plan

OURS = "- H1: Speak of loans (checked by mypy)\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the data folder of an otherwise empty working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLANTHREAD_DATABASE_URL", raising=False)
    monkeypatch.setenv("PLANTHREAD_DATA", str(tmp_path / "data"))
    Path("ours.md").write_text(OURS)
    return tmp_path / "data"


def rules(*words: str) -> Result:
    return CliRunner().invoke(app, ["rules", *words])


def plans_in(data: Path, *workspaces: str) -> None:
    assert CliRunner().invoke(app, ["db", "upgrade"]).exit_code == 0

    async def add() -> None:
        database = Database(sqlite_url(data / "plans.db"))
        async with database.write() as session:
            for name in workspaces:
                session.add(Plan(workspace=name, channel="C1", handle="a", title="A", stage="gathering", starter="U1"))
        await database.close()

    asyncio.run(add())


def test_the_rules_of_the_only_workspace_are_shown_changed_and_shown_again(data: Path) -> None:
    plans_in(data, "T1")

    shipped = rules("show")
    changed, again = rules("set", "ours.md", "--by", "Mara"), rules("set", "ours.md")
    ours, history = rules("show"), rules("history")

    assert (shipped.exit_code, shipped.stdout) == (0, shipped_text())
    assert "nobody has changed them in T1" in shipped.stderr
    assert changed.stdout == "Revision 1 holds in T1: 1 rules. The next build follows them.\n"
    assert again.stdout == "These rules hold in T1 already.\n"
    assert ours.stdout == OURS
    assert ours.stderr.startswith("Revision 1, ")
    assert ours.stderr.endswith(" UTC, by Mara.\n")
    assert history.stdout.startswith("1  ")
    assert "  Mara  " in history.stdout


def test_rules_that_are_wrong_change_nothing_and_each_place_is_named(data: Path) -> None:
    plans_in(data, "T1")
    Path("wrong.md").write_text("- H1: a\n- H1: b (checked by magic)\n- no id\n")

    refused, checked = rules("set", "wrong.md"), rules("check", "wrong.md")

    for result in (refused, checked):
        assert result.exit_code == 1
        assert "wrong.md:3:1: error: “no id” is no rule" in result.stdout
    assert "nobody has changed them" in rules("show").stderr
    assert rules("check", "ours.md").exit_code == 0


def test_several_workspaces_are_told_apart(data: Path) -> None:
    plans_in(data, "T1", "T2")

    refused, fine, other = rules("show"), rules("set", "ours.md", "--workspace", "T2"), rules("show", "--workspace=T1")

    assert refused.exit_code == 1
    assert "There are several workspaces: T1 and T2. Name one with `--workspace`." in refused.stderr
    assert fine.exit_code == 0
    assert other.stdout == shipped_text()


def test_without_a_plan_or_a_database_it_says_what_to_do(data: Path) -> None:
    missing = rules("show")
    plans_in(data)
    nobody = rules("show")

    assert (missing.exit_code, nobody.exit_code) == (1, 1)
    assert "The database is not there yet. Run `planthread db upgrade` first" in missing.stderr
    assert "No workspace has a plan yet" in nobody.stderr


def test_plans_of_the_terminal_have_rules_of_their_own(data: Path) -> None:
    assert rules("set", "ours.md", "--terminal").stdout.startswith("Revision 1 holds in terminal")
    assert rules("show", "--terminal").stdout == OURS
    assert not (data / "plans.db").exists()


def test_the_checks_that_a_rule_may_name_are_listed(data: Path) -> None:
    listed = rules("checks").stdout

    assert "mypy: `uv run mypy`\n" in listed
    assert "ruff CODE: a rule of ruff that is on in generated services: ASYNC, B, " in listed
    assert "code asserts: every test asserts something, and there is one\n" in listed
