"""What could not be read goes off the list when people say so, and doesn't come back."""

from __future__ import annotations

from bot.planning.conversation import Question
from bot.store.tables import ConversationMessage, Event
from bot.workflow.change_requests import request_changes
from bot.workflow.kept_reviews import left_out_of
from bot.workflow.reviews import ReviewContent
from bot.workflow.stages import PlanStage
from bot.workflow.untaken_answers import Untaken, untaken_answers
from tests.workflow.office import JON, MARA, WHO, Office

MOON, STARS = "the moon wobbles", "stars gargle"


async def content(office: Office) -> ReviewContent:
    """Return what the newest review tells."""
    plan = await office.plan()
    return ReviewContent.model_validate((await office.review(plan.review)).content)


async def said(office: Office, text: str, person: str = MARA) -> str:
    """Ask for a change of the newest review, and return what its writer is told."""
    number = (await office.plan()).review
    told: str = await office.within(
        lambda session, plan: request_changes(session, plan, number, text, person, office.key())
    )
    return told


async def test_the_newest_is_left_out_at_once_and_no_planner_is_asked(office: Office) -> None:
    office.planner.extra = {"unread": (MOON, STARS)}
    await office.in_review()
    heard = len(office.planner.heard)
    version = (await office.message("review/1")).version

    told = await said(office, "leave it out")

    assert told.startswith(f"Left out: “{STARS}”. 1 more stays quoted"), told
    assert ((await content(office)).unread, (await content(office)).left_out) == ((MOON,), (STARS,))
    assert (await office.message("review/1")).version > version, "the review is edited"
    assert ((await office.wants())[0], len(office.planner.heard)) == (None, heard)
    assert [one.text for one in await office.rows(ConversationMessage) if one.kind == "change"] == []
    assert [event.actor for event in await office.rows(Event) if event.what == "left out"] == [MARA]


async def test_what_was_said_last_is_the_newest(office: Office) -> None:
    office.planner.extra = {"unread": ("old one",)}
    await office.in_review()
    office.planner.extra = {"unread": ("old one", MOON)}
    await office.change("add pages", 1)
    await office.work()
    await said(office, "forget that sentence")
    assert ((await content(office)).unread, (await content(office)).fresh_unread) == (("old one",), 0)


async def test_what_was_left_out_comes_back_in_no_later_review(office: Office) -> None:
    office.planner.extra = {"unread": (MOON, STARS)}
    await office.in_review()
    await said(office, "leave them all out", JON)
    await office.change("add pages", 1)
    await office.work()
    assert ((await office.plan()).review, (await content(office)).unread) == (2, ())
    assert (await content(office)).left_out == (MOON, STARS)
    assert await office.within(left_out_of) == ()


async def test_what_was_delivered_without_is_not_open_in_the_review_of_a_change(office: Office) -> None:
    office.planner.extra = {"unread": (MOON,)}
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    office.planner.extra = {"unread": (MOON, STARS)}
    await office.change("add pages", 1)
    await office.work()
    assert ((await content(office)).unread, (await content(office)).unread_before) == ((STARS,), (MOON,))
    assert await office.within(left_out_of) == (STARS, MOON), "the repository tells it on"


async def test_it_is_left_out_after_a_delivery_and_the_plan_stays_delivered(office: Office) -> None:
    office.planner.extra = {"unread": (MOON,)}
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    assert await said(office, "skip it") == f"Left out: “{MOON}”. Nothing else changes."
    assert (await office.plan()).stage == PlanStage.DELIVERED
    assert await office.within(left_out_of) == ()


async def test_where_nothing_is_quoted_it_is_a_change_as_any_other(office: Office) -> None:
    await office.in_review()
    assert await said(office, "leave it out") == ""
    assert [one.text for one in await office.rows(ConversationMessage) if one.kind == "change"] == ["leave it out"]


async def test_an_answer_that_is_left_out_says_so(office: Office) -> None:
    office.planner.questions = (WHO,)
    office.planner.extra = {"unread": (MOON,)}
    await office.start()
    await office.work()
    await office.answer("who", MOON)
    await office.work()
    assert await office.within(untaken_answers) == {"who": Untaken.QUOTED}
    await said(office, "leave it out")
    assert await office.within(untaken_answers) == {"who": Untaken.LEFT_OUT}


async def test_a_reply_while_gathering_answers_the_question_about_it(office: Office) -> None:
    unread = Question(id="unread", text="I could not read “x”.", reason="", options=("Leave it open",))
    office.planner.questions = (WHO, unread)
    await office.start()
    await office.work()
    assert await office.say("forget that sentence") == 1
    await office.answer("who", "Everyone")
    await office.work()
    assert {one.question.id: one.text for one in office.planner.heard[-1].answers} == {
        "who": "Everyone",
        "unread": "forget that sentence",
    }


async def test_words_that_several_hold_leave_out_none_and_it_is_said_which_there_are(office: Office) -> None:
    office.planner.extra = {"unread": ("the sea sings of toast", "toast is green", "a seagull sings")}
    await office.in_review()
    told = await said(office, "leave out “toast”")
    assert "“the sea sings of toast” or “toast is green”" in told
    assert len((await content(office)).unread) == 3
    await said(office, "leave out “sea”")
    assert (await content(office)).unread == ("toast is green", "a seagull sings")
