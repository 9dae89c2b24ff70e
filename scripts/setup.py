"""Makes a bare checkout ready: Python 3.12+, uv, `.venv` from `uv.lock`, and the generated service's wheels.

Runs on any Python 3.8+ with its standard library only. After it, nothing here needs a network. Each step is skipped
where its result is there already, so that a second run takes a moment.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import pwd
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PRIVATE_UV = ROOT / ".cache" / "uv"
OLDEST_PYTHON = (3, 12)
OLDEST_UV = (0, 8)
FALLBACK_PYTHON = "3.13"
"""What uv fetches where the machine has no Python that is new enough."""

SYSTEM_CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
"""Where Debian, Fedora and macOS (Alpine too) keep the authorities that the machine trusts."""

PROBE = "import sys, sqlite3, ssl; print('%d.%d' % sys.version_info[:2])"


class SetupError(Exception):
    """A step failed. The message says what to do next."""


def say(sentence: str) -> None:
    """Print one line of progress."""
    sys.stdout.write("setup: " + sentence + "\n")
    sys.stdout.flush()


def answer_of(command: list[str]) -> str | None:
    """Return what a command prints, or None where it is missing, fails or hangs."""
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60, check=True, text=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def version_in(text: str | None) -> tuple[int, ...] | None:
    """Return the first dotted version of a text as numbers."""
    found = re.search(r"\d+(?:\.\d+)+", text or "")
    return tuple(int(part) for part in found.group().split(".")) if found else None


def pyenv_folders() -> list[Path]:
    """Return every folder in which pyenv may keep its versions.

    By variable, by home, by the account's own home (HOME may point elsewhere), and beside shims on PATH.
    """
    roots = [Path(os.environ["PYENV_ROOT"])] if os.environ.get("PYENV_ROOT") else []
    homes = (os.environ.get("HOME"), account_home())
    roots.extend(Path(home) / ".pyenv" for home in homes if home)
    shims = (Path(entry) for entry in os.environ.get("PATH", "").split(os.pathsep) if entry)
    roots.extend(entry.parent for entry in shims if entry.name == "shims")
    return [root / "versions" for root in roots]


def account_home() -> str | None:
    """Return the home that the account was given, whatever HOME says."""
    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return None


def python_candidates() -> list[str]:
    """Return interpreters worth trying, the best known first. Being listed doesn't mean that it runs."""
    names = ["python3.13", "python3.12", "python3.14", "python3", "python"]
    candidates = [found for found in map(shutil.which, names) if found]
    for folder in pyenv_folders():
        for pattern in ("3.13*", "3.12*", "3.14*"):
            candidates.extend(str(path) for path in sorted(folder.glob(pattern + "/bin/python3"), reverse=True))
    candidates.extend(str(Path(folder) / "python3") for folder in ("/usr/local/bin", "/usr/bin"))
    candidates.append(sys.executable)
    return list(dict.fromkeys(candidates))


def find_python() -> str | None:
    """Return an interpreter that answers with a version that is new enough, or None."""
    for candidate in python_candidates():
        version = version_in(answer_of([candidate, "-c", PROBE]))
        if version and version >= OLDEST_PYTHON:
            return candidate
    return None


def locked_uv(lock: str) -> tuple[str, dict[str, str]]:
    """Return uv's version in the lock file, and its wheels: address to SHA-256."""
    section = re.search(r'\nname = "uv"\nversion = "([^"]+)"\n(.*?)(?=\n\[\[package\]\]|\Z)', lock, re.DOTALL)
    if not section:
        raise SetupError("uv.lock doesn't name uv; get it again with `git checkout uv.lock`")
    wheels = re.findall(r'url = "([^"]+\.whl)", hash = "sha256:([0-9a-f]{64})"', section.group(2))
    return section.group(1), dict(wheels)


def wheel_for(wheels: dict[str, str], system: str, machine: str) -> str | None:
    """Return the address of the wheel for a system (``Linux``, ``Darwin``) and machine (``x86_64``), or None."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine.lower(), machine.lower())
    spellings = {machine, "arm64"} if machine == "aarch64" else {machine}
    families = {"Linux": ("manylinux", "musllinux"), "Darwin": ("macosx",)}.get(system, ())
    for family in families:
        for address in wheels:
            tags = address.rsplit("-", 1)[-1]
            if family in tags and any(tags.endswith("_" + spelling + ".whl") for spelling in spellings):
                return address
    return None


def unpack_uv(wheel: bytes, sha256: str, folder: Path) -> Path:
    """Write the uv program of a wheel into ``folder/bin``. Raises SetupError where the bytes aren't the locked ones."""
    if hashlib.sha256(wheel).hexdigest() != sha256:
        raise SetupError("the uv that was downloaded isn't the one of uv.lock; try again, or install uv yourself")
    program = folder / "bin" / "uv"
    program.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        (member,) = [name for name in archive.namelist() if name.endswith("/scripts/uv")]
        program.write_bytes(archive.read(member))
    program.chmod(0o755)
    return program


def download_uv(wheels: dict[str, str]) -> None:
    """Fetch uv itself where the machine's Pythons have neither venv nor pip, as on a bare Debian."""
    address = wheel_for(wheels, platform.system(), platform.machine())
    if not address:
        raise SetupError("there is no uv for this machine; install it from https://docs.astral.sh/uv and try again")
    with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310 - an address of uv.lock, checked below
        unpack_uv(answer.read(), wheels[address], PRIVATE_UV)


def install_uv(pythons: list[str]) -> str:
    """Install the locked uv into `.cache/uv`: in a venv, else with pip alone, else by its wheel. Returns its path."""
    version, wheels = locked_uv((ROOT / "uv.lock").read_text(encoding="utf-8"))
    program = PRIVATE_UV / "bin" / "uv"
    say("uv " + version + " goes into .cache/uv")
    pip = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet", "uv==" + version]
    for python in pythons:
        shutil.rmtree(str(PRIVATE_UV), ignore_errors=True)
        if answer_of([python, "-m", "venv", str(PRIVATE_UV)]) is not None:
            subprocess.run([str(PRIVATE_UV / "bin" / "python"), *pip], check=False)
        elif answer_of([python, "-m", "pip", "--version"]):
            subprocess.run([python, *pip, "--target", str(PRIVATE_UV)], check=False)
        if answer_of([str(program), "--version"]):
            return str(program)
    download_uv(wheels)
    if not answer_of([str(program), "--version"]):
        raise SetupError("uv doesn't run here; install it from https://docs.astral.sh/uv and try again")
    return str(program)


def find_uv(python: str | None) -> str:
    """Return a uv that runs: of PATH, of an earlier set-up, or newly installed."""
    for candidate in (shutil.which("uv"), str(PRIVATE_UV / "bin" / "uv")):
        version = version_in(answer_of([candidate, "--version"])) if candidate else None
        if candidate and version and version >= OLDEST_UV:
            return candidate
    return install_uv([known for known in dict.fromkeys((python, sys.executable)) if known])


def managed_python(uv: str) -> str:
    """Return a Python that uv manages, fetching one where there is none."""
    known = answer_of([uv, "python", "find", "--no-project", "--managed-python", ">=3.12"])
    if known:
        return known
    say("no Python 3.12 or newer here: uv fetches " + FALLBACK_PYTHON)
    run(
        [uv, "python", "install", FALLBACK_PYTHON],
        "Python could not be fetched; install Python 3.12 or newer, then try again",
    )
    return FALLBACK_PYTHON


def run(command: list[str], advice: str) -> None:
    """Run one step, its output in sight. Raises SetupError with the advice where it fails."""
    environment = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONHOME")}
    environment["UV_PROJECT_ENVIRONMENT"] = str(VENV)
    try:
        subprocess.run(command, cwd=str(ROOT), env=environment, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(advice) from error


def trust_what_the_machine_trusts() -> None:
    """Have uv use the machine's certificates where it has any: behind a company's proxy its own don't do."""
    if any(Path(each).exists() for each in SYSTEM_CERTIFICATES):
        os.environ.setdefault("UV_SYSTEM_CERTS", "1")


def set_up() -> None:
    """Do every step. Raises SetupError."""
    trust_what_the_machine_trusts()
    python = find_python()
    uv = find_uv(python)
    python = python or managed_python(uv)
    say(".venv from uv.lock, on " + python)
    sync = [uv, "sync", "--frozen", "--quiet", "--compile-bytecode", "--python", python]
    run(sync, "the locked packages could not be installed; look at the lines above, check the network and try again")
    run(
        [str(VENV / "bin" / "python"), "-m", "bot.cli", "setup"],
        "the generated service's packages could not be fetched; check the network and run `make setup` again",
    )


def main() -> int:
    """Set up, and turn what went wrong into one sentence."""
    try:
        set_up()
    except SetupError as error:
        sys.stderr.write("setup: " + str(error) + "\n")
        return 1
    except OSError as error:
        sys.stderr.write("setup: " + str(error) + "; check the network and the disk, then run `make setup` again\n")
        return 1
    say("ready")
    return 0


if __name__ == "__main__":
    sys.exit(main())
