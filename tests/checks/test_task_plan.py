"""Every rule over task plans, with a plan that breaks it and one that doesn't."""

from __future__ import annotations

from typing import Any

import pytest

from bot.checks import check_plan, check_task_plan
from bot.checks.task_plan import ROUTER, TASK_PLAN_RULES
from bot.documents.entities.entity_specs import Cardinality, EntitySpecs, Relation
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Place, Severity, has_errors
from bot.documents.requirements.requirements import AcceptanceCriterion, Requirement, Requirements
from bot.documents.tasks.task_plan import Artifact, KeyLink, MustHaves, Phase, Task, TaskKind, TaskPlan
from bot.documents.text.numbering import Removed
from bot.generation.custom import CustomBehaviour
from tests.generation.samples import LEND, build_inputs, everything, library

SPECS = read_entity_specs(
    "ENTITY: Book\nFIELDS:\n- id: int (pk)\n- title: str\n- created_at: datetime\n- updated_at: datetime\n"
).specs
CRITERION = AcceptanceCriterion(number="1.1", text="WHEN a book is sent, THE System SHALL store it.")
REQUIREMENTS = Requirements(
    title="Library",
    introduction="",
    requirements=(
        Requirement(number=1, title="Books", user_story="As a member, I want books.", criteria=(CRITERION,)),
    ),
)


def task(number: str, **given: Any) -> Task:
    """Return a sound task that covers 1.1 and is about Book, changed as given."""
    sound: dict[str, Any] = {
        "number": number,
        "title": f"Make {number}",
        "files": (f"app/{number}.py",),
        "requirements": ("1.1",),
        "verification": ("pytest",),
        "done": "It works.",
        "entity": "Book",
    }
    return Task(**(sound | given))


def plan(*tasks: Task, number: int = 1) -> TaskPlan:
    """Return a plan of one phase."""
    return TaskPlan(title="Library", phases=(Phase(number=number, name="All", slug="all", goal="Done.", tasks=tasks),))


def phases(*parts: TaskPlan) -> TaskPlan:
    """Return a plan of the phases of several."""
    return TaskPlan(title="Library", phases=tuple(phase for part in parts for phase in part.phases))


def writes(number: str, *files: str, **given: Any) -> Task:
    """Return a sound task that writes some files."""
    return task(number, **({"files": files, "verification": ("ruff check",)} | given))


def must_have(**given: Any) -> TaskPlan:
    """Return a plan of two tasks about books with must-haves."""
    tasks = (task("1.1", title="Keep lent books"), task("1.2"))
    must_haves = MustHaves(**given)
    phase = Phase(number=1, name="All", slug="all", goal="Done.", tasks=tasks, must_haves=must_haves)
    return TaskPlan(title="Library", phases=(phase,))


AFTER = task("1.2", depends=("1.1",), wave=2)
MADE = must_have(
    artifacts=(Artifact(path="./app/1.1.py", provides="It"),),
    key_links=(KeyLink(source="app/1.2.py", target="app/1.1.py", via="", pattern="x"),),
)
REMOVED = plan(task("1.1")).model_copy(update={"removed": (Removed(number="1.9", text="Late fees"),)})
CASES: dict[str, list[tuple[TaskPlan, TaskPlan]]] = {
    "PT301": [
        (plan(task("1.1"), task("1.1", files=())), plan(task("1.1"), task("1.2"))),
        (plan(task("2.1")), phases(plan(task("1.1")), plan(task("2.1"), number=2))),
        (plan(task("1")), plan(task("1.1"))),
        (phases(plan(task("1.1")), plan(task("1.2"))), plan(task("1.1"))),
        (REMOVED.model_copy(update={"phases": plan(task("1.9")).phases}), REMOVED),
        (plan(task("2.1.1")), plan(task("1.1.1"))),
        (
            plan(task("2.1"), number=2).model_copy(update={"removed": (Removed(number="2", text="Late fees"),)}),
            plan(task("2.1"), number=2).model_copy(update={"removed": (Removed(number="3", text="Late fees"),)}),
        ),
    ],
    "PT302": [
        (REMOVED.model_copy(update={"phases": plan(task("1.1", depends=("1.9",))).phases}), REMOVED),
        (plan(task("1.1", depends=("1.9",))), plan(task("1.1"), AFTER)),
    ],
    "PT303": [
        (plan(task("1.1", depends=("1.2",)), AFTER), plan(task("1.1"), AFTER)),
        (plan(task("1.1", depends=("1.1",))), plan(task("1.1"))),
    ],
    "PT304": [
        (plan(task("1.1"), task("1.2", depends=("1.1",), wave=1)), plan(task("1.1"), AFTER)),
        (plan(task("1.1", wave=2)), plan(task("1.1"))),
    ],
    "PT305": [
        (plan(task("1.1"), task("1.2", files=("app/1.1.PY",))), plan(task("1.1"), task("1.2"))),
        (
            plan(task("1.1", files=(ROUTER,)), task("1.2", files=(ROUTER,))),
            plan(task("1.1", files=(ROUTER,)), task("1.2", files=(ROUTER,), kind=TaskKind.CUSTOM)),
        ),
    ],
    "PT306": [
        (plan(task("1.1", verification=())), plan(task("1.1"))),
        (plan(task("1.1", verification=(" ",))), plan(task("1.1"))),
        (plan(task("1.1", done="")), plan(task("1.1"))),
    ],
    "PT307": [
        (TaskPlan(title="", phases=()), plan(task("1.1"))),
        (plan(), plan(task("1.1"))),
        (plan(task("1.1", title=" ")), plan(task("1.1"))),
    ],
    "PT308": [
        (plan(task("1.1", depends=("1.2",), wave=2), task("1.2")), plan(task("1.1"), AFTER)),
        (plan(task("1.1", depends=("1.1",))), plan(task("1.1"))),
    ],
    "PT309": [
        (plan(task("1.1", title="Stub the loans")), plan(task("1.1", title="Lend books"))),
        (plan(task("1.1", details=("A list, for now",))), plan(task("1.1", details=("A list",)))),
        (plan(task("1.1", done="Filters come later.")), plan(task("1.1", done="Due two days later."))),
    ],
    "PT310": [
        (
            plan(task("1.1", kind=TaskKind.CUSTOM, requirements=()), task("1.2")),
            plan(task("1.1", kind=TaskKind.CUSTOM), task("1.2", requirements=())),
        )
    ],
    "PT311": [
        (must_have(artifacts=(Artifact(path="app/9.py", provides="Nothing"),)), MADE),
        (must_have(key_links=(KeyLink(source="app/9.py", target="app/1.1.py", via="", pattern="x"),)), MADE),
        (must_have(key_links=(KeyLink(source="app/1.1.py", target="app/9.py", via="", pattern="x"),)), MADE),
    ],
    "PT312": [
        (must_have(truths=("Members are warned of late fees",)), must_have(truths=("Each lent book is kept",))),
        (must_have(truths=("Übergabe gelingt",)), must_have(truths=("すべての本が返される",))),
    ],
    "PT313": [
        (
            plan(writes("1.1", "app/services/book.py"), writes("1.2", "app/models/book.py")),
            plan(writes("1.1", "app/models/book.py"), writes("1.2", "app/services/book.py")),
        ),
        (
            plan(writes("1.1", ROUTER), writes("1.2", "app/api/endpoints/loans.py")),
            plan(writes("1.1", ROUTER), writes("1.2", "app/api/endpoints/loans.py", kind=TaskKind.CUSTOM)),
        ),
    ],
    "PT314": [
        (
            plan(writes("1.1", "app/models/book.py")),
            plan(writes("1.1", "app/models/book.py", "migrations/versions/0001_books.py")),
        ),
        (
            plan(writes("1.1", "app/models/book.py"), writes("1.2", "alembic.ini"), number=1),
            plan(writes("1.1", "app/models/book.py", details=("Run alembic revision --autogenerate",))),
        ),
        (
            phases(plan(writes("1.1", "alembic.ini")), plan(writes("2.1", "app/models/book.py"), number=2)),
            plan(writes("1.1", "app/models/base.py")),
        ),
    ],
    "PT315": [
        (
            phases(
                plan(writes("1.1", "app/models/book.py")),
                plan(writes("2.1", "app/schemas/book.py"), number=2),
            ),
            phases(
                plan(writes("1.1", "app/models/book.py", "app/schemas/book.py")),
                plan(writes("2.1", "app/schemas/fine.py"), number=2),
            ),
        )
    ],
    "PT316": [
        (
            plan(writes("1.1", "app/services/book.py", verification=("ruff check",))),
            plan(writes("1.1", "app/services/book.py", "tests/services/test_book.py")),
        ),
        (
            plan(writes("1.1", "app/schemas/book.py", verification=("python-syntax",))),
            plan(writes("1.1", "app/core/config.py", verification=("python-syntax",))),
        ),
    ],
    "PT317": [
        (
            plan(writes("1.1", ROUTER, kind=TaskKind.CUSTOM), writes("1.2", ROUTER, kind=TaskKind.CUSTOM)),
            plan(
                writes("1.1", ROUTER, kind=TaskKind.CUSTOM),
                writes("1.2", ROUTER, kind=TaskKind.CUSTOM, depends=("1.1",), wave=2),
            ),
        )
    ],
    "PT318": [
        (
            plan(task("1.1", details=("Use `asyncpg`",)), task("1.2", details=("Call `time.sleep(1)`",))),
            plan(task("1.1", details=("Use `asyncpg`",)), task("1.2", details=("Never call `time.sleep(1)`",))),
        )
    ],
}


def rules_broken(task_plan: TaskPlan) -> set[str]:
    """Return the ids of the rules that a plan breaks beside its requirements and entities."""
    return {finding.rule for finding in check_plan(SPECS, REQUIREMENTS, task_plan)}


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.id for rule, _ in TASK_PLAN_RULES.checks}


@pytest.mark.parametrize(("rule", "broken", "sound"), [(rule, *pair) for rule in CASES for pair in CASES[rule]])
def test_a_rule_finds_what_breaks_it_and_only_that(rule: str, broken: TaskPlan, sound: TaskPlan) -> None:
    assert rule in rules_broken(broken)
    assert rule not in rules_broken(sound)


def test_a_sound_plan_has_no_findings() -> None:
    assert check_plan(SPECS, REQUIREMENTS, plan(task("1.1"), AFTER)) == ()


def test_a_circle_is_reported_with_its_path_and_as_an_error() -> None:
    circle = plan(task("1.1", depends=("1.3",)), task("1.2", depends=("1.1",)), task("1.3", depends=("1.2",)))
    found = [finding for finding in check_task_plan(circle) if finding.rule == "PT303"]
    assert [finding.message for finding in found] == ["These tasks wait for each other: 1.1 → 1.3 → 1.2 → 1.1."]
    assert has_errors(found)


def test_what_a_task_lacks_is_named_together() -> None:
    (finding,) = check_task_plan(plan(task("1.1", verification=(), done="")))
    assert finding.message == "1.1 “Make 1.1” has no verification and no done statement."


def test_words_that_cut_scope_are_named_together() -> None:
    (finding,) = check_task_plan(plan(task("1.1", details=("A stub, for now", "Another stub"))))
    assert finding.message == "1.1 “Make 1.1” says “stub”, “for now” in “A stub, for now”."


def test_what_a_plan_does_not_cover_stands_where_its_criterion_is_known() -> None:
    places = {"1.1": Place(file="tasks.md", line=7)}
    lacking = plan(task("1.1", requirements=(), done=""))
    found = {finding.rule: finding.place.line for finding in check_task_plan(lacking, REQUIREMENTS, places)}
    assert found == {"PT306": 7, "PT401": 7}


def test_an_entity_may_be_linked_to_itself() -> None:
    relation = Relation(name="others", target="Book", cardinality=Cardinality.MANY_TO_MANY)
    linked = SPECS.model_copy(update={"entities": (SPECS.entities[0].model_copy(update={"relations": (relation,)}),)})
    sound = plan(task("1.1"))
    assert check_plan(linked, REQUIREMENTS, sound) == ()


def test_a_plan_alone_is_not_judged_by_its_coverage() -> None:
    assert check_task_plan(plan(task("1.1", requirements=()))) == ()


def test_words_that_cut_scope_are_a_warning() -> None:
    (finding,) = check_task_plan(plan(task("1.1", done="A placeholder answers.")))
    assert finding.severity is Severity.WARNING
    assert "“placeholder”" in finding.message


def test_a_finding_names_both_files_and_both_tasks() -> None:
    late = plan(writes("1.1", "app/services/book.py"), writes("1.2", "app/models/book.py", "migrations/env.py"))
    (finding,) = [finding for finding in check_task_plan(late) if finding.rule == "PT313"]
    assert finding.message == "1.1 makes “app/services/book.py” before 1.2 makes “app/models/book.py”."
    assert finding.severity is Severity.WARNING


OVERDUE = CustomBehaviour(
    title="Late loans cost a fee",
    slug="late_fees",
    criterion="WHEN a loan is returned late, THE System SHALL add a fee.",
    done="A loan that is returned late has a fee.",
)


@pytest.mark.parametrize("specs", [library(), everything()], ids=["library", "everything"])
@pytest.mark.parametrize("custom", [(), (LEND,), (LEND, OVERDUE)], ids=["derived", "custom", "two custom"])
def test_derived_plans_break_no_rule(specs: EntitySpecs, custom: tuple[CustomBehaviour, ...]) -> None:
    inputs = build_inputs(specs, custom=custom)
    assert check_task_plan(inputs.task_plan, inputs.requirements) == ()
