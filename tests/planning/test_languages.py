"""Other languages than English are told kindly; shorthand works in any."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.languages import other_language
from tests.planning.talking import interview, propose, shape, talk

GERMAN = "ein Verleih: Bücher mit Titel und ISBN; Mitglieder leihen Bücher aus"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "German"),
        ("une bibliothèque avec des livres et des membres; un livre a un titre", "French"),
        ("una biblioteca: libros con un título y un precio; los socios toman libros", "Spanish"),
        ("a library with books", ""),
        ("El Dorado club: members with a name", ""),
        ("La Boheme bar with drinks and a price", ""),
        ("bikes", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_brief_is_told_only_where_it_is_plain(text: str, language: str) -> None:
    assert other_language(text) == language


def test_a_brief_in_another_language_is_kept_and_english_asked_for() -> None:
    (question,) = interview(talk(GERMAN)).questions

    assert question.text.startswith("This looks like German. It is kept, but I read English only so far.")
    assert "Book: title" in question.text
    proposal = propose(talk(GERMAN, answers={"things": "books with a title"}))
    assert shape(proposal) == {"Book": "title:str"}
    assert proposal.unread == (GERMAN,)


def test_shorthand_in_it_is_read() -> None:
    proposal = propose(talk("wir brauchen eine Verwaltung für unsere Bücher\nBuch: titel str, preis money"))

    assert shape(proposal) == {"Buch": "titel:str preis:Decimal"}
