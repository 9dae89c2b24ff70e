"""A review shows values with arrows only where people said that one follows the other."""

from __future__ import annotations

import pytest

from bot.slack.blocks.entity_lines import value_line
from tests.planning.talking import propose, talk


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("tools with a name and a kind: drill, saw or ladder", "ToolKind: drill, saw, ladder"),
        ("bookings with a number and a status: asked, given, back", "BookingStatus: asked, given, back"),
        ("bookings with a number and a status: asked -> given -> back", "BookingStatus: asked → given → back"),
        (
            "bookings with a number and a status: asked first, then given, then back",
            "BookingStatus: asked → given → back",
        ),
        ("bookings with a number and a status: asked -> given or back", "BookingStatus: asked, given, back"),
    ],
)
def test_values_have_arrows_only_where_ways_were_said(said: str, line: str) -> None:
    specs = propose(talk(said)).specs

    assert [value_line(enum, specs) for enum in specs.enums] == [line]
