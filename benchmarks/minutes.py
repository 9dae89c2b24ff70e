"""`make minutes`: how long it takes from `git clone` to a delivered plan, cold, and from `make run` where all is there.

The checkout is cloned into a folder of its own with an empty home, so everything is fetched once. Mara plans a library
of three things in the local workspace, leaves every question to the planner, and approves.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.end_to_end.people import Message, Person, button_labels, for_all, text_of
from tests.end_to_end.programs import until

ROOT = Path(__file__).resolve().parent.parent
IDEA = (
    "new a library: books with a title, an ISBN, a price and a status available/lent; members with a name and an "
    "e-mail; a loan is one book to one member, from a start to an end"
)
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def main() -> int:
    """Print when each step was reached, in seconds, first with nothing there, then with everything."""
    with tempfile.TemporaryDirectory(prefix="planthread-minutes-") as name:
        place = Path(name)
        begun = time.monotonic()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(place / "planthread")], check=True)
        tell("cold", begun, "cloned")
        plan_once(place, "cold", begun)
        plan_once(place, "warm", time.monotonic())
    return 0


def plan_once(place: Path, kind: str, begun: float) -> None:
    """Start the product, plan, approve, and wait for the delivery."""
    log = place / f"{kind}.log"
    with product(place, log) as address:
        tell(kind, begun, "address")
        mara = Person(address, "Mara", log=log)
        until(lambda: is_there(mara), "the bot", log)
        before = len(cards(mara))
        mara.command(IDEA)
        until(lambda: len(cards(mara)) > before, "a card", log)
        thread = str(cards(mara)[-1]["ts"])
        review = until(lambda: reviewed(mara, thread), "a review", log)
        tell(kind, begun, "review")
        mara.press(review, "Approve and build")
        until(lambda: "· delivered" in text_of(mara.thread(thread)[0]), "the delivery", log)
        tell(kind, begun, "delivered")


@contextlib.contextmanager
def product(place: Path, log: Path) -> Iterator[str]:
    """Run `make run` as on a new machine, and give the address that it prints; all of it ends with the block."""
    home = place / "home"
    home.mkdir(exist_ok=True)
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "BROWSER": "true"}
    with log.open("wb") as output:
        running = subprocess.Popen(
            ["make", "run"], cwd=place / "planthread", env=environment, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield until(lambda: address_in(log, running), "the address", log)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGTERM)
        running.wait()


def address_in(log: Path, running: subprocess.Popen[bytes]) -> str:
    """Return the address that was printed, or nothing yet. Raises RuntimeError where nothing will be."""
    text = log.read_text(encoding="utf-8", errors="replace")
    if running.poll() is not None:
        raise RuntimeError(f"make run ended:\n{text[-4000:]}")
    found = ADDRESS.search(text)
    return found[0] if found else ""


def is_there(person: Person) -> bool:
    """Tell whether the bot is connected."""
    with contextlib.suppress(OSError):
        return bool(person.look("state")["app"]["connected"])
    return False


def cards(person: Person) -> list[Message]:
    """Return what the bot said in the channel."""
    return [message for message in for_all(person.top()) if message.get("bot_id")]


def reviewed(person: Person, thread: str) -> Message | None:
    """Return the review that can be approved; leave what is asked to the planner until there is one."""
    messages = person.thread(thread)
    if ready := [message for message in messages if "Approve and build" in button_labels(message)]:
        return ready[-1]
    newest = messages[-1]
    if newest.get("bot_id") and "Or " in text_of(newest):
        person.say("you decide", thread)
    return None


def tell(kind: str, begun: float, what: str) -> None:
    """Print that something was reached."""
    sys.stdout.write(f"{kind}  {what:<10} {time.monotonic() - begun:6.1f} s\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
