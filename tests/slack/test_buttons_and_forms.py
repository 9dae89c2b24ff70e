"""People press buttons and send forms of the real app over the real socket."""

from __future__ import annotations

import asyncio

from bot.planning.conversation import PlannerError
from bot.store.database import Database
from bot.store.tables import InboxItem
from bot.workflow.notes import notes_of
from bot.workflow.runs import block
from tests.local_workspace.driving import Json, PersonAtWork
from tests.slack.at_work import handled, rows, started, told
from tests.slack.running import RunningBot, buttons_of, press, shown
from tests.workflow.office import IDEA, JON, MARA, Office, ScriptedPlanner


async def test_request_changes_opens_a_form_and_gives_a_new_review(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await started(bot, mara)
    old = (await bot.thread(mara))[1]
    await press(mara, old, "Request changes")
    form = await mara.sees_view("Request changes")
    empty = await mara.do("views/submit", view_id=form["id"], values={})
    assert "words" in empty["errors"]
    assert (await mara.do("views/submit", view_id=form["id"], values={"text": "add pages"}))["ok"]
    await bot.reviewed(2)
    plan = await bot.settled("in review")

    replaced, new = (await bot.thread(mara))[1:]
    assert "replaced by review 2" in shown(replaced)
    assert buttons_of(replaced) == {}
    assert "Book gains `pages`" in shown(new)

    await press(mara, old, "Approve and build")
    await told(mara, "You were looking at review 1. Review 2 changes:", thread=plan.thread or "")
    await press(mara, old, "Request changes")
    await told(mara, "review 2 is the newest", thread=plan.thread or "")
    assert (await bot.settled("in review")).stage == "in review"


async def test_a_change_that_comes_too_late_is_refused_and_its_words_are_given_back(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    review = (await bot.thread(mara))[1]
    await press(jon, review, "Request changes")
    form = await jon.sees_view("Request changes")
    await press(mara, review, "Approve and build")
    await bot.settled("approved")
    await jon.do("views/submit", view_id=form["id"], values={"text": "add <pages>"})
    refused = await told(jon, "is approved", thread=thread)
    assert "You wrote: add &lt;pages&gt;" in shown(refused)


async def test_the_whole_document_opens_as_a_form(bot: RunningBot, mara: PersonAtWork) -> None:
    await started(bot, mara)
    await press(mara, (await bot.thread(mara))[1], "Whole document")
    view = await mara.sees_view("Office library")
    assert [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"] == [
        "What was decided and left out", "Requirements", "Entities", "Task plan",
    ]  # fmt: skip
    assert "ENTITY: Book" in str(view["blocks"])


async def test_of_two_who_approve_at_once_one_is_told_who_was_first(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara, "in review")
    await jon.say("@planthread add pages", thread_ts=thread)
    await bot.reviewed(2)
    await bot.settled("in review")
    review = (await bot.thread(mara))[-1]
    await asyncio.gather(press(mara, review, "Approve and build"), press(jon, review, "Approve and build"))
    await bot.settled("approved")
    await handled(bot, 4)
    private = [
        message["text"]
        for person in (mara, jon)
        for message in await bot.thread(person)
        if message["only_for"] == (MARA if person is mara else JON)
    ]
    assert len(private) == 1
    assert "approved it already" in private[0]


async def test_a_stranger_who_clicks_is_told_who_can_approve(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    await press(jon, (await bot.thread(mara))[1], "Approve and build")
    await told(jon, f"<@{MARA}> can approve this plan", thread=thread)
    assert (await bot.settled("in review")).stage == "in review"


async def test_a_button_of_somebody_elses_making_does_nothing(bot: RunningBot, mara: PersonAtWork) -> None:
    thread = await started(bot, mara)
    forged: list[Json] = [
        {"type": "actions", "elements": [button(action, value) for action, value in FORGED]},
    ]
    posted = await bot.client.chat_postMessage(channel="C0GENERAL", thread_ts=thread, text="forged", blocks=forged)
    for action, value in FORGED:
        await mara.do("actions", channel="general", ts=posted["ts"], action_id=action, value=value)
    await handled(bot, 1 + sum(not action.startswith(("request_changes", "whole")) for action, _ in FORGED))
    assert (await bot.settled("in review")).stage == "in review"
    assert all(row.error == "" for row in await rows(bot, InboxItem))


FORGED = [
    ("approve_and_build", "not json"),
    ("approve_and_build:2", '{"plan":"nobody","review":1}'),
    ("answer:9", '{"plan":"nobody"}'),
    ("nonsense", '{"plan":"nobody"}'),
    ("request_changes", '{"plan":"nobody","review":1}'),
    ("whole_document", "[]"),
]


def button(action: str, value: str) -> Json:
    return {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": action}, "value": value}


async def test_details_and_retry_answer_their_buttons(
    bot: RunningBot, database: Database, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    planner.error = PlannerError("I don't know which things to manage. Name them.")
    await mara.plan(f"new {IDEA}")
    plan = await bot.settled("gathering", hold="blocked")
    card, problem = await bot.thread(mara)
    assert "needs you while gathering" in shown(card)
    assert "Name them." in shown(problem)
    planner.error = None
    await press(mara, problem, "Retry")
    await bot.settled("in review")
    assert "settled" in shown((await bot.thread(mara))[1])

    office = Office(database, planner)
    office.plan_id = plan.id
    await office.approve(1)
    await office.begin_build()
    await bot.settled("building")
    await press(mara, (await bot.thread(mara))[0], "Details")
    form = await mara.sees_view("Office library")  # over whatever is looked at: the channel, or the thread
    assert "every task" in shown(form)
    assert "1.1" in shown(form)
    assert not [one for one in await bot.thread(mara) if one["only_for"]]


async def test_a_hint_goes_to_the_task_that_failed_and_comes_back_where_it_is_too_late(
    bot: RunningBot, database: Database, planner: ScriptedPlanner, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    office = Office(database, planner)
    office.plan_id = (await bot.plans())[0].id
    await office.approve(1)
    await office.begin_build()
    await office.within(lambda session, plan: block(session, plan, "1.2 failed three times.", skippable="task 1.2"))
    await bot.settled("building", hold="blocked")
    problem = (await bot.thread(mara))[-1]
    assert list(buttons_of(problem)) == ["Retry", "Give a hint", "Skip", "Stop"]

    await press(jon, problem, "Give a hint")
    form = await jon.sees_view("Give a hint")
    await press(mara, problem, "Give a hint")
    other = await mara.sees_view("Give a hint")
    assert (await jon.do("views/submit", view_id=form["id"], values={"text": "it must be <409>"}))["ok"]
    await told(jon, "tried again with your hint, 1.2", thread=thread)
    plan = await bot.settled("building")
    async with database.read() as session:
        assert await notes_of(session, plan) == ("it must be <409>",)

    assert (await mara.do("views/submit", view_id=other["id"], values={"text": "in UTC"}))["ok"]
    assert "You wrote: in UTC" in shown(await told(mara, "isn't blocked by that any more", thread=thread))
