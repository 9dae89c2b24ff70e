"""Ways in without words: `/plan` alone opens a form, `/plan show` gives a plan its buttons, or a menu of plans."""

from __future__ import annotations

import pytest
from slack_sdk.models.views import View

from bot.local_workspace.directory import BOT_USER
from bot.local_workspace.limits import view_problems
from bot.slack.blocks.forms import Origin
from bot.slack.blocks.new_plan import new_plan_view, request_in
from bot.store.tables import ConversationMessage, InboxItem
from tests.local_workspace.driving import Json, PersonAtWork
from tests.slack.at_work import handled, rows, started, told
from tests.slack.running import RunningBot, buttons_of, press, shown
from tests.workflow.office import MARA

TITLE = "New plan"


async def opened(person: PersonAtWork, channel: str = "general") -> Json:
    assert (await person.plan("", channel))["ok"]
    return await person.sees_view(TITLE)


async def send(person: PersonAtWork, form: Json, **values: str) -> Json:
    given = {name: {"value": value} for name, value in values.items()}
    return await person.do("views/submit", view_id=form["id"], values=given)


# `/plan` alone


async def test_the_form_starts_a_plan_in_the_channel_where_it_was_opened(bot: RunningBot, mara: PersonAtWork) -> None:
    form = await opened(mara)
    missing = await send(mara, form, name="office library")
    assert list(missing["errors"]) == ["idea"]
    assert (await send(mara, form, name="office library", idea="books & <authors> with a name"))["ok"]

    plan = await bot.settled("in review")
    assert (plan.channel, plan.starter) == ("C0GENERAL", MARA)
    (said,) = await rows(bot, ConversationMessage)
    assert (said.kind, said.text) == ("request", "office library: books & <authors> with a name")


async def test_the_form_starts_a_plan_in_another_channel_that_its_person_is_in(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    form = await opened(mara)
    assert form["blocks"][-1]["element"]["initial_conversation"] == "C0GENERAL"
    assert (await send(mara, form, idea="a garage: cars with a plate", channel="C0BACKEND"))["ok"]
    await told(mara, "Your plan begins in the channel that you chose")
    assert (await bot.settled("in review")).channel == "C0BACKEND"


@pytest.mark.parametrize("channel", ["C0LEADS", "C0BACKEND"])
async def test_a_plan_that_can_not_begin_there_gives_its_words_back(
    bot: RunningBot, mara: PersonAtWork, channel: str
) -> None:
    form = await opened(mara)
    await mara.do("remove", channel="C0BACKEND", user="Mara")
    assert (await send(mara, form, idea="a clinic", channel=channel))["ok"]
    refused = await told(mara, "You wrote: a clinic")
    expected = "I can't see who is in that channel" if channel == "C0LEADS" else "You aren't in that channel"
    assert expected in refused["text"]
    assert await bot.plans() == []


async def test_in_a_private_channel_without_the_bot_the_words_are_given_back_too(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    form = await opened(mara, "leads")
    assert (await send(mara, form, idea="a clinic"))["ok"]
    refused = await told(mara, "You wrote: a clinic", channel="leads")
    assert "/invite @planthread" in refused["text"]


async def test_in_a_direct_message_no_channel_is_asked_for(bot: RunningBot, mara: PersonAtWork) -> None:
    form = await opened(mara, "D0MARA")
    assert [block["block_id"] for block in form["blocks"]] == ["name", "idea"]
    assert (await send(mara, form, idea="a garage: cars with a plate"))["ok"]
    assert (await bot.settled("in review")).channel == "D0MARA"


async def test_a_form_of_somebody_elses_making_starts_nothing(bot: RunningBot, mara: PersonAtWork) -> None:
    view = new_plan_view(Origin(channel="C0GENERAL")) | {"private_metadata": "not json"}
    form = (await bot.client.views_open(trigger_id=await trigger(bot, mara), view=view))["view"]
    assert (await send(mara, form, idea="a clinic"))["ok"]
    assert all(row.error == "" for row in await handled(bot, 1))
    assert await bot.plans() == []


async def trigger(bot: RunningBot, person: PersonAtWork) -> str:
    """Return a trigger that has not been used, as one of a command is."""
    posted = await bot.client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[PRESS])
    await person.do("actions", channel="general", ts=posted["ts"], action_id="nonsense", value="{}")
    async with bot.database.read() as session:
        row = (await session.get(InboxItem, 1)) or InboxItem(key="", kind="", payload={})
    return row.key.removeprefix("action/")


PRESS = {
    "type": "actions",
    "elements": [
        {"type": "button", "action_id": "nonsense", "text": {"type": "plain_text", "text": "x"}, "value": "{}"},
    ],
}


@pytest.mark.parametrize("channel", ["C0GENERAL", "D0MARA"])
def test_the_form_holds_slacks_limits_and_passes_its_models(channel: str) -> None:
    view = new_plan_view(Origin(channel=channel, response_url="https://hooks.slack.com/" + "x" * 500))
    assert view_problems(view) == []
    assert View(**view).to_dict()["type"] == "modal"


@pytest.mark.parametrize(
    ("name", "idea", "request_text"),
    [("library", "books", "library: books"), (None, " books ", "books"), ("library", None, "")],
)
def test_a_request_is_what_one_would_say(name: str | None, idea: str | None, request_text: str) -> None:
    values = {"name": {"value": {"value": name}}, "idea": {"value": {"value": idea}}}
    assert request_in({"state": {"values": values}}, Origin(channel="C1")) == (request_text, "C1")


# `/plan show`


async def test_a_plan_is_shown_privately_with_buttons_that_work(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await started(bot, mara)
    answer = (await mara.plan("show"))["message"]
    assert answer["only_for"] == MARA
    assert "only you see this" in shown(answer)
    assert list(buttons_of(answer)) == [
        "Stop",
        "Approve and build",
        "Request changes",
        "Edit entities",
        "Whole document",
    ]
    assert "*Office library*" in shown((await jon.plan("show library"))["message"])

    await press(mara, answer, "Approve and build")
    await bot.settled("approved")
    again = (await mara.plan("show library"))["message"]
    assert list(buttons_of(again)) == ["Stop"]


async def test_of_several_plans_a_private_menu_shows_the_one_that_is_chosen(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await started(bot, mara)
    await mara.plan("new a garage: cars with a plate")
    await handled(bot, 2)
    for verb in ("show", "status"):
        menu = (await mara.plan(verb))["message"]
        assert menu["only_for"] == MARA
        assert sorted(buttons_of(menu)) == ["garage", "library"]
    await press(mara, menu, "library")
    await told(mara, "only you see this")
    assert "no open plan" in (await jon.plan("show"))["message"]["text"]


async def test_without_an_open_plan_the_menu_has_those_that_one_began_last(bot: RunningBot, mara: PersonAtWork) -> None:
    await mara.say("a garage: cars with a plate", channel="D0MARA")
    await bot.settled("in review")
    menu = (await mara.plan("show"))["message"]
    assert "You have no open plan in this channel; these you began last" in shown(menu)
    assert len(buttons_of(menu)) == 1


async def test_a_menu_shows_nobody_a_plan_of_another_channel(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await mara.say("a garage: cars with a plate", channel="D0MARA")
    plan = await bot.settled("in review")
    value = f'{{"plan":"{plan.id}"}}'
    forged = {"type": "button", "action_id": "show:1", "text": {"type": "plain_text", "text": "x"}, "value": value}
    blocks = [{"type": "actions", "elements": [forged]}]
    posted = await bot.client.chat_postMessage(channel="C0GENERAL", text="forged", blocks=blocks)
    await jon.do("actions", channel="general", ts=posted["ts"], action_id="show:1", value=value)
    await told(jon, "That plan belongs to another channel", thread=posted["ts"])
    private = [one for one in (await jon.get("messages", channel="general"))["messages"] if one["user"] == BOT_USER]
    assert all("garage" not in shown(one).lower() for one in private)
