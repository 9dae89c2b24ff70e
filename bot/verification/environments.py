"""Virtual environments for generated services: one per lock file, made once by a trusted step, from wheels only."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path

import uv
from filelock import AsyncFileLock

from bot.documents.frozen import Frozen
from bot.verification.execution import execute
from bot.verification.locks import LockRefused, read_lock, without_orders
from bot.verification.sandbox import INTERPRETER

__all__ = ["Environment", "EnvironmentNotReady", "environment_key", "prepare_environment"]

SECONDS = 900.0
"""How long fetching every wheel may take, on a slow line."""
MARKER = ".planthread-ready"
KEPT = 24
"""How many environments stay: one a set of features and a version of the blueprint. More is what nobody builds now."""
IN_USE = 24 * 3600.0
"""Seconds since its last use for which no environment is taken away: no check runs that long."""
PASSED_ON = ("PATH", "HOME", "TMPDIR", "LANG", "LOCALAPPDATA", "SYSTEMROOT")
PASSED_PREFIXES = ("UV_", "XDG_", "SSL_")
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


class EnvironmentNotReady(Exception):  # noqa: N818 - says what happened
    """The environment can't be made. The message says why, and what to do."""


class Environment(Frozen):
    """A ready environment: its folder, its interpreter, and the folder of mypy's cache that goes with it."""

    key: str
    path: Path
    python: Path
    mypy_cache: Path


def environment_key(lock: bytes) -> str:
    """Return the key of a lock: its content without the project's own name and version, the interpreter, the system.

    Raises EnvironmentNotReady where the lock isn't one.
    """
    try:
        content = read_lock(lock)
    except LockRefused as error:
        raise EnvironmentNotReady(str(error)) from None
    for package in content.get("package", []):
        source = package.get("source", {})
        if "virtual" in source or "editable" in source:
            package.pop("name", None)
            package.pop("version", None)
    # A lock lists packages by name, so that the project's own place in it says its name again.
    content["package"] = sorted(json.dumps(each, sort_keys=True, default=str) for each in content.get("package", []))
    system = [sys.implementation.cache_tag, platform.system(), platform.machine(), list(platform.libc_ver())]
    text = json.dumps([content, system], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


async def prepare_environment(pyproject: bytes, lock: bytes, cache: Path) -> Environment:
    """Return the environment of a lock, made now if it isn't there; nothing of the project itself is installed.

    Processes that ask at the same time wait for the first. One that was cut short is made anew. Raises
    EnvironmentNotReady with what to do, for instance where wheels are missing and there is no network.
    """
    key = environment_key(lock)
    environment = environment_at(cache, key)
    if await asyncio.to_thread((environment.path / MARKER).is_file):
        await asyncio.to_thread(note_use, environment)
        return environment
    await asyncio.to_thread(cache.mkdir, parents=True, exist_ok=True)
    async with AsyncFileLock(environment.path.with_name(f"{key}.lock")):
        if not await asyncio.to_thread((environment.path / MARKER).is_file):
            await make(environment, pyproject, lock)
    await asyncio.to_thread(forget_oldest, cache)
    return environment


def note_use(environment: Environment) -> None:
    """Note that an environment is used now, in the time of its cache of types."""
    environment.mypy_cache.mkdir(exist_ok=True)
    os.utime(environment.mypy_cache)


def forget_oldest(cache: Path) -> None:
    """Take away the environments that were not used for longest, where there are too many; none that may be in use."""
    used: list[tuple[float, Path]] = []
    for mypy_cache in cache.glob("*.mypy"):
        with contextlib.suppress(FileNotFoundError):  # another process takes it away at this moment
            used.append((mypy_cache.stat().st_mtime, mypy_cache))
    for moment, mypy_cache in sorted(used, reverse=True)[KEPT:]:
        if time.time() - moment > IN_USE:
            for place in (mypy_cache.with_suffix(""), mypy_cache):
                shutil.rmtree(place, ignore_errors=True)


def environment_at(cache: Path, key: str) -> Environment:
    """Return where the environment of a key is, or will be."""
    place = cache.absolute() / key
    return Environment(key=key, path=place, python=place / "bin" / "python", mypy_cache=place.with_name(f"{key}.mypy"))


async def make(environment: Environment, pyproject: bytes, lock: bytes) -> None:
    """Make an environment in place, and mark it as complete at the very end.

    Anybody may have written the lock, so no code of its packages runs here: none is built, and what is compiled is
    compiled by an interpreter that doesn't look at them as its own (a wheel's ``.pth`` would run).
    """
    try:
        harmless = without_orders(pyproject)
    except LockRefused as error:
        raise EnvironmentNotReady(str(error)) from None
    await asyncio.to_thread(shutil.rmtree, environment.path, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="planthread-environment-") as name:
        project = Path(name)
        (project / "pyproject.toml").write_bytes(harmless)
        (project / "uv.lock").write_bytes(lock)
        command = (
            uv.find_uv_bin(), "sync", "--frozen", "--no-install-project", "--no-build", "--all-extras", "--all-groups",
            "--no-progress", "--no-compile-bytecode", "--no-python-downloads", "--python", str(INTERPRETER),
            "--project", name,
        )  # fmt: skip
        own = {**uv_environment(environment.path), "TMPDIR": name}  # uv leaves its lock there
        run = await execute(command, folder=project, environment=own, seconds=SECONDS)
        if run.exit_code != 0:
            raise EnvironmentNotReady(sentence(run.output))
        compiling = (str(INTERPRETER), "-I", "-S", "-m", "compileall", "-q", "-j", "0", str(environment.path / "lib"))
        await execute(compiling, folder=project, environment=uv_environment(environment.path), seconds=SECONDS)
    await asyncio.to_thread(note_use, environment)
    await asyncio.to_thread((environment.path / MARKER).touch)


def uv_environment(place: Path) -> dict[str, str]:
    """Return what uv is given of the bot's environment: where things are and how the network is reached, no secrets."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in PASSED_ON or name.startswith(PASSED_PREFIXES) or name.upper() in PROXIES
    }
    return kept | {"UV_PROJECT_ENVIRONMENT": str(place), "NO_COLOR": "1"}


def sentence(output: str) -> str:
    """Return what people are told when uv failed."""
    lines = [line.strip(" │├╰─▶×") for line in output.splitlines() if line.strip()]
    reason = " ".join(lines)[-300:] or "uv said nothing"
    network = (
        "Failed to fetch",
        "error sending request",
        "dns error",
        "network",
        "Connect",
        "offline",
        "Failed to download",
    )
    if any(sign in output for sign in network):
        return (
            "The libraries of the generated service aren't on this machine yet and can't be fetched now; "
            f"connect once and run make setup, then try again. ({reason})"
        )
    return f"The environment of the generated service can't be made: {reason}. Check its lock file, then try again."
