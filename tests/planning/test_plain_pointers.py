"""What people only point at is read by name: lines of an order, owners, stays of a dog in a run, counted things."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_pointers import in_plain_pointers
from tests.planning.talking import propose, shape, talk

READ = {
    "We sell products with name and price. An order has its lines: which product, how many, and the price": (
        "OrderLine",
        "quantity:int price:Decimal order_id:int->Order product_id:int->Product",
    ),
    "We keep parts with name. A kit has its items: which part, how many": (
        "KitItem",
        "quantity:int kit_id:int->Kit part_id:int->Part",
    ),
    "Boats have a name. Berths have a code. Then the stays: which boat is in which berth, arrival and departure day": (
        "Stay",
        "arrival_day:date departure_day:date boat_id:int->Boat berth_id:int->Berth",
    ),
    "Books have a title. Readers have a name. The loans: which book went to which reader, due date": (
        "Loan",
        "due_date:date book_id:int->Book reader_id:int->Reader",
    ),
    "It is about the costumes in our theatre. We've got about 300 of them (title, size and shelf code)": (
        "Costume",
        "title:str size:str shelf_code:str",
    ),
    "A kennel with 14 runs, they've got numbers and some are heated": ("Run", "number:str is_heated:bool"),
    "We keep track of horses (name, breed) and of whoever they belong to - name, mobile, email": (
        "Owner",
        "name:str mobile_number:str email:EmailStr!",
    ),
    "Games have a title. Tables have a number. Then games get handed out to a table, so we need to know which one went "
    "out where, when it went out and when it came back": (
        "Handout",
        "went_out_at:datetime came_back_at:datetime? game_id:int->Game table_id:int->Table",
    ),
    "Tools have a name. Members have a name. Tools are lent out to a member, and we want to know when they went out "
    "and when they came back": (
        "Loan",
        "went_out_at:datetime came_back_at:datetime? tool_id:int->Tool member_id:int->Member",
    ),
    "About thirty cafés and corner shops buy from us, each of them has a name and a delivery address. "
    "What they order is always for one delivery day": (
        "Order",
        "delivery_day:date customer_id:int->Customer",
    ),
}


@pytest.mark.parametrize("text", READ)
def test_what_is_pointed_at_is_read_by_name(text: str) -> None:
    entity, fields = READ[text]
    assert shape(propose(talk(text)))[entity] == fields


TOLD = {
    "Boats have a name. The same berth can't be given away twice for the same nights.": (
        "Boats have a name. No berth can be booked twice for the same time."
    ),
    "Tables have a number, and obviously no table is free.": "Tables have a number. no table is free.",
    "A stay belongs to a cat. First it's booked, then the cat is checked in, then picked up.": (
        "A stay belongs to a cat. Stays: booked → checked in → picked up."
    ),
    "A stay belongs to a cat. First it's booked, then checked in, but a booking may fall through and no cat stays": (
        "A stay belongs to a cat. Stays: booked → checked in. A booked one can be cancelled. no cat stays"
    ),
    "- films: title, year\n- stages: offered > chosen > shown": (
        "- films: title, year\n- A film is offered, then chosen, then shown"
    ),
}


@pytest.mark.parametrize("text", TOLD)
def test_what_goes_on_is_said_of_the_thing_that_was_spoken_of(text: str) -> None:
    assert in_plain_pointers(text) == TOLD[text]


@pytest.mark.parametrize(
    "text",
    [
        "First it's booked, then the cat is checked in.",
        "We have 40 of them (title and year)",
        "stages: offered > chosen > shown",
        "They have a name, and of course an e-mail",
        "A club has its rules: the club decides",
    ],
)
def test_what_names_nothing_stays_as_it_is(text: str) -> None:
    assert in_plain_pointers(text) == text
