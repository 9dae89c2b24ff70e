"""What comes to a thing that was delivered may be left out: no row gets a value that nobody gave it."""

from __future__ import annotations

import pytest

from bot.planning.conversation import Conversation, Proposal
from bot.planning.edited_entities import edited_text
from tests.planning.talking import propose, shape, talk

IDEA = "Each farm has a name and a village. Each machine has a name, and belongs to a farm."


def after_delivery(*changes: str) -> Proposal:
    """Return what is proposed for changes of what was delivered."""
    return propose(delivered(*changes))


def delivered(*changes: str) -> Conversation:
    """Return a conversation about what was delivered of the idea."""
    specs = propose(talk(IDEA)).specs
    return talk(IDEA, changes=changes).model_copy(update={"delivered": specs})


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ("A farm may also have a website", "name:str village:str website:HttpUrl?"),
        ("add a website to farms", "name:str village:str website:HttpUrl?"),
        ("farms also have a number of hectares", "name:str village:str number_of_hectares:int?"),
        ("every farm has a size: small or large", "name:str village:str size:FarmSize?"),
        ("add a required website to farms", "name:str village:str website:HttpUrl"),
        ("every farm must have a website", "name:str village:str website:HttpUrl"),
        ("rename village to place", "name:str place:str"),
    ],
)
def test_a_later_field_may_be_left_out_unless_it_was_called_required(change: str, fields: str) -> None:
    assert shape(after_delivery(change))["Farm"] == fields


def test_the_review_says_so_and_how_it_is_required() -> None:
    sentence = (
        "Farm: website may be left out, as farms that were there before have none; "
        "if it must be given, say “make the website of farms required”"
    )
    assert sentence in after_delivery("add a website to farms").assumptions
    required = after_delivery("add a website to farms", "make the website of farms required")
    assert shape(required)["Farm"] == "name:str village:str website:HttpUrl"
    assert sentence not in required.assumptions


def test_what_was_left_out_stays_so_after_the_next_delivery() -> None:
    first = after_delivery("add a website to farms")
    again = delivered("add a website to farms", "add a note to machines").model_copy(update={"delivered": first.specs})
    assert shape(propose(again))["Farm"] == "name:str village:str website:HttpUrl?"


def test_new_things_links_and_what_was_edited_in_a_form_are_as_said() -> None:
    assert shape(after_delivery("add drivers with a name"))["Driver"] == "name:str"
    assert (
        "driver_id:int->Driver"
        in shape(after_delivery("drivers have a name", "each machine belongs to a driver"))["Machine"]
    )
    wider = propose(talk(IDEA, changes=("add a website to farms",))).specs
    edited = after_delivery(edited_text(["Farm gains website"], wider), "add a note to machines")
    assert shape(edited)["Farm"] == "name:str village:str website:HttpUrl"


def test_before_a_delivery_a_new_field_must_be_given_as_any_other() -> None:
    assert shape(propose(talk(IDEA, changes=("add a website to farms",))))["Farm"].endswith("website:HttpUrl")
