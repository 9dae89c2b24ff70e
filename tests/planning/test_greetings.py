"""Greetings, thanks and questions about the bot are told from what shall be built."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.greetings import Pleasantry, pleasantry
from bot.planning.built_in.words.vocabulary import is_you_decide


@pytest.mark.parametrize(
    "text",
    ["hello", "hi bot", "Hello there!", "good morning", "hey <@U1> :wave:", "test", "what can you do?", "help me"],
)
def test_greetings(text: str) -> None:
    assert pleasantry(text) == Pleasantry.GREETING


@pytest.mark.parametrize("text", ["thanks!", "thank you so much", "perfect, thanks", "Cheers", "great :tada:"])
def test_thanks(text: str) -> None:
    assert pleasantry(text) == Pleasantry.THANKS


@pytest.mark.parametrize(
    "text",
    ["", "a great library", "hi, a library with books", "hello world app", "help desk: tickets", "no", "ok", "42", "?"],
)
def test_what_says_more_is_no_pleasantry(text: str) -> None:
    assert pleasantry(text) == ""


@pytest.mark.parametrize(
    "text",
    ["you decide", "You decide, please.", "please decide for me", "you decide the rest", "", "you decide all of it",
     "decide everything yourself", "You choose the rest!", "you can pick for us", "please decide all of them for me"],
)  # fmt: skip
def test_a_decision_is_left_to_the_planner_in_many_words(text: str) -> None:
    assert is_you_decide(text)


@pytest.mark.parametrize(
    "text",
    [
        "you decide on Mondays",
        "the librarian decides",
        "you decide the price",
        "choose red",
        "decide",
        "you choose rooms",
        "please",
        "yes",
    ],
)
def test_other_words_decide(text: str) -> None:
    assert not is_you_decide(text)
