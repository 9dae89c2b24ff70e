"""Git as a person uses it, in tests that look at repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path

__all__ = ["git"]


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder as Mara would, and return what it says without the line's end."""
    told = subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=Mara", "-c", "user.email=mara@example.org", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()
