"""The Home tab of one person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.digests.standing import next_step
from bot.digests.waits import Wait
from bot.documents.frozen import Frozen
from bot.slack.blocks.digest import STEPS, channel_link, moment_for_readers
from bot.slack.blocks.progress import progress
from bot.slack.blocks.reminder import wait_buttons
from bot.slack.buttons import Action, Subject, actions, button
from bot.slack.texts import count, render, sections
from bot.workflow.overview import PlanOverview

__all__ = ["MOST_BLOCKS", "Home", "MyDigest", "home_not_now", "home_view"]

MOST_BLOCKS = 95
"""Slack takes 100 blocks in a Home tab."""
MOST_WAITING, MOST_OPEN, MOST_DELIVERED = 12, 12, 8
LONGEST_HEADER = 150


class MyDigest(Frozen):
    """When a person gets a digest of their own plans."""

    told: str = ""
    """Such as ``every day at 09:00 Europe/Berlin``; empty where they get none."""
    words: str = ""
    """The same as it is typed: ``daily 09:00 Europe/Berlin``."""
    rests_until: str = ""


class Home(Frozen):
    """What a Home tab shows."""

    person: str
    zone: str = ""
    reminders: bool = True
    digest: MyDigest = MyDigest()
    waiting: tuple[Wait, ...] = ()
    mine: tuple[PlanOverview, ...] = ()
    building: tuple[PlanOverview, ...] = ()
    delivered: tuple[PlanOverview, ...] = ()
    unread: int = 0
    """Plans of theirs that were not even looked at: there are too many."""

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the ids of the plans in it."""
        every = (*(wait.plan for wait in self.waiting), *self.mine, *self.building, *self.delivered)
        return tuple(plan.id for plan in every)


def home_view(home: Home) -> dict[str, Any]:
    """Return the Home tab as Slack takes it."""
    blocks = [
        *waiting_blocks(home),
        *shelf("Your plans", home.mine, MOST_OPEN),
        *shelf("Building now", home.building, MOST_OPEN),
        *shelf("Delivered", home.delivered, MOST_DELIVERED),
        *(sections(render("home_empty")) if not home.shown else []),
        *more_blocks(home),
        {"type": "divider"},
        *settings_blocks(home),
    ]
    return {"type": "home", "blocks": blocks[:MOST_BLOCKS]}


def home_not_now() -> dict[str, Any]:
    """Return the Home tab of somebody who opened it while nothing can be written down."""
    return {"type": "home", "blocks": sections(render("home_not_now"))}


def waiting_blocks(home: Home) -> list[dict[str, Any]]:
    """Return what waits for the person, each with its buttons."""
    if not home.shown:
        return []
    title = (
        f"{count(len(home.waiting), 'plan waits', 'plans wait')} for you" if home.waiting else "Nothing waits for you"
    )
    blocks = [header(title)]
    for wait in home.waiting[:MOST_WAITING]:
        others = [person for person in wait.people if person != home.person]
        text = render(
            "home_wait",
            wait=wait,
            others=others,
            where=channel_link(wait.plan.channel),
            since=moment_for_readers(wait.since, home.zone),
            step=STEPS[next_step(wait.plan).step],
        )
        blocks += [*sections(text)[:1], *actions(*wait_buttons(wait))]
    return blocks


def shelf(title: str, plans: Sequence[PlanOverview], most: int) -> list[dict[str, Any]]:
    """Return plans under a title, a line and a button each; nothing where there are none."""
    if not plans:
        return []
    return [header(title), *(line(plan) for plan in plans[:most])]


def line(plan: PlanOverview) -> dict[str, Any]:
    """Return one plan: how it stands, and the button that opens it."""
    text = render(
        "home_plan", plan=plan, where=channel_link(plan.channel), next=STEPS[next_step(plan).step], progress=progress
    )
    opening = button(Action.SHOW, Subject(plan=plan.id), label="Open", name=plan.id)
    return sections(text)[0] | {"accessory": opening}


def more_blocks(home: Home) -> list[dict[str, Any]]:
    """Return how many plans there was no room for."""
    shelves = ((home.waiting, MOST_WAITING), (home.mine, MOST_OPEN), (home.building, MOST_OPEN))
    left_out = sum(max(0, len(plans) - most) for plans, most in (*shelves, (home.delivered, MOST_DELIVERED)))
    number = left_out + home.unread
    return sections(render("home_more", number=number)) if number else []


def settings_blocks(home: Home) -> list[dict[str, Any]]:
    """Return what the person can settle for themselves."""
    about: Callable[[int], Subject] = lambda option: Subject(plan="", option=option)  # noqa: E731 (two uses below)
    digest = sections(render("home_digest", digest=home.digest))[0]
    reminders = sections(render("home_reminders", wanted=home.reminders))[0]
    toggle = button(
        Action.REMINDERS, about(0 if home.reminders else 1), label="Turn off" if home.reminders else "Turn on"
    )
    return [
        header("Settings"),
        digest | {"accessory": button(Action.MY_DIGEST, about(0), label="Change")},
        reminders | {"accessory": toggle},
        *sections(render("home_settings")),
    ]


def header(text: str) -> dict[str, Any]:
    """Return a title; what people wrote never stands in one."""
    return {"type": "header", "text": {"type": "plain_text", "text": text[:LONGEST_HEADER]}}
