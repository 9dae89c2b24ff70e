"""What Slack refuses in blocks and views: unknown types, too many blocks, over-long texts.

The numbers are those of Slack's Block Kit reference. Each problem is worded as Slack words it, with a JSON pointer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.local_workspace.directory import Json

__all__ = ["MESSAGE_TEXT", "UPDATE_TEXT", "block_problems", "view_problems", "with_block_ids"]

MESSAGE_TEXT = 40_000
UPDATE_TEXT = 4_000
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
PLAN_TASKS = 50
TABLE_ROWS = 100
LONGEST_INPUT = 3000
NUMBER = re.compile(r"-?\d+(\.\d+)?")

MESSAGE_ONLY = {"plan", "task_card", "table", "markdown", "file", "context_actions"}
BLOCKS = {"section", "header", "divider", "context", "actions", "image", "input", "rich_text", "video"} | MESSAGE_ONLY
INTERACTIVE = {
    "button",
    "static_select",
    "multi_static_select",
    "users_select",
    "multi_users_select",
    "conversations_select",
    "radio_buttons",
    "checkboxes",
    "overflow",
    "datepicker",
    "timepicker",
    "plain_text_input",
    "number_input",
}
INPUT_ONLY = {"file_input"}
"""Elements that stand in an input block only."""
CONTEXT_ELEMENTS = {"mrkdwn", "plain_text", "image"}
CONTEXT_ACTIONS = {"feedback_buttons", "icon_button"}
TASK_STATUSES = {"pending", "in_progress", "complete", "error"}
OPTIONS = {"static_select": 100, "multi_static_select": 100, "radio_buttons": 10, "checkboxes": 10, "overflow": 5}

type Problems = Iterator[str]


def block_problems(blocks: list[Any], pointer: str = "/blocks", limit: int = MESSAGE_BLOCKS) -> list[str]:
    """Return everything that Slack would refuse in a list of blocks."""
    problems = [] if len(blocks) <= limit else [said(f"no more than {limit} items allowed", pointer)]
    for index, block in enumerate(blocks):
        problems += one_block(block, f"{pointer}/{index}")
    ids = [block["block_id"] for block in blocks if isinstance(block, dict) and block.get("block_id")]
    if len(set(ids)) < len(ids):
        problems.append(said("block_id already exists", pointer))
    kinds = {block.get("type") for block in blocks if isinstance(block, dict)}
    if {"plan", "task_card"} <= kinds:
        problems.append(said("plan and task_card blocks can't be used together", pointer))
    return problems


def view_problems(view: Json) -> list[str]:
    """Return everything that Slack would refuse in a modal or a Home view."""
    problems: list[str] = []
    blocks = view.get("blocks")
    if view.get("type") not in ("modal", "home"):
        problems.append(said("unsupported type", "/view/type"))
    if view.get("type") == "modal":
        problems += text_object(view.get("title"), "/view/title", 24, plain_only=True)
        for name in ("submit", "close"):
            problems += text_object(view.get(name), f"/view/{name}", 24, plain_only=True, needed=False)
    problems += longer(view.get("private_metadata"), "/view/private_metadata", 3000)
    problems += longer(view.get("callback_id"), "/view/callback_id", 255)
    if not isinstance(blocks, list):
        return [*problems, said("missing required field: blocks", "/view")]
    kinds = [block.get("type") for block in blocks if isinstance(block, dict)]
    if "input" in kinds and not view.get("submit") and view.get("type") == "modal":
        problems.append(said("a submit button is required when an input block is used", "/view"))
    problems += [said(f"unsupported type: {kind}", "/view/blocks") for kind in kinds if kind in MESSAGE_ONLY]
    return problems + block_problems(blocks, "/view/blocks", VIEW_BLOCKS)


def with_block_ids(blocks: list[Json], prefix: str) -> list[Json]:
    """Return the blocks, each with a ``block_id`` and each element with an ``action_id``, as Slack fills them in."""
    filled = []
    for index, block in enumerate(blocks):
        complete = {"type": block["type"], "block_id": f"{prefix}{index}"} | block
        for name in ("accessory", "element"):
            if isinstance(block.get(name), dict):
                complete[name] = with_action_id(block[name], f"{prefix}{index}")
        if block["type"] in ("actions", "context_actions"):
            complete["elements"] = [
                with_action_id(item, f"{prefix}{index}-{place}") for place, item in enumerate(block["elements"])
            ]
        filled.append(complete)
    return filled


def with_action_id(item: Json, fallback: str) -> Json:
    """Return an element with an ``action_id``; images have none."""
    return item if item.get("type") == "image" else {"action_id": fallback} | item


def said(problem: str, pointer: str) -> str:
    """Word a problem as Slack does."""
    return f"{problem} [json-pointer:{pointer}]"


def longer(value: object, pointer: str, limit: int) -> Problems:
    """Yield a problem where a text is longer than allowed."""
    if isinstance(value, str) and len(value) > limit:
        yield said(f"must be less than {limit + 1} characters", pointer)


def text_object(value: object, pointer: str, limit: int, *, plain_only: bool = False, needed: bool = True) -> Problems:
    """Yield the problems of a text object."""
    if value is None:
        if needed:
            yield said("missing required field: text", pointer)
        return
    if not isinstance(value, dict) or value.get("type") not in ("plain_text", "mrkdwn"):
        yield said("must be a text object", pointer)
        return
    if plain_only and value["type"] != "plain_text":
        yield said("must be plain_text", f"{pointer}/type")
    if not isinstance(value.get("text"), str) or not value["text"]:
        yield said("must be more than 0 characters", f"{pointer}/text")
    yield from longer(value.get("text"), f"{pointer}/text", limit)


def one_block(block: object, pointer: str) -> Problems:
    """Yield the problems of one block."""
    kind = block.get("type") if isinstance(block, dict) else None
    if not isinstance(block, dict) or kind not in BLOCKS:
        yield said(f"unsupported type: {kind}", pointer)
        return
    yield from longer(block.get("block_id"), f"{pointer}/block_id", 255)
    rules = {
        "section": section,
        "header": header,
        "context": context,
        "actions": actions,
        "context_actions": context_actions,
        "image": image,
        "input": input_block,
        "plan": plan,
        "task_card": task_card,
        "markdown": markdown,
        "table": table,
    }
    if kind in rules:
        yield from rules[kind](block, pointer)


def section(block: Json, pointer: str) -> Problems:
    """Yield the problems of a section: text, fields, accessory."""
    fields = block.get("fields")
    yield from text_object(block.get("text"), f"{pointer}/text", 3000, needed=fields is None)
    if fields is not None:
        if not isinstance(fields, list) or not 1 <= len(fields) <= 10:
            yield said("must be between 1 and 10 items", f"{pointer}/fields")
            return
        for index, text in enumerate(fields):
            yield from text_object(text, f"{pointer}/fields/{index}", 2000)
    if block.get("accessory") is not None:
        yield from element(block["accessory"], f"{pointer}/accessory", INTERACTIVE | {"image"})


def header(block: Json, pointer: str) -> Problems:
    """Yield the problems of a header."""
    yield from text_object(block.get("text"), f"{pointer}/text", 150, plain_only=True)


def context(block: Json, pointer: str) -> Problems:
    """Yield the problems of a context block: ten small texts or images."""
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= 10:
        yield said("must be between 1 and 10 items", f"{pointer}/elements")
        return
    for index, item in enumerate(elements):
        place = f"{pointer}/elements/{index}"
        if not isinstance(item, dict) or item.get("type") not in CONTEXT_ELEMENTS:
            yield said("unsupported element", place)
        elif item["type"] != "image":
            yield from text_object(item, place, 3000)


def actions(block: Json, pointer: str) -> Problems:
    """Yield the problems of an actions block: 25 elements."""
    yield from elements_of(block, pointer, 25, INTERACTIVE)


def context_actions(block: Json, pointer: str) -> Problems:
    """Yield the problems of a context actions block: 5 elements."""
    yield from elements_of(block, pointer, 5, CONTEXT_ACTIONS)


def elements_of(block: Json, pointer: str, limit: int, allowed: set[str]) -> Problems:
    """Yield the problems of a block's elements and of repeated action ids."""
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= limit:
        yield said(f"must be between 1 and {limit} items", f"{pointer}/elements")
        return
    for index, item in enumerate(elements):
        yield from element(item, f"{pointer}/elements/{index}", allowed)
    ids = [item["action_id"] for item in elements if isinstance(item, dict) and item.get("action_id")]
    if len(set(ids)) < len(ids):
        yield said("action_id already exists", f"{pointer}/elements")


def element(item: object, pointer: str, allowed: set[str]) -> Problems:
    """Yield the problems of one interactive element."""
    kind = item.get("type") if isinstance(item, dict) else None
    if not isinstance(item, dict) or kind not in allowed:
        yield said(f"unsupported type: {kind}", pointer)
        return
    yield from longer(item.get("action_id"), f"{pointer}/action_id", 255)
    if kind == "button":
        yield from button(item, pointer)
    if kind in OPTIONS:
        yield from options(item, pointer, OPTIONS[kind])
    if kind == "plain_text_input":
        yield from text_input(item, pointer)
    if kind == "number_input":
        yield from number_input(item, pointer)
    if kind == "file_input" and not 1 <= item.get("max_files", 10) <= 10:
        yield said("must be between 1 and 10", f"{pointer}/max_files")
    if kind == "multi_users_select" and item.get("max_selected_items", 1) < 1:
        yield said("must be more than 0", f"{pointer}/max_selected_items")
    if isinstance(item.get("confirm"), dict):
        yield from confirm(item["confirm"], f"{pointer}/confirm")
    if item.get("placeholder") is not None:
        yield from text_object(item["placeholder"], f"{pointer}/placeholder", 150, plain_only=True)


def text_input(item: Json, pointer: str) -> Problems:
    """Yield the problems of a text field: at most 3,000 characters, and never more than it says itself."""
    longest = item.get("max_length", LONGEST_INPUT)
    if not 1 <= longest <= LONGEST_INPUT:
        yield said(f"must be between 1 and {LONGEST_INPUT}", f"{pointer}/max_length")
    yield from longer(item.get("initial_value"), f"{pointer}/initial_value", min(longest, LONGEST_INPUT))


def number_input(item: Json, pointer: str) -> Problems:
    """Yield the problems of a number field: its bounds are numbers written as text."""
    if not isinstance(item.get("is_decimal_allowed"), bool):
        yield said("missing required field: is_decimal_allowed", pointer)
    for name in ("initial_value", "min_value", "max_value"):
        value = item.get(name)
        if value is not None and not (isinstance(value, str) and NUMBER.fullmatch(value)):
            yield said("must be a number written as a string", f"{pointer}/{name}")
            return
    bounds = [float(item[name]) for name in ("min_value", "initial_value", "max_value") if name in item]
    if bounds != sorted(bounds):
        yield said("must lie between min_value and max_value", f"{pointer}/initial_value")


def button(item: Json, pointer: str) -> Problems:
    """Yield the problems of a button."""
    yield from text_object(item.get("text"), f"{pointer}/text", 75, plain_only=True)
    yield from longer(item.get("value"), f"{pointer}/value", 2000)
    yield from longer(item.get("url"), f"{pointer}/url", 3000)
    if item.get("style") not in (None, "primary", "danger"):
        yield said("must be one of primary, danger", f"{pointer}/style")


def options(item: Json, pointer: str, limit: int) -> Problems:
    """Yield the problems of a list of options or option groups."""
    groups = item.get("option_groups")
    listed = [group.get("options") for group in groups] if isinstance(groups, list) else [item.get("options")]
    for choices in listed:
        if not isinstance(choices, list) or not 1 <= len(choices) <= limit:
            yield said(f"must be between 1 and {limit} items", f"{pointer}/options")
            continue
        for index, option in enumerate(choices):
            place = f"{pointer}/options/{index}"
            yield from text_object(option.get("text") if isinstance(option, dict) else None, f"{place}/text", 75)
            yield from longer(option.get("value") if isinstance(option, dict) else None, f"{place}/value", 150)


def confirm(dialog: Json, pointer: str) -> Problems:
    """Yield the problems of a confirmation dialog."""
    yield from text_object(dialog.get("title"), f"{pointer}/title", 100, plain_only=True)
    yield from text_object(dialog.get("text"), f"{pointer}/text", 300)
    yield from text_object(dialog.get("confirm"), f"{pointer}/confirm", 30, plain_only=True)
    yield from text_object(dialog.get("deny"), f"{pointer}/deny", 30, plain_only=True)


def image(block: Json, pointer: str) -> Problems:
    """Yield the problems of an image."""
    if not block.get("image_url") and not block.get("slack_file"):
        yield said("missing required field: image_url", pointer)
    if not block.get("alt_text"):
        yield said("missing required field: alt_text", pointer)
    yield from longer(block.get("image_url"), f"{pointer}/image_url", 3000)
    yield from longer(block.get("alt_text"), f"{pointer}/alt_text", 2000)


def input_block(block: Json, pointer: str) -> Problems:
    """Yield the problems of an input."""
    yield from text_object(block.get("label"), f"{pointer}/label", 2000, plain_only=True)
    yield from text_object(block.get("hint"), f"{pointer}/hint", 2000, plain_only=True, needed=False)
    yield from element(block.get("element"), f"{pointer}/element", (INTERACTIVE | INPUT_ONLY) - {"button", "overflow"})


def plan(block: Json, pointer: str) -> Problems:
    """Yield the problems of a plan: a title and up to fifty tasks with ids of their own."""
    if not isinstance(block.get("title"), str) or not block["title"]:
        yield said("missing required field: title", pointer)
    tasks = block.get("tasks") or []
    if len(tasks) > PLAN_TASKS:
        yield said(f"no more than {PLAN_TASKS} items allowed", f"{pointer}/tasks")
    for index, task in enumerate(tasks):
        yield from task_card(task, f"{pointer}/tasks/{index}")
    ids = [task.get("task_id") for task in tasks if isinstance(task, dict)]
    if len(set(ids)) < len(ids):
        yield said("task_id already exists", f"{pointer}/tasks")


def task_card(block: object, pointer: str) -> Problems:
    """Yield the problems of a task."""
    if not isinstance(block, dict):
        yield said("must be an object", pointer)
        return
    for name in ("task_id", "title"):
        if not isinstance(block.get(name), str) or not block[name]:
            yield said(f"missing required field: {name}", pointer)
    if block.get("status") not in TASK_STATUSES:
        yield said("must be one of pending, in_progress, complete, error", f"{pointer}/status")
    for name in ("details", "output"):
        value = block.get(name)
        if value is not None and (not isinstance(value, dict) or value.get("type") != "rich_text"):
            yield said("must be a rich_text object", f"{pointer}/{name}")


def markdown(block: Json, pointer: str) -> Problems:
    """Yield the problems of a markdown block."""
    if not isinstance(block.get("text"), str) or not block["text"]:
        yield said("missing required field: text", pointer)
    yield from longer(block.get("text"), f"{pointer}/text", 12_000)


def table(block: Json, pointer: str) -> Problems:
    """Yield the problems of a table: a hundred rows of twenty cells."""
    rows = block.get("rows")
    if not isinstance(rows, list) or not 1 <= len(rows) <= TABLE_ROWS:
        yield said(f"must be between 1 and {TABLE_ROWS} items", f"{pointer}/rows")
        return
    if any(not isinstance(row, list) or len(row) > 20 for row in rows):
        yield said("no more than 20 items allowed", f"{pointer}/rows")
