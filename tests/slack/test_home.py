"""The Home tab in the running bot: drawn when it is opened, drawn anew when a plan of theirs changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.app.serving import background
from bot.digests.waits import Wait
from bot.local_workspace.limits import view_problems
from bot.slack.blocks.card import card
from bot.slack.blocks.home import MOST_BLOCKS, Home, MyDigest, home_view
from bot.slack.blocks.reminder import wait_buttons
from bot.slack.buttons import Subject
from bot.slack.home import home_of
from bot.slack.home_tabs import HomeTabs
from bot.store.database import Database
from bot.store.tables import DigestSchedule, HomeTab, Person, Plan
from bot.workflow.overview import OfferedChange
from bot.workflow.stages import PlanStage, move
from tests.local_workspace.driving import PATIENCE_SECONDS, Json, PersonAtWork
from tests.slack.at_work import rows, started
from tests.slack.running import RunningBot, shown
from tests.slack.test_blocks import HOSTILE, a_view
from tests.workflow.office import COPIES, JON, MARA, Office, ScriptedPlanner


@pytest.fixture
async def tabs(bot: RunningBot) -> AsyncIterator[HomeTabs]:
    """Give tabs that are drawn as soon as something changes."""
    drawing = HomeTabs(bot.database, bot.client, pause=0.0)
    bot.database.on_commit(drawing.wake)
    async with background(drawing.run()):
        yield drawing


def words(view: Json) -> str:
    """Return the words of a Home tab, titles too."""
    titles = [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]
    return "\n".join([*titles, shown(view)])


def is_drawn(text: str) -> bool:
    """Tell whether a tab shows what it is for: on a slow machine it may first say that the database is held."""
    return "I can't write anything down" not in text


async def opened(person: PersonAtWork, holds: Callable[[str], bool] = is_drawn) -> Json:
    """Open the tab, and wait until it is drawn with these words."""
    await person.do("home", tab="home")
    return await home(person, holds)


async def home(person: PersonAtWork, holds: Callable[[str], bool] = is_drawn) -> Json:
    """Wait until the tab shows something."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            view = (await person.get("views"))["home"]
            if view and holds(words(view)):
                return dict(view)
            await asyncio.sleep(0.02)


def button_of(view: Json, label: str) -> Json:
    """Return the first button of that label."""
    held = [block.get("accessory") for block in view["blocks"]]
    held += [one for block in view["blocks"] if block["type"] == "actions" for one in block["elements"]]
    return next(one for one in held if one and one.get("text", {}).get("text") == label)


async def press(person: PersonAtWork, view: Json, label: str) -> Json:
    """Press a button of a view."""
    button = button_of(view, label)
    arguments = {"view_id": view["id"], "action_id": button["action_id"], "value": button.get("value")}
    answer = await person.do("actions", **arguments)
    assert answer["ok"], answer
    return answer


async def test_an_empty_tab_says_how_to_begin_and_the_messages_tab_draws_nothing(
    bot: RunningBot, tabs: HomeTabs, mara: PersonAtWork
) -> None:
    await mara.do("home", tab="messages")
    assert "Nothing is planned yet" in words(await opened(mara))
    assert [row.person for row in await rows(bot, HomeTab)] == [MARA]


async def test_what_waits_for_somebody_opens_with_its_review_and_the_tab_follows(
    bot: RunningBot, tabs: HomeTabs, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await opened(jon)
    await opened(mara)
    await started(bot, mara)
    view = await home(mara, lambda text: "1 plan waits for you" in text)
    assert "*Office library* (`library`) in <#C0GENERAL> · since" in words(view)
    assert "approve the review" in words(view)

    await press(mara, view, "Look and approve")
    plan_view = await mara.sees_view("Plan")
    await press(mara, plan_view, "Request changes")
    form = await mara.sees_view("Request changes")
    assert form["previous_view_id"] == plan_view["id"]
    await mara.do("views/close", view_id=form["id"])
    await press(mara, plan_view, "Approve and build")
    await bot.settled("approved")
    view = await home(mara, lambda text: "Nothing waits for you" in text)
    assert "Building now" in words(view)
    assert "Office library" not in words(await home(jon)), "it doesn't concern him"


async def test_a_review_is_approved_from_the_tab_only_where_it_is_shown(
    bot: RunningBot, tabs: HomeTabs, mara: PersonAtWork
) -> None:
    await started(bot, mara)
    await bot.settled("in review")
    view = await opened(mara, lambda text: "1 plan waits for you" in text)
    held = [one for block in view["blocks"] if block["type"] == "actions" for one in block["elements"]]
    assert labels(held) == ["Look and approve", "Remind me Monday"]
    assert held[0]["style"] == "primary"

    await press(mara, view, "Look and approve")
    review = await mara.sees_view("Plan")
    assert "for review" in shown(review)
    await press(mara, review, "Approve and build")
    assert (await bot.settled("approved")).run_stage == "build"
    await home(mara, lambda text: "Nothing waits for you" in text)


def test_a_change_that_lies_there_is_merged_from_the_tab_and_from_its_card() -> None:
    offered = OfferedChange(number=2, url="https://git.test/2", merges_here=True, commit="c" * 40)
    plan = a_view(1, stage=PlanStage.DELIVERED, delivered_at=datetime.now(UTC), waiting_for=(MARA,), change=offered)
    wait = Wait(plan=plan, key=1, since=datetime.now(UTC), people=(MARA,))
    assert labels(wait_buttons(wait)) == ["Merge", "Open", "Remind me Monday"]
    merge = wait_buttons(wait)[0]
    assert Subject.model_validate_json(merge["value"]) == Subject(plan=plan.id, change=2, commit="c" * 40)
    shown_card = card(plan)
    assert labels(shown_card.blocks[-1]["elements"])[0] == "Merge"
    assert "· delivered, 1 open · change 2 waits to be merged" in shown({"blocks": shown_card.blocks})

    elsewhere = plan.model_copy(update={"change": offered.model_copy(update={"merges_here": False})})
    assert labels(card(elsewhere).blocks[-1]["elements"])[0] == "Open pull request"
    closed = plan.model_copy(update={"change": offered.model_copy(update={"is_closed": True})})
    assert labels(card(closed).blocks[-1]["elements"])[:2] == ["Open it again", "Forget it"]
    merging = plan.model_copy(update={"run_stage": "merge"})
    assert "Merge" not in labels(card(merging).blocks[-1]["elements"])


def labels(buttons: list[Json]) -> list[str]:
    """Return what buttons say."""
    return [one["text"]["text"] for one in buttons]


async def test_a_refusal_of_what_was_pressed_in_the_tab_comes_as_a_direct_message(
    bot: RunningBot, tabs: HomeTabs, mara: PersonAtWork
) -> None:
    await started(bot, mara)
    await opened(mara, lambda text: "waits for you" in text)
    view = await home(mara, lambda text: "approve the review" in text)
    await press(mara, view, "Look and approve")
    plan_view = await mara.sees_view("Plan")
    await press(mara, plan_view, "Approve and build")
    await bot.settled("approved")
    await press(mara, plan_view, "Approve and build")
    refusal = await mara.sees("approved it already", channel="D0MARA")
    assert f"<@{MARA}> approved it already" in shown(refusal)


async def test_open_questions_are_answered_from_the_tab(
    bot: RunningBot, tabs: HomeTabs, planner: ScriptedPlanner, mara: PersonAtWork
) -> None:
    planner.questions = (COPIES,)
    await started(bot, mara, "gathering")
    view = await opened(mara, lambda text: "answer the open questions" in text)
    await press(mara, view, "Open")
    plan_view = await mara.sees_view("Plan")
    assert "How many copies of a title are there?" in shown(plan_view)
    await press(mara, plan_view, "You decide")
    await home(mara, lambda text: "approve the review" in text)


async def test_a_plan_of_another_channel_does_not_open_for_others(
    bot: RunningBot, tabs: HomeTabs, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    await mara.say("a garage: cars with a plate", channel="D0MARA")
    plan = await bot.settled("in review")
    view = await opened(jon)
    await bot.client.views_publish(user_id=JON, view=home_view(Home(person=JON, mine=(a_view(1, id=plan.id),))))
    view = await home(jon, lambda text: "Your plans" in text)
    await press(jon, view, "Open")
    await jon.sees("That plan belongs to another channel", channel="D0JON")
    assert (await jon.get("views"))["views"] == []


async def test_reminders_are_turned_off_and_on_in_the_tab(bot: RunningBot, tabs: HomeTabs, mara: PersonAtWork) -> None:
    view = await opened(mara)
    await press(mara, view, "Turn off")
    view = await home(mara, lambda text: "clock: off" in text)
    assert [row.reminders for row in await rows(bot, Person)] == [False]
    await press(mara, view, "Turn on")
    await home(mara, lambda text: "clock: on" in text)


async def test_ones_own_digest_is_set_in_the_tab_and_what_can_not_be_read_is_said_in_the_form(
    bot: RunningBot, tabs: HomeTabs, mara: PersonAtWork
) -> None:
    async def changed(when: str) -> Json:
        await press(mara, await home(mara), "Change")
        form = await mara.sees_view("Digest of your plans")
        answer = await mara.do("views/submit", view_id=form["id"], values={"when": {"value": when}})
        if answer.get("errors"):
            await mara.do("views/close", view_id=form["id"])
        return answer

    await opened(mara)
    assert "as a time of day" in (await changed("daily noonish"))["errors"]["when"]
    assert await rows(bot, DigestSchedule) == []
    assert (await changed("weekly mon 09:00"))["ok"]
    await home(mara, lambda text: "to you alone by direct message: comes every Monday at 09:00 Europe/Berlin" in text)
    (kept,) = await rows(bot, DigestSchedule)
    assert (kept.channel, kept.set_by) == (MARA, MARA)
    assert (await changed("weekly mon 09:00 Europe/Berlin"))["ok"]
    assert (await rows(bot, DigestSchedule))[0].since == kept.since, "nothing changed"
    assert (await changed(""))["ok"]
    await home(mara, lambda text: "by direct message: none comes" in text)
    assert await rows(bot, DigestSchedule) == []


async def test_a_tab_of_somebody_whom_slack_does_not_know_any_more_is_forgotten_and_failures_are_tried_again(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    async with bot.database.write() as session:
        session.add(HomeTab(workspace="T0LOCAL", person="U0NOBODY"))
        session.add(HomeTab(workspace="T0LOCAL", person=MARA))
    tabs = HomeTabs(bot.database, bot.client)
    address = bot.client.base_url
    bot.client.base_url = "http://127.0.0.1:9/api/"
    await tabs.draw()
    assert {row.person for row in await rows(bot, HomeTab) if row.due} == {MARA, "U0NOBODY"}
    bot.client.base_url = address
    await tabs.draw()
    assert [(row.person, row.due) for row in await rows(bot, HomeTab)] == [(MARA, False)]
    assert "Nothing is planned yet" in words(await home(mara))


async def test_after_a_start_every_tab_is_drawn_and_the_same_is_not_sent_twice(
    bot: RunningBot, mara: PersonAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bot.database.write() as session:
        session.add(HomeTab(workspace="T0LOCAL", person=MARA, due=False))
    published: list[str] = []
    publish = bot.client.views_publish

    async def counted(**arguments: object) -> object:
        published.append(str(arguments["user_id"]))
        return await publish(**arguments)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(bot.client, "views_publish", counted)
    for _ in range(2):
        tabs = HomeTabs(bot.database, bot.client)
        await tabs.mark()
        await tabs.draw()
    assert published == [MARA]


async def test_a_tab_that_is_opened_is_drawn_at_once_however_long_changes_are_gathered(
    bot: RunningBot, mara: PersonAtWork
) -> None:
    patient = HomeTabs(bot.database, bot.client, pause=3600.0)
    bot.database.on_commit(patient.wake)
    async with background(patient.run()):
        await opened(mara, lambda text: "Nothing is planned yet" in text)
        await started(bot, mara)
        assert "Nothing is planned yet" in words(await home(mara)), "what changed is gathered first"
        await opened(mara, lambda text: "1 plan waits for you" in text)


# What it holds


async def test_plans_stand_where_they_belong_cancelled_ones_nowhere(office: Office, database: Database) -> None:
    await office.in_review()
    waiting = office.plan_id
    await office.in_review()
    await office.approve(1)
    building = office.plan_id
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    delivered = office.plan_id
    await office.start()
    planning = office.plan_id
    await office.start()
    cancelled = office.plan_id
    await office.within(lambda session, plan: cancel(plan, session))
    await office.start(person=JON)
    async with database.read() as session:
        content = await home_of(session, "T1", MARA)
        stages = {plan.id: plan.stage for plan in (await session.scalars(select(Plan))).all()}
    assert stages[cancelled] == PlanStage.CANCELLED
    assert [wait.plan.id for wait in content.waiting] == [waiting]
    assert [plan.id for plan in content.building] == [building]
    assert [plan.id for plan in content.delivered] == [delivered]
    assert [plan.id for plan in content.mine] == [planning]
    assert content.unread == 0


async def cancel(plan: Plan, session: object) -> None:
    move(session, plan, PlanStage.CANCELLED, MARA)  # type: ignore[arg-type]  # the office gives both


async def test_of_very_many_plans_open_ones_come_first_and_the_rest_is_counted(
    office: Office, database: Database
) -> None:
    for number in range(45):
        await office.start(f"a library number {number}: books")
        if number < 3:
            async with database.write() as session:
                (await session.get_one(Plan, office.plan_id)).stage = PlanStage.DELIVERED
    async with database.read() as session:
        content = await home_of(session, "T1", MARA)
    assert (len(content.mine), len(content.delivered), content.unread) == (40, 0, 5)
    text = words(home_view(content))
    assert "and 33 more: `/plan list`" in text


def test_a_tab_keeps_slacks_limits_and_hostile_words_stay_words() -> None:
    plans = tuple(a_view(30, id=f"p{number}", hold="blocked", hold_reason=HOSTILE * 9) for number in range(60))
    waiting = tuple(Wait(plan=plan, key=1, since=datetime.now(UTC), people=(MARA, JON) * 20) for plan in plans)
    digest = MyDigest(told=HOSTILE, words=HOSTILE, rests_until=HOSTILE)
    for content in (
        Home(person=MARA, waiting=waiting, mine=plans, building=plans, delivered=plans, unread=7, digest=digest),
        Home(person=MARA),
    ):
        view = home_view(content)
        assert view_problems(view) == []
        assert len(view["blocks"]) <= MOST_BLOCKS
        assert "<!channel>" not in str(view)
        assert "Settings" in words(view), "nothing is cut off at the end"
