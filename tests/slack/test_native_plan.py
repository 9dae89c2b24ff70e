"""The plan block of the card: the phase under way with its tasks, the others as an entry, or all in a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.models.blocks import PlanBlock
from sqlalchemy.ext.asyncio import AsyncSession

from bot.local_workspace import limits
from bot.local_workspace.workspace import Workspace
from bot.slack.blocks import native_plan
from bot.slack.blocks.card import card, details
from bot.slack.reporter import Reporter
from bot.slack.texts import count
from bot.store.database import Database
from bot.store.tables import Plan
from bot.verification.evidence import Check, Evidence
from bot.workflow.builds import leave_open, load_steps, start_step, tick
from bot.workflow.runs import block
from tests.local_workspace.driving import Json, PersonAtWork
from tests.slack.running import reporter_of, shown
from tests.workflow.office import Office, passed

CHANNEL = "C0GENERAL"


async def building(office: Office, done: int) -> None:
    """Bring a plan so far that some of its steps are done and the next is under way."""
    await office.start(channel=CHANNEL)
    await office.work()
    await office.approve(1)
    await office.begin_build()
    await office.within(lambda session, plan: advance(session, plan, done))


async def advance(session: AsyncSession, plan: Plan, done: int) -> None:
    steps = await load_steps(session, plan.id)
    for number, step in enumerate(steps[:done]):
        await tick(session, plan, step, Evidence(commit=f"c{number:07}", checks=(passed(),)))
    for step in steps[done : done + 1]:
        await start_step(session, plan, step)


async def entries(office: Office) -> list[tuple[str, str]]:
    """Return title and status of each entry of the card's plan."""
    (native,) = [one for one in card(await office.overview()).blocks if one["type"] == "plan"]
    assert limits.block_problems([native]) == []
    assert isinstance(PlanBlock.parse(native), PlanBlock)
    return [(task["title"], task["status"]) for task in native["tasks"]]


async def reasons(office: Office) -> list[str]:
    """Return why each entry of the card's plan waits for people; nothing for those that don't."""
    (native,) = [one for one in card(await office.overview()).blocks if one["type"] == "plan"]
    told = [task.get("details", {"elements": [{"elements": [{"text": ""}]}]}) for task in native["tasks"]]
    return [one["elements"][0]["elements"][0]["text"] for one in told]


async def head(office: Office, person: PersonAtWork) -> Json:
    plan = await office.plan()
    messages: list[Json] = (await person.get("messages", channel="general", thread_ts=plan.thread))["messages"]
    return messages[0]


async def test_the_phase_under_way_shows_its_tasks_and_every_other_is_one_entry(office: Office) -> None:
    await building(office, done=0)
    phases = (await office.overview()).phases
    assert {status for _, status in await entries(office)} == {"pending"}, "the planning documents are no task"
    first = len(phases[0].tasks)

    await office.within(lambda session, plan: advance(session, plan, first + 3))
    second = phases[1].tasks
    assert await entries(office) == [
        (f"1 {phases[0].name} ({first} of {count(first, 'task')})", "complete"),
        (f"{second[0].number} {second[0].title}", "complete"),
        (f"{second[1].number} {second[1].title}", "in_progress"),
        *((f"{task.number} {task.title}", "pending") for task in second[2:]),
        *((f"{phase.number} {phase.name} (0 of {count(len(phase.tasks), 'task')})", "pending") for phase in phases[2:]),
    ]


async def test_what_waits_for_people_is_an_error_and_what_rests_is_not_in_progress(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await building(office, done=1)
    assert (await entries(office))[0][1] == "in_progress"
    await office.stop()
    assert (await entries(office))[0][1] == "pending"
    await office.resume()
    await office.within(lambda session, plan: block(session, plan, "It failed."))
    assert (await entries(office))[0][1] == "error"
    assert (await reasons(office))[:2] == ["It failed.", ""]

    await office.resume()
    await office.within(leave_the_first_open)
    assert [status for _, status in await entries(office)][:2] == ["pending", "in_progress"], "left open is no failure"
    assert (await reasons(office))[:2] == ["left open: nothing may run here", ""]
    phases = (await office.overview()).phases
    first = phases[0].tasks[0]
    monkeypatch.setattr(native_plan, "MOST_ENTRIES", len(phases))
    assert (await reasons(office))[:2] == [f"{first.number} is left open: nothing may run here", ""]


async def leave_the_first_open(session: AsyncSession, plan: Plan) -> None:
    _, first, second, *_ = await load_steps(session, plan.id)
    await leave_open(session, plan, first, "nothing may run here")
    await start_step(session, plan, second)


async def test_a_delivered_plan_has_an_entry_a_phase(office: Office) -> None:
    await building(office, done=1)
    await office.within(lambda session, plan: advance(session, plan, 1000))
    phases = (await office.overview()).phases
    assert await entries(office) == [
        (f"{p.number} {p.name} ({p.done} of {count(p.done, 'task')})", "complete") for p in phases
    ]


async def test_a_server_that_does_not_know_the_block_gets_a_line_and_is_asked_once(
    workspace: Workspace,
    database: Database,
    office: Office,
    mara: PersonAtWork,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "BLOCKS", limits.BLOCKS - {"plan"})
    reporter = reporter_of(workspace, database)
    await building(office, done=1)
    sends = counted(reporter, monkeypatch)
    await reporter.report()
    message = await head(office, mara)
    phase = (await office.overview()).phases[0]
    assert "plan" not in [one["type"] for one in message["blocks"]]
    assert f"◐ 1 {phase.name} (0 of {count(len(phase.tasks), 'task')})" in shown(message)
    before = sends()

    await office.within(lambda session, plan: advance(session, plan, 2))
    await reporter.report()
    assert f"◐ 1 {phase.name} (1 of {count(len(phase.tasks), 'task')})" in shown(await head(office, mara))
    assert sends() == before + 1, "what the server refused is not tried again"


async def test_a_server_that_knows_the_block_gets_it(
    workspace: Workspace, database: Database, office: Office, mara: PersonAtWork
) -> None:
    await building(office, done=2)
    await reporter_of(workspace, database).report()
    (native,) = [one for one in (await head(office, mara))["blocks"] if one["type"] == "plan"]
    assert native["tasks"][0]["status"] == "complete"


def counted(reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Count what a reporter posts and edits from now on."""
    call, calls = reporter._client.api_call, [0]

    async def calling(api_method: str, **arguments: Any) -> Any:
        calls[0] += api_method in {"chat.postMessage", "chat.update"}
        return await call(api_method, **arguments)

    monkeypatch.setattr(reporter._client, "api_call", calling)
    return lambda: calls[0]


async def test_details_tell_each_task_with_its_commit_its_checks_and_their_time(office: Office) -> None:
    await building(office, done=1)
    ruff = Check(word="ruff", passed=True, exit_code=0, seconds=1.2)
    tests = Check(word="pytest", passed=True, exit_code=0, collected=31, passed_tests=31, seconds=70.4)

    async def finish(session: AsyncSession, plan: Plan) -> None:
        _, first, second, *_ = await load_steps(session, plan.id)
        await tick(session, plan, first, Evidence(commit="a41f9c2" + "0" * 33, checks=(ruff, tests)))
        await leave_open(session, plan, second, "nothing may run here")

    await office.within(finish)
    view = await office.overview()
    lines = shown({"blocks": details(view).blocks}).split("\n")
    first, second, third, *_ = view.tasks
    assert f"✅ {first.number} {first.title} · commit `a41f9c2` · ruff, pytest passed · 31 tests · 1 min" in lines
    assert f"◐ {second.number} {second.title} · left open: nothing may run here" in lines
    assert f"○ {third.number} {third.title}" in lines
