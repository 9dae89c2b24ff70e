"""`why 2.1`: from a criterion back to the message, and on to the task, its commit and its tests."""

from __future__ import annotations

import pytest

from bot.documents.entities.declared_rules import DerivedMoment, OneOpen, Span
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.tasks.task_plan import TaskState
from bot.workflow.documents import load_documents
from bot.workflow.provenance import Reason, asked_why, why
from bot.workflow.refusals import Refused
from tests.generation.samples import entity, key, text
from tests.generation.samples import library as lending_library
from tests.workflow.office import IDEA, JON, MARA, WHO, Office, library
from tests.workflow.test_reviews import OVERDUE, criteria

SAID = (
    "Our library has books with a title and a price.",
    "Members borrow books.",
    "A book can't be lent again until it is back.",
    "A loan is due after three weeks.",
)
"""What the lending library was asked for with, sentence by sentence."""


def lending() -> EntitySpecs:
    """Return a library whose loans follow two declared rules."""
    specs = lending_library()
    rules = (
        OneOpen(entity="Loan", relation="book", until="returned_at"),
        DerivedMoment(field="due_at", source="lent_at", span=Span(count=21, unit="days")),
    )
    ruled = (each.model_copy(update={"rules": rules}) if each.name == "Loan" else each for each in specs.entities)
    return specs.model_copy(update={"entities": tuple(ruled)})


@pytest.fixture
async def lends(office: Office) -> Office:
    """Give an office whose review shows the lending library, with what was assumed about it."""
    assumed = ("Members are people.", "A LOAN is of one book.", "Nothing is ever deleted.")
    office.planner.extra = {"specs": lending(), "assumptions": assumed}
    await office.start(" ".join(SAID))
    await office.work()
    return office


async def quotes_of(office: Office, name: str) -> list[str]:
    """Return what people said of it."""
    return [source.quote for source in (await reason_of(office, name)).sources]


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


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("second one with the same book", SAID[2]),  # a declared rule
        ("set its due at to its lent at and 21 days", SAID[3]),  # another one of the same entity
        ("the member id of a loan names a member", SAID[1]),  # the field that it names
        ("sends a valid book", SAID[0]),  # the entity
    ],
)
async def test_a_criterion_is_traced_to_its_rule_else_its_field_else_its_entity(
    lends: Office, words: str, said: str
) -> None:
    reason = await reason_of(lends, await number_of(lends, words))

    assert [f"{source.quote}." for source in reason.sources] == [said]
    assert (reason.assumptions, reason.derived) == ((), "")
    assert words in reason.text


async def test_an_entity_is_traced_and_all_that_builds_it_is_named(lends: Office) -> None:
    reason = await reason_of(lends, "mEMBER")

    assert reason.name == "Member"
    assert reason.text == "a thing of its own, with name and email"
    assert [(source.author, source.quote) for source in reason.sources] == [(MARA, "Members borrow books")]
    assert (reason.assumptions, reason.derived) == ((), "")
    assert [task.title.partition(": ")[0] for task in reason.tasks] == ["Member"] * len(reason.tasks)
    assert len(reason.tasks) > 1


async def test_a_field_says_how_it_is_declared(lends: Office) -> None:
    reason = await reason_of(lends, "Loan.Due_At")

    assert (reason.name, reason.text) == ("Loan.due_at", "a moment; must be given")
    assert await quotes_of(lends, "Loan.due_at") == ["A loan is due after three weeks"]


async def test_what_nobody_said_shows_what_was_assumed_about_its_entity_alone(lends: Office) -> None:
    assert (await reason_of(lends, "Member.email")).assumptions == ("Members are people.",)
    isbn = await reason_of(lends, "Book.isbn")
    assert (isbn.assumptions, isbn.derived) == (("A LOAN is of one book.",), "")
    assert (await reason_of(lends, "Loan.due_at")).assumptions == (), "it was said"
    kept = await reason_of(lends, "Loan.id")
    assert (kept.assumptions, kept.sources) == ((), ())
    assert kept.derived == "Every entity has it: its key, and when it was created and changed."


async def test_a_criterion_of_what_was_only_assumed_shows_the_assumption(office: Office) -> None:
    office.planner.extra = {"specs": lending(), "assumptions": ("Members are people.", "Nothing is deleted.")}
    await office.start("a shop")
    await office.work()

    assumed = await reason_of(office, await number_of(office, "sends a valid member"))
    chosen = await reason_of(office, await number_of(office, "sends a valid book"))

    assert (assumed.sources, assumed.assumptions, assumed.derived) == ((), ("Members are people.",), "")
    assert (chosen.sources, chosen.assumptions) == ((), ())
    assert chosen.derived.startswith("I find no words of yours for it")


async def test_a_criterion_of_a_feature_that_nobody_asked_for_names_the_feature(office: Office) -> None:
    office.planner.extra = {"features": ("rate-limit",)}
    await office.in_review()
    number = await number_of(office, "more requests than the limit")

    reason = await reason_of(office, number)

    assert (reason.sources, reason.derived) == ((), "It comes with the feature rate-limit.")


async def test_what_was_delivered_stays_approved_while_a_change_is_open(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    before = await reason_of(office, "Book")
    await office.change("add pages", 1, JON)
    await office.work()

    kept, changed, new = [await reason_of(office, name) for name in ("1.1", "Book", "Book.pages")]
    assert (kept.approved_by, kept.open_change) == ((MARA,), "")
    assert (changed.approved_by, changed.text) == ((MARA,), before.text)
    assert changed.open_change.startswith("The change under review (review 2), which is not approved yet, makes it: “")
    assert "pages" in changed.open_change
    assert (new.approved_by, new.open_change) == (
        (),
        "The change under review (review 2), which is not approved yet, brings it.",
    )


async def test_what_a_change_would_take_out_still_has_its_chain(office: Office) -> None:
    office.planner.extra = {"specs": library("pages")}
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    office.planner.extra = {"specs": library()}
    await office.change("no pages", 1, JON)
    await office.work()

    gone = await reason_of(office, "Book.pages")
    assert (gone.approved_by, gone.open_change.rpartition(", ")[2]) == ((MARA,), "takes it out.")


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
        (
            "Shelf",
            (
                "This plan has no `Shelf`. It has Book; ask for one, for a field such as `Book.title`, "
                "or for a criterion by its number."
            ),
        ),
        ("Book.colour", "has no `Book.colour`"),
        ("Book.title.size", "has no `Book.title.size`"),
        ("x" * 200, f"has no `{'x' * 80}`."),
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


async def test_what_was_left_out_is_nobodys_reason(office: Office) -> None:
    office.planner.extra = {"unread": (IDEA,)}
    await office.in_review()
    reason = await office.within(lambda session, plan: why(session, plan, "Book"))
    assert reason.sources == ()


async def test_who_approved_what_was_delivered_is_known_after_a_change_was_taken_back(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    await office.change("add pages", 1, JON)
    await office.work()
    during = await office.within(lambda session, plan: why(session, plan, "Book"))
    assert during.approved_by == (MARA,), "what was delivered is approved"
    await office.forget(JON)
    after = await office.within(lambda session, plan: why(session, plan, "Book"))
    assert after.approved_by == (MARA,)


async def test_criteria_of_links_lead_to_the_words_of_the_link(lends: Office) -> None:
    kept = await number_of(lends, "IF a client deletes a member that loans name as member id")

    assert await quotes_of(lends, kept) == ["Members borrow books"]


async def test_words_of_the_usual_sentences_are_not_taken_for_fields(office: Office) -> None:
    """A criterion says “of a wrong type”: that is no field ``type``."""
    office.planner.extra = {"specs": library("type", "page")}
    await office.start("Books have a title and a price. A type of a book is fiction. A book has a page.")
    await office.work()

    wrong = await number_of(office, "of a wrong type")
    assert await quotes_of(office, wrong) == ["Books have a title and a price"]


async def test_an_entity_that_nobody_spoke_of_says_only_that_no_words_were_found(office: Office) -> None:
    office.planner.extra = {"specs": EntitySpecs(entities=(entity("Wombat", "wombats", key(), text("burrow")),))}
    await office.in_review()
    assert (await reason_of(office, "Wombat")).derived == (
        "I find no words of yours for it: it follows from the other decisions, or the planner chose it."
    )


async def test_an_answer_is_a_source_of_what_it_brought(office: Office) -> None:
    office.planner.questions = (WHO,)
    office.planner.extra = {"specs": library("wheels")}
    await office.start("a library of books")
    await office.work()
    await office.answer("who", "Whoever knows the number of wheels", JON)
    await office.work()
    assert [source.author for source in (await reason_of(office, "Book.wheels")).sources] == [JON]


async def test_a_task_is_told_with_the_number_that_it_has_now(office: Office) -> None:
    await office.in_review()
    await office.approve(1)
    await office.deliver()
    shelves = entity("Atlas", "atlases", key(), text("name"))
    office.planner.extra = {"specs": EntitySpecs(entities=(shelves, *library().entities))}
    await office.change("atlases with a name", 1)
    await office.work()

    async with office.database.read() as session:
        plan = (await load_documents(session, await office.plan())).task_plan
    wanted = {task.title: task.number for task in plan.tasks() if task.entity == "Book"}
    told = {task.title: (task.number, task.state) for task in (await reason_of(office, "Book")).tasks}
    assert told == {title: (number, TaskState.DONE) for title, number in wanted.items()}
    assert wanted["Book: model, schemas and factory"] != "2.1", "a new entity went before it"
