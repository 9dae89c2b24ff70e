"""Why a call was refused, whoever answered it."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.slack.application import create_client
from bot.slack.refusals import NO_ANSWER_OF_SLACK, reason_of
from bot.web.serving import serve_web


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
