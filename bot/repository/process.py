"""Runs git with an environment built from scratch: nothing of a person's configuration, hooks or secrets reaches it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import shutil
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.repository.errors import GitError, GitMissing, GitTimeout
from bot.repository.leftovers import running_in, swept_after

__all__ = ["GitOutput", "git_environment", "run_git"]

SECONDS = 60.0
"""How long a local git command may take."""

PASSED_ON = (
    "PATH", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "CURL_CA_BUNDLE",
)  # fmt: skip
"""What git needs of the bot's own environment: where programs are, and how the network is reached."""

NO_ROOM = (
    os.strerror(errno.ENOSPC),
    os.strerror(errno.EDQUOT),
    os.strerror(errno.EFBIG),
    f"died of signal {int(signal.SIGXFSZ)}",
)
"""What git says of a write that found no room."""

CONFIGURATION = {
    "core.hooksPath": os.devnull,
    "core.quotePath": "false",
    "credential.helper": "",
    "fetch.fsckObjects": "true",
    "gc.auto": "0",
    "http.followRedirects": "false",
    "safe.directory": "*",
}
"""Settings of every command, given by environment entries, which never show in an argument list."""


@dataclass(frozen=True, slots=True)
class GitOutput:
    """What a git command said: its exit code and both streams."""

    code: int
    out: bytes
    err: str


def git_environment(configuration: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the whole environment of a git command, with extra settings such as a header that holds a token."""
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment |= {
        "HOME": os.devnull,  # no .netrc, no .gitconfig, and nothing can be written there
        "LC_ALL": "C",
        "TZ": "UTC",
        "GIT_ALLOW_PROTOCOL": "file:http:https",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_DIR": ".",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
    }
    settings = [*CONFIGURATION.items(), *(configuration or {}).items()]
    environment["GIT_CONFIG_COUNT"] = str(len(settings))
    for index, (key, value) in enumerate(settings):
        environment[f"GIT_CONFIG_KEY_{index}"] = key
        environment[f"GIT_CONFIG_VALUE_{index}"] = value
    return environment


async def run_git(
    arguments: Sequence[str],
    *,
    folder: Path,
    stdin: bytes | None = None,
    seconds: float = SECONDS,
    configuration: Mapping[str, str] | None = None,
    environment: Mapping[str, str] | None = None,
    accepted: Sequence[int] = (0,),
    written: Sequence[Path] = (),
) -> GitOutput:
    """Run ``git <arguments>`` in the folder of a repository's own files and return its output.

    ``environment`` adds to what git sees, such as ``GIT_WORK_TREE``; ``written`` names other repositories of this
    machine that the command writes.

    Raises GitMissing, GitTimeout, and GitError for an exit code that isn't accepted. The command and its children are
    killed when the time is up, when the caller is cancelled, and (where setpriv exists) when the bot dies; what they
    were writing is swept, at the next start where the bot died.
    """
    program = shutil.which("git")
    if program is None:
        raise GitMissing("git isn't installed here; install it (apt install git, brew install git) and try again.")
    process = None
    try:
        with running_in(folder) as inherited:
            process = await asyncio.create_subprocess_exec(
                *dies_with_parent(),
                program,
                *arguments,
                cwd=folder,
                env={**git_environment(configuration), **(environment or {})},
                stdin=asyncio.subprocess.PIPE if stdin is not None else asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,
                pass_fds=inherited,
            )
        out, err = await asyncio.wait_for(process.communicate(stdin), seconds)
    except TimeoutError:
        raise GitTimeout(f"git {arguments[0]} took longer than {seconds:.0f} s; try again in a moment.") from None
    finally:
        if process is None or process.returncode is None:
            await cut_off(process, [folder, *written])
    output = GitOutput(process.returncode or 0, out, err.decode(errors="replace"))
    if output.code not in accepted and found_no_room(output):
        raise GitError(f"git {arguments[0]} found no room to write; make room, then run it again. Nothing is lost.")
    if output.code not in accepted:
        raise GitError(f"git {arguments[0]} failed: {last_line(output.err)}")
    return output


def found_no_room(output: GitOutput) -> bool:
    """Tell whether a full disk, a quota or a limit of files ended a command, or one that it had begun."""
    return output.code == -signal.SIGXFSZ or any(sign in output.err for sign in NO_ROOM)


def dies_with_parent() -> list[str]:
    """Return the words that make a command die with this process, where the system has setpriv."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []


async def cut_off(process: asyncio.subprocess.Process | None, repositories: Sequence[Path]) -> None:
    """Kill a command that still runs, with its whole group, wait for it, and sweep what it was writing."""
    if process is not None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    await asyncio.to_thread(swept_after, repositories)


def last_line(text: str) -> str:
    """Return the last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it said nothing"
