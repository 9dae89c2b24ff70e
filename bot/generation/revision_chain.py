"""The chain of Alembic revisions in a tree: read from the files themselves, which are never imported."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.generation.errors import UnsupportedSpecsError
from bot.generation.revision import VERSIONS

__all__ = ["RevisionChain", "versions_of"]

SAFE = re.compile(r"[A-Za-z0-9_.]{1,64}\Z")
NUMBER = re.compile(r"(\d+)")


def versions_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the migrations of a tree."""
    return {
        path: content
        for path, content in files.items()
        if path.startswith(f"{VERSIONS}/") and path.endswith(".py") and not path.endswith("__init__.py")
    }


@dataclass(frozen=True)
class RevisionChain:
    """Revisions and what each comes after."""

    parents: Mapping[str, tuple[str, ...]]
    highest: int

    @classmethod
    def read(cls, versions: Mapping[str, bytes]) -> RevisionChain:
        """Read the chain of migrations. Raises UnsupportedSpecsError at a file that is no migration."""
        parents: dict[str, tuple[str, ...]] = {}
        highest = 0
        for path, content in versions.items():
            values = assignments(path, content)
            revision = values.get("revision")
            if not isinstance(revision, str) or not SAFE.match(revision):
                raise UnsupportedSpecsError(f"{path} names no revision; give it one, or move it elsewhere.")
            parents[revision] = names(values.get("down_revision")) + names(values.get("depends_on"))
            for text in (revision, path.rpartition("/")[2]):
                number = NUMBER.match(text)
                highest = max(highest, int(number[1]) if number and len(number[1]) <= 6 else 0)
        return cls(parents, highest)

    def head(self) -> str:
        """Return the revision that nothing comes after. Raises UnsupportedSpecsError where that is not exactly one."""
        followed = {parent for parents in self.parents.values() for parent in parents}
        heads = sorted(revision for revision in self.parents if revision not in followed)
        if not heads:
            raise UnsupportedSpecsError(
                f"There is no migration in {VERSIONS} to go on from; bring back the initial one, then build again."
            )
        if len(heads) > 1:
            raise UnsupportedSpecsError(
                f"Alembic has several heads here ({', '.join(heads)}), and a new migration follows one. "
                "`alembic merge heads` joins them; commit that, then build again."
            )
        return heads[0]

    def following(self) -> str:
        """Return the number of the next revision."""
        return f"{self.highest + 1:04d}"


def assignments(path: str, content: bytes) -> dict[str, object]:
    """Return the plain values that a module assigns. Raises UnsupportedSpecsError where it can't be parsed."""
    try:
        module = ast.parse(content)
    except (SyntaxError, ValueError) as error:
        raise UnsupportedSpecsError(f"{path} can't be read as Python ({error}); mend it, then build again.") from None
    found: dict[str, object] = {}
    for node in module.body:
        target = (
            node.target
            if isinstance(node, ast.AnnAssign)
            else node.targets[0]
            if isinstance(node, ast.Assign)
            else None
        )
        if isinstance(target, ast.Name) and isinstance(node, ast.AnnAssign | ast.Assign) and node.value is not None:
            try:
                found[target.id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return found


def names(value: object) -> tuple[str, ...]:
    """Return the revisions that a value names: none, one, or several."""
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list | tuple | set) else ()
