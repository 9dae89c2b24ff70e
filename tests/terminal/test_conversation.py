"""The whole conversation in a terminal, from the first sentence to the delivered repository."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.planning.built_in.planner import BuiltInPlanner
from bot.store.database import Database
from bot.store.tables import Approval, OutboxItem, Plan
from tests.terminal.conftest import COPIES, ScriptedPlanner, Terminal, Workshop

REQUEST = "a library for our office: books with a title"
ANSWERS = ("Librarians only", "b", "one of each")


async def the_plan(database: Database) -> Plan:
    async with database.read() as session:
        return (await session.scalars(select(Plan))).one()


async def test_a_conversation_ends_with_a_delivered_repository(terminal: Terminal, database: Database) -> None:
    outcome = await terminal.converse(REQUEST, *ANSWERS, "approve")

    plan = await the_plan(database)
    assert (outcome.plan_id, outcome.code) == (plan.id, 0)
    assert plan.stage == "delivered"
    assert "🎉 Office library is ready" in terminal.text
    assert "git clone" not in terminal.text


async def test_one_word_approves_all_of_a_large_plan_that_was_shown_to_one_person(
    terminal: Terminal, database: Database
) -> None:
    terminal.planner.more = 9
    outcome = await terminal.converse(REQUEST, *ANSWERS, "approve")

    assert outcome.code == 0
    async with database.read() as session:
        approved = [row.document for row in (await session.scalars(select(Approval))).all()]
    assert sorted(approved) == ["entity_specs", "requirements", "task_plan"]


async def test_an_address_that_outlives_the_program_is_shown(terminal: Terminal) -> None:
    await terminal.converse(REQUEST, *ANSWERS, "approve", shows_address=True)

    assert terminal.text.endswith("`git clone http://127.0.0.1/git/library.git`")


async def test_people_see_questions_review_and_each_task_once(terminal: Terminal, database: Database) -> None:
    await terminal.converse(REQUEST, *ANSWERS, "approve")

    assert "1. Who may add books? It decides whether people need accounts.\n   a) Everyone (my choice" in terminal.text
    assert "   BookStatus: available, lent" in terminal.text
    assert "      title str (unique)" in terminal.text
    assert "✓ 1.1 " in terminal.text
    assert "`abcdef0`, 4 tests pass (1 of " in terminal.text
    for once in ("3 things before I write this down", "for review · review 1", "✓ 1.1 ", "🎉", "· building ·"):
        assert terminal.text.count(once) == 1, once


async def test_answers_are_letters_words_numbers_or_left_to_the_planner(terminal: Terminal) -> None:
    await terminal.converse(REQUEST, "3. two at most", "b", "", "approve")

    said = {answer.question.id: answer.text for answer in terminal.planner.read[-1].answers}
    assert said == {"copies": "two at most", "who": "Librarians only", "late": ""}
    assert terminal.prompts[1:4] == ["1> ", "1> ", "2> "]
    assert "✓ 2. decided for you" in terminal.text
    assert "assumed: late was left to me" in terminal.text


async def test_a_letter_behind_a_number_is_the_option_it_stands_for(terminal: Terminal) -> None:
    await terminal.converse(REQUEST, "2. b, 1: A", "3. b")

    said = {answer.question.id: answer.text for answer in terminal.planner.read[-1].answers}
    assert said == {"late": "Nothing", "who": "Everyone", "copies": "b"}


async def test_the_default_is_named_when_the_planner_decides(terminal: Terminal) -> None:
    await terminal.converse(REQUEST, "")

    assert "✓ 1. Everyone (decided for you)" in terminal.text


async def test_changes_give_a_new_review_and_the_approval_is_of_that_one(
    terminal: Terminal, database: Database
) -> None:
    await terminal.converse(REQUEST, *ANSWERS, "changes: add pages to books", "approve")

    assert "for review · review 2" in terminal.text
    assert "      pages int (optional)" in terminal.text
    assert [change.text for change in terminal.planner.read[-1].changes] == ["add pages to books"]
    async with database.read() as session:
        approvals = (await session.scalars(select(Approval))).all()
    assert {approval.document: approval.revision for approval in approvals}["entity_specs"] == 2


async def test_a_change_that_raises_a_question_is_not_lost(terminal: Terminal, database: Database) -> None:
    """While the question is open nothing can be approved; its answer leads to the next review."""
    replies = ("changes: add pages and a fee", "approve", "2.50", "approve")

    outcome = await terminal.converse(REQUEST, *ANSWERS, *replies)

    assert outcome.code == 0
    assert "there is nothing to approve" in terminal.text
    assert "How high is the fee?" in terminal.text
    assert "for review · review 2" in terminal.text
    assert terminal.planner.read[-1].answers[-1].text == "2.50"


async def test_a_change_that_changes_nothing_says_so_and_the_review_can_still_be_approved(terminal: Terminal) -> None:
    outcome = await terminal.converse(REQUEST, *ANSWERS, "changes: make it nicer", "approve")

    assert outcome.code == 0
    assert "Nothing changes. The plan says “make it nicer” already" in terminal.text
    assert "Review 1 stands as it is" in terminal.text
    assert "review 2" not in terminal.text


async def test_undo_makes_the_review_before_the_newest_again(terminal: Terminal, database: Database) -> None:
    await terminal.converse(REQUEST, *ANSWERS, "undo", "changes: add pages to books", "undo", "approve")

    assert "This is the first review of *Office library*".replace("*", "") in terminal.text.replace("*", "")
    assert "This is review 3: the plan as it was in review 1." in terminal.text
    assert terminal.text.count("for review · review") == 3
    plan = await the_plan(database)
    assert (plan.stage, plan.review) == ("delivered", 3)


async def test_cancelling_takes_a_second_word(terminal: Terminal) -> None:
    outcome = await terminal.converse(REQUEST, *ANSWERS, "cancel", "cancel plan")

    assert outcome.code == 1
    assert "Type `cancel plan` to do it" in terminal.text
    assert terminal.written[-1].startswith("Cancelled. Nothing is lost")


async def test_only_the_whole_word_approves(terminal: Terminal, database: Database) -> None:
    outcome = await terminal.converse(REQUEST, "approve", *ANSWERS, "", "I can't approve this yet", "changes:", "help")

    assert outcome.code == 1
    assert (await the_plan(database)).stage == "in review"
    assert terminal.text.count("Nothing was approved.") == 2
    assert "there is nothing to approve" in terminal.text
    assert "Say in a sentence what should be different" in terminal.text
    assert "`show` prints the whole documents" in terminal.text
    assert terminal.written[-1].startswith("The input ended while `library` waits for an approval.")


async def test_show_prints_the_whole_documents(terminal: Terminal) -> None:
    await terminal.converse(REQUEST, *ANSWERS, "show")

    for heading in ("▸ Requirements, revision 1", "▸ Entities, revision 1", "▸ Task plan, revision 1"):
        assert heading in terminal.text


async def test_stop_pauses_and_nothing_is_lost(terminal: Terminal, database: Database) -> None:
    outcome = await terminal.converse(REQUEST, "stop", "Librarians only")

    assert outcome.code == 1
    assert terminal.written[-1].startswith("Paused. Nothing is lost")
    assert (await the_plan(database)).hold == "paused"


async def test_a_planner_that_cannot_go_on_says_why(terminal: Terminal) -> None:
    outcome = await terminal.converse("nonsense")

    assert outcome.code == 1
    assert "⛔ I can't make a service of that. Name its things, you." in terminal.text
    assert terminal.written[-1].startswith("It stops here")


async def test_a_build_that_fails_shows_the_last_lines(terminal: Terminal) -> None:
    terminal.workshop.fails_at = "1.2"

    outcome = await terminal.converse(REQUEST, *ANSWERS, "approve")

    assert outcome.code == 1
    assert "⛔ task 1.2 did not pass.\n   E   assert 201 == 409\n   [31mred" in terminal.text
    assert "✓ 1.1 " in terminal.text


async def test_what_was_left_to_people_is_never_called_ready(terminal: Terminal, database: Database) -> None:
    terminal.planner = ScriptedPlanner(questions=(COPIES,), custom=True)
    terminal.workshop = Workshop(database, terminal.planner)

    outcome = await terminal.converse(REQUEST, "one", "approve")

    assert outcome.code == 0
    assert "🎉 Office library is delivered, 1 open" in terminal.text
    assert "Reminders for late loans: no model is configured" in terminal.text
    assert "1 that no template builds: written by a model, or left open" in terminal.text
    assert "For a model to write it, set `OPENAI_API_KEY` (docs/operations.md)" in terminal.text
    assert "One thing before I write this down" in terminal.text
    assert "is ready" not in terminal.text


@pytest.mark.parametrize("lines", [(), ("",), ("   ", "")])
async def test_without_a_request_there_is_no_plan(
    terminal: Terminal, database: Database, lines: tuple[str, ...]
) -> None:
    outcome = await terminal.converse(*lines)

    assert (outcome.plan_id, outcome.code) == (None, 1)
    assert terminal.written[-1].startswith("There was nothing to plan")
    async with database.read() as session:
        assert (await session.scalars(select(Plan))).all() == []


async def test_everything_told_is_marked_as_sent(terminal: Terminal, database: Database) -> None:
    await terminal.converse(REQUEST, *ANSWERS, "approve")

    async with database.read() as session:
        items = (await session.scalars(select(OutboxItem))).all()
    assert {item.kind for item in items} == {"card", "questions", "review", "delivered"}
    assert all(item.sent_version == item.version for item in items)


async def test_no_text_of_a_plan_steers_the_terminal(terminal: Terminal) -> None:
    await terminal.converse("a \x1b[31mlibrary\x07\u202e: books\x9b2J", "one\x1b]0;title\x07", "b", "c", "show")

    assert "not understood, nothing was made of it: quickly[2J" in terminal.text
    assert not set(terminal.text) & set("\x1b\x07\x9b\u202e")


async def test_work_that_fails_is_not_swallowed(terminal: Terminal) -> None:
    async def broken() -> None:
        raise RuntimeError("the engine is gone")

    terminal.workshop.drive = broken  # type: ignore[method-assign]  # the engine itself fails

    with pytest.raises(RuntimeError, match="the engine is gone"):
        await terminal.converse(REQUEST)


async def test_work_that_ends_early_ends_the_conversation(terminal: Terminal) -> None:
    async def idle() -> None:
        return

    terminal.workshop.drive = idle  # type: ignore[method-assign]  # an engine that does nothing

    outcome = await terminal.converse(REQUEST)

    assert outcome.code == 1
    assert terminal.written[-1].startswith("The work ended early, while the plan is gathering.")


async def test_why_tells_who_said_so_and_what_builds_it(terminal: Terminal) -> None:
    await terminal.converse(REQUEST, *ANSWERS, "why Book.title", "why 77.1", "stop")

    assert "▸ Book.title: " in terminal.text
    assert f"  you: “{REQUEST}”" in terminal.text
    assert "Book: model, schemas and factory\n  not approved yet" in terminal.text
    assert "No criterion has the number 77.1" in terminal.text


async def test_a_review_lists_its_rules(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "planner", BuiltInPlanner())
    idea = "Laptops have a model. Pupils have a name. A pupil borrows a laptop; a lent laptop can't be lent again."
    await terminal.converse(idea, *["you decide"] * 3)

    assert (
        "▸ Rules\n   A laptop has at most one open loan at a time: one without a returned at\n▸ Entities"
        in terminal.text
    )
