"""The bot (only the bot) is killed in the middle of a build and started again: same commits, nothing twice."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.clones import clone, git, history
from tests.end_to_end.conftest import Start
from tests.end_to_end.people import Person, for_all, text_of
from tests.end_to_end.programs import Program, clean_environment, until

SENTENCE = "new a reading list: books with a title and an optional note"


@pytest.mark.environment
@pytest.mark.matrix
@pytest.mark.timeout(900)
def test_a_killed_bot_delivers_the_same_commits_and_no_doubled_message(
    start: Start, people: Callable[[Program, str], Person], tmp_path: Path, cache: Path
) -> None:
    page, bot = start()
    mara = people(page, "Mara")
    mara.command(SENTENCE)
    head = mara.sees("gathering requirements")["ts"]
    decide_everything(mara, head)
    mara.press(mara.sees(", for review", head), "Approve and build")

    done_before = until(lambda: tasks_done(mara, at_least=4), "four finished tasks", mara.log)
    bot.kill()
    commits_before = commits_on_the_card(mara)
    bot.start()

    mara.sees("is ready*", head)
    address = re.search(r"git clone (\S+)`", text_of(mara.sees("git clone", head)))
    assert address
    place = clone(address[1], tmp_path / "clone")
    log = history(place)
    assert commits_before <= {commit[:7] for commit in log}, "what was ticked before the kill is still there"
    assert done_before >= 4
    assert len(for_all(mara.top())) == 1, "one card"
    texts = [text_of(message) for message in mara.thread(head) if message.get("bot_id")]
    assert len([text for text in texts if "is ready*" in text]) == 1, "told once"
    assert len(texts) == len(set(texts)), "no doubled message"
    assert log == rebuilt(place, tmp_path, cache), "the commits of a run that nobody killed"
    git("fetch", "--quiet", str(tmp_path / "rebuilt"), "generated", folder=place)
    differing = git("diff", "--name-only", "origin/generated", "FETCH_HEAD", folder=place).split()
    assert differing == [".planthread/record.json"], "the same pure output; its record says who wrote requirements"


def decide_everything(mara: Person, head: str) -> None:
    """Leave every question to the planner, until there is a review."""

    def look() -> bool:
        messages = mara.thread(head)
        if any(", for review" in text_of(message) for message in messages):
            return True
        waiting = [message for message in messages if "Or " in text_of(message)]
        if waiting:
            mara.say("you decide", head)
        return False

    until(look, "a review", mara.log)


def tasks_done(mara: Person, at_least: int) -> int:
    """Return how many tasks the card shows as done, once there are enough and not all."""
    found = re.search(r"(\d+) of (\d+) tasks", text_of(mara.top()[0]))
    done = int(found[1]) if found else 0
    return done if done >= at_least else 0


def commits_on_the_card(mara: Person) -> set[str]:
    """Return the commit that the card shows."""
    return set(re.findall(r"✓ commit `([0-9a-f]{7})`", text_of(mara.top()[0])))


def rebuilt(place: Path, folder: Path, cache: Path) -> list[str]:
    """Return the commits that the command line makes of the same documents: a run that nobody killed."""
    planning = place / ".planning"
    title = (planning / "PROJECT.md").read_text().splitlines()[0].removeprefix("# ")
    started = git("log", "--format=%aI", "--reverse", "main", folder=place).split()[0]
    arguments = [str(planning / "entity_specs.txt"), "--requirements", str(planning / "requirements.md")]
    options = ["--name", title, "--date", started, "--out", str(folder / "rebuilt")]
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "build", *arguments, *options],
        env=clean_environment() | {"PLANTHREAD_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return history(folder / "rebuilt")
