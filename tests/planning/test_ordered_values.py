"""Steps of a status told in words of order, in arrows, and in the middle of a sentence; lists that say their end."""

from __future__ import annotations

import re

import pytest

from bot.documents.entities.rule_lines import write_rule
from bot.planning.built_in.words.ordered_values import in_arrows
from tests.planning.talking import enums, propose, shape, talk


@pytest.mark.parametrize(
    ("said", "entity", "steps"),
    [
        (
            "Bookings with a number and a status: requested first, then picked up, then returned",
            "Booking",
            "requested -> picked_up, picked_up -> returned",
        ),
        (
            "parcels with a weight and a status (announced first, then on the road, finally delivered)",
            "Parcel",
            "announced -> on_road, on_road -> delivered",
        ),
        (
            "A vet's practice: visits with a date and a state that is planned first, then under way, then over",
            "Visit",
            "planned -> under_way, under_way -> over",
        ),
        (
            "articles with a title and a stage: first drafted, then reviewed, and finally published or rejected",
            "Article",
            "drafted -> reviewed, reviewed -> published | rejected",
        ),
        (
            "repairs with a price and a status, waiting at first, later under repair, at last collected, and a note",
            "Repair",
            "waiting -> under_repair, under_repair -> collected",
        ),
        (
            "cakes with a name and a status: ordered, baked and collected, in that order",
            "Cake",
            "ordered -> baked, baked -> collected",
        ),
        (
            "Courses with a title, teachers with a name, and a course goes planned → running → over",
            "Course",
            "planned -> running, running -> over",
        ),
        (
            "Orders have a number. Orders start as new, then are packed, and finally sent.",
            "Order",
            "new -> packed, packed -> sent",
        ),
        (
            "invoices have an amount and an invoice moves from open, to sent, to paid",
            "Invoice",
            "open -> sent, sent -> paid",
        ),
        (
            "samples with a code; a sample passes first registered, then measured, then archived",
            "Sample",
            "registered -> measured, measured -> archived",
        ),
        (
            "tickets with a subject; a ticket has a status and goes new -> assigned -> solved",
            "Ticket",
            "new -> assigned, assigned -> solved",
        ),
    ],
)
def test_an_order_of_values_is_a_status_with_its_ways(said: str, entity: str, steps: str) -> None:
    proposal = propose(talk(said))
    found = next(one for one in proposal.specs.entities if one.name == entity)

    assert [write_rule(rule).partition(": ")[2] for rule in found.rules] == [steps]
    assert [set(values) for values in enums(proposal).values()] == [set(re.findall(r"\w+", steps))]
    assert proposal.unread == ()
    assert not {"booking", "course", "then", "first"} & {field.name for field in found.fields}


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("cars with a name and a colour and nothing else", {"Car": "name:str colour:str"}),
        ("bees have a hive number, nothing else", {"Bee": "hive_number:str"}),
        (
            "singers with a name and nothing more, songs with a title, that's all",
            {"Singer": "name:str", "Song": "title:str"},
        ),
        ("boats with a name but nothing else", {"Boat": "name:str"}),
        ("plots: number, size in square metres, no other fields", {"Plot": "number:str size_square_metres:float"}),
    ],
)
def test_nothing_else_ends_a_list(said: str, fields: dict[str, str]) -> None:
    proposal = propose(talk(said))

    assert {name: held.partition(" singer_id")[0] for name, held in shape(proposal).items()} == fields
    assert proposal.unread == ()


@pytest.mark.parametrize("said", ["first name", "a start, then an end", "new, packed or lost", "name and phone"])
def test_what_says_no_order_has_none(said: str) -> None:
    assert in_arrows(said) == ""


def test_then_between_facts_is_no_order_of_values() -> None:
    assert shape(propose(talk("jobs: title, status, customer name, then price")))["Job"].split()[0] == "title:str"
    assert "customer_name:str" in shape(propose(talk("jobs: title, status, customer name, then price")))["Job"]


def test_a_list_without_an_order_has_no_ways() -> None:
    proposal = propose(talk("tools with a name and a kind: drill, saw or ladder"))

    assert enums(proposal) == {"ToolKind": ("drill", "saw", "ladder")}
    assert [entity.rules for entity in proposal.specs.entities] == [()]
