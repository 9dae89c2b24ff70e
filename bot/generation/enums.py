"""The prepared view of enums: a class with a member for each value."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from bot.documents.entities.entity_specs import EnumSpec
from bot.generation.names import words
from bot.generation.values import Identifier, PythonLiteral, Words

__all__ = ["EnumMember", "EnumView", "enum_view"]


@dataclass(frozen=True)
class EnumMember:
    """A value of an enum and its name in Python."""

    name: Identifier
    value: PythonLiteral


@dataclass(frozen=True)
class EnumView:
    """An enum."""

    name: Identifier
    test_name: Identifier
    label: Words
    members: tuple[EnumMember, ...]
    values: PythonLiteral


def enum_view(enum: EnumSpec) -> EnumView:
    """Prepare an enum; values that are no names get one."""
    taken: set[str] = set()
    members: list[EnumMember] = []
    for number, value in enumerate(enum.values, start=1):
        name = member_name(value, number, taken)
        taken.add(name)
        members.append(EnumMember(name=Identifier(name), value=PythonLiteral.of(value)))
    return EnumView(
        name=Identifier(enum.name),
        test_name=Identifier(words(enum.name).replace(" ", "_")),
        label=Words(words(enum.name)),
        members=tuple(members),
        values=PythonLiteral.of(list(enum.values)),
    )


def member_name(value: str, number: int, taken: set[str]) -> str:
    """Return the name of an enum's member: the value in capitals, with its number where that is not enough."""
    name = re.sub(r"[^A-Z0-9]+", "_", value.upper()).strip("_")
    if not name or name[0].isdigit():
        name = f"VALUE_{name or number}"
    candidates = itertools.chain([name], (f"{name}_{count}" for count in itertools.count(number)))
    return next(candidate for candidate in candidates if candidate not in taken)
