"""Planning files that people edit by hand on main: told in the thread, taken up through a review, or left."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import ConversationMessage, Event, HandEdit, Plan
from bot.workflow.hand_edits import leave_edit, take_up_edit
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent
from tests.building.on_github import github, kept, offered, office, shown
from tests.building.test_changes import Delivery
from tests.git_commands import git
from tests.stand_ins.github import GitHubStandIn
from tests.workflow.office import JON, MARA

__all__ = ["github", "kept", "office"]

SPECS, REQUIREMENTS, TASKS = ".planning/entity_specs.txt", ".planning/requirements.md", ".planning/tasks.md"


@pytest.fixture
async def main(office: Delivery, github: GitHubStandIn) -> Delivery:
    """Give the office once its change is merged, so that main holds all that was delivered."""
    github.merge_pull(1, "jon-of-acme")
    await office.watch.look()
    office.pull()
    assert await office.rows(HandEdit) == [], "what was delivered is no edit"
    return office


async def pressed(office: Delivery, action: str, number: int = 1, person: str = MARA) -> str:
    """Press a button of an edit, and have done what it starts."""
    deed = {"take up": take_up_edit, "leave": leave_edit}[action]

    async def press(session: AsyncSession, plan: Plan) -> str:
        return await deed(session, plan, number, person, office.key())

    said: str = await office.within(press)
    await office.run()
    return said


async def edited(office: Delivery, path: str, before: str, after: str) -> None:
    """Edit a file by hand, push, and let the watch look."""
    office.edit(path, before, after)
    await office.watch.look()


def line_of(office: Delivery, path: str, words: str) -> str:
    """Return the first line of a file that holds words."""
    return next(line for line in (office.clone / path).read_text().splitlines() if words in line)


async def test_a_field_that_somebody_wrote_into_the_entities_becomes_a_reviewed_change(main: Delivery) -> None:
    pages = line_of(main, SPECS, "pages:")
    await edited(main, SPECS, pages, f"{pages}\n{pages.replace('pages:', 'shelf_number:')}")

    text, buttons = await shown(main, "hand edit/1")
    assert "Mara edited `.planning/` on main" in text
    assert "• Entities: Book gains `shelf_number`" in text
    assert buttons == ["Take it up", "Leave it"]
    assert (await main.plan()).stage == "delivered"

    assert await pressed(main, "take up", person=JON) == "Taken up: the next review shows what it changes."

    plan = await main.plan()
    assert (plan.stage, plan.hold) == ("in review", None)
    content = ReviewContent.model_validate((await main.review()).content)
    assert content.radius is not None
    assert content.radius.fields.new == ("Book.shelf_number",)
    assert content.radius.fields.changed == content.radius.fields.gone == ()
    await main.approve(plan.review, person=JON)
    await main.run()
    await main.watch.look()
    assert (await main.plan()).stage == "delivered"
    model = git(main.remote, "show", "planthread/change-2:app/models/book.py")
    assert "shelf_number" in model
    assert "subtitle" in model
    text, buttons = await shown(main, "hand edit/1")
    assert (f"taken up by <@{JON}>" in text, buttons) == (True, [])
    assert len(await main.rows(HandEdit)) == 1, "what is on its way is not told again"


async def test_an_edit_that_is_taken_back_and_made_again_is_told_in_that_order(main: Delivery) -> None:
    pages = line_of(main, SPECS, "pages:")
    both = f"{pages}\n{pages.replace('pages:', 'shelf_number:')}"
    await edited(main, SPECS, pages, both)
    await edited(main, SPECS, both, pages)
    text, buttons = await shown(main, "hand edit/1")
    assert ("taken back" in text, buttons) == (True, [])
    with pytest.raises(Refused, match="taken back already"):
        await pressed(main, "take up")

    await edited(main, SPECS, pages, both)
    assert await pressed(main, "leave", 2) == "Left: it takes no effect here."
    await main.watch.look()
    assert [row.state for row in await main.rows(HandEdit)] == ["taken back", "left"]
    await edited(main, SPECS, both, pages)
    await edited(main, SPECS, pages, both)
    assert [row.state for row in await main.rows(HandEdit)] == ["taken back", "taken back", "open"]
    assert f"left by <@{MARA}>" not in (await shown(main, "hand edit/2"))[0]


async def test_an_edit_that_goes_on_is_the_same_message(main: Delivery) -> None:
    pages = line_of(main, SPECS, "pages:")
    await edited(main, SPECS, pages, f"{pages}\n{pages.replace('pages:', 'shelf_number:')}")
    await edited(main, SPECS, pages, f"{pages}\n{pages.replace('pages:', 'row_number:')}")
    (row,) = await main.rows(HandEdit)
    assert {"shelf_number", "row_number"} <= set(" ".join(row.told).replace("`", " ").split())
    assert (await main.message("hand edit/1")).version == 2


async def test_nothing_is_told_or_written_while_only_the_looks_change(main: Delivery) -> None:
    written: list[None] = []
    main.database.on_commit(lambda: written.append(None))
    await edited(main, SPECS, "\n", "\n\n")
    await edited(main, "README.md", "#", "##")
    assert written == []


async def test_criteria_that_people_wrote_are_told_and_asked_for(main: Delivery) -> None:
    criterion = line_of(main, REQUIREMENTS, "1. ")
    number = criterion.split()[0].rstrip(".")
    new = "WHEN somebody asks for a list THEN the System SHALL answer within one second"
    await edited(
        main,
        REQUIREMENTS,
        criterion,
        criterion + "\n" + criterion.replace(number, "1.77").split("1.77")[0] + f"1.77 {new}",
    )
    text, buttons = await shown(main, "hand edit/1")
    assert "is new: WHEN somebody asks for a list" in text, text
    assert buttons == ["Take it up", "Leave it"]
    await pressed(main, "take up")
    *_, asked = await main.rows(ConversationMessage)
    assert asked.author == MARA
    assert new in asked.text, "planners are asked in these words; what becomes of them is theirs to say"


async def test_boxes_ticked_by_hand_take_no_effect_and_offer_nothing(main: Delivery) -> None:
    before = [(step.key, step.state) for step in await main.steps()]
    ticked = line_of(main, TASKS, "- [x] 1.1")
    await edited(main, TASKS, ticked, ticked.replace("[x]", "[ ]"))
    text, buttons = await shown(main, "hand edit/1")
    assert "its box was opened by hand; its evidence stands" in text
    assert buttons == ["Leave it"]
    assert [(step.key, step.state) for step in await main.steps()] == before
    with pytest.raises(Refused, match="nothing in that edit that could be built"):
        await pressed(main, "take up")


async def test_files_that_can_not_be_read_say_where_and_ask_for_nothing(main: Delivery) -> None:
    pages = line_of(main, SPECS, "pages:")
    await edited(main, SPECS, pages, f"{pages}\n    - wobble wobble: [")
    text, _ = await shown(main, "hand edit/1")
    assert "entity_specs.txt, line" in text
    git(main.clone, "rm", "--quiet", REQUIREMENTS)
    git(main.clone, "commit", "--quiet", "--message", "Gone")
    git(main.clone, "push", "--quiet")
    await main.watch.look()
    assert "requirements.md is gone" in (await shown(main, "hand edit/1"))[0]


async def test_what_people_write_there_is_shown_as_text(main: Delivery) -> None:
    pages = line_of(main, SPECS, "pages:")
    git(main.clone, "config", "user.name", "unused")
    (main.clone / SPECS).write_text(
        (main.clone / SPECS).read_text().replace(pages, f"{pages}\n    - <!channel> ghp_{'a' * 36}: str\n")
    )
    git(main.clone, "-c", "user.name=<!here> *boss*", "commit", "--quiet", "--all", "--message", "x")
    git(main.clone, "push", "--quiet")
    await main.watch.look()
    text, _ = await shown(main, "hand edit/1")
    assert "<!channel>" not in text
    assert "<!here>" not in text
    rows = await main.rows(HandEdit)
    assert "ghp_" not in str(rows), "secrets are replaced before anything is kept"


async def test_nothing_is_told_while_the_plan_takes_no_change(office: Delivery, github: GitHubStandIn) -> None:
    office.pull()
    *_, last = [line for line in (office.clone / REQUIREMENTS).read_text().splitlines() if " SHALL " in line]
    await edited(office, REQUIREMENTS, last, last.replace(" SHALL ", " SHALL ALWAYS "))
    assert await office.rows(HandEdit) == [], "change 1 is not merged yet"

    github.merge_pull(1, "jon-of-acme")
    await office.watch.look()
    events = [event.what for event in await office.rows(Event)]
    assert events[-2:] == ["merged", "hand edit"]


async def test_an_edit_is_not_taken_up_into_something_else(main: Delivery) -> None:
    pages = line_of(main, SPECS, "pages:")
    await edited(main, SPECS, pages, f"{pages}\n{pages.replace('pages:', 'shelf_number:')}")
    await offered(main, "add a rating to books")
    with pytest.raises(Refused, match=r"Change 2 of \*Library\* is not merged yet"):
        await pressed(main, "take up")
    await main.change("add an edition to books", (await main.plan()).review)
    with pytest.raises(Refused, match="is in review"):
        await pressed(main, "take up")
