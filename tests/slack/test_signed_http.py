"""Slack over HTTP: what it signed is answered as over the socket, anything else is refused unread."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from slack_bolt.async_app import AsyncApp
from sqlalchemy import select
from sqlmodel import col

from bot.local_workspace.workspace import Workspace
from bot.slack.application import create_app
from bot.slack.doors import LARGEST_BODY, SLACK_PATH, HttpDoor, waiting_routes
from bot.slack.inbox import Inbox
from bot.store.database import Database
from bot.store.tables import InboxItem
from bot.web.app import create_web_app
from bot.web.serving import serve_web
from tests.local_workspace.driving import Json
from tests.slack.running import client_of
from tests.slack.signed import FORM, SECRET, as_form, event_of, signed

COMMAND = {
    "command": "/plan",
    "team_id": "T0LOCAL",
    "channel_id": "C0GENERAL",
    "user_id": "U0MARA",
    "trigger_id": "1.2.3",
    "response_url": "https://hooks.slack.com/commands/1",
}


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox(database)


@pytest.fixture
def app(workspace: Workspace, database: Database, inbox: Inbox) -> AsyncApp:
    return create_app(client_of(workspace), database, inbox)


@pytest.fixture
async def slack(app: AsyncApp, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Give Slack's place: a client of the bot's web server."""

    async def ready() -> list[str]:
        return []

    server = await serve_web(create_web_app(tmp_path, ready, routes=HttpDoor(app, SECRET).routes))
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        yield client
    await server.stop()


async def kept(database: Database) -> list[InboxItem]:
    async with database.read() as session:
        return list((await session.scalars(select(InboxItem).order_by(col(InboxItem.id)))).all())


async def test_an_event_is_kept_before_it_is_acknowledged(slack: httpx.AsyncClient, database: Database) -> None:
    body = event_of(text="a library")

    answer = await slack.post(SLACK_PATH, content=body, headers=signed(body))

    assert answer.status_code == 200
    (item,) = await kept(database)
    assert (item.kind, item.key) == ("message", "message/D0MARA/1700000000.000001")
    assert item.payload["event"]["text"] == "a library"


async def test_what_slack_delivers_again_is_kept_once(slack: httpx.AsyncClient, database: Database) -> None:
    body = event_of(text="a library")
    for attempt in ("", "1", "2", "3"):
        answer = await slack.post(SLACK_PATH, content=body, headers=signed(body, retry=attempt))
        assert answer.status_code == 200

    assert len(await kept(database)) == 1


async def test_a_first_delivery_that_was_lost_is_made_up_for_by_a_retry(
    slack: httpx.AsyncClient, database: Database
) -> None:
    body = event_of(text="a library")

    await slack.post(SLACK_PATH, content=body, headers=signed(body, retry="3"))

    assert len(await kept(database)) == 1


async def test_what_could_not_be_kept_is_not_acknowledged(
    slack: httpx.AsyncClient, inbox: Inbox, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(key: str, kind: str, payload: object) -> bool:
        raise OSError("the disk is full")

    body = event_of(text="a library")
    with monkeypatch.context() as broken:
        broken.setattr(inbox, "accept", full)
        assert (await slack.post(SLACK_PATH, content=body, headers=signed(body))).status_code == 503

    assert (await slack.post(SLACK_PATH, content=body, headers=signed(body))).status_code == 200
    assert len(await kept(database)) == 1


async def test_a_reading_command_is_answered_in_the_acknowledgement(slack: httpx.AsyncClient) -> None:
    body = as_form(COMMAND | {"text": "help"})

    answer = await slack.post(SLACK_PATH, content=body, headers=signed(body, FORM))

    assert answer.status_code == 200
    assert answer.json()["response_type"] == "ephemeral"
    assert "/plan new" in json.dumps(answer.json())


async def test_a_changing_command_and_a_form_are_kept(slack: httpx.AsyncClient, database: Database) -> None:
    command = as_form(COMMAND | {"text": "new a library & more: größer"})
    view = {"type": "view_submission", "trigger_id": "4.5.6", "team": {"id": "T0LOCAL"}, "user": {"id": "U0MARA"}}
    form = as_form({"payload": json.dumps(view | {"view": {"id": "V1", "callback_id": "changes", "type": "modal"}})})

    for body in (command, form):
        assert (await slack.post(SLACK_PATH, content=body, headers=signed(body, FORM))).status_code == 200

    first, second = await kept(database)
    assert (first.key, first.payload["text"]) == ("command/1.2.3", "new a library & more: größer")
    assert second.key == "view/4.5.6"


async def test_the_address_is_verified_as_slack_asks_for(slack: httpx.AsyncClient) -> None:
    body = b'{"type": "url_verification", "token": "t", "challenge": "3eZbrw1a"}'

    answer = await slack.post(SLACK_PATH, content=body, headers=signed(body))
    unsigned = await slack.post(SLACK_PATH, content=body)

    assert (answer.status_code, answer.json()) == (200, {"challenge": "3eZbrw1a"})
    assert unsigned.status_code == 401
    assert "3eZbrw1a" not in unsigned.text


BODY = event_of(text="a library")


def wrong() -> dict[str, Json]:
    """Return headers that vouch for nothing, signed now."""
    return {
        "none": {"Content-Type": "application/json"},
        "no moment": {name: value for name, value in signed(BODY).items() if "Timestamp" not in name},
        "another secret": signed(BODY, secret="another"),
        "another body": signed(event_of(text="a bank")),
        "too old": signed(BODY, age=301),
        "from the future": signed(BODY, age=-600),
        "another moment": signed(BODY) | {"X-Slack-Request-Timestamp": "1700000000"},
        "no number": signed(BODY) | {"X-Slack-Request-Timestamp": "now"},
        "an endless number": signed(BODY) | {"X-Slack-Request-Timestamp": "9" * 5000},
        "no form": signed(BODY) | {"X-Slack-Signature": "v0="},
        "another version": signed(BODY) | {"X-Slack-Signature": signed(BODY)["X-Slack-Signature"].replace("v0", "v1")},
        "no text": signed(BODY) | {"X-Slack-Signature": "v0=\xe4\xf6".encode("latin-1")},
    }


@pytest.mark.parametrize("case", wrong())
async def test_what_slack_did_not_sign_is_refused(slack: httpx.AsyncClient, database: Database, case: str) -> None:
    answer = await slack.post(SLACK_PATH, content=BODY, headers=wrong()[case])

    assert answer.status_code == 401
    assert "SLACK_SIGNING_SECRET" in answer.text
    assert SECRET not in answer.text
    assert await kept(database) == []


async def test_a_signature_is_good_for_five_minutes(slack: httpx.AsyncClient, database: Database) -> None:
    assert (await slack.post(SLACK_PATH, content=BODY, headers=signed(BODY, age=280))).status_code == 200
    assert len(await kept(database)) == 1


async def test_a_look_at_the_certificate_is_answered_and_opens_nothing(
    slack: httpx.AsyncClient, database: Database
) -> None:
    command = COMMAND | {"text": "new a library"}
    view = json.dumps({"type": "view_submission", "trigger_id": "4.5.6", "view": {}})
    looks = [as_form({"ssl_check": "1", **more}) for more in ({"token": "t"}, command, {"payload": view})]
    others = [as_form(command | {"ssl_check": "0"}), as_form({str(number): "ssl_check=1" for number in range(5000)})]

    answered = [await slack.post(SLACK_PATH, content=body, headers={"Content-Type": FORM}) for body in looks]
    refused = [await slack.post(SLACK_PATH, content=body, headers={"Content-Type": FORM}) for body in others]
    as_json = await slack.post(SLACK_PATH, content=b'{"ssl_check": "1"}', headers={"Content-Type": "application/json"})

    assert [(answer.status_code, answer.text) for answer in answered] == [(200, "")] * 3
    assert [answer.status_code for answer in (*refused, as_json)] == [401, 401, 401]
    assert await kept(database) == []


@pytest.mark.parametrize("body", [b"{not json", b"[" * 100_000, b'{"a":' * 100_000, b"payload=%7Bnot"])
async def test_a_signed_body_that_cannot_be_read_is_no_failure_of_the_bot(
    slack: httpx.AsyncClient, body: bytes
) -> None:
    kind = FORM if body.startswith(b"payload") else "application/json"
    assert (await slack.post(SLACK_PATH, content=body, headers=signed(body, kind))).status_code == 400


async def test_a_body_that_is_no_text_is_refused(slack: httpx.AsyncClient) -> None:
    body = b'{"type": "\xff\xfe"}'
    assert (await slack.post(SLACK_PATH, content=body, headers=signed(body))).status_code == 401


async def test_a_body_is_read_up_to_a_bound(slack: httpx.AsyncClient, database: Database) -> None:
    largest = event_of(text="x" * (LARGEST_BODY - 1000))
    too_large = event_of(text="x" * LARGEST_BODY)

    assert (await slack.post(SLACK_PATH, content=largest, headers=signed(largest))).status_code == 200
    assert (await slack.post(SLACK_PATH, content=too_large, headers=signed(too_large))).status_code == 413
    assert len(await kept(database)) == 1


async def test_a_body_that_never_ends_is_given_up(slack: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.doors.BODY_SECONDS", 0.2)
    host, port = slack.base_url.host, slack.base_url.port
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"POST {SLACK_PATH} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9\r\n\r\nhalf".encode())

    async with asyncio.timeout(30):
        assert b"408" in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_only_posts_are_taken_and_pages_stay_where_they_are(slack: httpx.AsyncClient) -> None:
    assert (await slack.get(SLACK_PATH)).status_code == 405
    assert (await slack.get("/healthz")).status_code == 200


async def test_what_comes_before_the_bot_reaches_slack_is_refused_with_a_sentence(tmp_path: Path) -> None:
    async def problems() -> list[str]:
        return []

    server = await serve_web(create_web_app(tmp_path, problems, routes=waiting_routes()))
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        answer = await client.post(SLACK_PATH, content=event_of())
    await server.stop()

    assert (answer.status_code, answer.text.partition(",")[0]) == (503, "The bot can't reach Slack yet")
