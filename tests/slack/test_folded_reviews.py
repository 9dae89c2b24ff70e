"""A later review shows what is new, and what people saw already in one line; what blocks it always stands in full."""

from __future__ import annotations

from bot.documents.findings import Finding, Severity
from bot.slack.blocks.review_lists import Seen, assumed, warnings
from bot.slack.rendering import render_item
from bot.workflow.reviews import ReviewContent
from tests.slack.running import shown
from tests.slack.test_blocks import a_review
from tests.workflow.office import Office

ASSUMED = tuple(f"Assumption {number} stands" for number in range(6))


async def shown_review(office: Office, number: int) -> str:
    """Return what a review says."""
    item = await office.message(f"review/{number}")
    async with office.database.read() as session:
        message = await render_item(session, item, await office.plan())
    assert message is not None
    return shown({"blocks": message.blocks})


async def test_what_people_saw_is_one_line_and_what_is_new_stands_there(office: Office) -> None:
    office.planner.extra = {"assumptions": ASSUMED, "unread": ("the moon wobbles",)}
    await office.in_review()
    first = await shown_review(office, 1)
    assert all(one in first for one in ASSUMED)
    assert "as in review" not in first

    office.planner.extra = {"assumptions": (*ASSUMED, "Pages are a number"), "unread": ("the moon wobbles",)}
    await office.change("add pages", 1)
    await office.work()
    second = await shown_review(office, 2)
    assert "_assumed:_ Pages are a number" in second
    assert "_6 entries as in review 1: see the whole document_" in second
    assert not any(one in second for one in ASSUMED)
    assert "“the moon wobbles”" in second, "few entries stand there again"


async def test_few_entries_are_not_folded(office: Office) -> None:
    office.planner.extra = {"assumptions": ASSUMED[:3]}
    await office.in_review()
    await office.change("add pages", 1)
    await office.work()
    second = await shown_review(office, 2)
    assert all(one in second for one in ASSUMED[:3])
    assert "as in review" not in second


def test_warnings_are_folded_and_what_blocks_is_not() -> None:
    found = [
        Finding(rule=f"PT90{n}", severity=Severity.WARNING, message=f"Warning {n}.", next_step="Look.")
        for n in range(5)
    ]
    before = ReviewContent(findings=tuple(found[:4]))
    told = warnings(ReviewContent(findings=tuple(found)), Seen.of(3, before))
    assert told == ["Warning 4. Look. (PT904)", "_4 entries as in review 3: see the whole document_"]
    unshown = Seen.of(3, before.model_copy(update={"is_unshown": True}))
    assert warnings(before, unshown) == ["_4 entries as delivered: see the whole document_"]
    assert "as in review" not in shown({"blocks": a_review(60, Severity.ERROR).blocks})

    errors = ReviewContent(findings=tuple(one.model_copy(update={"severity": Severity.ERROR}) for one in found))
    assert Seen.of(3, errors).said == frozenset()


def test_a_behaviour_that_no_template_builds_is_one_line_with_how_it_is_meant() -> None:
    content = ReviewContent(
        custom=("“At most 8 per course”", "“Boats are painted by hand”"),
        assumptions=(
            "“At most 8 per course” is not built by templates and stays an open task; I understood: at most 8 bookings",
            "“Boats are painted by hand” is not built by templates and stays an open task; I quote it as it is",
            "Boat: name is text",
        ),
    )
    lead = "_I can't build this by myself; a model writes it, or it stays open:_"
    assert [text for _, text in assumed(content)] == [
        f"{lead} “At most 8 per course” (I understood: at most 8 bookings)",
        f"{lead} “Boats are painted by hand”",
        "_assumed:_ Boat: name is text",
    ]
