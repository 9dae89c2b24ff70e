"""The page of `Try it`: a delivered service that runs for a while, its operations, and a form for each.

The page is ours and the service isn't: what it answers is shown as text, and its requests go through the bot, so that
the page works without any address outside and no foreign content runs in it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from pydantic import Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.building.trials import Trial, Trials, TrialState
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.frozen import Frozen
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.fresh_rows import FreshRow, fresh_rows
from bot.store.database import Database
from bot.store.tables import Plan
from bot.verification.serving import HOST
from bot.web.api_page import FORM, JSON, Operation, operations, registration, sign_in
from bot.web.page_key import PageKey
from bot.web.plain_answers import RULE, in_plain_words
from bot.web.plan_links import PLACE, plan_asked_for, ways_of
from bot.web.prefilled import Ask, Entrance, entered, filled_in, stored_rows
from bot.web.rendering import moment_of, page
from bot.workflow.changes import delivered_documents
from bot.workflow.documents import is_imported

__all__ = ["trial_path", "trial_routes"]

LARGEST_ANSWER = 1 << 20
LARGEST_REQUEST = 1 << 20
SECONDS = 30.0
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self' http://127.0.0.1:* http://localhost:*"
)
NO_FORM = 'Write the fields as a JSON object, such as {"username": "mara@example.org"}, then send it again.'
NEVER_KEPT = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}


class Call(Frozen):
    """A request that somebody sends to the service from the page."""

    method: str = Field(pattern="^(GET|POST|PUT|PATCH|DELETE)$")
    path: str = Field(pattern=r"^/[^\s#]*$", max_length=4000)
    body: str = Field("", max_length=LARGEST_REQUEST)
    token: str = Field("", pattern=r"^[\x21-\x7e]*$", max_length=8000)
    form: bool = False
    """Whether the body, a JSON object, is sent as the fields of a form."""


def trial_path(key: PageKey, plan_id: str) -> str:
    """Return the path of a plan's page."""
    return f"{key.path(plan_id)}/try"


def trial_routes(database: Database, key: PageKey, trials: Trials, *, behind_door: bool = False) -> list[Route]:
    """Return the routes of the pages; each needs the signature of its plan. They go before those of the evidence."""
    pages = TrialPages(database, key, trials, behind_door=behind_door)
    place = f"{PLACE}/try"
    return [
        Route(place, pages.show, methods=["GET"]),
        Route(f"{place}/call", pages.call, methods=["POST"]),
    ]


class TrialPages:
    """Answers the requests for the page and those that it sends on."""

    def __init__(self, database: Database, key: PageKey, trials: Trials, *, behind_door: bool) -> None:
        self._database = database
        self._behind_door = behind_door
        self._key = key
        self._trials = trials
        self._accounts: dict[str, tuple[datetime, Entrance]] = {}
        """Until when the trial of a plan runs, and the account that is there for trying."""

    async def show(self, request: Request) -> Response:
        """Start the service, or show it; ``?again=1`` starts it anew, and leads back to the page itself."""
        plan = await self._plan(request)
        if "again" in request.query_params:
            await self._trials.look(plan, again=True)
            return RedirectResponse(request.url.path, status_code=303, headers=NEVER_KEPT)
        trial = await self._trials.look(plan)
        groups = await self._filled_in(plan, trial) if trial.state is TrialState.READY else {}
        ways = ways_of(request, plan, behind_door=self._behind_door)
        answer = page("try", {"plan": plan, **at_the_door(groups), **ways, **shown(trial)})
        answer.headers.update(NEVER_KEPT)
        return answer

    async def call(self, request: Request) -> Response:
        """Pass one request on to the service, and its answer back as text."""
        plan = await self._plan(request)
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise HTTPException(415, "The page sends JSON.")
        try:
            call = Call.model_validate_json(await bounded(request))
        except ValidationError as error:
            raise HTTPException(422, "That is no request that the page sends.") from error
        try:
            body, headers = sent(call)
        except ValueError:
            return JSONResponse({"status": 0, "body": NO_FORM}, headers=NEVER_KEPT)
        if call.token:
            headers["Authorization"] = f"Bearer {call.token}"
        told = await self._ask(plan.id, call.method, call.path, body, headers)
        if RULE in told["body"]:
            told["body"] = in_plain_words(told["body"], call.path, await self._specs(plan))
        return JSONResponse(told, headers=NEVER_KEPT)

    async def _filled_in(self, plan: Plan, trial: Trial) -> dict[str, list[Operation]]:
        """Return the operations with values that work as they are, as far as the service and the plan tell them."""
        groups = await self._operations(plan.id)
        specs = await self._specs(plan)
        try:
            fresh = await asyncio.to_thread(fresh_rows, specs) if specs else ()
        except UnsupportedSpecsError:
            fresh = ()

        async def ask(method: str, path: str, body: str, headers: dict[str, str]) -> dict[str, Any]:
            return await self._ask(plan.id, method, path, body, headers)

        account = await self._entered(plan.id, trial, ask, groups, fresh)
        rows = await stored_rows(ask, fresh, account.token)
        return filled_in(groups, fresh, rows, account)

    async def _entered(
        self, plan_id: str, trial: Trial, ask: Ask, groups: dict[str, list[Operation]], fresh: Sequence[FreshRow]
    ) -> Entrance:
        """Log in once a trial: a service may count how often somebody does."""
        known = self._accounts.get(plan_id)
        if known is not None and known[0] == trial.until:
            return known[1]
        account = await entered(ask, groups, fresh)
        self._accounts = {name: each for name, each in self._accounts.items() if each[0] > datetime.now(UTC)}
        self._accounts[plan_id] = trial.until, account
        return account

    async def _specs(self, plan: Plan) -> EntitySpecs | None:
        """Return the entities of a plan as they were delivered; None where a file said what to build."""
        async with self._database.read() as session:
            return None if await is_imported(session, plan) else (await delivered_documents(session, plan)).specs

    async def _operations(self, plan_id: str) -> dict[str, list[Operation]]:
        """Return the operations that the service tells of; none where it tells nothing that can be read."""
        told = await self._ask(plan_id, "GET", "/openapi.json", "", {}, largest=LARGEST_ANSWER * 4)
        try:
            return await asyncio.to_thread(lambda: operations(json.loads(told["body"])))
        except (ValueError, RecursionError):
            return {}

    async def _ask(
        self, plan_id: str, method: str, path: str, body: str, headers: dict[str, str], largest: int = LARGEST_ANSWER
    ) -> dict[str, Any]:
        """Ask the service; return status and text of its answer, or a status of 0 and why there is none."""
        socket = self._trials.socket_of(plan_id)
        if socket is None:
            return {"status": 0, "body": "The service doesn't run any more. Load this page again."}
        try:
            return await asked(socket, method, path, body, headers, largest)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            return {"status": 0, "body": f"The service gave no answer ({type(error).__name__})."}

    async def _plan(self, request: Request) -> Plan:
        """Return whose service is asked for. Raises HTTPException without a link that is good, or before a delivery."""
        plan_id = plan_asked_for(request, self._key)
        async with self._database.read() as session:
            plan = await session.get(Plan, plan_id)
        if plan is None or not plan.delivered_review:
            raise HTTPException(404, "There is nothing to try before the plan is delivered.")
        return plan


def sent(call: Call) -> tuple[str, dict[str, str]]:
    """Return the body of a call and its headers. Raises ValueError where a form can't be made of what was written."""
    if not call.body or not call.form:
        return call.body, {"Content-Type": JSON} if call.body else {}
    fields = json.loads(call.body)
    if not isinstance(fields, dict):
        raise ValueError(NO_FORM)  # noqa: TRY004 (what somebody wrote, not what we pass)
    told = {name: value for name, value in fields.items() if value is not None}
    return urlencode(told), {"Content-Type": FORM}


def at_the_door(groups: dict[str, list[Operation]]) -> dict[str, Any]:
    """Return what the page shows first, to sign in with, and the other operations by their groups."""
    door = sign_in(groups)
    makes = registration(groups) if door else None
    first = [one for one in (makes, door) if one is not None]
    rest = {group: [one for one in all_of if one not in first] for group, all_of in groups.items()}
    return {
        "door": door,
        "registration": makes,
        "first": first,
        "groups": {name: all_of for name, all_of in rest.items() if all_of},
    }


def shown(trial: Trial) -> dict[str, Any]:
    """Return what the page says of a trial."""
    return {"trial": trial, "state": trial.state.value, "until": moment_of(trial.until, "%H:%M UTC", "data-hour")}


async def asked(
    socket: Path, method: str, path: str, body: str, headers: dict[str, str], largest: int
) -> dict[str, Any]:
    """Send one request; redirects are shown, not followed. Raises aiohttp's errors, OSError and TimeoutError."""
    async with (
        aiohttp.ClientSession(
            connector=aiohttp.UnixConnector(str(socket)), timeout=aiohttp.ClientTimeout(SECONDS)
        ) as client,
        client.request(
            method, f"http://{HOST}{path}", data=body.encode() or None, headers=headers, allow_redirects=False
        ) as answer,
    ):
        text = bytearray()
        while len(text) < largest and (block := await answer.content.read(largest - len(text))):
            text += block
        return {"status": answer.status, "reason": answer.reason or "", "body": text.decode(errors="replace")}


async def bounded(request: Request) -> bytes:
    """Return a body. Raises HTTPException 413 as soon as it is too long."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_REQUEST * 2:
            raise HTTPException(413, "That is more than the page sends.")
    return bytes(body)
