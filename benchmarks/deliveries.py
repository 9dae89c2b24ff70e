"""From the click to delivered: a plan of three entities in the local workspace, beside its judges run bare.

Bare means: the same words over the same trees, as many at once as the bot runs, with nothing else; the trees are
written before the clock starts. Cold means that neither the environment of the service nor a cache of types is there;
wheels come from the cache of this machine.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from bot.building.checking import AT_ONCE, in_order, write_files
from bot.repository.git import Repository
from bot.store.data_folder import DataFolder
from bot.store.database import Database, sqlite_url
from bot.store.tables import Plan, Step
from bot.verification.environments import prepare_environment
from bot.verification.judges import CheckResult, UnknownJudge, check_judge, run_judge
from bot.verification.sandbox import Sandbox, Trust
from bot.workflow.builds import StepKind
from tests.end_to_end.people import Person, text_of
from tests.end_to_end.programs import bot, until, workspace

__all__ = ["LARGEST_MULTIPLE", "Delivered", "measure_deliveries"]

LARGEST_MULTIPLE = 1.5
"""What a delivery may take, over its judges alone."""
IDEA = (
    "new a library: books with a title, an ISBN and a price; members with a name and an e-mail; "
    "a member borrows many books"
)
ENVIRONMENTS = "environments"
"""The folder of the cache that holds environments."""


@dataclass(frozen=True)
class Delivered:
    """One delivery: seconds from the click to delivered, those of its judges alone, and its number of tasks."""

    name: str
    seconds: float
    judges: float
    tasks: int

    @property
    def multiple(self) -> float:
        """Return what it took over its judges alone."""
        return self.seconds / self.judges

    def line(self) -> str:
        """Return one line of the table."""
        outside = (self.seconds - self.judges) / self.tasks
        verdict = "reached" if self.multiple <= LARGEST_MULTIPLE else "missed"
        return (
            f"delivered, 3 entities, {self.name}: {self.seconds:.1f} s from the click, "
            f"judges alone {self.judges:.1f} s: {self.multiple:.2f} times; goal {LARGEST_MULTIPLE}: {verdict}; "
            f"{outside:.2f} s outside the judges for each of {self.tasks} tasks"
        )


def measure_deliveries() -> Sequence[Delivered]:
    """Deliver twice with one cache, first cold, then warm; after each, run its judges bare, as cold or as warm."""
    with tempfile.TemporaryDirectory(prefix="planthread-deliveries-") as name:
        folder = Path(name)
        found = []
        for condition in ("cold", "warm"):
            place = folder / condition
            place.mkdir()
            seconds = delivery(place, folder / "cache")
            bare_cache = folder / f"bare {condition}" if condition == "cold" else folder / "cache"
            judges, tasks = asyncio.run(judged_bare(place / "data", bare_cache / ENVIRONMENTS, place / "trees"))
            found.append(Delivered(condition, seconds, judges, tasks))
        return found


def delivery(folder: Path, cache: Path) -> float:
    """Return the seconds from the click to delivered, as people see it on the card."""
    page = workspace(folder).start()
    product = bot(folder, page.probe, {"PLANTHREAD_CACHE": str(cache)}).start()
    try:
        mara = Person(page.probe, "Mara", log=product.log)
        mara.command(IDEA)
        head = mara.sees("gathering requirements")["ts"]
        mara.sees("1.", head)
        mara.say("you decide", head)
        review = mara.sees(", for review", head)
        began = time.monotonic()
        mara.press(review, "Approve and build")
        ended = until(lambda: re.search(r"· (delivered|needs you)", text_of(mara.top()[0])), "the end", product.log)
        if ended[1] != "delivered":
            raise RuntimeError(f"The plan was not delivered: {text_of(mara.thread(head)[-1])}")
        return time.monotonic() - began
    finally:
        product.stop()
        page.stop()


async def judged_bare(data: Path, environments: Path, trees: Path) -> tuple[float, int]:
    """Return the seconds that the judges of a delivery take by themselves, and how many tasks it had."""
    folder = DataFolder(data)
    database = Database(sqlite_url(folder.path / "plans.db"))
    async with database.read() as session:
        plan = (await session.scalars(select(Plan))).one()
        steps = (await session.scalars(select(Step).order_by(col(Step.position)))).all()
    await database.close()
    repository = Repository(folder.repositories / f"{plan.id}.git")
    for step in steps:
        write_files(await repository.read_tree(step.commit or ""), trees / step.key)
    sandbox = await Sandbox.probe()
    last = trees / steps[-1].key
    began = time.monotonic()
    environment = await prepare_environment(
        (last / "pyproject.toml").read_bytes(), (last / "uv.lock").read_bytes(), environments
    )
    jobs = (
        partial(run_judge, word, trees / step.key, environment, Trust.TEMPLATES, sandbox)
        for step in steps
        for word in words_of(step)
    )
    async for result in in_order(jobs, AT_ONCE):
        require_passed(result)
    return time.monotonic() - began, sum(step.key.startswith(StepKind.TASK) for step in steps)


def words_of(step: Step) -> list[str]:
    """Return the words of a step's checks that judges run; what the bot looks at by itself takes no time."""
    found = []
    for check in step.evidence.get("checks", []):
        try:
            check_judge(check["word"])
        except UnknownJudge:
            continue
        found.append(check["word"])
    return found


def require_passed(result: CheckResult) -> None:
    """Raise RuntimeError where a judge that passed in the delivery doesn't pass now: then nothing was compared."""
    if not result.passed:
        raise RuntimeError(f"{result.word} did not pass bare: {result.tail or result.not_run_reason}")


if __name__ == "__main__":
    os.environ.setdefault("NO_COLOR", "1")
    print(*(one.line() for one in measure_deliveries()), sep="\n")  # noqa: T201 - a bench of its own
