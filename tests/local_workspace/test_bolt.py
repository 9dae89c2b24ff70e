"""A real Bolt app over Socket Mode: commands, threads, buttons, modals, and events that come again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from socket import SHUT_RDWR
from typing import Any

import aiohttp
from slack_bolt.response import BoltResponse

from bot.local_workspace.delivery import Timing
from bot.local_workspace.workspace import Workspace
from tests.local_workspace.driving import PersonAtWork, bolt_app, connected, running_workspace, until, web_client

APPROVE = {
    "type": "actions",
    "block_id": "review",
    "elements": [
        {"type": "button", "action_id": "approve", "text": {"type": "plain_text", "text": "Approve"}, "value": "r1"},
    ],
}
MODAL = {
    "type": "modal",
    "callback_id": "changes",
    "title": {"type": "plain_text", "text": "Request changes"},
    "submit": {"type": "plain_text", "text": "Send"},
    "private_metadata": "plan-1",
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What should change?"},
            "element": {"type": "plain_text_input", "action_id": "sentence", "multiline": True},
        },
        {
            "type": "input",
            "block_id": "urgency",
            "optional": True,
            "label": {"type": "plain_text", "text": "How soon?"},
            "element": {
                "type": "static_select",
                "action_id": "soon",
                "options": [
                    {"text": {"type": "plain_text", "text": "Now"}, "value": "now"},
                    {"text": {"type": "plain_text", "text": "Later"}, "value": "later"},
                ],
            },
        },
    ],
}


async def test_a_command_is_answered_privately_and_by_a_card(workspace: Workspace, mara: PersonAtWork) -> None:
    app = bolt_app(workspace)

    @app.command("/plan")
    async def plan(ack: Any, command: Any, client: Any) -> None:
        await ack(f"noted: {command['text']}")
        await client.chat_postMessage(channel=command["channel_id"], text="the card", blocks=[APPROVE])

    async with connected(app, workspace):
        answer = await mara.plan("new a library & more")
        card = await mara.sees("the card")

    assert answer["message"]["text"] == "noted: new a library &amp; more"
    assert answer["message"]["only_for"] == "U0MARA"
    assert (card["app_id"], card["bot_id"], card["team"]) == ("A0PLANTHREAD", "B0PLANTHREAD", "T0LOCAL")
    assert card["blocks"][0]["elements"][0]["value"] == "r1"


async def test_private_answers_are_seen_by_their_person_only(
    workspace: Workspace, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    app = bolt_app(workspace)

    @app.command("/plan")
    async def plan(ack: Any, respond: Any) -> None:
        await ack()
        await respond("just for you")
        await respond("for all of you", response_type="in_channel")

    async with connected(app, workspace):
        await mara.plan("status")
        await mara.sees("just for you")
        await jon.sees("for all of you")

    texts = [message["text"] for message in (await jon.get("messages", channel="general"))["messages"]]
    assert texts == ["for all of you"]
    read = await web_client(workspace).conversations_history(channel="C0GENERAL")
    assert [message["text"] for message in read["messages"]] == ["for all of you"]


async def test_a_mention_arrives_as_message_and_as_mention_and_is_answered_in_its_thread(
    workspace: Workspace, mara: PersonAtWork
) -> None:
    app = bolt_app(workspace)
    arrived: list[tuple[str, str, str]] = []

    @app.event("message")
    async def message(event: Any) -> None:
        arrived.append((event["type"], event["text"], event["channel_type"]))

    @app.event("app_mention")
    async def mention(event: Any, say: Any) -> None:
        arrived.append((event["type"], event["text"], ""))
        await say("hello", thread_ts=event["ts"])

    async with connected(app, workspace):
        said = await mara.say("@planthread what is up?")
        reply = await mara.sees("hello", thread_ts=said["ts"])
        await until(lambda: len(arrived) == 2)

    text = "<@U0PLANTHREAD> what is up?"
    assert sorted(arrived) == [("app_mention", text, ""), ("message", text, "channel")]
    assert reply["thread_ts"] == said["ts"]
    assert reply["parent_user_id"] == "U0MARA"


async def test_edits_deletions_reactions_and_joining_arrive_as_events(workspace: Workspace, mara: PersonAtWork) -> None:
    app = bolt_app(workspace)
    arrived: list[dict[str, Any]] = []

    async def note(event: Any) -> None:
        arrived.append(event)

    for kind in ("message", "reaction_added", "member_joined_channel", "app_home_opened"):
        app.event({"type": kind})(note)
    app.event({"type": "message", "subtype": "message_changed"})(note)
    app.event({"type": "message", "subtype": "message_deleted"})(note)

    async with connected(app, workspace):
        said = await mara.say("one")
        await mara.do("messages/edit", channel="general", ts=said["ts"], text="two")
        await mara.do("reactions", channel="general", ts=said["ts"], name="eyes")
        await mara.do("messages/delete", channel="general", ts=said["ts"])
        await mara.do("home", tab="messages")
        await mara.do("invite", channel="backend", user="planthread")
        kinds = {"message_changed", "message_deleted", "reaction_added", "app_home_opened", "member_joined_channel"}
        await until(lambda: kinds <= {event.get("subtype") or event["type"] for event in arrived})

    by_kind = {event.get("subtype") or event["type"]: event for event in arrived}
    changed, deleted = by_kind["message_changed"], by_kind["message_deleted"]
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("one", "two")
    assert changed["message"]["ts"] == said["ts"] != changed["ts"]
    assert deleted["deleted_ts"] == said["ts"]
    assert by_kind["reaction_added"]["item"] == {"type": "message", "channel": "C0GENERAL", "ts": said["ts"]}
    assert by_kind["app_home_opened"]["tab"] == "messages"
    assert (by_kind["member_joined_channel"]["channel"], by_kind["member_joined_channel"]["inviter"]) == (
        "C0BACKEND",
        "U0MARA",
    )


async def test_the_app_hears_nothing_from_channels_that_it_is_not_in(workspace: Workspace, mara: PersonAtWork) -> None:
    app = bolt_app(workspace)
    heard: list[str] = []

    @app.event("message")
    async def message(event: Any) -> None:
        heard.append(event["text"])

    async with connected(app, workspace):
        await mara.say("@planthread are you there?", channel="backend")
        await mara.say("@planthread here you are", channel="general")
        await until(lambda: heard)

    assert heard == ["<@U0PLANTHREAD> here you are"]
    hint = await mara.sees("/invite @planthread", channel="backend")
    assert hint["only_for"] == "U0MARA"


async def test_a_button_opens_a_modal_which_refuses_then_takes_what_is_typed(
    workspace: Workspace, jon: PersonAtWork
) -> None:
    app = bolt_app(workspace)
    taken: list[Any] = []

    @app.action("approve")
    async def approve(ack: Any, body: Any, client: Any) -> None:
        await ack()
        taken.append((body["user"]["id"], body["actions"][0]["value"], body["container"]["message_ts"]))
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("changes")
    async def changes(ack: Any, view: Any) -> None:
        values = view["state"]["values"]
        if len(values["what"]["sentence"]["value"]) < 5:
            await ack(response_action="errors", errors={"what": "Say a little more."})
            return
        await ack()
        taken.append((view["private_metadata"], values))

    async with connected(app, workspace):
        posted = await app.client.chat_postMessage(channel="C0GENERAL", text="review", blocks=[APPROVE])
        clicked = await jon.do("actions", channel="general", ts=posted["ts"], action_id="approve")
        view = await jon.sees_view("Request changes")
        empty = await jon.do("views/submit", view_id=view["id"], values={})
        short = await jon.do("views/submit", view_id=view["id"], values={"sentence": "no"})
        good = await jon.do("views/submit", view_id=view["id"], values={"what": {"sentence": "two decimals"}})

    assert clicked == {"ok": True}
    assert empty["errors"] == {"what": "Please complete this required field."}
    assert short["errors"] == {"what": "Say a little more."}
    assert good == {"ok": True}
    assert taken[0] == ("U0JON", "r1", posted["ts"])
    sentence = {"type": "plain_text_input", "value": "two decimals"}
    soon = {"type": "static_select", "selected_option": None}
    assert taken[1] == ("plan-1", {"what": {"sentence": sentence}, "urgency": {"soon": soon}})
    assert (await jon.get("views"))["views"] == []


async def test_a_click_answers_through_its_response_url(workspace: Workspace, jon: PersonAtWork) -> None:
    app = bolt_app(workspace)

    @app.action("approve")
    async def approve(ack: Any, respond: Any) -> None:
        await ack()
        await respond("approved by Jon", replace_original=True)
        await respond("only you see this")

    async with connected(app, workspace):
        posted = await app.client.chat_postMessage(channel="C0GENERAL", text="review", blocks=[APPROVE])
        await jon.do("actions", channel="general", ts=posted["ts"], action_id="approve", value="r1")
        edited = await jon.sees("approved by Jon")
        private = await jon.sees("only you see this")

    assert edited["ts"] == posted["ts"]
    assert "blocks" not in edited
    assert private["only_for"] == "U0JON"


async def test_an_event_that_is_not_acknowledged_comes_again_with_the_same_id(tmp_path: Path) -> None:
    timing = Timing(acknowledgement=0.3, again=(0.0, 0.05))
    async with running_workspace(tmp_path, timing=timing) as workspace:
        app = bolt_app(workspace)
        arrived: list[tuple[str, Any]] = []

        @app.middleware
        async def refuse_twice(body: Any, next_: Any, request: Any) -> Any:
            arrived.append((body["event_id"], request.headers.get("x-slack-retry-num")))
            return await next_() if len(arrived) > 2 else BoltResponse(status=500)

        @app.event("message")
        async def message(say: Any) -> None:
            await say("got it")

        mara = PersonAtWork(workspace, "Mara")
        async with connected(app, workspace), mara.http:
            await mara.say("are you awake?")
            await mara.sees("got it")

    first = arrived[0][0]
    assert [retry for event_id, retry in arrived if event_id == first] == [["0"], ["1"], ["2"]]


async def test_an_event_that_a_killed_app_had_not_acknowledged_goes_to_its_successor(
    workspace: Workspace, mara: PersonAtWork
) -> None:
    async def connection(session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
        opened = await web_client(workspace).apps_connections_open(app_token=workspace.options.app_token)
        socket = await session.ws_connect(opened["url"])
        assert (await socket.receive_json())["type"] == "hello"
        return socket

    async with aiohttp.ClientSession() as killed, aiohttp.ClientSession() as successor:
        socket = await connection(killed)
        await mara.say("build it")
        first = await socket.receive_json()
        transport = socket.get_extra_info("socket")
        transport.shutdown(SHUT_RDWR)
        await until(lambda: not workspace.socket_mode.connected)
        socket = await connection(successor)
        second = await socket.receive_json()
        await socket.send_json({"envelope_id": second["envelope_id"]})

    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert first["envelope_id"] != second["envelope_id"]
    assert (first["retry_attempt"], second["retry_attempt"], second["retry_reason"]) == (0, 1, "timeout")


async def test_what_happens_while_the_app_is_away_waits_for_it(workspace: Workspace, mara: PersonAtWork) -> None:
    for number in range(3):
        await mara.say(f"message {number}")
    app = bolt_app(workspace)
    arrived: list[str] = []

    @app.event("message")
    async def message(event: Any) -> None:
        arrived.append(event["text"])

    async with connected(app, workspace):
        await until(lambda: len(arrived) == 3)
    assert sorted(arrived) == ["message 0", "message 1", "message 2"]


async def test_a_command_without_an_answer_tells_its_person(tmp_path: Path) -> None:
    timing = Timing(acknowledgement=0.3, again=())
    async with running_workspace(tmp_path, timing=timing) as workspace:
        mara, app = PersonAtWork(workspace, "Mara"), bolt_app(workspace)
        never = asyncio.Event()

        @app.command("/plan")
        async def plan(ack: Any) -> None:
            await never.wait()

        async with mara.http:
            away = await mara.plan("status")
            async with connected(app, workspace):
                slow = await mara.plan("status")
                never.set()
            told = await mara.sees("operation_timeout")

    assert (away["error"], slow["error"]) == ("dispatch_failed", "operation_timeout")
    assert "didn't answer in time" in told["text"]


async def test_files_are_uploaded_in_three_steps_and_read_back(workspace: Workspace, mara: PersonAtWork) -> None:
    client = web_client(workspace)
    head = await client.chat_postMessage(channel="C0GENERAL", text="head")
    await client.files_upload_v2(
        channel="C0GENERAL", thread_ts=head["ts"], filename="requirements.md", content="# 1", initial_comment="whole"
    )
    shared = await mara.sees("whole", thread_ts=head["ts"])

    file = shared["files"][0]
    page = await mara.http.get(f"files/{file['id']}")
    assert (page.text, page.headers["content-disposition"]) == ("# 1", 'attachment; filename="requirements.md"')
    with_token = await mara.http.get(file["url_private"], headers={"authorization": "Bearer xoxb-local"})
    without = await mara.http.get(file["url_private"])
    assert (with_token.text, without.status_code) == ("# 1", 302)
