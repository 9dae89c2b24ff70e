"""Periods of rows that a status leaves out: read in several spellings, written in one, told in a sentence."""

from __future__ import annotations

import pytest

from bot.documents.entities.declared_rules import NoOverlap, fields_of
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.rule_lines import write_rule
from bot.documents.entities.rule_words import rule_in_words

SPECS = """\
ENTITY: Room
FIELDS:
  - id: int (primary key)

ENTITY: Booking
FIELDS:
  - id: int (primary key)
  - room_id: int (foreign key to Room)
  - starts_at: datetime
  - ends_at: datetime
  - is_off: bool
  - status: BookingStatus
RULES:
  - {rule}

ENUM: BookingStatus
VALUES: asked, "called off", declined
"""


def rule_read(line: str) -> NoOverlap:
    """Return the rule about periods that a line declares among the specs."""
    booking = read_entity_specs(SPECS.format(rule=line)).specs.entity("Booking")
    assert booking is not None
    (rule,) = booking.rules
    assert isinstance(rule, NoOverlap)
    return rule


@pytest.mark.parametrize(
    ("line", "unless", "values"),
    [
        ("no overlap of starts_at, ends_at per room", "", ()),
        ("no overlap of starts_at, ends_at per room unless status is declined", "status", ("declined",)),
        ("no overlap between starts_at and ends_at per room unless Status = DECLINED", "status", ("declined",)),
        (
            'no overlap of starts_at, ends_at per room unless status is "called off" | declined',
            "status",
            ("called off", "declined"),
        ),
        ("no overlap of starts_at, ends_at per room unless status in called_off", "status", ("called off",)),
        ("no overlap of starts_at, ends_at per room unless is_off is yes", "is_off", ("true",)),
    ],
)
def test_a_line_names_what_does_not_count(line: str, unless: str, values: tuple[str, ...]) -> None:
    rule = rule_read(line)
    assert (rule.start, rule.end, rule.relation) == ("starts_at", "ends_at", "room")
    assert (rule.unless, rule.values) == (unless, values)
    assert rule_read(write_rule(rule)) == rule
    assert fields_of(rule) == ("starts_at", "ends_at", *([unless] if unless else []))


@pytest.mark.parametrize(
    "tail", ["unless", "unless status", "unless status is", "unless status is a -> b", "unless x y z"]
)
def test_half_a_condition_is_not_kept_and_says_what_to_write(tail: str) -> None:
    reading = read_entity_specs(SPECS.format(rule=f"no overlap of starts_at, ends_at per room {tail}"))
    booking = reading.specs.entity("Booking")
    assert booking is not None
    assert booking.rules == ()
    (finding,) = [one for one in reading.findings if one.rule == "PT006"]
    assert "[unless FIELD is A | B]" in finding.next_step


@pytest.mark.parametrize(
    ("unless", "values", "told"),
    [
        ("status", ("called_off", "declined"), "; one that is called off or declined is in nobody's way"),
        ("is_off", ("true",), "; one that is off is in nobody's way"),
        ("is_confirmed", ("false",), "; one that is not confirmed is in nobody's way"),
        ("", (), ""),
    ],
)
def test_a_sentence_tells_what_does_not_count(unless: str, values: tuple[str, ...], told: str) -> None:
    rule = NoOverlap(start="starts_at", end="ends_at", relation="room", unless=unless, values=values)
    whole = "Bookings with the same room don't overlap in time (from starts at to ends at)"
    assert rule_in_words("Booking", rule) == whole + told
