"""The form that starts a plan, and what was filled into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack.blocks.forms import Origin, chosen, field, modal, text_field, typed
from bot.slack.buttons import Action
from bot.workflow.messages import is_direct

__all__ = ["new_plan_view", "request_in"]

LONGEST_NAME = 60
EXAMPLE = (
    "Such as: books with a title, an ISBN and a price; members with a name and an e-mail; a member borrows many books."
)


def new_plan_view(origin: Origin) -> dict[str, Any]:
    """Return the form; from a channel another one can be chosen."""
    where = {
        "type": "conversations_select",
        "placeholder": {"type": "plain_text", "text": "A channel"},
        "initial_conversation": origin.channel,
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": False},
    }
    blocks = [
        field(
            "name", "What is it called?", text_field(longest=LONGEST_NAME), "Such as: office library.", optional=True
        ),
        field("idea", "What should it manage?", text_field(multiline=True), EXAMPLE),
    ]
    if not is_direct(origin.channel):  # its plans stay in it
        blocks.append(field("channel", "Where shall we talk about it?", where))
    return modal(Action.NEW_PLAN, "New plan", blocks, origin, submit="Start")


def request_in(view: Mapping[str, Any], origin: Origin) -> tuple[str, str]:
    """Return what was asked for, as one would say it after ``/plan new``, and the channel in which it begins."""
    name, idea = typed(view, "name").strip(), typed(view, "idea").strip()
    channel = next(iter(chosen(view, "channel")), origin.channel)
    return (f"{name}: {idea}" if name and idea else idea), channel
