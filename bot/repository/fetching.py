"""Fetching branches of a remote into a bare repository, with the token shown nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.repository.process import run_git
from bot.repository.pushing import refusal_of, token_configuration

if TYPE_CHECKING:
    from bot.repository.git import Repository

__all__ = ["fetch_branches"]

SECONDS = 300.0
"""How long a fetch may take."""


async def fetch_branches(
    repository: Repository, url: str, branches: Sequence[str], token: str | None
) -> dict[str, str]:
    """Fetch those branches that the remote has; see `bot.repository.git.Repository.fetch`."""
    configuration = token_configuration(url, token)
    listed = await run_git(
        ["ls-remote", "--heads", "--", url],
        folder=repository.path, seconds=SECONDS, configuration=configuration, accepted=range(256),
    )  # fmt: skip
    if listed.code != 0:
        raise refusal_of(listed, token, "read")
    heads = dict(line.split("\t")[::-1] for line in listed.out.decode(errors="replace").splitlines())
    found = {branch: heads[f"refs/heads/{branch}"] for branch in branches if f"refs/heads/{branch}" in heads}
    if not found:
        return {}
    wanted = [f"+{commit}:refs/remotes/origin/{branch}" for branch, commit in found.items()]
    output = await run_git(
        [
            "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-gc", "--no-recurse-submodules",
            "--", url, *wanted,
        ],
        folder=repository.path, seconds=SECONDS, configuration=configuration, accepted=range(256),
    )  # fmt: skip
    if output.code != 0:
        raise refusal_of(output, token, "read")
    return found
