"""When something is due, as anybody would type it: the date follows from another one."""

import pytest

from tests.planning.talking import named_rules_of, propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "authors, books, members, loans. book has isbn, title. member borrows book, due back in 14 days.",
            "Loan: due_at = lent_at + 14 days",
        ),
        (
            "Members borrow books. A loan has a start date. The loan is due forty days after the start date.",
            "Loan: due_on = start_date + 40 days",
        ),
        (
            "Members borrow books. A loan has a start date. Loans must be returned within twenty-one days.",
            "Loan: due_date = start_date + 21 days",
        ),
        (
            "An invoice has a number, a date, a due date (30 days after the date) and is draft, sent or paid.",
            "Invoice: due_date = date + 30 days",
        ),
        (
            "Invoices have an invoice date and a due date, 14 days after the invoice date.",
            "Invoice: due_date = invoice_date + 14 days",
        ),
        (
            "Permits have an issue date and an expiry date (90 days after issue).",
            "Permit: expiry_date = issue_date + 90 days",
        ),
        (
            "Books have a title. Members borrow books. Books have to be returned within 3 weeks.",
            "Loan: due_at = lent_at + 21 days",
        ),
        (
            "Tools have a name. A rental has a tool, rented at and due at. Tools must be brought back after 2 days.",
            "Rental: due_at = rented_at + 2 days",
        ),
        ("Invoices have a number and a date. The invoice is due in 30 days.", "Invoice: due_date = date + 30 days"),
        (
            "Invoices have an invoice date. Invoices have to be paid within 14 days.",
            "Invoice: due_date = invoice_date + 14 days",
        ),
        ("Trials have a sign-up date. A trial ends 30 days after sign-up.", "Trial: ends_on = sign_up_date + 30 days"),
    ],
)
def test_due(text: str, rule: str) -> None:
    proposal = propose(talk(text))
    assert named_rules_of(proposal) == [rule]
    assert quoted(proposal) == []


def test_a_loan_that_was_only_named_gets_the_dates_that_its_rule_needs() -> None:
    proposal = propose(talk("books, members, loans. book has title. member borrows book, due back in 14 days."))
    assert "lent_at:datetime due_at:datetime returned_at:datetime?" in shape(proposal)["Loan"]
    assert any("due back in 14 days" in note for note in proposal.assumptions)


def test_a_span_of_years_leaves_the_field_and_an_open_task() -> None:
    proposal = propose(talk("Products have a name, a purchase date and a guarantee date (2 years after purchase)."))
    assert shape(proposal)["Product"] == "name:str purchase_date:date guarantee_date:date"
    assert [one.details[0] for one in proposal.custom] == [
        "The rule as it was said: “a guarantee date (2 years after purchase)”."
    ]
    assert proposal.unread == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Parcels have a weight. Parcels have to be paid within 3 days.", "Parcels have to be paid within 3 days"),
        ("Cases have an opened on and a heard on. A case is due in 10 days.", "A case is due in 10 days"),
    ],
)
def test_without_the_moment_that_it_counts_from_it_stays_an_open_task(text: str, rule: str) -> None:
    assert named_rules_of(propose(talk(text))) == []
    assert [one.details[0] for one in propose(talk(text)).custom] == [f"The rule as it was said: “{rule}”."]
