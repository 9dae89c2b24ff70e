"""A script says a whole conversation: who speaks, answers that wait for their question, and errors with a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from bot.store.database import Database
from bot.store.tables import ConversationMessage, Plan
from bot.terminal.conversation import Conversation, converse
from bot.terminal.lines import Reply, Waiting
from bot.terminal.scripts import Script, ScriptError
from tests.terminal.conftest import Terminal

START = Waiting(prompt="? ")
REVIEW = Waiting(prompt="> ", in_review=True)
COPIES, LATE = (1, "How many copies of a title are there?"), (2, "What happens when a title is late?")


def asked(*questions: tuple[int, str]) -> Waiting:
    return Waiting(prompt="1> ", questions=questions)


def script(folder: Path, text: str) -> Script:
    path = folder / "talk.txt"
    path.write_text(text, encoding="utf-8")
    return Script(path)


async def hold(terminal: Terminal, said: Script) -> Conversation:
    write = terminal.written.append
    return await converse(terminal.database, terminal.workshop.drive, "planner", said.reader(write), write)


def test_lines_are_said_in_order_without_comments_and_empty_lines(tmp_path: Path) -> None:
    said = script(
        tmp_path, "\ufeff# a library\n\na library:\n  books\n# of an office\n\tand loans\n \nYes # not a comment\n"
    )

    assert said.next_reply(START) == Reply(text="a library: books and loans")
    assert said.next_reply(asked(COPIES)) == Reply(text="Yes # not a comment")


def test_a_reply_of_several_lines_stands_in_quotes(tmp_path: Path) -> None:
    said = script(tmp_path, '@Mara: """\nENTITY: Book\n\n# kept\n  - id: int\n"""\nchanges: """\nadd pages\n"""\n')

    assert said.next_reply(START) == Reply(text="ENTITY: Book\n\n# kept\n  - id: int", person="Mara")
    assert said.next_reply(REVIEW) == Reply(text="changes: add pages", person="Mara")


def test_whoever_is_named_speaks_from_there_on(tmp_path: Path) -> None:
    said = script(tmp_path, "a library\n@Mara: one\ntwo\n@Jon : ? late: nothing\n")

    people = [said.next_reply(waiting).person for waiting in (START, asked(COPIES), asked(COPIES), asked(LATE))]

    assert people == ["", "Mara", "Mara", "Jon"]


def test_an_answer_waits_for_the_question_with_its_words(tmp_path: Path) -> None:
    said = script(tmp_path, "? title LATE: nothing\n? copies: two: at most\na library\n")

    assert said.next_reply(START).text == "a library"
    assert said.next_reply(asked(COPIES)).text == "1. two: at most"
    assert said.next_reply(asked((1, "Who?"), LATE)).text == "2. nothing"


def test_the_first_reply_that_fits_is_said(tmp_path: Path) -> None:
    said = script(tmp_path, "? copies: two\nplain\n")

    assert said.next_reply(asked(LATE)).text == "plain"
    assert said.unsaid() == "talk.txt, line 1: was not needed, since nothing asked for it."


@pytest.mark.parametrize("decision", ["approve", "Approve ", "changes: add pages", "change : pages"])
def test_a_decision_that_comes_before_every_question_is_answered_stops_the_script(
    tmp_path: Path, decision: str
) -> None:
    said = script(tmp_path, f"? late: nothing\n\n{decision}\n? copies: two\n")

    with pytest.raises(ScriptError) as caught:
        said.next_reply(asked(COPIES, (2, "What happens when it is lost?")))

    assert str(caught.value) == (
        f"talk.txt, line 3: “{decision.strip()}” comes too early. Still open is 1. “How many copies of a title are "
        "there?” Add `? copies title: …` with its answer, or with `you decide`."
    )


def test_the_words_that_an_error_suggests_find_the_question(tmp_path: Path) -> None:
    first, second = (
        (1, "Must the email of a seller be unique: never the same twice?"),
        (2, "Must the email of a buyer be unique: never the same twice?"),
    )
    with pytest.raises(ScriptError, match=r"\? seller \w+: …"):
        script(tmp_path, "approve\n").next_reply(asked(first, second))

    assert script(tmp_path, "? seller unique: yes\n").next_reply(asked(second, first)).text == "1. yes"


@pytest.mark.parametrize(
    ("waiting", "wanted"),
    [
        (START, "Add a line with a sentence about what is needed."),
        (REVIEW, "Add a line with `approve` or `changes: …`."),
        (asked(LATE), "Still open is 2. “What happens when a title is late?” Add `? happens title: …`"),
    ],
)
def test_a_script_that_ends_early_says_at_which_line_and_what_is_missing(
    tmp_path: Path, waiting: Waiting, wanted: str
) -> None:
    said = script(tmp_path, "# nothing\n? copies: two\n\n")

    with pytest.raises(ScriptError) as caught:
        said.next_reply(waiting)

    assert str(caught.value).startswith("talk.txt ends at line 3, before the plan was approved. " + wanted)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("# one\n  indented\n", "line 2: an indented line"),
        ("one\n@Jon:\n", "line 2: “@Jon:” says nothing"),
        ("one\n\n? : yes\n", "line 3: write words of the question"),
        ("one\n? copies:\n", "line 2: write words of the question"),
        ('one\ntwo """\nthree', 'line 2: the quotes """ are never closed'),
        ('"""\none\n"""\n  more\n', "line 4: an indented line"),
    ],
)
def test_a_line_without_meaning_is_named_before_anything_is_said(tmp_path: Path, text: str, wrong: str) -> None:
    with pytest.raises(ScriptError, match=wrong):
        script(tmp_path, text)


def test_bytes_that_are_no_utf_8_do_not_stop_a_script(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes("Los \xe9".encode("latin-1"))

    assert Script(path).next_reply(START).text == "Los \ufffd"


async def test_several_people_hold_a_conversation_and_what_was_not_needed_is_named(
    tmp_path: Path, terminal: Terminal, database: Database
) -> None:
    said = script(
        tmp_path,
        "@Mara: a library for our office: books with a title\n\n? copies: one of each\n"
        "@Jon: ? who may add: b\n? never asked: no\n? book late: you decide\n\n"
        "changes: add pages to books\n@Mara: approve\nthanks\n",
    )

    outcome = await hold(terminal, said)

    assert outcome.code == 0
    answers = {answer.question.id: (answer.text, answer.author) for answer in terminal.planner.read[-1].answers}
    assert answers == {"copies": ("one of each", "Mara"), "who": ("Librarians only", "Jon"), "late": ("", "Jon")}
    async with database.read() as session:
        assert (await session.scalars(select(Plan))).one().starter == "Mara"
        messages = (await session.scalars(select(ConversationMessage))).all()
    assert [(message.kind, message.author) for message in messages] == [("request", "Mara"), ("change", "Jon")]
    assert "> @Jon: 1. b" in terminal.text
    assert said.unsaid() == "talk.txt, lines 5 and 10: were not needed, since nothing asked for it."


async def test_who_took_no_part_approves_nothing(tmp_path: Path, terminal: Terminal) -> None:
    said = script(tmp_path, "@Mara: a library: books\nx\ny\nz\n@Eve: approve\n")

    with pytest.raises(ScriptError, match="ends at line 5, before the plan was approved"):
        await hold(terminal, said)

    assert "@Mara can approve" in terminal.text
