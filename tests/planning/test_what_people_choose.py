"""What people choose belongs to the record that they make, which names them, and nothing of it is lost."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, quoted, shape, talk


def test_a_cake_order_has_all_that_customers_choose_and_when_they_pick_it_up() -> None:
    proposal = propose(
        talk(
            "Once a month my bakery takes orders for birthday cakes. Customers choose a flavour, a size and the text "
            "on top, and say when they will pick it up. No more than ten cakes can be picked up on the same day."
        )
    )
    assert set(shape(proposal)) == {"Order", "Customer"}
    assert set(shape(proposal)["Order"].split()) == {
        "flavour:str",
        "size:str",
        "text_on_top:str",
        "pick_up_date:date",
        "customer_id:int->Customer",
    }
    assert quoted(proposal) == ["No more than ten cakes can be picked up on the same day"]


@pytest.mark.parametrize(
    ("text", "record", "kept"),
    [
        (
            "Guests choose a starter, a main course and a drink. A table has a colour.",
            "Choice",
            "starter:str main_course:str drink:str guest_id:int->Guest",
        ),
        ("Pupils pick a colour and a size for their T-shirt.", "TShirt", "colour:str size:str pupil_id:int->Pupil"),
        (
            "Customers place orders. They choose a paper, a size and a number of copies. An order has a day.",
            "Order",
            "paper:str size:str number_of_copies:int day:date customer_id:int->Customer",
        ),
        (
            "Guests book a table. They choose a menu and a drink. A table has a colour.",
            "Booking",
            "menu:str drink:str guest_id:int->Guest table_id:int->Table",
        ),
        (
            "Customers place orders. They pick a size and a colour.",
            "Order",
            "size:str colour:str customer_id:int->Customer",
        ),
        (
            "The customer picks a colour, a size and a delivery date for each order. An order has a total.",
            "Order",
            "colour:str size:str delivery_date:date total:Decimal customer_id:int->Customer",
        ),
        (
            "Members select a course and a date. A course has a title.",
            "Choice",
            "date:date member_id:int->Member course_id:int->Course",
        ),
        ("Patients choose a doctor and a time.", "Choice", "time:time patient_id:int->Patient doctor_id:int->Doctor"),
    ],
)
def test_what_people_choose_is_kept_of_their_record(text: str, record: str, kept: str) -> None:
    proposal = propose(talk(text))
    assert set(shape(proposal)[record].split()) == set(kept.split())
    assert not quoted(proposal)
