"""Sentences cut for a place with less room: between words, with an ellipsis, and no quote left open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.clipping import clip_words, first_sentence


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert clip_words("more guests than the boat has berths", 36) == "more guests than the boat has berths"
    assert clip_words("", 1) == ""


def test_a_text_is_cut_between_words() -> None:
    assert clip_words("more guests than the boat has berths", 24) == "more guests than the…"
    assert clip_words("more guests, than", 15) == "more guests…"
    assert clip_words("more guests than", 12) == "more guests…"


def test_a_word_without_end_is_cut_where_the_room_ends() -> None:
    assert clip_words("x" * 100, 10) == "x" * 9 + "…"


def test_an_open_quote_is_closed() -> None:
    assert clip_words("It said “no more guests than berths” once", 24) == "It said “no more…”"
    assert clip_words("It said “no more guests than berths” once", 40) == "It said “no more guests than berths”…"


@given(st.text(), st.integers(min_value=4, max_value=60))
def test_it_never_gets_longer_and_begins_alike(text: str, length: int) -> None:
    cut = clip_words(text, length)

    assert len(cut) <= length
    assert text.startswith(cut.removesuffix("”").removesuffix("…")) or cut == text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "Dogs keeps dogs and walks. It was asked for so: “Walk. Now.”",
            "Dogs keeps dogs and walks.",
        ),
        ("It keeps v1.5 of dogs. More", "It keeps v1.5 of dogs."),
        ("One sentence", "One sentence"),
        ("A sentence that is much too long for its place. Next", "A sentence that is much too long for…"),
        ("", ""),
    ],
)
def test_the_first_sentence_stands_alone(text: str, first: str) -> None:
    assert first_sentence(text, 40) == first
