"""`why 2.1`: from a criterion back to the message, and on to the task, its commit and its tests."""

from __future__ import annotations

import pytest

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.tasks.task_plan import TaskState
from bot.workflow.provenance import Reason, asked_why, why
from bot.workflow.refusals import Refused
from tests.generation.samples import entity, key, text
from tests.workflow.office import JON, MARA, Office, library
from tests.workflow.test_reviews import OVERDUE, criteria


async def reason_of(office: Office, name: str) -> Reason:
    """Ask why something is in the plan."""
    async with office.database.read() as session:
        return await why(session, await office.plan(), name)


async def number_of(office: Office, words: str) -> str:
    """Return the number of the criterion with these words."""
    return next(number for number, text in (await criteria(office)).items() if words in text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("why 2.1", "2.1"), ("Why 2.1?", "2.1"), (" why 3 ", "3"), ("why Book", "Book"), ("why B.title ?", "B.title"),
        ("why", ""), ("why not", "not"), ("why is 2.1 there", ""), ("and why 2.1", ""), ("why 2.1.3", ""), ("why?", ""),
    ],
)  # fmt: skip
def test_only_a_whole_message_asks_why(text: str, asked: str) -> None:
    assert asked_why(text) == asked


async def test_a_criterion_leads_to_its_message_its_tasks_and_their_evidence(office: Office) -> None:
    await office.in_review()
    number = await number_of(office, "stored book")
    before = await reason_of(office, number)

    await office.approve(1)
    await office.deliver()
    after = await reason_of(office, number)

    assert [(source.author, source.quote) for source in before.sources] == [
        (MARA, "a library: books with a title and a price")
    ]
    assert before.tasks
    assert {task.state for task in before.tasks} == {TaskState.TODO}
    assert before.approved_by == ()
    assert [task.number for task in after.tasks] == [task.number for task in before.tasks]
    assert all(task.commit and task.tests for task in after.tasks if task.state is TaskState.DONE)
    assert {task.state for task in after.tasks} == {TaskState.DONE}
    assert after.approved_by == (MARA,)


async def test_a_change_is_the_source_of_what_it_brought(office: Office) -> None:
    await office.in_review()
    await office.change("add pages", 1, JON)
    await office.work()

    reason = await reason_of(office, "book.pages")

    assert (reason.name, [(one.author, one.quote) for one in reason.sources]) == ("Book.pages", [(JON, "add pages")])
    assert [task.title for task in reason.tasks] == ["Book: model, schemas and factory"]


async def test_what_follows_by_itself_says_so(office: Office) -> None:
    await office.in_review()

    key = await reason_of(office, "Book.id")

    assert key.sources == ()
    assert "Every entity has it" in key.derived


async def test_what_a_feature_brings_names_it_and_its_accounts_lead_to_who_asked_for_people(office: Office) -> None:
    user = entity("User", "users", key(), text("name", minimum="1"))
    office.planner.extra = {"specs": EntitySpecs(entities=(*library().entities, user)), "features": ("auth",)}
    await office.start("books with a title, and users with a name who sign in")
    await office.work()

    of_feature = await reason_of(office, await number_of(office, "log"))
    brought = await reason_of(office, "User.hashed_password")

    assert [source.quote for source in of_feature.sources] == ["books with a title, and users with a name who sign in"]
    assert of_feature.derived == ""
    assert (brought.sources, brought.derived) == ((), "It comes with the feature auth.")


async def test_what_nobody_spoke_of_says_only_that_no_words_were_found(office: Office) -> None:
    office.planner.extra = {"specs": library("weight"), "assumptions": ("Books are kept for ever",)}
    await office.in_review()
    assumed = await reason_of(office, "Book.weight")
    office.planner.extra = {"specs": library("weight", "height")}
    await office.change("something else", 1)
    await office.work()
    chosen = await reason_of(office, "Book.height")

    assert (assumed.sources, assumed.assumptions, assumed.derived) == ((), ("Books are kept for ever",), "")
    assert (chosen.sources, chosen.assumptions) == ((), ())
    assert chosen.derived.startswith("I find no words of yours for it")


async def test_a_custom_behaviour_is_traced_by_its_words(office: Office) -> None:
    await office.in_review()
    office.planner.extra = {"custom": (OVERDUE,)}
    await office.change("please list the overdue books", 1, JON)
    await office.work()

    reason = await reason_of(office, await number_of(office, "overdue"))

    assert [one.quote for one in reason.sources] == ["please list the overdue books"]
    assert [task.title for task in reason.tasks] == ["Overdue books"]


async def test_a_number_that_was_taken_out_says_what_it_was(office: Office) -> None:
    await office.in_review()
    office.planner.extra = {"custom": (OVERDUE,)}
    await office.change("list overdue books", 1)
    await office.work()
    number = await number_of(office, "overdue")
    office.planner.extra = {}
    await office.change("leave it out", 2)
    await office.work()

    with pytest.raises(Refused, match=f"{number.partition('.')[0]} was taken out: “Overdue books”"):
        await reason_of(office, number.partition(".")[0])


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("9.9", "No criterion has the number 9.9"),
        ("1", "1 is a whole requirement. Ask for one of its criteria, such as `why 1.1`"),
        ("Shelf", "has no `Shelf`. It has Book; ask for one"),
        ("Book.colour", "has no `Book.colour`"),
    ],
)
async def test_what_is_not_there_is_told(office: Office, name: str, sentence: str) -> None:
    await office.in_review()

    with pytest.raises(Refused) as refused:
        await reason_of(office, name)

    assert sentence in str(refused.value)


async def test_before_the_first_review_nothing_has_a_number(office: Office) -> None:
    await office.start()

    with pytest.raises(Refused, match="no documents yet"):
        await reason_of(office, "1.1")
