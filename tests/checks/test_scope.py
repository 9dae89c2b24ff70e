"""Words that cut scope: found where they promise less, passed by where they don't."""

from __future__ import annotations

import pytest

from bot.checks.scope import Cut, scope_cuts, without_code


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Return a list for now", "for now"),
        ("Stub the payment client", "Stub"),
        ("Include placeholder for feature routers", "placeholder"),
        ("Filters are added later", "later"),
        ("A simplified search", "simplified"),
        ("Mock the answers of the service", "Mock"),
        ("Use hardcoded prices", "hardcoded"),
        ("Use hard-coded prices", "hard-coded"),
        ("TODO: check the owner", "TODO"),
        ("FIXME and go on", "FIXME"),
        ("Limits are TBD", "TBD"),
        ("Only one currency in v1", "in v1"),
        ("CSV is enough for v1.", "for v1"),
        ("v1 only: no filters", "v1 only"),
        ("A basic version of the search", "basic version"),
        ("A minimal implementation", "minimal implementation"),
        ("Paging is a future enhancement", "future enhancement"),
        ("Happy path only", "Happy path only"),
        ("Refunds are not yet implemented", "not yet implemented"),
        ("Use dummy data", "dummy"),
        ("There is no search for now", "for now"),
    ],
)
def test_a_word_that_cuts_scope_is_found(text: str, word: str) -> None:
    assert scope_cuts(text) == (Cut(word, 0, text),)


@pytest.mark.parametrize(
    "text",
    [
        "Serve `/api/v1/books`", "Serve /api/v1/books", "Routers in v1 of the API", "Pydantic v1 is refused",
        "No placeholder remains", "Don't stub the client", "Replace the placeholder text", "Prices are not hardcoded",
        "Without any hardcoded secrets", "Check that no TODO is left", "Validates instead of hardcoded lists",
        "Python 3.12 or later", "No later than Friday", "The loan ends 14 days later", "Due later than lent",
        "Use mocked dependencies in tests", "Create service test patterns with mocked dependencies",
        "A pytest fixture with dummy rows", "A stub of the mailer for testing",
        "Keep a todo list", "List TODO items", "Nostalgia, lateral, mockingbird, stubborn",
        "Refuse the name “placeholder”", "Print `TODO`", 'Say "for now"', "```\nTODO\nstub = 1\n```", "mock(book)",
    ],
)  # fmt: skip
def test_a_word_that_cuts_nothing_is_passed_by(text: str) -> None:
    assert scope_cuts(text) == ()


def test_words_are_reported_in_their_order_with_their_line() -> None:
    cuts = scope_cuts("Make books\n\n- a list,  for now, with a stub\n```\nTODO\n```\nTODO")
    assert cuts == (
        Cut("for now", 2, "- a list, for now, with a stub"),
        Cut("stub", 2, "- a list, for now, with a stub"),
        Cut("TODO", 6, "TODO"),
    )


def test_code_and_quotes_are_taken_out_and_what_never_closes_stays() -> None:
    assert without_code("a `b` c “d” e") == "a … c … e"
    assert without_code("a `b c") == "a `b c"
    assert without_code('5" wide, 6" high') == "5… high"


def test_long_hostile_lines_are_read() -> None:
    assert len(scope_cuts("`“«„" * 10_000 + " later" * 5_000 + " no" * 5_000)) == 5_000
