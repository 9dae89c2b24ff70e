"""A soak from its beginning to its end: everything is started, people live, and at the end all is looked at."""

from __future__ import annotations

import contextlib
import json
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tests.durability.releases import release
from tests.durability.runs import Worker
from tests.end_to_end.programs import Program, bot, until, workspace
from tests.soak.crowded_workspace import CHANNELS
from tests.soak.fast_clock import BEGAN, FACTOR
from tests.soak.life import Crowd, Row, rows
from tests.stand_ins.github import GitHubStandIn

__all__ = ["Report", "Soak", "run"]

TOKEN = "ghp_soak"
DIGESTS = 6
"""Channels that get a digest every day."""
LAWFUL = {"gathering", "in review", "approved", "building", "delivered", "cancelled"}


@dataclass(frozen=True)
class Soak:
    """How much, and how bad. Faults are of a thousand calls, in each way of failing; kills happen in the first half."""

    plans: int
    seconds: float
    at_once: int = 8
    faults: int = 8
    kills: int = 0
    factor: float = 1500.0
    seed: int = 1


@dataclass
class Report:
    """What there was at the end."""

    stages: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    counts: list[dict[str, Any]] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    def growth(self) -> int:
        """Return how many objects more lived at the end than when two thirds of the plans had ended."""
        return int(self.counts[-1]["objects"]) - int(self.counts[-2]["objects"]) if len(self.counts) > 1 else 0


def run(soak: Soak, folder: Path, cache: Path, tell: Callable[[str], None]) -> Report:
    """Live through it; what is there stays in the folder."""
    code = release(folder / "release")
    copy_soak(code)
    clock = {BEGAN: str(time.time()), FACTOR: str(soak.factor)}
    report, began = Report(), time.monotonic()
    with everything(soak, folder, code, cache, clock) as (page, worker):
        worker.start()
        crowd = Crowd(page.probe, folder / "data", soak.plans, soak.at_once, random.Random(soak.seed))  # noqa: S311
        for channel in CHANNELS[:DIGESTS]:
            crowd.trying(partial(crowd.somebody(channel).command, "digest daily 09:00"))
        live(soak, crowd, worker, report, folder, began + soak.seconds, tell)
        look(folder, crowd, report)
        if worker.stop():
            report.problems.append("the bot did not stop well")
    report.problems += told_of_errors(folder / "bot.log")
    report.figures["failed"] = failures(folder)
    minutes = (time.monotonic() - began) / 60
    weeks = minutes * 60 * soak.factor / (7 * 24 * 3600)
    report.figures |= {"minutes": round(minutes, 1), "weeks": round(weeks, 1), "unreached": crowd.refusals}
    return report


def copy_soak(code: Path) -> None:
    """Put what the bot's process needs of the soak into its release."""
    place = code / "tests" / "soak"
    place.mkdir()
    for name in ("__init__.py", "counting_bot.py", "fast_clock.py"):
        (place / name).write_text((Path(__file__).parent / name).read_text(encoding="utf-8"), encoding="utf-8")


@contextlib.contextmanager
def everything(
    soak: Soak, folder: Path, code: Path, cache: Path, clock: dict[str, str]
) -> Iterator[tuple[Program, Worker]]:
    """Start the workspace and the git server, and give the bot, not started yet."""
    with FailingGitHub(folder / "github", TOKEN) as server:
        server.fails(soak.faults, random.Random(soak.seed))  # noqa: S311 - faults, no secrets
        page = workspace(folder)
        page.arguments[1] = "tests.soak.crowded_workspace"
        page.environment |= clock | {"SOAK_FAULTS": str(soak.faults), "SOAK_SEED": str(soak.seed)}
        page.start()
        more = {
            "PLANTHREAD_CACHE": str(cache),
            "SOAK_COUNTS": str(folder / "counts.jsonl"),
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_API_URL": server.url,
            "GITHUB_URL": server.url,
        }
        worker = Worker(bot(folder, page.probe, clock | more), code, "tests.soak.counting_bot")
        try:
            yield page, worker
        finally:
            worker.stop()
            page.stop()


class FailingGitHub(GitHubStandIn):
    """A stand-in for GitHub whose requests fail now and then."""

    def __init__(self, repositories: Path, token: str) -> None:
        repositories.mkdir()
        super().__init__(repositories, token)
        self.failed = 0

    def fails(self, of_a_thousand: int, chance: random.Random) -> None:
        """From now on, let so many of a thousand requests fail."""
        server, handler = self, self.RequestHandlerClass

        class Failing(handler):  # type: ignore[misc,valid-type]
            def do_GET(self) -> None:  # noqa: N802 - the name of the base class
                self.or_fail(super().do_GET)

            def do_POST(self) -> None:  # noqa: N802 - the name of the base class
                self.or_fail(super().do_POST)

            def or_fail(self, answer: Callable[[], None]) -> None:
                if chance.randrange(1000) >= of_a_thousand:
                    answer()
                    return
                server.failed += 1
                self.body()
                self.send_answer(502, b"Bad Gateway\n")

        self.RequestHandlerClass = Failing


def live(
    soak: Soak, crowd: Crowd, worker: Worker, report: Report, folder: Path, deadline: float,
    tell: Callable[[str], None],
) -> None:  # fmt: skip
    """Let people live until all plans have ended and everybody knows; count objects at each third."""
    counted, killed, told_at = 0, 0, 0
    thirds = [soak.plans // 3, 2 * soak.plans // 3, soak.plans]
    wanted = crowd.wanted
    while time.monotonic() < deadline:
        crowd.wanted = thirds[counted] if counted < len(thirds) else wanted
        plans = crowd.act()
        ended = sum(plan.has_ended for plan in plans)
        if ended >= told_at + 10:
            told_at = ended
            tell(f"{ended} of {soak.plans} plans have ended")
        if killed < soak.kills and counted < 2 and ended >= (killed + 1) * soak.plans // (2 * soak.kills + 1):
            killed += 1
            worker.kill()
            worker.start()
        if worker.ended():
            report.problems.append(f"the bot ended with {worker.code_of_end}")
            return
        if ended == len(plans) >= thirds[counted] and at_rest(folder):
            count(worker, folder, report)
            counted += 1
            if counted == len(thirds):
                return
        time.sleep(0.2)
    report.problems.append("the time was up before all plans had ended")


def at_rest(folder: Path) -> bool:
    """Tell whether every message was sent, and everything that arrived was handled."""
    due = rows(
        folder / "data", "SELECT count(*) FROM outboxitem WHERE sent_version < version AND kind NOT LIKE '%digest%'"
    )
    unread = rows(folder / "data", "SELECT count(*) FROM inboxitem WHERE handled_at IS NULL")
    return due == [(0,)] and unread == [(0,)]


def count(worker: Worker, folder: Path, report: Report) -> None:
    """Have the bot count its objects, and wait for it."""
    file, before = folder / "counts.jsonl", len(report.counts)
    assert worker.process is not None
    worker.process.send_signal(signal.SIGUSR1)
    until(lambda: file.exists() and len(file.read_text().splitlines()) > before, "a count", worker.log)
    report.counts = [json.loads(line) for line in file.read_text().splitlines()]


def look(folder: Path, crowd: Crowd, report: Report) -> None:
    """Look at every plan and every message."""
    data, plans = folder / "data", crowd.plans()
    report.stages = Counter(f"{plan.stage} {plan.hold}".strip() for plan in plans)
    report.problems += [f"{plan.id} is {plan.stage} {plan.hold}" for plan in plans if not lawful(plan)]
    if len(plans) < crowd.wanted:  # who hears nothing in time asks again, and may get two
        report.problems.append(f"{len(plans)} plans instead of {crowd.wanted}")
    failed = rows(data, "SELECT key, kind, error FROM inboxitem WHERE error != ''")
    report.problems += [f"{kind} {key} failed ({error})" for key, kind, error in failed]
    refused = rows(data, "SELECT key, error FROM outboxitem WHERE error != ''")
    report.problems += [f"{key} was refused ({error})" for key, error in refused]
    seen = messages(folder)
    sent = dict(rows(data, "SELECT key, message FROM outboxitem WHERE sent_version > 0 AND message IS NOT NULL"))
    report.problems += [f"{key} is there {times} times" for key, times in seen.items() if times > 1]
    report.problems += [f"{key} is nowhere" for key in sent if key not in seen]
    report.problems += [f"{key} was sent by nobody" for key in seen if key not in sent]
    events = rows(data, "SELECT count(*) FROM event")[0][0]
    digests = sum(key.startswith("digest") for key in sent)
    report.figures |= {"messages": len(seen), "events": events, "digests": digests}


def lawful(plan: Row) -> bool:
    """Tell whether a plan stands where it may: in a known stage, ended, and wanting nothing."""
    return plan.stage in LAWFUL and plan.has_ended


def messages(folder: Path) -> Counter[str]:
    """Return how often each message of the bot is there, by its key."""
    found: Counter[str] = Counter()
    with contextlib.closing(sqlite3.connect(folder / "workspace" / "workspace.db")) as kept:
        for (body,) in kept.execute("SELECT body FROM messages"):
            key = ((json.loads(body).get("metadata") or {}).get("event_payload") or {}).get("key")
            if key:
                found[key] += 1
    return found


def failures(folder: Path) -> int:
    """Return how many calls of Slack failed that the log tells of."""
    text = (folder / "bot.log").read_text(encoding="utf-8", errors="replace")
    return sum('"level": "warning"' in line for line in text.splitlines())


def told_of_errors(log: Path) -> list[str]:
    """Return what the log calls an error, each kind once."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    signs = ('"level": "error"', "Traceback", "ERROR", "CRITICAL", "Task exception was never retrieved")
    found = Counter(line[:300] for line in lines if any(sign in line for sign in signs))
    return [f"in the log, {times} times: {line}" for line, times in found.most_common(20)]
