"""Two people answer one question differently: they are asked which holds, and no review rests on one of the answers."""

from __future__ import annotations

import pytest

from bot.planning.conversation import Question
from bot.store.tables import Event, PlanQuestion
from bot.workflow.builds import retry
from bot.workflow.refusals import Refused
from bot.workflow.runs import block
from tests.workflow.office import ADA, COPIES, JON, MARA, WHO, Office

WHICH = "who/settled/1"


@pytest.fixture
async def disagreeing(office: Office) -> Office:
    """An office where Jon answered both questions, and Mara answers one of them otherwise."""
    office.planner.questions = (WHO, COPIES)
    await office.start()
    await office.work()
    await office.answer("who", "Librarians only", JON)
    await office.answer("copies", "two", JON)
    await office.answer("who", "Everyone", MARA)
    return office


async def asked_which(office: Office, question_id: str = WHICH) -> Question:
    """Return the question which answer holds."""
    row = next(row for row in await office.rows(PlanQuestion) if row.question_id == question_id)
    return Question.model_validate(row.question)


async def test_both_answers_stand_side_by_side_and_the_plan_waits(disagreeing: Office) -> None:
    question = await asked_which(disagreeing)

    assert question.text == "You disagree. Who may add books?"
    assert question.reason == "The review waits until one of you settles it."
    assert [(side.author, side.text) for side in question.sides] == [(JON, "Librarians only"), (MARA, "Everyone")]
    assert question.options == ("Librarians only", "Everyone")
    assert await disagreeing.open_questions() == [WHICH]
    assert (await disagreeing.wants())[0] is None, "the run that began rests on one of the answers"
    assert "disagreed" in await disagreeing.events()


async def test_the_answer_that_settles_it_is_the_one_that_the_planner_hears(disagreeing: Office) -> None:
    await disagreeing.answer(WHICH, "Everyone", ADA)
    await disagreeing.work()

    heard = {answer.question.id: (answer.text, answer.author) for answer in disagreeing.planner.heard[-1].answers}
    assert heard == {"who": ("Everyone", ADA), "copies": ("two", JON)}
    assert (await disagreeing.plan()).stage == "in review"


async def test_more_that_is_said_opens_no_review_while_they_disagree(disagreeing: Office) -> None:
    """The only open question usually takes any words; a disagreement is settled by an answer to it alone."""
    disagreeing.planner.questions = ()
    heard = len(disagreeing.planner.heard)
    await disagreeing.say("Books have pages.", MARA)
    await disagreeing.work()
    assert len(disagreeing.planner.heard) == heard, "a planner that costs money is asked when it is settled"

    plan = await disagreeing.plan()
    assert (plan.stage, plan.review, plan.run_stage, plan.hold) == ("gathering", 0, None, None)
    assert await disagreeing.open_questions() == [WHICH]

    await disagreeing.say("1. Everyone", ADA)
    await disagreeing.work()
    assert (await disagreeing.plan()).stage == "in review"


async def test_a_plan_that_was_blocked_when_they_disagreed_can_be_tried_again(office: Office) -> None:
    office.planner.questions = (WHO, COPIES)
    await office.start()
    await office.work()
    await office.answer("who", "Librarians only", JON)
    await office.within(lambda session, plan: block(session, plan, "The budget is used."))
    await office.answer("who", "Everyone", MARA)
    assert (await office.wants())[0] is None

    await office.within(lambda session, plan: retry(session, plan, ADA, "k"))
    assert (await office.wants())[0] == "plan"
    await office.work()
    assert ((await office.wants())[0], await office.open_questions()) == (None, ["copies", WHICH])


async def test_a_third_answer_is_put_beside_the_two(disagreeing: Office) -> None:
    await disagreeing.answer("who", "Nobody", ADA)
    await disagreeing.answer("who", "Only the boss", ADA)

    question = await asked_which(disagreeing)
    assert [(side.author, side.text) for side in question.sides] == [
        (JON, "Librarians only"), (MARA, "Everyone"), (ADA, "Only the boss"),
    ]  # fmt: skip
    assert question.options == ("Librarians only", "Everyone", "Only the boss")
    assert (await disagreeing.message("questions/2")).version > 1


async def test_what_was_settled_can_be_disputed_again_until_the_review(disagreeing: Office) -> None:
    await disagreeing.answer(WHICH, "Everyone", ADA)
    with pytest.raises(Refused, match=f"<@{ADA}> settled that: Everyone"):
        await disagreeing.answer(WHICH, "Librarians only", JON)

    await disagreeing.answer("who", "Librarians only", JON)

    again = await asked_which(disagreeing, "who/settled/2")
    assert [(side.author, side.text) for side in again.sides] == [(ADA, "Everyone"), (JON, "Librarians only")]


async def test_the_same_answer_in_other_letters_is_no_disagreement(disagreeing: Office) -> None:
    with pytest.raises(Refused, match=f"<@{JON}> answered that already: two"):
        await disagreeing.answer("copies", "Two.", MARA)
    with pytest.raises(Refused, match="answered that already"):
        await disagreeing.answer("copies", "you decide", MARA)
    assert await disagreeing.open_questions() == [WHICH]


async def test_a_person_may_change_the_own_answer(disagreeing: Office) -> None:
    await disagreeing.answer(WHICH, "Everyone", MARA)
    await disagreeing.answer("copies", "three", JON)
    await disagreeing.work()

    heard = {answer.question.id: answer.text for answer in disagreeing.planner.heard[-1].answers}
    assert heard["copies"] == "three"
    answered = [event.data for event in await disagreeing.rows(Event) if event.what == "answered"]
    assert ("copies", "three") in [(data["question"], data["answer"]) for data in answered]


async def test_words_count_more_than_you_decide(office: Office) -> None:
    office.planner.questions = (WHO, COPIES)
    await office.start()
    await office.work()
    await office.answer("copies", "you decide", JON)
    await office.answer("copies", "two", MARA)

    rows = {row.question_id: (row.answer, row.answered_by) for row in await office.rows(PlanQuestion)}
    assert rows["copies"] == ("two", MARA)
    assert await office.open_questions() == ["who"]
