"""The firm of whoever speaks is the whole and no thing in it, unless the text tells of several, or what each has."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_firms import in_plain_firms
from tests.planning.talking import propose, shape, talk


@pytest.mark.parametrize(
    ("said", "firm", "name", "fields"),
    [
        ("A bakery takes orders from customers for cakes.", "Bakery", "Order",
         "customer_id:int->Customer cake_id:int->Cake"),
        ("Our bakery takes orders from customers for cakes every day. Each order has a pickup date.", "Bakery", "Order",
         "pickup_date:date customer_id:int->Customer cake_id:int->Cake"),
        ("An app for a bakery. A bakery takes orders from customers for cakes. The bakery is closed on Mondays.",
         "Bakery", "Order", "customer_id:int->Customer cake_id:int->Cake"),
        ("A print shop accepts jobs from clients. A job has a title and a deadline.", "PrintShop", "Job",
         "title:str deadline:date client_id:int->Client"),
        ("A charity receives donations from donors for projects. A donation has an amount.", "Charity", "Donation",
         "amount:Decimal donor_id:int->Donor project_id:int->Project"),
        ("A hotel takes bookings for rooms from guests. A room has a number. The hotel has 30 rooms.", "Hotel",
         "Booking", "guest_id:int->Guest room_id:int->Room"),
        ("A bakery takes orders from customers for cakes, and each order has a pickup date.", "Bakery", "Order",
         "pickup_date:date customer_id:int->Customer cake_id:int->Cake"),
        ("A warehouse receives deliveries from suppliers and stores them on shelves.", "Warehouse", "Delivery",
         "supplier_id:int->Supplier shelf_id:int->Shelf"),
        ("A law office receives requests from clients: a title and a text.", "LawOffice", "Request",
         "title:str text:str client_id:int->Client"),
        ("A club collects fees from members. A fee has an amount.", "Club", "Fee",
         "amount:Decimal member_id:int->Member"),
        ("Hello! A small florist takes orders from customers for bouquets.", "Florist", "Order",
         "customer_id:int->Customer bouquet_id:int->Bouquet"),
        ("A brewery takes orders from bars for beers. An order has several beers.", "Brewery", "Order",
         "bar_id:int->Bar ordered_at:datetime"),
    ],
)  # fmt: skip
def test_our_own_firm_is_no_thing(said: str, firm: str, name: str, fields: str) -> None:
    """What it takes from others is a record of theirs."""
    made = shape(propose(talk(said)))
    assert firm not in made
    assert made[name] == fields


def test_what_a_firm_has_is_kept() -> None:
    """And what it does with it afterwards is a deed of whoever gets it."""
    made = shape(propose(talk("A museum owns paintings and lends them to schools. A painting has a title.")))
    assert made["Painting"] == "title:str"
    assert made["Loan"].startswith("school_id:int->School painting_id:int->Painting ")
    assert "Museum" not in made


@pytest.mark.parametrize(
    "said",
    [
        "",
        ". ",
        "A bakery takes orders from customers. Each bakery has a name.",
        "A bakery takes orders from customers. Bakeries have an address.",
        "A shop takes orders from customers. The shop has a name and an address.",
        "A shop takes orders from customers. The shop's address is shown.",
        "A restaurant gets reviews from guests. Guests can filter restaurants by city.",
        "A restaurant takes orders from customers. An order has a restaurant, a dish and a price.",
        "A bakery (name, address) takes orders from customers.",
        "A museum gets paintings from other museums.",
        "A waiter takes orders from guests for dishes.",
        "A team takes orders from customers.",
        "Customers order cakes. A bakery takes orders from customers for cakes.",
        "We take water from rivers.",
        "A garage takes orders",
        "A vet practice sends invoices to owners.",
        "We take orders from customers for cakes from bakers for parties.",
    ],
)
def test_other_firms_stay_things(said: str) -> None:
    """Several of them, those with facts of their own, and who is no firm."""
    assert in_plain_firms(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "We fly balloons for passengers, a little company with four balloons and a handful of pilots.",
        "Hi! We take guests up in the air, a small business with about ten balloons.",
        "We fly over the mountains, a family business with a few pilots and six balloons.",
    ],
)
def test_who_we_are_behind_a_comma_is_no_thing(said: str) -> None:
    proposal = propose(talk(f"{said} A balloon has a name. A pilot has a phone."))
    assert set(shape(proposal)) == {"Balloon", "Pilot"}
    assert not proposal.custom


def test_what_is_no_firm_behind_a_comma_is_left() -> None:
    said = "We plan trips, a guide with ten guests."
    assert in_plain_firms(said) == said
