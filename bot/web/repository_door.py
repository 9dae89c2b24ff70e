"""The door of repositories, where others than this machine reach the bot: whoever comes needs a key of that repository.

A key is part of an address: `/keyed/<key>/repositories/<name>` for browsers, which then carry it in a cookie, and
`/keyed/<key>/git/<name>.git` for `git clone`. It ends after a while; a plan's signed pages give a new one.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.patterns import regex
from bot.store.database import Database
from bot.store.tables import Plan
from bot.web.page_key import PageKey, Standing, last_day_of
from bot.web.plan_links import PLACE as PLAN_PLACE
from bot.web.plan_links import plan_asked_for
from bot.web.rendering import problem_page

__all__ = ["RepositoryDoor", "RepositoryKeys", "repository_door_routes", "repository_path"]

PLACE = regex(
    r"(?:/keyed/(?P<key>[0-9a-f]+-[0-9a-f]+))?/(?P<kind>repositories|git)(?:/(?P<name>[^/]+))?(?:/.*)?", re.DOTALL
)
NO_KEY = "This address needs a key, or its key has ended. Open the repository with a button of /plan show in Slack."


class RepositoryKeys:
    """Makes and checks keys of repositories."""

    def __init__(self, page_key: PageKey) -> None:
        """Sign with the bot's key of pages; deleting its file ends these keys too."""
        self._page_key = page_key

    @property
    def seconds(self) -> int:
        """How long a browser keeps a key at most; the key itself may end earlier."""
        return (self._page_key.days + 7) * 24 * 3600

    def of(self, name: str, last_day: int = 0) -> str:
        """Return a key of a repository up to a day, told by its ordinal; without one, as long as links are good."""
        return self._page_key.signature(subject_of(name), last_day)

    def fits(self, name: str, key: str) -> bool:
        """Tell whether a key opens a repository now."""
        return self._page_key.standing(subject_of(name), key) is Standing.GOOD

    def clone_path(self, name: str) -> str:
        """Return the path that `git clone` takes."""
        return clone_path(name, self.of(name))


def clone_path(name: str, key: str) -> str:
    """Return the path that `git clone` takes with a key."""
    return f"/keyed/{key}/git/{name}.git"


def subject_of(name: str) -> str:
    """Return what the signature of a key is about; no plan has such an id."""
    return f"repository/{name}"


class RepositoryDoor:
    """Lets requests for repositories through when they carry a key; all other requests pass."""

    def __init__(self, app: ASGIApp, keys: RepositoryKeys) -> None:
        self.app = app
        self.keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, send a browser on with its key in a cookie, or answer 404."""
        place = PLACE.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if place is None:
            if scope["type"] == "http" and scope["path"].startswith("/keyed/"):
                await problem_page(Request(scope), 404, NO_KEY)(scope, receive, send)
                return
            await self.app(scope, receive, send)
            return
        request, kind, given = Request(scope), place["kind"], place["key"]
        name = (place["name"] or "").removesuffix(".git" if kind == "git" else "")
        key = given or (request.cookies.get(cookie_of(name), "") if kind == "repositories" and name else "")
        if not key or not self.keys.fits(name, key):
            await problem_page(request, 404, NO_KEY)(scope, receive, send)
            return
        path = scope["path"].removeprefix(f"/keyed/{given}")
        if given and kind == "repositories":
            query = f"?{request.url.query}" if request.url.query else ""
            await self.sent_on(request, f"{path}{query}", name, key)(scope, receive, send)
            return
        inside = {**scope, "path": path, "raw_path": path.encode(), "clone_path": clone_path(name, key)}
        await self.app(inside, receive, send)

    def sent_on(self, request: Request, path: str, name: str, key: str) -> Response:
        """Return the way to the page itself, so that the key shows in no address that people copy."""
        answer = RedirectResponse(path, status_code=303)
        answer.set_cookie(
            cookie_of(name),
            key,
            max_age=self.keys.seconds,
            path=f"/repositories/{name}",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return answer


def cookie_of(name: str) -> str:
    """Return the name of the cookie that holds the key of a repository."""
    return f"repository-{name}"


def repository_path(key: PageKey, plan_id: str) -> str:
    """Return the path at which whoever may see a plan's pages gets a key of its repository."""
    return f"{key.path(plan_id)}/repository"


def repository_door_routes(database: Database, key: PageKey, keys: RepositoryKeys) -> list[Route]:
    """Return the routes that give a key; they need the signature of the plan."""

    async def open_repository(request: Request) -> Response:
        """Send a browser to the repository of a plan, or to a page below it, with a key that ends with the link."""
        plan_id = plan_asked_for(request, key)
        async with database.read() as session:
            name = await name_of(session, plan_id)
        if not name:
            raise HTTPException(404, "This plan has no repository yet.")
        good = keys.of(name, last_day_of(request.path_params["signature"]))
        below = quote(request.path_params.get("below", ""))
        place = f"/keyed/{good}/repositories/{name}"
        return RedirectResponse(f"{place}/{below}" if below else place, status_code=303)

    place = f"{PLAN_PLACE}/repository"
    return [
        Route(place, open_repository, methods=["GET"]),
        Route(f"{place}/{{below:path}}", open_repository, methods=["GET"]),
    ]


async def name_of(session: AsyncSession, plan_id: str) -> str:
    """Return the name of a plan's repository; empty where it has none."""
    plan = await session.get(Plan, plan_id)
    return plan.remote_name if plan else ""
