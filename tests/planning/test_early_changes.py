"""Before there is a review: what was misread is taken back or renamed in a sentence, and makes no new thing."""

from __future__ import annotations

import pytest

from bot.planning.built_in.changes.early_changes import asks_for_change
from tests.planning.talking import asked, propose, shape, talk

SHOP = "a shop: bases with a name; orders with a total"


@pytest.mark.parametrize("said", ["remove bases", "Please remove the bases.", "a base is not a thing", "drop base"])
def test_a_thing_is_taken_back_while_gathering(said: str) -> None:
    assert list(shape(propose(talk(SHOP, said)))) == ["Order"]
    assert asked(talk(SHOP, said)) == ["use"]


def test_a_thing_gets_another_name_while_gathering() -> None:
    proposal = propose(talk(SHOP, "rename bases to customers"))

    assert shape(proposal) == {"Customer": "name:str", "Order": "total:Decimal customer_id:int->Customer"}
    assert "Each order names one customer" in proposal.assumptions
    assert proposal.specs.entities[0].renamed_from is None


def test_an_answer_may_take_back_what_the_question_is_about() -> None:
    talked = talk("a shop: bases; orders with a total", answers={"fields:base": "remove bases"})

    assert list(shape(propose(talked))) == ["Order"]
    assert "fields:base" not in asked(talked)


def test_the_rest_of_such_a_message_is_read_too() -> None:
    proposal = propose(talk(SHOP, "Remove bases. Customers have a name"))

    assert list(shape(proposal)) == ["Order", "Customer"]


@pytest.mark.parametrize("where", ["messages", "changes"])
def test_what_is_not_there_is_quoted_and_made_into_nothing(where: str) -> None:
    said = "remove unicorns"
    proposal = propose(talk(SHOP, said) if where == "messages" else talk(SHOP, changes=(said,)))

    assert list(shape(proposal)) == ["BaseRecord", "Order"]
    assert proposal.unread == ("remove unicorns (nothing here is called so)",)


def test_a_base_of_customers_is_customers() -> None:
    assert shape(propose(talk("a base of customers with a name and a phone"))) == {"Customer": "name:str phone:str"}


def test_names_of_hundreds_of_letters_are_quoted() -> None:
    thing, fact = "x" * 200, "y" * 200
    proposal = propose(talk(f"a shop: {thing}s with a name; orders with a total and {fact}"))

    assert shape(proposal) == {"Order": "total:Decimal"}
    assert proposal.unread == (f"{thing}s with a name", fact)


@pytest.mark.parametrize(
    "text", ["remove nothing that is used", "forget it", "we remove books from the shelf when they are old", "yes", ""]
)
def test_other_sentences_ask_for_no_change(text: str) -> None:
    assert not asks_for_change(text)
