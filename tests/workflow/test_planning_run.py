"""Planning attempts: questions, then answers, then a review; what was overtaken leaves nothing."""

from __future__ import annotations

import pytest

from bot.generation.errors import UnsupportedSpecsError
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import Answer, Conversation, Interview, Message, PlannerError, Slot
from bot.store.tables import DocumentRevision, Plan, PlanQuestion, Review
from bot.workflow.planning_run import PlanningRun, interviewed, note_progress
from tests.workflow.office import COPIES, IDEA, JON, WHO, Office

TOKEN = "xoxb-1234567890-abcdefghijkl"
SENTENCE = "I don't know yet which things to manage. Name them with their fields."


async def test_questions_then_answers_then_a_review(office: Office) -> None:
    office.planner.questions = (WHO, COPIES)
    await office.start()
    await office.work()
    assert (await office.plan()).title == "Office library"
    await office.say("1. librarians, 2. two", JON)
    await office.work()

    heard = office.planner.heard
    assert [message.text for message in heard[0].messages] == [IDEA]
    assert [(a.question.id, a.text, a.author) for a in heard[1].answers] == [
        ("who", "librarians", JON),
        ("copies", "two", JON),
    ]
    plan = await office.plan()
    assert (plan.stage, plan.review, plan.run_stage, plan.hold) == ("in review", 1, None, None)
    assert [row.document for row in await office.rows(DocumentRevision)] == [
        "requirements", "entity_specs", "task_plan",
    ]  # fmt: skip
    assert (await office.message("review/1")).subject == {"review": 1}


async def test_questions_left_open_when_the_review_comes_are_withdrawn(office: Office) -> None:
    office.planner.questions = (WHO, COPIES)
    await office.start()
    await office.work()
    office.planner.questions = ()
    await office.say("only librarians; one copy of each")
    await office.work()

    assert (await office.plan()).stage == "in review"
    assert await office.open_questions() == []
    assert (await office.message("questions/1")).version > 1


async def test_an_attempt_that_was_overtaken_leaves_nothing(office: Office) -> None:
    office.planner.questions = (WHO,)
    await office.start()

    async def say_more() -> None:
        office.planner.meanwhile = None
        await office.say("members have a phone")

    office.planner.meanwhile = say_more
    await office.work()
    assert await office.rows(PlanQuestion) == []
    assert await office.wants() == ("plan", 2)

    await office.work()
    assert await office.open_questions() == ["who"]


async def test_a_proposal_that_was_overtaken_leaves_nothing(office: Office) -> None:
    await office.start()

    async def pause() -> None:
        await office.stop()

    office.planner.meanwhile = pause
    await office.work()
    assert await office.rows(Review) == []
    assert await office.rows(DocumentRevision) == []
    assert (await office.plan()).stage == "gathering"


async def test_a_refusal_that_was_overtaken_blocks_nothing(office: Office) -> None:
    await office.start()
    office.planner.meanwhile = lambda: office.say("more")
    office.planner.error = PlannerError(SENTENCE)
    await office.work()
    assert (await office.plan()).hold is None


async def test_an_old_attempt_does_not_even_ask_the_planner(office: Office) -> None:
    plan = await office.start()
    await office.say("more")
    await PlanningRun(office.database, office.planner).run(plan.id, 1)
    await PlanningRun(office.database, office.planner).run("nobody", 1)
    assert office.planner.heard == []


@pytest.mark.parametrize("error", [PlannerError(SENTENCE), UnsupportedSpecsError(SENTENCE)])
async def test_what_a_planner_refuses_blocks_the_plan_with_its_sentence(office: Office, error: Exception) -> None:
    office.planner.error = error
    await office.start()
    await office.work()

    plan = await office.plan()
    assert (plan.stage, plan.hold, plan.hold_reason, plan.run_stage) == ("gathering", "blocked", SENTENCE, "plan")
    assert (await office.message("problem/1")).subject["sentence"] == SENTENCE
    assert (await office.overview()).waiting_for == ("U0MARA",)


async def test_what_stayed_wrong_is_told_to_the_next_attempt_until_there_is_a_review(office: Office) -> None:
    wrong = tuple(f"finding {number} {'x' * 600}" for number in range(22))
    office.planner.error = PlannerError(SENTENCE, (f"token {TOKEN}", *wrong))
    await office.start()
    await office.work()
    office.planner.error = None
    await office.say("books with a title", JON)
    await office.work()

    heard = office.planner.heard[-1].findings
    assert heard[0] == "token [redacted Slack token]"
    assert [one[:10].strip() for one in heard[1:]] == [f"finding {number}" for number in range(19)]
    assert {len(one) for one in heard[1:]} == {500}
    await office.change("add pages", 1)
    await office.work()
    assert not any(one.startswith("finding") for one in office.planner.heard[-1].findings)


async def test_saying_more_is_the_help_that_a_blocked_plan_waited_for(office: Office) -> None:
    office.planner.error = PlannerError(SENTENCE)
    await office.start()
    await office.work()
    office.planner.error = None
    await office.say("books with a title", JON)
    assert (await office.plan()).hold is None
    problem = await office.message("problem/1")
    assert (problem.version, problem.subject["settled"]) == (2, 1)

    await office.work()
    assert (await office.plan()).stage == "in review"


async def test_a_planner_that_only_repeats_itself_asks_a_person(office: Office) -> None:
    office.planner.questions = (WHO,)
    await office.start()
    await office.work()
    await office.say("everyone")
    office.planner.forgets = True
    await office.work()
    plan = await office.plan()
    assert plan.hold == "blocked"
    assert "same things again" in plan.hold_reason
    await office.resume()
    assert (await office.wants())[0] == "plan"


CHOIR = (
    "Our choir lends out its sheet music. A piece has a composer, a title and a number of copies. A choir has a name. "
    "A choir borrows copies of a piece until a date."
)


async def test_an_answer_that_no_question_takes_leads_to_a_review_all_the_same() -> None:
    planner = BuiltInPlanner()
    conversation = Conversation(messages=(Message(author=JON, text=CHOIR, timestamp="1"),))
    for said in ("copies are only a number", "a loan says which piece and how many copies", "I said so"):
        _, interview = await interviewed(planner, conversation)
        answers = tuple(Answer(question=one, text=said, author=JON, timestamp="2") for one in interview.questions)
        conversation = conversation.model_copy(update={"answers": (*conversation.answers, *answers)})

    taken, interview = await interviewed(planner, conversation)

    assert interview.questions == ()
    assert "Piece" in {entity.name for entity in (await planner.propose(taken)).specs.entities}


async def test_any_other_fault_is_left_to_the_engine_to_try_again(office: Office) -> None:
    office.planner.error = RuntimeError("the network is gone")
    await office.start()
    with pytest.raises(RuntimeError, match="network"):
        await office.work()
    assert await office.wants() == ("plan", 1)


async def test_a_change_that_raises_a_question_takes_the_plan_back_to_gathering(office: Office) -> None:
    await office.in_review()
    await office.change("add pages", 1)
    office.planner.questions = (COPIES,)
    await office.work()
    plan = await office.plan()
    assert (plan.stage, plan.review) == ("gathering", 1)

    await office.say("two")
    await office.work()
    plan = await office.plan()
    assert (plan.stage, plan.review) == ("in review", 2)


def test_a_change_that_brings_up_more_takes_nothing_back_of_what_is_known() -> None:
    values = {"workspace": "T1", "channel": "C1", "handle": "library", "title": "Library", "starter": "U0MARA"}
    plan = Plan.model_validate(values | {"stage": "in review", "slots_known": 4, "slots_total": 4})
    slots = (Slot(name="things", known=True), Slot(name="how long a loan is", known=False))
    note_progress(plan, Interview(title="Library", slots=slots))
    assert (plan.slots_known, plan.slots_total) == (4, 5)
