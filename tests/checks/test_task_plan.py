"""Every rule over task plans, with a plan that breaks it and one that doesn't."""

from __future__ import annotations

from typing import Any

import pytest

from bot.checks import all_rules, check_plan, check_task_plan
from bot.checks.task_plan import ROUTER
from bot.documents.entity_specs_reader import read_entity_specs
from bot.documents.findings import Severity, has_errors
from bot.documents.requirements import AcceptanceCriterion, Requirement, Requirements
from bot.documents.task_plan import Phase, Task, TaskKind, TaskPlan

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


AFTER = task("1.2", depends=("1.1",), wave=2)
CASES: dict[str, list[tuple[TaskPlan, TaskPlan]]] = {
    "PT301": [
        (plan(task("1.1"), task("1.1", files=())), plan(task("1.1"), task("1.2"))),
        (plan(task("2.1")), phases(plan(task("1.1")), plan(task("2.1"), number=2))),
        (plan(task("1")), plan(task("1.1"))),
        (phases(plan(task("1.1")), plan(task("1.2"))), plan(task("1.1"))),
    ],
    "PT302": [(plan(task("1.1", depends=("1.9",))), plan(task("1.1"), AFTER))],
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
    ],
}


def rules_broken(task_plan: TaskPlan) -> set[str]:
    """Return the ids of the rules that a plan breaks beside its requirements and entities."""
    return {finding.rule for finding in check_plan(SPECS, REQUIREMENTS, task_plan)}


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.id for rule in all_rules() if rule.id.startswith("PT3")}


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


def test_a_plan_alone_is_not_judged_by_its_coverage() -> None:
    assert check_task_plan(plan(task("1.1", requirements=()))) == ()


def test_words_that_cut_scope_are_a_warning() -> None:
    (finding,) = check_task_plan(plan(task("1.1", done="A placeholder answers.")))
    assert finding.severity is Severity.WARNING
    assert "“placeholder”" in finding.message
