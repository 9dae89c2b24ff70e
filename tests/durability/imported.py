"""A dropped checklist that is built as it stands: a model writes its task, and a person confirms before the end."""

from __future__ import annotations

import contextlib
import json
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.durability import looking
from tests.durability.runs import Story, Worker, press_label
from tests.end_to_end.people import Person
from tests.end_to_end.programs import Program, until
from tests.stand_ins.foreign_script import answer
from tests.stand_ins.model import ModelStandIn

__all__ = ["ImportedStory"]

CHECKLIST = (
    "# Implementation Plan: Parking\n\n- [ ] 1. Write the list of spots\n"
    "- [ ] 2. Checkpoint:human-verify - look at the list\n"
)
WRITTEN = answer(
    {
        "spots.py": "SPOTS = (1, 2, 3)\n",
        "tests/test_list.py": "def test_the_list_is_in_order() -> None:\n    assert sorted((3, 1, 2)) == [1, 2, 3]\n",
    }
)
"""What the model answers, however often it is asked: a bot that is killed before it kept an answer asks again."""


class ImportedStory(Story):
    """A checklist that waits for its approval; the model is a stand-in, its code runs in the real sandbox."""

    @contextlib.contextmanager
    def programs(self, place: Path, more: Mapping[str, str]) -> Iterator[tuple[Program, Worker]]:
        """Start the model's server and the workspace of a folder, and give the bot that works there."""
        with ModelStandIn({"imported_task": [WRITTEN]}) as model:
            there = {"OPENAI_API_KEY": model.key, "OPENAI_BASE_URL": model.url, "PLANTHREAD_MODEL": "scripted-model"}
            with super().programs(place, {**there, **more}) as started:
                yield started

    def converse(self, mara: Person, place: Path) -> str:
        """Drop the checklist, and wait until it is to be approved."""
        drop(mara, "tasks.md", CHECKLIST)
        until(lambda: looking.waits_for_approval(place), "a review", mara.log)
        return looking.thread(place)

    def press(self, mara: Person, place: Path) -> None:
        """Press the button that the plan waits for: both gates, then the answer at the checkpoint."""
        if looking.waits_for_answer(place):
            press_label(mara, place, "Confirm")
        elif looking.waits_for_approval(place):
            label = "Build" if looking.plans(place, "SELECT count(*) FROM approval") != [(0,)] else "Approve"
            press_label(mara, place, label)


def drop(person: Person, name: str, text: str) -> None:
    """Post a file with a mention of the bot."""
    query = urllib.parse.urlencode({"as": person.name, "name": name, "hold": "1"})
    request = urllib.request.Request(f"{person.workspace}/workspace/files?{query}", data=text.encode(), method="POST")
    with urllib.request.urlopen(request, timeout=30) as response:
        held = json.load(response)["file"]["id"]
    person.call("messages", text="@planthread", files=[held])
