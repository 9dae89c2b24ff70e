"""Setting up a bare machine: which Python runs, which uv fits, and that what is downloaded is what is locked."""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from pathlib import Path

import pytest

from scripts import setup

ROOT = Path(__file__).resolve().parents[2]
LOCK = (
    """
[[package]]
name = "uritools"
version = "5.0"

[[package]]
name = "uv"
version = "0.13.8"
wheels = [
    { url = "https://files.example/uv-0.13.8-py3-none-macosx_11_0_arm64.whl", hash = "sha256:AAAA" },
    { url = "https://files.example/uv-0.13.8-py3-none-musllinux_1_1_x86_64.whl", hash = "sha256:BBBB" },
    { url = "https://files.example/uv-0.13.8-py3-none-manylinux_2_17_x86_64.whl", hash = "sha256:CCCC" },
]

[[package]]
name = "uvicorn"
version = "0.54.0"
""".replace("AAAA", "a" * 64)
    .replace("BBBB", "b" * 64)
    .replace("CCCC", "c" * 64)
)


def program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a machine with an empty home and nothing but a folder of shims on PATH."""
    monkeypatch.setenv("PATH", str(tmp_path / "pyenv" / "shims"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    monkeypatch.setattr(sys, "executable", "/nonexistent/python3")
    monkeypatch.setattr(setup, "account_home", lambda: None)
    return tmp_path


def test_a_shim_that_refuses_is_passed_over_for_a_python_that_runs(bare: Path) -> None:
    program(bare / "pyenv" / "shims", "python3.13", "exit 127")
    program(bare / "pyenv" / "versions" / "3.11.7" / "bin", "python3", "echo 3.11")
    newest = program(bare / "pyenv" / "versions" / "3.13.0" / "bin", "python3", "echo 3.13")

    assert setup.find_python() == str(newest)


def test_the_accounts_own_pyenv_is_found_where_home_points_elsewhere(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "account_home", lambda: str(bare / "account"))
    newest = program(bare / "account" / ".pyenv" / "versions" / "3.12.1" / "bin", "python3", "echo 3.12")

    assert str(newest) in setup.python_candidates()


def test_an_old_python_is_not_enough(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "python_candidates", lambda: [str(bare / "pyenv" / "shims" / "python3")])
    program(bare / "pyenv" / "shims", "python3", "echo 3.11")

    assert setup.find_python() is None


def test_an_old_uv_is_replaced_and_an_earlier_set_up_is_used(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "PRIVATE_UV", bare / "private")
    program(bare / "pyenv" / "shims", "uv", "echo uv 0.4.2")
    private = program(bare / "private" / "bin", "uv", "echo uv 0.13.8")

    assert setup.find_uv(None) == str(private)


def test_the_lock_names_uv_and_a_wheel_for_each_machine() -> None:
    version, wheels = setup.locked_uv(LOCK)

    assert version == "0.13.8"
    assert "manylinux" in str(setup.wheel_for(wheels, "Linux", "x86_64"))
    assert "arm64" in str(setup.wheel_for(wheels, "Darwin", "arm64"))
    assert setup.wheel_for(wheels, "Linux", "riscv128") is None
    assert setup.wheel_for(wheels, "Haiku", "x86_64") is None


@pytest.mark.parametrize(
    ("system", "machine"), [("Linux", "x86_64"), ("Linux", "aarch64"), ("Darwin", "arm64"), ("Darwin", "x86_64")]
)
def test_the_lock_of_this_checkout_has_a_uv_for_common_machines(system: str, machine: str) -> None:
    version, wheels = setup.locked_uv((ROOT / "uv.lock").read_text(encoding="utf-8"))

    assert f"uv-{version}-" in str(setup.wheel_for(wheels, system, machine))


def test_a_lock_without_uv_says_what_to_do() -> None:
    with pytest.raises(setup.SetupError, match=r"git checkout uv\.lock"):
        setup.locked_uv('[[package]]\nname = "uvicorn"\nversion = "1"\n')


def test_only_the_locked_bytes_become_a_program(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("uv-0.13.8.data/scripts/uv", "#!/bin/sh\necho uv 0.13.8\n")
    wheel = content.getvalue()

    with pytest.raises(setup.SetupError, match=r"isn't the one of uv\.lock"):
        setup.unpack_uv(wheel, "0" * 64, tmp_path)
    path = setup.unpack_uv(wheel, hashlib.sha256(wheel).hexdigest(), tmp_path)

    assert setup.answer_of([str(path), "--version"]) == "uv 0.13.8"
