"""A plan for an existing repository: what it keeps to is assumed, what it does otherwise is found, names go back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.checks.repository_ways import RepositoryWays
from bot.documents.entities.entity_specs import EntitySpecs
from bot.inspection.facts import RepositoryFacts, facts_of
from bot.inspection.source_tree import SourceTree
from bot.language_model.openai_model import OpenAIModel
from bot.planning.conversation import Conversation, CustomBehaviour, Earlier, Message, PlannerError, Proposal
from bot.planning.existing_repository import found_against, is_for_the_planner, keeping_to
from bot.planning.model.planner import ModelPlanner
from tests.generation.samples import entity, key
from tests.planning.talking import propose, talk
from tests.stand_ins.library_script import LIBRARY, LIBRARY_ENTITIES, LIBRARY_SPECS, LIBRARY_TASKS
from tests.stand_ins.model import ModelStandIn, Step

MODERN = {
    "uv.lock": '[[package]]\nname = "pydantic"\nversion = "2.14.1"\n',
    "requirements.txt": "fastapi\nsqlalchemy==2.0.44\naiosqlite\npydantic\n",
    "app/main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
    "app/models.py": 'class Author(Base):\n    __tablename__ = "authors"\n',
    "alembic.ini": "[alembic]\n",
    "tests/conftest.py": "from httpx import AsyncClient\n\nclient = AsyncClient()\n",
}
OLD = {
    "requirements.txt": "fastapi\nSQLAlchemy==1.4.50\npsycopg2-binary\npydantic<2\n",
    "src/shop/main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
    "src/shop/models.py": 'class Shelf(Base):\n    __tablename__ = "books"\n',
    "tests/test_it.py": "from fastapi.testclient import TestClient\n\nclient = TestClient(None)\n",
}
PLAIN = talk("a library; members borrow books", "each loan is for three weeks")
CLASH = LIBRARY_SPECS.replace("TABLE: books", "TABLE: authors")


def repository(files: dict[str, str]) -> RepositoryFacts:
    return facts_of(SourceTree(files=files), "shop")


def rules(proposal: Proposal, facts: RepositoryFacts | None) -> list[str]:
    return [finding.rule for finding in found_against(proposal, facts)]


def test_the_built_in_planner_says_what_it_keeps_to_with_the_lines_that_show_it() -> None:
    facts = repository(MODERN)
    proposal = keeping_to(propose(talk("books with a title")), facts)

    assert proposal.assumptions[-2] == "The service gets a repository of its own; nothing is written to shop"
    assert proposal.assumptions[-1] == (
        "Like shop, the service is made with fastapi (requirements.txt:1), is asynchronous up to its database "
        "(requirements.txt:3), maps its tables with sqlalchemy (requirements.txt:2), has SQLAlchemy 2 "
        "(requirements.txt:2), changes its tables with Alembic (alembic.ini:1), has Pydantic 2 (uv.lock:2) and tests "
        "with AsyncClient (tests/conftest.py:3)"
    )
    assert found_against(proposal, facts) == ()
    assert keeping_to(proposal, facts) == proposal


def test_the_built_in_planner_says_what_it_can_not_keep_to() -> None:
    facts = repository(OLD)
    proposal = keeping_to(propose(talk("books with a title")), facts)
    found = found_against(proposal, facts)

    assert [finding.rule for finding in found] == ["PT805", "PT806", "PT807"]
    assert all(finding.severity == "warning" for finding in found)
    told = " ".join(finding.message for finding in found)
    for words in ("reaches its database synchronously", "has SQLAlchemy 1", "has no Alembic", "has Pydantic 1"):
        assert words in told
    assert "tests with TestClient; the service that is built is asynchronous up to its database" in told
    assert "in src/shop" in told
    assert "Book: the repository has the table books already (src/shop/models.py:1)." in told
    assert proposal.assumptions[-1].startswith("Like shop, the service is made with fastapi (requirements.txt:1)")
    assert "Pydantic" not in proposal.assumptions[-1]


def test_without_a_repository_nothing_is_added() -> None:
    proposal = propose(talk("books with a title"))

    assert keeping_to(proposal, None) == proposal
    assert found_against(proposal, None) == ()


def behaviour(detail: str) -> Proposal:
    custom = CustomBehaviour(title="Report", slug="report", criterion="c", done="d", details=(detail,))
    return Proposal(
        title="T", introduction="", specs=EntitySpecs(entities=(entity("Book", "books", key()),)), custom=(custom,)
    )


@pytest.mark.parametrize(
    ("detail", "rule"),
    [
        ("ask with psycopg2", "PT801"), ("use a @validator", "PT803"), ("test it with TestClient", "PT804"),
        ("use AsyncSession", None),
    ],
)  # fmt: skip
def test_words_of_behaviours_are_held_against_the_ways_that_the_service_has_too(detail: str, rule: str | None) -> None:
    found = found_against(behaviour(detail), repository(MODERN))

    assert [finding.rule for finding in found] == ([rule] if rule else [])
    assert all(finding.message.startswith("Report: The repository ") for finding in found)
    assert not {"PT801", "PT802", "PT803", "PT804"} & set(rules(behaviour(detail), repository(OLD)))


def test_a_repository_that_contradicts_itself_is_told_to_people_and_not_to_planners() -> None:
    facts = repository({"requirements.txt": "pydantic>=2\n", "a.py": "from pydantic import validator\n"})
    found = found_against(behaviour("count"), facts)

    assert [finding.rule for finding in found] == ["pydantic-versions"]
    assert [is_for_the_planner(each) for each in (*found, *found_against(behaviour("count"), repository(OLD)))] == [
        False, False, False, True,
    ]  # fmt: skip


@contextmanager
def scripted(script: dict[str, list[Step]], *must_hold: str) -> Iterator[ModelStandIn]:
    held = must_hold or ("stored: Author in authors (app/models.py:1)",)
    with ModelStandIn({**LIBRARY, **script}, must_hold=held) as server:
        yield server


async def planned(server: ModelStandIn, conversation: Conversation) -> Proposal:
    model = OpenAIModel(api_key=server.key, base_url=server.url, model="some-model", retries=0)
    try:
        return await ModelPlanner(model).propose(conversation)
    finally:
        await model.close()


def asked(server: ModelStandIn) -> list[str]:
    return [prompt.partition("\n")[0].removeprefix("# Decision: ") for prompt in server.prompts()]


FOR_MODERN = PLAIN.model_copy(update={"repository": repository(MODERN)})


async def test_a_prompt_without_the_facts_is_refused_by_the_stand_in() -> None:
    with ModelStandIn(LIBRARY, must_hold=("stored: Author in authors",)) as server:
        model = OpenAIModel(api_key=server.key, base_url=server.url, model="some-model", retries=0)
        await ModelPlanner(model).interview(FOR_MODERN)
        assert server.refused == []
        with pytest.raises(PlannerError, match="400"):
            await ModelPlanner(model).interview(PLAIN)
        await model.close()


async def test_a_name_that_is_taken_goes_back_to_the_model() -> None:
    wrong, right = Step(content=LIBRARY_ENTITIES | {"entity_specs": CLASH}), LIBRARY["entity_specs"]
    with ModelStandIn({**LIBRARY, "entity_specs": [wrong, *right]}) as server:
        proposal = await planned(server, FOR_MODERN)

    repairs = [prompt for prompt in server.prompts() if prompt.startswith("# Decision: repair")]
    assert len(repairs) == 1
    assert "Book: the repository has the table authors already (app/models.py:1)." in repairs[0]
    assert [each.table for each in proposal.specs.entities] == ["books", "members", "loans"]


async def test_a_model_that_insists_is_taken_at_its_word_and_people_see_the_finding() -> None:
    wrong = Step(content=LIBRARY_ENTITIES | {"entity_specs": CLASH})
    with ModelStandIn({**LIBRARY, "entity_specs": [wrong]}) as server:
        proposal = await planned(server, FOR_MODERN)

    assert asked(server).count("repair") == 3
    assert "PT807" in rules(proposal, FOR_MODERN.repository)


async def test_an_answer_that_is_wrong_otherwise_is_never_taken() -> None:
    wrong = Step(content=LIBRARY_ENTITIES | {"entity_specs": CLASH})
    broken = Step(content=LIBRARY_ENTITIES | {"features": ["blockchain"]})
    with ModelStandIn({**LIBRARY, "entity_specs": [broken, wrong, broken]}) as server:
        proposal = await planned(server, FOR_MODERN)

    assert proposal.specs.entities[0].table == "authors", "the one that only a name speaks against"


async def test_steps_that_work_otherwise_go_back_to_the_model() -> None:
    task = LIBRARY_TASKS["tasks"][0]
    wrong = LIBRARY_TASKS | {"tasks": [task | {"action": ["Read the loans with psycopg2"]}]}
    with ModelStandIn({**LIBRARY, "task_plan": [Step(content=wrong), Step(content=LIBRARY_TASKS)]}) as server:
        proposal = await planned(server, FOR_MODERN)

    assert "PT801: Overdue loans: The repository is asynchronous" in server.prompts()[-1].partition("## Your answer")[0]
    assert proposal.custom[0].details == tuple(task["action"])


async def test_a_change_is_held_against_it_too_but_not_for_what_was_there_before() -> None:
    with ModelStandIn(LIBRARY) as server:
        before = await planned(server, PLAIN)
    said = (Message(author="Jon", text="authors, too", timestamp="3"),)
    changed = FOR_MODERN.model_copy(update={"changes": said, "earlier": Earlier(proposal=before, changes=0)})
    unchanged = {
        "title": "", "introduction": "", "questions": [], "entity_specs": LIBRARY_SPECS, "features": [], "entities": [],
        "behaviours": [], "covered": [], "dropped": [], "decisions": [], "assumptions": [], "unread": [],
    }  # fmt: skip
    clash = Step(content=unchanged | {"entity_specs": CLASH})
    with scripted({"revision": [clash, Step(content=unchanged)]}) as server:
        await planned(server, changed)
    assert asked(server)[:2] == ["revision", "repair"]

    shelved = {**MODERN, "app/models.py": 'class Author(Base):\n    __tablename__ = "books"\n'}
    known = changed.model_copy(update={"repository": repository(shelved)})
    with scripted({"revision": [Step(content=unchanged)]}, "stored: Author in books") as server:
        await planned(server, known)
    assert asked(server) == ["revision"], "people have seen that finding"


def test_ways_without_a_fact_are_not_compared() -> None:
    assert RepositoryWays() == repository({"a.py": "x = 1\n"}).ways
