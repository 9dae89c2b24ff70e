"""An order may hold several things, each so many times: that is offered where several are spoken of."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, interview, propose, shape, talk

CAFES = "Cafés order bags. Each café has a name and a town. A bag has a weight."
ANSWERED = "link:order:cafe:bag"
SEVERAL = "Every order, with several bags in it and how many of each"
ONE = "Every order, also old ones, with ordered at"


@pytest.mark.parametrize(
    "answer",
    [
        SEVERAL,
        "several bags in one order",
        "an order can have many bags",
        "each order has several bags with an amount",
        "every order, and how many of each",
    ],
)
def test_an_order_holds_several_things(answer: str) -> None:
    told = propose(talk(CAFES, answers={ANSWERED: answer}))
    assert shape(told)["Order"] == "cafe_id:int->Cafe ordered_at:datetime"
    assert shape(told)["OrderBag"] == "order_id:int->Order bag_id:int->Bag quantity:int"
    assert told.unread == ()


@pytest.mark.parametrize("answer", [ONE, "every order with its date", "there are not several bags in one order"])
def test_an_order_of_one_thing_stays_one(answer: str) -> None:
    assert "OrderBag" not in shape(propose(talk(CAFES, answers={ANSWERED: answer})))


TOLD = f"{CAFES} An order has a day."


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        ("Several bags in one order, and how many of each", "day:date cafe_id:int->Cafe"),
        ("yes", "day:date cafe_id:int->Cafe"),
        ("an order can have many bags", "day:date cafe_id:int->Cafe"),
        ("One bag in each order", "day:date cafe_id:int->Cafe bag_id:int->Bag"),
        ("no, only one", "day:date cafe_id:int->Cafe bag_id:int->Bag"),
        ("", "day:date cafe_id:int->Cafe bag_id:int->Bag"),
    ],
)
def test_it_is_asked_of_an_order_that_was_told_of(answer: str, fields: str) -> None:
    assert interview(talk(TOLD)).questions[0].text == "“Cafés order bags”: can one order hold several bags?"
    told = propose(talk(TOLD, answers={ANSWERED: answer}))
    assert (shape(told)["Order"], "OrderBag" in shape(told)) == (fields, "bag_id" not in fields)
    assert told.unread == ()


@pytest.mark.parametrize("fact", ["a bag and a day", "a day and a quantity", "a day and several bags"])
def test_an_order_of_which_that_is_told_is_not_asked_about(fact: str) -> None:
    assert ANSWERED not in asked(talk(f"{CAFES} An order has {fact}."))


def test_what_is_in_the_bags_is_no_missing_function() -> None:
    told = propose(talk("Cafés order bags of coffee. A café has a name. A bag has a weight."))
    assert shape(told)["Order"] == "cafe_id:int->Cafe bag_id:int->Bag ordered_at:datetime"
    assert told.unread == ()
    copies = propose(talk("Members borrow copies of books. A member has a name. A copy has a number."))
    assert "Members borrow copies of books" in copies.unread


@pytest.mark.parametrize(
    ("text", "is_offered"),
    [
        (CAFES, True),
        ("A guest has a name. A guest orders a dish. A dish has a price.", False),
        ("A member has a name. A tool has a number. Members borrow tools.", False),
    ],
)
def test_it_is_offered_where_several_are_ordered(text: str, is_offered: bool) -> None:
    options = [option for one in interview(talk(text)).questions for option in one.options]
    assert any("how many of each" in option for option in options) is is_offered
