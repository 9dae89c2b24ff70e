"""The types of fields: what each becomes in models, migrations and schemas, and examples of good and bad values."""

from __future__ import annotations

from bot.documents.entities.entity_specs import EntityField, EntitySpecs
from bot.generation.kinds.base import Json, Kind
from bot.generation.kinds.moments import CalendarDate, Moment, TimeOfDay, UniqueId
from bot.generation.kinds.numbers import Exact, Flag, Float, Integer
from bot.generation.kinds.structures import JsonObject, ListOf
from bot.generation.kinds.texts import Choice, Email, Text, WebAddress

__all__ = ["Json", "Kind", "kind_of"]

KINDS: dict[str, type[Kind]] = {
    "str": Text,
    "int": Integer,
    "float": Float,
    "bool": Flag,
    "date": CalendarDate,
    "datetime": Moment,
    "time": TimeOfDay,
    "UUID": UniqueId,
    "Decimal": Exact,
    "EmailStr": Email,
    "HttpUrl": WebAddress,
    "JSON": JsonObject,
}


def kind_of(where: str, field: EntityField, specs: EntitySpecs) -> Kind:
    """Return the kind of a field. Raises UnsupportedSpecsError where its modifiers don't fit its type."""
    if not field.type.is_list:
        return KINDS.get(field.type.name, Choice)(where, field, specs)
    of_item = {
        "minimum": None,
        "maximum": None,
        "default": None,
        "type": field.type.model_copy(update={"is_list": False}),
    }
    return ListOf(where, field, specs, kind_of(where, field.model_copy(update=of_item), specs))
