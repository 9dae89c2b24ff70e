"""The command line answers at once: what a command needs is imported when it runs, not before."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = (
    "aiohttp", "alembic", "dbos", "filelock", "githubkit", "jinja2", "openai", "pydantic_settings",
    "slack_bolt", "slack_sdk", "sqlalchemy", "sqlmodel", "starlette", "uvicorn",
)  # fmt: skip

PROGRAM = """
import contextlib, io, json, sys
from bot.cli import app
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    app({arguments})
print(json.dumps(sorted(sys.modules)))
"""


def modules_after(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(arguments=list(arguments))], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


def test_the_list_of_commands_imports_nothing_heavy() -> None:
    modules = modules_after("--help")

    assert "bot.cli" in modules
    assert modules.isdisjoint({*HEAVY, "pydantic"})


@pytest.mark.parametrize(
    "command",
    ["local", "serve", "new", "build", "lint", "show", "fmt", "tick", "convert", "eval", "rules", "inspect", "doctor"],
)
def test_the_help_of_a_command_imports_nothing_heavy(command: str) -> None:
    """Typer itself brings Pydantic in where a command has options."""
    assert modules_after(command, "--help").isdisjoint(HEAVY)
