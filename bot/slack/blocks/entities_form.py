"""The form in which people edit a plan's entities by hand: a field for each, one for another thing, and reading it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.documents.entities.short_form_reader import FormProblem
from bot.slack.blocks.forms import errors_at, field, text_field, typed
from bot.slack.buttons import LABELS, Action, Subject
from bot.slack.texts import render, sections
from bot.store.tables import Plan

__all__ = ["entities_view", "errors_in", "further_in", "texts_in"]

FURTHER = "further"
"""The field for another thing."""
MOST_SAID = 3
"""Problems of one field that are said together; the next ones show once these are mended."""
EXAMPLE = "Its first line is the name, then lines as above. Several things stand apart by an empty line."
LONGEST_TOLD = 300
"""Characters of the rules that are told below one box, for there may be many boxes in a form."""
OTHERS = "The review tells the others."
BROUGHT = (
    "Nothing is missing here: it is who signs in, and e-mail, password and role come by themselves. Write a line for "
    "what else is kept about each, or leave it empty."
)
"""What is said below a box that begins empty: a feature brings all that the thing holds."""


def entity_field(number: int) -> str:
    """Return the name of the field of the entity of that number, from 0."""
    return f"entity{number}"


def entities_view(
    plan: Plan, number: int, names: Sequence[str], texts: Sequence[str], rules: Sequence[Sequence[str]] = ()
) -> dict[str, Any]:
    """Return the form for a review's entities, by their names and their lines; ``rules``: those of each in words."""
    hints = [told(sentences) for sentences in rules] or [""] * len(names)
    fields = [
        field(entity_field(at), name, text_field(text, multiline=True), hint if text else BROUGHT, optional=True)
        for at, (name, text, hint) in enumerate(zip(names, texts, hints, strict=True))
    ]
    return {
        "type": "modal",
        "callback_id": str(Action.EDIT_ENTITIES),
        "private_metadata": Subject(plan=plan.id, review=number).model_dump_json(exclude_defaults=True),
        "title": {"type": "plain_text", "text": LABELS[Action.EDIT_ENTITIES]},
        "submit": {"type": "plain_text", "text": "Send"},
        "close": {"type": "plain_text", "text": "Cancel"},
        "blocks": [
            *sections(render("entities_form")),
            *fields,
            field(FURTHER, "Another thing", text_field(multiline=True), EXAMPLE, optional=True),
        ],
    }


def told(rules: Sequence[str]) -> str:
    """Return as many rules in words as stand below a box; nothing where there are none."""
    shown = list(rules)
    while shown and len(". ".join(shown)) > LONGEST_TOLD:
        shown.pop()
    more = f" {OTHERS}" if len(shown) < len(rules) else ""
    return f"Its rules in words: {'. '.join(shown)}.{more}" if shown else ""


def texts_in(view: Mapping[str, Any]) -> list[str]:
    """Return what the fields of the entities hold, in order."""
    fields = [block["block_id"] for block in view.get("blocks") or [] if block.get("type") == "input"]
    return [typed(view, name) for name in fields if name != FURTHER]


def further_in(view: Mapping[str, Any]) -> str:
    """Return what was written as another thing."""
    return typed(view, FURTHER)


def errors_in(problems: Sequence[FormProblem], texts: int) -> dict[str, str]:
    """Return what is wrong, below the field that it is in, of a form with so many ``texts`` of entities."""
    found: dict[str, list[str]] = {}
    for problem in sorted(problems, key=lambda problem: problem.line):
        name = entity_field(problem.text) if problem.text < texts else FURTHER
        where = f"Line {problem.line}: " if problem.line else ""
        found.setdefault(name, []).append(f"{where}{problem.message}")
    errors: dict[str, str] = {}
    for name, sentences in found.items():
        more = f" And {len(sentences) - MOST_SAID} more." if len(sentences) > MOST_SAID else ""
        errors |= errors_at(name, " ".join(sentences[:MOST_SAID]) + more)
    return errors
