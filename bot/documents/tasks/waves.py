"""The waves of a task dependency graph: JSON in the three shapes that real files have.

``{"waves": [{"id": 0, "tasks": ["1.1"]}]}``, the same with ``name`` and ``depends_on``, and ``[["1"], ["2"]]``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from bot.patterns import regex

__all__ = ["Wave", "read_waves"]

FENCED = regex(r"^[ \t]*```json[^\n]*\n(?P<json>[^`]*)", re.IGNORECASE | re.MULTILINE)
"""JSON beside a drawing of the graph."""


@dataclass(frozen=True, slots=True)
class Wave:
    """Tasks that may be worked on side by side. ``id`` is as written, or the position from 0 where none is."""

    id: int
    tasks: tuple[str, ...]
    name: str = ""
    depends_on: tuple[int, ...] = ()


def read_waves(text: str) -> tuple[Wave, ...] | None:
    """Return the waves that the JSON in a text lists, or None where it lists none."""
    fenced = FENCED.search(text)
    if fenced and (found := read_waves(fenced["json"])) is not None:
        return found
    begin = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=-1)
    end = max(text.rfind("}"), text.rfind("]")) + 1
    if begin < 0 or end <= begin:
        return None
    try:
        value = json.loads(text[begin:end])
    except (ValueError, RecursionError):
        return None
    listed = value.get("waves") if isinstance(value, dict) else value
    if not isinstance(listed, list):
        return None
    waves = [wave_of(item, position) for position, item in enumerate(listed)]
    found = tuple(wave for wave in waves if wave is not None)
    return found if len(found) == len(waves) else None


def wave_of(item: object, position: int) -> Wave | None:
    """Return one wave, or None for a value that is none."""
    if isinstance(item, list):
        return Wave(position, numbers_of(item))
    if not isinstance(item, dict):
        return None
    tasks = item.get("tasks")
    if not isinstance(tasks, list):
        return None
    given = item.get("id", item.get("wave"))
    known = given if isinstance(given, int) and not isinstance(given, bool) else position
    name = item.get("name", given if isinstance(given, str) else "")
    depends = item.get("depends_on", item.get("dependsOn"))
    before = depends if isinstance(depends, list) else []
    wanted = tuple(each for each in before if isinstance(each, int) and not isinstance(each, bool))
    return Wave(known, numbers_of(tasks), name if isinstance(name, str) else "", wanted)


def numbers_of(items: list[object]) -> tuple[str, ...]:
    """Return the numbers of tasks, also those that were written as JSON numbers."""
    return tuple(str(item) for item in items if isinstance(item, str | int | float) and not isinstance(item, bool))
