"""What a letter says beside its facts: examples, remarks, the name below it, and what only some of them have."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_remarks import without_remarks
from tests.planning.talking import propose, quoted, shape, talk


@pytest.mark.parametrize(
    ("said", "things"),
    [
        (
            "Every hive has a number and a colour, and some of them have a queen mark that nobody can read any more.",
            {"Hive": "number:str colour:str queen_mark:str?"},
        ),
        ("Each bus has a plate, a brand and, if available, a mileage.", {"Bus": "plate:str! brand:str mileage:int?"}),
        ("Members have a name and, if there is one, a nickname.", {"Member": "name:str nickname:str?"}),
        (
            "A lamp has a name, which is engraved on its foot, and a price.",
            {"Lamp": "name:str price:Decimal"},
        ),
        ("A box has a code, which is printed on the lid.", {"Box": "code:str"}),
        (
            "A kit consists of several tools, for example a hammer, a saw and pliers. A tool has a weight.",
            {"Tool": "weight:float kit_id:int->Kit", "Kit": "name:str"},
        ),
        ('A course has a title like "Bread for beginners" and a price.', {"Course": "title:str price:Decimal"}),
        (
            "Buses have several seats, such as front seats or back seats. A seat has a colour.",
            {"Bus": "name:str", "Seat": "colour:str bus_id:int->Bus"},
        ),
    ],
)
def test_remarks_and_examples_are_no_facts(said: str, things: dict[str, str]) -> None:
    proposal = propose(talk(said))
    assert shape(proposal) == things
    assert not quoted(proposal)


@pytest.mark.parametrize(
    "below", ["Many thanks\nRuth", "Clear skies,\nYvonne", "Kind regards,\nAgnes Müller", "Best,\nJ. Holt"]
)
def test_the_name_below_a_letter_is_no_thing(below: str) -> None:
    letter = f"Dear all,\n\nwe keep lamps.\n\nEach lamp has a colour.\n\n{below}"
    assert without_remarks(letter) == "Dear all,\n\nwe keep lamps.\n\nEach lamp has a colour.\n"


@pytest.mark.parametrize(
    "said",
    [
        "We keep:\n\nLamps,\nBulbs",
        "Each lamp has a state, such as new or used.",
        "Each party has many guests: nickname, email.",
        "Lamps have a price, which is at most 5 euros.",
    ],
)
def test_what_may_be_a_fact_stays(said: str) -> None:
    assert without_remarks(said) == said
