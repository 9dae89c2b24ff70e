"""Checking a tree of files: judged in a throwaway folder, by words of the allow-list, until the first that fails."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.verification.environments import Environment
from bot.verification.evidence import Check
from bot.verification.judges import CheckResult, run_judge
from bot.verification.sandbox import Sandbox, Trust

__all__ = ["AT_ONCE", "Workshop", "check_tree", "failed", "in_order", "write_files"]

AT_ONCE = max(1, min(4, os.cpu_count() or 1))
"""How many judges run side by side: most of a judge's time is one processor's."""


@dataclass(frozen=True)
class Workshop:
    """Where and how trees are judged."""

    folder: Path
    sandbox: Sandbox
    environment: Environment | None


async def check_tree(
    words: Sequence[str], tree: Mapping[str, bytes], workshop: Workshop, trust: Trust, at_once: int = AT_ONCE
) -> tuple[Check, ...]:
    """Judge a tree and return the checks in the order of the words; nothing that a judge writes comes back."""
    await asyncio.to_thread(workshop.folder.mkdir, parents=True, exist_ok=True)
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, dir=workshop.folder, prefix="check-"))
    try:
        await asyncio.to_thread(write_files, tree, folder)
        checks: list[Check] = []
        jobs = (partial(run_judge, word, folder, workshop.environment, trust, workshop.sandbox) for word in words)
        async with contextlib.aclosing(in_order(jobs, at_once)) as results:
            async for result in results:
                checks.append(check_of(result))
                if not result.passed:
                    break
        return tuple(checks)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def in_order[Result](jobs: Iterable[Callable[[], Awaitable[Result]]], at_once: int) -> AsyncGenerator[Result]:
    """Run jobs side by side and give their results in the order of the jobs; what still runs at the end is cancelled.

    A job is begun when fewer than ``at_once`` before it are unread.
    """
    begun: deque[asyncio.Future[Result]] = deque()
    try:
        for job in jobs:
            begun.append(asyncio.ensure_future(job()))
            if len(begun) == at_once:
                yield await begun[0]
                begun.popleft()
        while begun:
            yield await begun[0]
            begun.popleft()
    finally:
        for running in begun:
            running.cancel()
        await asyncio.gather(*begun, return_exceptions=True)


def check_of(result: CheckResult) -> Check:
    """Return what is kept of a judge's result."""
    return Check(
        word=result.word,
        passed=result.passed,
        exit_code=result.exit_code,
        collected=result.collected,
        passed_tests=result.passed_tests,
        seconds=result.seconds,
        tail=result.tail[-4000:],
        not_run_reason=result.not_run_reason,
    )


def failed(checks: Sequence[Check]) -> Check | None:
    """Return the check that did not pass, or None."""
    return next((check for check in checks if not check.passed), None)


def write_files(tree: Mapping[str, bytes], folder: Path) -> None:
    """Write files below a folder that is our own and empty."""
    for path, content in tree.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
