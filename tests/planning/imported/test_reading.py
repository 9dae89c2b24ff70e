"""Imported plans: tasks as they stand, who does each verification, checkpoints, the summary that is asked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.documents.findings import Severity
from bot.documents.formats import Format
from bot.planning.imported.plan import ImportedKind
from bot.planning.imported.reading import NotImported, read_imported_plan
from bot.planning.imported.verifications import verifications_in
from tests.stand_ins.foreign_plan import FOREIGN_PLAN, FOREIGN_PLAN_NAME, FOREIGN_SUMMARY

CHECKPOINTS = """\
---
phase: "03"
plan: "02"
---
<tasks>
<task type="auto"><name>Sign-in</name><files>src/a.py
src/b.py</files><action>Write it</action><verify>pytest tests</verify><done>it is there</done></task>
<task type="checkpoint:human-verify" gate="blocking">
<what-built>A form to sign in</what-built><how-to-verify>Open it and sign in</how-to-verify>
<resume-signal>Type approved</resume-signal>
</task>
<task type="checkpoint:decision"><decision>Where are sessions kept?</decision><context>Both work.</context>
<options><option id="a"><name>In the database</name><pros>simple</pros><cons>slower</cons></option>
<option id="b"><name>In Redis</name></option></options></task>
<task type="checkpoint:human-action"><action>Create an account at the provider</action>
<instructions>Copy its key</instructions></task>
</tasks>
<output>Write a SUMMARY when done</output>
"""

CHECKLIST = """\
# Implementation Plan: Parking

## Overview
Spots that can be reserved.

- [x] 1. Spots
  - [x] 1.1 The model
    - Number and floor
    - _Requirements: 1.1_
  - [ ]* 1.2 Its tests
    - Verify: `pytest tests/test_spots.py`
    - Files: `tests/test_spots.py`
    - Done when: they pass
- [ ] 2. Reservations
  - _Depends: 1.2_
- [ ] 3. Checkpoint - look at the list of spots
"""


def test_a_foreign_plan_says_which_verifications_run_and_which_a_person_confirms() -> None:
    plan, findings = read_imported_plan(FOREIGN_PLAN_NAME, FOREIGN_PLAN)

    assert [task.title for task in plan.tasks] == [
        "Contracts of a spot",
        "Free spots",
        "The endpoint",
        "A place for deployments",
    ]
    runs = {task.number: [each.command.shown() for each in task.running if each.command] for task in plan.tasks}
    assert runs == {
        "1": ["python -c import parking_contracts:Spot"],
        "2": ["pytest tests/test_spots.py (in apps/backend)"],
        "3": ["pytest tests/test_main.py (in apps/backend)"],
        "4": [],
    }
    confirmed = {task.number: [each.text for each in task.confirmed] for task in plan.tasks}
    assert confirmed["1"] == ["pip install -e packages/contracts succeeds"]
    assert confirmed["3"] == ["curl http://localhost:8000/spots/free | sh"]
    assert [each.runs for each in plan.verifications] == [True, False, False]
    assert plan.must_haves.artifacts[0].exports == ("free_spots",)
    assert plan.summary is not None
    assert (plan.summary.path, plan.summary.next_steps) == (FOREIGN_SUMMARY, ("Ready for 02-02-PLAN.md",))
    assert (plan.title, plan.phases[0].number) == ("Parking Contracts", 2)
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]


def test_checkpoints_ask_a_person_in_their_own_words() -> None:
    plan, _ = read_imported_plan("03-02-PLAN.md", CHECKPOINTS)

    assert [task.kind for task in plan.tasks] == list(ImportedKind)
    code, look, decision, action = plan.tasks
    assert code.files == ("src/a.py", "src/b.py")
    assert look.ask == "A form to sign in\n\nOpen it and sign in\n\nType approved"
    assert [option.name for option in decision.options] == ["In the database", "In Redis"]
    assert decision.options[0].about == "for: simple\n\nagainst: slower"
    assert action.ask == "Create an account at the provider\n\nCopy its key"
    assert plan.summary is not None
    assert plan.summary.path == ".planning/phases/03/03-02-SUMMARY.md"


def test_a_checklist_is_its_boxes_without_sub_tasks() -> None:
    plan, _ = read_imported_plan("specs/parking/tasks.md", CHECKLIST)

    assert (plan.format, plan.title, plan.objective) == (Format.TASKS, "Parking", "Spots that can be reserved.")
    assert [(phase.number, phase.name) for phase in plan.phases][:2] == [(1, "Spots"), (2, "Reservations")]
    model, tests, reservations, look = plan.tasks
    assert (model.number, model.ticked_elsewhere, model.needs_tests) == ("1.1", True, True)
    assert tests.files == ("tests/test_spots.py",)
    assert (tests.done, tests.needs_tests, len(tests.running)) == ("they pass", False, 1)
    assert reservations.depends == ("1.2",)
    assert (look.kind, look.ask) == (ImportedKind.LOOK, "look at the list of spots")


@pytest.mark.parametrize(
    "details",
    ["- Verify: `pytest`", "- Files: `app/a.py`\n    - Verify: `pytest`", "- Verify: `pytest`\n    - Done when: green"],
)
def test_a_foreign_checklist_that_says_how_tasks_are_verified_is_held_to_no_rule_of_ours(details: str) -> None:
    tasks = f"- [ ] 1. Spots\n  - [ ] 1.1 The model\n    {details}\n- [ ] 2. Floors\n  - [ ] 2.1 The list\n"
    graph = '\n## Task Dependency Graph\n\n```json\n{"waves": [{"id": 0, "tasks": ["1.1", "2.1"]}]}\n```\n'

    plan, findings = read_imported_plan("tasks.md", tasks)
    with_graph = read_imported_plan("tasks.md", tasks + graph)[1] if "Done" not in details else ()

    assert [task.number for task in plan.tasks] == ["1.1", "2.1"]
    assert not [each for each in (*findings, *with_graph) if each.severity is Severity.ERROR]


def test_a_checklist_with_all_that_ours_have_is_held_to_our_rules() -> None:
    details = "    - Verify: `pytest`\n    - Done when: green\n"
    graph = '\n## Task Dependency Graph\n\n```json\n{"waves": [{"id": 1, "tasks": ["1.1", "1.2"]}]}\n```\n'
    text = f"- [ ] 1. Spots\n  - [ ] 1.1 The model\n{details}  - [ ] 1.2 The list\n    - _Depends: 1.1_\n{graph}"

    _, findings = read_imported_plan("tasks.md", text)

    assert {each.rule for each in findings if each.severity is Severity.ERROR} >= {"PT304", "PT306"}


def test_tasks_come_after_those_that_they_wait_for() -> None:
    plan, findings = read_imported_plan("tasks.md", "- [ ] 1. A\n  - _Depends: 2_\n- [ ] 2. B\n- [ ] 3. C\n")

    assert [task.title for task in plan.tasks] == ["B", "A", "C"]
    assert not [finding for finding in findings if finding.rule == "PT820"]


def test_a_circle_and_paths_outside_block_it() -> None:
    text = "- [ ] 1. A\n  - _Depends: 2_\n  - Files: `../../etc/passwd`, `.git/hooks/x`\n- [ ] 2. B\n  - _Depends: 1_\n"
    plan, findings = read_imported_plan("tasks.md", text)

    errors = [finding for finding in findings if finding.rule in {"PT820", "PT821"}]
    assert [finding.rule for finding in errors] == ["PT820", "PT821", "PT821"]
    assert all(finding.severity is Severity.ERROR for finding in errors)
    assert len(plan.tasks) == 2


def test_secrets_are_taken_out_before_anything_is_kept() -> None:
    token = "ghp_" + "a1b2c3d4e5f6g7h8i9j0"
    plan, findings = read_imported_plan("tasks.md", f"- [ ] 1. Push with {token}\n")

    assert token not in plan.model_dump_json()
    assert "PT822" in {finding.rule for finding in findings}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("notes.md", "Hello", "no PLAN.md and no tasks.md"),
        ("tasks.md", "# Nothing here", "no task"),
        ("tasks.md", "- [ ] a\n" * 201, "I take 200"),
        ("tasks.md", "x" * 400_001, "Split it"),
    ],
)
def test_what_is_no_plan_is_said(name: str, text: str, says: str) -> None:
    with pytest.raises(NotImported, match=says):
        read_imported_plan(name, text)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("`pytest tests/` passes", [True]),
        ("Run `mypy src` without errors.", [True]),
        ("`pytest` passes, and the page looks right", [True, False]),
        ("`pytest` and `mypy` pass", [False]),
        ("1. pytest tests/test_a.py\n2. open the page", [True, False]),
        ("ruff, mypy, pytest in dev dependencies", [False]),
        ("All tests pass", [False]),
        ("Run pytest after deleting the database", [False]),
    ],
)
def test_a_line_runs_only_where_nothing_else_is_asked(text: str, runs: list[bool]) -> None:
    found = verifications_in((text,))

    assert [each.runs for each in found] == runs


def test_the_reference_plan_is_read() -> None:
    folder = os.environ.get("PLANTHREAD_REFERENCE_DOCUMENTS")
    files = sorted(Path(folder).glob("003*")) if folder else []
    if not files:
        pytest.skip("PLANTHREAD_REFERENCE_DOCUMENTS names no folder with a file that begins with 003")

    plan, findings = read_imported_plan("01-03-PLAN.md", files[0].read_text(encoding="utf-8"))

    assert len(plan.tasks) == 4
    assert [len(task.running) for task in plan.tasks] == [1, 0, 0, 0]
    assert [each.runs for each in plan.verifications].count(True) == 1
    assert plan.summary is not None
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]
