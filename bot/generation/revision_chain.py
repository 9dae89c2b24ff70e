"""The chain of Alembic revisions in a tree: read from the files themselves, which are never imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from bot.generation.errors import UnsupportedSpecsError
from bot.generation.revision import VERSIONS
from bot.patterns import regex

__all__ = ["RevisionChain", "versions_of"]

SAFE = regex(r"[A-Za-z0-9_.]{1,64}\Z")
NUMBER = regex(r"(\d{4})_")
"""How the name of a migration begins that is generated here; Alembic's own begin with any hexadecimal digits."""
PLACE = frozenset({"revision", "down_revision", "depends_on"})
"""What a migration says of its place in the chain."""


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
            number = NUMBER.match(path.rpartition("/")[2])
            highest = max(highest, int(number[1]) if number else 0)
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
        """Return the number of the next revision; one that a person gave to another is passed over."""
        free = (f"{number:04d}" for number in count(self.highest + 1))
        return next(number for number in free if number not in self.parents)


def assignments(path: str, content: bytes) -> dict[str, object]:
    """Return what a migration says of its place in the chain. Raises UnsupportedSpecsError where it can't be read."""
    try:
        module = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UnsupportedSpecsError(f"{path} can't be read as Python ({error}); mend it, then build again.") from None
    found: dict[str, object] = {}
    for name, value in assigned(module):
        try:
            found[name] = ast.literal_eval(value)
        except (ValueError, TypeError, RecursionError, MemoryError):
            raise UnsupportedSpecsError(
                f"{path} computes its {name}, and nothing of it is run here; write it as plain text, then build again."
            ) from None
    return found


def assigned(module: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Yield what a module assigns at its top to the names of `PLACE`."""
    for node in module.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        for target in node.targets if isinstance(node, ast.Assign) else (node.target,):
            if isinstance(target, ast.Name) and target.id in PLACE:
                yield target.id, node.value


def names(value: object) -> tuple[str, ...]:
    """Return the revisions that a value names: none, one, or several."""
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list | tuple | set) else ()
