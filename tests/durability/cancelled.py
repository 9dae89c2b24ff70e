"""A build that is cancelled while a judge runs that would never end."""

from __future__ import annotations

from pathlib import Path

from tests.durability import looking
from tests.durability.releases import release
from tests.durability.runs import Ending, Releases, Story, Way, press_label
from tests.end_to_end.people import Person

__all__ = ["CancelledStory", "hanging"]

WAITS_FOR_EVER = """\
\"\"\"What a build waits for.\"\"\"

import threading


def test_waits() -> None:
    \"\"\"It never comes.\"\"\"
    assert threading.Event().wait()
"""
TASK = """covers = ["*"]
files = [
"""
HANGING_TASK = """covers = ["*"]
verification = ["python-syntax", "pytest"]
files = [
  { path = "tests/test_{module}.py", template = "waits.py.j2", provides = "A test that waits for ever" },
"""
WORDS = 'words = ["python-syntax", "ruff check", "ruff format --check"]'


def hanging(folder: Path) -> Releases:
    """Make a release whose builds have a judge that never ends."""
    made = release(folder)
    blueprint = made / "templates" / "fastapi"
    (blueprint / "waits.py.j2").write_text(WAITS_FOR_EVER)
    manifest = (blueprint / "blueprint.toml").read_text()
    for before, after in ((TASK, HANGING_TASK), (WORDS, WORDS.replace("]", ', "pytest"]'))):
        assert before in manifest, before
        manifest = manifest.replace(before, after)
    (blueprint / "blueprint.toml").write_text(manifest)
    return Releases(made, made)


def is_waiting(place: Path) -> bool:
    """Tell whether the judge that never ends runs."""
    return any("pytest" in words for words in looking.judges(place))


class CancelledStory(Story):
    """A plan that is approved, and cancelled once its build is at that judge."""

    was_asked = False

    def press(self, mara: Person, place: Path) -> None:
        """Approve; once a judge runs say that the plan is to be cancelled, and press the button that asks back."""
        if looking.waits_for_approval(place):
            press_label(mara, place, "Approve and build")
        elif is_waiting(place) and looking.at_rest(place):
            if self.was_asked:
                press_label(mara, place, "Cancel the plan")
            else:
                self.was_asked = True
                mara.say("cancel", looking.thread(place))

    def has_ended(self, place: Path) -> bool:
        """Tell whether the plan is cancelled, and nothing of its build runs any more, while the bot is still there."""
        return looking.plans(place, "SELECT stage FROM plan") == [("cancelled",)] and not looking.judges(place)

    def run(self, kill_at: str = "", way: Way = Way.AGAIN) -> Ending:
        """Approve and cancel; a build that has not come to its first push leaves no repository to look at."""
        ending = super().run(kill_at, way)
        ending.problems = [problem for problem in ending.problems if problem != "repositories: []"]
        return ending
