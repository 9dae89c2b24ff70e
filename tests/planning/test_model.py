"""The model planner over real HTTP: it pays once, mends what is wrong, and never loses a plan."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest

from bot.language_model.openai_model import OpenAIModel
from bot.planning.conversation import Answer, Conversation, Message, PlannerError
from bot.planning.model import ModelPlanner
from tests.planning.talking import talk
from tests.stand_ins.library_script import LIBRARY_PLAN
from tests.stand_ins.model import ModelStandIn, Step

TALK = talk("a library; members borrow books", "each loan is for three weeks")
QUESTION = {
    "id": "fees", "about": "what else it does", "text": "What happens when a book is late?",
    "reason": "Weeks.", "options": ["Nothing", "A fee"], "default": "Nothing",
}  # fmt: skip


KEYED = "ENTITY: Book\nFIELDS:\n  - id: int (primary key)\n"


@contextmanager
def scripted(*steps: Step | dict[str, Any]) -> Iterator[ModelStandIn]:
    script = [step if isinstance(step, Step) else Step(content=LIBRARY_PLAN | step) for step in steps]
    with ModelStandIn({"entity_specs": script}, must_hold=("a library; members borrow books",)) as server:
        yield server


@asynccontextmanager
async def planner_of(server: ModelStandIn) -> AsyncIterator[ModelPlanner]:
    model = OpenAIModel(api_key=server.key, base_url=server.url, model="some-model", retries=0)
    yield ModelPlanner(model)
    await model.close()


async def failure(*steps: Step | dict[str, Any]) -> str:
    with scripted(*steps) as server:
        async with planner_of(server) as planner:
            with pytest.raises(PlannerError) as caught:
                await planner.propose(TALK)
    return str(caught.value)


async def test_a_plan_is_read_checked_and_paid_for_once() -> None:
    with scripted({}) as server:
        async with planner_of(server) as planner:
            interview = await planner.interview(TALK)
            proposal = await planner.propose(TALK)

    assert planner.name == "some-model"
    assert interview.questions == ()
    assert all(slot.known for slot in interview.slots)
    assert [entity.name for entity in proposal.specs.entities] == ["Book", "Member", "Loan"]
    assert [behaviour.slug for behaviour in proposal.custom] == ["overdue_loans"]
    assert len(server.requests) == 1


async def test_a_question_is_asked_and_its_answer_is_told() -> None:
    with scripted({"questions": [QUESTION]}, {}) as server:
        async with planner_of(server) as planner:
            interview = await planner.interview(TALK)
            answer = Answer(question=interview.questions[0], text="A fee", author="Jon", timestamp="2")
            after = await planner.interview(TALK.model_copy(update={"answers": (answer,)}))

    assert [slot.name for slot in interview.slots if not slot.known] == ["what else it does"]
    assert after.questions == ()
    assert "Jon: A fee" in server.prompts()[1]


async def test_an_unanswered_question_ends_as_an_assumption() -> None:
    with scripted({"questions": [QUESTION]}) as server:
        async with planner_of(server) as planner:
            proposal = await planner.propose(TALK)

    assert "What happens when a book is late? Nothing" in proposal.assumptions


async def test_a_change_is_told_with_the_entities_it_was_said_about() -> None:
    changed = TALK.model_copy(update={"changes": (Message(author="Jon", text="books need a shelf", timestamp="3"),)})
    with scripted({}) as server:
        async with planner_of(server) as planner:
            await planner.propose(TALK)
            await planner.propose(changed)

    assert "Jon: books need a shelf" in server.prompts()[1]
    assert "ENTITY: Loan" in server.prompts()[1]


@pytest.mark.parametrize(
    ("nonsense", "told"),
    [
        ({"entity_specs": KEYED + "  - price: Monneyy\n"}, "Monneyy"),
        ({"entity_specs": "nothing at all"}, "PT004"),
        ({"entity_specs": KEYED + "  - shelf_id: int (foreign key to Shelf)"}, "Shelf"),
        ({"title": " "}, "title"),
        ({"questions": [QUESTION | {"id": str(number)} for number in range(4)]}, "at most 3"),
        ({"questions": [QUESTION, QUESTION]}, "same id"),
        ({"questions": [QUESTION | {"id": "Not An Id"}]}, "Not An Id"),
        ({"custom": [LIBRARY_PLAN["custom"][0] | {"slug": "Overdue Loans!"}]}, "Overdue Loans!"),
        ({"custom": [LIBRARY_PLAN["custom"][0] | {"criterion": "list late loans"}]}, "EARS"),
        ({"custom": LIBRARY_PLAN["custom"] * 2}, "same slug"),
    ],
)  # fmt: skip
async def test_nonsense_goes_back_to_the_model_with_what_is_wrong(nonsense: dict[str, Any], told: str) -> None:
    with scripted(nonsense, {}) as server:
        async with planner_of(server) as planner:
            proposal = await planner.propose(TALK)

    assert proposal.title == "Library"
    assert told in server.prompts()[1].rpartition("BEGIN MATERIAL findings")[2]


async def test_a_question_that_was_answered_is_not_taken_again() -> None:
    given = Conversation(
        messages=TALK.messages,
        answers=talk("x", answers={"fees": "A fee"}).answers,
    )
    with scripted({"questions": [QUESTION]}, {}) as server:
        async with planner_of(server) as planner:
            interview = await planner.interview(given)

    assert interview.questions == ()
    assert "was answered already" in server.prompts()[1]


async def test_wrong_json_goes_back_too() -> None:
    with scripted(Step(content='{"title": 1}'), {}) as server:
        async with planner_of(server) as planner:
            assert (await planner.propose(TALK)).title == "Library"
    assert len(server.requests) == 2


async def test_after_three_repairs_a_person_is_told_what_is_wrong() -> None:
    told = await failure({"title": ""})

    assert "asked 4 times" in told
    assert "title" in told


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (Step("refusal"), "declined"),
        (Step("cut off", content=LIBRARY_PLAN), "cut off"),
        (Step("status", status=500), "(500)"),
        (Step("status", status=429, headers={"Retry-After": "0"}), "no more requests"),
    ],
)
async def test_a_model_that_gives_no_answer_is_said_in_one_sentence(step: Step, says: str) -> None:
    assert says in await failure(step)


async def test_failing_is_not_remembered() -> None:
    with scripted(Step("status", status=500), {}) as server:
        async with planner_of(server) as planner:
            with pytest.raises(PlannerError):
                await planner.interview(TALK)
            assert (await planner.interview(TALK)).title == "Library"


async def test_a_plan_of_questions_only_can_not_be_proposed() -> None:
    told = await failure({"questions": [QUESTION], "entity_specs": ""})

    assert "Name the things" in told
