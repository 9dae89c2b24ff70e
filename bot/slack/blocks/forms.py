"""Parts of forms: a modal, its fields, and reading back what was filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from bot.documents.frozen import Frozen
from bot.slack.texts import clip

__all__ = [
    "LONGEST_FIELD",
    "Origin",
    "chosen",
    "errors_at",
    "field",
    "modal",
    "number_field",
    "one_of",
    "origin_of",
    "people_field",
    "some_of",
    "state_of",
    "text_field",
    "typed",
]

LONGEST_FIELD = 3000
"""Characters that a text field takes."""
LONGEST_TITLE, LONGEST_LABEL, LONGEST_ERROR, LONGEST_OPTION = 24, 150, 500, 75
VALUE = "value"
"""The action id of every field: its block id tells it apart."""


class Origin(Frozen):
    """Where a form was opened: it travels in the form, and says where a private answer reaches its person."""

    channel: str
    response_url: str = ""
    revision: int = 0
    """The revision of what the form shows."""
    digest: str = ""
    """When the digest came as the form was opened, as it is typed: only what differs from it is set."""
    parts: int = 0
    """Over how many fields a text is spread."""


def origin_of(view: Mapping[str, Any]) -> Origin | None:
    """Return where a form was opened, or None where the form isn't one of ours."""
    try:
        return Origin.model_validate_json(view.get("private_metadata") or "")
    except ValidationError:
        return None


def modal(
    callback: str, title: str, blocks: Sequence[dict[str, Any]], origin: Origin, submit: str = "Save"
) -> dict[str, Any]:
    """Return a modal; without ``submit`` it only shows something."""
    made: dict[str, Any] = {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": origin.model_dump_json(exclude_defaults=True),
        "title": {"type": "plain_text", "text": clip(title, LONGEST_TITLE)},
        "close": {"type": "plain_text", "text": "Cancel" if submit else "Close"},
        "blocks": list(blocks),
    }
    return made | ({"submit": {"type": "plain_text", "text": submit}} if submit else {})


def field(name: str, label: str, element: dict[str, Any], hint: str = "", *, optional: bool = False) -> dict[str, Any]:
    """Return an input block around an element."""
    made: dict[str, Any] = {
        "type": "input",
        "block_id": name,
        "optional": optional,
        "label": {"type": "plain_text", "text": clip(label, LONGEST_LABEL)},
        "element": {"action_id": VALUE, **element},
    }
    return made | ({"hint": {"type": "plain_text", "text": unmarked(hint)}} if hint else {})


def text_field(value: str = "", *, multiline: bool = False, longest: int = LONGEST_FIELD) -> dict[str, Any]:
    """Return a text field; it begins with a value where there is one."""
    element = {"type": "plain_text_input", "multiline": multiline, "max_length": longest}
    return element | ({"initial_value": value} if value else {})


def number_field(value: int | None, least: int, most: int) -> dict[str, Any]:
    """Return a field for a whole number."""
    element = {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": str(least),
        "max_value": str(most),
    }
    return element | ({} if value is None else {"initial_value": str(value)})


def people_field(people: Sequence[str], placeholder: str, most: int) -> dict[str, Any]:
    """Return a field in which people are picked."""
    element: dict[str, Any] = {
        "type": "multi_users_select",
        "placeholder": {"type": "plain_text", "text": placeholder},
        "max_selected_items": most,
    }
    return element | ({"initial_users": list(people)} if people else {})


def some_of(options: Mapping[str, str], values: Sequence[str], placeholder: str) -> dict[str, Any]:
    """Return a field in which any of some options are chosen, by value and label."""
    listed = {
        name: {"text": {"type": "plain_text", "text": clip(text, LONGEST_OPTION)}, "value": name}
        for name, text in options.items()
    }
    element: dict[str, Any] = {
        "type": "multi_static_select",
        "placeholder": {"type": "plain_text", "text": placeholder},
        "options": list(listed.values()),
    }
    chosen_now = [listed[value] for value in values if value in listed]
    return element | ({"initial_options": chosen_now} if chosen_now else {})


def one_of(options: Mapping[str, str], value: str) -> dict[str, Any]:
    """Return radio buttons, by value and label."""
    listed = {name: {"text": {"type": "plain_text", "text": text}, "value": name} for name, text in options.items()}
    return {"type": "radio_buttons", "options": list(listed.values()), "initial_option": listed[value]}


def typed(view: Mapping[str, Any], name: str) -> str:
    """Return what was typed into a field; empty where nothing was, or where the form has no such field."""
    return str(state_of(view, name).get("value") or "")


def chosen(view: Mapping[str, Any], name: str) -> list[str]:
    """Return the people, the conversation or the options that were chosen in a field."""
    state = state_of(view, name)
    option = state.get("selected_option") or {}
    several = [each.get("value") for each in state.get("selected_options") or []]
    one = [state.get("selected_conversation") or option.get("value")]
    found = state.get("selected_users") or several or one
    return [str(one) for one in found if one]


def state_of(view: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return what Slack says of a field."""
    values: Mapping[str, Any] = (view.get("state") or {}).get("values") or {}
    held: Mapping[str, Any] = (values.get(name) or {}).get(VALUE) or {}
    return held


def errors_at(name: str, sentence: str) -> dict[str, str]:
    """Return an error as a form shows it, below the field that it is about."""
    return {name: clip(unmarked(sentence), LONGEST_ERROR)}


def unmarked(sentence: str) -> str:
    """Return a sentence without markup: Slack shows none beside a field, and none in an error."""
    return sentence.replace("`", "").replace("*", "")
