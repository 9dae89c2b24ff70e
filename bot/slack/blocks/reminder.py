"""What waits for one person, as a direct message; and a plan whose people all left, in its thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.digests.standing import ExpectedStep, next_step
from bot.digests.waits import Wait
from bot.documents.frozen import Frozen
from bot.slack.blocks.change import ways_to_merge
from bot.slack.blocks.digest import STEPS, channel_link, moment_for_readers
from bot.slack.blocks.rendered import Rendered
from bot.slack.buttons import Action, Subject, actions, button
from bot.slack.texts import count, escape, render, sections

__all__ = ["Reminded", "left_alone", "reminder", "wait_buttons"]

MOST_SHOWN = 8
"""Plans in one reminder; the Home tab has the others."""


class Reminded(Frozen):
    """A wait that somebody was reminded of, as it stands now."""

    title: str
    wait: Wait | None
    """None where it waits for them no more."""
    rests_until: datetime | None = None


def reminder(told: Sequence[Reminded], person: str, zone: str) -> Rendered:
    """Return what waits for a person, each with the ways on; moments are on their clock, else on those of a zone."""
    waiting = [one for one in told if one.wait is not None]
    blocks: list[dict[str, Any]] = []
    for one in [*waiting, *(one for one in told if one.wait is None)][:MOST_SHOWN]:
        others = [other for other in one.wait.people if other != person] if one.wait else []
        values = {"one": one, "others": others, "rests": rests_of(one, zone), "since": since_of(one, zone)}
        step = STEPS[next_step(one.wait.plan).step] if one.wait else ""
        where = channel_link(one.wait.plan.channel) if one.wait else ""
        blocks += sections(render("reminder", step=step, where=where, **values))
        blocks += actions(*wait_buttons(one.wait, rests=one.rests_until is not None)) if one.wait else []
    more = len(told) - MOST_SHOWN
    blocks += sections(f"(and {more} more: open my Home tab)") if more > 0 else []
    head = f"{count(len(waiting), 'plan waits', 'plans wait')} for you" if waiting else "Nothing waits for you"
    return Rendered(text=escape(head), blocks=blocks)


def rests_of(one: Reminded, zone: str) -> str:
    """Return until when a reminder rests, in words."""
    return moment_for_readers(one.rests_until, zone) if one.rests_until else ""


def since_of(one: Reminded, zone: str) -> str:
    """Return since when something waits, in words."""
    return moment_for_readers(one.wait.since, zone) if one.wait else ""


def wait_buttons(wait: Wait, *, rests: bool = False) -> list[dict[str, Any]]:
    """Return the ways on with something that waits for a person: to do it, to look at it, to be asked later.

    A review is approved only where it is shown, which is behind the button that opens it.
    """
    about, step = Subject(plan=wait.plan.id), next_step(wait.plan).step
    doing = []
    if step is ExpectedStep.HELP:
        doing.append(button(Action.RETRY, about, style="primary", name=wait.plan.id))
    if step is ExpectedStep.MERGE and wait.plan.change:
        doing += ways_to_merge(wait.plan, wait.plan.change, name=wait.plan.id)
    label = "Look and approve" if step is ExpectedStep.APPROVE else "Open"
    opening = button(Action.SHOW, about, label=label, style="" if doing else "primary", name=wait.plan.id)
    asking = [] if rests else [button(Action.REMIND, about, name=wait.plan.id)]
    return [*doing, opening, *asking]


def left_alone(wait: Wait) -> Rendered:
    """Return what a thread is told whose plan waits for people who all left."""
    text = render("left", plan=wait.plan, step=next_step(wait.plan).step, Step=ExpectedStep)
    return Rendered(text=escape(f"{wait.plan.title} waits for somebody who left"), blocks=sections(text))
