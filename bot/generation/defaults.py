"""Defaults as a client would send them, so that a test can say what a field is worth that is left out."""

from __future__ import annotations

import ast
import json
import re
from datetime import date

from bot.documents.entities.entity_specs import EntityField
from bot.generation.kinds import Json
from bot.generation.values import Expression
from bot.patterns import regex

__all__ = ["sent_default"]

DAY = regex(r"dt\.date\((\d+), (\d+), (\d+)\)")
MADE_OF_TEXT = regex(r"[A-Za-z][\w.]*\((.+)\)", re.DOTALL)
"""A value that is made of a text: ``Decimal("9.90")``, ``enums.Genre("poetry")``."""


def sent_default(field: EntityField, default: Expression | None) -> Json:
    """Return the JSON that means a field's default; None where it has none, or one that is made anew for each row."""
    if default is None or field.default is None:
        return None
    if field.type.is_list or field.type.name == "JSON":
        value: Json = json.loads(field.default)
        return value
    day = DAY.fullmatch(default.text)
    if day:
        return date(int(day[1]), int(day[2]), int(day[3])).isoformat()
    text = MADE_OF_TEXT.fullmatch(default.text)
    try:
        plain: Json = ast.literal_eval(text[1] if text else default.text)
    except ValueError:
        return None
    return plain
