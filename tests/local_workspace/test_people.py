"""What people do through the person API, and what it refuses with a sentence."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from bot.local_workspace.workspace import Workspace
from bot.local_workspace.writing import rich_text, typed_text
from tests.local_workspace.driving import PersonAtWork, bolt_app, connected, until, web_client
from tests.local_workspace.test_bolt import APPROVE, MODAL


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("@planthread hi", "<@U0PLANTHREAD> hi"),
        ("ask @mara, or @Jon.", "ask <@U0MARA>, or <@U0JON>."),
        ("mail me@planthread.dev or @nobody", "mail me@planthread.dev or @nobody"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("<@U0JON> can't be forged", "&lt;@U0JON&gt; can't be forged"),
        ("see #backend or #nowhere", "see <#C0BACKEND|backend> or #nowhere"),
        ("read https://example.org/a?b=1&c=@jon.", "read <https://example.org/a?b=1&amp;c=@jon>."),
    ],
)
def test_typed_text_becomes_what_slack_stores(typed: str, stored: str) -> None:
    assert typed_text(typed) == stored


def test_typed_text_has_a_rich_text_block() -> None:
    elements = rich_text(typed_text("a < b @jon #backend https://x.org/?a&b"), "b1")["elements"][0]["elements"]
    assert elements == [
        {"type": "text", "text": "a < b "},
        {"type": "user", "user_id": "U0JON"},
        {"type": "text", "text": " "},
        {"type": "channel", "channel_id": "C0BACKEND"},
        {"type": "text", "text": " "},
        {"type": "link", "url": "https://x.org/?a&b"},
    ]


async def test_state_shows_each_person_their_channels(workspace: Workspace, mara: PersonAtWork) -> None:
    ada = PersonAtWork(workspace, "Ada")
    async with ada.http:
        hers = await ada.get("state")
    maras = await mara.get("state")
    assert [channel["name"] for channel in maras["channels"] if channel["kind"] != "im"] == [
        "general",
        "backend",
        "leads",
    ]
    assert [channel["id"] for channel in hers["channels"]] == ["C0GENERAL", "D0ADA"]
    assert (hers["you"]["is_restricted"], hers["you"]["team_id"]) == (True, "T0PARTNER")
    assert maras["app"] == {"id": "A0PLANTHREAD", "user": "U0PLANTHREAD", "connected": False}


async def test_the_feed_brings_each_change_to_those_whom_it_concerns(
    workspace: Workspace, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    changes: list[dict[str, Any]] = []

    async def listen() -> None:
        async with jon.http.stream("GET", "feed", params={"as": "Jon"}, timeout=None) as stream:
            async for line in stream.aiter_lines():
                changes.extend(json.loads(data) for data in [line.removeprefix("data: ")] if data != line)

    listening = asyncio.create_task(listen())
    await until(lambda: changes)
    client = web_client(workspace)
    await client.chat_postEphemeral(channel="C0GENERAL", user="U0MARA", text="for Mara")
    head = await mara.say("one")
    await mara.say("two", thread_ts=head["ts"])
    await mara.do("messages/edit", channel="general", ts=head["ts"], text="three")
    await mara.do("messages/delete", channel="general", ts=head["ts"])
    await mara.do("invite", channel="backend", user="Ada")
    await until(lambda: changes[-1]["type"] == "message")
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)

    told = [(change["type"], change.get("message", {}).get("text")) for change in changes]
    assert told == [
        ("hello", None),
        ("message", "one"),
        ("message", "two"),
        ("message_changed", "one"),
        ("message_changed", "three"),
        ("message_changed", "This message was deleted."),
        ("member_joined", None),
        ("message", "<@U0ADA> has joined the channel"),
    ]


async def test_unread_marks_count_what_others_said_until_one_reads(mara: PersonAtWork, jon: PersonAtWork) -> None:
    await mara.say("one")
    await mara.say("@Jon two")
    await jon.say("three")

    async def marks(person: PersonAtWork) -> tuple[int, int]:
        general = (await person.get("state"))["channels"][0]
        return general["unread"], general["mentions"]

    # Whoever writes has read what stands above.
    assert (await marks(jon), await marks(mara)) == ((0, 0), (1, 0))
    await mara.say("@Jon four")
    assert await marks(jon) == (1, 1)
    await jon.do("read", channel="general")
    assert await marks(jon) == (0, 0)


async def test_people_share_files_and_react(workspace: Workspace, mara: PersonAtWork) -> None:
    answer = await mara.http.post(
        "files",
        params={"as": "Mara", "channel": "general", "name": "tasks.md", "text": "@planthread here"},
        content="# 1",
    )
    message = answer.json()["message"]
    first = await mara.do("reactions", channel="general", ts=message["ts"], name=":eyes:")
    again = await mara.do("reactions", channel="general", ts=message["ts"], name="eyes")
    gone = await mara.do("reactions", channel="general", ts=message["ts"], name="eyes", remove=True)
    info = await web_client(workspace).api_call("files.info", params={"file": message["files"][0]["id"]})
    assert (message["subtype"], message["text"]) == ("file_share", "<@U0PLANTHREAD> here")
    assert (first["changed"], again["changed"], gone["changed"]) == (True, False, True)
    assert info["file"]["name"] == "tasks.md"
    empty = await mara.http.post("files", params={"as": "Mara", "channel": "general", "name": "x"})
    assert empty.status_code == 413


async def test_refusals_say_what_to_do(workspace: Workspace, mara: PersonAtWork, jon: PersonAtWork) -> None:
    ada = PersonAtWork(workspace, "Ada")
    said = await mara.say("mine")
    private = await web_client(workspace).chat_postEphemeral(channel="C0GENERAL", user="U0MARA", text="psst")
    general = {"channel": "general"}
    async with ada.http:
        refused = {
            "not_in_channel": await ada.do("messages", channel="leads", text="x"),
            "channel_not_found": await ada.do("join", channel="backend"),
            "not_yours": await jon.do("messages/edit", **general, ts=said["ts"], text="x"),
            "message_not_found": await jon.do("messages/delete", **general, ts=private["message_ts"]),
            "thread_not_found": await mara.do("messages", **general, text="x", thread_ts="1.0"),
            "missing_argument": await mara.do("messages", **general),
            "no_text": await mara.do("messages", **general, text="  "),
            "msg_too_long": await mara.do("messages", **general, text="x" * 12_001),
            "no_such_action": await mara.do("actions", **general, ts=said["ts"], action_id="approve"),
            "not_reactable": await mara.do("reactions", **general, ts=private["message_ts"], name="eyes"),
            "view_not_found": await mara.do("views/submit", view_id="V0"),
            "user_not_found": await mara.do("invite", **general, user="nobody"),
        }
    assert {code: answer["error"] for code, answer in refused.items()} == {code: code for code in refused}
    assert all(answer["message"].endswith(".") for answer in refused.values() if "message" in answer)
    stranger = await mara.http.post("messages", json={"as": "Mallory"})
    broken = await mara.http.post("messages", content="{", headers={"content-type": "application/json"})
    listed = await mara.http.post("messages", content="[]", headers={"content-type": "application/json"})
    form = await mara.http.post("messages", data={"as": "Mara"})
    nowhere = await mara.do("messages", channel="nowhere", text="x")
    assert [each.status_code for each in (stranger, broken, listed, form)] == [404, 400, 400, 415]
    assert nowhere["error"] == "channel_not_found"


async def test_private_messages_are_dismissed_and_people_join_and_leave(
    workspace: Workspace, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    private = await web_client(workspace).chat_postEphemeral(channel="C0GENERAL", user="U0MARA", text="psst")
    await mara.do("messages/delete", channel="general", ts=private["message_ts"])
    assert (await mara.get("messages", channel="general"))["messages"] == []
    await mara.do("remove", channel="backend", user="Jon")
    assert (await jon.do("messages", channel="backend", text="x"))["error"] == "not_in_channel"
    assert (await jon.do("join", channel="backend"))["changed"] is True
    assert (await jon.do("join", channel="backend"))["changed"] is False


async def test_a_stale_button_can_still_be_pressed(workspace: Workspace, jon: PersonAtWork) -> None:
    app = bolt_app(workspace)
    pressed: list[str] = []

    @app.action("approve")
    async def approve(ack: Any, action: Any) -> None:
        await ack()
        pressed.append(action["value"])

    async with connected(app, workspace):
        posted = await app.client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[APPROVE])
        await app.client.chat_update(channel="C0GENERAL", ts=posted["ts"], text="revision 2")
        where = {"channel": "general", "ts": posted["ts"], "action_id": "approve"}
        fresh = await jon.do("actions", **where)
        stale = await jon.do("actions", **where, stale=True)
    assert (fresh["error"], stale, pressed) == ("no_such_action", {"ok": True}, ["r1"])


async def test_choices_in_messages_and_modals_arrive_with_their_state(workspace: Workspace, mara: PersonAtWork) -> None:
    options = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in ("a", "b", "c")]
    choices = {
        "type": "actions",
        "block_id": "q",
        "elements": [
            {"type": "radio_buttons", "action_id": "one", "options": options, "initial_option": options[0]},
            {"type": "checkboxes", "action_id": "many", "options": options, "initial_options": options[1:]},
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-20"},
            {"type": "static_select", "action_id": "pick", "option_groups": [{"options": options}]},
        ],
    }
    app = bolt_app(workspace)
    bodies: list[dict[str, Any]] = []

    @app.action({"action_id": "pick"})
    async def pick(ack: Any, body: Any, client: Any) -> None:
        await ack()
        bodies.append(body)
        if "view" not in body:
            await client.views_open(trigger_id=body["trigger_id"], view=MODAL | {"blocks": [choices]})
        else:
            updated = MODAL | {"blocks": [choices], "title": {"type": "plain_text", "text": "Updated"}}
            await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=updated)

    async with connected(app, workspace):
        posted = await app.client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[choices])
        where = {"channel": "general", "ts": posted["ts"]}
        await mara.do("actions", **where, action_id="pick", value="b", values={"one": "c", "many": ["a"]})
        view = await mara.sees_view("Request changes")
        await mara.do("actions", view_id=view["id"], action_id="pick", value="c")
        await mara.sees_view("Updated")

    chosen, in_view = bodies
    assert chosen["actions"][0]["selected_option"]["value"] == "b"
    state = chosen["state"]["values"]["q"]
    assert state["one"]["selected_option"]["value"] == "c"
    assert [option["value"] for option in state["many"]["selected_options"]] == ["a"]
    assert state["day"] == {"type": "datepicker", "selected_date": "2026-11-20"}
    assert in_view["container"]["type"] == "view"
    assert in_view["view"]["state"]["values"]["q"]["one"]["selected_option"]["value"] == "a"


async def test_modals_follow_what_the_app_answers(workspace: Workspace, mara: PersonAtWork) -> None:
    app = bolt_app(workspace)
    closed: list[str] = []
    small: dict[str, Any] = {
        "type": "modal",
        "submit": {"type": "plain_text", "text": "Go"},
        "callback_id": "step",
        "blocks": [],
    }
    small |= {"notify_on_close": True}

    def titled(title: str) -> dict[str, Any]:
        return small | {"title": {"type": "plain_text", "text": title}}

    @app.command("/plan")
    async def plan(ack: Any, command: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=titled("First"))

    @app.view("step")
    async def step(ack: Any, view: Any) -> None:
        title = view["title"]["text"]
        if title == "First":
            await ack(response_action="push", view=titled("Second"))
        elif title == "Second":
            await ack(response_action="update", view=titled("Third"))
        elif title == "Third":
            await ack(response_action="update", view=titled("x" * 25))
        else:
            await ack(response_action="clear")

    @app.view_closed("step")
    async def gone(ack: Any, view: Any) -> None:
        await ack()
        closed.append(view["title"]["text"])

    async with connected(app, workspace):
        await mara.plan("new")
        first = await mara.sees_view("First")
        await mara.do("views/submit", view_id=first["id"])
        second = await mara.sees_view("Second")
        await mara.do("views/submit", view_id=second["id"])
        third = await mara.sees_view("Third")
        refused = await mara.do("views/submit", view_id=third["id"])
        await mara.do("views/close", view_id=third["id"])

    assert (second["previous_view_id"], second["root_view_id"]) == (first["id"], first["id"])
    assert third["id"] == second["id"]
    assert refused["error"] == "invalid_arguments"
    assert closed == ["Third"]
    assert [view["title"]["text"] for view in (await mara.get("views"))["views"]] == ["First"]


async def test_a_tombstone_stays_where_a_thread_was(workspace: Workspace, mara: PersonAtWork) -> None:
    client = web_client(workspace)
    head = await client.chat_postMessage(channel="C0GENERAL", text="head")
    await mara.say("reply", thread_ts=head["ts"])
    before = await client.conversations_replies(channel="C0GENERAL", ts=head["ts"])
    await client.chat_delete(channel="C0GENERAL", ts=head["ts"])
    after = await client.conversations_replies(channel="C0GENERAL", ts=head["ts"])
    assert (before["messages"][0]["reply_count"], before["messages"][0]["reply_users"]) == (1, ["U0MARA"])
    assert [message.get("subtype") for message in after["messages"]] == ["tombstone", None]


async def test_history_is_paged_newest_first(workspace: Workspace, mara: PersonAtWork) -> None:
    said = [await mara.say(f"message {number}") for number in range(5)]
    client = web_client(workspace)
    first = await client.conversations_history(channel="C0GENERAL", limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel="C0GENERAL", limit=2, cursor=cursor)
    bounds = {"oldest": said[1]["ts"], "latest": said[3]["ts"]}
    open_range = await client.conversations_history(channel="C0GENERAL", **bounds)
    closed_range = await client.conversations_history(channel="C0GENERAL", inclusive=True, **bounds)
    assert [each["text"] for each in first["messages"]] == ["message 4", "message 3"]
    assert [each["text"] for each in second["messages"]] == ["message 2", "message 1"]
    assert (first["has_more"], len(open_range["messages"]), len(closed_range["messages"])) == (True, 1, 3)


async def test_channels_and_people_are_listed(workspace: Workspace) -> None:
    client = web_client(workspace)
    public = await client.conversations_list(types="public_channel,private_channel")
    direct = await client.conversations_open(users="U0JON", return_im=True)
    info = await client.conversations_info(channel="C0GENERAL", include_num_members=True)
    members = await client.conversations_members(channel="C0GENERAL")
    people = await client.users_list()
    ada = await client.users_info(user="U0ADA")
    posted = await client.chat_postMessage(channel="U0JON", text="directly")
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    published = await client.views_publish(user_id="U0JON", view=home)
    assert [channel["name"] for channel in public["channels"]] == ["general", "backend"]
    assert (direct["channel"]["id"], direct["channel"]["is_im"], posted["channel"]) == ("D0JON", True, "D0JON")
    assert (info["channel"]["num_members"], len(members["members"]), len(people["members"])) == (4, 4, 5)
    assert ada["user"]["is_stranger"] is True
    assert published["view"]["type"] == "home"
