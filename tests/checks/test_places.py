"""What is found in the plans of a project stands at the line that it is about, as the readers of the files tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from bot.checks import check_checklist, check_phase_plan, check_phase_plans, check_planning_tree, check_task_plan
from bot.checks.planning_tree import PlanningTree
from bot.documents.findings import Finding, Place
from bot.documents.formats import Format
from bot.documents.phases.phase_plan import PhasePlan
from bot.documents.phases.phase_plan_writer import write_phase_plan
from bot.documents.progress.project_state_writer import write_project_state
from bot.documents.progress.requirements_list_writer import write_requirements_list
from bot.documents.progress.roadmap_writer import write_roadmap
from bot.documents.progress.summary_writer import write_summary
from bot.documents.readers import read_document
from bot.documents.tasks.checklist_reader import read_tasks
from bot.documents.tasks.task_plan import TaskPlan
from bot.documents.tasks.task_plan_reader import read_task_plan
from bot.documents.tasks.task_plan_writer import write_task_plan
from tests.checks import test_checklist, test_phase_plan, test_phase_plans, test_planning_files, test_task_plan

WHOLE_FILE = ""
"""What stands there of a rule about a file as a whole."""

PHASE = r"- \[ \] \d+\. .*"
TASK = r"  - \[ \] \d+\.[\d.]+ .*"
PART = f"{PHASE}|{TASK}"
"""Lines of a checklist: of a phase, of a task in it, and of either."""

NUMBERED = "(plan|phase): .*"
"""Lines of a plan's or a summary's front matter that say which it is."""
WROTE = "  <files>.*|files_modified: .*"
"""Lines of a plan that say which files it writes."""

LINES = {
    "PT501": "<(task .*|feature)>", "PT502": '<task type="checkpoint:.*', "PT503": "autonomous: true",
    "PT504": "files_modified: .*", "PT505": "  truths: .*",
    "PT506": "  <(action|done|what-built|implementation|decision|instructions)>.*|  truths: .*|<success_criteria>",
    "PT507": "<task .*", "PT508": "<task .*", "PT521": "depends_on: .*", "PT522": "depends_on: .*", "PT523": "wave: .*",
    "PT524": "wave: .*", "PT525": "files_modified: .*", "PT526": "plan: .*", "PT527": "  artifacts:|    - from: .*",
    "PT528": WROTE, "PT529": WROTE, "PT530": WROTE, "PT531": WROTE, "PT420": NUMBERED,
    "PT421": r"- \[x\] (01-01|\*\*Phase 1).*", "PT422": r"- \[[ -]\] (01-01|\*\*Phase 1).*", "PT423": NUMBERED,
    "PT428": NUMBERED, "PT429": NUMBERED,
    "PT424": r"- \[ \] \*\*Phase 1.*|requirements: .*", "PT425": r"- \[.\] \*\*A-1.*", "PT426": r"- \[ \] \*\*A-2.*",
    "PT301": PART, "PT302": TASK, "PT303": TASK, "PT304": TASK, "PT305": TASK, "PT306": TASK, "PT307": f"|{PART}",
    "PT308": TASK, "PT309": TASK, "PT310": TASK, "PT311": PHASE, "PT312": PHASE, "PT313": TASK, "PT314": PHASE,
    "PT315": PHASE, "PT316": PHASE, "PT317": TASK, "PT318": TASK, "PT330": PART, "PT331": PART, "PT332": PART,
    "PT333": r'[{\[].*' , "PT334": PART, "PT335": PART, "PT336": r"- \[ \] B", "PT337": PART, "PT338": PART,
    "PT339": PART, "PT340": PART, "PT341": PART, "PT427": r"\*\*(Phase|Progress)\*\*: .*",
}  # fmt: skip
"""The line at which the findings of each rule stand, as an expression."""


def placed(findings: Iterable[Finding], rule: str, texts: Mapping[str, str]) -> list[str]:
    """Return the lines at which a rule's findings stand."""
    places = [finding.place for finding in findings if finding.rule == rule]
    return [texts[place.file].split("\n")[place.line - 1] if place.line else WHOLE_FILE for place in places]


def assert_placed(findings: Iterable[Finding], rule: str, texts: Mapping[str, str]) -> None:
    """Hold what a rule finds to stand at a line that is about it."""
    lines = placed(findings, rule, texts)
    assert lines
    assert [line for line in lines if not re.fullmatch(LINES[rule], line)] == []


def test_every_rule_has_a_line() -> None:
    tested = (test_task_plan, test_checklist, test_phase_plan, test_phase_plans, test_planning_files)
    assert set(LINES) == {rule for module in tested for rule in module.CASES}


def broken[Document](cases: Mapping[str, list[tuple[Document, Document]]]) -> list[tuple[str, Document]]:
    """Return the rules, each with what breaks it."""
    return [(rule, pair[0]) for rule, pairs in cases.items() for pair in pairs]


@pytest.mark.parametrize(("rule", "plan"), broken(test_task_plan.CASES))
def test_what_is_found_in_a_task_plan_stands_at_its_line(rule: str, plan: TaskPlan) -> None:
    text = write_task_plan(plan)
    places = {"": Place(file="tasks.md"), **read_task_plan(text, "tasks.md").places}
    assert_placed(check_task_plan(plan, places=places), rule, {"tasks.md": text})


@pytest.mark.parametrize(("rule", "text"), broken(test_checklist.CASES))
def test_what_is_found_in_a_checklist_stands_at_its_line(rule: str, text: str) -> None:
    assert_placed(check_checklist(read_tasks(text, "a.md"), text), rule, {"a.md": text})


@pytest.mark.parametrize(("rule", "plan"), broken(test_phase_plan.CASES))
def test_what_is_found_in_a_plan_stands_at_its_line(rule: str, plan: PhasePlan) -> None:
    text = write_phase_plan(plan)
    reading = read_document(Format.PLAN, text, "PLAN.md")
    assert isinstance(reading.model, PhasePlan)
    assert_placed(check_phase_plan(reading.model, reading.places), rule, {"PLAN.md": text})


@pytest.mark.parametrize(("rule", "plans"), broken(test_phase_plans.CASES))
def test_what_is_found_in_plans_together_stands_at_its_line(rule: str, plans: dict[str, PhasePlan]) -> None:
    texts = {path: write_phase_plan(plan) for path, plan in plans.items()}
    places = {path: read_document(Format.PLAN, text, path).places for path, text in texts.items()}
    assert_placed(check_phase_plans(plans, places), rule, texts)


@pytest.mark.parametrize(("rule", "tree"), broken(test_planning_files.CASES))
def test_what_is_found_across_files_stands_at_its_line(rule: str, tree: PlanningTree) -> None:
    files = {
        **{path: (Format.PLAN, write_phase_plan(plan)) for path, plan in tree.phase_plans.items()},
        **{path: (Format.SUMMARY, write_summary(summary)) for path, summary in tree.summaries.items()},
        **{path: (Format.ROADMAP, write_roadmap(roadmap)) for path, roadmap in tree.roadmaps.items()},
        **{path: (Format.STATE, write_project_state(state)) for path, state in tree.states.items()},
        **{
            path: (Format.REQUIREMENTS_LIST, write_requirements_list(listed))
            for path, listed in tree.requirements_lists.items()
        },
    }
    places = {path: read_document(known, text, path).places for path, (known, text) in files.items()}
    found = check_planning_tree(replace(tree, places=places))
    assert_placed(found, rule, {path: text for path, (_, text) in files.items()})
