"""What a letter tells that people do: whom they meet, what they send after it, what they note when things go out."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_doings import in_plain_doings
from tests.planning.talking import propose, quoted, rules_of, shape, talk


@pytest.mark.parametrize(
    ("said", "things"),
    [
        (
            "A customer calls and tells us about their boat. Boats have a colour. Customers have a phone number.",
            {"Boat": "colour:str customer_id:int->Customer", "Customer": "name:str phone_number:str"},
        ),
        (
            "Visits have a date. Customers have a name. We then arrange a visit with the customer.",
            {"Visit": "date:date customer_id:int->Customer", "Customer": "name:str"},
        ),
        (
            "Patients have a name. We agree on an appointment with the patient. An appointment has a date.",
            {"Appointment": "date:date patient_id:int->Patient", "Patient": "name:str"},
        ),
        (
            "Visits have a date. After the visit we send an invoice. An invoice has an amount.",
            {"Visit": "date:date", "Invoice": "amount:Decimal visit_id:int->Visit"},
        ),
        (
            "Visits have a date. Tuners have a name. The tuner works on several pianos during a visit.",
            {
                "Visit": "date:date tuner_id:int->Tuner",
                "Piano": "name:str",
                "Tuner": "name:str",
                "VisitPiano": "visit_id:int->Visit piano_id:int->Piano",
            },
        ),
        (
            "Each visit belongs to a tuner. A visit takes place on a certain day and starts at a certain time.",
            {"Visit": "date:date start_time:time tuner_id:int->Tuner", "Tuner": "name:str"},
        ),
    ],
)
def test_what_people_do_tells_what_things_belong_to(said: str, things: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == things
    assert not quoted(proposal)


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        (
            (
                "Visits have a date. A visit is planned, then done or cancelled. "
                "It can only be cancelled as long as it's planned."
            ),
            ["transition status: planned -> done | cancelled"],
        ),
        (
            "Invoices have an amount. Invoices are open until the customer has paid them.",
            ["transition status: open -> paid"],
        ),
        (
            (
                "Members have a name. Tools have a name. A member can borrow a tool for at most four weeks. "
                "When they pick it up we note the date, and when they bring it back we note that too. "
                "Tools that are on loan can't be lent to someone else, of course."
            ),
            ["due_at = lent_at + 28 days", "one open Loan per tool until returned_at"],
        ),
    ],
)
def test_what_is_told_of_states_and_loans_is_a_rule(said: str, rules: list[str]) -> None:
    proposal = propose(talk(said))
    assert rules_of(proposal) == rules
    assert not quoted(proposal)


@pytest.mark.parametrize(
    "said",
    [
        "When they pick it up we note the date.",
        "It can only be cancelled as long as it's planned.",
        "We arrange a visit with the museum.",
        "A nurse checks several rooms in the morning.",
    ],
)
def test_what_may_mean_something_else_stays_as_it_was_said(said: str) -> None:
    assert in_plain_doings(said) == said
