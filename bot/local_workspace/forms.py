"""Interactive elements of blocks: finding them, and turning what a person chose into what Slack sends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bot.local_workspace.directory import Json

__all__ = ["action_entry", "elements_in", "find_element", "input_errors", "state_of"]

LISTS = ("checkboxes", "multi_static_select")
CHOICES = ("static_select", "radio_buttons", "overflow")
PICKED = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
}
STATELESS = ("button", "overflow", "image", "feedback_buttons", "icon_button")


def elements_in(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield every interactive element with the block that holds it."""
    for block in blocks:
        held = [*block.get("elements", [])] if block["type"] in ("actions", "context_actions") else []
        held += [block[name] for name in ("accessory", "element") if isinstance(block.get(name), dict)]
        for element in held:
            if element.get("action_id"):
                yield block, element


def find_element(blocks: list[Json], action_id: str, block_id: str, value: str | None) -> tuple[Json, Json] | None:
    """Return the element with this action id; block id and a button's value tell equal ones apart."""
    for block, element in elements_in(blocks):
        if element["action_id"] != action_id or (block_id and block["block_id"] != block_id):
            continue
        if value is not None and element["type"] == "button" and element.get("value", "") != value:
            continue
        return block, element
    return None


def action_entry(block: Json, element: Json, value: object) -> Json:
    """Return an entry of ``actions`` in the payload of a click or a choice."""
    entry = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    if element["type"] == "button":
        return entry | {name: element[name] for name in ("text", "value", "style", "url") if name in element}
    if element["type"] in ("feedback_buttons", "icon_button"):
        return entry | {"value": value}
    return entry | held_value(element, value)


def held_value(element: Json, value: object) -> Json:
    """Return an element's part of the state: ``{"type": "plain_text_input", "value": "x"}`` and its likes."""
    kind = element["type"]
    options = listed_options(element)
    chosen = value if isinstance(value, list) else [] if value is None else [value]
    if kind == "multi_users_select":
        return {"type": kind, "selected_users": [str(person) for person in chosen]}
    if kind == "file_input":
        return {"type": kind, "files": chosen}
    if kind in LISTS:
        return {"type": kind, "selected_options": [option for option in options if option.get("value") in chosen]}
    if kind in CHOICES:
        return {"type": kind, "selected_option": next((each for each in options if each.get("value") == value), None)}
    text = str(value) if value not in (None, "") else None
    return {"type": kind, PICKED.get(kind, "value"): text}


def listed_options(element: Json) -> list[Json]:
    """Return an element's options, those of groups too."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group.get("options", []))]


def state_of(blocks: list[Json], values: Json) -> Json:
    """Return ``state.values``. ``values`` holds what was typed or chosen, by block id and action id or by action id."""
    state: Json = {}
    for block, element in elements_in(blocks):
        if element["type"] in STATELESS:
            continue
        given = chosen_value(values, block["block_id"], element["action_id"])
        value = initial(element) if given is None else given
        state.setdefault(block["block_id"], {})[element["action_id"]] = held_value(element, value)
    return state


def chosen_value(values: Json, block_id: str, action_id: str) -> object:
    """Return what was given for an element, or None."""
    inside = values.get(block_id)
    if isinstance(inside, dict) and action_id in inside:
        return inside[action_id]
    return values.get(action_id)


def initial(element: Json) -> object:
    """Return the value that an element begins with."""
    if "initial_options" in element:
        return [option.get("value") for option in element["initial_options"]]
    if "initial_option" in element:
        return element["initial_option"].get("value")
    return next((element[name] for name in element if name.startswith("initial_")), None)


def input_errors(blocks: list[Json], state: Json) -> Json:
    """Return what Slack's own form refuses before the app is asked: by block id, a sentence."""
    errors: Json = {}
    for block, element in elements_in(blocks):
        if block["type"] != "input":
            continue
        held = {name: value for name, value in state[block["block_id"]][element["action_id"]].items() if name != "type"}
        value = next(iter(held.values()))
        if not value:
            if not block.get("optional"):
                errors[block["block_id"]] = "Please complete this required field."
        elif element["type"] in WRONG:
            sentence = WRONG[element["type"]](element, value)
            errors |= {block["block_id"]: sentence} if sentence else {}
    return errors


def length_error(element: Json, value: str) -> str:
    """Return a sentence where a text is too short or too long."""
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < shortest:
        return f"Please write at least {shortest} characters."
    if len(value) > longest:
        return f"Please write at most {longest} characters."
    return ""


def number_error(element: Json, value: str) -> str:
    """Return a sentence where a text is no number, or one outside its bounds."""
    try:
        number = float(value) if element.get("is_decimal_allowed") else int(value)
    except ValueError:
        return "Please write a number." if element.get("is_decimal_allowed") else "Please write a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please choose a number that is at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please choose a number that is at most {element['max_value']}."
    return ""


def number_of_people_error(element: Json, value: list[str]) -> str:
    """Return a sentence where more people are chosen than a field takes."""
    most = element.get("max_selected_items")
    return f"Please choose at most {most}." if most is not None and len(value) > most else ""


def number_of_files_error(element: Json, value: list[Json]) -> str:
    """Return a sentence where more files are chosen than a field takes."""
    most = element.get("max_files", 10)
    return f"Please choose at most {most}." if len(value) > most else ""


WRONG: dict[str, Callable[[Json, Any], str]] = {
    "plain_text_input": length_error,
    "number_input": number_error,
    "multi_users_select": number_of_people_error,
    "file_input": number_of_files_error,
}
"""What is checked before an app hears of a form."""
