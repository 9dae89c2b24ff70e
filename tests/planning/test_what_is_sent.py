"""What somebody should get when it is time is a duty, quoted whole, and never a thing or a field."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("text", "duty", "shapes"),
    [
        (
            "Graves have a row. Six months before the lease runs out, the family should get a letter.",
            "Six months before the lease runs out, the family should get a letter",
            {"Grave": "row:str"},
        ),
        (
            "Graves have a row. The family should get a letter six months before the lease ends.",
            "The family should get a letter six months before the lease ends",
            {"Grave": "row:str"},
        ),
        (
            "A job has a date. A customer should get an invoice.",
            "A customer should get an invoice",
            {"Job": "date:date"},
        ),
        (
            "A pupil has a name. The office should receive a letter.",
            "The office should receive a letter",
            {"Pupil": "name:str"},
        ),
        (
            "A tenant has a name. Each tenant must be sent a bill at the end of the month.",
            "Each tenant must be sent a bill at the end of the month",
            {"Tenant": "name:str"},
        ),
        (
            "A letter has a date and a text. The family should get a letter. A family has a name.",
            "The family should get a letter",
            {"Letter": "date:date text:str", "Family": "name:str"},
        ),
        (
            "A donation has an amount. Donors should also receive a receipt.",
            "Donors should also receive a receipt",
            {"Donation": "amount:Decimal"},
        ),
        (
            "A repair has a date. After the repair the owner has to get an invoice.",
            "After the repair the owner has to get an invoice",
            {"Repair": "date:date"},
        ),
    ],
)
def test_what_somebody_should_get_is_a_task_and_no_thing(text: str, duty: str, shapes: dict[str, str]) -> None:
    proposal = propose(talk(text))
    assert quoted(proposal) == [duty]
    assert shape(proposal) == shapes


def test_a_number_that_somebody_should_get_stays_a_field() -> None:
    proposal = propose(talk("Every member should have a number. Members have a name."))
    assert set(shape(proposal)["Member"].split()) == {"number:str", "name:str"}
    assert not quoted(proposal)
