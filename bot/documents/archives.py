"""A `.zip` of planning files, opened in memory with caps: nothing is written, no link followed, no bomb unpacked.

What a folder of plans never holds (links, ways out of the folder, passwords, far too much) refuses the whole archive:
who sends one half of it meant something else.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
import zlib

from bot.patterns import regex

__all__ = ["LARGEST_ARCHIVE", "ArchiveRefused", "is_archive", "open_archive"]

LARGEST_ARCHIVE = 10 * 1024 * 1024
"""Bytes of the archive itself."""
MOST_MEMBERS = 400
LARGEST_MEMBER = 5 * 1024 * 1024
LARGEST_TOTAL = 20 * 1024 * 1024
"""Bytes of all members together, once they are unpacked."""
MOST_RATIO = 100
"""How many times larger than packed a member may be; text seldom passes ten."""
SMALL_MEMBER = 64 * 1024
"""Bytes that are never too many, however small they were packed."""
DEEPEST = 12
LONGEST_NAME = 250
PIECE = 64 * 1024
READ_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The ways of packing that can be undone piece by piece. Of the others one piece may unpack to any size."""
LEFTOVERS = regex(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|\._)")
"""What file managers put beside people's own files."""
ENCRYPTED = 0x1
BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
UNREADABLE = "This archive is packed in a way that I can't read"
OTHERWISE = "Nothing of it was taken. Pack the planning folder again, and drop that."


class ArchiveRefused(ValueError):  # noqa: N818 (a refusal is an answer to a person, not a fault)
    """An archive that isn't opened; the message says why and what to do, in one or two short sentences."""


def is_archive(name: str, data: bytes) -> bool:
    """Tell whether a file is a zip, by its first bytes or else by its name."""
    return data.startswith(BEGINNINGS) or name.lower().endswith(".zip")


def open_archive(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip by their paths in it, in its order. Raises ArchiveRefused."""
    if len(data) > LARGEST_ARCHIVE:
        raise refusal(f"This archive is larger than {LARGEST_ARCHIVE // 1024 // 1024} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = wanted_members(archive.infolist())
            return unpacked(archive, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError) as error:
        if isinstance(error, ArchiveRefused):
            raise
        raise refusal("This archive is damaged") from error
    except (NotImplementedError, RuntimeError) as error:
        raise refusal(UNREADABLE) from error


def wanted_members(listed: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Return the files of an archive by path, folders and leftovers left out. Raises ArchiveRefused."""
    if len(listed) > MOST_MEMBERS:
        raise refusal(f"This archive holds {len(listed):,} entries, more than the {MOST_MEMBERS} that I read")
    members: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for member in listed:
        require_plain(member)
        name = safe_name(member)
        if member.is_dir() or LEFTOVERS.search(name):
            continue
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            raise refusal(f"This archive holds {shown(name)} twice, and nobody can tell which counts")
        seen.add(folded)
        members[name] = member
    if sum(member.file_size for member in members.values()) > LARGEST_TOTAL:
        raise refusal(f"Unpacked, this archive is larger than {LARGEST_TOTAL // 1024 // 1024} MB")
    return members


def require_plain(member: zipfile.ZipInfo) -> None:
    """Raise ArchiveRefused for a member that is a link or a device, is locked, packed oddly, or far too large."""
    name = shown(member.filename)
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise refusal(f"{name} is a link in this archive, and I follow none")
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise refusal(f"{name} is no ordinary file in this archive")
    if member.flag_bits & ENCRYPTED:
        raise refusal("This archive has a password")
    if member.compress_type not in READ_METHODS:
        raise refusal(UNREADABLE)
    if member.file_size > LARGEST_MEMBER:
        raise refusal(f"{name} is larger than {LARGEST_MEMBER // 1024 // 1024} MB, which no plan is")
    if member.file_size > max(SMALL_MEMBER, MOST_RATIO * member.compress_size):
        raise refusal(f"{name} is packed more than {MOST_RATIO} times smaller than it is, as no plan is")


def safe_name(member: zipfile.ZipInfo) -> str:
    """Return a member's path. Raises ArchiveRefused for one that leads out of the folder, or is far too deep."""
    name = member.filename.replace("\\", "/")
    steps = name.strip("/").split("/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        raise refusal(f"{shown(name)} has an absolute path in this archive")
    if ".." in steps:
        raise refusal(f"{shown(name)} leads out of the folder of this archive")
    if len(steps) > DEEPEST or len(name) > LONGEST_NAME:
        raise refusal(f"{shown(name)} lies too deep in this archive, or has too long a name")
    return "/".join(step for step in steps if step not in {"", "."})


def unpacked(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> dict[str, bytes]:
    """Return what members hold. What they say of their size is not believed. Raises ArchiveRefused."""
    found: dict[str, bytes] = {}
    room = LARGEST_TOTAL
    for name, member in members.items():
        content = bytearray()
        most = min(room, LARGEST_MEMBER, max(SMALL_MEMBER, MOST_RATIO * member.compress_size))
        with archive.open(member) as opened:
            while piece := opened.read(PIECE):
                content += piece
                if len(content) > most:
                    raise refusal(f"{shown(name)} is larger than this archive says")
        room -= len(content)
        found[name] = bytes(content)
    return found


def shown(name: str) -> str:
    """Return a name as a sentence shows it: its end, without control characters."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in name)
    return f"“{plain if len(plain) <= 80 else '…' + plain[-79:]}”"


def refusal(reason: str) -> ArchiveRefused:
    """Return a refusal for a reason."""
    return ArchiveRefused(f"{reason}. {OTHERWISE}")
