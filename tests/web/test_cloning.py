"""Clones over smart HTTP with the real git; pushes are refused."""

from __future__ import annotations

import asyncio
import os
import subprocess
from pathlib import Path

import pytest

from bot.repository.errors import Refusal, RemoteRefused
from bot.repository.git import Repository
from tests.web.conftest import Served, commit


async def git(*words: str, folder: Path) -> str:
    """Run git as a person would, from another process."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }
    run = await asyncio.to_thread(
        subprocess.run, ["git", *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


async def test_a_clone_holds_every_commit_and_a_fetch_brings_new_ones(served: Served, tmp_path: Path) -> None:
    await git("clone", "-q", f"{served.url}/git/library.git", "clone", folder=tmp_path)
    clone = tmp_path / "clone"
    assert (await git("rev-parse", "HEAD", folder=clone)).strip() == served.commits[-1]
    assert (await git("log", "--format=%H", folder=clone)).split() == served.commits[::-1]
    assert (clone / "app/main.py").is_file()
    repository = Repository(served.repositories / "library.git")
    new = await repository.commit("main", served.commits[-1], commit("More", {"big": os.urandom(3_000_000)}))
    await git("pull", "-q", folder=clone)
    assert (await git("rev-parse", "HEAD", folder=clone)).strip() == new


async def test_clones_at_the_same_time_and_shallow_ones_work(served: Served, tmp_path: Path) -> None:
    url = f"{served.url}/git/library.git"
    await asyncio.gather(
        *(
            git("clone", "-q", "--depth", str(number + 1), url, f"clone{number}", folder=tmp_path)
            for number in range(3)
        ),
        git("-c", "protocol.version=0", "clone", "-q", url, "old", folder=tmp_path),
    )
    assert len((await git("log", "--format=%H", folder=tmp_path / "clone0")).split()) == 1
    assert (tmp_path / "old/README.md").is_file()


async def test_pushes_are_refused(served: Served) -> None:
    repository = Repository(served.repositories.parent / "plan.git")
    new = await repository.commit("main", served.commits[-1], commit("Mine", {"x": b"1"}))
    with pytest.raises(RemoteRefused) as refused:
        await repository.push(f"{served.url}/git/library.git", "main", new, served.commits[-1], "any-token")
    assert refused.value.refusal is Refusal.PERMISSION
    for method, path in (("GET", "info/refs?service=git-receive-pack"), ("POST", "git-receive-pack")):
        answer = await served.client.request(method, f"/git/library.git/{path}", content=b"0000")
        assert answer.status_code == 403
        assert "read-only" in answer.text
    assert await Repository(served.repositories / "library.git").head("main") == served.commits[-1]


@pytest.mark.parametrize(
    "path",
    [
        "HEAD", "config", "objects/info/packs", "info/refs", "info/refs?service=git-upload-archive",
        "planthread-marker",
        "../plan.git/info/refs?service=git-upload-pack", "git-upload-pack", "info%2Frefs/x",
    ],
)  # fmt: skip
async def test_files_of_a_repository_are_not_given_out(served: Served, path: str) -> None:
    assert (await served.client.get(f"/git/library.git/{path}")).status_code == 404


async def test_other_names_are_404(served: Served) -> None:
    for name in ("none", "..%2Fplan", ".", "%2e%2e%2fplan", "a/b"):
        answer = await served.client.get(f"/git/{name}.git/info/refs?service=git-upload-pack")
        assert answer.status_code == 404, name


async def test_a_request_that_is_too_long_is_refused(served: Served) -> None:
    answer = await served.client.post("/git/library.git/git-upload-pack", content=b"0" * (9 << 20))
    assert answer.status_code == 413


async def test_nonsense_for_git_gets_an_answer(served: Served) -> None:
    kind = {"Content-Type": "application/x-git-upload-pack-request"}
    answer = await served.client.post("/git/library.git/git-upload-pack", content=b"nonsense", headers=kind)
    assert answer.status_code in {200, 400, 500}
    assert (await served.client.get("/healthz")).status_code == 200
