"""Changes that name several things in one sentence, or say behind a new field how it is kept."""

from __future__ import annotations

import pytest

from bot.documents.entities.rule_lines import write_rule
from tests.planning.talking import enums, propose, quoted, shape, talk

KEPT = "bookings with a note and a price; tools with a name and a weight in kg"


@pytest.mark.parametrize(
    ("change", "there", "gone"),
    [
        ("rename note to remark and price to fee", {"remark:str", "fee:Decimal"}, {"note", "price"}),
        ("Rename bookings to loans and tools to devices", {"Loan", "Device"}, {"Booking", "Tool"}),
        ("rename the note to remark, the price to fee and tools to devices", {"remark:str", "fee:Decimal", "Device"},
         {"note", "price", "Tool"}),
        ("rename note to remark and rename price to fee", {"remark:str", "fee:Decimal"}, {"note", "price"}),
        ("please rename bookings to hires, and the name of a tool to label", {"Hire", "label:str"}, {"Booking"}),
        ("rename note -> remark, price -> fee", {"remark:str", "fee:Decimal"}, {"note", "price"}),
        ("Rename tools into machines and price to fee.", {"Machine", "fee:Decimal"}, {"Tool", "price"}),
    ],
)  # fmt: skip
def test_every_name_of_a_sentence_is_given(change: str, there: set[str], gone: set[str]) -> None:
    proposal = propose(talk(KEPT, changes=(change,)))

    told = {word for name, held in shape(proposal).items() for word in (name, *held.split())}
    assert there <= told
    assert not gone & {word.partition(":")[0] for word in told}
    assert quoted(proposal) == []


def test_a_name_for_what_is_not_there_is_quoted_alone() -> None:
    proposal = propose(talk(KEPT, changes=("rename note to remark and colour to hue",)))

    assert "remark:str" in shape(proposal)["Booking"]
    assert quoted(proposal) == ["rename colour to hue (nothing here is called so)"]


def test_names_are_given_before_the_review_too() -> None:
    proposal = propose(talk(KEPT, "rename bookings to loans and tools to devices"))

    assert set(shape(proposal)) == {"Loan", "Device"}


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ("add notes to tools, optional", "notes:str?"),
        ("add a colour and a code to tools, both optional", "colour:str? code:str?"),
        ("add a serial number to tools (unique)", "serial_number:str!"),
        ("add a code to each tool, which may be empty", "code:str?"),
        ("add a shelf to the tools, not required", "shelf:str?"),
        ("please add a shelf to tools if known", "shelf:str?"),
        ("add an optional shelf to tools, required", "shelf:str"),
        ("include a maker in tools as optional", "maker:str?"),
        ("add a maker to tools, they may be left blank", "maker:str?"),
        ("add a maker and a model to tools, if any", "maker:str? model:str?"),
    ],
)
def test_what_follows_a_new_field_is_said_of_it(change: str, fields: str) -> None:
    for conversation in (talk(KEPT, changes=(change,)), talk(KEPT, change)):
        proposal = propose(conversation)

        assert shape(proposal)["Tool"] == f"name:str weight_kg:float {fields}"
        assert quoted(proposal) == []


def test_a_thing_that_is_added_to_another_is_no_field() -> None:
    for conversation in (
        talk("shelves with a sign; books with a title", "add books to shelves"),
        talk("shelves with a sign; books with a title", changes=("add books to shelves",)),
    ):
        assert shape(propose(conversation)) == {"Shelf": "sign:str", "Book": "title:str shelf_id:int->Shelf"}


@pytest.mark.parametrize(
    ("change", "values", "rule"),
    [
        ("The statuses of a booking are called asked, given and back", ("asked", "given", "back"),
         "transition status: asked -> given, given -> back"),
        ("rename the status open to asked", ("asked", "busy", "done"),
         "transition status: asked -> busy, busy -> done"),
    ],
)  # fmt: skip
def test_other_names_of_values_keep_their_ways(change: str, values: tuple[str, ...], rule: str) -> None:
    proposal = propose(talk("bookings with a number and a status: open -> busy -> done", changes=(change,)))

    assert list(enums(proposal).values()) == [values]
    assert [write_rule(one) for one in proposal.specs.entities[0].rules] == [rule]
    assert quoted(proposal) == []


def test_several_fields_are_no_longer_unique_and_stay_so() -> None:
    kept = "cars with a plate; drivers with a licence. Plates of cars and licences of drivers are unique"
    change = "The plate of a car and the licence of a driver are no longer unique"
    proposal = propose(talk(kept, changes=(change,)))

    assert not [field.name for entity in proposal.specs.entities for field in entity.fields if field.unique]
    assert quoted(proposal) == []
