"""The door of repositories, where others than this machine reach the bot: whoever comes needs a key of that repository.

A key is part of an address: `/keyed/<key>/repositories/<name>` for browsers, which then carry it in a cookie, and
`/keyed/<key>/git/<name>.git` for `git clone`. It ends after a while; a plan's signed pages give a new one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.store.database import Database
from bot.store.tables import Plan
from bot.web.page_key import PageKey
from bot.web.rendering import problem_page

__all__ = ["RepositoryDoor", "RepositoryKeys", "repository_door_routes", "repository_path"]

DAYS = 30
"""How long a key is good for, at least; it ends with a week, so that the same address is given all week."""
PLACE = re.compile(
    r"(?:/keyed/(?P<key>[0-9a-f]+-[0-9a-f]+))?/(?P<kind>repositories|git)(?:/(?P<name>[^/]+))?(?:/.*)?", re.DOTALL
)
NO_KEY = "This address needs a key, or its key has ended. Open the repository from its plan's card in Slack."


def present() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


class RepositoryKeys:
    """Makes and checks keys of repositories."""

    def __init__(self, page_key: PageKey, clock: Callable[[], datetime] = present) -> None:
        """Sign with the bot's key of pages; deleting its file ends these keys too."""
        self._page_key = page_key
        self._clock = clock

    def of(self, name: str) -> str:
        """Return a key of a repository that is good from now on."""
        end = self._clock() + timedelta(days=DAYS)
        last_day = end.toordinal() + (7 - end.isoweekday())
        return f"{last_day:x}-{self._signature(name, last_day)}"

    def fits(self, name: str, key: str) -> bool:
        """Tell whether a key opens a repository now."""
        day, _, signature = key.partition("-")
        if not re.fullmatch(r"[0-9a-f]{1,8}", day):
            return False
        last_day = int(day, 16)
        is_signed = self._page_key.fits(subject_of(name, last_day), signature)
        return is_signed and self._clock().toordinal() <= last_day

    def clone_path(self, name: str) -> str:
        """Return the path that `git clone` takes."""
        return f"/keyed/{self.of(name)}/git/{name}.git"

    def _signature(self, name: str, last_day: int) -> str:
        return self._page_key.signature(subject_of(name, last_day))


def subject_of(name: str, last_day: int) -> str:
    """Return what the signature of a key is about; no plan has such an id."""
    return f"repository/{name}/{last_day}"


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
        inside = {**scope, "path": path, "raw_path": path.encode(), "clone_path": self.keys.clone_path(name)}
        await self.app(inside, receive, send)

    def sent_on(self, request: Request, path: str, name: str, key: str) -> Response:
        """Return the way to the page itself, so that the key shows in no address that people copy."""
        answer = RedirectResponse(path, status_code=303)
        answer.set_cookie(
            cookie_of(name),
            key,
            max_age=DAYS * 24 * 3600,
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
    """Return the route that gives a key; it needs the signature of the plan."""

    async def open_repository(request: Request) -> Response:
        """Send a browser to the repository of a plan, with a key."""
        plan_id, signature = request.path_params["plan"], request.path_params["signature"]
        if not key.fits(plan_id, signature):
            raise HTTPException(404, NO_KEY)
        async with database.read() as session:
            name = await name_of(session, plan_id)
        if not name:
            raise HTTPException(404, "This plan has no repository yet.")
        return RedirectResponse(f"/keyed/{keys.of(name)}/repositories/{name}", status_code=303)

    return [Route("/plans/{plan}/{signature}/repository", open_repository, methods=["GET"])]


async def name_of(session: AsyncSession, plan_id: str) -> str:
    """Return the name of a plan's repository; empty where it has none."""
    plan = await session.get(Plan, plan_id)
    return plan.remote_name if plan else ""
