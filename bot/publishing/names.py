"""Names of repositories that every remote, and every system, takes."""

from __future__ import annotations

from bot.patterns import regex
from bot.workflow.ports import PublishingError

__all__ = ["check_name", "one_line"]

NAME = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?")


def check_name(name: str) -> None:
    """Raise PublishingError unless the name is one that a remote takes, and that can't lead anywhere else."""
    if not NAME.fullmatch(name) or ".." in name or name.lower().endswith((".git", ".wiki", ".lock", ".atom")):
        raise PublishingError(
            f"{name[:80]!a} can't be the name of a repository; reply with one of letters, digits and dashes",
            ". The build waits, and nothing is lost.",
        )


def one_line(text: str, longest: int) -> str:
    """Return a description as remotes take it: one line, without control characters, not longer than that."""
    plain = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"
