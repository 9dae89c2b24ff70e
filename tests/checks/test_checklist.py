"""Every rule over checklists, with a text that breaks it and one that doesn't."""

from __future__ import annotations

import pytest

from bot.checks.checklist import CHECKLIST_RULES, check_checklist
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.findings import Finding
from bot.documents.tasks.checklist_reader import read_tasks
from bot.documents.tasks.task_plan_writer import write_task_plan
from tests.generation.samples import LEND, build_inputs, everything, library

GRAPH = "\n## Task Dependency Graph\n\n"


def graph(waves: str) -> str:
    """Return a checklist of three tasks with a dependency graph."""
    return f"- [ ] 1. Models\n- [ ] 2. Services\n  - _Depends: 1_\n- [ ] 3. Routes\n{GRAPH}{waves}\n"


def nested(waves: str) -> str:
    """Return a checklist whose second parent waits for the first, with a dependency graph."""
    return f"- [ ] 1. A\n  - [ ] 1.1 B\n- [ ] 2. C\n  - _Depends: 1_\n  - [ ] 2.1 D\n{GRAPH}{waves}\n"


SOUND = graph('{"waves": [{"id": 0, "tasks": ["1"]}, {"id": 1, "tasks": ["2", "3"], "depends_on": [0]}]}')
CASES: dict[str, list[tuple[str, str]]] = {
    "PT330": [
        ("- [ ] 1. A\n  - _Depends: 9_\n", "- [ ] 1. A\n- [ ] 2. B\n  - _Depends: 1_\n"),
        ("- [ ] 1. A\n  - _Depends: 3.12_\n", "- [ ] 1. A\n  - _Depends: Python 3.12 on the server_\n"),
        ("- [ ] 1. A\n  - _Depends: 2_\n- ~~2 B~~\n", "- [ ] 2. B\n- [ ] 1. A\n  - _Depends: 2_\n"),
    ],
    "PT331": [
        (
            "- [ ] 1. A\n  - _Depends: 3_\n- [ ] 2. B\n  - _Depends: 1_\n- [ ] 3. C\n  - _Depends: 2_\n",
            "- [ ] 1. A\n- [ ] 2. B\n  - _Depends: 1_\n- [ ] 3. C\n  - _Depends: 1, 2_\n",
        ),
        (
            "- [ ] 1. A\n  - [ ] 1.1 B\n    - _Depends: 1_\n",
            "- [ ] 1. A\n  - _Depends: 1.1_\n  - [ ] 1.1 B\n",
        ),
    ],
    "PT332": [
        ("- [ ] 1. A\n  - _Depends: 2_\n- [ ] 2. B\n", "- [ ] 2. B\n- [ ] 1. A\n  - _Depends: 2_\n"),
    ],
    "PT333": [
        (graph('[["1"], ["2", "3", "4"]]'), SOUND),
        (graph('[["1"], ["2", "3", "1"]]'), graph('[["1"], ["2", "3"]]')),
        (graph('{"waves": [{"id": 0, "tasks": ["1", "2", "3"], "depends_on": [7]}]}'), SOUND),
    ],
    "PT334": [
        (graph('[["1"], ["2"]]'), SOUND),
        (
            "- [ ] 1. A\n  - [ ] 1.1 B\n- [ ] 2. C\n\n## Task Dependency Graph\n\n[[2]]\n",
            "- [ ] 1. A\n  - [ ] 1.1 B\n- [x] 2. C\n- [ ]* 3. D\n- [ ] E\n\n## Task Dependency Graph\n\n[[1]]\n",
        ),
    ],
    "PT335": [
        (graph('[["1", "2", "3"]]'), SOUND),
        (graph('[["2", "3"], ["1"]]'), graph('[["1"], ["3"], ["2"]]')),
        (
            graph('{"waves": [{"id": 0, "tasks": ["2", "3"]}, {"id": 1, "tasks": ["1"]}]}'),
            graph('{"waves": [{"id": 1, "tasks": ["2", "3"]}, {"id": 0, "tasks": ["1"]}]}'),
        ),
        (nested('[["1.1", "2.1"]]'), nested('[["1.1"], ["2.1"]]')),
        (
            graph('{"waves": [{"id": 2, "tasks": ["2"]}, {"id": 1, "tasks": ["1"]}, {"id": 1, "tasks": ["3"]}]}'),
            graph('{"waves": [{"id": 2, "tasks": ["1"]}, {"id": 1, "tasks": ["2"]}, {"id": 1, "tasks": ["3"]}]}'),
        ),
        (
            f'- [ ] 1. A\n  - [ ] 1.1 B\n- [ ] 2. C\n  - _Depends: 1.1_\n{GRAPH}[["1.1", "2"]]\n',
            f'- [ ] 1. A\n  - [ ] 1.1 B\n    - _Depends: 1_\n{GRAPH}[["1.1"]]\n',
        ),
    ],
    "PT336": [("- [ ] 1. A\n- [ ] B\n", "## 1. A\n- [ ] 1.1 B\n")],
    "PT337": [
        ("- [ ] 1. A\n  - _Blocked: TBD_\n", "- [ ] 1. A\n  - _Blocked: the mail account is missing_\n"),
        ("- [ ] 1. A\n  - **Blocked**\n", "- [ ] 1. A\n  - Unblocked\n"),
    ],
    "PT338": [
        (
            "- [ ] 1. A\n  - _Requirements: 1.1_\n- [ ] 2. B\n",
            "- [ ] 1. A\n  - _Requirements: 1.1_\n- [ ] 2. B\n  - _Requirements: All_\n",
        ),
        (
            "- [ ] 1. A\n  - _Requirements: 1.1_\n- [ ] 2. B\n  - [ ] 2.1 C\n",
            "- [ ] 1. A\n  - _Requirements: 1.1_\n  - [ ] 1.1 B\n- [ ]* 2. C\n- [ ] 3. Checkpoint: run all tests\n",
        ),
        (
            "- [ ] 1. A\n  - **Validates: Requirements 2.5**\n- [ ] 2. B\n",
            "- [ ] 1. A\n- [ ] 2. B\n",
        ),
    ],
    "PT339": [
        ("- [ ] 1. Stub the mailer\n", "- [ ] 1. Send mail\n  - Print `TODO`\n"),
        ("- [ ] 1. A\n  - Keep it in a list for now\n", "- [ ] 1. A\n  - Test with mocked dependencies\n"),
    ],
    "PT340": [
        (
            "- [ ] 1. A\n  - Use asyncpg\n- [ ] 2. B\n  - Call requests.get(url)\n",
            "- [ ] 1. A\n  - Use asyncpg\n- [ ] 2. B\n  - Ask with httpx\n",
        )
    ],
    "PT341": [
        (
            "- [ ] 1. A\n  - Create `src/services/book.py`\n- [ ] 2. B\n  - Create `src/models/book.py`\n",
            "- [ ] 1. A\n  - Read `src/services/book.py`\n- [ ] 2. B\n  - Create `src/models/book.py`\n",
        ),
        (
            "- [ ] 1. A\n  - Write the file `src/services/book.py`\n- [ ] 2. B\n  - Add a `src/models/book.py`\n",
            "- [ ] 1. A\n  - Open the file `src/services/book.py`\n- [ ] 2. B\n  - Add a `src/models/book.py`\n",
        ),
        (
            "- [ ] 1. A\n  - Files: app/api/endpoints/books.py\n- [ ] 2. B\n  - **Files:** app/schemas/book.py\n",
            "- [ ] 1. A\n  - Files: app/main.py\n- [ ] 2. B\n  - Files: app/schemas/book.py\n",
        ),
    ],
}


def found(text: str) -> list[Finding]:
    """Return what the rules find in a text."""
    return list(check_checklist(read_tasks(text, "a.md")))


def messages(text: str, rule: str) -> list[str]:
    """Return what one rule says of a text."""
    return [finding.message for finding in found(text) if finding.rule == rule]


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.id for rule, _ in CHECKLIST_RULES.checks}


@pytest.mark.parametrize(("rule", "broken", "sound"), [(rule, *pair) for rule in CASES for pair in CASES[rule]])
def test_a_rule_finds_what_breaks_it_and_nothing_else(rule: str, broken: str, sound: str) -> None:
    assert messages(broken, rule)
    assert not messages(sound, rule)


@pytest.mark.parametrize("specs", [library(), everything()], ids=["library", "everything"])
def test_derived_checklists_break_no_rule(specs: EntitySpecs) -> None:
    assert found(write_task_plan(build_inputs(specs, custom=(LEND,)).task_plan)) == []


def test_a_finding_stands_on_the_line_of_its_task() -> None:
    (finding,) = found("# Tasks\n\n- [ ] 1. A\n- [ ] 1. B\n  - _Depends: 9_\n")
    assert str(finding.place) == "a.md:4:1"


def test_a_circle_is_told_with_its_path() -> None:
    text = "- [ ] 1. A\n  - _Depends: 2_\n- [ ] 2. B\n  - _Depends: 1_\n"
    (finding,) = [finding for finding in found(text) if finding.rule == "PT331"]
    assert finding.message == "These tasks wait for each other: 1 → 2 → 1."
    assert finding.place.line == 1


def test_what_many_tasks_lack_is_one_finding() -> None:
    text = "- [ ] 1. A\n  - _Requirements: 1_\n" + "".join(f"- [ ] {number}. B\n" for number in range(2, 10))
    assert messages(text, "PT338") == ["These tasks cover no requirement: 2, 3, 4, 5, 6 and 3 more."]
    assert messages(text.partition("- [ ] 7.")[0], "PT338") == ["These tasks cover no requirement: 2, 3, 4, 5, 6."]
    assert messages(text.partition("- [ ] 8.")[0], "PT338") == [
        "These tasks cover no requirement: 2, 3, 4, 5, 6 and 1 more."
    ]
    assert messages(text.partition("- [ ] 4.")[0], "PT338") == ["These tasks cover no requirement: 2, 3."]
    assert messages(text.partition("- [ ] 3.")[0], "PT338") == ["Task 2 covers no requirement."]
    assert messages("- [ ] A\n- [ ] B\n", "PT336") == ["2 boxes have no number, “A” first."]


def test_a_box_without_a_number_is_called_by_its_title() -> None:
    text = "- [ ] 1. A\n  - _Requirements: 1_\n- [ ] Mail\n- [ ] Send\n  - _Blocked: TBD_\n  - A stub, for now\n"
    assert messages(text, "PT337") == ["“Send” is blocked without a reason."]
    assert messages(text, "PT338") == ["These tasks cover no requirement: “Mail”, “Send”."]
    assert messages(text, "PT339") == ["“Send” says “stub”, “for now” in “A stub, for now”."]


def test_the_wave_of_a_sub_task_counts_for_its_parent() -> None:
    text = (
        "- [ ] 1. A\n  - [ ] 1.1 B\n  - [ ] 1.2 C\n- [ ] 2. D\n  - _Depends: 1_\n"
        '\n## Task Dependency Graph\n\n[["1.1"], ["2"], ["1.2"]]\n'
    )
    assert messages(text, "PT335") == ["Task 2 is in wave 1 and depends on 1, which is in wave 2."]


def test_a_sound_checklist_has_no_findings() -> None:
    assert found(SOUND) == []
    assert found("") == []


GRAPH = """# Implementation Plan

- [ ] 1. First
- [ ] 2. Say "1"

## Task Dependency Graph

```json
{"waves": [
  {"id": 1, "tasks": ["1"]},
  {"id": 2, "tasks": ["9", "1"], "depends_on": [7]},
  {"id": 3, "tasks": ["9"]}
]}
```
"""


def test_what_is_wrong_in_the_dependency_graph_stands_at_its_line() -> None:
    found = check_checklist(read_tasks(GRAPH, "a.md"), GRAPH)
    assert [(finding.place.line, finding.message) for finding in found if finding.rule == "PT333"] == [
        (11, "Wave 2 names the task “9”, which is not in the checklist."),
        (11, "The task 1 stands in wave 1 and in wave 2."),
        (9, "Wave 2 waits for wave 7, which isn't there."),
        (12, "Wave 3 names the task “9”, which is not in the checklist."),
    ]


def test_numbers_that_the_graph_writes_without_quotes_are_found_where_it_begins() -> None:
    text = GRAPH.replace('"9"', "9")
    found = check_checklist(read_tasks(text, "a.md"), text)
    assert [finding.place.line for finding in found if "“9”" in finding.message] == [9, 9]


def test_tasks_without_requirements_are_told_in_the_singular_and_plural() -> None:
    one = "- [ ] 1. A\n  - _Requirements: 1.1_\n- [ ] 2. B\n"
    for text, step in (
        (one, "under it, or take the task out."),
        (f"{one}- [ ] 3. C\n", "under each, or take the tasks out."),
    ):
        (finding,) = [each for each in check_checklist(read_tasks(text)) if each.rule == "PT338"]
        assert finding.next_step == f"Write _Requirements: 1.1_ {step}"
