"""PROJECT, ROADMAP, STATE and SUMMARY follow from their arguments alone."""

from __future__ import annotations

import json

from bot.documents.progress_writer import write_project, write_roadmap, write_state, write_summary
from bot.documents.task_plan import Phase, Task, TaskKind, TaskPlan, TaskState
from tests.documents.test_task_plan import LIBRARY

FOUNDATION = LIBRARY.phases[0]
DONE = {"1.1": TaskState.DONE, "1.2": TaskState.DONE}
HOSTILE = "a | b\n# c <!-- `"


def test_a_project_says_what_was_decided_and_assumed() -> None:
    assert write_project("Library", "Lends books.", ["Only librarians add books (Mara)"], ["One copy each"]) == (
        "# Library\n\n## What this is\n\nLends books.\n\n## Key decisions\n\n- Only librarians add books (Mara)\n\n"
        "## Assumptions\n\n- One copy each\n"
    )
    assert write_project("Library", "Lends books.", (), ()) == "# Library\n\n## What this is\n\nLends books.\n"


def test_a_roadmap_shows_phases_boxes_and_progress() -> None:
    text = write_roadmap(LIBRARY, {"1.1": TaskState.DONE})
    assert "- [-] **Phase 1: Foundation** - It starts." in text
    assert "**Depends on**: Nothing" in text
    assert "**Requirements**: 1.1, 1.2" in text
    assert "1. GET /health answers 200" in text
    assert "| 1. Foundation | 1 of 2 | in progress |" in text
    assert "- [x] **Phase 1" in write_roadmap(LIBRARY, DONE)


def test_a_state_names_the_phase_and_what_is_open() -> None:
    assert write_state(LIBRARY, {"1.1": TaskState.DONE}, "building") == (
        "# State: Library\n\n- Stage: building\n- Phase: 1 of 1 (Foundation)\n- Progress: ▓▓▓▓▓░░░░░ 1 of 2 tasks\n\n"
        "## Open tasks\n\n- 1.2 Lend\n"
    )
    finished = write_state(LIBRARY, DONE, "delivered")
    assert "all phases are done" in finished
    assert "▓▓▓▓▓▓▓▓▓▓ 2 of 2" in finished
    assert "Open tasks" not in finished


def test_a_state_of_a_huge_plan_stays_under_100_lines() -> None:
    tasks = tuple(Task(number=f"1.{number}", title=HOSTILE * 50) for number in range(1, 400))
    plan = TaskPlan(title="x", phases=(Phase(number=1, name="n", slug="s", goal="g", tasks=tasks),))
    text = write_state(plan, {}, HOSTILE * 500)
    assert len(text.splitlines()) < 100
    assert "… and 379 more, in tasks.md" in text


def test_a_summary_has_front_matter_and_a_commit_for_each_task() -> None:
    text = write_summary(FOUNDATION, {"1.1": "a41f9c2"}, {"1.1": "ruff check"})
    front = dict(line.split(": ", 1) for line in text.split("---")[1].strip().splitlines() if ": " in line)
    assert json.loads(front["phase"]) == "01-foundation"
    assert json.loads(front["provides"]) == ["Settings"]
    assert json.loads(front["  created"]) == ["app/__init__.py", "app/config.py"]
    assert json.loads(front["requirements-completed"]) == ["1.1", "1.2"]
    assert "| 1.1 Settings | `a41f9c2` | ruff check |" in text
    assert "| 1.2 Lend | open |  |" in text
    assert "## Accomplishments\n\n- They are read." in text
    assert "## Left open\n\n- 1.2 Lend" in text


def test_a_summary_says_what_a_model_wrote_and_what_is_not_done() -> None:
    whole = write_summary(FOUNDATION, {"1.1": "a", "1.2": "b"}, {})
    assert "## Written by a model\n\n- 1.2 Lend" in whole
    assert "Left open" not in whole
    assert "Nothing yet." in write_summary(FOUNDATION, {}, {})


def test_hostile_text_opens_nothing() -> None:
    task = Task(number="1.1", title=HOSTILE, kind=TaskKind.CUSTOM, done=HOSTILE, files=(HOSTILE,))
    phase = Phase(number=1, name=HOSTILE, slug="s", goal=HOSTILE, tasks=(task,))
    plan = TaskPlan(title=HOSTILE, phases=(phase,))
    texts = [
        write_project(HOSTILE, HOSTILE, [HOSTILE], [HOSTILE]),
        write_roadmap(plan, {}),
        write_state(plan, {}, HOSTILE),
        write_summary(phase, {"1.1": HOSTILE}, {"1.1": HOSTILE}),
    ]
    for text in texts:
        assert "\n# c" not in text
        assert "<!--" not in text.replace("\\<!--", "").replace('a | b\\n# c <!-- `"', "")
        rows = [line for line in text.splitlines() if line.startswith("| ")]
        assert len({row.replace("\\|", "").count("|") for row in rows}) <= 1
