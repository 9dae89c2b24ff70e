"""People who are called by name, and pronouns, are no things: what they do is what is done in the business."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.named_people import named_people, people_guessed, tells_who
from bot.planning.built_in.words.plain_persons import in_plain_persons
from tests.planning.talking import asked, propose, shape, talk


@pytest.mark.parametrize(
    ("said", "things"),
    [
        ("Ines is at the counter; she takes repairs in and hands them back. A repair has a brand.", {"Repair"}),
        ("A workshop, three painters and Ines at the counter. A frame has a price.", {"Painter", "Frame"}),
        ("Tom drives the van. A box has a size. He loads the boxes.", {"Box"}),
        ("My sister Ruth does the accounts. A Vespa has a plate.", {"Vespa"}),
        ("Frau Beck checks the cellos before they go out. A cello has a number.", {"Cello"}),
        ("A salon: Mia, Lena and Paul cut hair. Lena answers the phone. A visit has a date.", {"Visit"}),
        ("Mrs. O'Neill teaches the children. A horse has a colour. Mr. Brown feeds the horses.", {"Horse"}),
        ("Rose and Bill run the café. Rose takes orders on the phone. A cake has a price.", {"Cake"}),
        ("A parcel has a weight. Parcels are delivered by Tom or Ines. Each parcel belongs to Tom.", {"Parcel"}),
        ("On Mondays Peter picks the tomatoes and then Oyelaran sorts them. A tomato has a variety.", {"Tomato"}),
        ("Ines is the counter clerk. Tom is our driver. A parcel has a weight.", {"Parcel"}),
    ],
)
def test_who_is_called_by_name_is_no_thing(said: str, things: set[str]) -> None:
    assert set(shape(propose(talk(said)))) == things
    assert not any(word in key for key in asked(talk(said)) for word in ("ine", ":she", ":he", "tom:"))


@pytest.mark.parametrize(
    ("said", "thing", "field"),
    [
        ("A box has a size. When Ines takes a box in, she writes down the weight.", "Box", "weight:float"),
        ("A tool has a name. Marta writes down the deposit of each tool.", "Tool", "deposit:Decimal"),
        ("A guest has a name. Every time Frau Beck takes a key in, she notes the date. A key has a size.", "Key",
         "date:date"),
    ],
)  # fmt: skip
def test_what_a_named_person_notes_is_kept(said: str, thing: str, field: str) -> None:
    assert field in shape(propose(talk(said)))[thing]


@pytest.mark.parametrize(
    ("said", "things"),
    [
        ("Tomatoes have a variety. Boxes belong to a customer. Customers have a name.", {"Tomato", "Box", "Customer"}),
        ("Vespas have a plate. On Fridays we clean them.", {"Vespa"}),
        ("A Customer has a Name. Each Booking belongs to a Customer. A Booking has a Date.", {"Customer", "Booking"}),
        ("A tour has a guide: Anna, Ben or Carl. A tour has a date.", {"Tour"}),
        ("A rose has a colour. Roses cost money. Each rose belongs to a bed. A bed has a size.", {"Rose", "Bed"}),
        ("A bill has a sum. In May each bill gets a number. A Mark has a value.", {"Bill", "Mark"}),
    ],
)
def test_what_only_has_a_capital_is_a_thing_as_before(said: str, things: set[str]) -> None:
    assert set(shape(propose(talk(said)))) == things


def test_we_do_what_they_do() -> None:
    said = "Ines takes the clocks in, cleans them and writes the bill. She also carries them home."
    assert in_plain_persons(said) == (
        "We take the clocks in, clean them and write the bill. We also carry them home."
    )  # fmt: skip


@pytest.mark.parametrize("said", ["Only Ines may give a discount.", "A boat is called Ines.", "Ines has a bike."])
def test_what_matters_who_does_stays_as_it_is(said: str) -> None:
    assert in_plain_persons(said) == said


@pytest.mark.parametrize("said", ["Fridays are busy.", "Vespas are rented in Berlin.", "Each Victoria has a colour.",
                                  "We use Excel, and Stripe takes payments.", "Staff clean the rooms."])  # fmt: skip
def test_days_places_brands_and_things_are_nobody(said: str) -> None:
    assert not named_people(said)


def test_a_capital_tells_nothing_where_every_noun_has_one() -> None:
    assert people_guessed("Member borrows Book, and Doctor writes Report. Then Shelf holds Book.") == frozenset()


@pytest.mark.parametrize("said", ["she is Ines", "Ines is a person, not a thing", "Tom is our driver",
                                  "Ines is the counter clerk who signs in"])  # fmt: skip
def test_who_somebody_is_tells_nothing_to_keep(said: str) -> None:
    assert tells_who(said, frozenset({"Ines", "Tom"}))
