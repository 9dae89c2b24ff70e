"""One build in the local workspace, from the press on `Approve and build` to its delivery, with a kill on its way."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tests.durability import looking
from tests.durability.releases import release
from tests.end_to_end.people import Person, button_labels, text_of
from tests.end_to_end.programs import Program, bot, until, workspace

__all__ = ["Ending", "Releases", "Story", "Way", "Worker", "press_label", "press_where_it_waits"]

SENTENCE = "new a reading list: books with a title and an optional note"
PATIENCE = 240.0
"""Seconds for one run; a hang fails it, a slow machine does not."""


class Way(StrEnum):
    """What lies between a kill and the next start."""

    AGAIN = "started again"
    DEPLOY = "after a deploy"
    NO_ENGINE = "without engine.db"


@dataclass(frozen=True)
class Releases:
    """The code before and after a deploy."""

    before: Path
    after: Path

    @classmethod
    def made(cls, folder: Path, *, has_real_judges: bool = False) -> Releases:
        """Make both below a folder."""
        return cls(
            release(folder / "before", has_real_judges=has_real_judges),
            release(folder / "after", is_changed=True, has_real_judges=has_real_judges),
        )


@dataclass
class Ending:
    """What was there when a run had ended."""

    points: list[str] = field(default_factory=list)
    commits: list[str] = field(default_factory=list)
    keys: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    was_killed: bool = False

    def differences(self, undisturbed: Ending) -> list[str]:
        """Return what is not as in a run that nobody disturbed."""
        found = list(self.problems)
        if self.commits != undisturbed.commits:
            found.append(f"commits {self.commits} instead of {undisturbed.commits}")
        if doubled := [key for key, count in self.keys.items() if count > 1]:
            found.append(f"messages twice: {doubled}")
        if lost := [key for key in undisturbed.keys if key not in self.keys]:
            found.append(f"messages lost: {lost}")
        if more := [key for key in self.keys if key not in undisturbed.keys]:
            found.append(f"messages that nobody else got: {more}")
        return found


class Worker(Program):
    """The bot, run from a release; it may end at any moment, before its first answer too."""

    def __init__(self, like: Program, code: Path, module: str = "tests.durability.points") -> None:
        super().__init__(["-m", module, "serve"], like.environment, like.log, like.probe)
        self.code = code

    def begin(self) -> None:
        """Start it without waiting for its first answer."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.arguments],
                cwd=self.code,
                env=self.environment | {"PYTHONPATH": str(self.code)},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start(self) -> Worker:
        """Start it and wait for its first answer."""
        self.begin()
        until(lambda: self.answers() or self.ended(), "the bot", self.log)
        assert not self.ended(), self.log.read_text(encoding="utf-8", errors="replace")[-4000:]
        return self

    @property
    def code_of_end(self) -> int:
        """Return how it ended."""
        assert self.process is not None
        return int(self.process.returncode)


class Story:
    """A plan that waits for its approval; each run begins with a copy of it."""

    def __init__(self, folder: Path, releases: Releases, cache: Path) -> None:
        """Keep it in a folder of its own."""
        self.folder, self.releases, self.cache = folder, releases, cache
        self.begun = folder / "begun"
        self.runs = 0
        self.patience = PATIENCE

    def prepare(self) -> None:
        """Hold the conversation up to its review."""
        self.begun.mkdir(parents=True)
        with self.programs(self.begun, {}) as (page, worker):
            worker.start()
            self.converse(Person(page.probe, "Mara", log=worker.log), self.begun)
            until(lambda: looking.at_rest(self.begun), "all messages sent", worker.log)
            worker.stop()
        (self.begun / "data" / "pages.key").unlink()  # so that every run makes one

    def converse(self, mara: Person, place: Path) -> str:
        """Say what there is to say until somebody must approve it; return the thread."""
        mara.command(SENTENCE)
        head = str(mara.sees("gathering requirements")["ts"])
        until(lambda: reviewed(mara, head), "a review", mara.log)
        return head

    @contextlib.contextmanager
    def programs(self, place: Path, more: Mapping[str, str]) -> Iterator[tuple[Program, Worker]]:
        """Start the workspace of a folder, and give the bot that works there, not started yet."""
        page = workspace(place).start()
        (place / "tmp").mkdir(exist_ok=True)
        own = {"TMPDIR": str(place / "tmp"), "PLANTHREAD_CACHE": str(self.cache)}
        worker = Worker(bot(place, page.probe, {**own, **more}), self.releases.before)
        try:
            yield page, worker
        finally:
            worker.stop()
            page.stop()

    def run(self, kill_at: str = "", way: Way = Way.AGAIN) -> Ending:
        """Approve, be killed at a point (none where it is empty), start again, and end as delivered."""
        self.runs += 1
        place = self.folder / f"run-{self.runs}"
        shutil.copytree(self.begun, place)
        (place / "bot.log").unlink()
        ending = Ending()
        more = {"DURABILITY_PASSED": str(place / "points.txt"), "DURABILITY_KILL_AT": kill_at}
        with self.programs(place, more) as (page, worker):
            others = looking.children()
            worker.begin()
            mara = Person(page.probe, "Mara", log=worker.log)
            self.live(place, worker, mara, way, ending, others)
            if not worker.ended() and (code := worker.stop()):
                ending.problems.append(f"a stop ended with {code}")
            ending.problems += looking.orphans(others)
        ending.points = (place / "points.txt").read_text().splitlines()
        ending.commits, problems = looking.commits_of(self.remotes(place))
        ending.keys = looking.keys_of(place)
        ending.problems += [*problems, *looking.left_behind(place), *looking.told_of_errors(place)]
        return ending

    def live(
        self, place: Path, worker: Worker, mara: Person, way: Way, ending: Ending, others: set[int]
    ) -> None:  # fmt: skip
        """Approve, and start the bot again where it is killed, until the plan is delivered and everybody knows."""
        deadline = time.monotonic() + self.patience
        while not (self.has_ended(place) and looking.at_rest(place)):
            if time.monotonic() > deadline:
                ending.problems.append(f"not delivered: {looking.standing(place)}")
                return
            if not worker.ended():
                if worker.answers():
                    self.press(mara, place)
                time.sleep(0.05)
                continue
            if ending.was_killed or worker.code_of_end != -signal.SIGKILL:
                ending.problems.append(f"the bot ended with {worker.code_of_end}")
                return
            ending.was_killed = True
            ending.problems += looking.orphans(others)
            self.between(place, worker, way)
            worker.begin()

    def has_ended(self, place: Path) -> bool:
        """Tell whether the plan is where the story ends."""
        return looking.delivered(place)

    def press(self, mara: Person, place: Path) -> None:
        """Press the button that the plan waits for, if it waits for one."""
        press_where_it_waits(mara, place)

    def remotes(self, place: Path) -> list[Path]:
        """Return the repositories that were delivered."""
        return sorted((place / "data" / "remotes").glob("*.git"))

    def between(self, place: Path, worker: Worker, way: Way) -> None:
        """Do what happens while the bot is down."""
        worker.environment.pop("DURABILITY_KILL_AT", None)
        if way is Way.DEPLOY:
            worker.code = self.releases.after
        if way is Way.NO_ENGINE:
            for left in (place / "data").glob("engine.db*"):
                left.unlink()


def reviewed(mara: Person, head: str) -> bool:
    """Leave every question to the planner until there is a review."""
    messages = mara.thread(head)
    if any(", for review" in text_of(message) for message in messages):
        return True
    if any("Or " in text_of(message) for message in messages) and len(messages) == 2:
        mara.say("you decide", head)
    return False


def press_where_it_waits(mara: Person, place: Path) -> None:
    """Press the button that a person sees, where the plan waits for it and no earlier press is on its way.

    Who presses it while the bot dies is told so, and presses it again.
    """
    if looking.waits_for_answer(place):
        label = "Nobody else"
    elif looking.waits_for_approval(place):
        label = "Approve and build"
    else:
        return
    press_label(mara, place, label)


def press_label(mara: Person, place: Path, label: str) -> None:
    """Press the newest button of a label in the plan's thread; where there is none yet, or nobody hears, do nothing."""
    with contextlib.suppress(AssertionError, IndexError):
        messages = mara.thread(looking.thread(place))
        mara.press([message for message in messages if label in button_labels(message)][-1], label)
