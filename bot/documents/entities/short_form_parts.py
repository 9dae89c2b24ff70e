"""Putting together what a short form shows with what it doesn't: hidden lines, defaults, and values nothing takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.documents.entities.entity_blocks import BlockLine
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.short_form_lines import as_value

__all__ = ["with_fitting_defaults", "without_unused", "woven"]


def woven(
    before: Sequence[tuple[str, str]], shown: Sequence[tuple[str, BlockLine]], made: Callable[[str], BlockLine]
) -> list[BlockLine]:
    """Return lines with those that a form doesn't show where they stood: first, last, or after the one before them.

    ``before`` are names with the text of what isn't shown, or an empty one.
    """
    names = [name for name, hidden in before if not hidden]
    after: dict[str, list[str]] = {}
    head: list[str] = []
    tail: list[str] = []
    last = ""
    seen = 0
    for name, hidden in before:
        if not hidden:
            last, seen = name, seen + 1
        elif not seen:
            head.append(hidden)
        elif seen == len(names):
            tail.append(hidden)
        else:
            after.setdefault(last, []).append(hidden)
    lines = [made(text) for text in head]
    for name, line in shown:
        lines.append(line)
        lines += [made(text) for text in after.pop(name, [])]
    return [*lines, *(made(text) for texts in (*after.values(), tail) for text in texts)]


def with_fitting_defaults(specs: EntitySpecs) -> EntitySpecs:
    """Return specs in which a default is spelled like the value that it means."""
    values = {enum.name: enum.values for enum in specs.enums}

    def fitting(one: EntityField) -> EntityField:
        known = values.get(one.type.name, ())
        if one.default is None or one.default in known or not known:
            return one
        spelled = as_value(one.default, known)
        return one.model_copy(update={"default": spelled}) if spelled in known else one

    return specs.model_copy(
        update={
            "entities": tuple(
                entity.model_copy(update={"fields": tuple(map(fitting, entity.fields))}) for entity in specs.entities
            )
        }
    )


def without_unused(before: EntitySpecs, after: EntitySpecs) -> EntitySpecs:
    """Return specs without the enums that nothing takes its values from any more."""
    used, was_used = (used_enums(specs.entities) for specs in (after, before))
    kept = tuple(enum for enum in after.enums if enum.name in used or enum.name not in was_used)
    return after.model_copy(update={"enums": kept})


def used_enums(entities: Iterable[Entity]) -> set[str]:
    """Return the names of the types of all fields."""
    return {one.type.name for entity in entities for one in entity.fields}
