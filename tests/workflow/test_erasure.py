"""Somebody asks to be forgotten: their words and their id leave the database file, and the plan goes on."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from bot.planning.conversation import Question
from bot.planning.dropped_files import DroppedFile, DroppedFiles, FileKind
from bot.store.database import Database
from bot.store.migrate import upgrade
from bot.store.tables import (
    Approval,
    ConversationMessage,
    Event,
    MessageEdit,
    OutboxItem,
    Plan,
    PlanFile,
    PlanQuestion,
)
from bot.workflow.dropped_files import take_files
from bot.workflow.forgotten import is_forgotten
from bot.workflow.provenance import NOT_SAID_ANY_MORE, why
from bot.workflow.reviews import ReviewContent, documents_of
from tests.generated_services.postgresql import PostgreSQL
from tests.workflow.forgetting import IDEA, LATER, WORDS, documents, forget, library, reviewed, words_left
from tests.workflow.office import JON, LATE, MARA, WHO, Office, ScriptedPlanner

__all__ = ["library"]


async def test_nothing_that_was_said_or_who_said_it_is_left_in_the_file(library: Office, tmp_path: Path) -> None:
    await library.start(IDEA)
    await library.say(LATER)
    await reviewed(library)
    await library.approve(1)
    assert words_left(tmp_path) == list(WORDS)

    erased = await forget(library)

    assert words_left(tmp_path) == []
    assert (erased.plans, erased.messages, erased.cancelled) == (1, 2, ())
    assert is_forgotten(erased.tombstone)


async def test_on_postgresql_too(postgresql: PostgreSQL) -> None:
    with postgresql.database() as address:
        database = Database(address.replace("+asyncpg", "+psycopg"))
        await upgrade(database)
        office = Office(database, ScriptedPlanner())
        await office.start("a library for zephyrous quokkas")
        await office.say(f"ask <@{MARA}> for keys", JON)
        await office.work()

        erased = await forget(office)

        messages = [(row.author, row.text) for row in await office.rows(ConversationMessage)]
        await database.close()
    assert messages[0][0] == erased.tombstone
    assert "zephyrous" not in str(messages)
    assert messages[1] == (JON, f"ask <@{erased.tombstone}> for keys")


async def test_what_was_decided_stays_with_somebody_as_the_one_who_did(library: Office) -> None:
    await library.start(IDEA)
    await reviewed(library)
    await library.approve(1)
    before = await library.approvals()

    erased = await forget(library)

    assert [(*row[:2], row[3]) for row in await library.approvals()] == [(*row[:2], row[3]) for row in before]
    assert {row[2] for row in await library.approvals()} == {erased.tombstone}
    assert [event.actor for event in await library.rows(Event) if event.what == "approved"] == [erased.tombstone]
    shown = documents_of(await library.review(1))
    assert {row.fingerprint for row in await library.rows(Approval)} == {each.fingerprint for each in shown.values()}
    assert (await library.events())[-1] == "person forgotten"
    assert (await library.plan()).stage == "approved"


async def test_a_plan_can_be_changed_after_its_words_are_gone(library: Office) -> None:
    await library.start(IDEA)
    await library.say("members also have a shoe size", JON)
    await reviewed(library)
    before = await documents(library)

    await forget(library)
    await library.change("books also have an edition", 1, JON)
    await library.work()

    after = await documents(library)
    names = {entity.name: [field.name for field in entity.fields] for entity in before.specs.entities}
    now_named = {entity.name: [field.name for field in entity.fields] for entity in after.specs.entities}
    assert now_named == {**names, "Book": now_named["Book"]}
    assert set(now_named["Book"]) - set(names["Book"]) == {"edition"}
    assert [entity.rules for entity in after.specs.entities] == [entity.rules for entity in before.specs.entities]
    assert (await library.plan()).review == 2


async def test_a_change_of_theirs_outlives_its_words(library: Office) -> None:
    await library.start(IDEA)
    await reviewed(library)
    await library.change("books also have an edition", 1, JON)
    await library.work()

    await forget(library, JON)
    await library.change("books also have a shelf", 2)
    await library.work()

    book = next(one for one in (await documents(library)).specs.entities if one.name == "Book")
    assert {"edition", "shelf"} <= {field.name for field in book.fields}


async def test_nobody_is_named_by_why_for_what_was_forgotten(library: Office) -> None:
    await library.start(IDEA)
    await reviewed(library)
    await forget(library)

    async with library.database.read() as session:
        reason = await why(session, await library.plan(), "Book.price")

    assert (reason.sources, reason.derived) == ((), NOT_SAID_ANY_MORE)


async def test_a_plan_of_their_words_alone_is_cancelled_and_loses_its_name(office: Office) -> None:
    office.planner.questions = (WHO,)
    await office.start("zephyrous quokkas")
    await office.work()

    erased = await forget(office)

    plan = await office.plan()
    assert (plan.stage, plan.title, plan.run_stage) == ("cancelled", "Forgotten plan", None)
    assert plan.handle.startswith("forgotten-")
    assert erased.cancelled == ("zephyrous-quokkas",)
    assert await office.open_questions() == []


async def test_a_plan_to_which_others_said_something_is_thought_about_anew(office: Office) -> None:
    office.planner.questions = (WHO, LATE)
    await office.start("a library for zephyrous quokkas")
    await office.work()
    await office.say("it is in Berlin", JON)
    _, attempt = await office.wants()

    await forget(office)

    assert await office.wants() == ("plan", attempt + 1)
    await office.work()
    assert [message.text for message in office.planner.heard[-1].messages] == ["", "it is in Berlin"]


async def test_a_chosen_option_stays_chosen_and_free_words_are_nobodys(office: Office) -> None:
    office.planner.questions = (WHO, LATE)
    await office.start()
    await office.work()
    await office.answer("who", "Librarians only", JON)
    await office.answer("late", "call Jon at home", JON)

    await forget(office, JON)

    await office.work()
    answers = {answer.question.id: answer.text for answer in office.planner.heard[-1].answers}
    assert answers == {"who": "Librarians only", "late": ""}


async def test_both_sides_of_a_disagreement_lose_only_the_one_who_asked(office: Office) -> None:
    office.planner.questions = (WHO, LATE)
    await office.start()
    await office.work()
    await office.answer("who", "only zephyrous people", MARA)
    await office.answer("who", "Everyone", JON)

    erased = await forget(office)

    disputed = Question.model_validate((await office.rows(PlanQuestion))[-1].question)
    assert [(side.author, side.text) for side in disputed.sides] == [(erased.tombstone, ""), (JON, "Everyone")]
    assert disputed.options == ("Everyone",)


async def test_an_attempt_under_way_keeps_nothing_of_what_it_read(office: Office, tmp_path: Path) -> None:
    await office.start("a library for zephyrous quokkas")
    await office.say("with many shelves", JON)

    async def forgotten() -> None:
        office.planner.meanwhile = None
        office.planner.extra = {"decisions": ("“a library for zephyrous quokkas” (U0MARA)",)}
        await forget(office)

    office.planner.meanwhile = forgotten
    await office.work()

    assert (await office.plan()).review == 0
    assert words_left(tmp_path) == []


async def test_a_file_that_they_dropped_is_empty(office: Office, tmp_path: Path) -> None:
    await office.start("a library", JON)
    file = DroppedFile(name="zephyrous.md", kind=FileKind.NOTES, text="quokkas wear mauve hats", told="4 lines")

    async def dropped(session: AsyncSession, plan: Plan) -> None:
        await take_files(session, plan, DroppedFiles(files=(file,)), MARA, "message/C1/7.0")

    await office.within(dropped)
    assert {"zephyrous", "quokkas", "mauve", MARA} <= set(words_left(tmp_path))

    erased = await forget(office)

    assert words_left(tmp_path) == []
    (row,) = await office.rows(PlanFile)
    assert (row.name, row.author, row.text) == ("[removed]", erased.tombstone, "")
    assert (row.told, row.problem, row.findings, row.across) == ("", "", [], [])


async def test_what_an_edited_message_said_before_and_after_is_empty(office: Office, tmp_path: Path) -> None:
    await office.start("a library", JON)

    async def edited(session: AsyncSession, plan: Plan) -> None:
        session.add(
            MessageEdit(
                workspace="T1", plan_id=plan.id, key="k", person=MARA, was="zephyrous quokkas", words="mauve quokkas"
            )
        )

    await office.within(edited)
    erased = await forget(office)

    assert words_left(tmp_path) == []
    (row,) = await office.rows(MessageEdit)
    assert (row.person, row.settled) == (erased.tombstone, "erased")


def test_no_table_holds_texts_that_nobody_thought_of() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if column.name in {"text", "words", "was", "message", "quote", "sentence", "told", "asked", "content", "answer"}
    }

    assert columns == {
        "conversationmessage.text", "documentrevision.content", "documentrevision.text", "handedit.asked",
        "handedit.told", "heldrequest.text", "houserulesrevision.text", "messageedit.was", "messageedit.words",
        "outboxitem.message", "planfile.text", "planfile.told", "planquestion.answer", "review.content",
    }, "forget_person and purge must empty a new one, or say in docs/security.md why it stays"  # fmt: skip


async def test_a_person_who_only_was_mentioned_is_a_tombstone_in_what_others_said(office: Office) -> None:
    await office.start(f"a library; ask <@{MARA}> for keys", JON)
    await office.work()

    erased = await forget(office)

    assert (erased.plans, erased.messages) == (1, 0), "they said nothing there, and are in it"
    (message,) = office.planner.heard[-1].messages
    assert MARA in message.text
    await office.change("add pages", 1, JON)
    await office.work()
    (message,) = office.planner.heard[-1].messages
    assert message.text == f"a library; ask <@{erased.tombstone}> for keys"


async def test_review_and_problem_lose_what_they_quote(office: Office, tmp_path: Path) -> None:
    office.planner.extra = {
        "unread": ("zephyrous quokkas everywhere", "what Jon said"),
        "decisions": (f"Books: “zephyrous quokkas everywhere” ({MARA})", f"“blue covers” ({JON})"),
    }
    await office.start("zephyrous quokkas everywhere")
    await office.say("blue covers", JON)
    await office.work()

    erased = await forget(office)

    content = ReviewContent.model_validate((await office.review()).content)
    assert content.unread == ("[removed]", "what Jon said")
    assert content.decisions == (f"Books: “[removed]” ({erased.tombstone})", f"“blue covers” ({JON})")
    assert (await office.plan()).handle == "office-library"
    assert words_left(tmp_path) == []
    assert (await office.rows(OutboxItem)) != []


async def test_a_short_name_that_follows_from_the_title_stays(office: Office) -> None:
    await office.start("an office library; books with a title")
    await office.say("with shelves", JON)
    await office.work()
    plan = await office.plan()
    assert (plan.handle, plan.title) == ("office-library", "Office library")

    await forget(office)

    assert (await office.plan()).handle == "office-library"


async def test_only_their_own_words_give_way_to_the_entities(office: Office) -> None:
    await office.start("a library of books", JON)
    await office.say("zephyrous quokkas", MARA)
    await office.work()

    erased = await forget(office)

    first, second = await office.rows(ConversationMessage)
    assert (first.author, first.text) == (JON, "a library of books")
    assert second.author == erased.tombstone
    assert second.text.startswith("Office library\n\n<entity_specs>")
