"""Judges of how a service is installed: its lock, its requirements, and Poetry."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.generated_services.judges.base import Case, Judged, judged
from tests.generated_services.programs import Ended, environment_of, run

__all__ = ["lock_is_current", "poetry_installs", "poetry_is_content", "requirements_match"]

EXPORT = ("export", "--frozen", "--no-dev", "--no-hashes", "--no-header", "--no-annotate")
SIMPLE_INDEX = "https://pypi.org/simple/"
"""What Poetry reads in the copy: mirrors offer it too, unlike PyPI's own JSON."""


def run_uv(case: Case, *command: str) -> Ended:
    """Run uv in the service's folder, with the cache of this machine."""
    uv = case.workbench.tools.uv
    return run([uv, *command], case.service.folder, environment_of(Path.home()))


def lock_is_current(case: Case) -> Judged:
    """Run `uv lock --check`."""
    return judged(run_uv(case, "lock", "--check", "--no-python-downloads", "--python", sys.executable))


def requirements_match(case: Case) -> Judged:
    """Compare requirements.txt with what uv exports from the lock."""
    done = run_uv(case, *EXPORT, "--quiet")
    wanted, found = packages(done.output), packages((case.service.folder / "requirements.txt").read_text("utf-8"))
    differing = sorted(wanted ^ found)
    return Judged(done.ok and not differing, f"{len(found)} packages", "\n".join(differing) or done.output[-2000:])


def packages(text: str) -> set[str]:
    """Return the lines of a requirements file that name a package."""
    return {line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")}


def poetry_is_content(case: Case) -> Judged:
    """Run `poetry check`."""
    return judged(case.run_tool("poetry", "check", "--no-interaction"))


def poetry_installs(case: Case) -> Judged:
    """Lock and install with Poetry in a copy, and import the application from there."""
    copy = case.copy_of_service()
    tools = case.workbench.tools.python
    variables = {"POETRY_VIRTUALENVS_IN_PROJECT": "true", "POETRY_NO_INTERACTION": "1"}
    environment = environment_of(case.scratch, tools, **variables)
    commands = (
        ["poetry", "source", "add", "--priority=primary", "simple", SIMPLE_INDEX],
        ["poetry", "lock"],
        ["poetry", "install"],
        ["poetry", "run", "python", "-c", "import app.main"],
    )
    return judged(*(run([tools / command[0], *command[1:]], copy, environment) for command in commands))
