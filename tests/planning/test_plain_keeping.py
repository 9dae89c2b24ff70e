"""What is taken home, marked, judged and noted: each fact lands on what it is told of, and no rule is cut short."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_keeping import in_plain_keeping, in_plain_losses
from bot.planning.built_in.words.plain_notes import in_plain_notes
from tests.planning.talking import enums, propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Our club owns five telescopes that members can take home for up to two weeks.",
         "We keep telescopes. Members can borrow a telescope for up to two weeks."),
        ("Nurses check a pump out and bring it back when the shift ends.",
         "Nurses can borrow a pump. A pump must be given back when the shift ends."),
        ("Readers can bookmark the articles they like.", "Each bookmark belongs to an article and a reader."),
        ("Artists apply with a portfolio, and the jury selects or declines them.",
         "Artists apply with a portfolio. An artist has a status (applied/selected/declined)."),
        ("I want to see what was repaired on which bike, when and what it cost.",
         "Each service belongs to a bike. A service has a date, what was repaired and what it cost."),
        ("We note what was repaired on which bike and what it cost.",
         "Each service belongs to a bike. A service has a date, what was repaired and what it cost."),
        ("Can you build something for our choir? I'd record every song with its title and key.",
         "Every song has its title and key."),
        ("For each game we'd like the title and the age.", "Each game has the title and the age."),
        ("Each lab has many tools (vice, saw).",
         "Each lab has many tools. A tool belongs to a lab. A tool has a kind (vice/saw)."),
        ("Every remote has a code and controls one or more lamps.",
         "Every remote has a code. A lamp is controlled by several remotes."),
    ],
)  # fmt: skip
def test_what_goes_out_and_is_judged_is_said_plainly(said: str, plain: str) -> None:
    assert in_plain_keeping(said) == plain


@pytest.mark.parametrize(
    "said",
    [
        "Each order has several products (name, quantity, price).",
        "Each flat has several rooms (number, floor).",
        "Pupils apply for a place. The committee accepts or rejects them.",
        "We need the word count and the tailor's rate.",
    ],
)
def test_what_means_something_else_stays_as_it_was_said(said: str) -> None:
    assert in_plain_keeping(said) == said


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Birders note what they saw: which species, where and how many birds.",
         "Each sighting belongs to a birder. A sighting has a species, a place and a number of birds."),
        ("Every berth has a number, and is either let to a boat owner or free for visitors.",
         "Every berth has a number. A berth has a status (let/free). A berth may belong to a boat owner."),
        ("A talk has a length of 20 or 45 minutes.", "A talk has a length in minutes. The length is 20 or 45 minutes."),
    ],
)  # fmt: skip
def test_what_people_write_down_is_said_plainly(said: str, plain: str) -> None:
    assert in_plain_notes(said) == plain


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("Every key has a number. Only I and my deputy may hand out keys.", "Only I and my deputy may hand out keys"),
        ("Each greenhouse has a name. The gardener and the electrician come weekly, I want to see what it cost.",
         "The gardener and the electrician come weekly, I want to see what it cost"),
        ("Guests book tables. The inspector visits twice a year, we note the result and the date.",
         "The inspector visits twice a year, we note the result and the date"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_quoted_whole_and_lands_nowhere(said: str, whole: str) -> None:
    proposal = propose(talk(said))
    assert whole in quoted(proposal)
    assert not {"price", "result", "cost"} & {
        field.name for entity in proposal.specs.entities for field in entity.fields
    }


def test_what_is_noted_once_something_is_gone_is_optional() -> None:
    said = "If a bike gets stolen, we note the date and the place."
    assert in_plain_losses(said) == "A bike has an optional stolen date and an optional place."


def test_a_key_opens_doors_is_lent_and_may_get_lost() -> None:
    proposal = propose(
        talk(
            "Every key has a number and opens one or more doors. Staff sign a key out and give it back when they leave "
            "the company; if a key gets lost, we record the date and who had it."
        )
    )
    told = shape(proposal)
    assert told["Key"] == "number:str lost_date:date? last_holder:str?"
    assert told["DoorKey"] == "door_id:int->Door key_id:int->Key"
    assert "returned_at:datetime?" in told["Loan"]
    assert quoted(proposal) == ["Staff sign a key out and give it back when they leave the company"]


def test_a_rate_is_the_clients_whom_the_job_is_for() -> None:
    told = shape(
        propose(talk("A client has a name. A job is open or delivered. We need the word count and the client's rate."))
    )
    assert told["Client"] == "name:str rate:Decimal"
    assert told["Job"].endswith("client_id:int->Client")


def test_kinds_in_brackets_are_no_facts() -> None:
    proposal = propose(talk("Each playground has several pieces of equipment (swing, slide, climbing frame)."))
    assert shape(proposal)["EquipmentPiece"] == "kind:EquipmentPieceKind playground_id:int->Playground"
    assert enums(proposal)["EquipmentPieceKind"] == ("swing", "slide", "climbing_frame")


def test_what_is_kept_of_two_things_in_one_sentence_goes_to_each() -> None:
    text = (
        "For every potter we keep the name and when they joined, and for each kiln its name, how many shelves it has "
        "and how hot it gets at most. For each guest we note a phone, and for every room the price."
    )
    things = shape(propose(talk(text)))
    assert things["Potter"] == "name:str joined_on:date"
    assert things["Kiln"] == "name:str shelves:int temperature:float"
    assert things["Room"] == "price:Decimal"
