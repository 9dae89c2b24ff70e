"""What a call or a push needs on GitHub: a token of an App's installation is asked for with that, and no more.

Which permission a path needs is GitHub's own list (`docs.github.com`, "Permissions required for GitHub Apps").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["Rights", "rights_of", "to_fetch", "to_push"]

LEVELS = ("read", "write", "admin")
"""What may be done, the least first."""
METADATA = (("metadata", "read"),)
"""What GitHub gives with everything else: which repositories there are."""


class Rights(NamedTuple):
    """A repository by its bare name (empty: all that the installation has), and permissions with their levels."""

    repository: str = ""
    permissions: tuple[tuple[str, str], ...] = METADATA

    def granted(self, by: object) -> Rights:
        """Return what of it an installation has at all, at most at its level; GitHub refuses to give more.

        ``by`` is foreign JSON: permissions and levels, or nothing where GitHub didn't say.
        """
        if not isinstance(by, Mapping):
            return self
        kept = [
            (name, LEVELS[min(LEVELS.index(level), LEVELS.index(by[name]))])
            for name, level in self.permissions
            if by.get(name) in LEVELS
        ]
        return Rights(self.repository, tuple(kept) or METADATA)

    def asked(self) -> dict[str, object]:
        """Return it as GitHub is asked for a token."""
        there = {"repositories": [self.repository]} if self.repository else {}
        return {**there, "permissions": dict(self.permissions)}


def to_push(full_name: str) -> Rights:
    """Return what a push needs: what is pushed holds a workflow."""
    return Rights(bare(full_name), (("contents", "write"), ("workflows", "write")))


def to_fetch(full_name: str) -> Rights:
    """Return what a fetch needs."""
    return Rights(bare(full_name), (("contents", "read"),))


def bare(full_name: str) -> str:
    """Return a repository's name without its owner's."""
    return full_name.rpartition("/")[2]


def rights_of(method: str, path: str) -> Rights:
    """Return what a call of REST needs; for paths that nobody here calls only which repositories there are."""
    level = "read" if method == "GET" else "write"
    match path.partition("?")[0].strip("/").split("/"):
        case ["orgs", _owner, "repos"]:
            return Rights("", (("administration", "write"),))
        case ["orgs", _owner, "teams", _team, "repos", _of, name]:
            return Rights(name, (("administration", "write"), ("members", "read")))
        case ["repos", _owner, name, "collaborators", *_]:
            return Rights(name, (("administration", "write"),))
        case ["repos", _owner, name, "topics"]:
            return Rights(name, (("administration", "write"),) if level == "write" else METADATA)
        case ["repos", _owner, name, "pulls", *_]:
            return Rights(name, (("pull_requests", level),))
        case ["repos", _owner, name, "issues", *_]:
            return Rights(name, (("issues", level), *([("pull_requests", "read")] if level == "read" else [])))
        case ["repos", _owner, name, "statuses", *_]:
            return Rights(name, (("statuses", level),))
        case ["repos", _owner, name, "git", *_]:
            return Rights(name, (("contents", level),))
    return Rights()
