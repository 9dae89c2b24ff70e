"""A bare repository: commits that are a function of their input, branches, trees and the log."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime

from bot.documents.frozen import Frozen
from bot.patterns import regex
from bot.repository.errors import GitError, UnknownRevision, UnsafePath
from bot.repository.fetching import fetch_branches
from bot.repository.leftovers import sweep
from bot.repository.paths import check_path
from bot.repository.process import GitOutput, run_git
from bot.repository.pushing import push_commit
from bot.repository.stream import commit_stream

__all__ = ["MAIN", "Commit", "LoggedCommit", "Repository", "TreeEntry", "check_branch", "check_hash"]

MAIN = "main"
"""The branch that people work on."""
BRANCH = regex(r"[A-Za-z0-9_](?:[A-Za-z0-9._/-]*[A-Za-z0-9_-])?")
HASH = regex(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
LOG_FIELDS = ("%H", "%P", "%s", "%an", "%aI", "%(trailers:only,unfold)")
PATCH = ("--patch", "--no-ext-diff", "--no-textconv", "--no-color", "--find-renames")
"""How differences are asked for: as git itself writes them, whatever is configured."""
FILE_MODES = frozenset({"100644", "100755"})


class Commit(Frozen):
    """A commit to make. Author and committer are one; the date is kept in UTC, to the second."""

    message: str
    author_name: str
    author_email: str
    date: AwareDatetime
    files: Mapping[str, bytes | None]
    """Path in the repository → content; None deletes the file."""


class LoggedCommit(Frozen):
    """A commit as the log shows it."""

    hash: str
    subject: str
    date: AwareDatetime
    trailers: Mapping[str, str] = {}
    author: str = ""
    parents: tuple[str, ...] = ()


class TreeEntry(Frozen):
    """One entry of a tree. ``kind`` is blob, tree or commit (a submodule); ``size`` is in bytes, for blobs."""

    path: str
    mode: str
    kind: str
    hash: str
    size: int | None = None


class Repository:
    """A bare repository at a path. It need not exist before `create`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def create(self) -> None:
        """Make the repository, with ``main`` as its branch; one that is there already stays as it is.

        What a git command left there that was killed goes, so that its locks stop nobody.
        """
        await asyncio.to_thread(self.path.mkdir, parents=True, exist_ok=True)
        await asyncio.to_thread(sweep, self.path)
        await self.git("init", "--quiet", "--bare", "--template=", f"--initial-branch={MAIN}", ".")

    async def exists(self) -> bool:
        """Tell whether the repository has been made."""
        return await asyncio.to_thread((self.path / "HEAD").is_file)

    async def commit(self, branch: str, parent: str | None, commit: Commit) -> str:
        """Make one commit on a parent (None: a first commit), point the branch at it, and return its hash."""
        return (await self.commit_all(branch, parent, [commit]))[-1]

    async def commit_all(self, branch: str, parent: str | None, commits: Sequence[Commit]) -> list[str]:
        """Make commits one upon the other, point the branch at the last one, and return their hashes in order.

        The same input gives the same hashes on every machine, so repeating is harmless. Raises UnsafePath before
        anything is written, and UnknownRevision where the parent isn't in the repository.
        """
        if not commits:
            return []
        check_branch(branch)
        for commit in commits:
            for path in commit.files:
                check_path(path)
        if parent is not None and not await self.contains(parent):
            raise UnknownRevision(f"The commit {parent[:40]} isn't in this repository; start the build again.")
        stream = commit_stream(f"refs/heads/{branch}", parent, commits)
        output = await self.git("fast-import", "--quiet", "--force", "--done", "--date-format=raw", stdin=stream)
        hashes = output.out.decode().split()
        if len(hashes) != len(commits):
            raise GitError("git didn't name every new commit; try again, nothing is lost.")
        return hashes

    async def contains(self, commit: str) -> bool:
        """Tell whether a commit is in the repository."""
        check_hash(commit)
        return (await self.git("cat-file", "-e", f"{commit}^{{commit}}", accepted=(0, 1, 128))).code == 0

    async def is_ancestor(self, older: str, newer: str) -> bool:
        """Tell whether ``newer`` holds ``older`` in its history (a commit holds itself)."""
        check_hash(older)
        check_hash(newer)
        output = await self.git("merge-base", "--is-ancestor", older, newer, accepted=(0, 1, 128))
        return output.code == 0

    async def head(self, branch: str) -> str | None:
        """Return the commit that a branch points at, or None where there is no such branch."""
        check_branch(branch)
        output = await self.git("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}^{{commit}}", accepted=(0, 1))
        return output.out.decode().strip() or None

    async def branches(self) -> list[str]:
        """Return the names of all branches, sorted."""
        output = await self.git("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads")
        return output.out.decode().split()

    async def entries(self, commit: str, folder: str = "", *, recursive: bool = True) -> list[TreeEntry]:
        """Return the entries of a commit's tree, or of one folder of it; an unknown folder has none."""
        await self.require(commit)
        if folder and climbs(folder.rstrip("/")):
            return []
        options = ["-r"] if recursive else []
        place = ["--", f"{folder.rstrip('/')}/"] if folder else []
        output = await self.git("ls-tree", "-z", "--long", "--full-tree", *options, commit, *place)
        return [tree_entry(record) for record in output.out.split(b"\0") if record]

    async def paths(self, commit: str) -> list[str]:
        """Return the path of every file of a commit, in git's order."""
        return [entry.path for entry in await self.entries(commit)]

    async def file(self, commit: str, path: str) -> bytes | None:
        """Return the content of a file of a commit, or None where there is no such file."""
        await self.require(commit)
        if climbs(path):
            return None
        name = f"{commit}:{path}\n".encode("utf-8", "surrogateescape")
        contents = (await self.git("cat-file", "--batch", stdin=name)).out
        header, _, rest = contents.partition(b"\n")
        words = header.split()
        if len(words) != 3 or words[1] != b"blob":
            return None
        return rest[: int(words[2])]

    async def read_tree(self, commit: str) -> dict[str, bytes]:
        """Return every file of a commit, path → content. Raises UnsafePath for links and paths out of the rules."""
        entries = await self.entries(commit)
        for entry in entries:
            check_entry(entry)
        request = "".join(f"{entry.hash}\n" for entry in entries).encode()
        contents = (await self.git("cat-file", "--batch", stdin=request)).out
        tree: dict[str, bytes] = {}
        place = 0
        for entry in entries:
            start = contents.index(b"\n", place) + 1
            end = start + (entry.size or 0)
            tree[entry.path] = contents[start:end]
            place = end + 1
        return tree

    async def export(self, commit: str, folder: Path) -> None:
        """Write the tree of a commit into a folder, which is made where missing; other files there stay.

        Raises UnsafePath for links in the tree, and where a link in the folder would lead outside.
        """
        tree = await self.read_tree(commit)
        executable = {entry.path for entry in await self.entries(commit) if entry.mode == "100755"}
        await asyncio.to_thread(write_tree, tree, executable, folder)

    async def check_out(self, folder: Path, *others: str) -> None:
        """Make a working copy of ``main`` with its whole history at a folder, which must be missing or empty.

        Other branches that are named come along.
        """
        await asyncio.to_thread(folder.parent.mkdir, parents=True, exist_ok=True)
        place = await asyncio.to_thread(folder.absolute)
        await self.git("clone", "--quiet", "--no-hardlinks", "--template=", f"--branch={MAIN}", ".", str(place))
        await run_git(("remote", "remove", "origin"), folder=place / ".git")
        if others:
            wanted = [f"refs/heads/{branch}:refs/heads/{branch}" for branch in others]
            source = str(await asyncio.to_thread(self.path.absolute))
            await run_git(("fetch", "--quiet", "--no-tags", source, *wanted), folder=place / ".git")

    async def log(self, branch: str, limit: int, skip: int = 0) -> list[LoggedCommit]:
        """Return the commits of a branch, or up to a commit's hash, newest first; none where there is no branch."""
        start = branch if HASH.fullmatch(branch) else await self.head(branch)
        if start is None:
            return []
        await self.require(start)
        form = "%x00".join(LOG_FIELDS)
        output = await self.git(
            "log", "-z", f"--max-count={limit:d}", f"--skip={skip:d}", f"--format={form}", start, "--"
        )
        fields = output.out.decode(errors="replace").split("\0")
        width = len(LOG_FIELDS)
        return [logged_commit(fields[at : at + width]) for at in range(0, len(fields) - width + 1, width)]

    async def changed_by_others(self, commit: str, email: str) -> frozenset[str]:
        """Return the paths that commits up to this one changed whose author has another e-mail; merges left out."""
        await self.require(commit)
        output = await self.git("log", "-z", "--no-merges", "--name-only", "--format=%x01%ae", commit, "--")
        paths: set[str] = set()
        for record in output.out.decode("utf-8", "surrogateescape").split("\x01"):
            author, *names = (part.strip("\n") for part in record.split("\0"))
            if author != email:
                paths.update(name for name in names if name)
        return frozenset(paths)

    async def message(self, commit: str) -> str:
        """Return the whole message of a commit."""
        await self.require(commit)
        output = await self.git("log", "--max-count=1", "--format=%B", commit, "--")
        return output.out.decode(errors="replace").strip("\n")

    async def difference(self, commit: str) -> bytes:
        """Return what a commit changed against its first parent (or against nothing), as a patch."""
        await self.require(commit)
        output = await self.git(
            "diff-tree", "--root", "--no-commit-id", "--diff-merges=first-parent", *PATCH, commit, "--"
        )
        return output.out

    async def difference_between(self, before: str, after: str) -> bytes:
        """Return what is different between two commits, as a patch."""
        await self.require(before)
        await self.require(after)
        output = await self.git("diff-tree", *PATCH, before, after, "--")
        return output.out

    async def merge_base(self, one: str, other: str) -> str | None:
        """Return the newest commit that both hold, or None where they share nothing."""
        check_hash(one)
        check_hash(other)
        return (await self.git("merge-base", one, other, accepted=(0, 1))).out.decode().strip() or None

    async def fetch(self, url: str, branches: Sequence[str], token: str | None = None) -> dict[str, str]:
        """Fetch branches of a remote, and return the commit of each that it has; no branch of ours moves.

        Raises RemoteRefused where the remote can't be read.
        """
        for branch in branches:
            check_branch(branch)
        return await fetch_branches(self, url, branches, token)

    async def push(self, url: str, branch: str, commit: str, expected: str | None, token: str | None = None) -> None:
        """Push a commit to a branch of a remote that must hold ``expected`` (None: no such branch yet).

        A remote that already holds the commit is fine. The token goes by environment only. Raises RemoteMoved where
        the branch holds something else, RemoteRefused for every other refusal.
        """
        check_branch(branch)
        await self.require(commit)
        if expected is not None:
            check_hash(expected)
        await push_commit(self, url, branch, commit, expected, token)

    async def require(self, commit: str) -> None:
        """Raise UnknownRevision unless the commit is in the repository."""
        if not await self.contains(commit):
            raise UnknownRevision(f"There is no commit {commit[:40]} in this repository.")

    async def git(self, *arguments: str, stdin: bytes | None = None, accepted: Sequence[int] = (0,)) -> GitOutput:
        """Run a local git command in this repository."""
        return await run_git(arguments, folder=self.path, stdin=stdin, accepted=accepted)


def check_branch(branch: str) -> None:
    """Raise UnknownRevision unless the name is one that git takes for a branch, on every system."""
    parts = branch.split("/")
    bad = ".." in branch or any(not part or part.startswith(".") or part.endswith(".lock") for part in parts)
    if bad or len(branch) > 200 or not BRANCH.fullmatch(branch):
        raise UnknownRevision(f"{branch[:80]!a} can't be the name of a branch; use letters, digits and dashes.")


def check_hash(commit: str) -> None:
    """Raise UnknownRevision unless the text is a whole commit hash."""
    if not HASH.fullmatch(commit):
        raise UnknownRevision(f"{commit[:80]!a} isn't a commit; give the whole hash.")


def climbs(path: str) -> bool:
    """Tell whether a path can't be one of a tree: with empty or climbing names, or characters that end a request."""
    return "\0" in path or "\n" in path or not {"", ".", ".."}.isdisjoint(path.split("/"))


def check_entry(entry: TreeEntry) -> None:
    """Raise UnsafePath unless the entry is a plain file at a path within the rules."""
    if entry.mode not in FILE_MODES:
        raise UnsafePath(f"{entry.path[:120]!a} is a link or a submodule; replace it by a plain file.")
    check_path(entry.path)


def tree_entry(record: bytes) -> TreeEntry:
    """Read one record of ``git ls-tree -z --long``."""
    about, _, path = record.partition(b"\t")
    mode, kind, name, size = about.decode().split()
    number = int(size) if size.isdigit() else None
    return TreeEntry(path=path.decode("utf-8", "surrogateescape"), mode=mode, kind=kind, hash=name, size=number)


def logged_commit(fields: Sequence[str]) -> LoggedCommit:
    """Read one record of the log; a trailer that stands several times is joined by commas."""
    name, parents, subject, author, date, trailers = fields
    pairs: dict[str, str] = {}
    for line in trailers.splitlines():
        key, colon, value = line.partition(":")
        if colon:
            pairs[key] = f"{pairs[key]}, {value.strip()}" if key in pairs else value.strip()
    moment = datetime.fromisoformat(date).astimezone(UTC)
    return LoggedCommit(
        hash=name.strip(), subject=subject, date=moment, trailers=pairs, author=author, parents=tuple(parents.split())
    )


def write_tree(tree: Mapping[str, bytes], executable: set[str], folder: Path) -> None:
    """Write files under a folder, never through a link."""
    folder.mkdir(parents=True, exist_ok=True)
    root = folder.resolve()
    known: set[Path] = {root}
    for path, content in tree.items():
        target = root / path
        if target.parent not in known:
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.parent.resolve() != target.parent:
                raise UnsafePath(f"A link in the folder leads {path!a} somewhere else; give an empty folder.")
            known.add(target.parent)
        if target.is_symlink():
            target.unlink()
        target.write_bytes(content)
        target.chmod(0o755 if path in executable else 0o644)
