"""What is handed to a business, what is noted for each order, and who takes on a job, are read as people say them."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_commissions import in_plain_commissions
from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("said", "entities"),
    [
        (
            (
                "Customers bring shoes. For each order we write down what has to be done, what it will cost and "
                "when it "
                "will be ready."
            ),
            {
                "Customer": "name:str",
                "Shoe": "name:str customer_id:int->Customer",
                "Order": "work:str price:Decimal ready_on:date shoe_id:int->Shoe",
            },
        ),
        (
            (
                "Our translation office takes jobs from clients: a text with a number of words, the language it is "
                "in, the "
                "language it should be in, a deadline. One translator takes the job."
            ),
            {
                "Job": "text:str number_of_words:int source_language:str target_language:str deadline:date "
                "client_id:int->Client translator_id:int?->Translator",
                "Client": "name:str",
                "Translator": "name:str",
            },
        ),
        (
            (
                "A customer with a name and a phone number brings in a bike, and we write down the brand, the frame "
                "number "
                "and what is wrong with it."
            ),
            {
                "Customer": "name:str phone_number:str",
                "Bike": "brand:str frame_number:str problem:str customer_id:int->Customer",
            },
        ),
        (
            "A farmer with a name and an address sends in a soil sample, and we record the depth and the date.",
            {
                "Farmer": "name:str address:str",
                "SoilSample": "depth:float date:date farmer_id:int->Farmer",
            },
        ),
        (
            (
                "Our print shop gets orders from companies: a title, a number of copies and a delivery date. "
                "A printer handles the order."
            ),
            {
                "Order": "title:str number_of_copies:int delivery_date:date company_id:int->Company "
                "printer_id:int->Printer",
                "Company": "name:str",
                "Printer": "name:str",
            },
        ),
        (
            (
                "We take commissions from collectors, each with a title, a size and a price. One of our painters "
                "works on "
                "the commission."
            ),
            {
                "Commission": "title:str size:str price:Decimal collector_id:int->Collector painter_id:int?->Painter",
                "Collector": "name:str",
                "Painter": "name:str",
            },
        ),
        (
            "Guests leave their coats with us. For each ticket we note the number and the hook.",
            {
                "Coat": "name:str guest_id:int->Guest",
                "Guest": "name:str",
                "Ticket": "number:str hook:str coat_id:int->Coat",
            },
        ),
    ],
)
def test_what_is_handed_to_a_business_belongs_to_whoever_brings_it(said: str, entities: dict[str, str]) -> None:
    proposal = propose(talk(said))
    given = {name: set(fields.split()) for name, fields in shape(proposal).items()}
    assert given == {name: set(fields.split()) for name, fields in entities.items()}
    assert not quoted(proposal)


@pytest.mark.parametrize(
    ("said", "record", "field", "rule"),
    [
        (
            "Customers bring shoes. For each order we note the price. Shoes can't be collected before they are paid.",
            "Order",
            "is_paid",
            "Shoes can't be collected before they are paid",
        ),
        (
            "A bike has a brand. Nobody gets the bike back before it is paid.",
            "Bike",
            "is_paid",
            "Nobody gets the bike back before it is paid",
        ),
        (
            "A contract has a number. A contract can only be handed over once it is signed.",
            "Contract",
            "is_signed",
            "A contract can only be handed over once it is signed",
        ),
    ],
)
def test_what_must_be_settled_first_is_a_mark_and_a_task(said: str, record: str, field: str, rule: str) -> None:
    proposal = propose(talk(said))
    assert f"{field}:bool" in shape(proposal)[record].split()
    assert quoted(proposal) == [rule]


@pytest.mark.parametrize(
    ("said", "members"),
    [
        ("Members with a name and an e-mail book a room. A room has a number.", "name:str email:EmailStr!"),
        ("Students with a name and a town sign up for a course. A course has a title.", "name:str town:str"),
        ("Each guest with a name and a table orders a dish. A dish has a price.", "name:str table:str"),
    ],
)
def test_people_are_described_before_what_they_do(said: str, members: str) -> None:
    proposal = propose(talk(said))
    assert shape(proposal)[proposal.specs.entities[0].name] == members
    assert not proposal.unread


@pytest.mark.parametrize(
    "said",
    [
        "A parcel has a status (new, paid, sent). Parcels can't be shipped before they are paid.",
        "For each order we write down the price.",
        "We take photos from balloons.",
        "A person takes the bus.",
    ],
)
def test_other_ways_of_speaking_stay_as_they_are(said: str) -> None:
    assert in_plain_commissions(said) == said
