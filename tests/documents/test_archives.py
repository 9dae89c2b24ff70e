"""Archives of planning files: what is taken, and each way in which one can be hostile."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable

import pytest

from bot.documents import archives
from bot.documents.archives import ArchiveRefused, is_archive, open_archive


def packed(*members: tuple[str | zipfile.ZipInfo, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip with these members."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", compression) as archive:
        warnings.simplefilter("ignore")  # a name that is there twice
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def special(name: str, mode: int) -> zipfile.ZipInfo:
    """Return a member of another kind than a file."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (mode | 0o777) << 16
    return info


def test_the_files_of_a_folder_are_taken_in_order_and_what_file_managers_leave_is_not() -> None:
    data = packed(
        ("plan/", b""),
        ("plan/requirements.md", b"# Requirements\n"),
        ("plan\\tasks.md", b"- [ ] 1. Begin\n"),
        ("./plan/design.md", b"# Design\n"),
        ("__MACOSX/plan/._tasks.md", b"x"),
        ("plan/.DS_Store", b"x"),
        ("plan/._design.md", b"x"),
    )
    assert open_archive(data) == {
        "plan/requirements.md": b"# Requirements\n",
        "plan/tasks.md": b"- [ ] 1. Begin\n",
        "plan/design.md": b"# Design\n",
    }


def test_an_archive_is_known_by_its_first_bytes_and_by_its_name() -> None:
    assert is_archive("anything", packed(("a.md", b"a")))
    assert is_archive("empty", packed())
    assert is_archive("PLAN.ZIP", b"no zip at all")
    assert not is_archive("tasks.md", b"- [ ] 1. Begin")


def flagged_as_encrypted() -> bytes:
    data = bytearray(packed(("tasks.md", b"- [ ] 1. Begin")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def lying_about_its_size() -> bytes:
    """Return a zip whose directory says that a member is small."""
    data = bytearray(packed(("tasks.md", b"x" * 200_000)))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 10)
    return bytes(data)


def of_an_unknown_method() -> bytes:
    data = bytearray(packed(("tasks.md", b"- [ ] 1. Begin")))
    struct.pack_into("<H", data, data.index(b"PK\x03\x04") + 8, 99)
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 10, 99)
    return bytes(data)


def with_a_broken_member() -> bytes:
    data = bytearray(packed(("tasks.md", b"- [ ] 1. Begin"), compression=zipfile.ZIP_STORED))
    data[data.index(b"Begin")] ^= 0xFF
    return bytes(data)


def a_bomb_of_one_piece(method: int) -> bytes:
    """Return a zip whose directory hides how large a member becomes, packed so that one piece holds all of it."""
    data = bytearray(packed(("tasks.md", bytes(4_000_000)), compression=method))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 60_000)
    return bytes(data)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"PK\x03\x04 and nothing more", "is damaged"),
    "a broken member": (with_a_broken_member, "is damaged"),
    "an unknown method": (of_an_unknown_method, "in a way that I can't read"),
    "a password": (flagged_as_encrypted, "has a password"),
    "a link": (lambda: packed((special("tasks.md", stat.S_IFLNK), b"/etc/passwd")), "is a link"),
    "a device": (lambda: packed((special("tasks.md", stat.S_IFCHR), b"")), "no ordinary file"),
    "an absolute path": (lambda: packed(("/etc/tasks.md", b"x")), "an absolute path"),
    "a drive": (lambda: packed(("C:\\plans\\tasks.md", b"x")), "an absolute path"),
    "a way out": (lambda: packed(("plan/../../tasks.md", b"x")), "leads out of the folder"),
    "a way out in Windows' way": (lambda: packed(("plan\\..\\..\\tasks.md", b"x")), "leads out of the folder"),
    "one name twice": (lambda: packed(("tasks.md", b"a"), ("tasks.md", b"b")), "twice"),
    "one name in two cases": (lambda: packed(("tasks.md", b"a"), ("TASKS.md", b"b")), "twice"),
    "one name in two spellings of Unicode": (
        lambda: packed(("caf\u00e9.md", b"a"), ("cafe\u0301.md", b"b")),
        "twice",
    ),
    "far too deep": (lambda: packed(("/".join("a" * 13) + "/tasks.md", b"x")), "too deep"),
    "far too long a name": (lambda: packed(("a" * 251, b"x")), "too long a name"),
    "too many": (lambda: packed(*((f"{number}.md", b"x") for number in range(401))), "401 entries"),
    "a bomb": (lambda: packed(("tasks.md", bytes(4_000_000))), "100 times smaller"),
    "a bomb in bzip2": (lambda: a_bomb_of_one_piece(zipfile.ZIP_BZIP2), "in a way that I can't read"),
    "a bomb in lzma": (lambda: a_bomb_of_one_piece(zipfile.ZIP_LZMA), "in a way that I can't read"),
    "a lie about its size": (lying_about_its_size, "damaged"),
    "a member that is too large": (
        lambda: packed(("tasks.md", bytes(5 * 1024 * 1024 + 1)), compression=zipfile.ZIP_STORED),
        "larger than 5 MB",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_whole_with_its_own_sentence(name: str) -> None:
    make, sentence = HOSTILE[name]
    with pytest.raises(ArchiveRefused, match=sentence) as refused:
        open_archive(make())
    assert "Nothing of it was taken" in str(refused.value)
    assert len(str(refused.value)) < 250


def test_everything_together_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_TOTAL", 10)
    with pytest.raises(ArchiveRefused, match="Unpacked"):
        open_archive(packed(("a.md", b"123456"), ("b.md", b"123456")))
    monkeypatch.setattr(archives, "LARGEST_ARCHIVE", 10)
    with pytest.raises(ArchiveRefused, match="larger than"):
        open_archive(packed(("a.md", b"1")))


def test_names_in_sentences_hold_no_control_characters() -> None:
    with pytest.raises(ArchiveRefused) as refused:
        open_archive(packed(("../\u202etxt.\x1b[31m", b"x")))
    assert "\u202e" not in str(refused.value)
    assert "\x1b" not in str(refused.value)
