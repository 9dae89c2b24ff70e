"""Entities without a task, and tasks about entities that aren't there, in checklists of any origin."""

from __future__ import annotations

import pytest

from bot.checks.lint import lint_documents
from bot.documents.formats import Format

FIELDS = "- id: int (pk)\n- created_at: datetime\n- updated_at: datetime\n"


def specs_of(*names: str) -> str:
    """Return entity_specs with entities of the names."""
    return "\n".join(f"ENTITY: {name}\nFIELDS:\n{FIELDS}" for name in names)


def said(specs: str, *tasks: str, plan: str = "") -> list[tuple[str, str]]:
    """Return what PT403 and PT404 find in specs beside checklists, each with its place."""
    files = {"s/entity_specs.txt": (Format.ENTITY_SPECS, specs)}
    files |= {f"s/{number}/tasks.md": (Format.TASKS, text) for number, text in enumerate(tasks)}
    files |= {"s/PLAN.md": (Format.PLAN, plan)} if plan else {}
    found = lint_documents(files)
    return [(str(each.place), each.message) for each in found if each.rule in {"PT403", "PT404"}]


def tasks_of(*titles: str) -> str:
    """Return a checklist with tasks of the titles; what follows a bar is a detail."""
    lines = (f"- [ ] {number}. {title}".replace("|", "\n  - ") for number, title in enumerate(titles, 1))
    return "\n".join(("# Implementation Plan", "", *lines, ""))


def test_a_folder_is_held_to_its_entities() -> None:
    tasks = tasks_of("Make it|Entity: Book", "Make that|Entity: Member")
    assert said(specs_of("Book", "Ghost"), tasks) == [
        ("s/entity_specs.txt:7:1", "No task is about Ghost."),
        ("s/0/tasks.md:5:1", "Task 2 is about “Member”, which is no entity of the specs."),
    ]


@pytest.mark.parametrize(
    "title",
    ["Make the Member model", "Make the `Member` entity", "Add a Member table", "Make it|**Entity:** `Member`",
     "Make both|Entities: Book, Member", "Member model"],
)  # fmt: skip
def test_a_task_about_no_entity_is_found(title: str) -> None:
    assert [message for _, message in said(specs_of("Book"), tasks_of("Book model", title))] == [
        "Task 2 is about “Member”, which is no entity of the specs."
    ]


@pytest.mark.parametrize(
    "title",
    ["Make the Base model", "Define model", "Data model", "Write SQLAlchemy models", "Add Pydantic schemas",
     "Add a NotFoundError", "Integration tests", "Make it|Entity: none", "Make it|Entity: LoanStatus", "User table",
     "Fill the books table", "Entity: Book"],
)  # fmt: skip
def test_other_words_are_no_entities(title: str) -> None:
    specs = f"{specs_of('Book')}\nENUM: LoanStatus\nVALUES: LENT, BACK\n"
    assert said(specs, tasks_of("Make the Book", title)) == []


@pytest.mark.parametrize(
    "title",
    ["Store order items", "Write `OrderItem`", "Add the items to it", "Create app/models/order_item.py",
     "Fill order_items", "Migrate all tables", "Do the remaining entities"],
)  # fmt: skip
def test_an_entity_is_built_in_whatever_words(title: str) -> None:
    specs = specs_of("Order", "OrderItem")
    assert said(specs, tasks_of("Make orders", title)) == []
    assert [message for _, message in said(specs, tasks_of("Make orders", "Log"))] == ["No task is about OrderItem."]


def test_an_entity_is_not_built_by_a_task_about_another_of_its_words() -> None:
    found = said(specs_of("Loan", "BookLoan"), tasks_of("Store loans"))
    assert [message for _, message in found] == ["No task is about BookLoan."]


def test_a_checklist_about_something_else_is_left_alone() -> None:
    assert said(specs_of("Book", "Ghost"), tasks_of("Move the docs", "Make the Member model|Entity: Member")) == []


def test_checklists_and_plans_of_one_service_build_its_entities_together() -> None:
    specs = specs_of("Book", "Ghost")
    assert said(specs, tasks_of("Keep books"), tasks_of("Keep ghosts")) == []
    plan = "<tasks>\n<task>\n<name>Keep ghosts</name>\n</task>\n</tasks>\n"
    assert said(specs, tasks_of("Keep books"), plan=plan) == []


def test_a_word_of_every_checklist_names_no_entity_by_itself() -> None:
    specs = specs_of("User", "Ghost")
    assert said(specs, tasks_of("Write the manual for users")) == []
    for title in ("Add the User model", "Log in|Entity: User"):
        assert [message for _, message in said(specs, tasks_of(title))] == ["No task is about Ghost."]


def test_of_several_specs_in_a_folder_nobody_knows_which_a_checklist_is_about() -> None:
    files = {f"s/{name}.specs.txt": (Format.ENTITY_SPECS, specs_of(name, "Ghost")) for name in ("Book", "Shop")}
    found = lint_documents({**files, "s/tasks.md": (Format.TASKS, tasks_of("Keep books"))})
    assert [each for each in found if each.rule in {"PT403", "PT404"}] == []
