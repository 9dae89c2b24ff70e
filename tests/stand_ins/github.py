"""A stand-in for GitHub: the few REST calls that publishing needs, and a real git server for what they create.

``python -m tests.stand_ins.github --port N --repositories DIR --token T`` serves both on one port. The shapes of
answers and errors follow GitHub's REST documentation (version 2022-11-28).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.stand_ins.git_server import GitHandler, GitServer, make_bare
from tests.stand_ins.github_answers import git_said, heads_of, needs_of, problem, refused, shown_pull
from tests.stand_ins.github_app import GitHubApp

__all__ = ["GitHubStandIn", "Prepared"]

NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")


@dataclass
class Prepared:
    """An answer that a test has prepared for the next request to a path."""

    method: str
    path: str
    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


class GitHubStandIn(GitServer):
    """One user (the token's), some organisations, and their repositories."""

    def __init__(
        self,
        repositories: Path,
        token: str,
        *,
        port: int = 0,
        user: str = "planthread-bot",
        organisations: tuple[str, ...] = ("acme",),
    ) -> None:
        super().__init__(repositories, token, port=port, private=True, handler=GitHubHandler)
        self.user = user
        self.organisations = organisations
        self.closed_organisations: set[str] = set()
        """Organisations in which the token may create nothing."""
        self.known: dict[str, dict[str, Any]] = {}
        self.requests: list[tuple[str, str, Any]] = []
        """Method, path and JSON of every REST request, in order."""
        self.prepared: list[Prepared] = []
        self.pulls: list[dict[str, Any]] = []
        self.people = {"octocat", "mara-of-acme"}
        self.teams = {"acme/backend"}
        self.app = GitHubApp()
        self.issues: list[dict[str, Any]] = []
        self.without_issues = False
        self.statuses: list[tuple[str, dict[str, Any]]] = []
        """Commit, and what was said of it, in order."""
        self.unchanged: list[str] = []
        """Paths that were asked for by the tag of what is still there, and answered with 304."""
        self.recall()

    def recall(self) -> None:
        """Know again what an earlier run of the stand-in created in the same folder."""
        for record in sorted(self.repositories.glob("*/*.git/stand-in.json")):
            repository = json.loads(record.read_text())
            self.known[repository["full_name"].lower()] = self.describe(
                repository["owner"]["login"], repository["name"], repository["description"], repository["private"]
            )

    def prepare(self, method: str, path: str, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        """Answer the next such request in this way."""
        self.prepared.append(Prepared(method, path, status, body, headers or {}))

    def limit_rate(self, method: str, path: str) -> None:
        """Answer the next such request as GitHub does when the hour's requests are used up."""
        reset = str(int(time.time()) + 1800)
        headers = {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
        self.prepare(method, path, 403, problem("API rate limit exceeded for user ID 1."), headers)

    def create(self, owner: str, asked: dict[str, Any]) -> tuple[int, Any]:
        """Create a repository, or refuse as GitHub does."""
        name = asked.get("name")
        if not isinstance(name, str) or not NAME.fullmatch(name):
            return 422, refused("name", "name is invalid")
        if f"{owner}/{name}".lower() in self.known:
            return 422, refused("name", "name already exists on this account")
        made = self.describe(owner, name, asked.get("description") or "", bool(asked.get("private", False)))
        path = self.repositories / owner / f"{name}.git"
        make_bare(path)
        (path / "stand-in.json").write_text(json.dumps(made))
        self.known[f"{owner}/{name}".lower()] = made
        return 201, made

    def open_pull(self, full_name: str, asked: dict[str, Any]) -> tuple[int, Any]:
        """Open a pull request, or refuse as GitHub does: a branch that isn't there, or one that has one already."""
        heads = heads_of(self.repositories / f"{full_name}.git")
        if asked.get("head") not in heads or asked.get("base") not in heads:
            return 422, {**problem("Validation Failed"), "errors": [{"field": "head", "code": "invalid"}]}
        if self.open_pulls(full_name, str(asked["head"])):
            there = f"A pull request already exists for {full_name.partition('/')[0]}:{asked['head']}."
            return 422, {**problem("Validation Failed"), "errors": [{"code": "custom", "message": there}]}
        number = len(self.pulls) + 1
        address = f"{self.url}/{full_name}/pull/{number}"
        made = {"number": number, "state": "open", "merged": False, "html_url": address, "of": full_name, **asked}
        self.pulls.append(made)
        return 201, shown_pull(made)

    def open_issue(self, full_name: str, asked: dict[str, Any]) -> tuple[int, Any]:
        """Open an issue, or refuse where they are switched off."""
        if self.without_issues:
            return 410, problem("Issues has been disabled in this repository.")
        number = 100 + len(self.issues)
        address = f"{self.url}/{full_name}/issues/{number}"
        made = {"number": number, "state": "open", "html_url": address, "of": full_name, "comments": [], **asked}
        self.issues.append(made)
        return 201, made

    def issue(self, full_name: str, number: str) -> dict[str, Any] | None:
        """Return an issue, or None where there is none of that number."""
        return next((row for row in self.issues if (row["of"], str(row["number"])) == (full_name, number)), None)

    def merge_pull(self, number: int, by: str) -> str:
        """Merge a pull request as its button does; return the commit."""
        pull = self.pulls[number - 1]
        path = self.repositories / f"{pull['of']}.git"
        tree = git_said(path, "merge-tree", "--write-tree", pull["base"], pull["head"])
        words = ("-p", pull["base"], "-p", pull["head"], "-m", f"Merge pull request #{number}")
        commit = git_said(path, "-c", f"user.name={by}", "-c", "user.email=m@example.org", "commit-tree", tree, *words)
        git_said(path, "update-ref", f"refs/heads/{pull['base']}", commit)
        pull |= {"state": "closed", "merged": True, "merged_by": {"login": by}, "merge_commit_sha": commit}
        return commit

    def close_pull(self, number: int, by: str, *, deletes_branch: bool = False) -> None:
        """Close a pull request unmerged as its button does, and delete its branch if wanted."""
        pull = self.pulls[number - 1]
        pull |= {"state": "closed", "closed_by": {"login": by}}
        if deletes_branch:
            git_said(self.repositories / f"{pull['of']}.git", "update-ref", "-d", f"refs/heads/{pull['head']}")

    def open_pulls(self, full_name: str, branch: str) -> list[dict[str, Any]]:
        """Return the open pull requests of a branch."""
        return [pull for pull in self.pulls if (pull["of"], pull["head"], pull["state"]) == (full_name, branch, "open")]

    def describe(self, owner: str, name: str, description: str, private: bool) -> dict[str, Any]:
        """Return a repository as REST shows it (the fields that matter)."""
        kind = "User" if owner == self.user else "Organization"
        return {
            "id": len(self.known) + 1,
            "name": name,
            "full_name": f"{owner}/{name}",
            "owner": {"login": owner, "type": kind},
            "private": private,
            "description": description,
            "default_branch": "main",
            "html_url": f"{self.url}/{owner}/{name}",
            "clone_url": f"{self.url}/{owner}/{name}.git",
        }


class GitHubHandler(GitHandler):
    """Answers REST requests, and hands git's own to the git server."""

    server: GitHubStandIn

    def do_GET(self) -> None:  # noqa: N802 - http.server asks for this name
        """Answer a GET."""
        self.answer(b"")

    def do_POST(self) -> None:  # noqa: N802 - http.server asks for this name
        """Answer a POST."""
        self.answer(self.body())

    def do_PUT(self) -> None:  # noqa: N802 - http.server asks for this name
        """Answer a PUT."""
        self.answer(self.body())

    def do_PATCH(self) -> None:  # noqa: N802 - http.server asks for this name
        """Answer a PATCH."""
        self.answer(self.body())

    def answer(self, body: bytes) -> None:
        """Answer one request."""
        if ".git/" in self.path:
            self.answer_git(body)
            return
        path = self.path.partition("?")[0].removeprefix("/api/v3")
        asked = json.loads(body) if body else None
        self.server.requests.append((self.command, path, asked))
        headers: Mapping[str, str] = {}
        prepared = self.take_prepared(path)
        if prepared:
            status, content, headers = prepared.status, prepared.body, prepared.headers
        elif path.startswith("/app/") or path.endswith("/installation"):
            authorization = self.headers.get("Authorization", "")
            status, content = self.server.app.answer(self.command, path, authorization, asked or {}, self.server.known)
        elif not self.token_given():
            status, content = 401, problem("Bad credentials")
        elif not self.may(path):
            status, content = 403, problem("Resource not accessible by integration")
        else:
            status, content = self.route(path, asked)
        sent = json.dumps(content).encode()
        shown = {"Content-Type": "application/json; charset=utf-8", "X-GitHub-Media-Type": "github.v3", **headers}
        if self.command == "GET" and status == 200:
            shown["ETag"] = f'W/"{hashlib.sha256(sent).hexdigest()}"'
        if shown.get("ETag", "") == self.headers.get("If-None-Match", "none"):
            self.server.unchanged.append(path)
            status, sent = 304, b""
        self.send_answer(status, sent, shown)

    def token_given(self) -> bool:
        """Tell whether the request carries a token that is accepted: the one that was given, or one of the App's."""
        return self.token_sent() in {self.server.token, *self.server.app.rights}

    def may(self, path: str) -> bool:
        """Tell whether a token may do what is asked for; one of the App's what it was asked for with, and no more."""
        rights = self.server.app.rights.get(self.token_sent())
        if rights is None:
            return True
        permission, level, repository = needs_of(self.command, path)
        named = rights.get("repositories")
        is_there = not repository or named is None or repository in named
        return is_there and (permission == "metadata" or rights.get("permissions", {}).get(permission, "") >= level)

    def take_prepared(self, path: str) -> Prepared | None:
        """Return and use up the answer prepared for this request, if there is one."""
        for prepared in self.server.prepared:
            if (prepared.method, prepared.path) == (self.command, path):
                self.server.prepared.remove(prepared)
                return prepared
        return None

    def route(self, path: str, asked: dict[str, Any] | None) -> tuple[int, Any]:
        """Return the answer to one request that carries the token."""
        stand_in = self.server
        match [self.command, *path.strip("/").split("/")]:
            case ["GET", "user"]:
                return 200, {"login": stand_in.user, "id": 1, "type": "User"}
            case ["GET", "users", login] if login == stand_in.user:
                return 200, {"login": login, "id": 1, "type": "User"}
            case ["GET", "users", login] if login in stand_in.organisations:
                return 200, {"login": login, "id": 2, "type": "Organization"}
            case ["PUT", "orgs", login, "teams", team, "repos", _owner, _name] if f"{login}/{team}" in stand_in.teams:
                return 204, None
            case ["POST", "user", "repos"]:
                return stand_in.create(stand_in.user, asked or {})
            case ["POST", "orgs", login, "repos"] if login in stand_in.closed_organisations:
                return 403, problem("Resource not accessible by personal access token")
            case ["POST", "orgs", login, "repos"] if login in stand_in.organisations:
                return stand_in.create(login, asked or {})
            case ["GET" | "POST" | "PATCH" | "PUT" as method, "repos", owner, name, *rest] if (
                f"{owner}/{name}".lower() in stand_in.known
            ):
                return self.route_repository(f"{owner}/{name}", [method, *rest], asked or {})
        return 404, problem("Not Found")

    def route_repository(self, full_name: str, words: list[str], asked: dict[str, Any]) -> tuple[int, Any]:
        """Return the answer to one request about a repository that is there."""
        known = self.server.known[full_name.lower()]
        match words:
            case ["GET" | "PATCH" as method]:
                known.update(asked if method == "PATCH" else {})
                return 200, known
            case ["GET", "git", "ref", "heads", *branch]:
                return self.reference(full_name, "/".join(branch))
            case [_, "pulls"]:
                return self.pulls(full_name, asked)
            case [_, "topics" | "statuses" as about, *rest]:
                return self.topics(known, asked) if about == "topics" else self.attest(full_name, rest[0], asked)
            case ["PUT", "collaborators", login]:
                is_known = login in self.server.people
                return (201, {"permissions": "write"}) if is_known else (404, problem("Not Found"))
            case ["POST", "issues"]:
                return self.server.open_issue(full_name, asked)
            case ["GET", "issues"]:
                return 200, [row for row in reversed(self.server.issues) if row["of"] == full_name]
            case [_, "issues", number, *rest] if number.isdigit() and (issue := self.server.issue(full_name, number)):
                return self.route_issue(issue, rest, asked)
            case [_, "pulls" | "issues", number] if number.isdigit():
                return self.pull(full_name, int(number), asked)
        return 404, problem("Not Found")

    def route_issue(self, issue: dict[str, Any], rest: list[str], asked: dict[str, Any]) -> tuple[int, Any]:
        """Return the answer to one request about an issue that is there."""
        if rest == ["comments"]:
            issue["comments"].append(asked["body"])
            return 201, {"body": asked["body"]}
        if self.command == "PATCH":
            issue.update(asked)
        return 200, issue

    def topics(self, known: dict[str, Any], asked: dict[str, Any]) -> tuple[int, Any]:
        """Show the topics of a repository, or put others in their place."""
        if self.command == "PUT":
            known["topics"] = asked["names"]
        return 200, {"names": known.get("topics", [])}

    def attest(self, full_name: str, commit: str, asked: dict[str, Any]) -> tuple[int, Any]:
        """Give a commit a status, or refuse where it isn't there."""
        path = self.server.repositories / f"{full_name}.git"
        asked_for = ["git", "--git-dir", str(path), "cat-file", "-e", f"{commit}^{{commit}}"]
        if subprocess.run(asked_for, check=False, capture_output=True).returncode:
            return 422, problem(f"No commit found for SHA: {commit}")
        self.server.statuses.append((commit, asked))
        return 201, {"id": len(self.server.statuses), **asked}

    def reference(self, full_name: str, branch: str) -> tuple[int, Any]:
        """Show the newest commit of a branch."""
        heads = heads_of(self.server.repositories / f"{full_name}.git")
        if not heads:
            return 409, problem("Git Repository is empty.")
        if branch not in heads:
            return 404, problem("Not Found")
        return 200, {"ref": f"refs/heads/{branch}", "object": {"type": "commit", "sha": heads[branch]}}

    def pull(self, full_name: str, number: int, asked: dict[str, Any]) -> tuple[int, Any]:
        """Show a pull request, or open it again; GitHub refuses that once its branch is gone or has another."""
        pull = next((row for row in self.server.pulls if (row["of"], row["number"]) == (full_name, number)), None)
        if pull is None:
            return 404, problem("Not Found")
        if self.command == "PATCH" and asked.get("state") == "open" and pull["state"] == "closed":
            gone = pull["head"] not in heads_of(self.server.repositories / f"{full_name}.git")
            if gone or pull["merged"] or self.server.open_pulls(full_name, pull["head"]):
                reason = {"resource": "PullRequest", "code": "invalid", "field": "state"}
                return 422, {**problem("Validation Failed"), "errors": [reason]}
            pull |= {"state": "open", "closed_by": None}
        return 200, shown_pull(pull)

    def pulls(self, full_name: str, asked: dict[str, Any]) -> tuple[int, Any]:
        """Open a pull request, or list those that are open for a branch."""
        if self.command == "POST":
            return self.server.open_pull(full_name, asked)
        head = parse_qs(urlsplit(self.path).query)["head"][0].partition(":")[2]
        return 200, [shown_pull(pull) for pull in self.server.open_pulls(full_name, head)]


def main() -> None:
    """Serve until the process is ended; the address is printed first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--repositories", type=Path, required=True)
    parser.add_argument("--token", required=True)
    chosen = parser.parse_args()
    chosen.repositories.mkdir(parents=True, exist_ok=True)
    stand_in = GitHubStandIn(chosen.repositories, chosen.token, port=chosen.port)
    print(stand_in.url, flush=True)  # noqa: T201 - how the caller learns the port
    stand_in.serve_forever()


if __name__ == "__main__":
    main()
