"""Every rule across the documents of a plan, with documents that break it and ones that don't."""

from __future__ import annotations

import pytest

from bot.checks import all_rules, check_plan
from bot.documents.entity_specs_reader import read_entity_specs
from bot.documents.requirements import AcceptanceCriterion, Requirement, Requirements
from bot.documents.task_plan import TaskPlan
from tests.checks.test_task_plan import plan, task

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

CASES: dict[str, list[tuple[TaskPlan, TaskPlan]]] = {
    "PT401": [
        (plan(task("1.1", requirements=())), plan(task("1.1"))),
        (plan(task("1.1", requirements=("2",))), plan(task("1.1", requirements=("1",)))),
    ],
    "PT402": [(plan(task("1.1", requirements=("1.1", "1.2"))), plan(task("1.1")))],
    "PT403": [(plan(task("1.1", entity="")), plan(task("1.1")))],
    "PT404": [(plan(task("1.1"), task("1.2", entity="Ghost")), plan(task("1.1"), task("1.2", entity="")))],
}


def rules_broken(task_plan: TaskPlan) -> set[str]:
    """Return the ids of the rules that a plan breaks beside its requirements and entities."""
    return {finding.rule for finding in check_plan(SPECS, REQUIREMENTS, task_plan)}


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.id for rule in all_rules() if rule.id.startswith("PT4")}


@pytest.mark.parametrize(("rule", "broken", "sound"), [(rule, *pair) for rule in CASES for pair in CASES[rule]])
def test_a_rule_finds_what_breaks_it_and_only_that(rule: str, broken: TaskPlan, sound: TaskPlan) -> None:
    assert rule in rules_broken(broken)
    assert rule not in rules_broken(sound)
