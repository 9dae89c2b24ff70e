"""Every button, verb and form about a plan: who was taken out of its private channel sees and changes nothing by it.

The tables hold all that there is, so that a new button, verb or form has to be put into one of them.
"""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import pytest

from bot.local_workspace.directory import TEAM
from bot.resources import resource
from bot.slack import buttons
from bot.slack.buttons import Action, Subject
from bot.slack.commands import CHANGING, READING
from bot.store.tables import ConversationMessage, Event, OutboxItem, Plan
from bot.workflow.channel_settings import change_settings, settings_of
from bot.workflow.messages import MessageKind
from bot.workflow.plans import plan_by_id
from bot.workflow.policy import ApprovalPolicy
from tests.local_workspace.driving import PATIENCE_SECONDS, PersonAtWork
from tests.slack.at_work import rows, told
from tests.slack.running import RunningBot, shown
from tests.slack.running import press as press_button
from tests.workflow.office import IDEA, JON, MARA

PRIVATE, DIRECT = "C0LEADS", "D0JON"
CLOSED = "private channel that you aren't in"

NO_PLANS = {
    Action.OPEN: "opens an address",
    Action.REMINDERS: "a person's own",
    Action.MY_DIGEST: "a person's own",
    Action.FORGET_ME: "a person's own",
    Action.OPENED_PLAN: "only shows; what is pressed in it is judged as a button",
    Action.SETTINGS: "a channel's, see the forms",
    Action.HOUSE_RULES: "the workspace's",
    Action.NEW_PLAN: "begins a plan",
    Action.IMPORT: "a form, see there",
}
"""Buttons and forms that are about no plan, or are held to it elsewhere."""
ABOUT_A_PLAN = [action for action in Action if action not in NO_PLANS]

VERBS_OF_A_PLAN = ("status library", "show library", "cancel library", "export library", "import library")
VERBS_WITHOUT_PLAN = {"new", "digest", "settings", "help"}
"""Verbs that look at no plan; a digest holds only what its reader may see (`test_private_channels`)."""

FORMS = {Action.REQUEST_CHANGES, Action.HINT, Action.IMPORT, Action.SETTINGS}
"""Forms that change something about a plan or about its channel."""
OTHER_FORMS = {Action.NEW_PLAN, Action.HOUSE_RULES, Action.MY_DIGEST, Action.OPENED_PLAN}


async def started_in_private(bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork) -> Plan:
    """Let Jon start a plan in a private channel."""
    await mara.do("invite", channel=PRIVATE, user="planthread")
    await jon.plan(f"new {IDEA}", channel=PRIVATE)
    return await bot.settled("in review")


async def refusals(person: PersonAtWork) -> int:
    """Return how often somebody was told, in their direct message, that a plan isn't theirs to see."""
    seen = (await person.get("messages", channel=DIRECT))["messages"]
    return sum(CLOSED in message["text"] + shown(message) for message in seen)


async def refused(person: PersonAtWork, count: int, what: str) -> None:
    """Wait until somebody was refused so many times."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await refusals(person) < count:
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"{what} was not refused") from None


async def as_it_stands(bot: RunningBot) -> tuple[Plan, int, int]:
    """Return the plan, and how much was said and done in it."""
    return (await bot.plans())[0], len(await rows(bot, Event)), len(await rows(bot, ConversationMessage))


async def test_no_button_does_anything_for_who_left(bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork) -> None:
    plan = await started_in_private(bot, mara, jon)
    about = Subject(plan=plan.id, review=1, change=1, edit=1, option=1, attempt=1, question=1, step="1.1")
    kept = [buttons.button(action, about, label=str(action)) for action in ABOUT_A_PLAN]
    blocks = [{"type": "actions", "elements": kept[at : at + 20]} for at in range(0, len(kept), 20)]
    message = {"ts": (await bot.client.chat_postMessage(channel=DIRECT, text="from before", blocks=blocks))["ts"]}
    await mara.do("remove", channel=PRIVATE, user="Jon")
    before = await as_it_stands(bot)
    for number, action in enumerate(ABOUT_A_PLAN, start=1):
        pressed = await press_button(jon, message | {"blocks": blocks}, str(action), channel=DIRECT)
        assert pressed["ok"], (action, pressed)
        await refused(jon, number, f"`{action}`")
    assert (await jon.get("views"))["views"] == [], "no form was opened"
    assert await as_it_stands(bot) == before


async def test_no_verb_shows_anything_to_who_left(bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork) -> None:
    await started_in_private(bot, mara, jon)
    await mara.do("remove", channel=PRIVATE, user="Jon")
    before = await as_it_stands(bot)
    for number, words in enumerate(VERBS_OF_A_PLAN, start=1):
        await jon.plan(words, channel=DIRECT)
        await refused(jon, number, f"`/plan {words}`")
    await jon.plan("list", channel=DIRECT)
    await told(jon, "There are no plans here yet", channel=DIRECT)
    await jon.plan("show", channel=DIRECT)
    await told(jon, "You have no open plan in this channel", channel=DIRECT)
    await jon.say("status", channel=DIRECT)
    seen = (await jon.get("messages", channel=DIRECT))["messages"]
    assert not any("Office library" in message["text"] + shown(message) for message in seen)
    assert await as_it_stands(bot) == before


async def test_who_is_in_the_channel_sees_it_from_elsewhere(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await started_in_private(bot, mara, jon)
    await jon.plan("list", channel=DIRECT)
    await told(jon, "Office library", channel=DIRECT)
    assert await refusals(jon) == 0


async def test_who_was_just_invited_again_is_not_refused_by_what_was_believed(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await started_in_private(bot, mara, jon)
    await mara.do("remove", channel=PRIVATE, user="Jon")
    await jon.plan("status library", channel=DIRECT)
    await refused(jon, 1, "`/plan status library`")
    await mara.do("invite", channel=PRIVATE, user="Jon")
    await jon.plan("status library", channel=DIRECT)
    await told(jon, "*Office library* (`library`)", channel=DIRECT)
    assert await refusals(jon) == 1


@pytest.mark.parametrize("action", [Action.REQUEST_CHANGES, Action.HINT])
async def test_no_words_of_a_form_from_before_change_anything_for_who_left(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork, action: Action
) -> None:
    plan = await started_in_private(bot, mara, jon)
    label, about = buttons.LABELS[action], Subject(plan=plan.id, review=plan.review, step="1.1")
    blocks = [{"type": "actions", "elements": [buttons.button(action, about)]}]
    message = {"ts": (await bot.client.chat_postMessage(channel=DIRECT, text="from before", blocks=blocks))["ts"]}
    await press_button(jon, message | {"blocks": blocks}, label, channel=DIRECT)
    form = await jon.sees_view(label)
    await mara.do("remove", channel=PRIVATE, user="Jon")
    before = await as_it_stands(bot)
    assert (await jon.do("views/submit", view_id=form["id"], values={"text": "add a mauve field"}))["ok"]
    await refused(jon, 1, f"the form `{action}`")
    await jon.sees("You wrote: add a mauve field", channel=DIRECT)
    assert await as_it_stands(bot) == before


async def test_no_files_of_a_form_from_before_go_to_a_plan_of_a_channel_that_they_left(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    plan = await started_in_private(bot, mara, jon)
    await jon.plan("import library")
    form = await jon.sees_view("Import files")
    await mara.do("remove", channel=PRIVATE, user="Jon")
    before = await as_it_stands(bot)
    held = {"files": {"value": await jon.upload({"notes.md": b"Books have pages."})}, "plan": {"value": plan.id}}
    assert (await jon.do("views/submit", view_id=form["id"], values=held))["ok"]
    await told(jon, CLOSED)
    assert await as_it_stands(bot) == before


async def test_settings_of_a_channel_that_they_left_stay_as_they_are(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await started_in_private(bot, mara, jon)
    async with bot.database.write() as session:
        await change_settings(session, TEAM, PRIVATE, ApprovalPolicy(people=(JON, MARA)), None, MARA, "view/0")
    await jon.plan("settings", channel=PRIVATE)
    form = await jon.sees_view("Channel settings")
    await mara.do("remove", channel=PRIVATE, user="Jon")
    answer = await jon.do("views/submit", view_id=form["id"], values={"needed": {"value": "2"}})
    assert "You aren't in this channel any more" in answer["errors"]["people"]
    async with bot.database.read() as session:
        assert (await settings_of(session, TEAM, PRIVATE)).policy.needed == 1


async def test_a_stop_sign_on_a_reminder_stops_nothing_for_who_left(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    plan = await started_in_private(bot, mara, jon)
    await mara.do("remove", channel=PRIVATE, user="Jon")
    payload = {
        "team_id": TEAM,
        "event": {
            "type": "reaction_added",
            "user": JON,
            "reaction": "octagonal_sign",
            "item": {"channel": DIRECT, "ts": "1.0"},
            "event_ts": "2.0",
        },
    }
    async with bot.database.write() as session:
        session.add(
            OutboxItem(
                workspace=TEAM, key="k", plan_id=plan.id, channel=DIRECT, kind=MessageKind.NOTICE, message="1.0",
                version=1, sent_version=1,
            )
        )  # fmt: skip
    await bot.incoming.handle("reaction", payload, "reaction/1")
    await refused(jon, 1, "a stop sign")
    async with bot.database.read() as session:
        assert (await plan_by_id(session, plan.id, TEAM)).hold is None


def test_the_tables_hold_every_verb_and_form_that_there_is() -> None:
    hint = json.loads(resource("manifest.json").read_text())["features"]["slash_commands"][0]["usage_hint"]
    verbs = {part.split()[0] for part in hint.split("|")} | CHANGING | READING
    assert verbs == VERBS_WITHOUT_PLAN | {words.split()[0] for words in VERBS_OF_A_PLAN} | {"list"}
    made = set()
    for file in Path(buttons.__file__).parent.rglob("*.py"):
        made |= set(re.findall(r"(?:modal|words_view)\(\s*Action\.([A-Z_]+)", file.read_text()))
    assert {Action[name] for name in made} == FORMS | OTHER_FORMS
