"""What Slack's first answer tells beside whose the token is: which scopes it lacks, and how this machine's clock goes.

A start warns of both, and `planthread doctor` says them among the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from bot.resources import resource

__all__ = ["LARGEST_DIFFERENCE", "MEND_CLOCK", "MEND_SCOPES", "clock_difference", "missing_scopes", "warnings_of"]

LARGEST_DIFFERENCE = 60.0
"""Seconds; more than answers take to arrive, and well below the five minutes after which Slack's signatures end."""

MEND_SCOPES = "Add them (OAuth & Permissions), or paste `planthread manifest` anew; then reinstall the app."
MEND_CLOCK = (
    "Set it by the network (timedatectl set-ntp true): over HTTP, requests of Slack are refused at a difference of "
    "five minutes, and digests come at the wrong time."
)


def missing_scopes(headers: Mapping[str, str]) -> list[str] | None:
    """Return the manifest's scopes that a token lacks, by name; None where Slack didn't say what it may do."""
    said = header(headers, "x-oauth-scopes")
    if not said:
        return None
    granted = {scope.strip() for scope in said.split(",")}
    manifest = json.loads(resource("manifest.json").read_text(encoding="utf-8"))
    return sorted(set(manifest["oauth_config"]["scopes"]["bot"]) - granted)


def clock_difference(headers: Mapping[str, str], moment: datetime) -> tuple[float, str] | None:
    """Return how far ``moment`` on this machine is from Slack's clock, in seconds and in words; None if unknown."""
    try:
        ahead = (moment - parsedate_to_datetime(header(headers, "date"))).total_seconds()
    except (TypeError, ValueError):
        return None
    return ahead, f"This machine's clock is {abs(ahead):.0f} seconds {'ahead of' if ahead > 0 else 'behind'} Slack's."


def warnings_of(headers: Mapping[str, str], moment: datetime) -> list[str]:
    """Return what an operator should mend though the bot can start, a sentence with its remedy each."""
    found = []
    if missing := missing_scopes(headers):
        found.append(f"SLACK_BOT_TOKEN lacks the scopes {', '.join(missing)}. {MEND_SCOPES}")
    difference = clock_difference(headers, moment)
    if difference and abs(difference[0]) >= LARGEST_DIFFERENCE:
        found.append(f"{difference[1]} {MEND_CLOCK}")
    return found


def header(headers: Mapping[str, str], name: str) -> str:
    """Return a header, however its name is spelled; an empty text where it isn't there."""
    return next((str(value) for key, value in headers.items() if key.lower() == name), "")
