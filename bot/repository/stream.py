"""The input of ``git fast-import`` for a line of commits: one process for any number of files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.repository.git import Commit

__all__ = ["commit_stream"]


def commit_stream(reference: str, parent: str | None, commits: Sequence[Commit]) -> bytes:
    """Return the stream that makes the commits on a reference and asks for their hashes, in order."""
    chunks: list[bytes] = []
    if parent is None:
        chunks.append(f"reset {reference}\n\n".encode())
    for mark, commit in enumerate(commits, start=1):
        origin = parent if mark == 1 else f":{mark - 1}"
        chunks.extend(commit_chunks(reference, mark, origin, commit))
    chunks.extend(f"get-mark :{mark}\n".encode() for mark in range(1, len(commits) + 1))
    chunks.append(b"done\n")
    return b"".join(chunks)


def commit_chunks(reference: str, mark: int, origin: str | None, commit: Commit) -> Iterator[bytes]:
    """Yield the stream of one commit; deletions come first, so that a file can give way to a folder."""
    person = f"{plain(commit.author_name)} <{plain(commit.author_email)}> {int(commit.date.timestamp())} +0000"
    yield f"commit {reference}\nmark :{mark}\nauthor {person}\ncommitter {person}\n".encode()
    yield data(f"{commit.message.replace('\0', '').strip()}\n".encode())
    if origin is not None:
        yield f"from {origin}\n".encode()
    for path, content in sorted(commit.files.items(), key=lambda item: (item[1] is not None, item[0])):
        if content is None:
            yield f"D {quoted(path)}\n".encode()
        else:
            yield f"M 100644 inline {quoted(path)}\n".encode()
            yield data(content)
    yield b"\n"


def data(content: bytes) -> bytes:
    """Return a counted block."""
    return b"data %d\n%b\n" % (len(content), content)


def quoted(path: str) -> str:
    """Return a path as git's streams quote it."""
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def plain(name: str) -> str:
    """Return a name or an address without the characters that end it in a commit; never empty."""
    kept = "".join(character for character in name if character.isprintable() and character not in "<>")
    return " ".join(kept.split()) or "unknown"
