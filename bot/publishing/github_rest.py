"""The few calls of GitHub's REST that publishing needs, over githubkit, with refusals as sentences.

The only module that imports githubkit, and only when a call is made: the import costs time.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bot.publishing.github_rights import rights_of
from bot.publishing.github_tokens import Tokens
from bot.workflow.ports import RETRY, RETRY_LATER, SAFE, THEN_RETRY, WAITS, PublishingError, RemoteBusyError

if TYPE_CHECKING:
    from githubkit import GitHub, Response
    from githubkit.auth import TokenAuthStrategy

__all__ = ["Answer", "GitHubRest", "login_of", "refuse_unless"]

SECONDS = 30.0
FINE_GRAINED = ("github_pat_", "ghs_")
"""How tokens begin whose rights are chosen one by one: a person's own, and those of an App's installation."""
MOST_CLIENTS = 32
"""Tokens that calls are made with at a time, about; an App has one for each repository and what is done there."""
MOST_KEPT = 1000
"""Answers that are kept to be asked for again by their tag; the one that was not looked at for longest goes first."""


class Answer:
    """What GitHub said: the status, the JSON, and the headers by lower-case name."""

    def __init__(self, status: int, body: Any, headers: dict[str, str]) -> None:  # noqa: ANN401 - foreign JSON
        self.status = status
        self.body: dict[str, Any] = body if isinstance(body, dict) else {}
        self.rows: list[dict[str, Any]] = (
            [row for row in body if isinstance(row, dict)] if isinstance(body, list) else []
        )
        self.headers = headers

    @property
    def message(self) -> str:
        """Return GitHub's own words, with those of the first detail."""
        details = self.body.get("errors")
        first = (
            details[0].get("message", "")
            if isinstance(details, list) and details and isinstance(details[0], dict)
            else ""
        )
        return " ".join(str(words) for words in (self.body.get("message", ""), first) if words)[:300]


class GitHubRest:
    """Calls over one token. Every method raises PublishingError where GitHub can't be reached or refuses the token."""

    def __init__(self, tokens: Tokens, api_url: str) -> None:
        self._tokens = tokens
        self._api_url = api_url
        self._clients: OrderedDict[str, GitHub[TokenAuthStrategy]] = OrderedDict()
        self._kept: OrderedDict[str, tuple[str, Answer]] = OrderedDict()

    async def user(self) -> str:
        """Return the login that the token belongs to."""
        answer = await self.call("GET", "/user")
        return str(refuse_unless(answer, 200, "The token can't say whose it is").body["login"])

    async def scopes(self) -> frozenset[str] | None:
        """Return the scopes of a classic token; a fine-grained one doesn't tell its rights, and gives None."""
        answer = refuse_unless(await self.call("GET", "/user"), 200, "The token can't say whose it is")
        said = answer.headers.get("x-oauth-scopes")
        if said is None or (await self._tokens.token(rights_of("GET", "/user"))).startswith(FINE_GRAINED):
            return None
        return frozenset(scope.strip() for scope in said.split(",") if scope.strip())

    async def is_organisation(self, owner: str, setting: str) -> bool:
        """Tell whether an owner, whom a setting names, is an organisation (or a user)."""
        answer = await self.call("GET", f"/users/{quote(owner, safe='')}")
        if answer.status == 404:
            raise PublishingError(f"GitHub knows no user or organisation called {owner}; correct {setting}", WAITS)
        return bool(refuse_unless(answer, 200, f"{owner} can't be looked up").body.get("type") == "Organization")

    async def repository(self, owner: str, name: str) -> dict[str, Any] | None:
        """Return a repository, or None where there is none (or none that the token may see)."""
        answer = await self.call("GET", f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}")
        if answer.status == 404:
            return None
        return refuse_unless(answer, 200, f"{owner}/{name} can't be looked up").body

    async def create(self, organisation: str | None, asked: dict[str, Any]) -> Answer:
        """Create a repository for an organisation, or for the token's user; the caller judges the answer."""
        path = f"/orgs/{quote(organisation, safe='')}/repos" if organisation else "/user/repos"
        return await self.call("POST", path, asked)

    async def pull_request(self, full_name: str, asked: dict[str, Any]) -> Answer:
        """Open a pull request; the caller judges the answer."""
        return await self.call("POST", f"/repos/{quote(full_name)}/pulls", asked)

    async def open_pull_request(self, full_name: str, branch: str) -> str | None:
        """Return the address of the pull request that is open for a branch, or None."""
        owner = full_name.partition("/")[0]
        head = quote(f"{owner}:{branch}", safe="")
        answer = await self.call("GET", f"/repos/{quote(full_name)}/pulls?state=open&head={head}")
        found = refuse_unless(answer, 200, f"The pull requests of {full_name} can't be read").rows
        return str(found[0]["html_url"]) if found else None

    async def pull(self, full_name: str, number: int) -> dict[str, Any]:
        """Return a pull request."""
        answer = await self.newest(f"/repos/{quote(full_name)}/pulls/{number}")
        return refuse_unless(answer, 200, f"Pull request {number} of {full_name} can't be read").body

    async def closed_by(self, full_name: str, number: int) -> str:
        """Return who closed a pull request, as far as GitHub tells: pull requests are issues, and only these say it."""
        answer = await self.call("GET", f"/repos/{quote(full_name)}/issues/{number}")
        return login_of(answer.body.get("closed_by")) if answer.status == 200 else ""

    async def reopen(self, full_name: str, number: int) -> Answer:
        """Open a closed pull request again; the caller judges the answer."""
        return await self.call("PATCH", f"/repos/{quote(full_name)}/pulls/{number}", {"state": "open"})

    async def give_access(self, full_name: str, name: str) -> Answer:
        """Give a person, or a team of an organisation, the right to push; the caller judges the answer."""
        organisation, slash, team = name.partition("/")
        path = f"/repos/{quote(full_name)}/collaborators/{quote(name, safe='')}"
        if slash:
            path = f"/orgs/{quote(organisation, safe='')}/teams/{quote(team, safe='')}/repos/{quote(full_name)}"
        return await self.call("PUT", path, {"permission": "push"})

    async def label(self, full_name: str, topics: Sequence[str]) -> Answer | None:
        """Add topics to those that are there; None where they were there already. The caller judges the answer."""
        path = f"/repos/{quote(full_name)}/topics"
        there = await self.call("GET", path)
        if there.status != 200:
            return there
        names = [str(name) for name in there.body.get("names") or []]
        missing = [topic for topic in topics if topic not in names]
        return await self.call("PUT", path, {"names": [*names, *missing]}) if missing else None

    async def status(self, full_name: str, commit: str, asked: dict[str, Any]) -> Answer:
        """Give a commit a status; the caller judges the answer."""
        return await self.call("POST", f"/repos/{quote(full_name)}/statuses/{quote(commit)}", asked)

    async def open_issue(self, full_name: str, asked: dict[str, Any]) -> Answer:
        """Open an issue; the caller judges the answer."""
        return await self.call("POST", f"/repos/{quote(full_name)}/issues", asked)

    async def issue_with(self, full_name: str, label: str, words: str) -> str | None:
        """Return the address of the newest issue of a label whose body holds words, open or closed."""
        path = f"/repos/{quote(full_name)}/issues?state=all&labels={quote(label, safe='')}&per_page=100"
        found = refuse_unless(await self.call("GET", path), 200, f"The issues of {full_name} can't be read").rows
        return next((str(row["html_url"]) for row in found if words in str(row.get("body") or "")), None)

    async def close_issue(self, full_name: str, number: int, words: str) -> None:
        """Close an open issue, and say why; one that is closed or gone stays as it is."""
        path = f"/repos/{quote(full_name)}/issues/{number}"
        there = await self.call("GET", path)
        if there.status in {404, 410} or there.body.get("state") == "closed":
            return
        refuse_unless(there, 200, f"Issue {number} of {full_name} can't be read")
        closed = await self.call("PATCH", path, {"state": "closed", "state_reason": "completed"})
        refuse_unless(closed, 200, f"Issue {number} can't be closed")
        await self.call("POST", f"{path}/comments", {"body": words})

    async def head(self, full_name: str, branch: str) -> str | None:
        """Return the newest commit of a branch, or None where there is no such branch."""
        answer = await self.newest(f"/repos/{quote(full_name)}/git/ref/heads/{quote(branch)}")
        if answer.status in {404, 409}:  # 409: a repository without commits
            return None
        found = refuse_unless(answer, 200, f"The branch {branch} of {full_name} can't be read").body.get("object")
        return str(found["sha"]) if isinstance(found, dict) else None

    async def newest(self, path: str) -> Answer:
        """Read something that is looked at again and again: what hasn't changed counts against no limit of GitHub's."""
        tag, kept = self._kept.get(path, ("", None))
        answer = await self.call("GET", path, headers={"If-None-Match": tag} if kept else None)
        if answer.status == 304 and kept is not None:
            self._kept.move_to_end(path)
            return kept
        self._kept.pop(path, None)
        if answer.status == 200 and "etag" in answer.headers:
            self._kept[path] = (answer.headers["etag"], answer)
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return answer

    async def call(
        self, method: str, path: str, asked: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Make one call and return its answer, a refusal included, unless the refusal is the same for every call.

        A token that can be renewed is, once, where GitHub no longer accepts it.
        """
        rights = rights_of(method, path)
        token = await self._tokens.token(rights)
        answer = await self._ask(token, method, path, asked, headers)
        if answer.status == 401 and self._tokens.refused(token):
            answer = await self._ask(await self._tokens.token(rights), method, path, asked, headers)
        refuse_common(answer)
        return answer

    async def _ask(
        self, token: str, method: str, path: str, asked: dict[str, Any] | None, headers: dict[str, str] | None
    ) -> Answer:
        """Make one call with a token."""
        from githubkit.exception import GitHubException, RequestError, RequestFailed

        try:
            response: Response[Any, Any] = await self.client(token).arequest(method, path, json=asked, headers=headers)
        except RequestFailed as error:
            response = error.response
        except RequestError as error:
            raise RemoteBusyError(
                f"GitHub can't be reached at {self._api_url} ({type(error.exc).__name__}); check the network",
                THEN_RETRY,
            ) from None
        except GitHubException as error:
            raise PublishingError(
                f"GitHub's answer made no sense ({type(error).__name__})",
                RETRY,
            ) from None
        return Answer(response.status_code, readable(response), {k.lower(): v for k, v in response.headers.items()})

    def client(self, token: str) -> GitHub[TokenAuthStrategy]:
        """Return the client of a token, made at its first call."""
        if token not in self._clients:
            from githubkit import GitHub

            self._clients[token] = GitHub(
                token, base_url=self._api_url, auto_retry=False, http_cache=False, timeout=SECONDS,
                user_agent="planthread",
            )  # fmt: skip
            if len(self._clients) > MOST_CLIENTS:
                self._clients.popitem(last=False)
        return self._clients[token]


def login_of(user: object) -> str:
    """Return the login of a user as GitHub shows one, or nothing."""
    return str(user.get("login") or "") if isinstance(user, dict) else ""


def readable(response: Response[Any, Any]) -> Any:  # noqa: ANN401 - foreign JSON
    """Return the JSON of an answer, or nothing where it holds none (a proxy's page)."""
    try:
        return response.json()
    except ValueError:
        return None


def refuse_common(answer: Answer) -> None:
    """Raise PublishingError for what GitHub may answer to any call: credentials, SSO, rate limits, its own failures."""
    if answer.status == 401:
        raise PublishingError("GitHub doesn't accept the token; give a new GITHUB_TOKEN", THEN_RETRY)
    if answer.status in {403, 429} and rate_limited(answer):
        raise RemoteBusyError("GitHub's limit of requests is reached", f"; press Retry {when(answer)}. {SAFE}")
    if answer.status == 403 and "sso" in answer.headers.get("x-github-sso", "") + answer.message.lower():
        raise PublishingError(
            "The organisation asks for single sign-on; authorise the token for it",
            THEN_RETRY,
        )
    if answer.status >= 500:
        raise RemoteBusyError(f"GitHub has a problem of its own ({answer.status})", RETRY_LATER)


def rate_limited(answer: Answer) -> bool:
    """Tell whether a 403 or 429 is a limit of requests."""
    used_up = answer.headers.get("x-ratelimit-remaining") == "0"
    return used_up or answer.status == 429 or "retry-after" in answer.headers or "rate limit" in answer.message.lower()


def when(answer: Answer) -> str:
    """Return when to try again, as GitHub says it in seconds or as a moment."""
    wait = answer.headers.get("retry-after", "")
    if not wait.isdigit():
        reset = answer.headers.get("x-ratelimit-reset", "")
        wait = str(max(0, int(reset) - int(time.time()))) if reset.isdigit() else "60"
    minutes = max(1, -(-int(wait) // 60))
    return f"in {minutes} {'minute' if minutes == 1 else 'minutes'}"


def refuse_unless(answer: Answer, status: int, what: str) -> Answer:
    """Return the answer if it has the status; else raise PublishingError with GitHub's words."""
    if answer.status == status:
        return answer
    words = answer.message or f"status {answer.status}"
    raise PublishingError(f"{what}: GitHub says “{words}”. Check the token's rights", THEN_RETRY)
