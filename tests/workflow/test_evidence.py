"""What is proven of a plan: a criterion is done when every task that builds it is, and by which checks."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.task_plan import TaskState
from bot.documents.text.numbering import Removed
from bot.store.tables import DocumentRevision, Plan
from bot.verification.evidence import Check, Evidence
from bot.workflow.builds import leave_open, load_steps, tick
from bot.workflow.evidence import RequirementState, checks_by_task, requirement_states, told_gone
from bot.workflow.refusals import Refused
from tests.generation.samples import entity, key, text
from tests.workflow.office import JON, Office, library, passed

BOOK_MODEL, BOOK_SERVICE, BOOK_ENDPOINTS, BOOK_TESTS = "task 2.1", "task 3.2", "task 3.3", "task 4.1"
"""The tasks that build the criteria of books."""


async def requirements(office: Office) -> tuple[RequirementState, ...]:
    """Return how every requirement stands."""
    async with office.database.read() as session:
        return await requirement_states(session, await office.plan())


async def ticked(office: Office, *keys: str) -> None:
    """Tick these steps."""

    async def work(session: AsyncSession, plan: Plan) -> None:
        for step in await load_steps(session, plan.id):
            if step.key in keys:
                await tick(session, plan, step, Evidence(commit="c1", checks=(passed(5),)))

    await office.within(work)


async def building(office: Office) -> None:
    """Bring a plan to where its build has begun."""
    await office.in_review()
    await office.approve(1)
    await office.begin_build()


def states(requirement: RequirementState) -> dict[str, TaskState]:
    """Return the state of each criterion by its number."""
    return {criterion.number: criterion.state for criterion in requirement.criteria}


async def test_before_the_first_review_there_is_nothing_to_prove(office: Office) -> None:
    await office.start()
    with pytest.raises(Refused, match="no documents yet; its first review will number what it promises"):
        await requirements(office)


async def test_in_review_every_criterion_is_there_with_its_words_and_nothing_is_done(office: Office) -> None:
    await office.in_review()

    (books,) = await requirements(office)

    assert (books.number, books.title, books.done) == (1, "Books", 0)
    assert books.user_story.startswith(
        "As someone who uses the service, I want to create, read, list, change and delete books"
    )
    assert [criterion.number for criterion in books.criteria] == [f"1.{number}" for number in range(1, 10)]
    assert books.criteria[7].text == "WHEN a client deletes a book, THE System SHALL remove it and answer 204."
    assert set(states(books).values()) == {TaskState.TODO}
    assert [criterion.tasks for criterion in books.criteria] == [3, 3, 2, 3, 2, 3, 3, 3, 3]


async def test_a_criterion_is_done_with_the_last_of_its_tasks(office: Office) -> None:
    await building(office)
    await ticked(office, BOOK_SERVICE, BOOK_TESTS)

    (books,) = await requirements(office)
    assert {number for number, state in states(books).items() if state is TaskState.DONE} == {"1.3"}
    assert set(states(books).values()) == {TaskState.DONE, TaskState.DOING}
    assert books.done == 1

    await ticked(office, BOOK_ENDPOINTS)
    (books,) = await requirements(office)
    assert {number for number, state in states(books).items() if state is not TaskState.DONE} == {"1.9"}
    assert books.done == 8

    await ticked(office, BOOK_MODEL)
    assert (await requirements(office))[0].done == 9


async def test_the_ends_of_phases_prove_no_criterion(office: Office) -> None:
    await building(office)
    await ticked(office, "phase 1", "phase 2", "phase 3", "phase 4")
    assert set(states((await requirements(office))[0]).values()) == {TaskState.TODO}


async def test_a_criterion_that_no_task_builds_is_never_done(office: Office) -> None:
    await building(office)

    async def nobody_builds(session: AsyncSession, plan: Plan) -> None:
        row = next(row for row in await office.rows(DocumentRevision) if row.document == "task_plan")
        phases = [
            {**phase, "tasks": [{**task, "requirements": []} for task in phase["tasks"]]}
            for phase in row.content["phases"]
        ]
        row.content = {**row.content, "phases": phases}
        await session.merge(row)

    await office.within(nobody_builds)
    await ticked(office, BOOK_MODEL, BOOK_SERVICE, BOOK_ENDPOINTS, BOOK_TESTS)

    (books,) = await requirements(office)
    assert {criterion.tasks for criterion in books.criteria} == {0}
    assert set(states(books).values()) == {TaskState.TODO}


async def test_while_a_change_is_not_built_what_was_delivered_counts(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    delivered = await requirements(office)
    assert delivered[0].done == 9

    members = entity("Member", "members", key(), text("name"))
    office.planner.extra = {"specs": EntitySpecs(entities=(*library().entities, members))}
    await office.change("members with a name", 1, JON)
    await office.work()
    assert (await office.plan()).stage == "in review"
    assert await requirements(office) == delivered

    await office.approve(2, person=JON)
    assert await requirements(office) == delivered
    await office.begin_build()
    assert [requirement.title for requirement in await requirements(office)] == ["Books", "Members"]


async def test_the_checks_of_a_task_are_those_that_ticked_it(office: Office) -> None:
    await building(office)
    await ticked(office, BOOK_MODEL, "phase 2")

    async def left(session: AsyncSession, plan: Plan) -> None:
        step = next(step for step in await load_steps(session, plan.id) if step.key == BOOK_SERVICE)
        await leave_open(session, plan, step, "nobody could write it")

    await office.within(left)
    async with office.database.read() as session:
        checks = await checks_by_task(session, await office.plan())

    assert len(checks) == 14, "every task, neither the documents nor the ends of phases"
    assert {title: found for title, found in checks.items() if found} == {
        "Book: model, schemas and factory": (
            Check(word="pytest", passed=True, exit_code=0, collected=5, passed_tests=5),
        )
    }


def test_numbers_that_are_not_in_use_any_more_say_why() -> None:
    removed = (Removed(number="2", text="Shelves"), Removed(number="3.2", text="A shelf has a row."))
    requirements = Requirements(title="Library", introduction="", requirements=(), removed=removed)
    assert told_gone(requirements, "2") == "2 (“Shelves”) was taken out; its number is not given again."
    assert told_gone(requirements, "7") == "7 was taken out; its number is not given again."
