"""Why a call was refused, whoever answered it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.slack.application import create_client
from bot.slack.channels import NotInvited, be_in
from bot.slack.refusals import NO_ANSWER_OF_SLACK, reason_of
from bot.store.tables import ConversationMessage, HeldRequest, OutboxItem, Plan, now
from bot.web.serving import serve_web
from bot.workflow.refusals import Refused
from bot.workflow.runs import block
from tests.local_workspace.driving import PATIENCE_SECONDS, PersonAtWork
from tests.slack.at_work import rows, told
from tests.slack.running import RunningBot, shown
from tests.workflow.office import MARA


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (JSONResponse({"ok": False, "error": "is_archived"}), "is_archived"),
        (JSONResponse({"ok": False}), NO_ANSWER_OF_SLACK),
        (HTMLResponse("<h1>Bad gateway</h1>", 502), NO_ANSWER_OF_SLACK),
        (PlainTextResponse("not here", 404), NO_ANSWER_OF_SLACK),
        (Response(b"{half an ans", media_type="application/json"), NO_ANSWER_OF_SLACK),
    ],
    ids=["Slack", "no reason", "a page", "a text", "half an answer"],
)
async def test_a_refusal_has_a_reason_whoever_answered(answer: Response, reason: str) -> None:
    async def take(request: object) -> Response:
        return answer

    server = await serve_web(Starlette(routes=[Route("/api/auth.test", take, methods=["POST"])]))
    with pytest.raises(SlackApiError) as refused:
        await create_client("xoxb-1", f"{server.url}/api/").auth_test()
    await server.stop()

    assert reason_of(refused.value) == reason


async def refused_by(answer: dict[str, Any]) -> Refused:
    """Return how a refusal of Slack to let the bot into a channel is told."""

    async def take(request: object) -> Response:
        return JSONResponse({"ok": False} | answer)

    routes = [Route(f"/api/conversations.{name}", take, methods=["POST", "GET"]) for name in ("info", "join")]
    server = await serve_web(Starlette(routes=routes))
    client: AsyncWebClient = create_client("xoxb-1", f"{server.url}/api/")
    client.retry_handlers = []
    try:
        with pytest.raises(Refused) as refused:
            await be_in(client, "C1")
    finally:
        await server.stop()
    return refused.value


@pytest.mark.parametrize(
    ("reason", "way_on"),
    [
        ("is_archived", "Unarchive it, or say it in another channel"),
        ("restricted_action", "Ask an admin"),
        ("team_access_not_granted", "in a channel of your own"),
        ("token_revoked", "planthread doctor"),
        ("account_inactive", "planthread doctor"),
        ("app_uninstalled", "install me again"),
        ("something_new", "(something_new). Say `/invite @planthread`"),
    ],
)
async def test_each_ordinary_refusal_says_what_to_do_next(reason: str, way_on: str) -> None:
    refusal = await refused_by({"error": reason})
    assert way_on in str(refusal)
    assert not isinstance(refusal, NotInvited)


async def test_a_missing_scope_is_named() -> None:
    refusal = await refused_by({"error": "missing_scope", "needed": "channels:join", "provided": "chat:write"})
    assert "`channels:join`" in str(refusal)
    assert "planthread manifest" in str(refusal)


async def test_what_no_plan_can_begin_with_holds_up_nobody_elses_request(bot: RunningBot, mara: PersonAtWork) -> None:
    async with bot.database.write() as session:
        session.add(HeldRequest(workspace="T0LOCAL", channel="C0LEADS", person="U0JON", text="hello", key="before"))
    await mara.plan("new hello", channel="leads")
    assert "I keep what you wrote" not in (await told(mara, "/invite @planthread", channel="leads"))["text"]
    await mara.plan("new a clinic: patients with a name", channel="leads")
    await mara.do("invite", channel="leads", user="planthread")
    assert (await bot.settled("in review")).starter == MARA
    assert await rows(bot, HeldRequest) == []
    assert len(await bot.plans()) == 1


async def test_what_was_asked_in_a_private_channel_begins_once_the_bot_is_invited(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    await mara.plan("new a clinic: patients with a name", channel="leads")
    refused = await told(mara, "/invite @planthread", channel="leads")
    assert "I keep what you wrote" in refused["text"]
    assert await bot.plans() == []
    await mara.do("invite", channel="leads", user="planthread")
    plan = await bot.settled("in review")
    assert (plan.starter, plan.channel) == (MARA, "C0LEADS")
    assert [row.text for row in await rows(bot, ConversationMessage)] == ["a clinic: patients with a name"]
    assert await rows(bot, HeldRequest) == []


async def test_a_channel_keeps_few_requests_of_one_person(bot: RunningBot, mara: PersonAtWork) -> None:
    for number in range(3):
        await mara.plan(f"new a clinic {number}", channel="leads")
    await mara.plan("new one clinic too many", channel="leads")
    await told(mara, "Then say it again", channel="leads")
    assert len(await rows(bot, HeldRequest)) == 3

    async with bot.database.write() as session:
        for row in await rows(bot, HeldRequest):
            (await session.get_one(HeldRequest, row.id)).at = now() - timedelta(days=8)
    await mara.plan("new a clinic after all", channel="leads")
    async with asyncio.timeout(PATIENCE_SECONDS):
        while [row.text for row in await rows(bot, HeldRequest)] != ["a clinic after all"]:
            await asyncio.sleep(0.02)


async def test_what_could_not_be_sent_into_a_channel_is_sent_once_the_bot_is_there_again(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    await mara.plan("new a library: books with a title", channel="backend")
    await bot.settled("in review")
    await mara.do("remove", channel="backend", user="planthread")
    async with bot.database.write() as session:
        plan = await session.get_one(Plan, (await bot.plans())[0].id)
        await block(session, plan, "The library has no door.")
    async with asyncio.timeout(PATIENCE_SECONDS):
        while "not_in_channel" not in {row.error for row in await rows(bot, OutboxItem)}:
            await asyncio.sleep(0.02)
    await mara.do("invite", channel="backend", user="planthread")
    problem = await mara.sees("needs you", channel="backend", thread_ts=plan.thread or "")
    assert "The library has no door." in shown(problem)
    await bot.settled("in review", hold="blocked")
    assert {row.error for row in await rows(bot, OutboxItem)} == {""}
