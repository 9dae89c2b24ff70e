"""Edits by hand, as they are noted: told once, taken up or left by somebody, and taken back on main."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Change, ConversationMessage, Event, HandEdit, Plan
from bot.workflow.hand_edits import (
    EditState,
    hand_edit_numbered,
    is_news,
    leave_edit,
    newest_edit,
    note_edit,
    take_up_edit,
    takes_no_change,
)
from bot.workflow.planning_edits import PlanningEdit
from bot.workflow.ports import Stage
from bot.workflow.refusals import Refused
from bot.workflow.stages import Hold
from tests.workflow.office import JON, MARA, Office

PAGES = PlanningEdit(told=("Entities: Book gains `pages`",), asked="add pages")
SHELF = PlanningEdit(told=("Entities: Book gains `shelf`",), asked="add shelf")
BOX = PlanningEdit(told=("Task 1.2 Settings: ticked elsewhere, no evidence; it stays open",))


@pytest.fixture
async def office(office: Office) -> Office:
    """An office whose library was delivered."""
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    return office


async def noted(office: Office, edit: PlanningEdit | None, by: str = "Mara", commit: str = "c1") -> None:
    """Note what stands on main."""
    await office.within(lambda session, plan: note_edit(session, plan, edit, by, commit))


async def take_up(office: Office, number: int = 1, person: str = JON) -> str:
    """Press Take it up."""
    said: str = await office.within(lambda session, plan: take_up_edit(session, plan, number, person, "press"))
    return said


async def leave(office: Office, number: int = 1, person: str = JON) -> str:
    """Press Leave it."""
    said: str = await office.within(lambda session, plan: leave_edit(session, plan, number, person, "press"))
    return said


async def become(office: Office, **values: Any) -> None:
    """Give the plan these values."""

    async def do(session: AsyncSession, plan: Plan) -> None:
        for name, value in values.items():
            setattr(plan, name, value)

    await office.within(do)


async def reason(office: Office) -> str:
    """Return why the plan takes no change."""
    async with office.database.read() as session:
        return await takes_no_change(session, await office.plan())


async def states(office: Office) -> list[tuple[int, str, str]]:
    """Return number, state and decider of each edit."""
    return [(row.number, row.state, row.decided_by) for row in await office.rows(HandEdit)]


async def last_event(office: Office) -> tuple[str, str, str, dict[str, Any]]:
    """Return who did what last, by which message, and what was noted."""
    event = (await office.rows(Event))[-1]
    return event.actor, event.what, event.message_key, event.data


async def test_a_delivered_plan_takes_changes_unless_it_is_busy(office: Office) -> None:
    assert await reason(office) == ""
    await become(office, hold=Hold.BLOCKED)
    assert await reason(office) == "*Office library* is busy right now (blocked). Try again when that is done."
    await become(office, hold=None, run_stage=Stage.MERGE)
    assert await reason(office) == "*Office library* is busy right now (merge). Try again when that is done."
    await become(office, run_stage=None, stage="building")
    assert await reason(office) == "*Office library* is building. Finish or forget what is under way first."


async def test_a_change_that_lies_there_comes_first(office: Office) -> None:
    async def offered(session: AsyncSession, plan: Plan) -> None:
        def change(number: int, **values: Any) -> Change:
            given = {"url": "http://git.test/1", **values}
            return Change(workspace="T1", plan_id=plan.id, number=number, review=1, branch="b", **given)

        session.add_all(
            [change(1, merged_commit="m"), change(2, forgotten_by=JON), change(3, url=""), change(5), change(4)]
        )

    await office.within(offered)
    assert await reason(office) == "Change 4 of *Office library* is not merged yet. Merge or forget it first."
    other = office.plan_id
    await office.start()
    await become(office, stage="delivered", run_stage=None)
    assert await reason(office) == ""
    office.plan_id = other


def test_what_is_news() -> None:
    known = HandEdit(
        workspace="T1", plan_id="p", number=1, state=EditState.OPEN, fingerprint=PAGES.fingerprint, told=[]
    )
    assert is_news(None, PAGES)
    assert not is_news(None, None)
    for state in (EditState.OPEN, EditState.TAKEN, EditState.LEFT):
        known.state = state
        assert is_news(known, None)
        assert is_news(known, SHELF)
        assert not is_news(known, PAGES)
    known.state = EditState.BACK
    assert not is_news(known, None)
    assert is_news(known, PAGES)


async def test_an_edit_is_kept_and_told_once(office: Office) -> None:
    secret = "ghp_" + "a1B2" * 9
    await noted(office, PAGES, f"Mara {secret}", "c7")

    (row,) = await office.rows(HandEdit)
    assert (row.number, row.state, row.commit, row.told, row.asked) == (1, "open", "c7", list(PAGES.told), "add pages")
    assert (row.workspace, row.fingerprint) == ("T1", PAGES.fingerprint)
    assert row.author.startswith("Mara ")
    assert secret not in row.author
    event = ("planthread", "hand edit", "", {"number": 1, "commit": "c7", "by": row.author})
    assert await last_event(office) == event
    told = await office.message("hand edit/1")
    assert (told.subject, told.version) == ({"edit": 1}, 1)

    await noted(office, PAGES, "Jon", "c8")
    assert (await office.message("hand edit/1")).version == 1
    assert (await office.rows(HandEdit))[0].commit == "c7"


async def test_an_open_edit_that_goes_on_is_told_anew_and_a_settled_one_has_a_successor(office: Office) -> None:
    await noted(office, PAGES)
    await noted(office, SHELF, "Jon", "c2")
    (row,) = await office.rows(HandEdit)
    assert (row.number, row.author, row.commit, row.asked) == (1, "Jon", "c2", "add shelf")
    assert (await office.message("hand edit/1")).version == 2

    await leave(office)
    await noted(office, PAGES)
    assert await states(office) == [(1, "left", JON), (2, "open", "")]
    assert (await office.message("hand edit/2")).subject == {"edit": 2}
    async with office.database.read() as session:
        newest = await newest_edit(session, await office.plan())
    assert newest is not None
    assert newest.number == 2


async def test_nothing_is_told_while_the_plan_takes_no_change(office: Office) -> None:
    await become(office, hold=Hold.PAUSED)
    await noted(office, PAGES)
    assert await office.rows(HandEdit) == []
    await become(office, hold=None)
    await noted(office, None)
    assert await office.rows(HandEdit) == []


async def test_an_edit_that_is_taken_back_says_so_where_nobody_decided(office: Office) -> None:
    await noted(office, PAGES)
    await noted(office, None)
    assert await states(office) == [(1, "taken back", "")]
    assert await last_event(office) == ("planthread", "hand edit taken back", "", {"number": 1})
    assert (await office.message("hand edit/1")).version == 2

    await noted(office, PAGES)
    await leave(office, 2)
    version, happened = (await office.message("hand edit/2")).version, await office.events()
    await noted(office, None)
    assert await states(office) == [(1, "taken back", ""), (2, "taken back", JON)]
    assert ((await office.message("hand edit/2")).version, await office.events()) == (version, happened)


async def test_an_edit_is_taken_up_as_a_change_in_the_name_of_who_pressed(office: Office) -> None:
    await noted(office, PAGES)

    assert await take_up(office) == "Taken up: the next review shows what it changes."

    assert await states(office) == [(1, "taken up", JON)]
    assert ((await office.plan()).stage, (await office.wants())[0]) == ("in review", Stage.PLAN)
    asked = (await office.rows(ConversationMessage))[-1]
    assert (asked.author, asked.text, asked.kind) == (JON, "add pages", "change")
    assert await last_event(office) == (JON, "hand edit taken up", "press", {"number": 1})
    assert (await office.message("hand edit/1")).version == 2
    with pytest.raises(Refused, match="That edit is taken up already"):
        await take_up(office)


async def test_the_whole_of_a_long_edit_is_asked_for(office: Office) -> None:
    long = "add pages " + "x" * 30_000
    await noted(office, PlanningEdit(told=("long",), asked=long))
    await take_up(office)
    assert (await office.rows(ConversationMessage))[-1].text == long


async def test_what_cant_be_taken_up_stays_open(office: Office) -> None:
    await noted(office, BOX)
    with pytest.raises(Refused, match="nothing in that edit that could be built"):
        await take_up(office)
    await become(office, hold=Hold.BLOCKED)
    with pytest.raises(Refused, match="is busy right now"):
        await take_up(office)
    assert await states(office) == [(1, "open", "")]


async def test_an_edit_that_is_left_takes_no_effect(office: Office) -> None:
    await noted(office, PAGES)
    assert await leave(office, person=MARA) == "Left: it takes no effect here."
    assert await states(office) == [(1, "left", MARA)]
    assert await last_event(office) == (MARA, "hand edit left", "press", {"number": 1})
    assert ((await office.plan()).stage, (await office.message("hand edit/1")).version) == ("delivered", 2)
    with pytest.raises(Refused, match="That edit is left already"):
        await leave(office)


async def test_the_number_of_another_plans_edit_is_refused(office: Office) -> None:
    await noted(office, PAGES)
    async with office.database.read() as session:
        assert (await hand_edit_numbered(session, await office.plan(), 1)).asked == "add pages"
    with pytest.raises(Refused, match="not one of this plan's"):
        await leave(office, 2)
    await office.start()
    with pytest.raises(Refused, match="not one of this plan's"):
        await leave(office, 1)
    async with office.database.read() as session:
        assert await newest_edit(session, await office.plan()) is None
