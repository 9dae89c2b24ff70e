"""Forms that ask one question, answered in words: what a change should be, and what helps a task that failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack.buttons import LABELS, Action, Subject
from bot.store.tables import Plan

__all__ = ["change_view", "hint_view", "words_in"]

WORDS = "words"
"""The block that holds the answer."""


def change_view(plan: Plan, number: int) -> dict[str, Any]:
    """Return the modal that asks what should be different."""
    example = "Such as: add pages to books. A new revision follows in the thread."
    return words_view(
        Action.REQUEST_CHANGES, Subject(plan=plan.id, review=number), "What should be different?", example
    )


def hint_view(plan: Plan, step: str) -> dict[str, Any]:
    """Return the modal that asks what a model should know that failed at a step."""
    example = "Such as: the answer must be 409, and the date is in UTC. The task is tried again with it."
    return words_view(Action.HINT, Subject(plan=plan.id, step=step), "What should it know?", example)


def words_view(action: Action, subject: Subject, question: str, example: str) -> dict[str, Any]:
    """Return a modal that asks one question, answered in words."""
    return {
        "type": "modal",
        "callback_id": str(action),
        "private_metadata": subject.model_dump_json(exclude_defaults=True),
        "title": {"type": "plain_text", "text": LABELS[action]},
        "submit": {"type": "plain_text", "text": "Send"},
        "close": {"type": "plain_text", "text": "Cancel"},
        "blocks": [
            {
                "type": "input",
                "block_id": WORDS,
                "label": {"type": "plain_text", "text": question},
                "hint": {"type": "plain_text", "text": example},
                "element": {"type": "plain_text_input", "action_id": "text", "multiline": True, "max_length": 2000},
            }
        ],
    }


def words_in(view: Mapping[str, Any]) -> str:
    """Return what was said in such a modal."""
    return str(view["state"]["values"][WORDS]["text"].get("value") or "")
