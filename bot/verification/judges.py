"""The judges: an allow-list of words, each one command of ours over a tree, each with a result that is evidence."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import ruff  # type: ignore[import-untyped]  # it ships no types
from filelock import AsyncFileLock

from bot.documents.frozen import Frozen
from bot.patterns import regex
from bot.repository.errors import UnsafePath
from bot.repository.paths import check_path
from bot.verification.environments import Environment
from bot.verification.execution import Execution
from bot.verification.judge_words import JUDGES
from bot.verification.sandbox import INTERPRETER, Job, Limits, Sandbox, Trust

__all__ = ["CheckResult", "UnknownJudge", "check_judge", "run_judge"]

TAIL_LINES = 40
TAIL_CHARACTERS = 4000
MYPY_FOLDERS = ("app", "tests")
DATABASE = {"DATABASE_URL": "sqlite+aiosqlite:///{scratch}/judge.db"}
"""Where the judged service keeps its rows; the variable's name is part of what the blueprint promises."""
UNSEEN = regex(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Escape sequences and control characters of a terminal."""


class UnknownJudge(Exception):  # noqa: N818 - says what happened
    """A word that isn't on the list, or paths that pytest may not be given."""


class CheckResult(Frozen):
    """What a judge found. ``exit_code`` is None where the clock ended it, or where it was not run (see the reason).

    ``collected`` and ``passed_tests`` count tests, for pytest only. ``tail`` is the end of the output.
    """

    word: str
    passed: bool
    exit_code: int | None
    collected: int = 0
    passed_tests: int = 0
    seconds: float = 0.0
    tail: str = ""
    not_run_reason: str = ""


def check_judge(word: str) -> None:
    """Raise UnknownJudge unless the word is on the list, with paths inside the tree where it takes any."""
    if word in JUDGES:
        return
    first, *paths = word.split(" ")
    if first != "pytest":
        raise UnknownJudge(f"{word[:80]!a} isn't a check that may run; use one of: {', '.join(JUDGES)}.")
    for path in paths:
        try:
            check_path(path)
        except UnsafePath as error:
            raise UnknownJudge(f"pytest can't be given that path. {error}") from None
        if path.startswith("-"):
            raise UnknownJudge(f"pytest takes paths only here, not the option {path[:80]!a}.")


async def run_judge(
    word: str,
    folder: Path,
    environment: Environment | None,
    trust: Trust,
    sandbox: Sandbox,
    limits: Limits | None = None,
) -> CheckResult:
    """Run one judge over a tree, and leave nothing in it. Raises UnknownJudge.

    A tree that may not run here is not run, which is no pass. Judges that only read (``python-syntax`` and ruff) run
    none of the tree's code, so they run for every tree. A pytest without one passed test is not passed.
    """
    check_judge(word)
    limits = limits or Limits()
    if word == "python-syntax" or word.startswith("ruff "):
        return result_of(word, await sandbox.run(reading_job(word, folder, limits), Trust.TEMPLATES))
    if not sandbox.may_run(trust):
        return not_run(word, f"This tree holds code that nobody here vouches for. {sandbox.reason}")
    if environment is None:
        return not_run(word, "There is no environment for this tree yet; run make setup, then try again.")
    if word == "mypy":
        async with mypy_cache(environment):
            return result_of(word, await sandbox.run(mypy_job(folder, environment, trust, limits), trust))
    mark = f"planthread-{secrets.token_hex(8)}"
    return result_of(word, await sandbox.run(running_job(word, folder, environment, limits, mark), trust), mark)


def reading_job(word: str, folder: Path, limits: Limits) -> Job:
    """Return the job of a judge that runs none of the tree's code."""
    if word == "python-syntax":
        command: tuple[str, ...] = (str(INTERPRETER), "-I", "-S", "{judges}/syntax.py")
        return Job(command=command, folder=folder, copy_tree=False, limits=limits)
    program = Path(ruff.find_ruff_bin())
    options = ("check", "--no-fix", "--output-format=concise") if word == "ruff check" else ("format", "--check")
    command = (str(program), *options, "--no-cache", ".")
    return Job(command=command, folder=folder, copy_tree=False, readable=(program,), limits=limits)


def mypy_job(folder: Path, environment: Environment, trust: Trust, limits: Limits) -> Job:
    """Return the job of mypy. Trees of our own write its cache, which lies beside the environment; others a copy."""
    targets = [name for name in MYPY_FOLDERS if (folder / name).is_dir()] or ["."]
    own = trust is Trust.TEMPLATES
    cache = str(environment.mypy_cache) if own else "{scratch}/mypy-cache"
    return Job(
        command=(str(environment.python), "-m", "mypy", "--strict", "--cache-dir", cache, *targets),
        folder=folder,
        copy_tree=False,
        readable=(environment.path,),
        writable=(environment.mypy_cache,) if own else (),
        copied={} if own else {"mypy-cache": environment.mypy_cache},
        environment=variables(environment),
        limits=limits,
    )


def running_job(word: str, folder: Path, environment: Environment, limits: Limits, mark: str) -> Job:
    """Return the job of a judge that runs the tree's code, in a copy."""
    python = str(environment.python)
    extra: dict[str, str] = DATABASE
    if word.startswith("pytest"):
        paths = word.split(" ")[1:]
        options = ("-q", "--tb=short", "-p", "no:cacheprovider", "-p", "planthread_counting")
        command: tuple[str, ...] = (python, "-m", "pytest", *options, *paths)
        extra = {"PYTHONPATH": "{judges}/plugin", "PLANTHREAD_MARK": mark}
    elif word == "alembic round-trip":
        command = (python, "{judges}/round_trip.py")
    else:
        command = (python, "{judges}/application.py", *(["openapi"] if word == "openapi" else []))
    return Job(
        command=command,
        folder=folder,
        readable=(environment.path,),
        environment=variables(environment) | extra,
        limits=limits,
    )


def variables(environment: Environment) -> dict[str, str]:
    """Return the variables that make an environment the one in use."""
    path = f"{environment.path / 'bin'}:/usr/local/bin:/usr/bin:/bin"
    return {"PATH": path, "VIRTUAL_ENV": str(environment.path)}


@contextlib.asynccontextmanager
async def mypy_cache(environment: Environment) -> AsyncIterator[None]:
    """Hold mypy's cache while it may be written, or is copied."""
    await asyncio.to_thread(environment.mypy_cache.mkdir, exist_ok=True)
    async with AsyncFileLock(environment.mypy_cache.with_suffix(".mypy-lock")):
        yield


def not_run(word: str, reason: str) -> CheckResult:
    """Return the result of a judge that was not run."""
    return CheckResult(word=word, passed=False, exit_code=None, not_run_reason=reason)


def result_of(word: str, run: Execution, mark: str = "") -> CheckResult:
    """Return what a run shows; the counts are in the last line that begins with the mark."""
    counts = re.findall(rf"^{mark} (\d+) (\d+)$", run.output, re.MULTILINE)[-1:] if mark else []
    collected, passed_tests = (int(counts[0][0]), int(counts[0][1])) if counts else (0, 0)
    passed = run.exit_code == 0 and (passed_tests > 0 or not word.startswith("pytest"))
    lines = [line.rstrip() for line in UNSEEN.sub("", run.output).splitlines() if not mark or mark not in line]
    while lines and not lines[-1]:
        lines.pop()
    if run.timed_out:
        lines.append(f"stopped after {run.seconds:.0f} s")
    return CheckResult(
        word=word,
        passed=passed,
        exit_code=run.exit_code,
        collected=collected,
        passed_tests=passed_tests,
        seconds=run.seconds,
        tail="\n".join(lines[-TAIL_LINES:])[-TAIL_CHARACTERS:],
    )
