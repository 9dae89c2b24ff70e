"""The first story up to its build, by two people: a sentence, questions, two reviews, old buttons, a pause.

What comes after it, to the cloned repository, is seen in the browser (`test_browser`).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.end_to_end.conftest import Start
from tests.end_to_end.people import Person, button_labels, for_all, text_of
from tests.end_to_end.programs import Program, until

LIBRARY = (
    "new a library: books with a title, an ISBN, a price and a status available/lent; "
    "members with a name and an e-mail; a member borrows many books"
)


@pytest.mark.environment
@pytest.mark.timeout(900)
def test_from_a_sentence_in_a_thread_to_a_build_that_can_be_stopped(
    start: Start, people: Callable[[Program, str], Person]
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
    assert button_labels(first) == ["Approve and build", "Request changes", "Edit entities", "Whole document"]
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
    until(lambda: "now: " in text_of(mara.top()[0]), "the first task on the card", mara.log)
    assert "*Library* (`library`) · building" in mara.command("status")
    mara.say("status", head)
    mara.sees("tasks", head)
    mara.say("stop", head)
    until(lambda: "paused by" in text_of(mara.top()[0]), "the pause on the card", mara.log)

    assert len(for_all(mara.top())) == 1, "one card heads the channel"
    posted = [message for message in for_all(mara.thread(head)) if message.get("bot_id")]
    assert len(posted) == 4, "card, questions, two reviews: nothing else"
    check_the_commands(mara)


def answer_the_questions(mara: Person, head: str) -> None:
    """Answer one question by its button and the others in words."""
    asked = mara.sees("what do you want to see later", head)
    assert "Every loan, also old ones, with lent at, due at and returned at" in button_labels(asked)
    mara.say("!aside I wonder what it will ask next", head)
    mara.press(asked, "Every loan, also old ones, with lent at, due at and returned at")
    mara.sees("✓ 1.", head)
    mara.say("2. Yes\n3. you decide", head)


def check_the_commands(mara: Person) -> None:
    """Ask for what can be asked at any time."""
    assert "`library` *Library* · " in mara.command("list")
    assert "/plan new" in mara.command("help")
    mara.command("digest now")
    assert "*Library*" in text_of(mara.sees("Since "))
    mara.command("digest daily 09:00 Europe/Berlin")
    mara.sees("every day at 09:00 Europe/Berlin")
    mara.command("digest daily 25:00 Europe/Berlin")
    mara.sees("25:00")
