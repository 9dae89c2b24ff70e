"""What people do: they begin plans, answer, change, approve, stop and go on, and help where something is blocked.

Nobody here remembers what was done: each looks at what the plans' database says, and presses what a person would see.
Who is told that Slack couldn't reach the bot tries again later.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.end_to_end.people import Person, button_labels
from tests.soak.crowded_workspace import CHANNELS, PEOPLE

__all__ = ["Crowd", "Row", "rows"]

THINGS = ("books", "boats", "rooms", "tools", "plants", "recipes", "songs", "maps", "keys", "bikes")
ENDED = {"delivered", "cancelled"}
AGAIN_SECONDS = 12.0
"""How long people wait for something to happen before they do it again."""


@dataclass(frozen=True)
class Row:
    """A plan as its row says."""

    id: str
    channel: str
    thread: str
    starter: str
    stage: str
    hold: str
    wants: str

    @property
    def has_ended(self) -> bool:
        """Tell whether nothing more is expected of anybody."""
        return self.stage in ENDED and not self.hold and not self.wants


def rows(data: Path, query: str) -> list[tuple[Any, ...]]:
    """Ask the plans' database, which the bot is writing; nothing where it is not there yet."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{data / 'plans.db'}?mode=ro", uri=True, timeout=60)) as asked:
            return asked.execute(query).fetchall()
    except sqlite3.OperationalError:
        return []


@dataclass
class Crowd:
    """Everybody, and the plans that are under way."""

    workspace: str
    data: Path
    wanted: int
    at_once: int
    chance: random.Random
    acted: dict[str, tuple[Row, float]] = field(default_factory=dict)
    begun: tuple[int, float] = (-1, 0.0)
    """How many plans there were when one was begun last, and when that was."""
    stopped: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    refusals: int = 0

    def plans(self) -> list[Row]:
        """Return all plans, oldest first."""
        query = (
            "SELECT id, channel, coalesce(thread, ''), starter, stage, coalesce(hold, ''), coalesce(run_stage, '') "
            "FROM plan ORDER BY created_at, id"
        )
        return [Row(*found) for found in rows(self.data, query)]

    def act(self) -> list[Row]:
        """Let people do what they would do now; return all plans."""
        plans = self.plans()
        open_plans = [plan for plan in plans if not plan.has_ended]
        if self.unread() > self.at_once:
            return plans  # people wait for a bot that has a lot to read
        for plan in open_plans:
            before, since = self.acted.get(plan.id, (None, 0.0))
            if plan.thread and (plan != before or time.monotonic() - since > AGAIN_SECONDS):
                self.attempt(plan)
        if len(plans) < self.wanted and len(open_plans) < self.at_once:
            self.begin(len(plans))
        return plans

    def unread(self) -> int:
        """Return how many things that people did wait to be handled."""
        found = rows(self.data, "SELECT count(*) FROM inboxitem WHERE handled_at IS NULL")
        return int(found[0][0]) if found else 0

    def begin(self, number: int) -> None:
        """Begin a plan, in some channel, unless that was tried a moment ago."""
        if number == self.begun[0] and time.monotonic() - self.begun[1] < AGAIN_SECONDS:
            return
        self.begun = number, time.monotonic()
        thing, kind = THINGS[number % len(THINGS)], self.chance.choice(("small", "shared", "yearly"))
        words = f"new a {kind} list of {thing}: {thing} with a title and a note"
        self.trying(lambda: self.somebody(CHANNELS[number % len(CHANNELS)]).command(words))

    def attempt(self, plan: Row) -> None:
        """Do what the plan waits for, if it waits for anybody."""
        self.acted[plan.id] = (plan, time.monotonic())
        starter = Person(self.workspace, plan.starter, plan.channel)
        fate = int(plan.id, 16) % 10
        if plan.hold == "paused":
            self.trying(lambda: self.press(starter, plan, "Resume"))
        elif plan.hold == "blocked":
            self.trying(lambda: self.press(starter, plan, "Retry"))
        elif plan.hold == "waiting":
            self.trying(lambda: self.press(starter, plan, "Nobody else"))
        elif plan.stage == "gathering" and not plan.wants:
            self.trying(lambda: starter.say("you decide", plan.thread))
        elif plan.stage == "in review" and not plan.wants and fate < 2 and plan.id not in self.changed:
            self.changed.add(plan.id)
            wish = f"@planthread add a subtitle to {self.thing_of(plan)}"
            self.trying(lambda: starter.say(wish, plan.thread))
        elif plan.stage == "in review" and not plan.wants:
            self.trying(lambda: self.press(starter, plan, "Approve and build"))
        elif plan.stage == "building" and fate in (2, 3) and plan.id not in self.stopped:
            self.stopped.add(plan.id)
            self.trying(lambda: starter.say("stop", plan.thread))

    def thing_of(self, plan: Row) -> str:
        """Return what a plan's list is of."""
        said = rows(self.data, f"SELECT text FROM conversationmessage WHERE plan_id = '{plan.id}'")  # noqa: S608 - an id of ours
        return next((thing for (text,) in said for thing in THINGS if f" {thing}:" in text), THINGS[0])

    def somebody(self, channel: str) -> Person:
        """Return anybody, in a channel."""
        return Person(self.workspace, self.chance.choice(PEOPLE), channel)

    def press(self, person: Person, plan: Row, label: str) -> None:
        """Press the newest button of that label in a plan's thread, where there is one yet."""
        messages = [message for message in person.thread(plan.thread) if label in button_labels(message)]
        if messages:
            person.press(messages[-1], label)

    def trying(self, deed: Callable[[], object]) -> None:
        """Do something that the bot may be unable to take at this moment."""
        try:
            deed()
        except (AssertionError, OSError, StopIteration):
            self.refusals += 1
