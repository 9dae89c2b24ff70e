"""Every rule across the files of a planning tree, with files that break it and ones that don't."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.checks import all_rules
from bot.checks.planning_files import check_planning_tree
from bot.checks.planning_tree import PlanningTree
from bot.documents.findings import Severity
from bot.documents.phases.phase_plan import PhasePlan
from bot.documents.progress.project_state import ProjectState
from bot.documents.progress.requirements_list import (
    RequirementGroup,
    RequirementsList,
)
from bot.documents.progress.summary import Summary
from tests.checks.planning_samples import DOING, DONE, TODO, listed, phase, requirement, summary, tree

CASES: dict[str, list[tuple[PlanningTree, PlanningTree]]] = {
    "PT420": [
        (tree(plans=("1-1",), summaries=("1-1", "1-2")), tree(plans=("1-1", "1-2"), summaries=("1-1", "1-2"))),
        (tree(plans=("1-1",), summaries=("2-1",)), tree(summaries=("2-1",))),
    ],
    "PT421": [
        (
            tree(phase(plans=(("01-01", DONE),)), plans=("1-1",)),
            tree(phase(plans=(("01-01", DONE),)), plans=("1-1",), summaries=("1-1",)),
        ),
        (
            tree(phase(state=DONE), plans=("1-1", "1-2"), summaries=("1-1",)),
            tree(phase(state=DONE), plans=("1-1", "2-1"), summaries=("1-1",)),
        ),
        (tree(phase(plans=(("01-01", DONE),)), summaries=("1-2",)), tree(phase(plans=(("01-01", DONE),)))),
        (
            tree(phase(plans=(("01-01-PLAN.md", DONE),)), plans=("1-1",)),
            tree(phase(plans=(("01-01", DOING), ("01-02", None))), plans=("1-1",)),
        ),
        (
            tree(phase(state=DONE, plans=(("01-01", DONE),)), plans=("1-2",), summaries=("1-2",)),
            tree(phase(state=DONE, plans=(("01-01", DONE),)), plans=("1-2",), summaries=("1-1", "1-2")),
        ),
    ],
    "PT422": [
        (
            tree(phase(plans=(("01-01", TODO),)), summaries=("1-1",)),
            tree(phase(plans=(("01-01", None), ("01-02", TODO))), summaries=("1-1",)),
        ),
        (
            tree(phase(state=DOING), plans=("1-1",), summaries=("1-1",)),
            tree(phase(state=None), plans=("1-1",), summaries=("1-1",)),
        ),
        (
            tree(phase(), plans=("1-1",), summaries=("1-1",)),
            tree(phase(plans=(("01-02", TODO),)), plans=("1-1",), summaries=("1-1",)),
        ),
        (tree(phase(), plans=("1-1",), summaries=("1-1",)), tree(phase(), summaries=("1-1",))),
    ],
    "PT423": [
        (tree(phase(), plans=("2-1",)), tree(phase(), phase("02"), plans=("2-1",))),
        (tree(phase(), plans=("1.1-1",)), tree(plans=("2-1",))),
    ],
    "PT424": [
        (
            tree(phase(requirements="A-1, A-2"), requirements=listed(requirement("A-1"))),
            tree(phase(requirements="A-2")),
        ),
        (
            tree(phase(requirements="A-1"), requirements=listed(requirement("A-1", removed=True))),
            tree(phase(requirements="a-1, 7.7"), requirements=listed(requirement("A-1"))),
        ),
        (
            tree(phase(requirements="A-1"), plans=("1-1",), asks=("A-2",), requirements=listed(requirement("A-1"))),
            tree(phase(requirements="A-1"), plans=("1-1",), asks=("A-1",), requirements=listed(requirement("A-1"))),
        ),
    ],
    "PT425": [
        (
            tree(phase(requirements="A-1"), requirements=listed(requirement("A-1", DONE))),
            tree(phase(state=DONE, requirements="A-1"), requirements=listed(requirement("A-1", DONE))),
        ),
        (
            tree(phase(requirements="A-1"), requirements=listed(requirement("A-1", DONE))),
            tree(phase(state=None, requirements="A-1"), requirements=listed(requirement("A-1", DONE))),
        ),
        (
            tree(phase(), phase("2", DONE), requirements=listed(requirement("A-1", DONE), A1="Phase 1")),
            tree(phase(), phase("2", DONE), requirements=listed(requirement("A-1", DONE), A1="Phase 2")),
        ),
        (
            tree(
                phase(requirements="A-1, A-2"),
                requirements=listed(requirement("A-2", removed=True), requirement("A-1", DONE)),
            ),
            tree(phase(requirements="A-1, A-2"), requirements=listed(requirement("A-2"), requirement("A-1"))),
        ),
        (
            tree(phase(), summaries=("1-1",), completed=("a-1",), requirements=listed(requirement("A-1"))),
            tree(
                phase(), summaries=("1-1",), completed=("A-1",), requirements=listed(requirement("A-1", DONE), A1="1")
            ),
        ),
        (
            tree(phase(), summaries=("1-1",), completed=("A-1",), requirements=listed(requirement("A-1", DOING))),
            tree(phase(), summaries=("1-1",), completed=("A-1",), requirements=listed(requirement("A-1", None))),
        ),
        (
            tree(phase(), summaries=("1-1",), completed=("A-1",), requirements=listed(requirement("A-1"))),
            tree(
                phase(), summaries=("1-1",), completed=("A-1",), requirements=listed(requirement("A-1", removed=True))
            ),
        ),
    ],
    "PT426": [
        (
            tree(phase(requirements="A-1"), requirements=listed(requirement("A-1"), requirement("A-2"))),
            tree(phase(requirements="a-1, A-2"), requirements=listed(requirement("A-1"), requirement("A-2"))),
        ),
        (
            tree(phase(requirements="A-1"), requirements=listed(requirement("A-2"))),
            tree(phase(requirements="A-1"), requirements=listed(requirement("A-2"), A2="Phase 1")),
        ),
        (
            tree(phase(requirements="A-1"), requirements=listed(requirement("A-2"))),
            tree(phase(requirements="A-1"), requirements=listed(requirement("A-2", removed=True))),
        ),
        (
            tree(phase(requirements="A-1"), requirements=listed(requirement("A-2"), A2="Phase 9")),
            tree(phase(requirements="A-1"), requirements=listed(requirement("A-2"), heading="v2 Requirements")),
        ),
        (
            tree(phase(requirements="A-1"), requirements=listed(requirement("A-2"))),
            tree(phase(), requirements=listed(requirement("A-2"))),
        ),
    ],
    "PT427": [
        (tree(phase(), state=ProjectState(phase="2 of 1")), tree(phase("01"), state=ProjectState(phase="1 of 1"))),
        (tree(phase(), state=ProjectState(phase="1 of 2")), tree(phase(), state=ProjectState(phase="1"))),
        (
            tree(phase(), phase("1.1"), phase("2"), state=ProjectState(phase="1 of 4")),
            tree(phase(), phase("1.1"), phase("2"), state=ProjectState(phase="1 of 2")),
        ),
        (
            tree(phase(), phase("1.1"), state=ProjectState(phase="1 of 3")),
            tree(phase(), phase("1.1"), state=ProjectState(phase="1 of 2")),
        ),
        (
            tree(phase(state=DONE), phase("2"), state=ProjectState(phase="1 of 2", status="executing")),
            tree(phase(state=DONE), phase("2"), state=ProjectState(phase="1 of 2", status="Complete")),
        ),
        (
            tree(phase(state=DONE), phase("2"), state=ProjectState(phase="1 of 2")),
            tree(phase(state=DONE), phase("2"), state=ProjectState(phase="2 of 2")),
        ),
        (
            tree(phase(state=DONE), phase("2", DOING), state=ProjectState(progress="100 %")),
            tree(phase(state=DONE), phase("2", DONE), state=ProjectState(progress="100 %")),
        ),
        (
            tree(phase(state=DONE), state=ProjectState(progress="99 %")),
            tree(phase(state=DONE), state=ProjectState(progress="much")),
        ),
        (
            tree(phase(state=DONE), state=ProjectState(progress="9 of 10")),
            tree(phase(), state=ProjectState(progress="9 of 10")),
        ),
        (tree(phase(), state=ProjectState(phase="2")), tree(state=ProjectState(phase="2"))),
    ],
}


def rules_broken(tree: PlanningTree) -> set[str]:
    """Return the ids of the rules that a tree breaks."""
    return {finding.rule for finding in check_planning_tree(tree)}


NAMED = tree(plans=("3-1",), summaries=("3-1",))
OTHERWISE = {"p/phases/3-1-PLAN.md": PhasePlan(phase="03-desk", plan="02")}
OTHER_PHASE = {"p/phases/3-1-SUMMARY.md": Summary(phase="4", plan="01")}
UNNAMED = {"p/phases/PLAN.md": PhasePlan(phase="3", plan="2"), "p/2-PLAN.md": PhasePlan(phase="3", plan="1")}
LISTED = phase("3", plans=(("03-01", TODO), ("03-02", TODO)))

CASES["PT428"] = [
    (replace(NAMED, phase_plans=OTHERWISE), NAMED),
    (replace(NAMED, summaries=OTHER_PHASE), replace(NAMED, phase_plans=UNNAMED)),
    (
        replace(NAMED, phase_plans={"p/3-1-PLAN.md": PhasePlan(phase="desk", plan="2")}),
        replace(NAMED, phase_plans={"p/1-1-PLAN.md": PhasePlan(), "p/3-1-PLAN.md": PhasePlan(phase="desk", plan="01")}),
    ),
    (
        replace(NAMED, phase_plans={"p/3-1-PLAN.md": PhasePlan(phase="03", plan="4-01")}),
        replace(NAMED, phase_plans={"p/03.1-02-PLAN.md": PhasePlan(phase="3.1", plan="2")}),
    ),
]  # fmt: skip
CASES["PT429"] = [
    (tree(LISTED, plans=("3-1", "3-4")), tree(LISTED, plans=("3-1", "3-2"))),
    (tree(LISTED, plans=("3-3",)), tree(phase("3"), plans=("3-3",))),
    (tree(LISTED, plans=("3-3",)), tree(phase("3", plans=(("03-01", TODO), ("", TODO))), plans=("3-3",))),
]


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.id for rule in all_rules() if "PT420" <= rule.id < "PT500"}


@pytest.mark.parametrize(("rule", "broken", "sound"), [(rule, *pair) for rule in CASES for pair in CASES[rule]])
def test_a_rule_finds_what_breaks_it_and_only_that(rule: str, broken: PlanningTree, sound: PlanningTree) -> None:
    assert rule in rules_broken(broken)
    assert rule not in rules_broken(sound)


@pytest.mark.parametrize(
    ("left", "is_open"), [((), False), (("None.",), False), (("nothing", "-"), False), (("Mail",), True)]
)
def test_a_plan_whose_summary_leaves_work_open_is_not_done(left: tuple[str, ...], is_open: bool) -> None:
    ticked = tree(phase(plans=(("01-01", DONE),)), plans=("1-1",))
    waiting = tree(phase(plans=(("01-01", TODO),)), plans=("1-1",))
    left_open = {"p/phases/1-1-SUMMARY.md": summary("1-1").model_copy(update={"left_open": left})}
    done = [each.message for each in check_planning_tree(replace(ticked, summaries=left_open)) if each.rule == "PT421"]
    open_ = {each.rule for each in check_planning_tree(replace(waiting, summaries=left_open))}
    assert done == (["The roadmap calls 01-01 done, and its summary leaves work open."] if is_open else [])
    assert ("PT422" in open_) is not is_open


def test_done_without_doing_blocks_and_the_rest_informs() -> None:
    severities = {
        rule: {finding.severity for finding in check_planning_tree(CASES[rule][0][0]) if finding.rule == rule}
        for rule in CASES
    }
    assert severities.pop("PT421") == {Severity.ERROR}
    assert set.union(*severities.values()) == {Severity.WARNING}


def test_later_versions_are_not_missed_with_what_stands_below_their_heading() -> None:
    groups = (
        RequirementGroup(heading="v1 Requirements"),
        RequirementGroup(heading="Login", level=3, requirements=(requirement("A-1"),)),
        RequirementGroup(heading="v2 Requirements"),
        RequirementGroup(heading="Mail", level=3, requirements=(requirement("A-2"),)),
        RequirementGroup(heading="More requirements", requirements=(requirement("A-3"),)),
    )
    planned = tree(phase(requirements="A-9"), requirements=RequirementsList(groups=groups))
    messages = [finding.message for finding in check_planning_tree(planned) if finding.rule == "PT426"]
    assert messages == ["No phase of the roadmap builds A-1.", "No phase of the roadmap builds A-3."]


@pytest.mark.parametrize(
    ("planned", "message", "step"),
    [
        (
            replace(NAMED, phase_plans=OTHERWISE),
            "“3-1-PLAN.md” says in its front matter that it is plan 03-02.",
            "Correct the front matter, or the name of the file.",
        ),
        (
            replace(NAMED, summaries=OTHER_PHASE),
            "“3-1-SUMMARY.md” says in its front matter that it is of phase 4.",
            "Correct the front matter, or the name of the file.",
        ),
        (
            tree(LISTED, plans=("3-4",)),
            "The roadmap lists the plans of phase 3, and 03-04 is not among them.",
            "List it, or take the plan out.",
        ),
    ],
)
def test_a_file_out_of_place_is_told_in_words(planned: PlanningTree, message: str, step: str) -> None:
    found = [finding for finding in check_planning_tree(planned) if finding.rule in {"PT428", "PT429"}]
    assert [(finding.message, finding.next_step) for finding in found] == [(message, step)]
