"""What each of a thing yields day by day, and "one of them", are said by name before they are read."""

from __future__ import annotations

import pytest

from bot.planning.built_in.words.plain_tallies import in_plain_tallies
from tests.planning.talking import propose, talk


@pytest.mark.parametrize(
    ("said", "thing", "facts"),
    [
        (
            "Each cow has a name. Every morning and evening we write down how many litres each cow gave.",
            "Cow",
            {"date", "time_of_day", "number_of_litres"},
        ),
        ("A hen has a ring number. Every day I note how many eggs each hen laid.", "Hen", {"date", "number_of_eggs"}),
        ("A van has a number. We log how many kilometres each van ran every week.", "Van", {"number_of_kilometres"}),
        ("An oven has a place. We want to know how much each oven used every month.", "Oven", {"date", "amount"}),
    ],
)
def test_what_each_of_a_thing_yields_is_a_measurement_of_it(said: str, thing: str, facts: set[str]) -> None:
    proposal = propose(talk(said))
    measurement = proposal.specs.entity("Measurement")
    assert measurement is not None
    assert facts | {f"{thing.lower()}_id"} <= {field.name for field in measurement.fields}
    assert not proposal.unread


@pytest.mark.parametrize(
    "said",
    [
        "We have 20 office desks and people reserve one for a day.",
        "There are six cars and staff book one of them for a day.",
        "Our club has four boats and members rent one for a day.",
        "A colleague reserves a desk for one day.",
        "Colleagues reserve desks for a day.",
    ],
)
def test_one_of_them_for_a_day_is_a_record_with_a_date(said: str) -> None:
    entities = propose(talk(said)).specs.entities
    records = [names for one in entities if "date" in (names := {field.name for field in one.fields})]
    assert len(records) == 1
    assert len([name for name in records[0] if name.endswith("_id")]) == 2
    assert not {"starts_at", "ends_at"} & records[0]


@pytest.mark.parametrize(
    "said",
    [
        "We know how many people come.",
        "Each room has a number. One of them is dark.",
        "We have doctors and people choose one.",
        "A guest books a room for a few days.",
        "A guest books a room for a day or two.",
    ],
)
def test_other_ways_of_speaking_stay_as_they_are(said: str) -> None:
    assert in_plain_tallies(said) == said
