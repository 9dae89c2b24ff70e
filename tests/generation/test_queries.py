"""The filters of a list: every field has its own, whatever its fields are called."""

from __future__ import annotations

from bot.documents.entities.entity_specs import EntityField, EntitySpecs
from bot.generation.view import specs_view
from tests.generation.samples import entity, key, typed


def numbers(*names: str) -> tuple[EntityField, ...]:
    """Return fields of whole numbers."""
    return tuple(EntityField(name=name, type=typed("int")) for name in names)


def parameters(*fields: EntityField) -> list[str]:
    """Return the query parameters that filter a list of rows with these fields."""
    view = specs_view(EntitySpecs(entities=(entity("Ware", "wares", key(), *fields),))).entity("Ware")
    return [item.query_line.text.partition(":")[0] for item in view.list.filters]


def test_a_field_is_filtered_by_its_value_and_its_bounds() -> None:
    assert parameters(*numbers("price")) == ["price", "price_min", "price_max"]


def test_no_two_filters_share_a_name_however_fields_are_called() -> None:
    names = parameters(*numbers("price", "price_min", "price_at_least", "page", "page_is", "page_equals"))

    assert len(names) == len(set(names))
    assert names[:3] == ["price", "price_at_least_2", "price_max"]
    assert "page_equals_2" in names
