"""The workspace over signed HTTP, to a Bolt app whose own check of signatures nobody here wrote."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.local_workspace.delivery import Timing
from bot.local_workspace.server import listening_socket
from bot.local_workspace.workspace import Workspace
from tests.local_workspace.driving import PATIENT, Json, PersonAtWork, running_workspace, until, web_client
from tests.local_workspace.test_bolt import APPROVE, MODAL

SECRET = "of-this-app-only"
TAKEN = Response()


@dataclass
class AppAtAddress:
    """An address that keeps what comes, and answers what it is told to, or what Bolt says."""

    port: int
    bolt: AsyncApp | None = None
    answers: list[Response | float] = field(default_factory=list)
    arrived: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/slack/events"

    @property
    def events(self) -> list[tuple[dict[str, str], Json]]:
        """Return what came but challenges, as JSON."""
        found = [(headers, json.loads(body)) for headers, body in self.arrived if body.startswith(b"{")]
        return [(headers, body) for headers, body in found if body["type"] != "url_verification"]

    async def take(self, request: Request) -> Response:
        body = await request.body()
        self.arrived.append((dict(request.headers), body))
        if b"url_verification" in body and self.bolt is None:
            return JSONResponse({"challenge": json.loads(body)["challenge"]})
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, Response):
                return answer
            await asyncio.sleep(answer)
        return await AsyncSlackRequestHandler(self.bolt).handle(request) if self.bolt else TAKEN


@contextlib.asynccontextmanager
async def listening(app: AppAtAddress) -> AsyncIterator[None]:
    """Serve the address."""
    site = Starlette(routes=[Route("/slack/events", app.take, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(site, log_level="warning", lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listening_socket("127.0.0.1", app.port)]))
    await until(lambda: server.started)
    try:
        yield
    finally:
        server.should_exit = True
        await serving


@pytest.fixture
def app() -> AppAtAddress:
    with contextlib.closing(listening_socket("127.0.0.1", 0)) as bound:
        return AppAtAddress(bound.getsockname()[1])


@contextlib.asynccontextmanager
async def workspace_for(
    app: AppAtAddress, data: Path, timing: Timing = PATIENT
) -> AsyncIterator[tuple[Workspace, PersonAtWork]]:
    """Serve a workspace that delivers to the address, with a person in it."""
    options = {"request_url": app.url, "signing_secret": SECRET, "timing": timing}
    async with running_workspace(data, **options) as workspace:
        person = PersonAtWork(workspace, "Mara")
        yield workspace, person
        await person.http.aclose()


def bolt(workspace: Workspace, secret: str = SECRET) -> AsyncApp:
    """Return a Bolt app that checks signatures with a secret."""
    return AsyncApp(token=workspace.options.bot_token, client=web_client(workspace), signing_secret=secret)


async def test_commands_clicks_and_forms_go_through_bolt_s_own_check(app: AppAtAddress, tmp_path: Path) -> None:
    async with workspace_for(app, tmp_path) as (workspace, mara):
        app.bolt = bolt(workspace)
        submitted: list[str] = []

        @app.bolt.command("/plan")
        async def plan(ack: Any, command: Any, client: Any) -> None:
            await ack({"text": f"noted: {command['text']}", "response_type": "ephemeral"})
            await client.chat_postMessage(channel=command["channel_id"], text="the card", blocks=[APPROVE])

        @app.bolt.action("approve")
        async def approve(ack: Any, body: Any, client: Any) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

        @app.bolt.view("changes")
        async def changes(ack: Any, view: Any) -> None:
            value = view["state"]["values"]["what"]["sentence"]["value"]
            submitted.append(value)
            await ack(response_action="errors", errors={"what": "too short"}) if len(value) < 5 else await ack()

        async with listening(app):
            await until(lambda: workspace.delivery.connected)
            answer = await mara.plan("new a library & größer")
            card = await mara.sees("the card")
            await mara.do("actions", channel="general", ts=card["ts"], action_id="approve")
            view = await mara.sees_view("Request changes")
            refused = await mara.do("views/submit", view_id=view["id"], values={"sentence": "ISBN"})
            taken = await mara.do("views/submit", view_id=view["id"], values={"sentence": "add an ISBN"})
            state = await mara.get("state")

    assert answer["message"]["text"] == "noted: new a library &amp; größer"
    assert refused["errors"] == {"what": "too short"}
    assert taken == {"ok": True}
    assert submitted == ["ISBN", "add an ISBN"]
    assert state["app"]["connected"] is True


async def test_message_shortcuts_go_through_it_too(app: AppAtAddress, tmp_path: Path) -> None:
    async with workspace_for(app, tmp_path) as (workspace, mara):
        app.bolt = bolt(workspace)

        @app.bolt.message_shortcut("plan_this")
        async def plan_this(ack: Any, shortcut: Any, respond: Any) -> None:
            await ack()
            await respond(f"planned: {shortcut['message']['text']}")

        async with listening(app):
            await until(lambda: workspace.delivery.connected)
            said = await mara.say("a library")
            await mara.do("shortcuts", channel="general", ts=said["ts"], callback_id="plan_this")
            private = await mara.sees("planned: a library")

    assert private["only_for"] == "U0MARA"


async def test_an_app_with_another_secret_gets_nothing(app: AppAtAddress, tmp_path: Path) -> None:
    quick = Timing(acknowledgement=0.5)
    async with workspace_for(app, tmp_path, quick) as (workspace, mara), listening(app):
        app.bolt = bolt(workspace, "of another app")
        await until(lambda: app.arrived)
        await mara.say("@planthread hello")
        answer = await mara.plan("status")

    assert answer["error"] == "dispatch_failed"
    assert app.events == []


async def test_events_wait_for_an_address_that_answers_the_challenge(app: AppAtAddress, tmp_path: Path) -> None:
    async with workspace_for(app, tmp_path) as (workspace, mara):
        await mara.say("one")
        assert not workspace.delivery.connected
        async with listening(app):
            await until(lambda: app.events)

    headers, body = app.events[0]
    assert body["event"]["text"] == "one"
    assert headers["content-type"] == "application/json"
    assert "x-slack-retry-num" not in headers


@pytest.mark.parametrize(
    ("answers", "reasons"),
    [
        ([Response(status_code=500), Response(status_code=404), Response(status_code=302)], ["http_error"] * 3),
        ([5.0, 5.0], ["http_timeout"] * 2),
        ([Response(status_code=500, headers={"X-Slack-No-Retry": "1"})], []),
        ([Response(status_code=500)] * 9, ["http_error"] * 3),
    ],
    ids=["errors", "too slow", "wants no retry", "gives up"],
)
async def test_an_event_that_is_not_taken_comes_again_with_its_number_and_reason(
    app: AppAtAddress, tmp_path: Path, answers: list[Response | float], reasons: list[str]
) -> None:
    quick = Timing(acknowledgement=1.0, again=(0.0, 0.1, 0.1))
    async with workspace_for(app, tmp_path, quick) as (workspace, mara), listening(app):
        await until(lambda: workspace.delivery.connected)
        app.answers = answers
        await mara.say("one")
        await until(lambda: len(app.events) > len(reasons))
        app.answers = []
        await mara.say("two")
        await until(lambda: app.events[-1][1]["event"]["text"] == "two")

    first = [(headers, body) for headers, body in app.events if body["event"]["text"] == "one"]
    assert len({body["event_id"] for _, body in first}) == 1
    numbers = [str(number) for number in range(1, len(reasons) + 1)]
    assert [headers.get("x-slack-retry-num") for headers, _ in first] == [None, *numbers]
    assert [headers.get("x-slack-retry-reason") for headers, _ in first] == [None, *reasons]


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        (PlainTextResponse("just words"), "just words"),
        (JSONResponse({"text": "of JSON"}), "of JSON"),
        (TAKEN, None),
        (JSONResponse(["no", "message"]), None),
    ],
    ids=["text", "json", "empty", "list"],
)
async def test_the_body_of_a_command_s_answer_is_shown_privately(
    app: AppAtAddress, tmp_path: Path, answer: Response, seen: str | None
) -> None:
    async with workspace_for(app, tmp_path) as (workspace, mara), listening(app):
        await until(lambda: workspace.delivery.connected)
        app.answers = [answer]
        shown = (await mara.plan("status"))["message"]

    headers, body = app.arrived[-1]
    assert (shown and shown["text"]) == seen
    assert shown is None or shown["only_for"] == "U0MARA"
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body.decode())["command"] == ["/plan"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Response(status_code=500), "http_service_error"),
        (Response(status_code=401), "http_client_error"),
        (5.0, "operation_timeout"),
    ],
)
async def test_a_command_that_fails_is_told_once_and_never_sent_again(
    app: AppAtAddress, tmp_path: Path, answer: Response | float, error: str
) -> None:
    async with workspace_for(app, tmp_path, Timing(acknowledgement=1.0)) as (workspace, mara), listening(app):
        await until(lambda: workspace.delivery.connected)
        app.answers = [answer]
        failed = await mara.plan("status")
        said = await mara.sees("/plan failed")

    assert failed["error"] == error
    assert error in said["text"]
    assert len([body for _, body in app.arrived if body.startswith(b"token=")]) == 1


async def test_an_app_that_went_away_is_told_of_to_people(app: AppAtAddress, tmp_path: Path) -> None:
    async with workspace_for(app, tmp_path, Timing(acknowledgement=1.0)) as (workspace, mara):
        async with listening(app):
            await until(lambda: workspace.delivery.connected)
        failed = await mara.plan("status")

    assert failed["error"] == "dispatch_failed"
