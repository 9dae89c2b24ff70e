"""Why Slack refused a call."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

__all__ = ["NO_ANSWER_OF_SLACK", "reason_of", "sentence_of"]

NO_ANSWER_OF_SLACK = "no_answer_of_slack"
"""The reason where something else answered in Slack's place, such as a proxy with a page of its own."""


def reason_of(error: SlackApiError) -> str:
    """Return Slack's own code for a refusal. What else answers is a text, or an answer that slack_sdk couldn't read."""
    said = getattr(error.response, "data", None)
    return str(said.get("error") or NO_ANSWER_OF_SLACK) if isinstance(said, dict) else NO_ANSWER_OF_SLACK


ASK_AN_ADMIN = "Whoever runs me must mend that; `planthread doctor` says how."
SENTENCES = {
    "is_archived": "This channel is archived. Unarchive it, or say it in another channel.",
    "restricted_action": "Apps may not do that in this channel. Ask an admin, or use another channel.",
    "team_access_not_granted": "I am not installed in the workspace of this channel. Say it in a channel of your own.",
    "ekm_access_denied": "Admins have suspended access to this channel. Ask one, or use another channel.",
    "ratelimited": "Slack takes no more calls for a moment. Please say it again in a minute.",
    "token_revoked": f"Slack no longer takes my token: it was revoked. {ASK_AN_ADMIN}",
    "token_expired": f"Slack no longer takes my token: it has expired. {ASK_AN_ADMIN}",
    "invalid_auth": f"Slack no longer takes my token. {ASK_AN_ADMIN}",
    "not_authed": f"Slack got no token from me. {ASK_AN_ADMIN}",
    "account_inactive": f"My account in this workspace was deactivated. {ASK_AN_ADMIN}",
    "app_uninstalled": "I was uninstalled from this workspace. An admin can install me again; nothing is lost.",
    NO_ANSWER_OF_SLACK: "Something else answered in Slack's place. Please say it again in a moment.",
}
"""What Slack's ordinary refusals mean for people, and what to do next."""


def sentence_of(error: SlackApiError, otherwise: str) -> str:
    """Return why Slack refused a call and what to do next, in words; ``otherwise`` for a reason that has none.

    Of a missing scope its name is told. ``otherwise`` may hold ``{reason}``, which is Slack's own code.
    """
    reason = reason_of(error)
    if reason == "missing_scope":
        needed = str(error.response.get("needed") or "one that it needs")
        return (
            f"The app lacks the scope `{needed}` for that. Whoever installed it adds the scope (`planthread manifest` "
            "prints them all) and installs it again."
        )
    return SENTENCES.get(reason) or otherwise.format(reason=reason)
