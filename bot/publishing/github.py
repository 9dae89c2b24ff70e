"""GitHub as a publisher: repositories by REST, commits by ``git push``, the token in neither arguments nor files."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.publishing.github_rest import GitHubRest, login_of, refuse_unless
from bot.publishing.github_rights import to_fetch, to_push
from bot.publishing.github_tokens import GivenToken, Tokens
from bot.publishing.names import check_name, one_line
from bot.repository.errors import GitError, Refusal, RemoteMoved, RemoteRefused
from bot.repository.git import MAIN, Repository
from bot.workflow.ports import (
    SAFE,
    THEN_RETRY,
    WAITS,
    ProposalState,
    Proposed,
    PublishingError,
    Remote,
    RemoteBusyError,
    RemoteHasMoreError,
    Reported,
    Standing,
)

__all__ = ["GitHubPublisher"]

LABEL = "planthread"
LONGEST_TITLE = 200
LONGEST_BODY = 20_000
LONGEST_STATUS = 140
LONGEST_DESCRIPTION = 350
"""Characters; GitHub's limit."""


class GitHubPublisher:
    """Publishes with a token, for its own user or for an organisation; repositories are private unless said otherwise.

    The plan's id stands at the end of the description (``· planthread:<id>``), so that an earlier try is found again.
    """

    def __init__(
        self,
        token: str | Tokens,
        owner: str | None = None,
        api_url: str = "https://api.github.com",
        git_url: str = "https://github.com",
        *,
        private: bool = True,
    ) -> None:
        self.owner = owner
        self.git_url = git_url.rstrip("/")
        self.private = private
        self.api_url = api_url
        self._tokens = GivenToken(token) if isinstance(token, str) else token
        self._rests: dict[Tokens, GitHubRest] = {}
        self._places: dict[str, tuple[str, str | None]] = {}
        self._placing = asyncio.Lock()

    def merges(self, remote: Remote) -> bool:
        """Tell that changes are merged on GitHub, as pull requests."""
        return False

    def attests(self, remote: Remote) -> bool:
        """Tell that a commit has statuses."""
        return True

    async def create(
        self, name: str, description: str, marker: str, owner: str = "", *, stays_here: bool = False
    ) -> Remote:
        """Create the repository, or find the one that carries the marker. Raises PublishingError.

        ``owner`` is whom the channel named; empty: whom the configuration names.
        """
        check_name(name)
        owner, organisation = await self.place(owner)
        there = await self.rest(owner).repository(owner, name)
        if there is None:
            there = await self.make(owner, organisation, name, described(description, marker))
        if not carries(there, marker):
            raise PublishingError(
                f"GitHub says the name {name} is taken in {owner}. Reply with another name, or use {name}-2",
                WAITS,
            )
        return self.remote(str(there.get("full_name") or f"{owner}/{name}"))

    async def grant(self, remote: Remote, names: Sequence[str]) -> None:
        """Invite people, and give teams the repository, with the right to push."""
        for name in names:
            answer = await self.rest(remote.name).give_access(remote.name, name)
            if answer.status in {201, 204}:
                continue
            if answer.status in {404, 422}:
                raise PublishingError(
                    f"GitHub can't give {name} access to {remote.name} (it says “{answer.message}”). Correct the name "
                    f"in `/plan settings` (a person as octocat, a team as acme/backend)",
                    THEN_RETRY,
                )
            if answer.status == 403:
                raise PublishingError(
                    f"The token may not give {name} access to {remote.name} (GitHub says “{answer.message}”); give it "
                    f"the right to (administration: write, for teams members: read)",
                    THEN_RETRY,
                )
            refuse_unless(answer, 204, f"{name} can't be given access to {remote.name}")

    async def label(self, remote: Remote, topics: Sequence[str]) -> None:
        """Add topics; those that people gave stay."""
        answer = await self.rest(remote.name).label(remote.name, topics)
        if answer is not None:
            refuse_unless(answer, 200, f"{remote.name} can't be given topics")

    async def attest(self, remote: Remote, commit: str, words: str, url: str) -> None:
        """Make a commit status of success."""
        asked = {"state": "success", "context": LABEL, "description": one_line(words, LONGEST_STATUS)}
        answer = await self.rest(remote.name).status(remote.name, commit, asked | ({"target_url": url} if url else {}))
        if answer.status in {403, 404}:
            raise PublishingError(
                f"The token may not set commit statuses in {remote.name} (GitHub says “{answer.message}”); give it the "
                "right to (commit statuses: write), and they come by themselves."
            )
        if answer.status == 422:
            raise RemoteBusyError(f"{remote.name} doesn't hold {commit[:12]} yet ({answer.message}).")
        refuse_unless(answer, 201, f"{commit[:12]} can't be given a status")

    async def seen_by(self, remote: Remote) -> str:
        """Return who sees a repository that nobody was given access to."""
        if not self.private:
            return ""
        owner, organisation = await self.place(remote.name.partition("/")[0])
        return f"{owner}'s owners, and whom {owner} lets read all of its repositories" if organisation else owner

    async def push(self, repository: Path, remote: Remote, branch: str, commit: str, expected: str | None) -> None:
        """Push a commit of a bare repository; what the remote branch must hold is ``expected``."""
        try:
            token = await self.tokens(remote.name).token(to_push(remote.name))
            await Repository(repository).push(remote.push_url, branch, commit, expected, token)
        except RemoteMoved as error:
            raise RemoteHasMoreError(f"{remote.name}: {error}", WAITS) from error
        except RemoteRefused as error:
            raise refusal_of(remote.name, branch, error) from error
        except GitError as error:
            raise PublishingError(f"The push to {remote.name} failed: {error}", WAITS) from error

    async def fetch(self, repository: Path, remote: Remote, branches: Sequence[str]) -> dict[str, str]:
        """Fetch branches into a bare repository."""
        try:
            token = await self.tokens(remote.name).token(to_fetch(remote.name))
            return await Repository(repository).fetch(remote.push_url, branches, token)
        except RemoteRefused as error:
            raise refusal_of(remote.name, branches[0], error) from error
        except GitError as error:
            raise PublishingError(f"{remote.name} couldn't be fetched: {error}", WAITS) from error

    async def propose(self, remote: Remote, change: Proposed) -> str:
        """Open a pull request, or find the one that is open for the branch; return its address."""
        asked = {"title": change.title, "body": change.body, "head": change.branch, "base": MAIN}
        answer = await self.rest(remote.name).pull_request(remote.name, asked)
        if answer.status == 422 and "already exists" in answer.message:
            there = await self.rest(remote.name).open_pull_request(remote.name, change.branch)
            if there is not None:
                return there
        if answer.status in {403, 404}:
            raise PublishingError(
                f"The token may not open pull requests in {remote.name} (GitHub says “{answer.message}”); give it the "
                f"right to (pull requests: write)",
                f", then press Retry. The branch {change.branch} is pushed. {SAFE}",
            )
        made = refuse_unless(answer, 201, f"No pull request for {change.branch} could be opened")
        return str(made.body["html_url"])

    async def standing(self, remote: Remote, url: str) -> Standing | None:
        """Tell what people did with a pull request."""
        number = number_of(url)
        pull = await self.rest(remote.name).pull(remote.name, number)
        if pull.get("merged"):
            commit = str(pull.get("merge_commit_sha") or "")
            into = str((pull.get("base") or {}).get("ref") or MAIN)
            return Standing(state=ProposalState.MERGED, by=login_of(pull.get("merged_by")), commit=commit, into=into)
        if pull.get("state") != "closed":
            return Standing(state=ProposalState.OPEN)
        return Standing(state=ProposalState.CLOSED, by=await self.rest(remote.name).closed_by(remote.name, number))

    async def reopen(self, remote: Remote, change: Proposed, url: str) -> str:
        """Open a pull request again; where GitHub no longer can, the branch gets another."""
        answer = await self.rest(remote.name).reopen(remote.name, number_of(url))
        return url if answer.status == 200 else await self.propose(remote, change)

    async def report(self, remote: Remote, task: Reported, *, was_tried: bool) -> str:
        """Open an issue with our label, or find the one that an earlier try opened."""
        marker = f"<!-- planthread:{task.key} -->"
        if was_tried and (there := await self.rest(remote.name).issue_with(remote.name, LABEL, marker)):
            return there
        body = f"{without_mentions(task.body)[:LONGEST_BODY]}\n\n{marker}"
        asked = {"title": without_mentions(one_line(task.title, LONGEST_TITLE)), "body": body, "labels": [LABEL]}
        answer = await self.rest(remote.name).open_issue(remote.name, asked)
        if answer.status == 410:
            raise PublishingError(f"{remote.name} has its issues switched off; switch them on in its settings.")
        if answer.status in {403, 404}:
            raise PublishingError(
                f"The token may not open issues in {remote.name} (GitHub says “{answer.message}”); give it the right "
                "to (issues: write), and they are opened by themselves."
            )
        made = refuse_unless(answer, 201, f"No issue for {task.title} could be opened")
        return str(made.body["html_url"])

    async def close_report(self, remote: Remote, url: str, words: str) -> None:
        """Close an issue with a last comment; one that people closed or deleted stays as it is."""
        await self.rest(remote.name).close_issue(remote.name, number_of(url), without_mentions(words))

    async def head(self, remote: Remote, branch: str) -> str | None:
        """Return the newest commit of a branch."""
        return await self.rest(remote.name).head(remote.name, branch)

    def commit_url(self, remote: Remote, commit: str) -> str:
        """Return the page of a commit."""
        return f"{remote.web_url}/commit/{commit}"

    def difference_url(self, remote: Remote, before: str, after: str) -> str:
        """Return the page of what is different between two commits."""
        return f"{remote.web_url}/compare/{before}...{after}"

    def tokens(self, full_name: str) -> Tokens:
        """Return who gives the tokens for an owner, or a repository of theirs (empty: whom the configuration names)."""
        owner = full_name.partition("/")[0]
        return self._tokens.of(owner) if owner else self._tokens

    def rest(self, full_name: str) -> GitHubRest:
        """Return what makes the calls for an owner, or a repository of theirs."""
        tokens = self.tokens(full_name)
        return self._rests.setdefault(tokens, GitHubRest(tokens, self.api_url))

    async def place(self, owner: str = "") -> tuple[str, str | None]:
        """Return whose the repositories are: the owner's login, and the organisation (None: the token's own user).

        ``owner`` is whom a channel named; empty: whom the configuration names. Raises PublishingError.
        """
        async with self._placing:
            if owner.lower() not in self._places:
                self._places[owner.lower()] = await self.find_place(owner)
            return self._places[owner.lower()]

    async def find_place(self, named: str) -> tuple[str, str | None]:
        """Ask GitHub whose the repositories are. A token creates for its own user or for organisations only."""
        setting = "the owner in `/plan settings`" if named else "GITHUB_OWNER"
        installed = await self.tokens(named).place()
        if installed is not None:
            login, kind = installed
            if kind != "Organization":
                raise PublishingError(
                    f"A GitHub App creates repositories in organisations only, and {login} is none; set {setting} "
                    f"to an organisation in which it is installed, or give a GITHUB_TOKEN",
                    WAITS,
                )
            return login, login
        wanted, rest = named or self.owner, self.rest(named)
        if not wanted:
            return await rest.user(), None
        if await rest.is_organisation(wanted, setting):
            return wanted, wanted
        user = await rest.user()
        if user.lower() != wanted.lower():
            raise PublishingError(
                f"The token belongs to {user} and can't create repositories for {wanted}; "
                f"set {setting} to {user} or to an organisation",
                THEN_RETRY,
            )
        return user, None

    async def make(self, owner: str, organisation: str | None, name: str, description: str) -> dict[str, Any]:
        """Create a repository; one that appeared meanwhile is returned as it is."""
        asked = {"name": name, "description": description, "private": self.private, "auto_init": False}
        answer = await self.rest(owner).create(organisation, asked)
        if answer.status == 422 and "already exists" in answer.message:
            there = await self.rest(owner).repository(owner, name)
            return there or {}
        if answer.status in {403, 404}:
            raise PublishingError(
                f"The token may not create repositories in {owner} (GitHub says “{answer.message}”); "
                f"give it the right to (administration: write)",
                THEN_RETRY,
            )
        return refuse_unless(answer, 201, f"{owner}/{name} can't be created").body

    def remote(self, full_name: str) -> Remote:
        """Return the addresses of a repository."""
        address = f"{self.git_url}/{full_name}"
        return Remote(name=full_name, web_url=address, clone_url=f"{address}.git", push_url=f"{address}.git")


def without_mentions(text: str) -> str:
    """Return a text that calls nobody and links to nothing on GitHub: what stands after @ and # is no name any more."""
    return re.sub(r"([@#])(?=\w)", "\\1\u2060", text)


def number_of(url: str) -> int:
    """Return the number of a pull request, the last part of its address."""
    return int(url.rstrip("/").rpartition("/")[2])


def described(description: str, marker: str) -> str:
    """Return the description with the marker at its end, within GitHub's limit."""
    tail = f" · planthread:{marker}"
    return one_line(description, LONGEST_DESCRIPTION - len(tail)) + tail


def carries(repository: dict[str, Any], marker: str) -> bool:
    """Tell whether a repository carries the marker."""
    return str(repository.get("description") or "").endswith(f"· planthread:{marker}")


def refusal_of(name: str, branch: str, error: RemoteRefused) -> PublishingError:
    """Return what people are told when a push was refused."""
    match error.refusal:
        case Refusal.CREDENTIALS:
            return PublishingError(f"GitHub doesn't accept the token for {name}; give a new GITHUB_TOKEN", THEN_RETRY)
        case Refusal.PERMISSION:
            return PublishingError(f"The token may not write to {name}; give it contents: write (and SSO)", THEN_RETRY)
        case Refusal.WORKFLOWS:
            return PublishingError(
                f"The token may not write the checks of {name} (.github/workflows); give it the right to (workflows: "
                f"write; for a classic token the scope workflow)",
                THEN_RETRY,
            )
        case Refusal.PROTECTED:
            return PublishingError(f"{name} protects {branch}; let the bot push to it in the branch rules", THEN_RETRY)
        case Refusal.NOT_FOUND:
            return PublishingError(
                f"{name} isn't there any more, or the token may not see it; check it on GitHub", THEN_RETRY
            )
        case Refusal.UNREACHABLE:
            return PublishingError(f"GitHub can't be reached for the push to {name}; check the network", THEN_RETRY)
    return PublishingError(f"GitHub refused the push to {name}: {error}", WAITS)
