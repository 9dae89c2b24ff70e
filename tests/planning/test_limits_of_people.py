"""What is said of whoever something is for limits their only number for that: "nobody over 120 kilos may fly"."""

from __future__ import annotations

import time

import pytest

from bot.planning.built_in.rules.limits_of_people import read_limit
from tests.planning.talking import propose, quoted, talk

PASSENGERS = "A passenger has a name and a body weight. "
RIDERS = "A rider has a name and an age. "


def limits(text: str) -> list[str]:
    """Return the limits of fields that a text gives, such as ``age>=12``."""
    fields = [field for entity in propose(talk(text)).specs.entities for field in entity.fields]
    least = [f"{field.name}>={field.minimum}" for field in fields if field.minimum is not None]
    return least + [f"{field.name}<={field.maximum}" for field in fields if field.maximum is not None]


@pytest.mark.parametrize(
    ("said", "limit"),
    [
        (PASSENGERS + "Nobody over 120 kilos may fly.", "body_weight<=120"),
        (PASSENGERS + "Passengers over 120 kg may not fly with us.", "body_weight<=120"),
        (PASSENGERS + "Nobody who weighs more than 120 kilos may come along.", "body_weight<=120"),
        (PASSENGERS + "The weight of a passenger must be at most 120.", "body_weight<=120"),
        (PASSENGERS + "A passenger's weight must be at most 120 kilos.", "body_weight<=120"),
        (RIDERS + "Children under 12 may not ride.", "age>=12"),
        (RIDERS + "Riders must be at least 12 years old.", "age>=12"),
        (RIDERS + "A rider must be 12 or older.", "age>=12"),
        (RIDERS + "Only people over 18 may join.", "age>=18"),
        (PASSENGERS + "Only passengers under 120 kg may fly.", "body_weight<=120"),
        (RIDERS + "Nobody older than 65 may take part.", "age<=65"),
        ("A guest has a name and a height in cm. No guest under 140 cm may ride.", "height_cm>=140"),
        ("A parcel has a weight. No parcel over 30 kilos may be sent.", "weight<=30"),
    ],
)
def test_it_limits_the_only_number_that_it_can_mean(said: str, limit: str) -> None:
    assert limits(said) == [limit]
    assert quoted(propose(talk(said))) == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (PASSENGERS + "A pilot has a name and a weight. ", "Nobody over 120 kilos may fly"),
        ("A parcel has a gross weight and a net weight. ", "The weight of a parcel must be at most 30"),
        (RIDERS, "Nobody over 120 kilos may ride"),
        (RIDERS, "Children under 12 may not ride alone"),
        (RIDERS, "Nobody under 18 may hire horses"),
        (RIDERS, "Only riders over 18 may hire horses"),
        (RIDERS, "Riders must be at least 2"),
        ("A group has a name and an age. ", "Groups must be at least 5 people"),
        ("A rider has a name and a birth date. ", "Nobody under 12 may ride"),
        ("A tree has a height. ", "No tree over 20 may be climbed"),
    ],
)
def test_what_may_mean_something_else_limits_no_number(told: str, said: str) -> None:
    assert limits(f"{told}{said}.") == []
    assert said in quoted(propose(talk(f"{told}{said}.")))


def test_what_it_means_is_told() -> None:
    assumptions = propose(talk(RIDERS + "Children under 12 may not ride.")).assumptions

    assert "“Children under 12 may not ride”: a rider with less than 12 as age can't be entered" in assumptions


def test_a_long_sentence_takes_no_time() -> None:
    start = time.perf_counter()
    assert read_limit("nobody over " + "1 " * 5_000) is None
    assert read_limit("a " + "b" * 100 + " must be at least at least ") is None
    assert time.perf_counter() - start < 1
