"""What gets lost on the way into a canonical form is said: each kind of loss with its line."""

from __future__ import annotations

import pytest

from bot.documents.conversion import canonical_form
from bot.documents.formats import Format


def lost(known: Format, text: str) -> tuple[str, ...]:
    """Return what a text's canonical form loses."""
    return canonical_form(known, text).lost


# ---------------------------------------------------------------------------------------------------------------- tasks

NO_PLACE = "stands beside the tasks, and a plan of ours has no place for it"
TASKS: list[tuple[str, tuple[str, ...]]] = [
    ("- [ ] 1. A\n  - Read it\n  - _Requirements: 1_\n  - Goal: Done\n  - [ ] 1.1 B\n", (
        "line 2: “Read it” has no place at phase 1.",
        "line 3: “_Requirements: 1_” has no place at phase 1.",
    )),
    ("# Tasks\n\nBefore.\n\n## Overview\n\nAll\nof it.\n\n- [ ] 1. A\n  - [ ] 1.1 B\n", (
        f"line 3: “Before.” {NO_PLACE}.",
        f"lines 7 to 8: “All of it.” {NO_PLACE}.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n\n## Crew\n\n- [ ] 1.2 C\n\n## Notes\n\n- Be quick\n", (
        f"line 4: the heading “Crew” {NO_PLACE}.",
        f"line 10: “- Be quick” {NO_PLACE}.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n    ```\n    two\n    lines\n    ```\n", (
        "line 3: the lines of “``` two lines ```” are joined: a task keeps each detail in one line.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n    - Read\n      - twice\n        * slowly\n    - Go\n      - _Depends: 1.2_\n", (
        "line 4: “twice” stands below “Read”, and becomes a detail beside it.",
        "line 5: “slowly” stands below “twice”, and becomes a detail beside it.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 B\x07\n    - Ring\x1b it\x00\n", (
        "line 2: “- [ ] 1.1 B” holds control characters (U+0007), which have no place.",
        "line 3: “- Ring it” holds control characters (U+001B, U+0000), which have no place.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 **B** `c`\n    - See [D](d.md)\n    - _Boundary: e_f_\n    - **Property 1: g**\n", ()),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n<!-- - [ ] 1.1 Old\n- [ ] 9. idea -->\n    - C\n", (
        "lines 3 to 4: “<!-- - [ ] 1.1 Old - [ ] 9. idea -->” stands in a comment, and tasks keep none.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 **B**\n    - \\**B**\n", (
        "“**B**” is written in two ways, and the first one holds.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n- [ ] 2. C\n  - [ ] 2.1 D\n", (
        "no task names what it waits for; phases are taken one after the other.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n- [ ] 2. C\n  - [ ] 2.1 D\n    - _Depends: 1.1_\n", ()),
    ("- [x] 1. A\n", ("line 1: 1 “A” has no sub-tasks; it is read as a phase with the one task 1.1.",)),
    ("- [ ] 1. A\n  - [ ] B\n", ("line 2: “B” has no number of its own; it is read as 1.1.",)),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n    - [ ] 1.1.1 C\n", (
        "line 3: 1.1.1 stands below a task, and becomes a task beside it.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n  - [ ] 1.1.1 C\n", ()),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n    - _Requirements: 1.1-1.3, 4_\n", (
        "line 2: the range “1.1-1.3” is written out: 1.1, 1.2, 1.3.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n    - _Requirements: see 4.2; 5_\n", (
        "line 2: the reference “see 4.2” is kept as a detail; it names 4.2.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n    - _Requirements: 5 (by day)_\n", (
        "line 2: the note “by day” of a reference is kept as a detail.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n    - _Requirements: All_\n    - _Boundary: app_\n    - _Blocked: paint_\n", ()),
    ("- [-] 1. A\n  - [~] 1.1 B\n", ("line 2: the mark “~” of “B” becomes [-], which every tool reads alike.",)),
    ("- [ ] 1. A\n  - [?] 1.1 B\n", (
        "line 2: The mark “?” of “B” is none of todo, doing and done. It is read as todo.",
    )),
    ("- [x] 1. A\n  - [ ] 1.1 B\n", ("line 1: the box of phase 1 says done, and follows from its tasks now: todo.",)),
    ("- [ ]* 1. A\n  - [ ] 1.1 B\n", ("line 1: phase 1 is marked as optional, and only tasks can be.",)),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n    - Written by: Mara\n    - Goal: Sing\n    - Files: `a.py`\n", (
        "line 3: “Written by: Mara” has no place at its task.",
        "line 4: “Goal: Sing” has no place at its task.",
    )),
    ("- [ ] 1. A\n  - Files: `a.py`\n  - Tasks: some\n  - [ ] 1.1 B\n", (
        "line 2: “Files: `a.py`” has no place at phase 1.",
        "line 3: “Tasks: some” has no place at phase 1.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n  - [ ] ~~C~~\n", ("the struck line “C” has no number, so nothing can keep it.",)),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n  - [] 1.2 C\n", ("line 3: “- [] 1.2 C” looks like a box, and is none.",)),
    ("- [ ] 2.1 B\n", ()),
    ("- [ ] 3b.1: A\n- [ ] 3b. B\n", (
        "line 1: 1 “A” has no sub-tasks; it is read as a phase with the one task 1.1.",
        "line 1: “3b.1 A” has no number of its own; it is read as 1.",
        "line 2: “3b B” has no number of its own; it is read as 2.",
    )),
    ("- [ ] 1. A\n  - [ ] 1.1 B\n  - ~~1.2 C~~\n  - [ ] 1.2 D\n", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentences"), TASKS)
def test_what_a_checklist_loses(text: str, sentences: tuple[str, ...]) -> None:
    assert lost(Format.TASKS, text) == sentences


GRAPHS: list[tuple[str, tuple[str, ...]]] = [
    ('{"waves": [{"id": 0, "tasks": ["1.1"]}, {"id": 1, "tasks": ["1.2"], "depends_on": [0]}]}', ()),
    ('[["1.1"], ["1.2"]]', ()),
    ('{"waves": [{"id": 1, "name": "ground", "tasks": ["1.1"]}]}', (
        "line 5: the name “ground” of wave 1 has no place.",
    )),
    ('{"waves": [{"id": 4, "tasks": ["1.1"], "depends_on": [2, 3]}]}', (
        "line 5: wave 4 names the waves that it waits for (2, 3); tasks do that in a plan.",
    )),
    ('{"waves": [{"id": 1, "tasks": ["1.1", "9.9", "1"]}]}', (
        "line 5: wave 1 lists “1”, and no task of the plan stands in it.",
        "line 5: wave 1 lists “9.9”, and no task of the plan stands in it.",
    )),
    ('{"waves": [{"id": 1, "tasks": ["1.1"]}, {"id": 2, "tasks": ["1.1"]}]}', (
        "line 5: wave 2 lists “1.1”, and no task of the plan stands in it.",
    )),
    ('{"made by": "Mara", "waves": [{"id": 1, "tasks": ["1.1"], "why": {"a": 1}}]}', (
        "line 5: “{\"made by\": \"Mara\"}” in the task dependency graph has no place.",
        "line 5: “{\"why\": {\"a\": 1}}” in the task dependency graph has no place.",
    )),
    ('Read this:\n\n```json\n[["1.1"]]\n```\n\nThat is all.', (
        "line 7: “Read this:” stands beside the waves.",
        "line 13: “That is all.” stands beside the waves.",
    )),
    ('[["1.1"]] that is all', ("line 7: “[[\"1.1\"]] that is all” stands beside the waves.",)),
    ("1.1 before 1.2", ("line 7: “1.1 before 1.2” lists no waves that can be read.",)),
]  # fmt: skip


@pytest.mark.parametrize(("graph", "sentences"), GRAPHS)
def test_what_waves_lose(graph: str, sentences: tuple[str, ...]) -> None:
    text = f"- [ ] 1. A\n  - [ ] 1.1 B\n  - [ ] 1.2 C\n\n## Task Dependency Graph\n\n{graph}\n"
    assert lost(Format.TASKS, text) == sentences


def test_a_long_paragraph_is_said_line_by_line() -> None:
    text = f"- [ ] 1. A\n  - [ ] 1.1 B\n\n## Notes\n\n{'long ' * 50}\n{'longer ' * 50}\n***\n"
    assert [sentence[:12] for sentence in lost(Format.TASKS, text)] == ["line 6: “lon", "line 7: “lon"]


# -------------------------------------------------------------------------------------------------------- PLAN, SUMMARY

PLAN_HEAD = "---\nphase: 01-a\n"
LONG = " ".join(f"word{number}" for number in range(40))
OPTION = """\
<tasks><task type="checkpoint:decision"><options>
<option id="a" cost="9"><name>A</name></option>
</options></task></tasks>
"""
PLANS: list[tuple[str, tuple[str, ...]]] = [
    (f"{PLAN_HEAD}# said Mara\nwave: 1 # the first\nnote: \"a # b\"\n---\n<objective>A</objective>\n", (
        "line 3: the comment “# said Mara” stands in the front matter, which keeps none.",
        "line 4: the comment “# the first” stands in the front matter, which keeps none.",
    )),
    (f"{PLAN_HEAD}---\n<objective>A</objective>\n<!-- later -->\n<context>\n<!-- kept -->\n</context>\n", (
        "line 5: “<!-- later -->” stands in a comment, and plans keep none between their tags.",
    )),
    (f"{PLAN_HEAD}---\n<objective importance=\"high\">A</objective>\n", (
        "line 4: The attributes of “<objective>” are kept in the file only.",
        "line 4: this belongs to it: “<objective importance=\"high\">A</objective>”.",
    )),
    (f"{PLAN_HEAD}broken: [a\n  b: c\nwave: 2\n---\n<objective>A</objective>\n", (
        "line 4: this belongs to it: “b: c”.",
        "line 4: The front matter can't be read at “broken: [a”: expected ',' or ']', but got ':'.",
    )),
    (f"{PLAN_HEAD}---\n<objective>A</objective>\n{LONG}\nlast line\n<output>B</output>\n", (
        f"line 5: this belongs to it: “{LONG}”.",
        f"line 5: “{LONG[:120].strip()}…” stands in no tag; it is kept in the file only.",
        "line 6: this belongs to it: “last line”.",
    )),
    (f"{PLAN_HEAD}---\n{OPTION}", ("line 5: the attributes “cost=\"9\"” of an option have no place.",)),
    (f"{PLAN_HEAD}must_haves:\n  truths:\n    - a: b\n  hopes: [c]\n---\n<objective>A</objective>\n", (
        "line 6: The key “hopes” is kept in the file only: “c”.",
    )),
    (f"{PLAN_HEAD}wave: [1]\n---\n<objective>A</objective>\n", ()),
    ("---\n---\n<objective>A</objective>\n", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentences"), PLANS)
def test_what_a_plan_loses(text: str, sentences: tuple[str, ...]) -> None:
    assert set(lost(Format.PLAN, text)) == set(sentences)


def test_text_can_not_pretend_to_be_kept() -> None:
    text = f"{PLAN_HEAD}---\n<objective>A</objective>\nThis is kept as a note.\n"
    assert lost(Format.PLAN, text) == (
        "line 5: “This is kept as a note.” stands in no tag; it is kept in the file only.",
    )


SUMMARY_HEAD = "---\nphase: 01-a\n---\n# A\n\n"
OUTLINED: list[tuple[Format, str, tuple[str, ...]]] = [
    (Format.SUMMARY, f"{SUMMARY_HEAD}**Warning:** Do not ship\n\n## Decisions\n\nNone.\n", (
        "line 6: the label “Warning” before the one line of what was done has no place.",
    )),
    (Format.SUMMARY, f"{SUMMARY_HEAD}It is done\n\n## Issues\n\nNone, but the roof leaks\n", (
        "line 10: “None, but the roof leaks” is read as nothing at all, and left out.",
    )),
    (Format.SUMMARY, f"{SUMMARY_HEAD}None of it is done\n", ()),
    (Format.SUMMARY, f"{SUMMARY_HEAD}It is\n\n## Deviations\n\nNone - plan executed exactly as written\n", ()),
    (Format.PROJECT, "# A\n\n## Requirements\n\n### Validated\n\n(None yet — ship to validate)\n", ()),
    (Format.STATE, "Phase: 1\n\n### Pending Todos\n\nNone yet.\n", ()),
    (Format.SUMMARY, f"{SUMMARY_HEAD}It is done\n\n## Deviations\n\n### By Mara\n\n- Red paint\n", (
        "line 10: the heading “By Mara” groups what stands below it.",
    )),
    (Format.ROADMAP, "- [ ] **Phase 1: A**\n\n### Phase 1: A (was B)\n\n**Goal** (by May): It runs\n", (
        "line 3: “(was B)” stands in the heading of a phase, and its name is shorter.",
        "line 5: the note “by May” stands between a label and its colon.",
    )),
    (Format.ROADMAP, "- [?] **Phase 1: A**\n", (
        "line 1: The mark “?” is none of todo, doing and done; it is read as todo.",
    )),
    (Format.ROADMAP, "- [ ] **Phase 1: A**\n- [?] **Phase 1: B**\n", ()),
    (Format.ROADMAP, "---\nbroken: [a\n---\n- [ ] **Phase 1: A**\n", ()),
    (Format.STATE, "Phase: 1\nPhase: 2\n\n## Parking lot\n\nBoats\n", ()),
    (Format.STATE, "Phase: 1\n\n## Blockers\n\nNothing that Mara could not mend\n", (
        "line 5: “Nothing that Mara could not mend” is read as nothing at all, and left out.",
    )),
    (Format.REQUIREMENTS_LIST, "- [ ] **A-1**: a\n- [ ] **A-1**: b\n", ()),
    (Format.PROJECT, "# Caf\udce9\n\n## What this is\n\nA caf\udce9\n", (
        "line 1: “# Caf” holds bytes that aren't UTF-8, which have no place.",
        "line 5: “A caf” holds bytes that aren't UTF-8, which have no place.",
    )),
    (Format.TASKS, "- [ ] 1.1 Caf\udce9\n", (
        "line 1: “- [ ] 1.1 Caf” holds bytes that aren't UTF-8, which have no place.",
    )),
]  # fmt: skip


@pytest.mark.parametrize(("known", "text", "sentences"), OUTLINED)
def test_what_an_outlined_document_loses(known: Format, text: str, sentences: tuple[str, ...]) -> None:
    assert lost(known, text) == sentences


# ---------------------------------------------------------------------------------------- entity_specs, requirements.md

OTHERS: list[tuple[Format, str, tuple[str, ...]]] = [
    (Format.ENTITY_SPECS, "Hello,\nyou\n\n<entity_specs>\nENTITY: A\nFIELDS:\n- a: str <!-- b -->\n</entity_specs>\n", (
        "lines 1 to 2: “Hello, you” stands in a comment or outside the block.",
        "line 7: “- a: str <!-- b -->” holds a comment, and entity_specs keep none.",
    )),
    (Format.ENTITY_SPECS, "ENTITY: A\nFIELDS:\n  - a: int (min 1) (min 2)\nINDEXES:\n  - a\n", (
        "line 3: A.a gives minimum twice; the last one, “2”, holds.",
        "line 3: this belongs to it: “- a: int (min 1) (min 2)”.",
        "line 4: “INDEXES: / - a” was not understood and nothing was made of it.",
    )),
    (Format.ENTITY_SPECS, "ENTITY:\nFIELDS:\n  - a: int\n", ()),
    (Format.REQUIREMENTS, "### Requirement 1\n#### Acceptance Criteria\n1. THE A SHALL b\n3.4 THE A SHALL c\n", (
        "line 4: The number 3.4 stands under requirement 1; “THE A SHALL c” is read as 1.4.",
    )),
    (Format.REQUIREMENTS, f"### Requirement 1: A\n\n{LONG}\nlast\n", (
        f"line 3: this belongs to it: “{LONG}”.",
        f"line 3: “{LONG[:120].strip()}…” (lines 3 to 4) was not understood and nothing was made of it.",
        "line 4: this belongs to it: “last”.",
    )),
]  # fmt: skip


@pytest.mark.parametrize(("known", "text", "sentences"), OTHERS)
def test_what_other_documents_lose(known: Format, text: str, sentences: tuple[str, ...]) -> None:
    assert lost(known, text) == sentences
