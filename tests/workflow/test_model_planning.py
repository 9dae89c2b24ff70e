"""A model plans over real HTTP, through the workflow: it ends in review, or waits for a person with a sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest

from bot.documents.requirements.requirements import Requirements
from bot.language_model.openai_model import OpenAIModel
from bot.planning.conversation import PlannerError
from bot.planning.model.planner import ModelPlanner
from bot.store.database import Database
from bot.store.tables import DocumentRevision
from bot.workflow.model_calls import KeptAnswers, running
from bot.workflow.planning_input import planning_input
from bot.workflow.planning_run import PlanningRun
from bot.workflow.ports import Stage
from bot.workflow.reviews import ReviewContent
from tests.stand_ins.library_script import LIBRARY, LIBRARY_ENTITIES, LIBRARY_INTERVIEW, LIBRARY_SPECS
from tests.stand_ins.model import ModelStandIn, Step
from tests.workflow.office import IDEA, JON, Office

FEES = {
    "id": "fees", "about": "what else it does", "text": "What happens when a book is late?",
    "reason": "A fee needs an amount.", "options": ["Nothing", "A fee"], "default": "Nothing",
}  # fmt: skip
ASKING = Step(content=LIBRARY_INTERVIEW | {"known": ["the things it manages"], "questions": [FEES]})
UNCHANGED: dict[str, Any] = {
    "title": "", "introduction": "", "questions": [], "entity_specs": LIBRARY_SPECS, "features": [], "entities": [],
    "behaviours": [], "covered": [], "dropped": [], "decisions": [], "assumptions": [], "unread": [],
}  # fmt: skip
CIRCLE = LIBRARY_SPECS.replace("  - isbn", "  - loan_id: int (foreign key to Loan)\n  - isbn")
BARE = "ENTITY: Book\nFIELDS:\n  - id: int (primary key)\n"


def entities(**other: Any) -> Step:
    """Return an answer about entities that differs from the good one."""
    return Step(content=LIBRARY_ENTITIES | other)


@contextmanager
def scripted(script: Mapping[str, list[Step]], understands: Any = "json_schema") -> Iterator[ModelStandIn]:
    with ModelStandIn({**LIBRARY, **script}, must_hold=(IDEA,), understands=understands) as server:
        yield server


@asynccontextmanager
async def planning(
    office: Office, server: ModelStandIn, *, retries: int = 0, timeout: float = 30.0
) -> AsyncIterator[Callable[[], Any]]:
    """Give a way to let the model work on what the plan wants, once, in a process of its own."""
    model = OpenAIModel(api_key=server.key, base_url=server.url, model="some-model", retries=retries, timeout=timeout)

    async def work() -> None:
        plan = await office.plan()
        planner = ModelPlanner(KeptAnswers(model, office.database))
        with running(plan.id, Stage.PLAN, plan.run_attempt):
            await PlanningRun(office.database, planner).run(plan.id, plan.run_attempt)

    yield work
    await model.close()


GOOD_IN_THE_END: dict[str, tuple[dict[str, list[Step]], dict[str, Any]]] = {
    "good answers": ({}, {}),
    "wrong JSON, then right": ({"requirements": [Step(content="{nope"), *LIBRARY["requirements"]]}, {}),
    "an unknown type, then right": (
        {"entity_specs": [entities(entity_specs=f"{BARE}  - price: Monneyy\n"), *LIBRARY["entity_specs"]]}, {},
    ),
    "a circle of required keys, then right": (
        {"entity_specs": [entities(entity_specs=CIRCLE), *LIBRARY["entity_specs"]]}, {},
    ),
    "a missing entity, then right": (
        {"entity_specs": [entities(entity_specs=f"{BARE}  - of: int (foreign key to Shop)"), *LIBRARY["entity_specs"]]},
        {},
    ),
    "429 with Retry-After, then right": (
        {"interview": [Step("status", status=429, headers={"Retry-After": "0"}), *LIBRARY["interview"]]},
        {"retries": 1},
    ),
    "500, then right": ({"interview": [Step("status", status=500), *LIBRARY["interview"]]}, {"retries": 1}),
    "a hang, then right": ({"interview": [Step("hang"), *LIBRARY["interview"]]}, {"retries": 1, "timeout": 5.0}),
}  # fmt: skip


@pytest.mark.parametrize("case", GOOD_IN_THE_END)
async def test_what_can_be_mended_ends_in_review(office: Office, case: str) -> None:
    script, client = GOOD_IN_THE_END[case]
    await office.start()
    with scripted(script) as server:
        async with planning(office, server, **client) as work:
            await work()

    plan = await office.plan()
    assert (plan.stage, plan.review, plan.hold, plan.title) == ("in review", 1, None, "Library")
    assert server.refused == []
    content = ReviewContent.model_validate((await office.review()).content)
    assert content.custom == ("Overdue loans",)
    assert content.risks
    assert not any(finding.severity == "error" for finding in content.findings)


@pytest.mark.parametrize("understands", ["json_object", "text"])
async def test_a_server_without_structured_outputs_plans_too(office: Office, understands: str) -> None:
    await office.start()
    prose = Step(content=f"Here it is:\n{LIBRARY_SPECS}\nGood luck!")
    lending = dict(LIBRARY["requirements"][0].content)
    lending["behaviours"] = [each for each in lending["behaviours"] if each["title"] == "Overdue loans"]
    script = {"requirements": [Step(content=lending)], "entity_specs": [prose]}
    with scripted(script, understands) as server:
        async with planning(office, server) as work:
            await work()

    assert (await office.plan()).stage == "in review"


WAITS: dict[str, tuple[dict[str, list[Step]], str]] = {
    "never right": ({"entity_specs": [entities(features=["blockchain"])]}, "asked 4 times for the entities"),
    "never JSON": ({"interview": [Step(content="Lovely weather.")]}, "asked 4 times for what is missing"),
    "refusal": ({"requirements": [Step("refusal")]}, "declined to answer"),
    "cut off": ({"entity_specs": [Step("cut off", content=LIBRARY_ENTITIES)]}, "was cut off"),
    "429": ({"task_plan": [Step("status", status=429, headers={"Retry-After": "0"})]}, "takes no more requests"),
    "500": ({"interview": [Step("status", status=500)]}, "answered with an error (500)"),
    "a hang": ({"interview": [Step("hang")]}, "did not answer in time"),
}


@pytest.mark.parametrize("case", WAITS)
async def test_what_can_not_be_mended_waits_for_a_person(office: Office, case: str) -> None:
    script, says = WAITS[case]
    await office.start()
    with scripted(script) as server:
        async with planning(office, server, timeout=3.0) as work:
            await work()

    plan = await office.plan()
    assert (plan.stage, plan.hold) == ("gathering", "blocked")
    assert says in plan.hold_reason
    problem = await office.message(f"problem/{plan.run_attempt}")
    assert says in problem.subject["sentence"]

    with scripted({}) as server:
        async with planning(office, server) as work:
            await office.resume()
            await work()
    assert (await office.plan()).stage == "in review", "nothing was lost"


async def test_a_person_s_reply_is_read_with_what_was_wrong(office: Office) -> None:
    await office.start()
    with scripted({"entity_specs": [entities(features=["blockchain"])]}) as server:
        async with planning(office, server) as work:
            await work()
    await office.say("leave the blockchain out", JON)
    with scripted({}) as server:
        async with planning(office, server) as work:
            await work()

    assert all("- features: there is none called 'blockchain'" in prompt for prompt in server.prompts())
    assert all("leave the blockchain out" in prompt for prompt in server.prompts())
    assert (await office.plan()).stage == "in review"


async def test_a_question_its_answer_and_a_change_with_a_new_process_each_time(office: Office) -> None:
    await office.start()
    with scripted({"interview": [ASKING, *LIBRARY["interview"]]}) as server:
        async with planning(office, server) as work:
            await work()
            assert await office.open_questions() == ["fees"]
            await office.say("A fee of one euro", JON)
            await work()
    assert (await office.plan()).review == 1
    assert "A fee of one euro" in server.prompts()[-1]

    await office.change("books need a shelf", 1, JON)
    shelved = LIBRARY_SPECS.replace("  - isbn:", "  - shelf: Optional[str] (max 20)\n  - isbn:")
    with scripted({"revision": [Step(content=UNCHANGED | {"entity_specs": shelved})]}) as server:
        async with planning(office, server) as work:
            await work()

    assert [prompt.partition("\n")[0] for prompt in server.prompts()] == ["# Decision: revision"]
    assert "books need a shelf" in server.prompts()[0]
    assert "A fee of one euro" in server.prompts()[0]
    plan = await office.plan()
    assert (plan.stage, plan.review) == ("in review", 2)
    content = ReviewContent.model_validate((await office.review()).content)
    assert any("shelf" in change for change in content.changes)
    assert content.heard_changes == 1
    async with office.database.read() as session:
        assert (await planning_input(session, plan)).new_changes == ()


async def test_a_change_that_raises_a_question_waits_for_its_answer(office: Office) -> None:
    await office.start()
    with scripted({"revision": [Step(content=UNCHANGED | {"questions": [FEES]}), Step(content=UNCHANGED)]}) as server:
        async with planning(office, server) as work:
            await work()
            await office.change("fees!", 1)
            await work()
            assert (await office.plan()).stage == "gathering"
            assert await office.open_questions() == ["fees"]
            await office.say("A fee", JON)
            await work()

    assert (await office.plan()).stage == "in review"
    assert "fees!" in server.prompts()[-1]


async def test_a_killed_run_pays_for_no_answer_twice(office: Office, database: Database) -> None:
    await office.start()
    with scripted({}) as server:
        async with planning(office, server) as work:
            server.script["task_plan"] = [Step("status", status=500)]
            plan = await office.plan()
            planner = ModelPlanner(KeptAnswers(model_of(server), database))
            async with database.read() as session:
                conversation = await planning_input(session, plan)
            with running(plan.id, Stage.PLAN, plan.run_attempt):
                await planner.interview(conversation)
                with pytest.raises(PlannerError, match="500"):
                    await planner.propose(conversation)
            before = len(server.requests)
            server.script["task_plan"] = list(LIBRARY["task_plan"])
            await work()

    assert before == 4
    assert len(server.requests) == before + 1, "only what had no answer was asked again"
    assert (await office.plan()).stage == "in review"


def model_of(server: ModelStandIn) -> OpenAIModel:
    """Return a client of the stand-in."""
    return OpenAIModel(api_key=server.key, base_url=server.url, model="some-model", retries=0)


async def test_the_review_shows_requirements_in_people_s_words(office: Office) -> None:
    await office.start()
    with scripted({}) as server:
        async with planning(office, server) as work:
            await work()

    rows = {row.document: row for row in await office.rows(DocumentRevision)}
    requirements = Requirements.model_validate(rows["requirements"].content)
    assert requirements.requirements[0].user_story.startswith("As a librarian, I want to keep the catalogue")
    assert "the longest late first" in rows["requirements"].text
