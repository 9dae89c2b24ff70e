"""Numbers of requirements and criteria: those that are written stay, and what needs one gets one that nobody has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.requirements.requirements_reader import RequirementsReading, read_requirements
from bot.documents.requirements.requirements_writer import write_requirements

HEAD = "# Requirements Document\n\n## Requirements\n"


def read(*requirements: tuple[str, list[str]]) -> RequirementsReading:
    """Return the reading of requirements: a heading, and the lines of its criteria."""
    blocks = [f"\n### {heading}\n\n" + "".join(f"{line}\n" for line in lines) for heading, lines in requirements]
    reading = read_requirements(HEAD + "".join(blocks), "r.md")
    written = write_requirements(reading.requirements)
    assert write_requirements(read_requirements(written).requirements) == written
    return reading


def numbered(reading: RequirementsReading) -> list[str]:
    """Return every criterion as its number and its last word."""
    return [f"{each.number} {each.text.split()[-1]}" for each in reading.requirements.criteria()]


def said(reading: RequirementsReading) -> list[str]:
    """Return what is said, each with its rule."""
    return [f"{finding.rule} {finding.message}" for finding in reading.findings]


def test_a_requirement_whose_number_stands_twice_leaves_later_ones_as_they_are() -> None:
    reading = read(
        ("Requirement 1: A", ["1. THE s SHALL a"]),
        ("Requirement 1: B", ["1.1 THE s SHALL b", "1.2 THE s SHALL c"]),
        ("Requirement 2: C", ["2.1 THE s SHALL d"]),
    )
    assert [(each.number, each.title) for each in reading.requirements.requirements] == [(1, "A"), (3, "B"), (2, "C")]
    assert numbered(reading) == ["1.1 a", "3.1 b", "3.2 c", "2.1 d"]
    assert said(reading) == [
        "PT007 The number 1 is given twice; “### Requirement 1: B” is read as 3, and its criteria with it."
    ]
    assert reading.places["2.1"].line == 16


@pytest.mark.parametrize(
    ("lines", "numbers", "messages"),
    [
        (
            ["1. a", "2. b", "2. c", "3. d"],
            ["1.1 a", "1.2 b", "1.4 c", "1.3 d"],
            ["PT007 The number 1.2 is given twice; “c” is read as 1.4."],
        ),
        (
            ["1. a", "1. b", "1. c"],
            ["1.1 a", "1.2 b", "1.3 c"],
            ["PT007 The number 1.1 is given twice; “b” is read as 1.2."],
        ),
        (
            ["1. a", "1. b", "2. c", "2. d"],
            ["1.1 a", "1.3 b", "1.2 c", "1.4 d"],
            [
                "PT007 The number 1.1 is given twice; “b” is read as 1.3.",
                "PT007 The number 1.2 is given twice; “d” is read as 1.4.",
            ],
        ),
        (["1. a", "- b", "2. c"], ["1.1 a", "1.3 b", "1.2 c"], []),
        (["- a", "- ~~1.2 b~~", "- c", "- ~~1.3 d~~"], ["1.1 a", "1.4 c"], []),
        (["1. a", "- ~~1.1 b~~"], ["1.2 a"], ["PT007 The number 1.1 is given twice; “a” is read as 1.2."]),
    ],
)
def test_a_criterion_gets_a_number_that_no_later_one_has(
    lines: list[str], numbers: list[str], messages: list[str]
) -> None:
    reading = read(("Requirement 1: A", ["#### Acceptance Criteria", *lines]))
    assert numbered(reading) == numbers
    assert said(reading) == messages


def test_what_is_said_of_a_number_of_another_requirement_is_what_it_becomes() -> None:
    lines = [f"2.{own} THE s SHALL x{own}" for own in range(1, 12)]
    reading = read(("Requirement 2: A", [*lines[:5], "3.1 THE s SHALL log", *lines[5:]]))
    assert "2.12 log" in numbered(reading)
    assert "2.11 x11" in numbered(reading)
    assert said(reading) == ["PT002 The number 3.1 stands under requirement 2; “THE s SHALL log” is read as 2.12."]


def test_a_number_of_another_requirement_is_kept_behind_the_dot_where_it_is_free() -> None:
    reading = read(("Requirement 1: A", ["1.1 THE s SHALL a", "3.4 THE s SHALL b"]))
    assert numbered(reading) == ["1.1 a", "1.4 b"]


def test_names_that_share_a_number_take_none_from_later_ones() -> None:
    reading = read(("FR-1: A", ["1. a"]), ("NFR-1: B", ["1. b"]), ("FR-2: C", ["1. c"]))
    assert [(each.number, each.title) for each in reading.requirements.requirements] == [
        (1, "FR-1: A"), (3, "NFR-1: B"), (2, "FR-2: C"),
    ]  # fmt: skip
    assert reading.findings == ()


numbers = st.integers(1, 5)
criteria = st.lists(
    st.one_of(numbers.map("{}. x".format), st.just("- x"), numbers.map("- ~~1.{} x~~".format)), max_size=6
)


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(numbers, criteria), max_size=5))
def test_every_number_is_given_once_and_the_first_that_is_written_keeps_it(
    document: list[tuple[int, list[str]]],
) -> None:
    reading = read(*((f"Requirement {number}: t", ["#### Acceptance Criteria", *lines]) for number, lines in document))
    given_numbers = [each.number for each in reading.requirements.requirements]
    assert len(given_numbers) == len(document)
    assert len(set(given_numbers)) == len(given_numbers)
    for index, (number, _) in enumerate(document):
        if number not in [earlier for earlier, _ in document[:index]]:
            assert given_numbers[index] == number
    every = [each.number for each in reading.requirements.criteria()]
    assert len(set(every)) == len(every)
