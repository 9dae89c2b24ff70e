"""What the stand-in for GitHub answers with: errors as REST documents them, pull requests, and what git says."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

__all__ = ["git_said", "heads_of", "needs_of", "problem", "refused", "shown_pull"]

DOCUMENTATION = "https://docs.github.com/rest"


def needs_of(method: str, path: str) -> tuple[str, str, str]:
    """Return what a call needs as GitHub lists it: a permission, its level, and in which repository."""
    level = "read" if method == "GET" else "write"
    words = path.strip("/").split("/")
    if words[0] == "orgs":
        return "administration", "write", words[6] if "teams" in words else ""
    if words[0] != "repos" or len(words) == 3:
        return "metadata", "read", ""
    permissions = {"collaborators": "administration", "git": "contents", "pulls": "pull_requests", "topics": "metadata"}
    if words[3] == "topics" and level == "write":
        return "administration", level, words[2]
    return permissions.get(words[3], words[3]), level, words[2]


def heads_of(repository: Path) -> dict[str, str]:
    """Return a repository's branches with their newest commits."""
    said = git_said(repository, "for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads")
    return dict(line.split() for line in said.splitlines())


def git_said(repository: Path, *words: str) -> str:
    """Return what git says in a repository."""
    asked = ["git", "--git-dir", str(repository), *words]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


def shown_pull(pull: dict[str, Any]) -> dict[str, Any]:
    """Return a pull request as REST shows it: its two branches by name."""
    return pull | {side: {"ref": pull[side]} for side in ("base", "head")}


def problem(message: str) -> dict[str, str]:
    """Return the body of an error."""
    return {"message": message, "documentation_url": DOCUMENTATION}


def refused(place: str, message: str) -> dict[str, Any]:
    """Return the body of a validation error."""
    error = {"resource": "Repository", "code": "custom", "field": place, "message": message}
    return {**problem("Repository creation failed."), "errors": [error]}
