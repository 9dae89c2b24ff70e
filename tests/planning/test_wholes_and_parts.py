"""What a thing is made of and what it has are read beside each other; what it has for each part is of the pair."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        (
            (
                "We sell flowers. Each order has a delivery date and a venue, and is made up of several arrangements "
                "with their own price."
            ),
            {"Order": "delivery_date:date venue:str", "Arrangement": "price:Decimal order_id:int->Order"},
        ),
        (
            (
                "A loan covers one or more paintings, has a start and an end, and an insurance value for each "
                "painting. A painting has a title."
            ),
            {
                "Loan": "start:datetime end:datetime",
                "Painting": "title:str",
                "LoanPainting": "insurance_value:Decimal loan_id:int->Loan painting_id:int->Painting",
            },
        ),
        (
            "A loan covers one or more paintings and has a start and an end. A painting has a title.",
            {
                "Loan": "start:datetime end:datetime",
                "Painting": "title:str",
                "LoanPainting": "loan_id:int->Loan painting_id:int->Painting",
            },
        ),
        (
            "Each order has a delivery date and is made up of several arrangements. An arrangement has a name.",
            {"Order": "delivery_date:date", "Arrangement": "name:str order_id:int->Order"},
        ),
        (
            "A course consists of several lessons, has a title and a price. A lesson has a date.",
            {"Course": "title:str price:Decimal", "Lesson": "date:date course_id:int->Course"},
        ),
        (
            "A parcel contains several products, has a weight and a quantity for each product. A product has a name.",
            {
                "Parcel": "weight:float",
                "Product": "name:str",
                "ParcelProduct": "quantity:int parcel_id:int->Parcel product_id:int->Product",
            },
        ),
        (
            "Members have their own locker and their own key. A member has a name.",
            {"Member": "locker:str key:str name:str"},
        ),
        ("Each house has its own colour.", {"House": "colour:str"}),
    ],
)
def test_a_whole_has_its_parts_and_its_facts(text: str, shapes: dict[str, str]) -> None:
    proposal = propose(talk(text))
    read = {name: set(fields.split()) for name, fields in shape(proposal).items()}
    assert {name: read.get(name) for name in shapes} == {name: set(fields.split()) for name, fields in shapes.items()}
    assert not [piece for piece in quoted(proposal) if "flowers" not in piece]


def test_what_a_thing_has_for_each_of_another_is_no_field_of_it() -> None:
    proposal = propose(
        talk("A loan has a start and an end, and an insurance value for each painting. A painting has a title.")
    )
    assert "insurance" not in str(shape(proposal))
    assert ["an insurance value for each painting" in piece for piece in quoted(proposal)] == [True]


def test_who_sees_only_their_own_is_still_a_rule() -> None:
    text = "Members can see only their own orders. Members have an e-mail. An order belongs to a member."
    assert "own" not in str(shape(propose(talk(text))))
    assert any(entity.rules for entity in propose(talk(text)).specs.entities)
