"""Starting a plan, finding it again, pausing it."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import Select, event, make_url
from sqlalchemy.orm import ORMExecuteState

from bot.store.tables import ConversationMessage, Event, Plan
from bot.workflow.names import clean_title, first_title
from bot.workflow.plans import plan_by_id, plan_of_thread, plans_meant, visible_plans
from bot.workflow.refusals import Refused
from tests.workflow.office import ADA, COPIES, IDEA, JON, MARA, Office

TOKEN = "xoxb-1234567890-abcdefghijkl"


async def found(
    office: Office, person: str = MARA, handle: str = "", channel: str = "C1", workspace: str = "T1"
) -> list[str]:
    async with office.database.read() as session:
        return [plan.handle for plan in await plans_meant(session, workspace, channel, person, handle, unseen={})]


async def test_a_plan_starts_with_its_card_its_first_message_and_a_wish_to_plan(office: Office) -> None:
    plan = await office.start()

    assert (plan.handle, plan.title, plan.stage, plan.starter) == ("library", "Library", "gathering", MARA)
    assert (plan.run_stage, plan.run_attempt) == ("plan", 1)
    assert [(m.kind, m.author, m.text) for m in await office.rows(ConversationMessage)] == [("request", MARA, IDEA)]
    assert (await office.message("card")).version == 1
    assert [(event.actor, event.what, event.message_key) for event in await office.rows(Event)] == [
        (MARA, "started", "key 1")
    ]


async def test_handles_are_unique_in_a_workspace_also_when_many_start_at_once(office: Office) -> None:
    plans = await asyncio.gather(*(office.start() for _ in range(6)))
    elsewhere = await office.start(workspace="T2")

    assert sorted(plan.handle for plan in plans) == ["library", *(f"library-{number}" for number in range(2, 7))]
    assert elsewhere.handle == "library"


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t"])
async def test_a_plan_of_nothing_is_refused_with_an_example(office: Office, nothing: str) -> None:
    with pytest.raises(Refused, match="/plan new a library"):
        await office.start(nothing)
    async with office.database.read() as session:
        assert await session.get(Plan, office.plan_id) is None


async def test_secrets_are_replaced_before_anything_is_written(office: Office) -> None:
    plan = await office.start(f"a library, our token is {TOKEN}: books")
    await office.say(f"use {TOKEN} for it")
    await office.work()
    await office.change(f"add pages, and mind {TOKEN}", 1)

    texts = [message.text for message in await office.rows(ConversationMessage)]
    assert len(texts) == 3
    assert all("[redacted Slack token]" in text for text in texts)
    assert TOKEN not in plan.title + plan.handle


async def test_a_secret_in_an_answer_is_replaced_too(office: Office) -> None:
    office.planner.questions = (COPIES,)
    await office.start()
    await office.work()
    await office.answer("copies", f"ask {TOKEN}")

    events = await office.rows(Event)
    assert all(TOKEN not in str(event.data) for event in events)
    assert any("[redacted Slack token]" in str(event.data) for event in events)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("a library: books", "Library"),
        ("The badge printer for our office and all of its guests, please", "Badge printer"),
        ("<!channel> *boom*", "Channel boom"),
        ("👩‍🚀", "New plan"),
        ("...", "New plan"),
    ],
)
def test_the_first_title_comes_from_the_first_words(text: str, title: str) -> None:
    assert first_title(text) == title


def test_titles_are_one_clean_line() -> None:
    assert clean_title("  A <b>bold</b>\n title* `x` ") == "A b bold b title x"
    assert len(clean_title("word " * 100)) <= 60


async def test_a_plan_is_found_by_handle_in_its_channel_and_elsewhere_by_its_starter_alone(office: Office) -> None:
    await office.start()
    assert await found(office, ADA, "`Library`") == ["library"]
    assert await found(office, MARA, "library", channel="C9") == ["library"]
    with pytest.raises(Refused) as elsewhere:
        await found(office, ADA, "library", channel="C9")
    with pytest.raises(Refused) as unknown:
        await found(office, ADA, "biblary", channel="C9")
    assert str(elsewhere.value) == str(unknown.value).replace("biblary", "library")
    with pytest.raises(Refused, match=r"no plan called `nothing`.*`/plan list`"):
        await found(office, MARA, "nothing")
    with pytest.raises(Refused, match="no plan called"):
        await found(office, MARA, "library", workspace="T2")


async def test_without_a_handle_it_is_the_callers_open_plans_of_the_channel_else_those_they_began_last(
    office: Office,
) -> None:
    with pytest.raises(Refused, match="no open plan in this channel"):
        await found(office)
    await office.start()
    await office.start("a clinic", person=JON)
    await office.start("a shop", channel="C2")
    assert await found(office) == ["library"]

    await office.start("a garage")
    assert await found(office) == ["garage", "library"]
    assert await found(office, channel="C9") == ["garage", "shop", "library"]


async def test_a_plan_that_is_delivered_is_meant_only_where_none_is_open(office: Office) -> None:
    with pytest.raises(Refused) as none_open:
        await found(office)
    assert str(none_open.value) == (
        "You have no open plan in this channel. Start one with `/plan new …`, or name one: `/plan list`."
    )
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    assert await found(office) == ["library"]
    await office.start("a clinic")
    assert await found(office) == ["clinic"]


async def test_of_very_many_plans_the_newest_ten_are_meant(office: Office) -> None:
    for number in range(12):
        await office.start(f"shop {number}")
    newest = [f"shop-{number}" for number in range(11, 1, -1)]
    assert await found(office) == newest
    assert await found(office, channel="C9") == newest
    with pytest.raises(Refused, match="no open plan"):
        await found(office, JON, channel="C9")
    with pytest.raises(Refused, match="no open plan"):
        await found(office, channel="C9", workspace="T2")


async def test_a_very_long_handle_is_told_back_in_part(office: Office) -> None:
    with pytest.raises(Refused, match=f"no plan called `{'x' * 40}` here"):
        await found(office, handle="x" * 60)


async def seen(office: Office, person: str, channel: str = "C1", limit: int = 10) -> list[str]:
    async with office.database.read() as session:
        return [plan.handle for plan in await visible_plans(session, "T1", channel, person, limit, unseen={})]


async def test_people_see_the_plans_of_their_channel_and_their_own_newest_first(office: Office) -> None:
    for idea, person, channel, workspace in (
        ("a library", MARA, "C1", "T1"),
        ("a clinic", JON, "C1", "T1"),
        ("a garage", MARA, "C2", "T1"),
        ("a bakery", JON, "C2", "T1"),
        ("a harbour", MARA, "C1", "T2"),
    ):
        await office.start(idea, person, channel, workspace)

    assert await seen(office, MARA) == ["garage", "clinic", "library"]
    assert await seen(office, JON) == ["bakery", "clinic", "library"]
    assert await seen(office, ADA) == ["clinic", "library"]
    assert await seen(office, ADA, "C2") == ["bakery", "garage"]
    assert await seen(office, ADA, "C9") == []
    assert await seen(office, MARA, limit=2) == ["garage", "clinic"]
    assert await seen(office, ADA, limit=1) == ["clinic"]


async def test_a_plan_is_found_by_id_in_its_own_workspace_alone(office: Office) -> None:
    plan = await office.start()
    async with office.database.read() as session:
        assert (await plan_by_id(session, plan.id, "T1")).handle == "library"
        for plan_id, workspace in ((plan.id, "T2"), ("nonsense", "T1")):
            with pytest.raises(Refused) as refused:
                await plan_by_id(session, plan_id, workspace)
            assert str(refused.value) == "That plan is not here any more. `/plan list` shows those that are."


@pytest.mark.parametrize("change", [True, False])
async def test_who_is_about_to_change_a_plan_locks_its_row(office: Office, *, change: bool) -> None:
    """SQLite has one writer anyhow; on PostgreSQL two people would otherwise decide on the same state."""
    plan = await office.start()
    statements: list[str] = []

    def note(state: ORMExecuteState) -> None:
        assert isinstance(state.statement, Select)
        statements.append(str(state.statement.compile(dialect=make_url("postgresql+asyncpg://").get_dialect()())))

    async with office.database.read() as session:
        event.listen(session.sync_session, "do_orm_execute", note)
        await (plan_by_id(session, plan.id, "T1", change=True) if change else plan_by_id(session, plan.id, "T1"))
    assert ["FOR UPDATE" in statement for statement in statements] == [change]


async def test_a_thread_is_one_plan(office: Office) -> None:
    async def post(_: object, row: Plan, thread: str = "17.000") -> None:
        row.thread = thread

    await office.start("a clinic")
    await office.within(lambda session, row: post(session, row, "16.000"))
    plan = await office.start()
    await office.within(post)
    async with office.database.read() as session:
        here = await plan_of_thread(session, "C1", "17.000")
        assert here is not None
        assert here.id == plan.id
        assert await plan_of_thread(session, "C2", "17.000") is None


async def test_stop_pauses_and_resume_goes_on_with_a_new_attempt(office: Office) -> None:
    await office.start()
    await office.stop(JON)
    plan = await office.plan()
    assert (plan.stage, plan.hold, plan.run_stage, plan.run_attempt) == ("gathering", "paused", "plan", 1)
    assert (plan.hold_by, (await office.overview()).hold_by) == (JON, JON)
    with pytest.raises(Refused, match="paused already"):
        await office.stop()

    await office.resume()
    plan = await office.plan()
    assert (plan.stage, plan.hold, plan.run_stage, plan.run_attempt) == ("gathering", None, "plan", 2)
    assert plan.hold_by == ""
    with pytest.raises(Refused, match=r"is not paused; it is gathering[.] Say `status` in its thread"):
        await office.resume()
    assert (plan.hold_reason, plan.hold_by) == ("", "")
    assert [(e.actor, e.what, e.message_key, e.data) for e in await office.rows(Event)][1:] == [
        (JON, "hold", "key 2", {"hold": "paused", "reason": ""}),
        (MARA, "resume", "key 4", {"hold": "", "reason": ""}),
    ]


async def test_resuming_a_plan_that_waits_for_people_starts_nothing(office: Office) -> None:
    await office.in_review()
    await office.stop()
    await office.resume()
    assert (await office.wants())[0] is None


async def test_a_delivered_plan_has_nothing_to_stop(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    with pytest.raises(Refused, match="is delivered; there is nothing to stop"):
        await office.stop()


@pytest.mark.parametrize(("text", "kindly"), [("hi bot", "Hello!"), ("thanks!", "You're welcome!"), ("help", "Hello!")])
async def test_a_greeting_begins_no_plan(office: Office, text: str, kindly: str) -> None:
    with pytest.raises(Refused, match=f"{kindly}.*`/plan new a library"):
        await office.start(text)
    assert await office.rows_of(Plan) == []
