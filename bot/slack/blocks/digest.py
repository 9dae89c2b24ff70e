"""A digest as a message: counts first, then each plan with what it waits for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.digests.composition import Digest
from bot.digests.reminders import clocks
from bot.digests.standing import ExpectedStep, Standing
from bot.slack.blocks.rendered import Rendered
from bot.slack.buttons import Action, Subject, actions, button
from bot.slack.texts import Mrkdwn, escape, render, sections
from bot.workflow.messages import is_direct

__all__ = ["STEPS", "channel_link", "digest", "digest_ended", "moment_for_readers", "moment_in"]

MOST_BUTTONS = 5
MOST_NAMED = 4
"""Plans of one standing that the first line names."""
MOST_OPEN_TASKS = 5

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
    """Return a digest with the moments on each reader's clock; where these are unknown, on those of a zone."""
    counts = [(word, count, named(content, word)) for word, count in content.counts if count]
    since = moment_in(content.since, zone)
    values = {"digest": content, "counts": counts, "since": moment_for_readers(content.since, zone), "steps": STEPS}
    values["most_open"] = MOST_OPEN_TASKS
    text = render("digest", **values, when=lambda moment: moment_for_readers(moment, zone), where=channel_link)
    whose = "Your plans since" if content.person else "Digest since"
    return Rendered(text=f"{whose} {since}", blocks=[*sections(text), *actions(*open_buttons(content))])


def named(content: Digest, standing: str) -> str:
    """Return the names of the plans of one standing; not of a single plan, which is named below anyway."""
    titles = [plan.title for plan in content.plans if plan.standing == standing]
    if len(content.plans) == 1:
        return ""
    more = len(titles) - MOST_NAMED
    return ", ".join(titles[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def open_buttons(content: Digest) -> list[dict[str, Any]]:
    """Return buttons that open the plans that wait: those that wait for its person, or in a channel's for anybody.

    Who presses one is shown the plan alone, with its own buttons.
    """
    waits = [plan for plan in content.plans if plan.waiting_for and plan.standing is Standing.WAITING]
    theirs = [plan for plan in waits if not content.person or content.person in plan.waiting_for]
    return [
        button(Action.SHOW, Subject(plan=plan.id), label=f"Open {plan.handle}", name=plan.id)
        for plan in theirs[:MOST_BUTTONS]
    ]


def digest_ended(channel: str, reason: str) -> Rendered:
    """Return what the one hears who set a digest that can't be posted any more."""
    text = render("digest_ended", where=channel_link(channel), reason=reason)
    return Rendered(text=escape("A digest that you set up has ended"), blocks=sections(text))


def moment_in(moment: datetime, zone: str) -> str:
    """Return a moment on the clocks of a zone, such as ``Tue 10 Mar 09:00 CET``; in UTC where it is unknown."""
    return moment.astimezone(clocks(zone)).strftime("%a %d %b %H:%M %Z")


def moment_for_readers(moment: datetime, zone: str) -> Mrkdwn:
    """Return a moment that Slack shows on each reader's own clock; where it can't, on the clocks of a zone, named."""
    return Mrkdwn(f"<!date^{int(moment.timestamp())}^{{date_short_pretty}}, {{time}}|{moment_in(moment, zone)}>")


def channel_link(channel: str) -> Mrkdwn:
    """Return a link to a channel, which only those see named who are in it; a direct message is nobody else's."""
    known = "".join(character for character in channel if character.isalnum())
    return Mrkdwn("a direct message" if is_direct(known) else f"<#{known}>")
