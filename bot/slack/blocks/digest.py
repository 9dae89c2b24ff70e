"""A digest as a message: counts first, then each plan with what it waits for."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.digests.composition import Digest
from bot.digests.standing import ExpectedStep
from bot.slack.blocks.rendered import Rendered
from bot.slack.texts import Mrkdwn, escape, render, sections

__all__ = ["STEPS", "channel_link", "digest", "digest_ended", "moment_in"]

STEPS = {
    ExpectedStep.ANSWER: "answer the open questions",
    ExpectedStep.HELP: "help with what blocks it",
    ExpectedStep.CONFIRM: "answer what the build asks",
    ExpectedStep.RESUME: "resume it",
    ExpectedStep.REVIEW: "the next review is being written",
    ExpectedStep.APPROVE: "approve the review",
    ExpectedStep.BUILD: "the build goes on",
    ExpectedStep.MERGE: "merge the change that lies on its branch",
    ExpectedStep.NOTHING: "nothing",
}
"""What has to happen next, as people read it."""


def digest(content: Digest, zone: str = "") -> Rendered:
    """Return a digest with the moments on the clocks of a zone; UTC without one."""
    counts = [(word, count) for word, count in content.counts if count] or [("plans moved", 0)]
    since = moment_in(content.since, zone)
    values = {"digest": content, "counts": counts, "since": since, "steps": STEPS}
    text = render("digest", **values, when=lambda moment: moment_in(moment, zone), where=channel_link)
    whose = "Your plans since" if content.person else "Digest since"
    return Rendered(text=f"{whose} {since}", blocks=sections(text))


def digest_ended(channel: str, reason: str) -> Rendered:
    """Return what the one hears who set a digest that can't be posted any more."""
    text = render("digest_ended", where=channel_link(channel), reason=reason)
    return Rendered(text=escape("A digest that you set up has ended"), blocks=sections(text))


def moment_in(moment: datetime, zone: str) -> str:
    """Return a moment on the clocks of a zone, such as ``Tue 10 Mar 09:00 CET``; in UTC where it is unknown."""
    place: tzinfo = UTC
    try:
        place = ZoneInfo(zone) if zone else UTC
    except (ZoneInfoNotFoundError, ValueError):
        place = UTC
    return moment.astimezone(place).strftime("%a %d %b %H:%M %Z")


def channel_link(channel: str) -> Mrkdwn:
    """Return a link to a channel, which only those see named who are in it; a direct message is nobody else's."""
    known = "".join(character for character in channel if character.isalnum())
    return Mrkdwn("a direct message" if known.startswith("D") else f"<#{known}>")
