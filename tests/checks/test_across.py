"""Every rule across the documents of a plan, with documents that break it and ones that don't."""

from __future__ import annotations

from typing import Any

import pytest

from bot.checks import all_rules, check_plan
from bot.checks.across import COVERAGE_RULES, Coverage
from bot.checks.field_names import (
    NAMING_RULES,
    Passage,
    SharedNames,
    is_field_name,
    is_near,
    passages_of_requirements,
    passages_of_task,
)
from bot.documents.entities.entity_specs import EntityField, EntitySpecs, FieldType
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Finding, Severity
from bot.documents.requirements.requirements import AcceptanceCriterion, Requirement, Requirements, Term
from bot.documents.tasks.checklist_reader import read_tasks
from bot.documents.tasks.task_plan import TaskPlan
from bot.generation.blueprint import load_blueprint
from bot.generation.derivation import derive_requirements, derive_task_plan
from tests.checks.test_task_plan import plan, task
from tests.generation.samples import LEND, everything, library

TIMES = "- created_at: datetime\n- updated_at: datetime\n"
SPECS = read_entity_specs(
    f"ENTITY: Book\nFIELDS:\n- id: int (pk)\n- title: str\n- due_on: date\n- status: Mood\n{TIMES}"
    "\nENUM: Mood\nVALUES: Open, Closed\n"
).specs
CRITERION = "WHEN a book is sent, THE System SHALL store it."


def said(*texts: str, title: str = "Books", story: str = "As a member, I want books.") -> Requirements:
    """Return requirements with one requirement that holds the criteria."""
    criteria = tuple(
        AcceptanceCriterion(number=f"1.{number}", text=text) for number, text in enumerate(texts or (CRITERION,), 1)
    )
    requirement = Requirement(number=1, title=title, user_story=story, criteria=criteria)
    return Requirements(title="Library", introduction="", requirements=(requirement,))


SOUND = (said(), plan(task("1.1")))
Case = tuple[Requirements, TaskPlan]


def asks(text: str) -> Case:
    """Return a plan whose one criterion says a text."""
    return said(f"THE System SHALL keep {text}."), plan(task("1.1"))


def does(text: str, **given: Any) -> Case:
    """Return a plan whose one task has a detail."""
    return said(), plan(task("1.1", details=(text,), **given))


CASES: dict[str, list[tuple[Case, Case]]] = {
    "PT401": [
        ((said(), plan(task("1.1", requirements=()))), SOUND),
        ((said(), plan(task("1.1", requirements=("2",)))), (said(), plan(task("1.1", requirements=("1",))))),
    ],
    "PT402": [
        ((said(), plan(task("1.1", requirements=("1.1", "1.2")))), SOUND),
        (
            (said(), plan(task("1.1", requirements=("1.1", "2")))),
            (said(), plan(task("1.1", requirements=("1.1", "AUTH-01")))),
        ),
    ],
    "PT403": [((said(), plan(task("1.1", entity=""))), SOUND)],
    "PT404": [
        (
            (said(), plan(task("1.1"), task("1.2", entity="Ghost"))),
            (said(), plan(task("1.1"), task("1.2", entity=""))),
        )
    ],
    "PT405": [
        (asks("the `due_date`"), asks("the `due_on`")),
        (asks("the `Book.due_date`"), asks("the `Loan.due_date` of it")),
        (asks("the `Book.dueon`"), asks("the `Book.due_on`")),
        (asks("the `book.dueon`"), asks("the `book.due_on` and `Book.id`")),
        (asks("the `books.due_date`"), asks("the `loans.due_date`, and say `book.created`")),
        (asks("the `sta_tus`"), asks("the `status`")),
        (asks("the `dueOn`"), asks("the due date")),
        (asks("the `titel`"), asks("the `titles`")),
        (asks("the `created`"), asks("the `created_at`, `status`, `books` and `open`")),
        (does("Sort by `due_day`"), does("Sort by `days_due` and `day`")),
        (does("Filter by `state`"), does("Filter by `status_code` in `app/due_date.py`")),
        ((said(title="The `due_date`"), plan(task("1.1"))), SOUND),
        ((said(story="As a member, I want `due_date`."), plan(task("1.1"))), SOUND),
        ((said(), plan(task("1.1", done="`due_date` is there."))), SOUND),
        ((said(), plan(task("1.1", title="Make `due_date`"))), SOUND),
        (asks("`a b` and `due_date`"), asks("`a b` and `due_on`")),
    ],
    "PT406": [
        (asks("each `Loan`"), asks("each `Book`, `Books`, `Mood` and `Open`")),
        (asks("the `Loan.due_on`"), asks("the `Book.due_on`")),
        (asks("each `LibraryCard`"), asks("each `BookRead`, `NotFoundError`, `Redis`, `FastAPI` and `HTTP`")),
        ((said(title="The `Loan`"), plan(task("1.1"))), does("Write the `Loan`")),
        (
            (said("THE `LoanDesk` SHALL keep each `LoanDesk`."), plan(task("1.1"))),
            (said("THE `LoanDesk` SHALL keep each `SqlAlchemy`."), plan(task("1.1"))),
        ),
        (
            (said("THE `Bookk` entity SHALL be kept."), plan(task("1.1"))),
            (said("THE `Book` entity SHALL be kept."), plan(task("1.1"))),
        ),
        ((said("THE `Bookk` SHALL be kept."), plan(task("1.1"))), (said("THE `Desk` SHALL keep."), plan(task("1.1")))),
        ((said("THE `Loan` entity SHALL be kept."), plan(task("1.1"))), SOUND),
        ((said("WHEN a book is lent, THE `Bok.due_on` SHALL be set."), plan(task("1.1"))), SOUND),
        (asks("each `Bok`"), (said("THE `LoanDesk` SHALL keep each `Book`."), plan(task("1.1")))),
    ],
}


def findings(case: Case) -> tuple[Finding, ...]:
    """Return what is found in a plan beside its entities."""
    return check_plan(SPECS, *case)


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.id for rule in all_rules() if "PT400" < rule.id < "PT420"}


@pytest.mark.parametrize(("rule", "broken", "sound"), [(rule, *pair) for rule in CASES for pair in CASES[rule]])
def test_a_rule_finds_what_breaks_it_and_only_that(rule: str, broken: Case, sound: Case) -> None:
    assert rule in {finding.rule for finding in findings(broken)}
    assert rule not in {finding.rule for finding in findings(sound)}


def test_a_sound_plan_has_no_findings() -> None:
    assert findings(SOUND) == ()


@pytest.mark.parametrize("specs", [library(), everything()], ids=["library", "everything"])
def test_what_we_derive_has_no_findings_across_documents(specs: EntitySpecs) -> None:
    requirements = derive_requirements("Library", "Books.", specs, (LEND,), ())
    task_plan = derive_task_plan("Library", specs, requirements, (LEND,), load_blueprint(), ("docker",))
    found = check_plan(specs, requirements, task_plan)
    assert [finding for finding in found if finding.rule.startswith(("PT1", "PT4", "PT6"))] == []


@pytest.mark.parametrize(
    ("case", "rule", "message", "step"),
    [
        (
            (said(), plan(task("1.1", requirements=()))),
            "PT401",
            "No task covers 1.1 “WHEN a book is sent, THE System SHALL store it.”.",
            "Add it to the task that builds it, or add a task.",
        ),
        (
            (said(), plan(task("1.1", requirements=("1.1", "1.2")))),
            "PT402",
            "Task 1.1 names the criterion “1.2”, which does not exist.",
            "Name a criterion of the requirements, or take it out.",
        ),
        ((said(), plan(task("1.1", entity=""))), "PT403", "No task is about Book.", "Derive the task plan again."),
        (
            (said(), plan(task("1.1"), task("1.2", entity="Ghost"))),
            "PT404",
            "Task 1.2 is about “Ghost”, which is no entity of the plan.",
            "Derive the task plan again.",
        ),
        (
            asks("the `due_date`"),
            "PT405",
            "1.1 says `due_date`, and Book calls it `due_on`.",
            "Write `due_on`, or rename the field.",
        ),
        (
            asks("each `Loan`"),
            "PT406",
            "1.1 is about `Loan`, which is no entity.",
            "Add the entity, or name the one you mean.",
        ),
        (asks("each `Bok`"), "PT406", "1.1 is about `Bok`, which is no entity.", "Write `Book`, if you mean that."),
    ],
)
def test_a_finding_says_what_is_wrong_and_what_to_do(case: Case, rule: str, message: str, step: str) -> None:
    (finding,) = [finding for finding in findings(case) if finding.rule == rule]
    assert (finding.message, finding.next_step) == (message, step)
    assert finding.severity is (Severity.WARNING if rule in {"PT405", "PT406"} else Severity.ERROR)


def test_words_of_the_glossary_are_no_missing_entities() -> None:
    requirements, task_plan = asks("each `LibraryCard`")
    terms = (Term(word="Library card", meaning="A card."),)
    assert findings((requirements.model_copy(update={"glossary": terms}), task_plan)) == ()


def test_packages_that_tasks_name_are_judged() -> None:
    task_plan = plan(
        task("1.1", details=("Packages: python-redis, fastapi", "Run `poetry add redis`")),
        task("1.2", details=("Packages: redis",)),
    )
    (finding,) = findings((said(), task_plan))
    assert (finding.rule, finding.place.file) == ("PT601", "tasks.md")


def field(name: str, kind: str = "str") -> EntityField:
    """Return a field."""
    return EntityField(name=name, type=FieldType(name=kind))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("due_date", field("due_on", "date")),
        ("due", field("due_on", "date")),
        ("due_date", field("due", "date")),
        ("lent_time", field("lent_at", "datetime")),
        ("opens_on", field("opens_at", "time")),
        ("mail_address", field("email_addr")),
        ("qty", field("quantity", "int")),
        ("is_lent", field("lent", "bool")),
        ("phone_no", field("phone_number")),
        ("desc", field("description")),
        ("tilte", field("title")),
        ("due_onn", field("due_on", "date")),
        ("on_due", field("due_on", "date")),
        ("has_mail", field("mail", "bool")),
        ("the_title", field("title")),
    ],
)
def test_another_form_of_a_name_is_near(name: str, meant: EntityField) -> None:
    assert is_near(name, meant)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("order_date", field("order", "int")),
        ("author", field("author_id", "int")),
        ("author_name", field("author_id", "int")),
        ("line_1", field("line_2")),
        ("line1", field("line2")),
        ("titles", field("title")),
        ("title", field("titles")),
        ("name", field("game")),
        ("name", field("aname")),
        ("order", field("order_date", "int")),
        ("date", field("time", "time")),
        ("id", field("key", "int")),
        ("is_id", field("number", "int")),
        ("title", field("name")),
        ("size", field("page", "int")),
    ],
)
def test_another_name_is_not_near(name: str, other: EntityField) -> None:
    assert not is_near(name, other)


@pytest.mark.parametrize("name", ["due_on", "dueOn", "ab", "x1", "aB"])
def test_a_word_in_small_letters_or_camel_case_may_name_a_field(name: str) -> None:
    assert is_field_name(name)


@pytest.mark.parametrize("name", ["", "a", "DueOn", "Ab", "due-on", "due on", "straße", "1a", "_x", "__", "due()"])
def test_other_code_names_no_field(name: str) -> None:
    assert not is_field_name(name)


def test_a_value_of_an_enum_is_no_other_name_of_a_field() -> None:
    fields = f"- id: int (pk)\n- due_on: date\n- mood: Mood\n{TIMES}"
    for value, found in (("Due", []), ("Late", ["PT405"])):
        specs = read_entity_specs(f"ENTITY: Loan\nFIELDS:\n{fields}\nENUM: Mood\nVALUES: {value}, Past\n").specs
        passages = (Passage("1.1", "`due`"),)
        assert [finding.rule for finding in NAMING_RULES.check(SharedNames(specs, passages))] == found


def test_passages_say_whose_they_are() -> None:
    assert list(passages_of_requirements(said("THE System SHALL a."))) == [
        Passage("1", "Books\nAs a member, I want books.", is_requirement=True),
        Passage("1.1", "THE System SHALL a.", is_requirement=True),
    ]
    assert list(passages_of_task(task("1.1", details=("A",)))) == [
        Passage("1.1", "Make 1.1\nA\nIt works.", entity="Book")
    ]


def test_a_name_that_could_mean_two_fields_is_left_alone() -> None:
    specs = read_entity_specs(
        f"ENTITY: Shift\nFIELDS:\n- id: int (pk)\n- start_on: date\n- start_at: datetime\n{TIMES}"
    ).specs
    assert NAMING_RULES.check(SharedNames(specs, (Passage("1.1", "`start_day`"),))) == ()


def test_a_task_is_held_to_the_fields_of_its_own_entity() -> None:
    specs = read_entity_specs(
        f"ENTITY: Shift\nFIELDS:\n- id: int (pk)\n- due_on: date\n{TIMES}"
        f"\nENTITY: Meal\nFIELDS:\n- id: int (pk)\n- due_at: datetime\n{TIMES}"
    ).specs
    passages = (
        Passage("1.1", "`due_date`", entity="Shift"),
        Passage("1.2", "`due_date`", entity="Meal"),
        Passage("1.3", "`due_at`", entity="Shift"),
        Passage("1.4", "`due_date`", entity="Ghost"),
        Passage("1.5", "`Meal.due_date`", entity="Shift"),
    )
    assert [finding.message for finding in NAMING_RULES.check(SharedNames(specs, passages))] == [
        "Task 1.1 says `due_date`, and Shift calls it `due_on`.",
        "Task 1.2 says `due_date`, and Meal calls it `due_at`.",
        "Task 1.5 says `Meal.due_date`, and Meal calls it `due_at`.",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("`a` and `b c` and ` a `", ("a", "b c")),
        ("`a` and `b", ("a",)),
        ("`", ()),
        ("", ()),
        ("`a``b`", ("a", "b")),
    ],
)
def test_code_stands_between_ticks(text: str, code: tuple[str, ...]) -> None:
    assert Passage("1", text).code == code


THREE = said("THE System SHALL a.", "THE System SHALL b.", "THE System SHALL c.")


@pytest.mark.parametrize(
    ("references", "found"),
    [
        ("_Requirements: 1.1, 1.2, 1.3_", []),
        ("_Requirements: 1.1-1.3_", []),
        ("_Requirements: 1_", []),
        ("_Requirements: All_", []),
        ("_Requirements: what 1.1, 1.2 and 1.3 say_", []),
        ("_Requirements: 1.1_", ["PT401", "PT401"]),
        ("_Requirements: 1.1-1.4_", ["PT402"]),
        ("_Requirements: 1, 7.7_", ["PT402"]),
        ("_Requirements: 1, see 7.7 of the old list_", []),
        ("_Requirements: 1, AUTH-01_", []),
        ("**Validates: Requirements 1.1, 1.2, 1.3**", []),
        ("nothing", ["PT401", "PT401", "PT401"]),
    ],
)
def test_references_of_a_checklist_cover_in_every_form(references: str, found: list[str]) -> None:
    reading = read_tasks(f"# Implementation Plan\n\n- [ ] 1. Build it\n  - {references}\n", "tasks.md")
    coverage = Coverage.of_checklist(reading.checklist, THREE)
    assert [finding.rule for finding in COVERAGE_RULES.check(coverage)] == found


def test_what_a_name_stands_in_is_called_as_people_call_it() -> None:
    passages = (Passage("3", "", is_requirement=True), Passage("3.1", "", is_requirement=True), Passage("3", ""))
    assert [passage.name for passage in (*passages, Passage("", ""))] == ["Requirement 3", "3.1", "Task 3", "A task"]
