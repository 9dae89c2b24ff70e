"""Pushing a commit, so that nothing people pushed is overwritten and no token shows anywhere."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.repository.errors import Refusal, RemoteMoved, RemoteRefused
from bot.repository.process import GitOutput, last_line, run_git

if TYPE_CHECKING:
    from bot.repository.git import Repository

__all__ = ["push_commit", "refusal_of", "token_configuration"]

SECONDS = 300.0
"""How long a push may take."""

SIGNS: tuple[tuple[str, Refusal], ...] = (
    (r"protected branch|GH006|GH013|rule violations", Refusal.PROTECTED),
    (r"create or update workflow .* without `?workflows?`? (?:scope|permission)", Refusal.WORKFLOWS),
    (r"could not read Username|Authentication failed|returned error: 401|Invalid username", Refusal.CREDENTIALS),
    (r"returned error: 403|Permission to .* denied|Write access|SAML SSO", Refusal.PERMISSION),
    (r"repository .* not found|returned error: 404|does not appear to be a git repository", Refusal.NOT_FOUND),
    (r"resolve host|connect to|Connection refused|timed out|error: 5\d\d|Empty reply|SSL|TLS", Refusal.UNREACHABLE),
)
"""What git's words mean; the first sign that fits counts."""

SENTENCES = {
    Refusal.CREDENTIALS: "The remote didn't accept the token; give a new one, then push again.",
    Refusal.PERMISSION: "The token may not write to this repository; give it write access, then push again.",
    Refusal.NOT_FOUND: "The remote repository isn't there, or the token may not see it; check its name and access.",
    Refusal.PROTECTED: "The remote protects this branch; allow the bot to push to it, then push again.",
    Refusal.WORKFLOWS: "The token may not write workflows; give it the right to, then push again.",
    Refusal.UNREACHABLE: "The remote can't be reached; check the network and its address, then push again.",
}


async def push_commit(
    repository: Repository, url: str, branch: str, commit: str, expected: str | None, token: str | None
) -> None:
    """Push one commit to one branch; see `bot.repository.git.Repository.push`."""
    configuration = token_configuration(url, token)
    reference = f"refs/heads/{branch}"
    output = await run_git(
        [
            "push", "--porcelain", "--atomic", "--no-verify", "--no-signed",
            f"--force-with-lease={reference}:{expected or ''}", "--", url, f"{commit}:{reference}",
        ],
        folder=repository.path, seconds=SECONDS, configuration=configuration, accepted=range(256),
        written=[place for place in (Path(url),) if place.is_dir()],
    )  # fmt: skip
    if output.code == 0:
        return
    if not moved(output):
        raise refusal_of(output, token)
    if await already_there(repository, url, reference, commit, configuration):
        return
    raise RemoteMoved(
        f"Someone pushed to {branch} meanwhile, so nothing was overwritten; "
        "look at what is new there, then decide how the build goes on."
    )


def token_configuration(url: str, token: str | None) -> dict[str, str]:
    """Return the setting that sends a token to the remote's host only; none without a token or for a path.

    Raises RemoteRefused where the token would travel in the clear to another machine.
    """
    parts = urlsplit(url)
    if token is None or parts.scheme not in {"http", "https"}:
        return {}
    if parts.username is not None or parts.password is not None:
        raise RemoteRefused("The remote's address holds a name or a password; give it without.", Refusal.CREDENTIALS)
    if parts.scheme == "http" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise RemoteRefused(
            "The remote's address is http, so the token could be read on the way; give an https one.",
            Refusal.CREDENTIALS,
        )
    pair = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return {f"http.{parts.scheme}://{parts.netloc}/.extraHeader": f"Authorization: Basic {pair}"}


def moved(output: GitOutput) -> bool:
    """Tell whether the lease, or a race after it, stopped the push."""
    text = output.out.decode(errors="replace") + output.err
    return re.search(r"stale info|fetch first|non-fast-forward|incorrect old value|cannot lock ref", text) is not None


async def already_there(
    repository: Repository, url: str, reference: str, commit: str, configuration: dict[str, str]
) -> bool:
    """Tell whether the remote branch holds the commit in a history that we know (an earlier try went further)."""
    output = await run_git(
        ["ls-remote", "--", url, reference],
        folder=repository.path, seconds=SECONDS, configuration=configuration, accepted=range(256),
    )  # fmt: skip
    words = output.out.decode().split()
    if output.code != 0 or len(words) != 2:
        return False
    return await repository.contains(words[0]) and await repository.is_ancestor(commit, words[0])


def refusal_of(output: GitOutput, token: str | None, what: str = "push") -> RemoteRefused:
    """Return the error that says, without the token, why the remote refused a push, or to be read."""
    text = f"{output.out.decode(errors='replace')}\n{output.err}"
    if token:
        text = text.replace(token, "***")
    for pattern, refusal in SIGNS:
        if re.search(pattern, text, re.IGNORECASE):
            return RemoteRefused(SENTENCES[refusal], refusal)
    reason = next((line for line in text.splitlines() if "[remote rejected]" in line), last_line(text))
    return RemoteRefused(f"The remote refused the {what} ({reason.strip()[:200]}); nothing is lost, try again later.")
