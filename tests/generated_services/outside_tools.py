"""The outside judges' programs: fetched once, by exact versions, into the cache that a machine's checkouts share."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import uv
from filelock import FileLock

from tests.generated_services.programs import Ended, environment_of, run

__all__ = ["LISTS", "NO_NODE", "OutsideTools", "ToolsNotFetched", "fetch_tools", "shared_cache"]

LISTS = Path(__file__).resolve().parent / "tools"
MARKER = ".fetched"
NO_NODE = "no npm (`apt-get install npm`)"


class ToolsNotFetched(Exception):  # noqa: N818 - says what happened
    """A tool could not be fetched; the message says why."""


@dataclass(frozen=True)
class OutsideTools:
    """Where the programs are; ``spectral`` is None where the machine has no npm."""

    python: Path
    """The folder of schemathesis, poetry, hadolint, check-jsonschema and openapi-spec-validator."""
    spectral: Path | None
    uv: Path


def shared_cache() -> Path:
    """Return the folder for what is fetched and made for the judges."""
    default = Path(__file__).resolve().parents[2] / ".cache" / "planthread"
    return Path(os.environ.get("PLANTHREAD_CACHE", default)).absolute() / "judges"


def fetch_tools() -> OutsideTools:
    """Return the programs, fetched now where they are not there yet. Raises ToolsNotFetched."""
    uv_program = Path(uv.find_uv_bin())
    python = fetched("python", ["requirements.txt"], lambda folder: install_python(uv_program, folder))
    spectral = None
    if shutil.which("npm") and shutil.which("node"):
        node = fetched("node", ["package.json", "package-lock.json"], install_node)
        spectral = node / "node_modules" / ".bin" / "spectral"
    return OutsideTools(python / "bin", spectral, uv_program)


def fetched(kind: str, lists: Sequence[str], install: Callable[[Path], Ended]) -> Path:
    """Return the folder of what the lists name; processes that ask at the same time wait for the first."""
    content = b"".join((LISTS / name).read_bytes() for name in lists) + sys.version.encode()
    folder = shared_cache() / f"{kind}-{hashlib.sha256(content).hexdigest()[:16]}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if (folder / MARKER).exists():
            return folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        ended = install(folder)
        if not ended.ok:
            raise ToolsNotFetched(f"the {kind} tools could not be fetched: {ended.output[-1500:]}")
        (folder / MARKER).touch()
    return folder


def install_python(uv_program: Path, folder: Path) -> Ended:
    """Make a virtual environment of the listed packages."""
    home = Path.home()
    made = run([uv_program, "venv", "--quiet", "--python", sys.executable, folder], LISTS, environment_of(home))
    if not made.ok:
        return made
    into = folder / "bin" / "python"
    command: list[str | Path] = [uv_program, "pip", "install", "--quiet", "--python", into, "-r", "requirements.txt"]
    return run(command, LISTS, environment_of(home))


def install_node(folder: Path) -> Ended:
    """Install the listed packages; none of their scripts runs."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LISTS / name, folder / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    return run(command, folder, environment_of(Path.home()))
