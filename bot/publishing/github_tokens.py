"""Who the bot is on GitHub: a token that somebody gave, or a GitHub App whose installation tokens are renewed.

An installation's token lives for an hour. It is asked for when it is needed, with the rights of that step alone, kept
in memory only, and renewed before its end, or when GitHub no longer accepts it.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from bot.publishing.github_rights import Rights
from bot.workflow.ports import RETRY, RETRY_LATER, THEN_RETRY, WAITS, PublishingError, RemoteBusyError

if TYPE_CHECKING:
    from githubkit import GitHub, Response
    from githubkit.auth import AppAuthStrategy

__all__ = ["AppTokens", "GivenToken", "Tokens"]

SECONDS = 30.0
RENEWED_BEFORE = timedelta(minutes=5)
GONE = (
    "{name} isn't there any more, or the GitHub App may not see it. Look at the repositories and permissions that its "
    "installation has"
)
MISSING = frozenset({404, 422})
"""Answers for a repository that an installation doesn't have, 422 where a token was to be for it."""
UNUSABLE = "GITHUB_APP_PRIVATE_KEY can't be used; paste the whole .pem file that GitHub gave, then restart the bot"


class Tokens(Protocol):
    """Gives the token of a call or a push. Every method raises PublishingError."""

    async def token(self, rights: Rights) -> str:
        """Return a token that GitHub accepts now, as far as is known, and that may do what a step needs."""
        ...

    async def place(self) -> tuple[str, str] | None:
        """Return whose repositories it creates, and whether that is a ``User`` or an ``Organization``.

        None where GitHub has to be asked whose the token is.
        """
        ...

    def refused(self, token: str) -> bool:
        """Take note that GitHub didn't accept a token; tell whether asking for another makes sense."""
        ...

    def of(self, owner: str) -> Tokens:
        """Return who gives the tokens for repositories of an owner."""
        ...


class GivenToken:
    """A personal access token, as it is."""

    def __init__(self, token: str) -> None:
        """Keep the token."""
        self._token = token

    async def token(self, rights: Rights) -> str:
        """Return the token; its rights were chosen by whoever gave it."""
        return self._token

    async def place(self) -> tuple[str, str] | None:
        """Return nothing: GitHub knows whose it is."""
        return None

    def refused(self, token: str) -> bool:
        """Tell that there is no other."""
        return False

    def of(self, owner: str) -> GivenToken:
        """Return itself: a token works wherever its user may."""
        return self


class AppTokens:
    """Tokens of a GitHub App's installation: in ``owner``, or in the one place where the App is installed."""

    def __init__(self, app_id: str, private_key: str, owner: str | None, api_url: str) -> None:
        """Keep what signs for the App; ``private_key`` is PEM, its line breaks as they are or escaped."""
        self._app_id = app_id
        self._private_key = private_key.replace("\\n", "\n").strip() + "\n"
        self._owner = owner
        self._api_url = api_url
        self._client: GitHub[AppAuthStrategy] | None = None
        self._installation: dict[str, Any] | None = None
        self._given: dict[Rights, tuple[str, datetime]] = {}
        self._asking = asyncio.Lock()
        self._elsewhere: dict[str, AppTokens] = {}

    async def token(self, rights: Rights) -> str:
        """Return a token of the installation with these rights, a new one shortly before the old one ends."""
        async with self._asking:
            soon = datetime.now(UTC) + RENEWED_BEFORE
            self._given = {each: given for each, given in self._given.items() if given[1] > soon}
            if rights in self._given:
                return self._given[rights][0]
            installation = await self._installed()
            gone = GONE.format(name=rights.repository) if rights.repository else ""
            asked = rights.granted(installation.get("permissions")).asked()
            made = await self._ask("POST", f"/app/installations/{installation['id']}/access_tokens", gone, asked)
            self._given[rights] = str(made["token"]), datetime.fromisoformat(str(made["expires_at"]))
            return self._given[rights][0]

    async def place(self) -> tuple[str, str] | None:
        """Return the account in which the App is installed."""
        async with self._asking:
            account = (await self._installed()).get("account") or {}
        return str(account.get("login", "")), str(account.get("type", ""))

    def refused(self, token: str) -> bool:
        """Forget a token that was refused; the next call asks for another."""
        self._given = {rights: given for rights, given in self._given.items() if given[0] != token}
        return True

    def of(self, owner: str) -> AppTokens:
        """Return the tokens of the installation for an owner: each has its own."""
        here = self._owner or str(((self._installation or {}).get("account") or {}).get("login", ""))
        if owner.lower() == here.lower():
            return self
        other = AppTokens(self._app_id, self._private_key, owner, self._api_url)
        return self._elsewhere.setdefault(owner.lower(), other)

    async def _installed(self) -> dict[str, Any]:
        """Return the installation, looked up once."""
        if self._installation is None:
            self._installation = await (self._of_owner(self._owner) if self._owner else self._only_one())
        return self._installation

    async def _of_owner(self, owner: str) -> dict[str, Any]:
        missing = (
            f"The GitHub App isn't installed for {owner}. Install it there (the App's page on GitHub, Install App), or "
            "correct the owner (`/plan settings`, GITHUB_OWNER)"
        )
        found: dict[str, Any] = await self._ask("GET", f"/users/{quote(owner, safe='')}/installation", missing=missing)
        return found

    async def _only_one(self) -> dict[str, Any]:
        rows = await self._ask("GET", "/app/installations")
        if not isinstance(rows, list) or len(rows) != 1:
            count = len(rows) if isinstance(rows, list) else 0
            raise PublishingError(
                f"The GitHub App is installed in {count} places; set GITHUB_OWNER to the organisation that gets the "
                f"repositories, and install the App there",
                WAITS,
            )
        found: dict[str, Any] = rows[0]
        return found

    async def _ask(self, method: str, path: str, missing: str = "", asked: dict[str, object] | None = None) -> Any:  # noqa: ANN401 - foreign JSON
        """Make one call as the App itself; ``missing`` is said for what isn't there, or not for the App."""
        from githubkit.exception import GitHubException, RequestError, RequestFailed

        try:
            response: Response[Any, Any] = await self.client().arequest(method, path, json=asked)
            return response.json()
        except RequestFailed as error:
            status = error.response.status_code
            raise refusal(status, missing) from None
        except RequestError as error:
            if isinstance(error.exc, (ValueError, TypeError)) or "Key" in type(error.exc).__name__:
                raise PublishingError(UNUSABLE, WAITS) from None
            raise RemoteBusyError(
                f"GitHub can't be reached at {self._api_url} ({type(error.exc).__name__}); check the network",
                THEN_RETRY,
            ) from None
        except GitHubException as error:
            raise PublishingError(f"GitHub's answer made no sense ({type(error).__name__})", RETRY) from None
        except ValueError:
            raise PublishingError("GitHub's answer made no sense (no JSON)", RETRY) from None

    def client(self) -> GitHub[AppAuthStrategy]:
        """Return the client that signs as the App, made at the first call. Raises PublishingError for a bad key."""
        if self._client is None:
            from githubkit import AppAuthStrategy, GitHub
            from githubkit.cache import MemCacheStrategy

            self._client = GitHub(
                AppAuthStrategy(self._app_id, self._private_key), base_url=self._api_url, auto_retry=False,
                http_cache=False, cache_strategy=MemCacheStrategy(), timeout=SECONDS, user_agent="planthread",
            )  # fmt: skip
        return self._client


def refusal(status: int, missing: str) -> PublishingError:
    """Return what GitHub's answer to an App means; ``missing`` is said for what isn't there, without a full stop."""
    if status == 401:
        return PublishingError(
            "GitHub doesn't accept the App's signature; check GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY, and this "
            "machine's clock",
            THEN_RETRY,
        )
    if status in MISSING and missing:
        return PublishingError(missing, THEN_RETRY)
    if status in {403, 404}:
        return PublishingError("The App's installation is suspended or gone; look at it on GitHub", THEN_RETRY)
    kind = RemoteBusyError if status >= 500 else PublishingError
    return kind(f"GitHub has a problem of its own ({status})", RETRY_LATER)
