"""Only paths that stay inside and mean the same everywhere may be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.repository.errors import UnsafePath
from bot.repository.git import Repository
from bot.repository.paths import check_path
from tests.repository.test_git import commit


@pytest.mark.parametrize(
    "path",
    ["a", "app/main.py", ".planning/STATE.md", ".github/workflows/ci.yml", ".gitignore", "a b/ü.md", "x..y", "a" * 255],
)
async def test_what_stands_at_a_plain_path_is_written_and_read_back(path: str, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "plan.git")
    await repository.create()
    head = await repository.commit("main", None, commit("Begin", {path: b"1\n"}))
    assert await repository.read_tree(head) == {path: b"1\n"}


@pytest.mark.parametrize(
    "path",
    [
        "", "/etc/passwd", "../a", "a/../b", "a/..", ".", "./a", "a//b", "a/", "a\\b", "C:/x", "a:b",
        ".git/hooks/pre-push", ".GIT/config", "a/.git", "git~1/config", ".git./x", ".git /x", ".g\u200cit/config",
        "．git/config", ".gitmodules", "a\nb", "a\0b", "a\x7fb", "a\u202eb", "a\u2028b", "\udcff", " a", "a ", "b./c",
        "a" * 256, "a/" * 600 + "a",
    ],
)  # fmt: skip
def test_everything_else_is_refused_with_a_sentence(path: str) -> None:
    with pytest.raises(UnsafePath) as refused:
        check_path(path)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert sentence.isascii()
    assert len(sentence) < 400
