"""What is taken back while the bot asks: all of it goes, its questions too, and who said it hears what became of it."""

from __future__ import annotations

import pytest

from bot.planning.built_in.planner import BuiltInPlanner
from bot.workflow.questions import reply
from tests.workflow.office import MARA, Office

IDEA = "A clerk packs crates. A till belongs to a crate. Crates have a size. A guide leads a tour."
DENIALS = (
    "there is no clerk and there is no till", "There is no clerk, no till", "neither clerk nor till is a thing",
    "no clerk or till please", "we have no clerks and no tills", "There is no clerk. There is no till.",
)  # fmt: skip


async def said(office: Office, text: str) -> str:
    """Start a plan that asks, say something, let the planner read it, and return what was told."""
    office.planner = BuiltInPlanner()  # type: ignore[assignment]
    await office.start(IDEA)
    await office.work()
    taken = await office.within(lambda session, plan: reply(session, plan, text, MARA, office.key()))
    await office.work()
    return " ".join(taken.left_out)


@pytest.mark.parametrize("denial", DENIALS)
async def test_several_are_taken_back_at_once_with_all_that_was_asked_of_them(office: Office, denial: str) -> None:
    told = await said(office, denial)
    assert told == "Taken back: there is no clerk and no till in the plan any more. What I asked about that is closed."
    assert not [key for key in await office.open_questions() if "clerk" in key or "till" in key]


async def test_one_of_which_several_questions_are_open_goes_with_all_of_them(office: Office) -> None:
    told = await said(office, "There is no clerk")
    assert "there is no clerk in the plan any more" in told
    assert not [key for key in await office.open_questions() if "clerk" in key]


async def test_what_was_never_there_is_told_so(office: Office) -> None:
    assert await said(office, "There is no boat and no lake") == (
        "There is nothing to take back: so far I know of no boat or lake."
    )


@pytest.mark.parametrize("text", ["that's my wife", "she is Ines", "Ines is a person, not a thing",
                                  "Ines is the counter clerk; Tom is our driver"])  # fmt: skip
async def test_who_somebody_is_is_taken_kindly_and_answers_nothing(office: Office, text: str) -> None:
    told = await said(office, text)
    assert told.startswith("Thank you, that tells me who somebody is")
    assert "Still open:" in told
    assert await office.open_questions()
