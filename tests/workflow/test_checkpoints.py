"""Checkpoints: what is asked, who answers, by which words, and what the answer is as evidence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Event, Plan, PlanQuestion
from bot.workflow.builds import load_steps
from bot.workflow.checkpoints import (
    CONFIRM,
    REFUSE,
    Checkpoint,
    CheckpointKind,
    answer_checkpoint,
    answer_in_words,
    ask_checkpoint,
    checkpoint_numbered,
    checkpoint_of_row,
    checkpoints_of,
    confirmation,
    open_checkpoint,
    wait_for_answer,
    without_words,
)
from bot.workflow.refusals import Refused
from bot.workflow.stages import Hold
from tests.workflow.office import ADA, MARA, WHO, Office

TASK = "task 2.1"
OPTIONS = ("Blue", "Green")


@pytest.fixture
async def office(office: Office) -> Office:
    """An office whose library is being built."""
    office.planner.questions = (WHO,)
    await office.start()
    await office.work()
    await office.answer("who", "Everyone")
    await office.work()
    await office.approve(1)
    await office.begin_build()
    return office


async def ask(
    office: Office,
    kind: CheckpointKind = CheckpointKind.LOOK,
    question: str = "Does the list look right?",
    options: Sequence[str] = (),
    step: str = TASK,
    why: str = "",
) -> int:
    """Ask a person about a step, and return the number that its buttons carry."""

    async def do(session: AsyncSession, plan: Plan) -> None:
        asked = next(one for one in await load_steps(session, plan.id) if one.key == step)
        await ask_checkpoint(session, plan, asked, kind, question, "open /books", options, why)

    await office.within(do)
    return (await office.rows(PlanQuestion))[-1].id or 0


async def answer(office: Office, number: int, text: str, person: str = MARA) -> str:
    """Answer by button or form."""
    said: str = await office.within(lambda session, plan: answer_checkpoint(session, plan, number, text, person, "k"))
    return said


async def point(office: Office, number: int) -> Checkpoint:
    """Return a checkpoint by the number of its buttons."""
    async with office.database.read() as session:
        return await checkpoint_of_row(session, await office.plan(), number)


async def words(office: Office, text: str, *, addressed: bool = False) -> tuple[int, str] | None:
    """Return what a whole message answers."""
    async with office.database.read() as session:
        return await answer_in_words(session, await office.plan(), text, addressed=addressed)


async def test_a_question_is_asked_once_posted_and_waited_for(office: Office) -> None:
    card = (await office.message("card")).version
    number = await ask(office)

    plan, asked = await office.plan(), await point(office, number)
    assert (plan.hold, plan.hold_reason, plan.hold_by) == (
        Hold.WAITING,
        "2.1 Book: model, schemas and factory",
        "planthread",
    )
    assert (asked.number, asked.kind, asked.step, asked.answer) == (number, CheckpointKind.LOOK, TASK, None)
    assert (asked.question.id, asked.question.text, asked.question.reason) == (
        "checkpoint/task 2.1/human-verify/1",
        "Does the list look right?",
        "open /books",
    )
    assert (await office.message("checkpoint/2")).subject == {"round": 2}, "a round of its own, after who"
    assert (await office.message("card")).version == card + 1
    (noted,) = [event.data for event in await office.rows(Event) if event.what == "checkpoint"]
    assert noted == {"step": TASK, "kind": "human-verify"}


async def test_what_the_plan_says_that_it_waits_for_can_be_given(office: Office) -> None:
    await ask(office, why="who gets access")
    assert (await office.plan()).hold_reason == "who gets access"


async def test_a_number_that_is_no_checkpoint_of_the_plan_is_refused(office: Office) -> None:
    number = await ask(office)
    planners = (await office.rows(PlanQuestion))[0].id or 0
    for wrong in (planners, number + 1):
        with pytest.raises(Refused, match="not one of this plan's"):
            await point(office, wrong)
    await office.start()
    with pytest.raises(Refused, match="not one of this plan's"):
        await point(office, number)


async def test_a_message_leads_to_its_checkpoint(office: Office) -> None:
    number = await ask(office)
    async with office.database.read() as session:
        plan = await office.plan()
        found = await checkpoint_numbered(session, plan, 2)
        assert found is not None
        assert found.number == number
        assert await checkpoint_numbered(session, plan, 3) is None
    await office.start()
    async with office.database.read() as session:
        assert await checkpoint_numbered(session, await office.plan(), 2) is None


async def test_a_yes_is_evidence_and_the_build_goes_on(office: Office) -> None:
    number = await ask(office)
    before = (await office.plan()).run_attempt

    assert await answer(office, number, " Confirm ") == ""

    plan, said = await office.plan(), await point(office, number)
    assert (plan.hold, plan.run_stage, plan.run_attempt) == (None, "build", before + 1)
    assert (said.answer, said.answered_by, said.answer_key, said.is_refused) == ("Confirm", MARA, "k", False)
    check = confirmation(said)
    assert (check.word, check.passed, check.by, check.message) == ("confirmed by a person", True, MARA, "k")
    assert check.tail == "Does the list look right?\n→ Confirm"
    event = next(event for event in await office.rows(Event) if event.what == "confirmed")
    assert (event.actor, event.message_key, event.data) == (MARA, "k", {"step": TASK, "answer": "Confirm"})
    with pytest.raises(Refused, match=f"<@{MARA}> answered that already"):
        await answer(office, number, "no", ADA)


async def test_a_no_blocks_the_step_with_what_is_wrong(office: Office) -> None:
    number = await ask(office)
    await answer(office, number, "no: the titles\nare cut")

    plan, said = await office.plan(), await point(office, number)
    assert (said.is_refused, said.hint) == (True, "the titles\nare cut")
    assert not confirmation(said).passed
    assert plan.hold == Hold.BLOCKED
    assert "“Does the list look right?” isn't right: “the titles\nare cut”. `Retry`" in plan.hold_reason
    problem = await office.message(f"problem/{plan.run_attempt}")
    assert problem.subject["skippable"] == TASK
    assert "refused" in await office.events()


async def test_the_button_that_refuses_gives_no_reason(office: Office) -> None:
    number = await ask(office)
    await answer(office, number, REFUSE)
    assert (await point(office, number)).hint == ""
    assert "isn't right. `Retry`" in (await office.plan()).hold_reason


async def test_an_answer_to_a_paused_plan_is_kept_and_nothing_goes_on(office: Office) -> None:
    number = await ask(office)
    await office.stop()
    before = await office.wants()
    assert "paused; it goes on from there once somebody presses `Resume`" in await answer(office, number, "yes")
    assert ((await office.plan()).hold, await office.wants()) == (Hold.PAUSED, before)
    assert (await point(office, number)).answer == "yes"


async def test_only_who_may_approve_answers_and_something_must_be_said(office: Office) -> None:
    number = await ask(office)
    with pytest.raises(Refused, match=f"<@{MARA}> can approve this plan"):
        await answer(office, number, "yes", ADA)
    with pytest.raises(Refused, match="Say `confirm`, or `no: …`"):
        await answer(office, number, " \n")
    assert (await point(office, number)).answer is None
    await office.within(lambda session, plan: withdrawn(session, number))
    with pytest.raises(Refused, match="not open any more"):
        await answer(office, number, "yes")


async def withdrawn(session: AsyncSession, number: int) -> None:
    """Take a question back."""
    (await session.get_one(PlanQuestion, number)).withdrawn = True


async def test_a_word_answers_a_look_and_other_talk_nothing(office: Office) -> None:
    assert await words(office, "yes") is None, "nothing is asked"
    number = await ask(office)
    for said in ("yes", "It works!", "CONFIRMED.", "no", "wrong: the titles", "it isn't right"):
        assert await words(office, f" {said} ") == (number, said)
    for said in ("yes, but later", "nothing yet", "no idea", ""):
        assert await words(office, said, addressed=True) is None


async def test_a_decision_is_chosen_by_words_or_number_and_own_words_only_where_the_bot_is_addressed(
    office: Office,
) -> None:
    number = await ask(office, CheckpointKind.DECISION, "Which colour?", OPTIONS)
    chosen = {"green": "Green", "Blue!": "Blue", "1": "Blue", "2.": "Green"}
    for said, option in chosen.items():
        assert await words(office, said) == (number, option)
    for said in ("0", "3", "0002", "red", "yes"):
        assert await words(office, said) is None
        assert await words(office, said, addressed=True) == (number, said)
    assert await words(office, " ", addressed=True) is None


async def test_a_decision_cant_be_refused(office: Office) -> None:
    number = await ask(office, CheckpointKind.DECISION, "Which colour?", OPTIONS)
    await answer(office, number, "no")
    said = await point(office, number)
    assert (said.chooses, said.is_refused, said.hint) == (True, False, "")
    assert (confirmation(said).word, confirmation(said).passed) == ("decided by a person", True)
    assert (await office.plan()).hold is None


async def test_whom_an_answer_gives_access_is_read_and_what_is_no_name_refused(office: Office) -> None:
    number = await ask(office, CheckpointKind.ACCESS, "Who gets access?", ("Nobody else",))
    with pytest.raises(Refused, match="no name on GitHub"):
        await answer(office, number, "what?!")
    await answer(office, number, "@octocat and acme/backend")
    assert (await point(office, number)).answer == "octocat, acme/backend"


async def test_the_last_open_question_waits_and_each_step_has_its_own(office: Office) -> None:
    first = await ask(office)
    second = await ask(office, question="And now?")
    other = await ask(office, step="task 2.2", kind=CheckpointKind.ACTION)
    async with office.database.read() as session:
        plan = await office.plan()
        assert [one.number for one in await checkpoints_of(session, plan, TASK)] == [first, second]
        assert [one.question.id[-1] for one in await checkpoints_of(session, plan, TASK)] == ["1", "2"]
        waits = await open_checkpoint(session, plan)
        assert waits is not None
        assert waits.number == other
    await answer(office, other, "done")
    async with office.database.read() as session:
        waits = await open_checkpoint(session, await office.plan())
    assert waits is not None
    assert waits.number == second


async def test_nothing_waits_where_nothing_is_built(office: Office) -> None:
    await ask(office)
    await office.within(lambda session, plan: cancelled(plan))
    async with office.database.read() as session:
        assert await open_checkpoint(session, await office.plan()) is None


async def cancelled(plan: Plan) -> None:
    """End a plan."""
    plan.stage = "cancelled"


async def test_a_run_that_finds_its_question_open_waits_on_unless_it_is_outdated(office: Office) -> None:
    await ask(office)
    attempt = (await office.plan()).run_attempt

    async def found(session: AsyncSession, plan: Plan, of: int) -> None:
        step = next(one for one in await load_steps(session, plan.id) if one.key == TASK)
        await wait_for_answer(session, plan, step, of, "a person")

    async def resumed(session: AsyncSession, plan: Plan) -> None:
        plan.hold = None

    await office.within(resumed)
    await office.within(lambda session, plan: found(session, plan, attempt - 1))
    assert (await office.plan()).hold is None
    await office.within(lambda session, plan: found(session, plan, attempt))
    assert ((await office.plan()).hold, (await office.plan()).hold_reason) == (Hold.WAITING, "a person")


async def test_what_is_kept_of_somebody_who_is_forgotten_holds_none_of_their_words(office: Office) -> None:
    async def left(number: int) -> str | None:
        row = next(row for row in await office.rows(PlanQuestion) if row.id == number)
        return without_words(row)

    kept = []
    for said in ("it works", "no: my aunt is called Zoe"):
        number = await ask(office)
        await answer(office, number, said)
        kept.append(await left(number))
        await office.within(lambda session, plan: unheld(plan))
    for said in ("Green", "as my aunt Zoe likes it"):
        number = await ask(office, CheckpointKind.DECISION, "Which colour?", OPTIONS)
        await answer(office, number, said)
        kept.append(await left(number))
    assert kept == [CONFIRM, REFUSE, "Green", ""]
    assert await left((await office.rows(PlanQuestion))[0].id or 0) is None, "no checkpoint"


async def unheld(plan: Plan) -> None:
    """Lift whatever holds a plan."""
    plan.hold = None
