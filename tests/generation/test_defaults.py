"""A field that is left out has a value that a client could as well have sent."""

from __future__ import annotations

import pytest

from bot.documents.entities.entity_specs import EntityField, EntitySpecs, EnumSpec
from bot.generation.defaults import sent_default
from bot.generation.kinds import Json, kind_of
from tests.generation.samples import typed

COLOURS = EntitySpecs(enums=(EnumSpec(name="Colour", values=("dark blue", "red")),))


@pytest.mark.parametrize(
    ("type_name", "text", "sent"),
    [
        ("str", 'a "b" \\', 'a "b" \\'), ("int", "-3", -3), ("float", "2", 2.0), ("bool", "yes", True),
        ("Decimal", "9.9", "9.90"), ("date", "2024-02-29", "2024-02-29"), ("date", "today", None),
        ("time", "08:30", "08:30:00"), ("datetime", "2024-02-29T12:00:00+02:00", "2024-02-29T10:00:00+00:00"),
        ("datetime", "now", None), ("UUID", "uuid4", None), ("Colour", "dark blue", "dark blue"),
        ("JSON", '{"a": [1, null]}', {"a": [1, None]}),
    ],
)  # fmt: skip
def test_a_default_is_what_a_client_would_send(type_name: str, text: str, sent: Json) -> None:
    field = EntityField(name="it", type=typed(type_name), default=text)

    assert sent_default(field, kind_of("Thing.it", field, COLOURS).default(text)) == sent


def test_a_list_is_sent_item_by_item() -> None:
    field = EntityField(name="it", type=typed("Decimal", of_list=True), default='["1.50"]')

    assert sent_default(field, kind_of("Thing.it", field, COLOURS).default('["1.50"]')) == ["1.50"]


def test_without_a_default_nothing_is_sent() -> None:
    assert sent_default(EntityField(name="it", type=typed("int")), None) is None
