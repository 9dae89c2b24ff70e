"""What Slack refuses, refused with the same words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest
from slack_sdk.errors import SlackApiError

from bot.local_workspace.directory import ALL_SCOPES
from bot.local_workspace.workspace import Workspace
from tests.local_workspace.driving import PATIENT, PersonAtWork, bolt_app, connected, running_workspace, web_client


def section(text: str) -> dict[str, Any]:
    """Return a section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(**changes: Any) -> dict[str, Any]:
    """Return an actions block with one button."""
    element = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}} | changes
    return {"type": "actions", "elements": [element]}


def view(**changes: Any) -> dict[str, Any]:
    """Return a small modal."""
    return {"type": "modal", "title": {"type": "plain_text", "text": "Small"}, "blocks": [section("x")]} | changes


async def refusal(workspace: Workspace, method: str, token: str = "", **arguments: Any) -> str:
    """Return the error code that a call is refused with."""
    with pytest.raises(SlackApiError) as caught:
        await web_client(workspace, token).api_call(method, json=arguments)
    return str(caught.value.response["error"])


async def test_tokens(workspace: Workspace) -> None:
    async with httpx.AsyncClient(base_url=workspace.options.address) as http:
        without = (await http.post("/api/auth.test")).json()
    assert without == {"ok": False, "error": "not_authed"}
    assert await refusal(workspace, "auth.test", token="xoxb-stolen") == "invalid_auth"
    assert await refusal(workspace, "chat.postMessage", token="xapp-local") == "not_allowed_token_type"
    assert await refusal(workspace, "apps.connections.open") == "not_allowed_token_type"


async def test_unknown_methods_and_missing_arguments(workspace: Workspace) -> None:
    assert await refusal(workspace, "chat.postPigeon") == "unknown_method"
    assert await refusal(workspace, "chat.postMessage", text="where?") == "invalid_arguments"
    assert await refusal(workspace, "api.test", error="my_error") == "my_error"
    assert await refusal(workspace, "conversations.history", channel="C0GENERAL", limit="many") == "invalid_limit"
    assert await refusal(workspace, "conversations.history", channel="C0GENERAL", cursor="x") == "invalid_cursor"
    assert await refusal(workspace, "conversations.list", types="secret") == "invalid_types"


async def test_bodies_that_cannot_be_read(workspace: Workspace) -> None:
    headers = {"authorization": "Bearer xoxb-local"}
    async with httpx.AsyncClient(base_url=f"{workspace.options.address}/api/", headers=headers) as http:
        json_type = {"content-type": "application/json"}
        broken = await http.post("auth.test", content="{", headers=json_type)
        listed = await http.post("auth.test", content="[]", headers=json_type)
        other = await http.post("auth.test", content="x", headers={"content-type": "text/plain"})
    assert [answer.json()["error"] for answer in (broken, listed, other)] == [
        "invalid_json",
        "json_not_object",
        "invalid_post_type",
    ]


async def test_json_form_and_query_are_taken_alike(workspace: Workspace) -> None:
    headers = {"authorization": "Bearer xoxb-local"}
    async with httpx.AsyncClient(base_url=f"{workspace.options.address}/api/", headers=headers) as http:
        by_form = await http.post("chat.postMessage", data={"channel": "C0GENERAL", "text": "form"})
        by_query = await http.get("chat.postMessage", params={"channel": "general", "text": "query"})
        mixed = await http.post("chat.postMessage", params={"channel": "#general"}, json={"text": "both"})
        token = await http.post("auth.test", data={"token": "xoxb-local"}, headers={"authorization": ""})
    assert [answer.json()["message"]["text"] for answer in (by_form, by_query, mixed)] == ["form", "query", "both"]
    assert token.json()["bot_id"] == "B0PLANTHREAD"


async def test_channels(workspace: Workspace) -> None:
    post = "chat.postMessage"
    assert await refusal(workspace, post, channel="C0NOWHERE", text="x") == "channel_not_found"
    assert await refusal(workspace, post, channel="C0BACKEND", text="x") == "not_in_channel"
    assert await refusal(workspace, post, channel="C0LEADS", text="x") == "channel_not_found"
    assert await refusal(workspace, "conversations.info", channel="C0LEADS") == "channel_not_found"
    assert await refusal(workspace, "conversations.history", channel="C0BACKEND") == "not_in_channel"
    assert await refusal(workspace, "conversations.join", channel="D0MARA") == "method_not_supported_for_channel_type"
    assert await refusal(workspace, "conversations.replies", channel="C0GENERAL", ts="1.0") == "thread_not_found"

    client = web_client(workspace)
    joined = await client.conversations_join(channel="C0BACKEND")
    again = await client.conversations_join(channel="C0BACKEND")
    posted = await client.chat_postMessage(channel="C0BACKEND", text="here I am")
    assert (joined["channel"]["is_member"], again["warning"], posted["ok"]) == (True, "already_in_channel", True)


async def test_texts_and_blocks(workspace: Workspace) -> None:
    async def blocks(*listed: dict[str, Any]) -> str:
        return await refusal(workspace, "chat.postMessage", channel="C0GENERAL", blocks=list(listed), text="x")

    assert await refusal(workspace, "chat.postMessage", channel="C0GENERAL", text=" ") == "no_text"
    assert await refusal(workspace, "chat.postMessage", channel="C0GENERAL", blocks="{") == "invalid_blocks_format"
    refused = [
        [section("x")] * 51,
        [section("x" * 3001)],
        [section("")],
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        [button(text={"type": "plain_text", "text": "x" * 76})],
        [button(value="x" * 2001)],
        [button(action_id="x" * 256)],
        [button(style="loud")],
        [button(confirm={"title": {"type": "plain_text", "text": "Sure?"}})],
        [{"type": "actions", "elements": []}],
        [{"type": "actions", "elements": button()["elements"] * 2}],
        [{"type": "section", "fields": [{"type": "mrkdwn", "text": "x"}] * 11}],
        [{"type": "context", "elements": [{"type": "button"}]}],
        [{"type": "image", "alt_text": "no address"}],
        [{"type": "marquee"}],
        [{"type": "input", "label": {"type": "plain_text", "text": "x"}, "element": {"type": "static_select"}}],
        [section("x") | {"block_id": "same"}, section("y") | {"block_id": "same"}],
        [{"type": "plan", "title": "x", "tasks": [{"task_id": "1", "title": "x", "status": "done"}]}],
        [{"type": "plan", "title": "x"}, {"type": "task_card", "task_id": "1", "title": "x", "status": "pending"}],
        [{"type": "plan", "title": "x", "tasks": [{"task_id": "1", "title": "x", "status": "pending"}] * 2}],
        [{"type": "markdown", "text": "x" * 12_001}],
        [{"type": "table", "rows": []}],
    ]
    assert [await blocks(*each) for each in refused] == ["invalid_blocks"] * len(refused)


async def test_a_refused_block_is_pointed_at(workspace: Workspace) -> None:
    with pytest.raises(SlackApiError) as caught:
        await web_client(workspace).chat_postMessage(channel="C0GENERAL", blocks=[section("x" * 3001)], text="x")
    assert caught.value.response["errors"] == ["must be less than 3001 characters [json-pointer:/blocks/0/text/text]"]


async def test_what_fits_exactly_is_taken(workspace: Workspace) -> None:
    full = [section("x" * 3000), {"type": "header", "text": {"type": "plain_text", "text": "x" * 150}}]
    full += [button(text={"type": "plain_text", "text": "x" * 75}, value="x" * 2000)]
    tasks = [{"task_id": str(each), "title": "x", "status": "complete"} for each in range(50)]
    full += [{"type": "plan", "title": "Plan", "tasks": tasks}]
    full += [section("x")] * (50 - len(full))
    posted = await web_client(workspace).chat_postMessage(channel="C0GENERAL", blocks=full, text="x")
    assert len(posted["message"]["blocks"]) == 50


async def test_edits_and_deletions(workspace: Workspace, mara: PersonAtWork) -> None:
    client = web_client(workspace)
    hers = await mara.say("mine")
    own = await client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[section("shown")])
    where = {"channel": "C0GENERAL"}
    assert await refusal(workspace, "chat.update", **where, ts=hers["ts"], text="x") == "cant_update_message"
    assert await refusal(workspace, "chat.update", **where, ts="1.0", text="x") == "message_not_found"
    assert await refusal(workspace, "chat.update", **where, ts=own["ts"], text="x" * 4001) == "msg_too_long"
    assert await refusal(workspace, "chat.update", **where, ts=own["ts"]) == "no_text"
    assert await refusal(workspace, "chat.delete", **where, ts=hers["ts"]) == "cant_delete_message"
    assert await refusal(workspace, "chat.getPermalink", **where, message_ts="1.0") == "message_not_found"
    edited = await client.chat_update(channel="C0GENERAL", ts=own["ts"], text="text only")
    assert "blocks" not in edited["message"]

    await client.chat_delete(channel="C0GENERAL", ts=own["ts"])
    assert await refusal(workspace, "chat.update", **where, ts=own["ts"], text="x") == "message_not_found"


async def test_over_long_messages_are_cut_and_long_private_ones_refused(workspace: Workspace) -> None:
    posted = await web_client(workspace).chat_postMessage(channel="C0GENERAL", text="x" * 40_001)
    assert (len(posted["message"]["text"]), posted["warning"]) == (40_000, "message_truncated")
    ephemeral = {"channel": "C0GENERAL", "user": "U0MARA", "text": "x" * 40_001}
    assert await refusal(workspace, "chat.postEphemeral", **ephemeral) == "msg_too_long"
    stranger = {"channel": "C0GENERAL", "user": "U0NOBODY", "text": "x"}
    assert await refusal(workspace, "chat.postEphemeral", **stranger) == "user_not_in_channel"


async def test_threads_reactions_people_and_files(workspace: Workspace) -> None:
    post = {"channel": "C0GENERAL", "text": "x"}
    assert await refusal(workspace, "chat.postMessage", **post, thread_ts="1.0") == "thread_not_found"
    own = await web_client(workspace).chat_postMessage(channel="C0GENERAL", text="x")
    eyes = {"channel": "C0GENERAL", "timestamp": own["ts"], "name": "eyes"}
    await web_client(workspace).api_call("reactions.add", json=eyes)
    assert await refusal(workspace, "reactions.add", **eyes) == "already_reacted"
    await web_client(workspace).api_call("reactions.remove", json=eyes)
    assert await refusal(workspace, "reactions.remove", **eyes) == "no_reaction"
    assert await refusal(workspace, "reactions.add", **eyes | {"timestamp": "1.0"}) == "message_not_found"
    assert await refusal(workspace, "users.info", user="U0NOBODY") == "user_not_found"
    assert await refusal(workspace, "conversations.open", users="U0NOBODY") == "user_not_found"
    assert await refusal(workspace, "conversations.open", users="U0PLANTHREAD") == "cannot_dm_bot"
    upload: dict[str, Any] = {"files": [{"id": "F0NONE"}], "channel_id": "C0GENERAL"}
    assert await refusal(workspace, "files.completeUploadExternal", **upload) == "file_not_found"
    assert await refusal(workspace, "files.getUploadURLExternal", filename="x") == "invalid_arguments"
    huge: dict[str, Any] = {"filename": "x", "length": 50_000_001}
    assert await refusal(workspace, "files.getUploadURLExternal", **huge) == "file_upload_size_restricted"


async def test_an_upload_must_have_the_promised_length_and_happens_once(workspace: Workspace) -> None:
    client = web_client(workspace)
    place = await client.files_getUploadURLExternal(filename="../../etc/notes.md", length=3)
    async with httpx.AsyncClient() as http:
        statuses = [
            (await http.post(place["upload_url"], content=content)).status_code for content in ("four", "abc", "abc")
        ]
    done = await client.files_completeUploadExternal(files=[{"id": place["file_id"], "title": "Notes"}])
    assert statuses == [400, 200, 404]
    assert (done["files"][0]["name"], done["files"][0]["title"]) == ("notes.md", "Notes")


async def test_metadata_is_checked_kept_and_returned_when_asked_for(workspace: Workspace) -> None:
    bad: dict[str, Any] = {"channel": "C0GENERAL", "text": "x", "metadata": {"event_type": "plan"}}
    assert await refusal(workspace, "chat.postMessage", **bad) == "invalid_metadata_format"
    client = web_client(workspace)
    metadata = {"event_type": "plan", "event_payload": {"key": "outbox-7"}}
    await client.chat_postMessage(channel="C0GENERAL", text="x", metadata=metadata)
    plain = await client.conversations_history(channel="C0GENERAL")
    full = await client.conversations_history(channel="C0GENERAL", include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_missing_scopes(tmp_path: Path) -> None:
    scopes = tuple(scope for scope in ALL_SCOPES if scope not in ("chat:write", "channels:history"))
    async with running_workspace(tmp_path, scopes=scopes) as workspace:
        with pytest.raises(SlackApiError) as caught:
            await web_client(workspace).chat_postMessage(channel="C0GENERAL", text="x")
        history = await refusal(workspace, "conversations.history", channel="C0GENERAL")
    response = caught.value.response
    assert (response["error"], response["needed"], history) == ("missing_scope", "chat:write", "missing_scope")
    assert "chat:write" not in response["provided"]


async def test_triggers_are_good_for_one_view_and_three_seconds(tmp_path: Path) -> None:
    async with running_workspace(tmp_path) as workspace:
        app = bolt_app(workspace)
        triggers: list[str] = []

        @app.command("/plan")
        async def plan(ack: Any, command: Any, client: Any) -> None:
            if command["text"] == "open":
                await client.views_open(trigger_id=command["trigger_id"], view=view())
            triggers.append(command["trigger_id"])
            await ack()

        mara = PersonAtWork(workspace, "Mara")
        async with connected(app, workspace), mara.http:
            await mara.plan("open")
            await mara.sees_view("Small")
            workspace.options = replace(workspace.options, timing=replace(PATIENT, trigger=0.0))
            await mara.plan("wait")
        used, old = [await refusal(workspace, "views.open", trigger_id=each, view=view()) for each in triggers]
        unknown = await refusal(workspace, "views.open", trigger_id="1.2.x", view=view())
    assert (used, old, unknown) == ("exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id")


async def test_views(workspace: Workspace) -> None:
    text = {"type": "plain_text", "text": "x"}
    element = {"type": "plain_text_input", "action_id": "a"}
    refused = [
        view(title={"type": "plain_text", "text": "x" * 25}),
        view(title=None),
        view(blocks=[section("x")] * 101),
        view(private_metadata="x" * 3001),
        view(callback_id="x" * 256),
        view(blocks=[{"type": "input", "label": text, "element": element}]),
        view(blocks=[{"type": "plan", "title": "x"}]),
        view(type="dialog"),
        view(blocks=None),
        "a view",
    ]
    codes = [await refusal(workspace, "views.open", trigger_id="1.2.x", view=each) for each in refused]
    large = view(blocks=[section("x" * 2900)] * 99)
    assert codes == ["invalid_arguments"] * len(refused)
    assert await refusal(workspace, "views.open", trigger_id="1.2.x", view=large) == "view_too_large"
    assert await refusal(workspace, "views.update", view_id="V0NONE", view=view()) == "not_found"
    assert await refusal(workspace, "views.publish", user_id="U0NOBODY", view=view(type="home")) == "user_not_found"


async def test_a_response_url_takes_five_answers(workspace: Workspace, mara: PersonAtWork) -> None:
    app = bolt_app(workspace)
    urls: list[str] = []

    @app.command("/plan")
    async def plan(ack: Any, command: Any) -> None:
        await ack()
        urls.append(command["response_url"])

    async with connected(app, workspace):
        await mara.plan("x")
    async with httpx.AsyncClient() as http:
        bad = await http.post(urls[0], json={"text": "x", "blocks": [section("x" * 3001)]})
        unreadable = await http.post(urls[0], content="{")
        answers = [await http.post(urls[0], json={"text": "again"}) for _ in range(6)]
        unknown = await http.post(f"{workspace.options.address}/response/none", json={"text": "x"})
    assert (bad.json()["error"], unreadable.status_code, unknown.status_code) == ("invalid_blocks", 400, 404)
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[5].json()["error"] == "used_url"


async def test_slash_commands_are_refused_in_threads_and_where_nobody_knows_them(
    workspace: Workspace, mara: PersonAtWork
) -> None:
    head = await mara.say("a thread")
    in_thread = await mara.plan("status", thread_ts=head["ts"])
    unknown = await mara.do("commands", channel="general", command="/deploy")
    assert (in_thread["error"], unknown["error"]) == ("not_supported_in_threads", "unknown_command")
    private = await mara.sees("not supported in threads", thread_ts=head["ts"])
    assert private["only_for"] == "U0MARA"


async def test_ten_connections_and_no_more_each_with_its_own_ticket(workspace: Workspace) -> None:
    client = web_client(workspace)
    async with aiohttp.ClientSession() as session:
        urls = [(await client.apps_connections_open(app_token=workspace.options.app_token))["url"] for _ in range(11)]
        sockets = [await session.ws_connect(url) for url in urls]
        greetings = [await socket.receive_json() for socket in sockets]
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(urls[0])
        for socket in sockets:
            await socket.close()
    assert [greeting["type"] for greeting in greetings] == ["hello"] * 10 + ["disconnect"]
    assert greetings[10]["reason"] == "too_many_websockets"


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example:3000"},
        {"host": "[::1"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
    ],
)
async def test_foreign_hosts_and_origins_are_refused(workspace: Workspace, headers: dict[str, str]) -> None:
    async with httpx.AsyncClient(base_url=workspace.options.address) as http:
        answers = [
            await http.get("/", headers=headers),
            await http.get("/workspace/state?as=Mara", headers=headers),
            await http.post("/api/auth.test", headers=headers | {"authorization": "Bearer xoxb-local"}),
        ]
    assert [answer.status_code for answer in answers] == [403] * 3
    link = f"{workspace.options.address}/link/?ticket={workspace.socket_mode.ticket()}"
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await session.ws_connect(link, headers=headers)
    assert caught.value.status == 403


async def test_other_sites_can_only_link_to_the_page(workspace: Workspace) -> None:
    picture = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    linked = {"sec-fetch-site": "same-site", "sec-fetch-mode": "navigate"}
    forged = "/api/chat.postMessage?token=xoxb-local&channel=C0GENERAL&text=forged"
    async with httpx.AsyncClient(base_url=workspace.options.address) as http:
        tries = [("/", picture), (forged, picture), (forged, linked), ("/", linked), ("/archives/C0GENERAL/p1", linked)]
        statuses = [(await http.get(path, headers=headers)).status_code for path, headers in tries]
    assert statuses == [403, 403, 403, 200, 200]


async def test_its_own_page_and_names_of_this_machine_are_let_in(workspace: Workspace) -> None:
    port = workspace.options.address.rpartition(":")[2]
    async with httpx.AsyncClient(base_url=workspace.options.address) as http:
        own = await http.get("/", headers={"origin": workspace.options.address})
        named = await http.get("/", headers={"host": f"localhost:{port}"})
    assert (own.status_code, named.status_code) == (200, 200)
    assert "script-src 'self'" in own.headers["content-security-policy"]
