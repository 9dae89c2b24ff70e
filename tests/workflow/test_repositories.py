"""A plan for an existing repository: its facts are kept with the plan, told to planners, and held against proposals."""

from __future__ import annotations

import pytest

from bot.documents.requirements.requirements import Requirements
from bot.inspection.facts import RepositoryFacts, facts_of
from bot.inspection.source_tree import SourceTree
from bot.language_model.openai_model import OpenAIModel
from bot.planning.model.planner import ModelPlanner
from bot.store.database import Database
from bot.store.tables import DocumentRevision, PlanRepository
from bot.workflow.planning_input import planning_input
from bot.workflow.planning_run import PlanningRun
from bot.workflow.plans import NewPlan, start_plan
from bot.workflow.repositories import repository_of
from bot.workflow.reviews import ReviewContent
from tests.stand_ins.library_script import LIBRARY, LIBRARY_ENTITIES, LIBRARY_SPECS
from tests.stand_ins.model import ModelStandIn, Step
from tests.workflow.office import IDEA, MARA, Office, ScriptedPlanner

TOKEN = "ghp_" + "a" * 36
SHOP = facts_of(
    SourceTree(
        files={
            "requirements.txt": f"fastapi\nSQLAlchemy==1.4.50\npsycopg2\nhttpx @ git+https://me:{TOKEN}@example.org/h\n",
            "app/main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
            "app/models.py": 'class Shelf(Base):\n    __tablename__ = "books"\n',
        }
    ),
    "shop",
)


async def start(office: Office, repository: RepositoryFacts | None = SHOP) -> None:
    new = NewPlan(workspace="T1", channel="C1", author=MARA, text=IDEA, key="k", repository=repository)
    async with office.database.write() as session:
        office.plan_id = (await start_plan(session, new, "scripted planner")).id


async def content(office: Office) -> ReviewContent:
    return ReviewContent.model_validate((await office.review()).content)


async def test_the_facts_are_kept_with_the_plan_and_survive_a_restart(office: Office, database: Database) -> None:
    await start(office)
    async with office.database.read() as session:
        row = await session.get_one(PlanRepository, office.plan_id)
    assert (row.workspace, row.name) == ("T1", "shop")
    assert TOKEN not in str(row.facts)

    later = Database(database.url)
    async with later.read() as session:
        plan = await office.plan()
        kept = await repository_of(session, plan)
        given = await planning_input(session, plan)
    await later.close()
    assert kept is not None
    assert kept.ways == SHOP.ways
    assert given.repository == kept
    assert TOKEN not in kept.for_prompt()


async def test_a_plan_of_its_own_has_none(office: Office) -> None:
    await start(office, None)
    await office.work()

    async with office.database.read() as session:
        assert await repository_of(session, await office.plan()) is None
    assert (await content(office)).assumptions == ()


async def test_the_review_says_what_agrees_and_what_does_not(office: Office, planner: ScriptedPlanner) -> None:
    await start(office)
    await office.work()
    shown = await content(office)

    assert planner.heard[-1].repository is not None
    assert shown.assumptions[0] == "The service gets a repository of its own; nothing is written to shop"
    assert "Like shop, the service is made with fastapi (requirements.txt:1)" in shown.assumptions[1]
    assert [finding.rule for finding in shown.findings if finding.rule > "PT8"] == ["PT805", "PT807"]
    rows = {row.document: row for row in await office.rows(DocumentRevision)}
    requirements = Requirements.model_validate(rows["requirements"].content)
    assert requirements.assumptions == shown.assumptions
    assert "(requirements.txt:1)" in rows["requirements"].text


async def test_a_difference_is_for_people_to_decide_and_they_may_approve(office: Office) -> None:
    await start(office)
    await office.work()
    await office.approve(1)

    assert (await office.plan()).stage == "approved"


async def test_a_change_keeps_to_it_and_says_nothing_twice(office: Office, planner: ScriptedPlanner) -> None:
    await start(office)
    await office.work()
    before = await content(office)
    await office.change("add pages", 1)
    await office.work()
    after = await content(office)

    assert after.assumptions == before.assumptions
    assert [one.rule for one in after.findings] == [one.rule for one in before.findings]
    told = planner.heard[-1].findings
    assert any(finding.startswith("PT807: Book: ") for finding in told)
    assert not any(finding.startswith("PT805") for finding in told), "no planner can mend what its blueprint is"


@pytest.mark.parametrize("insists", [True, False])
async def test_a_model_is_told_what_stands_and_people_see_what_it_keeps(office: Office, insists: bool) -> None:
    await start(office)
    mended = LIBRARY_ENTITIES | {"entity_specs": LIBRARY_SPECS.replace("TABLE: books", "TABLE: copies")}
    script = [Step(content=LIBRARY_ENTITIES)] if insists else [Step(content=LIBRARY_ENTITIES), Step(content=mended)]
    with ModelStandIn({**LIBRARY, "entity_specs": script}, must_hold=(IDEA,)) as server:
        model = OpenAIModel(api_key=server.key, base_url=server.url, model="some-model", retries=0)
        plan = await office.plan()
        await PlanningRun(office.database, ModelPlanner(model)).run(plan.id, plan.run_attempt)
        await model.close()

    repairs = [prompt for prompt in server.prompts() if prompt.startswith("# Decision: repair")]
    assert len(repairs) == (3 if insists else 1)
    assert "PT807" in repairs[0]
    assert "stored: Shelf in books (app/models.py:1)" in repairs[0]
    assert (await office.plan()).stage == "in review"
    found = [finding.rule for finding in (await content(office)).findings]
    assert ("PT807" in found) is insists
    assert found.count("PT805") == 1
