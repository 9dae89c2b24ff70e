"""Buttons: their labels, their action ids, and the subject that travels in their value."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field, ValidationError

from bot.documents.frozen import Frozen
from bot.slack.texts import clip
from bot.workflow.approvals import Shown

__all__ = ["BUTTON_TEXT_LIMIT", "LABELS", "Action", "Subject", "actions", "button", "link_button", "read_subject"]

BUTTON_TEXT_LIMIT = 75


class Action(StrEnum):
    """What a button asks for, or a form that was sent."""

    ANSWER = "answer"
    APPROVE = "approve_and_build"
    REQUEST_CHANGES = "request_changes"
    EDIT_ENTITIES = "edit_entities"
    DOCUMENT = "whole_document"
    STOP = "stop"
    RESUME = "resume"
    RETRY = "retry"
    HINT = "give_a_hint"
    SKIP = "skip"
    DETAILS = "details"
    MERGE = "merge"
    FORGET = "forget_change"
    CANCEL = "cancel_plan"
    REOPEN = "reopen_change"
    ASK_AGAIN = "ask_again"
    BUILT_IN = "use_built_in_planner"
    TAKE_WORDS = "take_new_words"
    LEAVE_WORDS = "leave_as_it_is"
    TAKE_UP = "take_up_edit"
    LEAVE = "leave_edit"
    OPEN = "open"
    SHOW = "show"
    REMIND = "remind_monday"
    REMINDERS = "reminders"
    MY_DIGEST = "my_digest"
    OPENED_PLAN = "opened_plan"
    HOUSE_RULES = "house_rules"
    SETTINGS = "channel_settings"
    NEW_PLAN = "new_plan"
    IMPORT = "import_files"
    FORGET_ME = "forget_me"
    BUILD = "build"
    CHECKPOINT = "checkpoint"


LABELS = {
    Action.APPROVE: "Approve and build",
    Action.BUILD: "Build",
    Action.REQUEST_CHANGES: "Request changes",
    Action.EDIT_ENTITIES: "Edit entities",
    Action.DOCUMENT: "Whole document",
    Action.STOP: "Stop",
    Action.RESUME: "Resume",
    Action.RETRY: "Retry",
    Action.HINT: "Give a hint",
    Action.SKIP: "Skip",
    Action.DETAILS: "Details",
    Action.MERGE: "Merge",
    Action.FORGET: "Forget it",
    Action.CANCEL: "Cancel the plan",
    Action.REOPEN: "Open it again",
    Action.ASK_AGAIN: "Try again",
    Action.BUILT_IN: "Use the built-in planner",
    Action.TAKE_WORDS: "Take the new words",
    Action.LEAVE_WORDS: "Leave it",
    Action.TAKE_UP: "Take it up",
    Action.LEAVE: "Leave it",
    Action.SHOW: "Show",
    Action.REMIND: "Remind me Monday",
    Action.HOUSE_RULES: "House rules",
    Action.FORGET_ME: "Forget me",
}


class Subject(Frozen):
    """What a button is about. An approval carries revision and fingerprint of each document as they were shown."""

    plan: str
    question: int = 0
    """The row of the question; a planner's own id for it may be of any length."""
    option: int = 0
    review: int = 0
    documents: dict[str, Shown] = Field(default_factory=dict)
    step: str = ""
    change: int = 0
    commit: str = ""
    """The last commit of a change, as it was shown: what `Merge` merges."""
    attempt: int = 0
    """The attempt of a planner that people need not wait for."""
    edit: int = 0
    """The row of an edited message."""


def button(action: Action, subject: Subject, label: str = "", style: str = "", name: str = "") -> dict[str, Any]:
    """Return a button; ``name`` keeps action ids apart where one block holds several of a kind."""
    made: dict[str, Any] = {
        "type": "button",
        "action_id": f"{action}:{name}" if name else str(action),
        "text": {"type": "plain_text", "text": clip(label or LABELS[action], BUTTON_TEXT_LIMIT), "emoji": True},
        "value": subject.model_dump_json(exclude_defaults=True),
    }
    return made | ({"style": style} if style else {})


def link_button(label: str, url: str, name: str = "") -> dict[str, Any]:
    """Return a button that opens an address; ``name`` keeps action ids apart, as of others."""
    return {
        "type": "button",
        "action_id": f"{Action.OPEN}:{label.lower().replace(' ', '_')}{f':{name}' if name else ''}",
        "text": {"type": "plain_text", "text": clip(label, BUTTON_TEXT_LIMIT)},
        "url": url,
    }


def actions(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    """Return an actions block, or nothing where there are no buttons."""
    return [{"type": "actions", "elements": list(elements)}] if elements else []


def read_subject(value: str) -> Subject | None:
    """Return what a pressed button is about, or None where its value isn't one of ours."""
    try:
        return Subject.model_validate_json(value)
    except ValidationError:
        return None
