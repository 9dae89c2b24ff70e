"""The page of `Try it`: for who has the link, with forms whose requests the bot passes on to the service."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import httpx
import pytest
from aiohttp import web

from bot.building.trials import Trial, Trials, TrialState
from bot.store.database import Database
from bot.store.tables import Plan
from bot.web.app import create_web_app
from bot.web.page_key import PageKey
from bot.web.trying import LARGEST_ANSWER, trial_routes
from tests.workflow.office import Office, ScriptedPlanner

UNTIL = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DOCUMENT = {
    "paths": {
        "/api/v1/books": {
            "get": {"tags": ["<b>Books</b>"], "summary": "List <script>alert(1)</script>"},
            "post": {
                "tags": ["<b>Books</b>"],
                "requestBody": {"content": {"application/json": {"schema": {"example": {"title": "</textarea>"}}}}},
            },
        }
    }
}
BROKEN = "one open Loan per book until returned_on"


@dataclass
class OneTrial:
    """Stand in for the trials: one that people look at, in a state that the test sets."""

    socket: Path
    trial: Trial
    asked: list[tuple[str, bool]] = field(default_factory=list)

    async def look(self, plan: Plan, *, again: bool = False) -> Trial:
        """Note that somebody looked."""
        self.asked.append((plan.id, again))
        return self.trial

    def socket_of(self, _plan_id: str) -> Path | None:
        """Return where the service listens, once it does."""
        return self.socket if self.trial.state is TrialState.READY else None


@dataclass
class Tried:
    """A client of the pages, the plan's path, and the trial behind."""

    client: httpx.AsyncClient
    path: str
    trials: OneTrial

    async def call(self, **request: str) -> httpx.Response:
        """Send a request as the page does."""
        return await self.client.post(f"{self.path}/call", json=request)


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Path]:
    """Serve on a socket what shows each request; give the socket."""

    async def echo(request: web.Request) -> web.StreamResponse:
        if request.path == "/openapi.json":
            return web.json_response(DOCUMENT)
        if request.path == "/broken":
            return web.json_response({"detail": "No.", "rule": BROKEN}, status=409)
        if request.path == "/away":
            raise web.HTTPFound("http://127.0.0.1:1/elsewhere")
        if request.path == "/much":
            return web.Response(body=b"x" * (LARGEST_ANSWER + 5))
        seen = {
            "method": request.method,
            "path": request.raw_path,
            "token": request.headers.get("Authorization", ""),
            "kind": request.headers.get("Content-Type", ""),
            "body": await request.text(),
        }
        return web.json_response(seen, status=201)

    site = web.Application()
    site.router.add_route("*", "/{path:.*}", echo)
    runner = web.AppRunner(site, shutdown_timeout=0.1)
    await runner.setup()
    await web.UnixSite(runner, str(tmp_path / "s")).start()
    yield tmp_path / "s"
    await runner.cleanup()


@pytest.fixture
async def tried(database: Database, tmp_path: Path, service: Path) -> AsyncIterator[Tried]:
    """Give a delivered plan whose service runs."""
    office = Office(database, ScriptedPlanner())
    await office.in_review()
    async with database.write() as session:
        plan = await session.get_one(Plan, office.plan_id)
        plan.delivered_review = plan.review
    ready = Trial(state=TrialState.READY, commit="a" * 40, address="http://127.0.0.1:5", until=UNTIL)
    trials = OneTrial(service, ready)
    key = PageKey.at(tmp_path / "pages.key")

    async def problems() -> list[str]:
        return []

    app = create_web_app(tmp_path, problems, routes=trial_routes(database, key, cast("Trials", trials)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        yield Tried(client, f"{key.path(office.plan_id)}/try", trials)


async def test_the_page_shows_each_operation_and_trusts_no_word_of_the_service(tried: Tried) -> None:
    answer = await tried.client.get(tried.path)

    assert answer.status_code == 200
    assert ">09:30 UTC</time>" in answer.text
    assert "/api/v1/books" in answer.text
    assert "<script>alert" not in answer.text
    assert "<b>Books" not in answer.text
    assert "&lt;/textarea&gt;" in answer.text
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "http-equiv" not in answer.text


async def test_while_it_starts_the_page_looks_again_by_itself_and_asks_for_no_second_start(tried: Tried) -> None:
    tried.trials.trial = Trial(state=TrialState.STARTING, until=UNTIL)
    assert 'http-equiv="refresh"' in (await tried.client.get(tried.path)).text

    answer = await tried.client.get(f"{tried.path}?again=1")
    assert (answer.status_code, answer.headers["location"]) == (303, tried.path)
    assert [again for _, again in tried.trials.asked] == [False, True]


async def test_what_failed_is_shown_with_its_last_words_and_a_way_on(tried: Tried) -> None:
    tried.trials.trial = Trial(state=TrialState.ENDED, until=UNTIL, sentence="It ended.", tail="<i>boom</i>")
    text = (await tried.client.get(tried.path)).text
    assert "It ended." in text
    assert "&lt;i&gt;boom" in text
    assert "?again=1" in text


async def test_a_request_is_passed_on_with_its_token_and_body(tried: Tried) -> None:
    answer = await tried.call(method="POST", path="/api/v1/books?q=a%20b", body='{"title": "Dune"}', token="t0ken")

    told = answer.json()
    assert told["status"] == 201
    assert '"path": "/api/v1/books?q=a%20b"' in told["body"]
    assert '"token": "Bearer t0ken"' in told["body"]
    assert "Dune" in told["body"]


async def test_a_form_is_passed_on_as_its_fields(tried: Tried) -> None:
    body = '{"username": "mara@example.org", "password": "a&b=c", "client_id": null}'
    answer = await tried.client.post(
        f"{tried.path}/call", json={"method": "POST", "path": "/auth/login", "body": body, "form": True}
    )
    told = json.loads(answer.json()["body"])
    assert told["kind"] == "application/x-www-form-urlencoded"
    assert told["body"] == "username=mara%40example.org&password=a%26b%3Dc"
    for wrong in ("no JSON", "[1]"):
        refused = await tried.client.post(
            f"{tried.path}/call", json={"method": "POST", "path": "/auth/login", "body": wrong, "form": True}
        )
        assert "Write the fields as a JSON object" in refused.json()["body"]


async def test_only_where_people_sign_in_a_token_is_asked_for_and_beside_the_login(
    tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'id="token"' not in (await tried.client.get(tried.path)).text
    login = {"post": {"tags": ["auth"], "summary": "Log in"}}
    paths = {"/health": {"get": {"tags": ["health"]}}, "/auth/login": login, **DOCUMENT["paths"]}
    monkeypatch.setitem(DOCUMENT, "paths", paths)
    text = (await tried.client.get(tried.path)).text
    assert text.index("Log in</span>") < text.index('id="token"') < text.index("/api/v1/books") < text.index("/health<")
    assert text.count("Log in</span>") == 1
    assert "2 operations" in text
    assert ">1 operation<" in text
    assert "What <code>/auth/login</code> answers is put here" in text


async def test_a_broken_rule_is_told_without_its_notation(tried: Tried) -> None:
    assert json.loads((await tried.call(method="GET", path="/broken")).json()["body"]) == {"detail": "No."}


async def test_a_redirect_is_shown_and_never_followed_and_much_is_cut(tried: Tried) -> None:
    assert (await tried.call(method="GET", path="/away")).json()["status"] == 302
    assert len((await tried.call(method="GET", path="/much")).json()["body"]) == LARGEST_ANSWER


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "TRACE", "path": "/"},
        {"method": "GET", "path": "no slash"},
        {"method": "GET", "path": "/a b"},
        {"method": "GET", "path": "/", "token": "two\r\nlines"},
    ],
)
async def test_what_the_page_never_sends_is_refused(tried: Tried, request_: dict[str, str]) -> None:
    assert (await tried.call(**request_)).status_code == 422


async def test_other_sites_can_send_nothing_and_others_see_nothing(tried: Tried) -> None:
    form = await tried.client.post(f"{tried.path}/call", content="{}", headers={"Content-Type": "text/plain"})
    assert form.status_code == 415
    forged = tried.path.replace("/try", "0/try")
    assert (await tried.client.get(forged)).status_code == 404
    assert (await tried.client.post(f"{forged}/call", json={"method": "GET", "path": "/"})).status_code == 404


async def test_a_service_that_is_gone_says_so(tried: Tried) -> None:
    tried.trials.trial = Trial(state=TrialState.ENDED, until=UNTIL, sentence="Over.")
    assert "doesn't run any more" in (await tried.call(method="GET", path="/")).json()["body"]
    tried.trials.trial = Trial(state=TrialState.READY, until=UNTIL)
    tried.trials.socket = tried.trials.socket.with_name("nobody")
    assert "gave no answer" in (await tried.call(method="GET", path="/")).json()["body"]


async def test_before_a_delivery_there_is_nothing_to_try(tried: Tried, database: Database) -> None:
    async with database.write() as session:
        plan = await session.get_one(Plan, tried.path.split("/")[2])
        plan.delivered_review = 0
    assert (await tried.client.get(tried.path)).status_code == 404
    assert tried.trials.asked == []
