"""Which sentences ask to go back to an earlier review, and which are said of the plan."""

from __future__ import annotations

import pytest

from bot.workflow.going_back import WayBack, asked_back


@pytest.mark.parametrize(
    ("words", "number", "is_plain"),
    [
        ("undo", 0, True),
        ("Undo!", 0, True),
        ("undo the last change", 0, True),
        ("please undo my last change.", 0, True),
        ("go back to the previous review", 0, True),
        ("go back to review 1", 1, True),
        ("Can you go back to revision #2, please?", 2, True),
        ("let's take it back to review 12", 12, True),
        ("restore review 2", 2, True),
        ("revert to version 3", 3, True),
        ("take that back", 0, False),
        ("undo that", 0, False),
        ("go back", 0, False),
    ],
)
def test_these_words_ask_to_go_back(words: str, number: int, is_plain: bool) -> None:
    assert asked_back(words) == WayBack(number=number, is_plain=is_plain)


@pytest.mark.parametrize(
    "words",
    [
        "undo is a button of the editor",
        "a librarian can undo a loan",
        "books go back to review after 3 days",
        "add a review to books",
        "review 2 is fine",
        "take back the book",
        "restore books that were deleted",
        "go back to review 1 and add pages",
    ],
)
def test_other_words_are_said_of_the_plan(words: str) -> None:
    assert asked_back(words) is None
