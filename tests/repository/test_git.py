"""Commits are a function of their input, branches move as told, and trees come back as they went in."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.repository.errors import GitError, GitMissing, GitTimeout, UnknownRevision, UnsafePath
from bot.repository.git import Commit, Repository
from bot.repository.process import run_git

MORNING = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TRAILERS = "Plan-Task: 2.1\nPlan-Requirements: 1.1, 1.2"


def commit(message: str, files: dict[str, bytes | None], date: datetime = MORNING, author: str = "Mara") -> Commit:
    return Commit(message=message, author_name=author, author_email="mara@example.org", date=date, files=files)


@pytest.fixture
async def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "plan.git")
    await made.create()
    return made


async def test_a_new_repository_is_bare_with_main_and_making_it_again_keeps_it(repository: Repository) -> None:
    assert await repository.head("main") is None
    assert (repository.path / "HEAD").read_text() == "ref: refs/heads/main\n"
    assert not (repository.path / "hooks").exists()
    first = await repository.commit("main", None, commit("Begin", {"a": b"1"}))
    await repository.create()
    assert await repository.head("main") == first


async def test_the_same_commits_have_the_same_hashes_in_every_repository(
    repository: Repository, tmp_path: Path
) -> None:
    commits = [commit("Begin", {"a.txt": b"1\n"}), commit("Go on", {"b/c.txt": b"2\n", "a.txt": None})]
    hashes = await repository.commit_all("main", None, commits)
    other = Repository(tmp_path / "other.git")
    await other.create()
    first = await other.commit("main", None, commits[0])
    second = await other.commit("main", first, commits[1])
    assert [first, second] == hashes
    assert await other.read_tree(second) == {"b/c.txt": b"2\n"}


async def test_the_hash_does_not_depend_on_the_zone_or_the_fractions_of_the_date(repository: Repository) -> None:
    here = await repository.commit("main", None, commit("Begin", {"a": b"1"}))
    zone = timezone(timedelta(hours=5))
    there = await repository.commit(
        "main", None, commit("Begin", {"a": b"1"}, MORNING.astimezone(zone) + timedelta(milliseconds=400))
    )
    assert there == here


async def test_repeating_a_commit_ends_with_the_branch_at_it(repository: Repository) -> None:
    first = await repository.commit("main", None, commit("Begin", {"a": b"1"}))
    second = await repository.commit("main", first, commit("Go on", {"a": b"2"}))
    assert await repository.commit("main", None, commit("Begin", {"a": b"1"})) == first
    assert await repository.head("main") == first
    assert await repository.commit("main", first, commit("Go on", {"a": b"2"})) == second
    assert await repository.head("main") == second
    assert [entry.subject for entry in await repository.log("main", 10)] == ["Go on", "Begin"]


async def test_a_first_commit_replaces_what_a_branch_held(repository: Repository) -> None:
    await repository.commit("main", None, commit("Old", {"old": b"1"}))
    new = await repository.commit("main", None, commit("New", {"new": b"1"}))
    assert await repository.paths(new) == ["new"]
    assert len(await repository.log("main", 10)) == 1


async def test_no_commits_change_nothing_and_an_unknown_parent_is_refused(repository: Repository) -> None:
    assert await repository.commit_all("main", None, []) == []
    with pytest.raises(UnknownRevision):
        await repository.commit("main", "0" * 40, commit("Begin", {}))
    assert await repository.head("main") is None


async def test_the_log_gives_trailers_dates_authors_and_parents(repository: Repository) -> None:
    first = await repository.commit("main", None, commit("Begin", {"a": b"1"}))
    message = f"Add books\n\nA body with: a colon.\n\n{TRAILERS}\nPlan-Task: 2.2"
    second = await repository.commit("main", first, commit(message, {"a": b"2"}))
    newest, oldest = await repository.log("main", 10)
    assert (newest.hash, newest.subject, newest.date, newest.author) == (second, "Add books", MORNING, "Mara")
    assert newest.trailers == {"Plan-Task": "2.1, 2.2", "Plan-Requirements": "1.1, 1.2"}
    assert (newest.parents, oldest.parents, oldest.trailers) == ((first,), (), {})
    assert await repository.message(second) == message
    assert [entry.hash for entry in await repository.log("main", 1)] == [second]
    assert [entry.hash for entry in await repository.log(first, 10)] == [first]
    assert await repository.log("nowhere", 10) == []


async def test_files_and_trees_are_read_back_byte_for_byte(repository: Repository) -> None:
    tree: dict[str, bytes | None] = {
        "empty": b"",
        "no newline": b"x",
        "deep/er/binary.bin": bytes(range(256)),
        'strange "name".txt': b"\n\n",
        "straße/日本.md": "ü\n".encode(),
        ".gitattributes": b"* export-ignore export-subst eol=crlf\n",
    }
    made = await repository.commit("main", None, commit("All kinds", tree))
    assert await repository.read_tree(made) == tree
    assert sorted(await repository.paths(made)) == sorted(tree)
    assert await repository.file(made, "deep/er/binary.bin") == bytes(range(256))
    for missing in ("deep", "none", "a\nb", "../x", ""):
        assert await repository.file(made, missing) is None
    with pytest.raises(UnknownRevision):
        await repository.file("f" * 40, "empty")


async def test_a_folder_can_take_the_place_of_a_file(repository: Repository) -> None:
    first = await repository.commit("main", None, commit("File", {"app": b"1"}))
    second = await repository.commit("main", first, commit("Folder", {"app/main.py": b"2", "app": None}))
    assert await repository.read_tree(second) == {"app/main.py": b"2"}


async def test_entries_list_one_folder(repository: Repository) -> None:
    made = await repository.commit("main", None, commit("Begin", {"a/b.txt": b"123", "a/c/d.txt": b"", "e": b""}))
    top = await repository.entries(made, recursive=False)
    assert [(entry.path, entry.kind) for entry in top] == [("a", "tree"), ("e", "blob")]
    inside = await repository.entries(made, "a", recursive=False)
    assert [(entry.path, entry.kind, entry.size) for entry in inside] == [("a/b.txt", "blob", 3), ("a/c", "tree", None)]
    for missing in ("none", "..", "a/../a", "/", ":(top)a", "*"):
        assert await repository.entries(made, missing) == []


async def test_a_difference_shows_what_a_commit_changed(repository: Repository) -> None:
    first = await repository.commit("main", None, commit("Begin", {"a": b"one\n"}))
    second = await repository.commit("main", first, commit("Go on", {"a": b"two\n"}))
    assert b"+one" in await repository.difference(first)
    patch = await repository.difference(second)
    assert b"-one" in patch
    assert b"+two" in patch


async def test_branches_are_listed_and_their_names_checked(repository: Repository) -> None:
    first = await repository.commit("main", None, commit("Begin", {"a": b"1"}))
    await repository.commit("plan/library-2", first, commit("Go on", {"a": b"2"}))
    assert await repository.branches() == ["main", "plan/library-2"]
    for name in ("-x", "a..b", "a.lock", "a//b", ".a", "a b", "", "a/", "x" * 201, "a\nb", "@{u}", "~"):
        with pytest.raises(UnknownRevision):
            await repository.head(name)


async def test_exporting_writes_the_tree_beside_what_is_there(repository: Repository, tmp_path: Path) -> None:
    made = await repository.commit("main", None, commit("Begin", {"a/b.txt": b"1", "c": b"2"}))
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "mine").write_text("kept")
    (folder / "c").symlink_to(tmp_path / "outside")
    await repository.export(made, folder)
    assert (folder / "a/b.txt").read_bytes() == b"1"
    assert (folder / "c").read_bytes() == b"2"
    assert (folder / "mine").read_text() == "kept"
    assert not (tmp_path / "outside").exists()


async def test_exporting_never_follows_a_link_out_of_the_folder(repository: Repository, tmp_path: Path) -> None:
    made = await repository.commit("main", None, commit("Begin", {"a/b.txt": b"1"}))
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a").symlink_to(outside)
    with pytest.raises(UnsafePath):
        await repository.export(made, folder)
    assert list(outside.iterdir()) == []


async def test_trees_with_links_are_refused_and_scripts_stay_executable(repository: Repository, tmp_path: Path) -> None:
    work = tmp_path / "work"
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}

    def git(*words: str) -> str:
        person = ("-c", "user.name=Jon", "-c", "user.email=jon@example.org")
        run = subprocess.run(["git", *person, *words], cwd=work, env=environment, check=True, capture_output=True)
        return run.stdout.decode().strip()

    work.mkdir()
    git("init", "-q", "-b", "main")
    (work / "run.sh").write_text("#!/bin/sh\n")
    (work / "run.sh").chmod(0o755)
    git("add", ".")
    git("commit", "-qm", "A script")
    await repository.create()
    git("push", "-q", str(repository.path), "main")
    head = await repository.head("main")
    assert head is not None
    await repository.export(head, tmp_path / "out")
    assert os.access(tmp_path / "out/run.sh", os.X_OK)
    (work / "link").symlink_to("/etc/passwd")
    git("add", ".")
    git("commit", "-qm", "A link")
    git("push", "-q", str(repository.path), "main")
    linked = await repository.head("main")
    assert linked is not None
    with pytest.raises(UnsafePath):
        await repository.read_tree(linked)
    with pytest.raises(UnsafePath):
        await repository.export(linked, tmp_path / "again")
    assert not (tmp_path / "again").exists()


async def test_an_unsafe_path_stops_all_commits_before_anything_is_written(repository: Repository) -> None:
    with pytest.raises(UnsafePath):
        await repository.commit_all("main", None, [commit("Good", {"a": b"1"}), commit("Bad", {"../a": b"1"})])
    assert await repository.head("main") is None


async def test_names_and_messages_cannot_break_out_of_their_line(repository: Repository) -> None:
    hostile = "Eve <eve@example.org> 0 +0000\nfrom refs/heads/other\n\0"
    made = await repository.commit("main", None, commit("Begin\0\ndone\nfrom x", {"a": b"done\n"}, author=hostile))
    (only,) = await repository.log("main", 10)
    assert (only.hash, only.author) == (made, "Eve eve@example.org 0 +0000from refs/heads/other")
    assert await repository.message(made) == "Begin\ndone\nfrom x"
    nameless = await repository.commit("main", None, commit("Begin", {}, author=" \n"))
    assert (await repository.log(nameless, 1))[0].author == "unknown"


async def test_a_person_s_git_settings_reach_nothing(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = await repository.commit("main", None, commit("Begin", {"a": b"1"}))
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[core]\n  bare = nonsense\n[commit]\n  gpgSign = true\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Someone else")
    assert await repository.commit("main", None, commit("Begin", {"a": b"1"})) == plain


async def test_a_missing_git_and_a_failing_git_say_what_to_do(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(GitError, match="fast-import failed"):
        await repository.git("fast-import", stdin=b"nonsense\n")
    with pytest.raises(GitTimeout, match="longer than"):
        await run_git(["cat-file", "--batch"], folder=repository.path, seconds=0.0)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitMissing, match="install it"):
        await repository.head("main")
