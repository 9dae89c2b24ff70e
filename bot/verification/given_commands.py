"""Runs a command of the allow-list over a tree that a model wrote, for a plan of anybody's: in the sandbox only.

The tree may have any layout, so folders with a pyproject.toml are importable, as an editable install would make them;
nothing is installed, whatever the tree asks for.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from pathlib import Path, PurePosixPath

import ruff  # type: ignore[import-untyped]  # it ships no types

from bot.planning.imported.commands import AllowedCommand, Program
from bot.verification.environments import Environment
from bot.verification.judges import CheckResult, mypy_cache, not_run, result_of, variables
from bot.verification.sandbox import Job, Limits, Sandbox, Trust

__all__ = ["import_roots", "run_given"]

PROJECT_FILES = frozenset({"pyproject.toml", "setup.py", "setup.cfg"})
MOST_ROOTS = 20
WORK = "{scratch}/judged"
"""Where the copy of the tree is that a command runs in."""


async def run_given(
    command: AllowedCommand,
    folder: Path,
    paths: Collection[str],
    environment: Environment | None,
    sandbox: Sandbox,
    limits: Limits | None = None,
) -> CheckResult:
    """Run one command over a tree with these paths, and leave nothing in it.

    A path that the command names and that isn't there is no pass, and neither is a pytest without a passed test.
    """
    word, limits = command.shown(), limits or Limits()
    if missing := missing_path(command, paths):
        return CheckResult(word=word, passed=False, exit_code=None, tail=f"{missing} is not there")
    if command.program in {Program.RUFF_CHECK, Program.RUFF_FORMAT}:
        return result_of(word, await sandbox.run(ruff_job(command, folder, limits), Trust.TEMPLATES))
    if not sandbox.may_run(Trust.FOREIGN):
        return not_run(word, f"This tree holds code that nobody here vouches for. {sandbox.reason}")
    if environment is None:
        return not_run(word, "There is no environment for this tree yet; run make setup, then try again.")
    if command.program is Program.MYPY:
        async with mypy_cache(environment):
            job = mypy_job(command, folder, paths, environment, limits)
            return result_of(word, await sandbox.run(job, Trust.FOREIGN))
    mark = f"planthread-{secrets.token_hex(8)}"
    job = python_job(command, folder, paths, environment, limits, mark)
    return result_of(word, await sandbox.run(job, Trust.FOREIGN), mark)


def missing_path(command: AllowedCommand, paths: Collection[str]) -> str:
    """Return the first path of a command that a tree doesn't have; nothing where all are there."""
    named = [command.folder] if command.folder else []
    if command.program is not Program.IMPORT:
        options = {place + 1 for place, word in enumerate(command.arguments) if word == "-k"}
        for place, word in enumerate(command.arguments):
            if not word.startswith("-") and place not in options:
                named.append(str(PurePosixPath(command.folder, word.partition("::")[0])))
    return next((name for name in named if name != "." and not is_there(name, paths)), "")


def is_there(name: str, paths: Collection[str]) -> bool:
    """Tell whether a tree has a file or a folder of that name."""
    return name in paths or any(path.startswith(f"{name}/") for path in paths)


def import_roots(paths: Collection[str]) -> list[str]:
    """Return the folders that Python finds packages in: the root, and those with a project file, and their src."""
    projects = sorted(
        {str(PurePosixPath(path).parent) for path in paths if PurePosixPath(path).name in PROJECT_FILES} - {"."}
    )
    sources = [
        str(PurePosixPath(folder, "src"))
        for folder in (".", *projects)
        if is_there(str(PurePosixPath(folder, "src")), paths)
        and str(PurePosixPath(folder, "src", "__init__.py")) not in paths
    ]
    return [".", *projects, *sources][:MOST_ROOTS]


def python_path(command: AllowedCommand, paths: Collection[str]) -> str:
    """Return where Python looks for packages: the folder that the command starts in comes first."""
    roots = dict.fromkeys((command.folder or ".", *import_roots(paths)))
    return ":".join(WORK if root == "." else f"{WORK}/{root}" for root in roots)


def ruff_job(command: AllowedCommand, folder: Path, limits: Limits) -> Job:
    """Return the job of ruff, which reads and runs nothing of the tree."""
    program = Path(ruff.find_ruff_bin())
    options = ("check", "--no-fix") if command.program is Program.RUFF_CHECK else ("format", "--check")
    words = (str(program), *options, "--no-cache", *(command.arguments or (".",)))
    return Job(
        command=words, folder=folder, start_in=command.folder, copy_tree=False, readable=(program,), limits=limits
    )


def mypy_job(
    command: AllowedCommand, folder: Path, paths: Collection[str], environment: Environment, limits: Limits
) -> Job:
    """Return the job of mypy; plug-ins that the tree's settings name run in the sandbox too."""
    cache = ("--cache-dir", "{scratch}/mypy-cache")
    return Job(
        command=(str(environment.python), "-m", "mypy", *cache, *command.arguments),
        folder=folder,
        start_in=command.folder,
        readable=(environment.path,),
        copied={"mypy-cache": environment.mypy_cache},
        environment=variables(environment) | {"MYPYPATH": python_path(command, paths)},
        limits=limits,
    )


def python_job(
    command: AllowedCommand,
    folder: Path,
    paths: Collection[str],
    environment: Environment,
    limits: Limits,
    mark: str,
) -> Job:
    """Return the job of a command that runs the tree's code, in a copy."""
    python = str(environment.python)
    extra = {"PYTHONPATH": python_path(command, paths)}
    match command.program:
        case Program.PYTEST:
            options = ("-q", "--tb=short", "-p", "no:cacheprovider", "-p", "planthread_counting")
            words: tuple[str, ...] = (python, "-m", "pytest", *options, *command.arguments)
            extra = {"PYTHONPATH": f"{{judges}}/plugin:{extra['PYTHONPATH']}", "PLANTHREAD_MARK": mark}
        case Program.IMPORT:
            words = (python, "{judges}/imports.py", *command.arguments)
        case _:
            words = (python, "-m", "compileall", "-q", *command.arguments)
    return Job(
        command=words,
        folder=folder,
        start_in=command.folder,
        readable=(environment.path,),
        environment=variables(environment) | extra,
        limits=limits,
    )
