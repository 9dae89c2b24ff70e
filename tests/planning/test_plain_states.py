"""Whose states are told behind a comma, and how long something is lent."""

from __future__ import annotations

import pytest

from bot.documents.entities.declared_rules import LatestAfter
from tests.planning.talking import asked, named_rules_of, propose, quoted, shape, talk

STATES = {
    "A plot has a number. Tenants have a name. A tenant reports the damage to a plot with a few words, and it goes "
    "from reported to in repair to fixed.": ("Damage", "Tenant", "description:str"),
    "A lift has a number. A resident files a complaint about a lift, which goes from open to checked to closed.": (
        "Complaint", "Resident", "resident_id:int->Resident",
    ),
    "A customer has a name. A customer submits a ticket with a title and it goes from open to answered.": (
        "Ticket", "Customer", "title:str",
    ),
    "A radio station. A show has a title. Every episode of a show has a date and up to three guests, and it's planned, "
    "recorded or aired.": ("Episode", "Show", "date:date"),
    "A house has a number. Each flat of a house has a floor, and it's rented or sold.": ("Flat", "House", "floor:int"),
}  # fmt: skip


@pytest.mark.parametrize("text", STATES)
def test_states_are_those_of_what_is_told_of_not_of_who_reports_it(text: str) -> None:
    thing, other, fact = STATES[text]
    fields = shape(propose(talk(text)))

    assert "status:" in fields[thing]
    assert fact in fields[thing].split()
    assert "status:" not in fields[other]


LASTING = {
    "Members (name) borrow tools (name, deposit). A loan lasts at most three days.": 3,
    "Members (name) borrow tools (name, deposit). A loan lasts at most 72 hours.": 72,
    "Members (name) borrow tools (name, deposit). A loan lasts at most two weeks.": 14,
    "Tenants have a name. Tenants borrow tools from the shed (a name and a deposit) for at most three days.": 3,
    "Members have a name. Members borrow games for up to 2 weeks. Games have a title.": 14,
}


@pytest.mark.parametrize("text", LASTING)
def test_what_lasts_at_most_so_long_is_due_by_then(text: str) -> None:
    proposal = propose(talk(text))
    loan = next(one for one in proposal.specs.entities if one.name == "Loan")
    rules = [rule for rule in loan.rules if isinstance(rule, LatestAfter)]

    assert [(rule.field, rule.after, rule.span.count) for rule in rules] == [("due_at", "lent_at", LASTING[text])]
    assert not proposal.custom
    assert not proposal.unread
    assert "Shed" not in shape(proposal)


def test_a_shed_that_is_told_of_stays_a_thing() -> None:
    told = propose(talk("Members borrow games from the shelf. Games have a title. A shelf has a number."))

    assert "Shelf" in shape(told)


def test_what_cannot_be_done_any_more_says_whose_the_record_is() -> None:
    told = talk(
        "Each wall has routes with a grade. Climbers log an ascent with the date and how many tries they needed; "
        "a route that has been taken down can't be climbed any more."
    )

    assert {"date:date", "tries:int", "climber_id:int->Climber", "route_id:int->Route"} <= set(
        shape(propose(told))["Ascent"].split()
    )


def test_whether_a_loan_is_a_record_is_asked_whatever_else_is_said_of_it() -> None:
    ids = asked(talk("Tenants have a name. Tenants borrow tools from the shed (a name) for at most three days."))

    assert any("loan" in one.lower() or "borrow" in one.lower() or "record" in one.lower() for one in ids), ids


@pytest.mark.parametrize(
    ("things", "said", "rule"),
    [
        ("An order has a number and a date.",
         "Once the deposit has arrived the order counts as confirmed, before that it is only a quote",
         "Order: transition status: quote -> confirmed"),
        ("Manuscripts have a title and a page count.",
         "As soon as both referees agree, the manuscript is accepted, until then it is just a draft",
         "Manuscript: transition status: draft -> accepted"),
        ("A place has a number and a row.",
         "When the parents have signed, the place becomes taken, before that it is merely reserved",
         "Place: transition status: reserved -> taken"),
        ("Trips have a name and a price.",
         "After ten people have paid, the trip is confirmed, until then it is planned",
         "Trip: transition status: planned -> confirmed"),
    ],
)  # fmt: skip
def test_what_something_counts_as_from_then_on_is_a_step_and_its_condition_a_task(
    things: str, said: str, rule: str
) -> None:
    proposal = propose(talk(f"{things} {said}."))
    assert named_rules_of(proposal) == [rule]
    assert [task.details[0] for task in proposal.custom] == [f"The rule as it was said: “{said}”."]
    assert proposal.unread == ()


def test_what_counts_as_something_is_no_thing_where_nothing_is_told_of_it() -> None:
    said = "Once the deposit has arrived the order counts as confirmed, before that it is only a quote"
    proposal = propose(talk(f"Each wedding has a date. {said}."))
    assert shape(proposal) == {"Wedding": "date:date"}
    assert quoted(proposal) == [said]
