"""The record of what was judged: verdicts and hashes, the same bytes for the same input."""

from __future__ import annotations

import re

from bot.building.commits import phase_commit
from bot.building.verification_record import write_verification_record
from bot.documents.tasks.task_plan import TaskState
from tests.generation.samples import LEND, build_inputs, library

INPUTS = build_inputs(library(), custom=(LEND,))
NUMBERS = [task.number for task in INPUTS.task_plan.tasks()]


def verdicts(text: str) -> dict[str, str]:
    """Return the verdict of each task."""
    return dict(re.findall(r"^\| ([\d.]+) \|.*\| ([a-z ]+) \|$", text, re.MULTILINE))


def test_a_task_has_its_commit_and_its_verdict() -> None:
    first, second, third, *rest = NUMBERS
    states = {first: TaskState.DONE, second: TaskState.DOING, third: TaskState.TODO}
    text = write_verification_record(INPUTS, states, {first: "a" * 40})
    found = verdicts(text)
    assert (found[first], found[second], found[third]) == ("passed", "left to people", "open")
    assert {found[number] for number in rest} == {"open"}
    assert f"| {first} | Project files, pinned dependencies and lock | `{'a' * 40}` | `python-syntax`" in text


def test_what_ran_is_named_by_its_hash_and_explained() -> None:
    text = write_verification_record(INPUTS, {}, {})
    assert re.search(r"^`uv.lock`: sha256 `[0-9a-f]{64}`$", text, re.MULTILINE)
    assert "- `mypy`: `uv run mypy`" in text
    assert not re.search(r"\d\d:\d\d|seconds", text)


def test_every_phase_writes_it_anew() -> None:
    phase = INPUTS.task_plan.phases[0]
    done = {task.number: "b" * 40 for task in phase.tasks}
    commit = phase_commit(INPUTS, 9, phase, dict.fromkeys(done, TaskState.DONE), done)
    found = verdicts((commit.files[".planning/VERIFICATION.md"] or b"").decode())
    assert {number for number, verdict in found.items() if verdict == "passed"} == set(done)
