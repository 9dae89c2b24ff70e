"""The first story: a sentence in a channel, the built-in planner, a local remote, a cloned repository."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.clones import REQUIRED, built_again, clone, git, history, own_tests
from tests.end_to_end.conftest import Start
from tests.end_to_end.people import Person, button_labels, for_all, text_of
from tests.end_to_end.programs import Program, until

LIBRARY = (
    "new a library: books with a title, an ISBN, a price and a status available/lent; "
    "members with a name and an e-mail; a member borrows many books"
)


@pytest.mark.environment
@pytest.mark.timeout(900)
def test_from_a_sentence_in_a_thread_to_a_tested_repository(
    start: Start, people: Callable[[Program, str], Person], tmp_path: Path, cache: Path
) -> None:
    page, _bot = start()
    mara, jon = people(page, "Mara"), people(page, "Jon")

    assert mara.command(LIBRARY) == "", "the card is the answer; nothing private beside it"
    card = mara.sees("gathering requirements")
    head = card["ts"]
    assert "(`library`)" in text_of(card)
    assert "planner: built-in planner" in text_of(card)

    answer_the_questions(mara, head)
    first = mara.sees(", for review", head)
    assert button_labels(first) == ["Approve and build", "Request changes", "Whole document"]
    assert "*Loan*" in text_of(first)

    mara.press(first, "Request changes")
    mara.fill({"text": "add pages to books"})
    second = mara.sees(", for review* · review 2", head)
    assert "pages" in text_of(second)
    assert "replaced by review 2" in text_of(mara.sees("Review 1 of", head))

    mara.press(first, "Approve and build", stale=True)
    assert "pages" in text_of(mara.sees("You were looking at review 1", head)), "an old button says what changed"
    jon.press(second, "Approve and build")
    jon.sees("can approve this plan", head)

    mara.press(second, "Approve and build")
    mara.sees("approved by", head)
    until(lambda: "building" in text_of(mara.top()[0]), "the build on the card", mara.log)
    assert "*Library* (`library`) · building" in mara.command("status")
    mara.say("status", head)
    mara.sees("tasks", head)

    mara.sees("*Library is ready*", head)
    until(lambda: "· delivered" in text_of(mara.top()[0]), "the delivery on the card", mara.log)
    card = mara.top()[0]
    assert len(for_all(mara.top())) == 1, "one card heads the channel"
    assert re.search(r"(\d+) of \1 tasks", text_of(card))
    posted = [message for message in for_all(mara.thread(head)) if message.get("bot_id")]
    assert len(posted) == 5, "card, questions, two reviews, delivered: nothing else"

    check_the_repository(text_of(mara.sees("git clone", head)), tmp_path, cache)
    check_the_commands(mara)


def answer_the_questions(mara: Person, head: str) -> None:
    """Answer one question by its button and the others in words."""
    asked = mara.sees("a member borrows many books", head)
    assert "A loan of its own, with lent at, due at and returned at" in button_labels(asked)
    mara.say("!aside I wonder what it will ask next", head)
    mara.press(asked, "A loan of its own, with lent at, due at and returned at")
    mara.sees("✓ 1.", head)
    mara.say("2. Yes\n3. you decide", head)


def check_the_repository(delivered: str, folder: Path, cache: Path) -> None:
    """Clone what was delivered, read its history as its receiver would, and run its tests."""
    address = re.search(r"git clone (\S+)`", delivered)
    assert address, delivered
    place = clone(address[1], folder / "clone")
    for path in (*REQUIRED, "app/models/loan.py", "app/models/member.py"):
        assert (place / path).is_file(), path
    assert "pages" in (place / "app/models/book.py").read_text()
    tasks = (place / ".planning" / "tasks.md").read_text()
    assert "- [x] 4." in tasks
    assert "- [ ]" not in tasks, "every box is ticked"
    trailers = git("log", "--format=%(trailers:key=Plan-Task,valueonly)", folder=place).split()
    assert len(trailers) == len(set(trailers)) == tasks.count("- [x] ") - 4, "one commit a task"
    assert len(history(place)) == len(trailers) + 5, "and one for the plan and one a phase"
    assert " passed" in own_tests(place, cache)
    built_again(place, "  - isbn:", "  - shelf: Optional[str] (max 20)\n")
    assert "shelf: Mapped[str | None]" in (place / "app/models/book.py").read_text()
    assert list((place / "migrations/versions").glob("0002_add_shelf_to_books.py")), "and a migration for the rows"


def check_the_commands(mara: Person) -> None:
    """Ask for what can be asked at any time."""
    assert "`library` *Library* · delivered" in mara.command("list")
    assert "/plan new" in mara.command("help")
    mara.command("digest now")
    assert "*Library*" in text_of(mara.sees("delivered, approved by"))
    mara.command("digest daily 09:00 Europe/Berlin")
    mara.sees("every day at 09:00 Europe/Berlin")
    mara.command("digest daily 25:00 Europe/Berlin")
    mara.sees("25:00")
