"""Plain questions at a review are answered from the plan's documents, and change nothing."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.entities.declared_rules import ActionByOwner, DeclaredRule, OneOpen, OnlyWhile
from bot.documents.entities.entity_specs import EntitySpecs
from bot.planning.conversation import CustomBehaviour, Proposal
from bot.planning.derived import derive
from bot.store.tables import ConversationMessage, Plan
from bot.workflow.builds import NO_MODEL, deliver, leave_open, load_steps
from bot.workflow.documents import Documents, load_documents
from bot.workflow.named_in_questions import asked_about
from bot.workflow.plain_questions import (
    answer_while_gathering,
    answers_beside,
    is_plain_question,
    parted,
    take_at_review,
)
from bot.workflow.reviews import ReviewContent
from bot.workflow.stages import PlanStage
from bot.workflow.told_of_documents import told_of_things
from bot.workflow.told_of_open_tasks import asks_what_is_open
from bot.workflow.told_of_plan import told_of_plan
from bot.workflow.waiting import BUILT_IN
from tests.generation.samples import entity, key, library, refers_to, text
from tests.workflow.office import COPIES, JON, MARA, Office
from tests.workflow.test_provenance import SAID, lending

SPECS = lending()
PROPOSAL = Proposal(title="Library", introduction="A library.", specs=SPECS)


@pytest.fixture
async def lends(office: Office) -> Office:
    """Give an office whose review shows the lending library."""
    office.planner.extra = {"specs": lending()}
    await office.start(" ".join(SAID))
    await office.work()
    return office


async def said(office: Office, text: str) -> str:
    """Say something at the newest review, and return what its writer is told."""
    number = (await office.plan()).review
    told: str = await office.within(
        lambda session, plan: take_at_review(session, plan, number, text, JON, office.key())
    )
    return told


@pytest.mark.parametrize(
    "text",
    ["why is the film optional?", "what does 409 mean?", "can a hive have two keepers?", "who can approve?",
     "What happens next?", "hi, what now?", "when is it ready?", "what about members?", "what about overlapping loans?",
     "thanks! what now?",
     "why don't you build that?", "is the title unique?", "can I approve this?"],
)  # fmt: skip
def test_a_question_is_told_from_a_change(text: str) -> None:
    assert is_plain_question(text)


@pytest.mark.parametrize(
    "text",
    ["add pages to books", "can you add pages to books?", "could we rename price to cost?", "how about a publisher?",
     "why don't you add a publisher?", "why don't you make the price optional?",
     "Add pages to books. Is that ok?", "what about adding pages?", "is optional", "why don't we drop the price?", ""],
)  # fmt: skip
def test_a_wish_is_no_question_however_polite_it_is(text: str) -> None:
    assert not is_plain_question(text)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what is a book", "Book holds title (text), isbn (text), price (an amount) and status (one of available,"),
        ("which fields does a member have", "Member holds name (text) and email (an e-mail address); Loan names it."),
        ("what does a loan hold", "it names a member (`member_id`) and a book (`book_id`)"),
        ("is the isbn unique", "`Book.isbn` is text; at least 13 and at most 13 letters; must be given; no two have"),
        ("is returned optional", "`Loan.returned_at` is a moment; may be left out."),
        ("which statuses are there", "`Book.status` is one of available, lent; may be left out."),
        ("can a member have several books", "Yes. Each loan joins a book and a member, so there can be many"),
        ("can a book be lent twice", "A book has at most one open loan at a time: one without a returned at."),
        ("can members do that again", "Rules of the plan: A "),
        ("which rules are there", "Rules of the plan: A "),
        ("should books have a publisher", ""),
        ("what is the moon", ""),
    ],
)  # fmt: skip
def test_the_documents_answer(question: str, answer: str) -> None:
    told = told_of_things(SPECS, asked_about(SPECS, question))
    assert answer in told, told
    assert bool(answer) == bool(told)


def test_where_no_rule_holds_that_is_said() -> None:
    told = told_of_things(library(), asked_about(library(), "can books overlap"))
    assert told == "The plan has no rule for books: whatever fits the fields is taken."


def test_how_many_one_can_have_of_another_is_said_first() -> None:
    hive = entity("Hive", "hives", key(), text("name"), refers_to("Keeper", "keeper_id"))
    keeper = entity("Keeper", "keepers", key(), text("name"))
    specs = library().model_copy(update={"entities": (hive, keeper)})
    told = told_of_things(specs, asked_about(specs, "can a hive have two keepers"))
    assert told == "No. Each hive names one keeper (`keeper_id`); a keeper can have many hives."
    assert told_of_things(specs, asked_about(specs, "can a keeper have two hives")).startswith("Yes. Each hive")


def test_a_word_for_a_thing_and_for_the_field_that_names_it_means_what_is_said_of_it() -> None:
    film = entity("Film", "films", key(), text("title"))
    show = entity("Screening", "screenings", key(), refers_to("Film", "film_id", optional=True))
    specs = library().model_copy(update={"entities": (film, show)})
    assert [field.name for _, field in asked_about(specs, "why is the film optional").fields] == ["film_id"]
    assert asked_about(specs, "what is a film").fields == ()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("why is PupilInstrument there", ["PupilInstrument"]),
        ("why are there pupil instruments", ["PupilInstrument"]),
        ("what is pupil_instrument", ["PupilInstrument"]),
        ("can a pupil have two pupil instruments", ["PupilInstrument", "Pupil"]),
        ("what is a pupil", ["Pupil"]),
    ],
)
def test_a_thing_is_found_by_the_name_that_reviews_show_and_a_longer_name_is_one_thing(
    question: str, names: list[str]
) -> None:
    record = entity("PupilInstrument", "pupil_instruments", key(), refers_to("Pupil", "pupil_id"))
    pupil = entity("Pupil", "pupils", key(), text("name"))
    specs = library().model_copy(update={"entities": (record, pupil)})
    assert [one.name for one in asked_about(specs, question).entities] == names


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what does 409 mean?", "409 means: the request contradicts what is stored, or breaks a rule"),
        ("who can approve?", f"<@{MARA}> can approve this plan: who started it, or wrote here before the review. The "),
        ("and children?", "Nothing in the plan speaks of “children”."),
        ("what happens next?", "Once review 1 is approved I build it: "),
        ("is it approved?", "Nobody approved review 1 so far. `who can approve?` names who may."),
        ("can my boss approve?", f"<@{MARA}> can approve this plan"),
        ("why can nobody have a second loan of the same book?", "The rule: A book has at most one open loan at a time"),
        (
            "why are there rules for loans?",
            "The rule: The due at of a loan is always 21 days after its lent at.",
        ),
        ("why do loans have a due date?", "`Loan.due_at` is a moment"),
        ("why do members have an e-mail?", "`why Member"),
        ("why does a loan name a member?", "`Loan.member_id` is the member that it names"),
        ("why is there a loan and a member?", "They are linked by `Loan.member_id`. If both are the same, say “a loan"),
        ("why do we have loans and members?", "and a member are the same thing”, and they become one"),
        ("why are a book and a loan two separate things?", "I took them for two things. `Loan`: It comes from “A l"),
        ("why are there loans?", f"It comes from “A loan is due after three weeks” (<@{MARA}>). `why Loan` shows all"),
    ],
)
async def test_an_answer_changes_nothing_and_asks_no_planner(lends: Office, question: str, answer: str) -> None:
    heard = len(lends.planner.heard)
    told = await said(lends, question)
    assert answer in told, told
    assert ((await lends.wants())[0], len(lends.planner.heard)) == (None, heard)
    assert [one.text for one in await lends.rows(ConversationMessage) if one.kind == "change"] == []


async def test_what_the_documents_do_not_say_is_said_openly_where_no_model_can_be_asked(lends: Office) -> None:
    assert await said(lends, "how warm is the moon?") == "", "a model is asked"
    async with lends.database.write() as session:
        (await session.get_one(type(await lends.plan()), lends.plan_id)).planner = BUILT_IN
    told = await said(lends, "how deep is the sea?")
    assert told.startswith("I can't tell that from the plan, and nothing was changed.")
    assert "`what is Loan?`" in told


async def test_a_question_after_the_delivery_leaves_the_plan_delivered(lends: Office) -> None:
    await lends.approve(1)
    await lends.deliver()
    assert "is delivered. Mention me" in await said(lends, "what now?")
    assert (await said(lends, "who approved it?")).startswith(f"Approved by <@{MARA}> on ")
    assert (await lends.plan()).stage == PlanStage.DELIVERED


@pytest.mark.parametrize(
    "question",
    ["what is still open?", "what's left?", "What do I have to do?", "what's left to do for us",
     "what remains to be done?",
     "which tasks are not built yet?", "what do we still have to do ourselves?", "is anything left open?",
     "are there any tasks left?", "what did you leave open?", "what couldn't you build?", "how many tasks are left?",
     "what else is there to do?", "is everything built?", "what isn't done yet?", "what's missing?",
     "which parts are still to be done?", "do I have to do anything?", "what is there left for me to do?"],
)  # fmt: skip
def test_what_is_left_is_asked_in_many_ways(question: str) -> None:
    assert is_plain_question(question)
    assert asks_what_is_open(question)


@pytest.mark.parametrize(
    "said",
    ["what is a book?", "which books are left unread by members?", "what does a member do?", "is the title missing?",
     "what happens next?", "what do members have to do when a book is lost?", "leave it open",
     "what is done is done, ok"],
)  # fmt: skip
def test_what_things_do_is_no_question_for_what_is_left(said: str) -> None:
    assert not asks_what_is_open(said)


REMINDERS = CustomBehaviour(
    title="“remind who is late”", slug="reminders", criterion="THE System SHALL keep the rule “remind who is late”.",
    done="a test shows it",
)  # fmt: skip


@pytest.mark.parametrize("name", [BUILT_IN, "a model"])
async def test_what_is_open_is_named_at_the_review_while_it_builds_and_when_it_is_delivered(
    office: Office, name: str
) -> None:
    office.planner.extra = {"specs": lending(), "custom": (REMINDERS,), "unread": ("The moon is blue",)}
    await office.start(" ".join(SAID))
    await office.work()
    async with office.database.write() as session:
        (await session.get_one(type(await office.plan()), office.plan_id)).planner = name
    told = await said(office, "what do we have to do?")
    assert told.startswith("Review 1 of *Office library* waits for you: `Approve and build`")
    assert "Not part of this plan: “The moon is blue”." in told
    tasks = (await documents(office)).task_plan.tasks()
    late = f"{next(task.number for task in tasks if 'remind' in task.title)} “remind who is late”"
    assert f"No template builds {late}: a model writes them" in told

    number = late.partition(" ")[0]
    told = await said(office, f"what is task {number} about?")
    assert told.startswith(f"Task {number} is “remind who is late”. It is done when: a test shows it. ")
    assert " Its criterion is " in told

    told = await said(office, "why can't you build that we remind who is late?")
    assert told.startswith("“remind who is late” has the form of no rule that I can build")
    assert f"open task {number} in `.planning/tasks.md` of the repository" in told
    assert await said(office, f"why is task {number} open?") == told

    await office.approve(1)
    await office.begin_build()
    told = await beside(office, "what's left?")
    assert told.startswith("No task was left open so far. ")
    assert f"No template builds {late}: " in told
    assert ("stay open for you to write" in told) is (name == BUILT_IN)
    assert f"The build makes the rest by itself: {tasks[0].number} “{tasks[0].title}”" in told

    async def leave_one(session: AsyncSession, plan: Plan) -> None:
        for step in await load_steps(session, plan.id):
            if step.title == REMINDERS.title:
                await leave_open(session, plan, step, NO_MODEL)

    await office.within(leave_one)
    told = await beside(office, "what do I have to do?")
    assert told.startswith(f"Left open so far: {late} ({NO_MODEL}).")
    assert "No template builds" not in told

    await office.within(deliver)
    assert f"Open in *Office library*: {late} ({NO_MODEL})." in await said(office, "what's left?")
    assert [one.text for one in await office.rows(ConversationMessage) if one.kind == "change"] == []


async def test_what_is_open_while_it_asks_are_its_questions(office: Office) -> None:
    office.planner.questions = (COPIES,)
    await office.start()
    await office.work()
    told = await office.within(lambda session, plan: answer_while_gathering(session, plan, "what do I have to do?"))
    assert told.startswith(f"Still open: {COPIES.text}")


async def beside(office: Office, question: str) -> str:
    """Ask something while the plan is built."""
    told: str = await office.within(lambda session, plan: answers_beside(session, plan, [question]))
    return told


async def documents(office: Office) -> Documents:
    """Return the newest documents of the plan."""
    async with office.database.read() as session:
        return await load_documents(session, await session.get_one(Plan, office.plan_id))


def documents_of(specs: EntitySpecs) -> Documents:
    """Return documents with these specs, and the tasks of the library."""
    derived = derive(PROPOSAL)
    return Documents(requirements=derived.requirements, specs=specs, task_plan=derived.task_plan)


BY_MEMBER = ActionByOwner(action="delete", field="member")
WHILE = OnlyWhile(action="create", relation="book", field="status", values=("available",))
ONE_EACH = OneOpen(entity="Loan", relation="member", until="returned_at")
HELD = ReviewContent(
    decisions=(
        f"Rule of Loan, “one open Loan per book until returned_at”: “a lent book can't be lent again” ({MARA})",
        f"Rule of Book, “update only while status is available”: “a lost book can't be changed” ({MARA})",
    ),
    assumptions=("The price is an amount with 2 decimals",),
    unread=("Remind members who are late",),
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("did you get that a lent book can't be lent again", "Yes. A book has at most one open loan at a time"),
        ("did you understand that a lost book can't be changed", "Yes. Rule of Book, “update only while status"),
        ("did you get the ISBN", "Yes. `Book.isbn` is text"),
        ("is the price in there", "Yes. `Book.price` is an amount"),
        ("is there an e-mail of the member", "Yes. `Member.email` is an e-mail address"),
        ("did you forget the members", "It is there. Member holds name"),
        ("did you get that we remind members who are late", "“Remind members who are late” is not part of this plan."),
        ("did you get that a book is blue", "Not in these words, as far as I can tell. What it names: Book holds"),
        ("are fines included", ""),
        ("is there any coffee left", ""),
        ("how many fields has a book", "4. Book holds title"),
        ("how many things are there", "3: Loan, Book and Member."),
        ("how many tasks are there", " tasks in "),
        ("how many rules are there", ". Rules of the plan: "),
        ("what things are there", "The plan keeps Loan, Book and Member."),
        ("which fields are unique", "Unique: `Book.isbn`"),
        ("which fields of a loan are optional", "May be left out: `Loan."),
        ("what did you not understand", "Not part of this plan: “Remind members who are late”."),
        ("what did you assume", "Assumed, as nobody said it: “The price is an amount with 2 decimals”."),
        ("who can delete a loan", "Whoever reaches the service can delete a loan: the plan has no accounts."),
        ("who logs in", "Nobody signs in: the plan has no accounts"),
        ("does a book have an author", "I find no “author” there. Book holds title"),
        ("does a book have a price", ""),
        ("what happens when a member is deleted", "A member can't be deleted while loans name it."),
        ("who is late for lunch", ""),
        ("who opens the door", ""),
        ("what is a book", ""),
    ],
)  # fmt: skip
def test_what_a_plan_holds_counts_and_allows_is_told(question: str, answer: str) -> None:
    found = documents_of(SPECS)
    told = told_of_plan(found, HELD, asked_about(SPECS, question))
    assert answer in told, told
    assert bool(answer) == bool(told), told


@pytest.mark.parametrize(
    ("rule", "question", "answer"),
    [
        (BY_MEMBER, "who can delete a loan", "Only its member can delete a loan, or an administrator."),
        (BY_MEMBER, "who can see the loans", "Whoever is signed in can read a loan"),
        (
            ONE_EACH,
            "can a member have two loans at once",
            "No. What holds at a time: A member has at most one open loan",
        ),
        (BY_MEMBER, "can a member have two loans at once", "Yes. No rule limits how many at a time. Each"),
        (WHILE, "can a lent book be borrowed?", "No. A loan can be created only while its book is available."),
        (WHILE, "can an available book be lent", "Yes. A loan can be created only while its book is available."),
        (WHILE, "can a lent book be deleted", "Yes, by this plan: no rule holds back a lent book."),
        (BY_MEMBER, "can a lent book be lent", "Yes, by this plan: no rule holds back a lent book."),
        (BY_MEMBER, "who logs in", "Members sign in, with an e-mail and a password."),
    ],
)
def test_rules_say_who_may_do_what_and_how_many_there_are_at_a_time(
    rule: DeclaredRule, question: str, answer: str
) -> None:
    changed: dict[str, dict[str, object]] = {"Loan": {"rules": (rule,)}, "Member": {"account": True}}
    entities = tuple(one.model_copy(update=changed.get(one.name, {})) for one in SPECS.entities)
    specs = SPECS.model_copy(update={"entities": entities})
    asked = asked_about(specs, question)
    found = documents_of(specs)
    told = told_of_plan(found, ReviewContent(), asked) or told_of_things(specs, asked)
    assert told.startswith(answer), told


async def test_what_a_plan_does_not_hold_is_said_and_nothing_changes(lends: Office) -> None:
    async with lends.database.write() as session:
        (await session.get_one(type(await lends.plan()), lends.plan_id)).planner = BUILT_IN
    told = await said(lends, "are fines included?")
    assert told.startswith("I find nothing in the plan that says “fines”, and nothing was changed.")
    assert (await said(lends, "did you get the ISBN?")).startswith("Yes. `Book.isbn`")
    assert [one.text for one in await lends.rows(ConversationMessage) if one.kind == "change"] == []
    assert (await lends.plan()).review == 1


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("It's a shared studio. What is still open?", ("It's a shared studio.", "What is still open?")),
        ("What is a slot? Members pay monthly.", ("Members pay monthly.", "What is a slot?")),
        ("Hi! What is still open?", ("", "")),
        ("I don't understand. What is a slot?", ("", "")),
        ("It's a shared studio.", ("", "")),
        ("It's a studio. Can you add a phone number?", ("", "")),
    ],
)
def test_a_statement_is_told_from_the_question_beside_it(text: str, both: tuple[str, str]) -> None:
    assert parted(text) == both


async def test_what_can_be_built_is_tried_at_a_review(office: Office) -> None:
    await office.in_review()
    await office.within(by_plain_code)
    told = await said(office, "can you build books with a colour?")
    assert "said as a sentence, Book gains `colour`" in told
    assert "nothing of it is in the plan" in told


async def by_plain_code(session: AsyncSession, plan: Plan) -> None:
    """Let a plan be one of the built-in planner from now on."""
    plan.planner = BUILT_IN
