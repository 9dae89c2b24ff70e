"""Fields said as clauses: a name, a type, and the words they came from; what is no such clause gives nothing."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.noun_clauses import read_clause
from tests.planning.talking import propose, shape, talk

CLAUSES: dict[str, tuple[str, str]] = {
    "whether it's waterproof": ("is waterproof", "bool"),
    "whether or not they are vegetarian": ("is vegetarian", "bool"),
    "if she's insured": ("is insured", "bool"),
    "whether the parcel has been collected yet": ("parcel collected", "bool"),
    "whether they've been told already": ("told", "bool"),
    "whether he has a licence": ("has licence", "bool"),
    "whether it needs cooling": ("needs cooling", "bool"),
    "whether they can swim": ("can swim", "bool"),
    "is it refundable?": ("is refundable", "bool"),
    "paid or not": ("is paid", "bool"),
    "heated yes/no": ("is heated", "bool"),
    "the shelf it stands on": ("shelf", ""),
    "the language they speak": ("language", ""),
    "the town she's from": ("town", ""),
    "the date they moved in": ("moved in on", "date"),
    "the day it left the shop": ("left shop on", "date"),
    "the date and time it was found": ("found at", "datetime"),
    "the date each member signed up": ("signed up on", "date"),
    "when it was bought": ("bought on", "date"),
    "when we last fed them": ("last fed on", "date"),
    "when": ("date", "date"),
    "the time it opens": ("opens at", "time"),
    "the year it was built": ("year built", "int"),
    "which month": ("month", ""),
    "what colour it has": ("colour", ""),
    "how many rows we planted": ("rows", "int"),
    "how many seats are left": ("seats", "int"),
    "how often it needs service": ("frequency", "str"),
    "how many": ("quantity", "int"),
    "how much": ("amount", "Decimal"),
    "how much they owe": ("amount owe", "Decimal"),
    "how much it weighs": ("weight", "float"),
    "how much it costs": ("price", "Decimal"),
    "how much flour we used": ("amount of flour", "float"),
    "what it cost": ("price", "Decimal"),
    "how long it took": ("duration", "int"),
    "how deep it is": ("depth", "float"),
    "what was broken": ("problem", "str"),
    "what's wrong with it": ("problem", "str"),
    "what they decided": ("decision", "str"),
    "where it was found": ("place found", "str"),
}


@pytest.mark.parametrize("text", CLAUSES)
def test_a_clause_is_a_field(text: str) -> None:
    clause = read_clause(text)

    assert clause is not None
    assert (clause.name, clause.kind) == CLAUSES[text]
    assert clause.quote == text.rstrip("?")


@pytest.mark.parametrize(
    "text",
    [
        "title",
        "date of the last visit",
        "a status that is open or closed",
        "whether it's free or taken",
        "when it's overdue send an e-mail to the owner",
        "if it's damaged email the owner at once",
        "which have a title",
        "how they feel about all of this and that",
        "the shelf on the left",
    ],
)
def test_anything_else_is_no_clause(text: str) -> None:
    assert read_clause(text) is None


def test_an_amount_of_something_is_no_money() -> None:
    fields = shape(propose(talk("loans with an amount of packets, an amount of flour, an amount of money")))["Loan"]

    assert fields == "amount_of_packets:int amount_of_flour:float amount_of_money:Decimal"


def test_on_and_at_mean_a_time_only_after_a_verb() -> None:
    proposal = propose(talk("tools with a created on, a sold at, a date received, a colour on, a school at"))

    assert shape(proposal)["Tool"] == (
        "created_on:date sold_at:datetime date_received:date colour_on:str school_at:str"
    )


@pytest.mark.parametrize(
    "words", ["some notes if needed", "maybe notes", "notes, if any", "notes if there are any", "perhaps some notes"]
)
def test_what_may_be_left_out_is_optional(words: str) -> None:
    assert shape(propose(talk(f"hives with a place and {words}")))["Hive"].endswith("notes:str?")


def test_a_condition_that_repeats_the_clause_makes_it_optional() -> None:
    for text in ("the day it came back, if it came back", "the day it came back if it came back"):
        assert shape(propose(talk(f"trips with {text}")))["Trip"] == "came_back_on:date?"


def test_latitude_and_longitude_are_two_fields() -> None:
    for words in ("a latitude/longitude", "lat/long", "a latitude and longitude"):
        fields = shape(propose(talk(f"wells with {words}")))["Well"]
        assert fields.split() == ["latitude:float", "longitude:float"]
    assert shape(propose(talk("guests with a first/last name")))["Guest"] == "first_name:str last_name:str"


def test_every_guessed_type_is_named_with_the_words_it_came_from() -> None:
    proposal = propose(
        talk(
            "Samples have a depth, the jar it's in, how many worms we saw, when it was taken, whether it's clean, "
            "the price they paid, a weight: int, a contact email"
        )
    )

    assert [line for line in proposal.assumptions if line.startswith("Sample:")] == [
        "Sample: jar (“the jar it's in”) is text",
        "Sample: price (“the price they paid”) is an amount with 2 decimals",
        "Sample: worms (“how many worms we saw”) is a whole number",
        "Sample: depth is a number with decimals",
        "Sample: taken_on (“when it was taken”) is a date",
        "Sample: is_clean (“whether it's clean”) is yes or no",
    ]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("the glaze that is on it", "glaze"),
        ("the text that's written on it", "text"),
        ("a stamp which was put on it", "stamp"),
        ("the material that is used for it", "material"),
    ],
)
def test_what_is_in_or_on_something_is_its_own(said: str, name: str) -> None:
    clause = read_clause(said)
    assert clause is not None
    assert clause.name == name
