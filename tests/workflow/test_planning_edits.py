"""Edits by hand of planning files: what is told of each, what is asked for, and what is no edit."""

from __future__ import annotations

import pytest

from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.requirements.requirements_writer import write_requirements
from bot.documents.tasks.task_plan import TaskState
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.planning.conversation import Proposal
from bot.workflow.documents import Documents, derive_documents
from bot.workflow.planning_edits import (
    ENTITY_SPECS,
    LONGEST_TOLD,
    MOST_TOLD,
    REQUIREMENTS,
    TASKS,
    PlanningEdit,
    planning_edit,
)
from tests.workflow.office import library

STATES = {"1.1": TaskState.DONE}
"""Of the tasks that were delivered, one is done here and the others are open."""
PROJECT_FILES, SETTINGS = "Project files, pinned dependencies and lock", "Settings and structured logging"
DELETION = "WHEN a client deletes a book, THE System SHALL remove it and answer 204."


@pytest.fixture(scope="module")
def delivered() -> Documents:
    """Return the documents of a delivered library."""
    proposal = Proposal(title="Office library", introduction="A library for an office.", specs=library("pages"))
    return derive_documents(proposal)[0]


@pytest.fixture
def files(delivered: Documents) -> dict[str, str]:
    """Return the planning files as they were delivered."""
    return {
        ENTITY_SPECS: write_entity_specs(delivered.specs),
        REQUIREMENTS: write_requirements(delivered.requirements),
        TASKS: write_task_plan(delivered.task_plan, STATES),
    }


def edited(delivered: Documents, files: dict[str, str]) -> PlanningEdit:
    """Return what people edited."""
    edit = planning_edit(delivered, STATES, files)
    assert edit is not None
    return edit


def with_change(files: dict[str, str], name: str, before: str, after: str) -> dict[str, str]:
    """Return the files with one place of one of them written otherwise."""
    assert before in files[name]
    return {**files, name: files[name].replace(before, after, 1)}


def test_what_was_delivered_and_other_looks_of_it_are_no_edit(delivered: Documents, files: dict[str, str]) -> None:
    assert planning_edit(delivered, STATES, files) is None
    looks = {name: text.replace("\n\n", "\n\n\n") for name, text in files.items()}
    assert looks != files
    assert planning_edit(delivered, STATES, looks) is None


def test_files_that_are_gone_are_told_and_ask_for_nothing(delivered: Documents, files: dict[str, str]) -> None:
    assert edited(delivered, {}) == PlanningEdit(
        told=("entity_specs.txt is gone", "requirements.md is gone", "tasks.md is gone"), asked=""
    )
    without = {name: text for name, text in files.items() if name != REQUIREMENTS}
    assert edited(delivered, without) == PlanningEdit(told=("requirements.md is gone",))


def test_a_field_is_told_and_asked_for_as_the_file_says_it(delivered: Documents, files: dict[str, str]) -> None:
    pages = "  - pages: Optional[int]"
    changed = with_change(files, ENTITY_SPECS, pages, f"{pages}\n  - shelf: Optional[int]")
    edit = edited(delivered, changed)
    assert edit.told == ("Entities: Book gains `shelf`: Optional[int]",)
    assert edit.asked == changed[ENTITY_SPECS].strip()


def test_entities_that_cant_be_read_are_told_by_line_and_ask_for_nothing(
    delivered: Documents, files: dict[str, str]
) -> None:
    edit = edited(delivered, with_change(files, ENTITY_SPECS, "title: str", "title str"))
    (told,) = edit.told
    assert told.startswith(
        "entity_specs.txt, line 6: The line “- title str (min 1, max 200)” of Book is no field. A field"
    )
    assert edit.asked == ""
    gone = edited(delivered, {**files, ENTITY_SPECS: "nothing here any more"})
    assert gone.asked == ""
    assert [sentence[:29] for sentence in gone.told] == [
        "entity_specs.txt, line 1: “no",
        "entity_specs.txt: There is no",
    ]
    odd = edited(delivered, with_change(files, ENTITY_SPECS, "pages: Opt", "sheets: Opt\n  - red\n  - pages: Opt"))
    assert odd.asked == "", "nothing is asked for while a line of it can't be read"


def test_criteria_that_are_new_other_and_gone_are_told_in_that_order(
    delivered: Documents, files: dict[str, str]
) -> None:
    first = "THE System SHALL store it and answer 201 with the stored book."
    changed = with_change(files, REQUIREMENTS, first, "THE System SHALL store it within a second.")
    deletion = next(line for line in files[REQUIREMENTS].splitlines() if line.endswith(DELETION))
    last = next(line for line in files[REQUIREMENTS].splitlines() if line.startswith("9. "))
    new = "WHEN a client asks for a poem, THE System SHALL answer 418."
    changed = with_change(changed, REQUIREMENTS, f"{deletion}\n", "")
    changed = with_change(changed, REQUIREMENTS, last, f"{last}\n77. {new}")

    edit = edited(delivered, changed)

    assert edit.told == (
        f"Criterion 1.77 is new: {new}",
        "Criterion 1.1 says now: WHEN a client sends a valid book, THE System SHALL store it within a second.",
        f"Criterion 1.8 is gone: {DELETION}",
    )
    assert new in edit.asked
    assert "store it within a second" in edit.asked
    assert DELETION not in edit.asked


def test_boxes_and_tasks_take_no_effect(delivered: Documents, files: dict[str, str]) -> None:
    def of_tasks(before: str, after: str) -> PlanningEdit:
        return edited(delivered, with_change(files, TASKS, before, after))

    ticked = of_tasks(f"- [ ] 1.2 {SETTINGS}", f"- [x] 1.2 {SETTINGS}")
    assert ticked == PlanningEdit(told=(f"Task 1.2 {SETTINGS}: ticked elsewhere, no evidence; it stays open",))
    opened = of_tasks(f"- [x] 1.1 {PROJECT_FILES}", f"- [ ] 1.1 {PROJECT_FILES}")
    assert opened.told == (f"Task 1.1 {PROJECT_FILES}: its box was opened by hand; its evidence stands",)
    renamed = of_tasks(f"1.2 {SETTINGS}", "1.2 Settings of my own")
    assert renamed.told == (
        "Task 1.2 says “Settings of my own”: tasks follow from entities and requirements, so it takes no effect",
    )
    written = of_tasks(f"- [x] 1.1 {PROJECT_FILES}", f"- [x] 1.99 Water the plants\n- [x] 1.1 {PROJECT_FILES}")
    assert written.told == (
        "Task 1.99 says “Water the plants”: tasks follow from entities and requirements, so it takes no effect",
    )
    assert [edit.asked for edit in (ticked, opened, renamed, written)] == ["", "", "", ""]


def test_tasks_that_are_gone_stay_in_the_plan(delivered: Documents, files: dict[str, str]) -> None:
    kept = {**files, TASKS: "\n".join(line for line in files[TASKS].splitlines() if " 1.2 " not in line)}
    assert edited(delivered, kept).told == ("Tasks 1.2 are gone from tasks.md: they stay in the plan",)


def test_edits_of_several_files_are_told_together_and_asked_for_apart(
    delivered: Documents, files: dict[str, str]
) -> None:
    changed = with_change(files, ENTITY_SPECS, "pages:", "sheets:")
    changed = with_change(changed, REQUIREMENTS, "answer 204.", "answer 200.")
    changed = with_change(changed, TASKS, f"- [ ] 1.2 {SETTINGS}", f"- [x] 1.2 {SETTINGS}")
    edit = edited(delivered, changed)
    assert [sentence.partition(" ")[0] for sentence in edit.told] == ["Entities:", "Entities:", "Criterion", "Task"]
    specs, _, requirements = edit.asked.partition("</entity_specs>\n\n")
    assert "sheets" in specs
    assert "answer 200." in requirements


def test_long_sentences_are_cut_and_what_is_too_much_is_counted(delivered: Documents, files: dict[str, str]) -> None:
    assert (MOST_TOLD, LONGEST_TOLD) == (12, 200)
    told = edited(delivered, {**files, TASKS: files[TASKS].replace("- [ ]", "- [x]")}).told
    assert len(told) == MOST_TOLD + 1
    assert told[-1] == "and 4 more", "twelve tasks that were open, and their four phases"

    words = "x" * LONGEST_TOLD
    (cut,) = edited(delivered, with_change(files, TASKS, SETTINGS, words)).told
    assert (len(cut), cut[-1]) == (LONGEST_TOLD, "…")
    assert cut.startswith("Task 1.2 says “xxx")


def test_one_edit_is_told_from_another_by_what_it_says_and_asks() -> None:
    edits = [
        PlanningEdit(told=("a", "b")),
        PlanningEdit(told=("ab",)),
        PlanningEdit(told=("a", "b"), asked="c"),
        PlanningEdit(told=("a",), asked="c"),
    ]
    assert len({edit.fingerprint for edit in edits}) == len(edits)
    assert PlanningEdit(told=("a", "b")).fingerprint == edits[0].fingerprint
