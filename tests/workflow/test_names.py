"""What plans are called: the handle follows a name that people give, and comes from what is planned."""

from __future__ import annotations

from bot.planning.built_in.planner import BuiltInPlanner
from bot.workflow.change_requests import request_changes
from bot.workflow.planning_run import PlanningRun
from bot.workflow.plans import NewPlan, Said, start_plan
from tests.workflow.office import IDEA, JON, MARA, Office


async def planned(office: Office) -> tuple[str, str]:
    """Let the built-in planner work until there is a review; return title and handle."""
    while (plan := await office.plan()).stage == "gathering":
        await PlanningRun(office.database, BuiltInPlanner()).run(plan.id, plan.run_attempt)
        for question in await office.open_questions():
            await office.answer(question, "you decide")
    return plan.title, plan.handle


async def change(office: Office, text: str) -> str:
    """Ask for a change of the newest review and plan it; return what the person is told."""

    async def ask(session: object, plan: object) -> str:
        return await request_changes(session, plan, plan.review, text, JON, office.key())  # type: ignore[arg-type, attr-defined]

    told = str(await office.within(ask))
    plan = await office.plan()
    await PlanningRun(office.database, BuiltInPlanner()).run(plan.id, plan.run_attempt)
    return told


async def test_words_that_only_ask_for_a_plan_name_nothing(office: Office) -> None:
    plan = await office.start("plan this")
    assert (plan.title, plan.handle) == ("New plan", "new-plan")
    await office.work()

    plan = await office.plan()
    assert (plan.title, plan.handle) == ("Office library", "office-library")
    assert "renamed" in await office.events()


async def test_a_thread_is_called_by_what_was_said_in_it_and_not_by_the_message_that_asks(office: Office) -> None:
    said = (Said(author=MARA, text=IDEA, key="m1"), Said(author=JON, text="plan this", key="m2"))
    new = NewPlan(workspace="T1", channel="C1", author=JON, text="plan this", key="s", thread="1.1", said=said)
    async with office.database.write() as session:
        plan = await start_plan(session, new, office.planner.name)
    assert (plan.title, plan.handle) == ("Library", "library")


async def test_a_handle_that_people_have_read_stays_when_a_planner_finds_a_better_title(office: Office) -> None:
    await office.in_review()
    plan = await office.plan()
    assert (plan.title, plan.handle) == ("Office library", "library")


async def test_the_first_wish_may_name_the_plan_and_its_repository(office: Office) -> None:
    await office.start(f"{IDEA}. Call it Harbour desk.")
    assert await planned(office) == ("Harbour desk", "harbour-desk")


async def test_a_name_among_other_changes_is_that_of_the_repository_too(office: Office) -> None:
    await office.start()
    assert await planned(office) == ("Library", "library")
    await change(office, "add pages to books. Call it Harbour")
    plan = await office.plan()
    assert (plan.title, plan.handle) == ("Harbour", "harbour")


async def test_once_it_was_approved_the_name_of_the_repository_stays(office: Office) -> None:
    await office.start()
    await planned(office)
    await office.approve(1)
    async with office.database.write() as session:
        plan = await session.get_one(type(await office.plan()), office.plan_id)
        plan.stage, plan.delivered_review, plan.remote_name = "delivered", 1, "team/library"

    told = await change(office, "call it Harbour")

    plan = await office.plan()
    assert (plan.title, plan.handle) == ("Harbour", "library")
    assert told == "It is called *Harbour* now. Its repository keeps its name, team/library."
    await change(office, "add pages to books. Call it Pier")
    assert (await office.plan()).handle == "library"
