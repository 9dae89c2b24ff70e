"""Locks and projects that anybody may have written: nothing of them runs outside the sandbox."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from bot.verification.environments import EnvironmentNotReady, environment_key, prepare_environment
from bot.verification.sandbox import Job, Sandbox, Trust
from tests.stand_ins.git_server import StandIn
from tests.verification.test_environments import FAR, LOCK, PYPROJECT

NEEDS = LOCK.replace(b'name = "library"', b'name = "library"\ndependencies = [{ name = "handy" }]')
HANDY = """
[[package]]
name = "handy"
version = "1.0"
source = {{ registry = "{address}/simple" }}
wheels = [
    {{ url = "{address}/handy-1.0-py3-none-any.whl", hash = "sha256:{digest}", size = {size} }},
]
"""
FILES = {
    "handy.pth": "import pathlib; pathlib.Path({ran!r}).touch()\n",
    "handy.py": "raise SystemExit('imported')\n",
    "handy-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: handy\nVersion: 1.0\n",
    "handy-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "handy-1.0.dist-info/RECORD": "",
}


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    """Return the file that code of the wheel makes as soon as any of it runs."""
    return tmp_path / "ran"


@pytest.fixture
def lock(tmp_path: Path, ran: Path) -> Iterator[bytes]:
    """Give a lock with a wheel whose code runs when an interpreter of its environment starts."""
    index = tmp_path / "index"
    index.mkdir()
    wheel = index / "handy-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in FILES.items():
            archive.writestr(name, text.format(ran=str(ran)) if name == "handy.pth" else text)
    content = wheel.read_bytes()
    with StandIn(partial(SimpleHTTPRequestHandler, directory=str(index))) as server:  # type: ignore[arg-type]
        digest = hashlib.sha256(content).hexdigest()
        yield NEEDS + HANDY.format(address=server.url, digest=digest, size=len(content)).encode()


async def test_a_wheel_of_a_lock_runs_nowhere_but_in_the_sandbox(tmp_path: Path, lock: bytes, ran: Path) -> None:
    made = await prepare_environment(PYPROJECT, lock, tmp_path / "cache")

    assert next(made.path.rglob("handy.py")).exists()
    assert next(made.path.rglob("handy.*.pyc")).exists(), "it is compiled, by somebody who does not run it"
    assert not ran.exists()
    subprocess.run([made.python, "-c", "pass"], check=True)
    assert ran.exists(), "it would have run"


@pytest.mark.sandbox
async def test_what_a_wheel_does_in_the_sandbox_stays_there(tmp_path: Path, lock: bytes, ran: Path) -> None:
    made = await prepare_environment(PYPROJECT, lock, tmp_path / "cache")
    (tmp_path / "tree").mkdir()
    job = Job(command=(str(made.python), "-c", "print('judged')"), folder=tmp_path / "tree", readable=(made.path,))

    run = await (await Sandbox.probe()).run(job, Trust.FOREIGN)

    assert "judged" in run.output
    assert not ran.exists()


@pytest.mark.parametrize(
    "package",
    [
        b'[[package]]\nname = "evil"\nversion = "1"\nsource = { path = "/root/evil-1-py3-none-any.whl" }\n',
        b'[[package]]\nname = "evil"\nversion = "1"\nsource = { directory = "/srv/evil" }\n',
        b'[[package]]\nname = "evil"\nversion = "1"\nsource = { editable = "../evil" }\n',
        b'[[package]]\nname = "evil"\nversion = "1"\nsource = { git = "file:///srv/evil#0" }\n',
        b'[[package]]\nname = "evil"\nversion = "1"\nsource = { registry = "/srv/wheels" }\n',
        FAR.replace(b"http://127.0.0.1:9/faraway", b"file:///srv/faraway"),
        FAR.replace(b"url = ", b"path = "),
    ],
)
async def test_a_lock_takes_nothing_of_this_machine(tmp_path: Path, package: bytes) -> None:
    with pytest.raises(EnvironmentNotReady, match="only wheels of an index"):
        await prepare_environment(PYPROJECT, LOCK + package, tmp_path)


@pytest.mark.parametrize(
    "lock",
    [
        b"\xff\xfe",
        b"[[[",
        b"package = 3",
        b"package = [1, 2]",
        b'package = "all"',
        b"[[package]]\nname = 7\n",
        b'[[package]]\nname = "a"\nsource = "here"\n',
        b'[[package]]\nname = "a"\nsource = { registry = 4 }\n',
        b'[[package]]\nname = "a"\nwheels = 3\n',
        b'[[package]]\nname = "a"\nwheels = ["b"]\n',
        b"a = " + b"[" * 100_000,
    ],
)
def test_a_lock_of_an_odd_shape_is_one_sentence(lock: bytes) -> None:
    with pytest.raises(EnvironmentNotReady) as refused:
        environment_key(lock)
    assert str(refused.value).endswith("."), refused.value
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    "pyproject",
    [
        b"\xff\xfe",
        b"[project",
        b"",
        b"project = []",
        b"project = 3",
        b'tool = 3\n[project]\nname = "library"\n',
        b'tool.uv.cache-dir = "/srv"\n[project]\nname = "library"\n',
        b'[tool]\nuv = { cache-dir = "/srv" }\n[project]\nname = "library"\n',
        b'[project]\nname = "library"\nversion = "1.0"\ndependencies = [1, 2]\n',
        b'[project]\nname = ["library"]\nversion = 1\n',
        b'[project]\nname = "library"\nversion = "1.0"\n[dependency-groups]\ndev = 3\n',
    ],
)
async def test_a_project_of_an_odd_shape_is_one_sentence(tmp_path: Path, pyproject: bytes) -> None:
    with pytest.raises(EnvironmentNotReady) as refused:
        await prepare_environment(pyproject, LOCK, tmp_path)
    assert str(refused.value).endswith("."), refused.value


async def test_uv_is_told_nothing_by_the_project(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    orders = f'[tool.uv]\ncache-dir = "{elsewhere}"\nlink-mode = "odd"\n[[tool.uv.index]]\nurl = "http://127.0.0.1:9"\n'

    made = await prepare_environment(PYPROJECT + orders.encode(), LOCK, tmp_path / "cache")

    assert made.python.exists()
    assert not elsewhere.exists()
