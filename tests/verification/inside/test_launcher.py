"""The launcher copies a tree without what no judge needs, and never through a link."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bot.verification.inside import launcher


def test_a_copy_holds_files_and_links_but_no_repositories_caches_or_pipes(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for folder in ("app/core", ".git", ".venv/bin", "app/__pycache__", "node_modules"):
        (source / folder).mkdir(parents=True)
        (source / folder / "file").write_text("x")
    (source / "run.sh").write_text("#!/bin/sh\n")
    (source / "run.sh").chmod(0o750)
    (source / "link").symlink_to("/etc/passwd")
    (source / "folder").symlink_to("app")
    os.mkfifo(source / "pipe")
    launcher.copy_tree(source, tmp_path / "work", None)
    copied = sorted(str(path.relative_to(tmp_path / "work")) for path in (tmp_path / "work").rglob("*"))
    assert copied == ["app", "app/core", "app/core/file", "folder", "link", "run.sh"]
    assert (tmp_path / "work/link").readlink() == Path("/etc/passwd")
    assert (tmp_path / "work/run.sh").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "work/app/core/file").stat().st_mode & 0o777 == 0o644


def test_a_copy_can_be_for_another_user(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/file").write_text("x")
    launcher.copy_tree(tmp_path / "source", tmp_path / "work", os.getuid())
    assert (tmp_path / "work/file").stat().st_uid == os.getuid()


def test_limits_hold_for_the_command_and_unknown_ones_are_passed_over(tmp_path: Path) -> None:
    orders = {
        "limits": {"NOFILE": 77, "FSIZE": 1000, "CORE": 0, "UNHEARD": 1},
        "uid": None,
        "directory": str(tmp_path),
        "copies": {},
        "die_with_parent": True,
    }
    code = (
        "import resource as r; print(*(r.getrlimit(kind) for kind in (r.RLIMIT_NOFILE, r.RLIMIT_FSIZE, r.RLIMIT_CORE)))"
    )
    words = [sys.executable, "-I", "-S", str(launcher.__file__), json.dumps(orders), sys.executable, "-c", code]
    run = subprocess.run(words, capture_output=True, text=True, check=True, env={})
    assert run.stdout == "(77, 77) (1000, 1000) (0, 0)\n"
