"""A change that is taken back: the plan is as it was delivered, and nobody hears of it again."""

from __future__ import annotations

import pytest

from bot.planning.conversation import PlannerError
from bot.slack.rendering import render_review
from bot.store.database import Database
from bot.store.tables import Plan
from bot.workflow.changes import delivered_documents
from bot.workflow.channel_settings import change_settings
from bot.workflow.documents import load_documents
from bot.workflow.policy import ApprovalPolicy
from bot.workflow.refusals import Refused
from bot.workflow.reviews import documents_of
from bot.workflow.stages import Hold
from bot.workflow.taking_back import forget_change
from tests.slack.running import shown
from tests.workflow.office import ADA, COPIES, JON, LATE, MARA, Office, ScriptedPlanner, library
from tests.workflow.test_changes import asked, content, happened, laid_out, offered, office

__all__ = ["office"]


async def prints(office: Office, number: int) -> dict[str, str]:
    """Return the fingerprints that a review showed."""
    return {name: what.fingerprint for name, what in documents_of(await office.review(number)).items()}


def first_words(office: Office) -> str:
    """Return the idea, as planners heard it first."""
    return office.planner.heard[0].messages[0].text


async def test_before_a_delivery_there_is_no_change_to_forget(database: Database) -> None:
    office = Office(database, ScriptedPlanner())
    await office.in_review()
    with pytest.raises(Refused, match=r"\*Office library\* has no change that could be forgotten; it is in review"):
        await office.forget()
    assert "change forgotten" not in await office.events()


async def test_a_change_that_is_approved_or_was_never_asked_for_is_not_forgotten(office: Office) -> None:
    with pytest.raises(Refused, match="no change that could be forgotten; it is delivered"):
        await office.forget()
    await office.approve(await asked(office))
    with pytest.raises(Refused, match="no change that could be forgotten; it is approved"):
        await office.forget()
    await laid_out(office)
    with pytest.raises(Refused, match="no change that could be forgotten; it is building"):
        await office.forget()


async def test_what_is_forgotten_leaves_the_plan_word_for_word_as_it_was_delivered(office: Office) -> None:
    delivered = await prints(office, 1)
    office.planner.extra = {"title": "Office bookshop"}
    await asked(office)
    assert await prints(office, 2) != delivered

    said = await office.within(lambda session, plan: forget_change(session, plan, ADA, "press"))

    plan = await office.plan()
    assert said == "Forgotten: *Office library* stays as it was delivered."
    assert (plan.stage, plan.title, plan.run_stage, plan.hold) == ("delivered", "Office library", None, None)
    assert (plan.review, plan.delivered_review) == (3, 3)
    assert await prints(office, 3) == delivered
    async with office.database.read() as session:
        assert (await load_documents(session, plan)).specs == library()
        assert (await delivered_documents(session, plan)).specs == library()
    told = await content(office)
    assert (told.changes, told.radius, told.voided) == ((), None, ())
    assert told.proposal is not None
    assert told.proposal.title == "Office library"
    assert await happened(office, "change forgotten") == [(ADA, "press", {})]
    assert (await happened(office, "stage"))[-1] == (ADA, "press", {"before": "in review", "after": "delivered"})


async def test_every_review_of_a_forgotten_change_says_who_took_it_back(office: Office) -> None:
    await asked(office)
    await asked(office, "add rating")
    before = [(await office.message(f"review/{number}")).version for number in (1, 2, 3)]
    card = (await office.message("card")).version

    await office.forget(ADA)

    assert [(await content(office, number)).forgotten_by for number in (1, 2, 3)] == ["", ADA, ADA]
    after = [(await office.message(f"review/{number}")).version for number in (1, 2, 3)]
    assert after == [before[0], before[1] + 1, before[2] + 1]
    assert (await office.message("card")).version == card + 1
    assert (await content(office, 3)).changes, "what it was about can still be read"


async def test_planners_hear_no_more_of_it_and_still_all_that_was_delivered(office: Office) -> None:
    await offered(office, "add pages")
    await asked(office, "add rating")
    await asked(office, "add weight")
    await office.forget()

    review = await asked(office, "add shelf")

    assert [change.text for change in office.planner.heard[-1].changes] == ["add pages", "add shelf"]
    assert [message.text for message in office.planner.heard[-1].messages] == [first_words(office)]
    told = await content(office, review)
    assert told.heard_changes == 2
    assert told.radius is not None
    assert (told.radius.fields.new, told.radius.fields.gone) == (("Book.shelf",), ())


async def test_what_the_change_before_it_did_is_not_told_again(office: Office) -> None:
    """The delivered review then is one of a change itself: of what it touched, and whose approvals it voided."""
    await offered(office)
    delivered = await content(office)
    assert delivered.changes
    assert delivered.radius
    assert delivered.voided
    await asked(office, "add rating")
    await office.forget()

    told = await content(office)
    assert (told.changes, told.radius, told.voided, told.heard_changes) == ((), None, (), 1)
    assert (await office.plan()).delivered_review == 4


async def test_a_planner_that_is_still_at_it_comes_too_late(office: Office) -> None:
    await office.change("add pages", 1)
    attempt = (await office.plan()).run_attempt
    office.planner.meanwhile = office.forget
    await office.work()

    plan = await office.plan()
    assert (plan.stage, plan.review, plan.run_stage, plan.run_attempt) == ("delivered", 2, None, attempt + 1)


async def test_its_open_questions_are_withdrawn_in_their_message_too(office: Office) -> None:
    office.planner.questions = (COPIES, LATE)
    await asked(office, "count the copies")
    assert (await office.plan()).stage == "gathering"
    version = (await office.message("questions/1")).version

    await office.forget()

    assert await office.open_questions() == []
    assert (await office.message("questions/1")).version == version + 1
    assert (await office.overview()).stage == "delivered"
    with pytest.raises(Refused):
        await office.answer("copies", "two")


async def test_a_change_that_could_not_be_planned_is_forgotten_with_its_problem(office: Office) -> None:
    office.planner.error = PlannerError("Say it in other words.")
    await asked(office, "do magic")
    plan = await office.plan()
    assert plan.hold == Hold.BLOCKED

    await office.within(lambda session, plan: forget_change(session, plan, JON, "press"))

    assert (await office.plan()).hold is None
    assert (await office.message(f"problem/{plan.run_attempt}")).subject["settled"] == 1
    assert await happened(office, "resume") == [(JON, "press", {"hold": "", "reason": ""})]


async def test_approvals_of_a_forgotten_change_count_no_more_and_its_button_says_so(office: Office) -> None:
    two = ApprovalPolicy(needed=2)
    await office.within_workspace(lambda session: change_settings(session, "T1", "C1", two, None, MARA, "view/1"))
    review = await asked(office)
    await office.approve(review, person=JON)
    await office.forget()

    assert [one for one in await office.approvals() if one[3]] == []
    with pytest.raises(Refused, match=r"^It is approved already: \*Office library\* is delivered\.$"):
        await office.approve(review, person=MARA)


async def test_the_next_review_says_which_numbers_nobody_was_shown(office: Office) -> None:
    assert "shown to nobody" not in await words_of_review(office, await asked(office, "add pages"))
    await office.forget()

    assert await asked(office, "add rating") == 4
    assert "Review 3 was shown to nobody: where a change is forgotten" in await words_of_review(office, 4)

    assert await asked(office, "add shelf") == 5
    assert "shown to nobody" not in await words_of_review(office, 5), "everybody saw the one before"


async def words_of_review(office: Office, number: int) -> str:
    """Return what the message of a review says now."""
    async with office.database.read() as session:
        plan = await session.get_one(Plan, office.plan_id)
        rendered = await render_review(session, await office.message(f"review/{number}"), plan)
    return shown({"blocks": rendered.blocks})
