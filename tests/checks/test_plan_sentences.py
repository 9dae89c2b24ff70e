"""What each rule over plans says, word for word: the sentence that people read, and what it asks them to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bot.checks import check_checklist, check_phase_plan, check_phase_plans, check_task_plan
from bot.documents.findings import Finding
from bot.documents.tasks.checklist_reader import read_tasks
from tests.checks import test_checklist, test_phase_plan, test_phase_plans, test_task_plan

CASES: dict[str, Sequence[tuple[Any, Any]]] = {
    **test_task_plan.CASES,
    **test_checklist.CASES,
    **test_phase_plan.CASES,
    **test_phase_plans.CASES,
}

SENTENCES = [
    ("PT301", 0, "The task 1.1 is there twice.", "Give the later one the next free number."),
    ("PT301", 1, "The task “2.1” stands in phase 1.", "Number it 1.1, 1.2 …"),
    ("PT301", 3, "The phase 1 is there twice.", "Number the phases anew."),
    ("PT301", 4, "The number 1.9 was struck, and is given again.", "Give it the next free number."),
    ("PT302", 0, "1.1 depends on “1.9”, which was removed.", "Name a task of the plan, or take the dependency out."),
    (
        "PT302",
        1,
        "1.1 depends on “1.9”, which is not in the plan.",
        "Name a task of the plan, or take the dependency out.",
    ),
    (
        "PT303",
        0,
        "These tasks wait for each other: 1.1 → 1.2 → 1.1.",
        "Take one of these dependencies out, or split a task.",
    ),
    (
        "PT304",
        0,
        "1.2 is in wave 1, and its dependencies put it in wave 2.",
        "Put it in wave 2, or change what it depends on.",
    ),
    ("PT305", 0, "“app/1.1.py” is written by 1.1 and again by 1.2.", "Let one task own it, or give it another name."),
    ("PT306", 0, "1.1 “Make 1.1” has no verification.", "Say which check shows that it is done."),
    ("PT307", 0, "The plan has no phase.", "Derive it from the entities again."),
    ("PT307", 1, "Phase 1 has no task.", "Add one, or take the phase out."),
    ("PT307", 2, "1.1 has no title.", "Say what it makes."),
    ("PT308", 0, "1.1 depends on 1.2, which comes later.", "Move 1.2 before it."),
    (
        "PT309",
        0,
        "1.1 “Stub the loans” says “Stub” in “Stub the loans”.",
        "Say what is left out and let people decide it, or do it all.",
    ),
    ("PT310", 0, "1.1 “Make 1.1” covers no criterion.", "Name the criterion that it fulfils, or take the task out."),
    (
        "PT311",
        0,
        "Phase 1 must have “app/9.py”, and no task makes it.",
        "Add it to the files of a task, or take it out of the must-haves.",
    ),
    (
        "PT311",
        1,
        "A key link of phase 1 ends at “app/9.py”, and no task makes it.",
        "Add it to the files of a task, or mend the link.",
    ),
    (
        "PT312",
        0,
        "No task of phase 1 speaks of the truth “Members are warned of late fees”.",
        "Say in a task how it is verified, or take it out.",
    ),
    (
        "PT313",
        0,
        "1.1 makes “app/services/book.py” before 1.2 makes “app/models/book.py”.",
        "Move “app/models/book.py” before it, or “app/services/book.py” after it.",
    ),
    ("PT314", 0, "Phase 1 makes “app/models/book.py” and no migration.", "Add a migration to the phase."),
    (
        "PT315",
        0,
        "“app/models/book.py” is made in phase 1 and “app/schemas/book.py” in phase 2.",
        "Make both in one phase.",
    ),
    ("PT316", 0, "Phase 1 makes “app/services/book.py” and no test.", "Add tests to the tasks that make the code."),
    ("PT317", 0, "1.1 and 1.2 of wave 1 both write “app/api/router.py”.", "Let 1.2 depend on 1.1."),
    (
        "PT318",
        0,
        "1.1 says “asyncpg”, and 1.2 says “time.sleep”, which blocks.",
        "Use the asynchronous one in both places, or neither.",
    ),
    (
        "PT330",
        0,
        "Task 1 depends on “9”, which is not in the checklist.",
        "Name a task of the checklist, or take the dependency out.",
    ),
    (
        "PT330",
        2,
        "Task 1 depends on “2”, which was removed.",
        "Name a task of the checklist, or take the dependency out.",
    ),
    (
        "PT331",
        0,
        "These tasks wait for each other: 1 → 3 → 2 → 1.",
        "Take one of these dependencies out, or split a task.",
    ),
    ("PT332", 0, "Task 1 depends on 2, which comes later, on line 3.", "Move 2 before it."),
    (
        "PT333",
        0,
        "Wave 1 names the task “4”, which is not in the checklist.",
        "Name a task of the checklist, or take it out of the graph.",
    ),
    ("PT333", 1, "The task 1 stands in wave 0 and in wave 1.", "Leave it in one of them."),
    ("PT333", 2, "Wave 0 waits for wave 7, which isn't there.", "Name a wave."),
    ("PT334", 0, "No wave of the graph names 3.", "Add them to the wave after the tasks that they depend on."),
    ("PT335", 0, "Task 2 is in wave 0 and depends on 1, which is in wave 0.", "Move 2 to a wave after 0."),
    ("PT335", 2, "Task 2 is in wave 0 and depends on 1, which is in wave 1.", "Move 2 to a wave after 1."),
    ("PT335", 3, "Task 2.1 is in wave 0 and depends on 1, which is in wave 0.", "Move 2.1 to a wave after 0."),
    ("PT336", 0, "“B” has no number.", "Give each the next free number of its parent, such as 2.3."),
    ("PT337", 0, "Task 1 is blocked without a reason.", "Write _Blocked: the reason_."),
    ("PT338", 0, "Task 2 covers no requirement.", "Write _Requirements: 1.1_ under it, or take the task out."),
    (
        "PT339",
        0,
        "Task 1 says “Stub” in “Stub the mailer”.",
        "Say what is left out and let people decide it, or do it all.",
    ),
    (
        "PT340",
        0,
        "Task 1 says “asyncpg”, and Task 2 says “requests.get”, which blocks.",
        "Use the asynchronous one in both places, or neither.",
    ),
    (
        "PT341",
        0,
        "Task 1 makes “src/services/book.py” before Task 2 makes “src/models/book.py”.",
        "Move “src/models/book.py” before it, or “src/services/book.py” after it.",
    ),
    ("PT501", 0, "Task 1 “Store books” has no verification.", "Say which check shows that it is done."),
    ("PT501", 2, "Task 1 “Store books” has no done statement.", "Say which check shows that it is done."),
    ("PT501", 3, "The feature “Fees” says no behaviour.", "Say what its test expects."),
    ("PT502", 0, "Task 1 “Look” is a checkpoint without what was built.", "Say it, so that a person can answer."),
    ("PT502", 1, "Task 1 “Look” is a checkpoint without how to verify it.", "Say it, so that a person can answer."),
    ("PT502", 2, "Task 1 “Which?” is a checkpoint without its question.", "Say it, so that a person can answer."),
    ("PT502", 3, "Task 1 is a checkpoint without two options.", "Say it, so that a person can answer."),
    ("PT502", 4, "Task 1 “Key” is a checkpoint without what to do.", "Say it, so that a person can answer."),
    (
        "PT503",
        0,
        "The plan says that it is autonomous, and Task 1 “Look” is a checkpoint.",
        "Write autonomous: false, or take the checkpoint out.",
    ),
    ("PT504", 0, "The tasks write “b.py”, and files_modified leaves that out.", "Add it to files_modified."),
    (
        "PT504",
        1,
        "files_modified names “b.py”, and no task writes that.",
        "Add it to the files of a task, or take it out.",
    ),
    ("PT505", 0, "No task speaks of the truth “Fees are visible”.", "Say in a task how it is verified."),
    (
        "PT506",
        0,
        "Task 1 “Store books” says “placeholder” in “Include placeholder for routers”.",
        "Say what is left out and let people decide it, or do it all.",
    ),
    (
        "PT507",
        0,
        "Task 2 “Store books” says “AsyncClient”, and Task 2 “Store books” says “TestClient”, which blocks.",
        "Use the asynchronous one in both places, or neither.",
    ),
    (
        "PT508",
        0,
        "Task 1 “Store books” makes “src/main.py” before Task 2 “Store books” makes “src/core/database.py”.",
        "Move “src/core/database.py” before it, or “src/main.py” after it.",
    ),
    (
        "PT521",
        0,
        "01-02 depends on 01-09, and phase 1 has no such plan.",
        "Name a plan that is there, or take the dependency out.",
    ),
    (
        "PT522",
        0,
        "These plans wait for each other: 01-01 → 01-02 → 01-01.",
        "Take one of these dependencies out, or split a plan.",
    ),
    ("PT523", 0, "01-02 is in wave 1 and depends on 01-01 of wave 1.", "Put it in wave 2 or later."),
    (
        "PT524",
        0,
        "01-02 is in wave 3, and its dependencies put it in wave 2.",
        "Put it in wave 2, or name what it waits for.",
    ),
    ("PT525", 0, "01-01 and 01-02 of wave 1 both modify “A.py”.", "Put 01-02 in a later wave."),
    ("PT526", 0, "“1/PLAN.md” and “0/PLAN.md” are both plan 01-01.", "Give the later one the next free number."),
    ("PT527", 0, "01-01 must have “b.py”, and no task makes that.", "Add it to the files of a task."),
    (
        "PT527",
        4,
        "A key link of 01-01 begins or ends at “b.py”, and no task makes that.",
        "Add it to the files of a task, or mend the link.",
    ),
    (
        "PT528",
        0,
        "01-01 makes “app/services/book.py” before 01-02 makes “app/models/book.py”.",
        "Let 01-01 depend on 01-02, in a later wave.",
    ),
    (
        "PT529",
        0,
        "01-01 makes “app/models/book.py”, and its phase makes no migration.",
        "Add a migration to the phase.",
    ),
    (
        "PT530",
        0,
        "01-01 makes “app/schemas/book.py”, and its phase makes no test.",
        "Add tests to the tasks that make the code.",
    ),
    (
        "PT531",
        0,
        "“app/models/book.py” is made in phase 1 and “app/schemas/book.py” in phase 2.",
        "Make both in one phase.",
    ),
]


def findings_of(rule: str, broken: Any) -> Sequence[Finding]:
    """Return what the rules find in whatever the rule is over."""
    if rule in test_task_plan.CASES:
        return check_task_plan(broken)
    if rule in test_checklist.CASES:
        return check_checklist(read_tasks(broken))
    return check_phase_plan(broken) if rule in test_phase_plan.CASES else check_phase_plans(broken)


@pytest.mark.parametrize(("rule", "case", "message", "next_step"), SENTENCES)
def test_a_rule_says_what_is_wrong_and_what_to_do(rule: str, case: int, message: str, next_step: str) -> None:
    finding = next(finding for finding in findings_of(rule, CASES[rule][case][0]) if finding.rule == rule)
    assert (finding.message, finding.next_step) == (message, next_step)


def test_every_rule_has_a_sentence() -> None:
    assert {rule for rule, *_ in SENTENCES} == set(CASES)
