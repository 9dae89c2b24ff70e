"""The App's part of the stand-in for GitHub: where it is installed, and the tokens that it is given."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from tests.stand_ins.github_answers import problem

__all__ = ["GitHubApp"]

GRANTED = {
    "administration": "write", "contents": "write", "issues": "write", "members": "read", "metadata": "read",
    "pull_requests": "write", "statuses": "write", "workflows": "write",
}  # fmt: skip


@dataclass
class GitHubApp:
    """The App number 12."""

    key: bytes = b""
    """The public key that its calls are signed for, as PEM."""
    installed: dict[str, str] = field(default_factory=lambda: {"acme": "Organization"})
    token_seconds: int = 3600
    given: int = 0
    """How many tokens it was given."""
    granted: dict[str, str] = field(default_factory=GRANTED.copy)
    """What it may do where it is installed."""
    rights: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What each of its tokens was asked for with: permissions, and repositories."""

    def answer(
        self, method: str, path: str, authorization: str, asked: dict[str, Any], known: Collection[str]
    ) -> tuple[int, Any]:
        """Answer a call that the App itself signs: where it is installed, and its tokens, with the rights asked for.

        ``known`` are the full names of the repositories that are there, in small letters.
        """
        try:
            claims = jwt.decode(authorization.partition(" ")[2], self.key, algorithms=["RS256"])
        except jwt.PyJWTError:
            return 401, problem("A JSON web token could not be decoded")
        if claims["iss"] != "12":
            return 401, problem("'Issuer' claim ('iss') must be an Integer")
        rows: list[dict[str, Any]] = [
            {"id": 7, "account": {"login": name, "type": kind}, "permissions": self.granted}
            for name, kind in self.installed.items()
        ]
        match [method, *path.strip("/").split("/")]:
            case ["GET", "app", "installations"]:
                return 200, rows
            case ["GET", "users", login, "installation"] if login in self.installed:
                return 200, next(row for row in rows if row["account"]["login"] == login)
            case ["POST", "app", "installations", "7", "access_tokens"]:
                if refusal := self.refuses(asked, known):
                    return 422, problem(refusal)
                self.given += 1
                token = f"ghs_number{self.given}"
                self.rights[token] = asked
                end = datetime.now(UTC) + timedelta(seconds=self.token_seconds)
                return 201, {"token": token, "expires_at": end.strftime("%Y-%m-%dT%H:%M:%SZ")}
        return 404, problem("Not Found")

    def refuses(self, asked: dict[str, Any], known: Collection[str]) -> str:
        """Return why a token isn't given: a repository that isn't there, or more than the App was granted."""
        there = {name.partition("/")[2] for name in known}
        if not {name.lower() for name in asked.get("repositories", [])} <= there:
            return (
                "There is at least one repository that does not exist or is not accessible to the parent installation."
            )
        if any(level > self.granted.get(name, "") for name, level in asked.get("permissions", {}).items()):
            return "The permissions requested are not granted to this installation."
        return ""
