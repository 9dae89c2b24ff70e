"""What a review tells as in no plan: sentences of substance that are still in none, each once and whole."""

from __future__ import annotations

import pytest

from bot.planning.built_in.questions.left_words import said_again, whole_sentences
from tests.planning.talking import interview, propose, talk

SHOP = "Orders have a total and a date. Customers have a name. An order belongs to a customer."
ODD = "The till gives a blinking purple sign"


@pytest.mark.parametrize(
    "talk_only",
    ["thanks!", "yes", "ok great", "no", "the first", "hello everybody", "all of them", "asdf", "lol", "you decide"],
)  # fmt: skip
def test_talk_is_no_wish(talk_only: str) -> None:
    assert propose(talk(SHOP, talk_only)).unread == ()


def test_the_words_of_the_title_are_no_wish() -> None:
    proposal = propose(talk("We run a small boat hire. A boat has a name."))

    assert proposal.unread == ()


def test_what_was_said_again_in_readable_words_is_told_no_more() -> None:
    odd = "somehow remember of the customer also the birthday maybe"
    before = propose(talk(f"{SHOP} {odd}"))
    answered = propose(talk(f"{SHOP} {odd}", answers={"unread": "Customers have a birthday"}))

    assert before.unread
    assert answered.unread == ()


def test_what_a_change_says_again_is_told_no_more() -> None:
    odd = "delivery notes ought to appear on an order"
    assert any("delivery notes" in piece for piece in propose(talk(f"{SHOP} {odd}")).unread)
    after = propose(talk(f"{SHOP} {odd}", changes=("add delivery notes to orders",)))
    assert not any("ought" in piece for piece in after.unread)


def test_pieces_of_one_sentence_are_quoted_once_and_whole() -> None:
    sentence = "Games pit two players, have a result and a date"

    pieces = ["Games pit two players", "have a result", "a date"]
    assert whole_sentences(pieces, [f"Hi. {sentence}. Bye."]) == [sentence]
    assert whole_sentences(["notifications", "payments"], ["books with a title, notifications, payments"]) == [
        "notifications", "payments",
    ]  # fmt: skip
    assert whole_sentences(["of result"], ["a kind of result is kept"]) == ["a kind of result is kept"]
    assert whole_sentences(["a result"], [sentence]) == ["a result"]
    assert whole_sentences(["between two players in a hall"], ["nothing of the kind"]) == [
        "between two players in a hall"
    ]
    assert whole_sentences([], ["anything"]) == []


def test_a_question_quotes_each_sentence_on_a_line() -> None:
    odd = ("It glows with four wibbling gronks. Sometimes colder than the other ones. "
           "If only it could fly to the moon! Wobbling at night scares the cat. "
           "Never colder than that. Twice as loud as thunder.")  # fmt: skip
    questions = interview(talk(f"{SHOP} {odd}")).questions
    text = next((one.text for one in questions if one.id == "unread"), "")

    pieces = text.partition("I could not read:\n")[2].splitlines()
    assert len(pieces) == 6
    assert all(piece.startswith("• “") for piece in pieces)


def test_other_words_for_the_same_are_found_by_what_they_speak_of() -> None:
    assert said_again(["the birthday of customers"], "customers have a birthday") == ["the birthday of customers"]
    assert said_again(["send them a cake"], "customers have a birthday") == []
    assert said_again([], "anything") == []


@pytest.mark.parametrize(
    "first",
    [
        "The office pays back the deposits",
        "The ferry carries cars and bicycles to the island",
        "The landlord chases late payers",
        "Our school feeds two hundred kids a day",
    ],
)
def test_what_somebody_does_is_no_title_and_not_lost(first: str) -> None:
    assert list(propose(talk(f"{first}. A tenant has a name.")).unread) == [first]


@pytest.mark.parametrize("first", ["Our boat rentals calendar", "Boat hire", "Our dog walking service"])
def test_what_the_whole_is_called_stays_a_title(first: str) -> None:
    assert not propose(talk(f"{first}. A boat has a name.")).unread
