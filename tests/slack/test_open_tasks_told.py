"""Open tasks are told with why they are open and what to do; so are notes that no task was written with."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.documents.findings import Severity
from bot.documents.tasks.task_plan import Task, TaskKind, TaskState
from bot.planning.conversation import CustomBehaviour
from bot.slack.blocks.card import card
from bot.slack.blocks.change import change
from bot.slack.blocks.notices import delivered, status, under_way
from bot.store.database import Database
from bot.store.tables import Change, Plan, now
from bot.workflow.asked import Asked
from bot.workflow.builds import NO_MODEL, deliver, leave_open, load_steps
from bot.workflow.overview import PhaseProgress, TaskProgress
from bot.workflow.stages import PlanStage
from bot.workflow.waiting import BUILT_IN
from tests.local_workspace.driving import PATIENCE_SECONDS, PersonAtWork
from tests.slack.at_work import started, told
from tests.slack.running import RunningBot, shown
from tests.slack.test_blocks import a_review, a_view
from tests.workflow.office import JON, Office, ScriptedPlanner

REMINDERS = CustomBehaviour(
    title="Reminders",
    slug="reminders",
    criterion="WHEN a book is new, THE System SHALL list it for a week.",
    done="new books are listed for a week",
)


def open_view(*reasons: str) -> object:
    """Return a delivered plan with tasks that are open for these reasons."""
    tasks = tuple(
        TaskProgress(number=f"5.{n}", title=f"Rule {n}", state=TaskState.DOING, open_reason=reason)
        for n, reason in enumerate(reasons, start=1)
    )
    return a_view(1, stage=PlanStage.DELIVERED, phases=(PhaseProgress(number=5, name="Rules", tasks=tasks),))


def test_the_review_says_which_tasks_need_a_model_where_none_plans() -> None:
    words = shown({"blocks": a_review(1, Severity.WARNING, planner=BUILT_IN).blocks})
    assert "Without a model nothing here writes this task" in words
    assert "it stays open when the rest is built. Say it in a form that I know (`what can you build?`" in words
    assert "ask whoever runs Planthread to set `OPENAI_API_KEY` (docs/operations.md)" in words
    assert "OPENAI_API_KEY" not in shown({"blocks": a_review(1, Severity.WARNING, planner="gpt-5").blocks})


def test_the_review_names_the_whole_rule_of_a_long_task(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = "“the visit is confirmed as soon as the deposit is there, and customers under 18 years can't book one”"
    monkeypatch.setattr("tests.slack.test_blocks.said", lambda _size: rule)
    words = shown({"blocks": a_review(1, Severity.WARNING, planner=BUILT_IN).blocks})
    assert f"a model writes it, or it stays open:_ {rule}" in words
    assert "Without a model nothing here writes this task: it stays open" in words, "it is named once"


def test_the_delivery_says_how_a_model_is_configured_only_where_that_is_missing() -> None:
    words = shown({"blocks": delivered(open_view(NO_MODEL, NO_MODEL, "no sandbox works here")).blocks})  # type: ignore[arg-type]
    assert "is delivered, 1 open* · 0 of 1 task" in words
    assert "2 wishes of yours are not in it, since nothing here can write them. Nothing failed" in words
    assert "They need a model: ask whoever runs Planthread to set `OPENAI_API_KEY`" in words
    others = shown({"blocks": delivered(open_view("no sandbox works here")).blocks})  # type: ignore[arg-type]
    assert "OPENAI_API_KEY" not in others


def test_the_delivery_says_an_open_sentence_once_and_no_file() -> None:
    rule = "“Clocks that nobody fetched”"
    done = ("Clocks that nobody fetched", "A request that breaks “clocks that nobody fetched” is refused.", "A test.")
    tasks = {
        f"5.{n}": Task(number=f"5.{n}", title=rule, kind=TaskKind.CUSTOM, done=text, files=("app/clocks_that.py",))
        for n, text in enumerate(done, start=1)
    }
    view = open_view(NO_MODEL, NO_MODEL, NO_MODEL)
    words = shown({"blocks": delivered(view, open_tasks=tasks).blocks})  # type: ignore[arg-type]
    assert words.count("done when: ") == 1
    assert "done when: A test." in words
    assert "app/" not in words
    assert words.count("`what is task 5.1 about?`, asked here") == 1


def test_an_open_task_is_no_failure_on_the_card_and_says_that_it_is_open() -> None:
    (native,) = [one for one in card(open_view(NO_MODEL)).blocks if one["type"] == "plan"]  # type: ignore[arg-type]
    assert [task["status"] for task in native["tasks"]] == ["pending"]
    assert "left open: no model is configured" in str(native["tasks"])


def test_what_nothing_here_can_write_is_quoted_and_no_part_of_what_is_counted() -> None:
    built = PhaseProgress(
        number=1,
        name="Base",
        tasks=tuple(TaskProgress(number=f"1.{n}", title="x", state=TaskState.DONE) for n in "123"),
    )
    view = open_view(*[NO_MODEL] * 5)
    whole = view.model_copy(update={"phases": (built, *view.phases)})  # type: ignore[attr-defined]
    message = card(whole)
    words = shown({"blocks": message.blocks})
    assert "▓▓▓▓▓▓▓▓▓▓ all 3 tasks that I can build are built · 5 more that nothing here can write" in words
    assert "Not written: “Rule 1”, “Rule 2”, “Rule 3”, and 2 more. Nothing failed" in words
    assert "· delivered\n" in words
    assert "*: all 3 tasks that I can build are built, each with its commit" in shown(
        {"blocks": delivered(whole).blocks}
    )


def test_a_card_counts_the_time_of_building_only() -> None:
    began = now() - timedelta(hours=5)
    built = began + timedelta(seconds=90)
    later = a_view(1, stage=PlanStage.IN_REVIEW, approved_at=began, delivered_at=built)
    assert "· 1 min" in shown({"blocks": card(later).blocks})
    assert "Forget this change" in str(card(later).blocks)
    change = a_view(1, stage=PlanStage.DELIVERED, approved_at=began, delivered_at=began + timedelta(hours=2))
    assert "· 2 h 0 min" in shown({"blocks": card(change).blocks})


def test_a_status_has_a_line_for_each_phase() -> None:
    phases = tuple(PhaseProgress(number=n, name="Part", tasks=a_view(1).phases[0].tasks) for n in (1, 2))
    lines = shown({"blocks": status(a_view(1, title="x", phases=phases)).blocks}).split("\n")
    assert [line[2:8] for line in lines if "Part (" in line] == ["1 Part", "2 Part"]


def test_how_much_longer_a_build_takes_is_told_by_its_pace() -> None:
    tasks = [
        TaskProgress(number=f"1.{n}", title="x", state=TaskState.DONE if n == 1 else TaskState.TODO) for n in (1, 2, 3)
    ]
    view = a_view(
        1, stage=PlanStage.BUILDING, hold=None, place=0, approved_at=now() - timedelta(minutes=5), delivered_at=None,
        phases=(PhaseProgress(number=1, name="One", tasks=tuple(tasks)),),
    )  # fmt: skip
    words = shown({"blocks": under_way(view, "").blocks})
    assert "is being built: 1 of 3 tasks done; at this pace about 10 min more." in words


def test_a_change_says_what_it_is_whatever_became_of_it() -> None:
    asked = [Asked(person="U0JON", words=f"add pages {n}") for n in range(5)]
    states = (
        {"url": "http://127.0.0.1/x"},
        {"merged_commit": "c" * 40},
        {"closed_at": now()},
        {"forgotten_by": "U0JON"},
    )
    for state in states:
        row = Change(workspace="T1", plan_id="p", number=1, review=2, branch="b", commit="d" * 40, **state)
        words = shown({"blocks": change(a_view(1, stage=PlanStage.DELIVERED), row, row.url, asked).blocks})
        assert "> add pages 4 (<@U0JON>)" in words
        assert "and 2 before these" in words
        assert "add pages 1" not in words


async def test_a_note_that_nobody_writes_is_told_and_quoted_at_the_delivery(
    bot: RunningBot, planner: ScriptedPlanner, database: Database, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    planner.extra = {"custom": (REMINDERS,)}
    bot.incoming._thread_talk._unaddressed._has_model = False
    thread = await started(bot, mara)
    await mara.say("approve", thread_ts=thread)
    await bot.settled("approved")
    office = Office(database, planner)
    office.plan_id = (await bot.plans())[0].id
    tasks = (await office.begin_build()).tasks()
    number = next(task.number for task in tasks if task.title == REMINDERS.title)

    await jon.say("a week is seven working days", thread_ts=thread)
    await told(jon, f"no model is configured here, so nobody writes task {number}", thread=thread)

    async with database.write() as session:
        plan = await session.get_one(Plan, office.plan_id)
        for step in await load_steps(session, plan.id):
            if step.number == number:
                await leave_open(session, plan, step, NO_MODEL)
        await deliver(session, plan)
    await bot.settled("delivered")
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (news := [one for one in await bot.thread(jon) if "is delivered*: 0 of" in shown(one)]):
            await asyncio.sleep(0.02)
    words = shown(news[0])
    assert f"a week is seven working days (<@{JON}>)" in words
    assert "Mention me with what you still want, and it becomes a change." in words
    assert "done when: new books are listed for a week" in words
    assert "app/" not in words, "a file is nothing for who reads it"
    assert f"`what is task {number} about?`, asked here, tells when it is done and where it belongs" in words
    assert "1 wish of yours is not in it" in words
