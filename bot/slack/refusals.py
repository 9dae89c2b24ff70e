"""Why Slack refused a call."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

__all__ = ["NO_ANSWER_OF_SLACK", "reason_of"]

NO_ANSWER_OF_SLACK = "no_answer_of_slack"
"""The reason where something else answered in Slack's place, such as a proxy with a page of its own."""


def reason_of(error: SlackApiError) -> str:
    """Return Slack's own code for a refusal. What else answers is a text, or an answer that slack_sdk couldn't read."""
    said = getattr(error.response, "data", None)
    return str(said.get("error") or NO_ANSWER_OF_SLACK) if isinstance(said, dict) else NO_ANSWER_OF_SLACK
