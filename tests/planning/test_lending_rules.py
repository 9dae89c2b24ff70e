"""What is out can't be lent again: the commonest rule of lending is built, however it is said."""

from __future__ import annotations

import pytest

from bot.documents.entities.rule_lines import write_rule
from tests.planning.talking import asked, propose, shape, talk

COSTUMES = (
    "Each costume has a name, and is available, lent out, in cleaning or retired. Productions have a title and borrow "
    "costumes until a return date. "
)
BOOKS = "Books have a title. Members have a name. A loan belongs to a book and a member and has a due date. "


@pytest.mark.parametrize(
    "said",
    [
        "A lent costume can't be lent again.",
        "A costume can only be out with one production at a time.",
        "A costume can have only one open loan at a time.",
        "There is at most one open loan per costume.",
        "A costume that is out can't be borrowed by someone else.",
    ],
)
def test_a_loan_gets_the_moment_when_it_is_over(said: str) -> None:
    conversation = talk(COSTUMES + said)
    proposal = propose(conversation)
    loan = proposal.specs.entity("Loan")
    assert loan is not None
    assert [write_rule(rule) for rule in loan.rules] == ["one open Loan per costume until returned_at"]
    assert shape(proposal)["Loan"].endswith("returned_at:datetime?")
    assert (proposal.custom, proposal.unread) == ((), ())
    assert asked(conversation) == ["use"]
    assert any(one.startswith("Each loan has returned_at, empty as long as it is out") for one in proposal.assumptions)
    assert any("whoever lends it sets it to lent out" in one for one in proposal.assumptions)


def test_a_moment_that_is_there_is_taken() -> None:
    proposal = propose(
        talk(f"{BOOKS}A loan has a returned on (date, optional). There is at most one open loan per book.")
    )
    assert "returned_at" not in shape(proposal)["Loan"]
    loan = proposal.specs.entity("Loan")
    assert loan is not None
    assert [rule.kind for rule in loan.rules] == ["one open"]


@pytest.mark.parametrize(
    "said",
    [
        "Kilns have a name. An order belongs to a kiln. There is at most one open order per kiln.",
        "Kilns have a name. A kiln can have only one open loan at a time.",
    ],
)
def test_what_is_no_loan_or_is_none_of_it_stays_an_open_task(said: str) -> None:
    proposal = propose(talk(said))
    assert [task.title.endswith(said.rpartition(". ")[2].rstrip(".") + "”") for task in proposal.custom] == [True]


def test_customers_rent_for_some_days_and_a_day_is_no_thing() -> None:
    proposal = propose(talk("Bikes have a number. Customers have a name. Customers rent bikes for some days."))
    assert set(shape(proposal)) == {"Bike", "Customer", "Rental"}
