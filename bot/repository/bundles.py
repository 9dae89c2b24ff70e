"""Whole repositories in one file, and back."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.repository.git import Repository
from bot.repository.process import run_git

__all__ = ["bundle_of", "from_bundle"]

SECONDS = 600.0


async def bundle_of(repository: Path, to: Path) -> None:
    """Write every branch and tag of a bare repository into a file; one without any gives an empty file.

    Raises GitError.
    """
    place = await asyncio.to_thread(to.absolute)
    there = await run_git(("for-each-ref", "--count=1"), folder=repository)
    if not there.out:
        await asyncio.to_thread(place.touch)
        return
    await run_git(("bundle", "create", "--quiet", str(place), "--all"), folder=repository, seconds=SECONDS)


async def from_bundle(file: Path, repository: Path) -> None:
    """Make a bare repository with everything that a file of `bundle_of` holds. Raises GitError where it is damaged."""
    await Repository(repository).create()
    if not (await asyncio.to_thread(file.stat)).st_size:
        return
    place = await asyncio.to_thread(file.absolute)
    every = "+refs/*:refs/*"
    await run_git(("fetch", "--quiet", str(place), every), folder=repository, seconds=SECONDS)
