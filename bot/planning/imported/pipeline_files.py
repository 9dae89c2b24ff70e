"""Files that decide what runs elsewhere: git's own settings, and what a host does with every push.

Whoever writes one runs commands where no sandbox of ours is, with secrets of the repository. So a task of an imported
plan writes one only where the plan that people approved names it.
"""

from __future__ import annotations

import re
import unicodedata
from fnmatch import fnmatchcase

__all__ = ["is_named", "is_of_pipeline"]

FOLDERS = frozenset(
    {
        ".buildkite", ".circleci", ".devcontainer", ".drone", ".forgejo", ".gitea", ".github", ".gitlab", ".husky",
        ".semaphore", ".teamcity", ".tekton", ".woodpecker",
    }
)  # fmt: skip
"""Folders of which every file counts, wherever they lie."""
NAMES = (
    ".git*", ".appveyor.y*ml", "appveyor.y*ml", ".cirrus.*", ".drone.*", ".lefthook.*", "lefthook.*",
    ".pre-commit-config.y*ml", ".travis.y*ml", ".woodpecker.*", "azure-pipelines*.y*ml", "bitbucket-pipelines.y*ml",
    "buildspec*.y*ml", "cloudbuild*.y*ml", "cloudbuild*.json", "codefresh.y*ml", "jenkinsfile*", "wercker.y*ml",
)  # fmt: skip
"""Patterns of names that count, wherever they lie; ``.gitkeep`` says nothing to anybody."""
HARMLESS = frozenset({".gitkeep"})
PART = r"[A-Za-z0-9_./-]"
"""What belongs to a path, so that the name of one isn't found in another's."""


def is_of_pipeline(path: str) -> bool:
    """Tell whether a file steers git, or what a host runs; systems that ignore case are thought of."""
    names = [unicodedata.normalize("NFKC", name).casefold() for name in path.split("/")]
    if not FOLDERS.isdisjoint(names[:-1]):
        return True
    return names[-1] not in HARMLESS and any(fnmatchcase(name, pattern) for name in names for pattern in NAMES)


def is_named(path: str, text: str) -> bool:
    """Tell whether a text names a file by its whole path."""
    return re.search(rf"(?<!{PART}){re.escape(path)}(?!{PART}*[A-Za-z0-9_/-])", text) is not None
