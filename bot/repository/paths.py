"""Which paths may be written into a repository or a working folder. Text from chats and models is hostile."""

from __future__ import annotations

import unicodedata

from bot.repository.errors import UnsafePath

__all__ = ["check_path"]

LONGEST_NAME = 255
"""Bytes of one name, the limit of common file systems."""
LONGEST_PATH = 1024
"""Bytes of a whole path."""
GIT_NAMES = frozenset({".git", "git~1", ".gitmodules"})
"""Names that git, or git on a case-insensitive system, would take for its own."""


def check_path(path: str) -> None:
    """Raise UnsafePath unless the path is relative, stays inside, and means the same on every system."""
    if not path or len(path.encode("utf-8", "surrogatepass")) > LONGEST_PATH:
        raise UnsafePath(f"The path {shown(path)} is empty or too long; give a shorter one inside the repository.")
    is_plain = path.isascii() and path.isprintable()
    if not is_plain and any(odd(character) for character in path):
        raise UnsafePath(f"The path {shown(path)} holds characters that don't belong in a file name; use plain ones.")
    if path.startswith("/") or "\\" in path or ":" in path:
        raise UnsafePath(f"The path {shown(path)} must be relative, with / between names.")
    for name in path.split("/"):
        check_name(name, path)


def check_name(name: str, path: str) -> None:
    """Check one name of a path."""
    if name in {"", ".", ".."}:
        raise UnsafePath(f"The path {shown(path)} climbs or has an empty name; give the plain way from the root.")
    if len(name.encode()) > LONGEST_NAME:
        raise UnsafePath(f"The path {shown(path)} has a name of more than {LONGEST_NAME} bytes; make it shorter.")
    if name != name.strip() or name.endswith("."):
        raise UnsafePath(f"The path {shown(path)} has a name that begins or ends with a space or a dot; rename it.")
    if unicodedata.normalize("NFKC", name).casefold() in GIT_NAMES:
        raise UnsafePath(f"The path {shown(path)} belongs to git itself; choose another name.")


def odd(character: str) -> bool:
    """Tell whether a character is a control, an invisible format mark, a surrogate or a line separator."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def shown(path: str) -> str:
    """Return a path as it can be shown: escaped and short."""
    return ascii(path[:120])
