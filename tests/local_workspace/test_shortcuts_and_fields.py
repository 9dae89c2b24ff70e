"""Message shortcuts as Slack sends them, the fields of forms that take people, channels and numbers, user groups."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.local_workspace.forms import input_errors, state_of
from bot.local_workspace.limits import view_problems
from bot.local_workspace.workspace import Workspace
from tests.local_workspace.driving import Json, PersonAtWork, bolt_app, connected, until, web_client
from tests.local_workspace.test_bolt import APPROVE

FIELDS: list[Json] = [
    {
        "type": "input", "block_id": "people", "optional": True, "label": {"type": "plain_text", "text": "Who"},
        "element": {"type": "multi_users_select", "action_id": "value", "max_selected_items": 2},
    },
    {
        "type": "input", "block_id": "where", "label": {"type": "plain_text", "text": "Where"},
        "element": {
            "type": "conversations_select", "action_id": "value", "initial_conversation": "C0GENERAL",
            "filter": {"include": ["public", "private"]},
        },
    },
    {
        "type": "input", "block_id": "number", "label": {"type": "plain_text", "text": "How many"},
        "element": {
            "type": "number_input", "action_id": "value", "is_decimal_allowed": False, "initial_value": "1",
            "min_value": "1", "max_value": "10",
        },
    },
]  # fmt: skip
FORM: Json = {
    "type": "modal",
    "callback_id": "fields",
    "title": {"type": "plain_text", "text": "Fields"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": FIELDS,
}


async def test_a_shortcut_arrives_with_its_message_and_opens_answers_and_forms(
    workspace: Workspace, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    app = bolt_app(workspace)
    arrived: list[dict[str, Any]] = []

    @app.message_shortcut("plan_this")
    async def plan_this(ack: Any, shortcut: Any, client: Any, respond: Any) -> None:
        await ack()
        arrived.append(shortcut)
        await client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)
        await respond("just for you")

    async with connected(app, workspace):
        head = await jon.say("a library")
        reply = await jon.say("with books", thread_ts=head["ts"])
        answer = await mara.do("shortcuts", channel="general", ts=reply["ts"], callback_id="plan_this")
        await mara.sees_view("Fields")
        private = await mara.sees("just for you")

    assert answer == {"ok": True}
    (payload,) = arrived
    assert (payload["type"], payload["callback_id"], payload["message_ts"]) == (
        "message_action", "plan_this", reply["ts"],
    )  # fmt: skip
    assert payload["channel"] == {"id": "C0GENERAL", "name": "general"}
    assert (payload["user"]["id"], payload["team"]["id"]) == ("U0MARA", "T0LOCAL")
    assert (payload["message"]["text"], payload["message"]["thread_ts"]) == ("with books", head["ts"])
    assert {"action_ts", "trigger_id", "response_url"} <= payload.keys()
    assert private["only_for"] == "U0MARA"


async def test_shortcuts_work_where_the_app_is_not_and_not_on_private_messages(
    workspace: Workspace, mara: PersonAtWork
) -> None:
    app = bolt_app(workspace)
    arrived: list[str] = []

    @app.message_shortcut("plan_this")
    async def plan_this(ack: Any, shortcut: Any, respond: Any) -> None:
        await ack()
        arrived.append(shortcut["channel"]["name"])
        await respond("only you")

    async with connected(app, workspace):
        said = await mara.say("a secret", channel="leads")
        await mara.do("shortcuts", channel="leads", ts=said["ts"], callback_id="plan_this")
        private = await mara.sees("only you", channel="leads")
        refused = await mara.do("shortcuts", channel="leads", ts=private["ts"], callback_id="plan_this")
        unknown = await mara.do("shortcuts", channel="leads", ts=said["ts"], callback_id="nothing")
        gone = await mara.do("shortcuts", channel="leads", ts="1.0", callback_id="plan_this")

    assert arrived == ["privategroup"]
    assert (refused["error"], unknown["error"], gone["error"]) == (
        "no_shortcuts_here", "unknown_shortcut", "message_not_found",
    )  # fmt: skip
    shortcuts = (await mara.get("state"))["shortcuts"]
    assert shortcuts[0] == {"callback_id": "plan_this", "name": "Plan this"}


async def test_people_channels_and_numbers_arrive_as_slack_sends_them(workspace: Workspace, mara: PersonAtWork) -> None:
    app = bolt_app(workspace)
    arrived: list[dict[str, Any]] = []

    @app.command("/plan")
    async def plan(ack: Any, command: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=FORM)

    @app.view("fields")
    async def fields(ack: Any, view: Any) -> None:
        await ack()
        arrived.append(view["state"]["values"])

    async with connected(app, workspace):
        await mara.plan("settings")
        form = await mara.sees_view("Fields")
        wrong = await mara.do("views/submit", view_id=form["id"], values={"number": {"value": "11"}})
        await mara.do("views/submit", view_id=form["id"], values={"people": {"value": ["U0JON"]}})
        await until(lambda: arrived)

    assert wrong["errors"] == {"number": "Please choose a number that is at most 10."}
    assert arrived == [
        {
            "people": {"value": {"type": "multi_users_select", "selected_users": ["U0JON"]}},
            "where": {"value": {"type": "conversations_select", "selected_conversation": "C0GENERAL"}},
            "number": {"value": {"type": "number_input", "value": "1"}},
        }
    ]


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"number": "x"}, {"number": "Please write a whole number."}),
        ({"number": "1.5"}, {"number": "Please write a whole number."}),
        ({"number": "0"}, {"number": "Please choose a number that is at least 1."}),
        ({"number": ""}, {"number": "Please complete this required field."}),
        ({"where": ""}, {"where": "Please complete this required field."}),
        ({"people": ["U1", "U2", "U3"]}, {"people": "Please choose at most 2."}),
        ({"people": []}, {}),
    ],
)
def test_what_a_form_refuses_by_itself(values: dict[str, Any], errors: dict[str, str]) -> None:
    given = {name: {"value": value} for name, value in values.items()}
    assert input_errors(FIELDS, state_of(FIELDS, given)) == errors


@pytest.mark.parametrize(
    "element",
    [
        {"type": "number_input"},
        {"type": "number_input", "is_decimal_allowed": False, "min_value": 1},
        {"type": "number_input", "is_decimal_allowed": False, "min_value": "5", "max_value": "1"},
        {"type": "number_input", "is_decimal_allowed": False, "initial_value": "11", "max_value": "10"},
        {"type": "plain_text_input", "max_length": 3001},
        {"type": "plain_text_input", "initial_value": "x" * 3001},
        {"type": "plain_text_input", "initial_value": "xx", "max_length": 1},
        {"type": "multi_users_select", "max_selected_items": 0},
    ],
)
def test_fields_that_slack_refuses(element: Json) -> None:
    block = {"type": "input", "label": {"type": "plain_text", "text": "x"}, "element": element}
    assert view_problems(FORM) == []
    assert len(view_problems(FORM | {"blocks": [block]})) == 1


async def test_a_click_on_a_private_message_carries_no_message(workspace: Workspace, mara: PersonAtWork) -> None:
    app = bolt_app(workspace)
    arrived: list[dict[str, Any]] = []

    @app.command("/plan")
    async def plan(ack: Any) -> None:
        await ack(text="choose", blocks=[APPROVE])

    @app.action("approve")
    async def approve(ack: Any, body: Any) -> None:
        await ack()
        arrived.append(body)

    async with connected(app, workspace):
        private = (await mara.plan("show"))["message"]
        await mara.do("actions", channel="general", ts=private["ts"], action_id="approve", value="r1")
        await until(lambda: arrived)

    assert arrived[0]["container"]["is_ephemeral"]
    assert "message" not in arrived[0]


async def test_user_groups_are_listed_with_their_members_on_request(workspace: Workspace) -> None:
    client = web_client(workspace)
    short = (await client.usergroups_list())["usergroups"]
    assert [(group["handle"], group["user_count"]) for group in short] == [("leads", 2), ("product", 1)]
    assert all("users" not in group for group in short)
    whole = (await client.usergroups_list(include_users=True))["usergroups"]
    assert whole[0]["users"] == ["U0MARA", "U0JON"]
    workspace.options = replace(workspace.options, scopes=("users:read",))
    with pytest.raises(SlackApiError, match="missing_scope"):
        await client.usergroups_list()
