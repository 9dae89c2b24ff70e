"""The steps of a status: each value that a way leads to has a route of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.entities.declared_rules import Transition
from bot.generation.names import article, entity_names, words
from bot.generation.rule_views import StepView
from bot.generation.ruled_entity import RuledEntity
from bot.generation.values import Identifier, PythonLiteral, SlugOrPath

__all__ = ["step_action", "step_place", "step_segments", "steps_of"]


def steps_of(ruled: RuledEntity, rule: Transition) -> Iterator[StepView]:
    """Yield the route of each value that a way leads to."""
    item, names = ruled.fields[rule.field], entity_names(ruled.entity)
    for value in step_segments(rule):
        place, action = step_place(rule, value), step_action(rule, value)
        summary = f"Change the {words(rule.field)} of {article(names.label)} to {value}"
        yield StepView(
            path=PythonLiteral.of(f"/{{key}}/{place}"),
            example=SlugOrPath(f"{ruled.entity.api_path}/1/{place}"),
            segment=PythonLiteral.of(place),
            operation=PythonLiteral.of(f"change_{names.module}_{action}"),
            summary=PythonLiteral.of(summary),
            function=Identifier(f"change_{action}"),
            label=item.label,
            key=item.key,
            value=PythonLiteral.of(value),
        )


def step_segments(rule: Transition) -> dict[str, str]:
    """Return the values that a way leads to, each with its part of a path."""
    targets = dict.fromkeys(target for _, target in rule.pairs())
    return {target: kebab(target) or f"value-{number}" for number, target in enumerate(targets, start=1)}


def step_place(rule: Transition, target: str) -> str:
    """Return the last part of the path of the step that leads to a value."""
    return f"{kebab(rule.field)}/{step_segments(rule)[target]}"


def step_action(rule: Transition, target: str) -> str:
    """Return what the step that leads to a value is called in Python."""
    return f"{rule.field}_to_{step_segments(rule)[target].replace('-', '_')}"


def kebab(name: str) -> str:
    """Return a name or a value as a part of a path; nothing where no letter or digit of ASCII is in it."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
