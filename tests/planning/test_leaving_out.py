"""What could not be read, and people want to do without: "leave it out", "forget that sentence"."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.leaving_out import LeavingOut, read_leaving_out
from bot.planning.built_in.questions.leaving_out import meant
from tests.planning.talking import asked, propose, shape, talk

MOON = "The moon wobbles greenly over fluffy toast"
STARS = "Stars gargle in the twilight of jelly"
BOOKS = f"books with a title and a price. {MOON}"
TWO = ["the moon wobbles", "stars gargle"]


@pytest.mark.parametrize(
    "text",
    ["leave it out", "Leave that out, please.", "forget that sentence", "ok, skip it", "ignore it", "drop that line",
     "never mind that sentence", "please leave it out, it was a joke",
     "leave out the sentence that you could not read", "drop the one you couldn't read", "skip the unread sentence"],
)  # fmt: skip
def test_the_newest_is_meant(text: str) -> None:
    assert read_leaving_out(text) == LeavingOut()
    assert meant(LeavingOut(), TWO) == ["stars gargle"]


@pytest.mark.parametrize(
    "text", ["leave them all out", "ignore all of them", "skip those", "drop all those sentences", "forget all of it",
             "leave out everything you couldn't read", "skip the rest",
             "leave out the sentences that you didn't understand"],
)  # fmt: skip
def test_all_of_it_is_meant(text: str) -> None:
    assert read_leaving_out(text) == LeavingOut(is_all=True)
    assert meant(LeavingOut(is_all=True), TWO) == TWO


@pytest.mark.parametrize(
    "text", ["leave “The moon wobbles” out", 'drop "the moon wobbles"', "forget the sentence about the moon",
             "leave the part about the moon out", "remove the sentence “the moon wobbles”"],
)  # fmt: skip
def test_the_one_that_is_named_is_meant(text: str) -> None:
    wanted = read_leaving_out(text)
    assert wanted is not None
    assert meant(wanted, TWO) == ["the moon wobbles"]


@pytest.mark.parametrize(
    ("text", "place"),
    [("The first sentence is just the reason for it", 1), ("the first one is only background", 1), ("skip it", 0),
     ("leave out the second one", 2), ("the second of them isn't needed", 2), ("the second is not important", 2),
     ("The last one was just an introduction", -1), ("The last sentence is only there to explain it", -1)],
)  # fmt: skip
def test_the_one_in_its_place_is_meant(text: str, place: int) -> None:
    wanted = read_leaving_out(text)
    assert wanted is not None
    assert wanted.place == place
    assert meant(wanted, TWO) == [TWO[0 if place == 1 else 1]]


@pytest.mark.parametrize("text", ["The first visit is the reason for a bill", "The first boat is not important"])
def test_the_first_of_something_else_leaves_out_nothing(text: str) -> None:
    assert read_leaving_out(text) is None


@pytest.mark.parametrize(
    "text",
    ["remove the price", "drop it", "forget members", "leave out the price of books", "add a line to orders",
     "an order has lines", "drop the rule “a lent book can't be lent”", "it is out", ""],
)  # fmt: skip
def test_other_words_leave_out_nothing_that_was_said(text: str) -> None:
    assert read_leaving_out(text) is None


def test_a_sentence_is_left_out_while_gathering_and_later_ones_stay() -> None:
    proposal = propose(talk(BOOKS, "leave it out", STARS))
    assert proposal.unread == (STARS,)
    assert f"“{MOON}” is left out (Mara)" in proposal.decisions
    assert shape(proposal) == {"Book": "title:str price:Decimal"}


@pytest.mark.parametrize("answer", ["Leave it out", "leave that out", "forget that sentence", "leave them all out"])
def test_the_question_about_what_could_not_be_read_takes_it_for_an_answer(answer: str) -> None:
    assert "unread" in asked(talk(BOOKS))
    proposal = propose(talk(f"{BOOKS}. {STARS}", answers={"unread": answer}))
    assert proposal.unread == ()


def test_one_of_several_is_left_out_by_its_words_beside_a_change() -> None:
    proposal = propose(talk(f"{BOOKS}. {STARS}", changes=("Forget the sentence about the moon. Add pages to books",)))
    assert proposal.unread == (STARS,)
    assert "pages:int" in shape(proposal)["Book"]


MORE = ["the moon wobbles on toast", "a moonbeam sings of toast", "stars gargle"]


@pytest.mark.parametrize(
    ("text", "left_out"),
    [("leave out “moon”", MORE[:1]), ("leave out “toast”", []), ("leave out “on”", MORE[:1]), ("skip “star”", []),
     ("forget the sentence about toast", []), ("forget the sentences about toast", MORE[:2]),
     ("leave out “the moon wobbles on toast. stars gargle”", [MORE[0], MORE[2]])],
)  # fmt: skip
def test_only_what_is_named_is_left_out(text: str, left_out: list[str]) -> None:
    wanted = read_leaving_out(text)
    assert wanted is not None
    assert meant(wanted, MORE) == left_out


def test_where_several_hold_the_words_all_stay_and_it_is_asked_which_is_meant() -> None:
    said = f"{BOOKS}. {STARS}. The moon knits jelly"
    proposal = propose(talk(said, changes=("leave out “jelly”",)))
    assert {MOON, STARS, "The moon knits jelly"} <= set(proposal.unread)
    assert "leave out “jelly” (several hold these words: quote more of the one)" in proposal.unread
