"""Sentences on what differs, said again without the words of the grammar."""

from __future__ import annotations

import pytest

from bot.documents.entities.plain_changes import said_plainly, told_changes


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Kiln gains `shelves`: int", "Kiln gains `shelves` (number)"),
        ("Book gains `mail`: EmailStr (unique)", "Book gains `mail` (e-mail, no two the same)"),
        (
            "Book gains `pages`: Optional[int] (min 1, max 5)",
            "Book gains `pages` (number, at least 1, at most 5, optional)",
        ),
        (
            "Club gains `tags`: Optional[list[str]]; Shelf is new",
            "Club gains `tags` (a list, each of it text, optional); Shelf is new",
        ),
        (
            "Club gains `lead_id`: Optional[UUID] (foreign key to Member)",
            "Club gains `lead_id` (names one Member, optional)",
        ),
        ("Kiln gains `mood`: KilnMood (enum, default BAD)", "Kiln gains `mood` (kiln mood, BAD at first)"),
        ("Club gains `fee`: Decimal (digits 12 places 2)", "Club gains `fee` (amount)"),
        (
            "`title` of Book is now a list of str (was int)",
            "`title` of Book is now a list, each of it text (was number)",
        ),
        (
            "Potter gains the relation `firings` to Firing (OneToMany)",
            "Each Potter can now have many Firing (`firings`)",
        ),
        ("a kiln gains heat: int is what I said", "a kiln gains heat: int is what I said"),
        ("Kiln gains the rule “the heat is at most 5”", "Kiln gains the rule “the heat is at most 5”"),
    ],
)
def test_no_word_of_the_grammar_is_left(written: str, told: str) -> None:
    assert said_plainly(written) == told


def test_a_hostile_text_takes_no_time_and_stays() -> None:
    text = "gains `a`: list[" * 5000
    assert said_plainly(text) == text


def test_which_feature_a_field_is_for_is_nothing_to_decide() -> None:
    noise = "Entities: `role` of User is no longer for auth alone"
    assert told_changes([noise, "Entities: Customer gains `city`: str"]) == ["Entities: Customer gains `city` (text)"]
    assert told_changes([noise]) == [noise], "what changed is never told as nothing"
