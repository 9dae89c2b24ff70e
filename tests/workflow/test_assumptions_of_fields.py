"""Why a field is there is never told with what was assumed about another field of the same thing."""

from __future__ import annotations

import pytest

from bot.workflow.provenance import of_field
from tests.planning.talking import propose, talk

ASSUMED = (
    "The number of places of a rack is a whole number",
    "A rack has a name of up to 200 letters",
    "Racks are kept for ever",
)


@pytest.mark.parametrize(
    ("field", "told"), [("number_of_places", ASSUMED[:1]), ("name", ASSUMED[1:2]), ("colour", ASSUMED[2:])]
)
def test_of_what_was_assumed_a_field_has_its_own(field: str, told: tuple[str, ...]) -> None:
    rack = propose(talk("Racks have a name, a number of places and a colour.")).specs.entities[0]
    assert of_field(ASSUMED, rack, next(one for one in rack.fields if one.name == field)) == told
    assert of_field(ASSUMED, rack, None) == ASSUMED
