"""A working copy of a person, which builds move."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.git_commands import git


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a working copy with two commits on `main`, of which the first is checked out; `later` holds the second."""
    made = tmp_path / "copy"
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(made)], check=True)
    for name, text in {"changed.txt": "old\n", "gone/deep.txt": "old\n", "same.txt": "same\n"}.items():
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_text(text)
    git(made, "add", "--all")
    git(made, "commit", "--quiet", "--message", "old")
    git(made, "switch", "--quiet", "--create", "later")
    (made / "changed.txt").write_text("new\n")
    (made / "gone" / "deep.txt").unlink()
    (made / "new" / "deep").mkdir(parents=True)
    (made / "new" / "deep" / "file.txt").write_text("new\n")
    git(made, "add", "--all")
    git(made, "commit", "--quiet", "--message", "new")
    git(made, "switch", "--quiet", "main")
    (made / "mine.txt").write_text("nobody committed this\n")
    return made
