"""Every rule across the files of a planning tree, with files that break it and ones that don't."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.checks import all_rules
from bot.checks.phase_plans import PlanKey
from bot.checks.planning_files import check_planning_tree
from bot.checks.planning_tree import PlanningTree, spec_folders, undertakings
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Finding, Place, Severity
from bot.documents.phases.phase_plan import PhasePlan
from bot.documents.progress.project_state import ProjectState
from bot.documents.progress.requirements_list import (
    ListedRequirement,
    RequirementGroup,
    RequirementsList,
    RequirementTrace,
)
from bot.documents.progress.roadmap import PhasePlanLine, Roadmap, RoadmapPhase
from bot.documents.progress.summary import Summary
from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.tasks.checklist_reader import read_tasks
from bot.documents.text.boxes import TaskState

DONE, DOING, TODO = TaskState.DONE, TaskState.DOING, TaskState.TODO


def phase(
    number: str = "1",
    state: TaskState | None = TODO,
    plans: tuple[tuple[str, TaskState | None], ...] = (),
    requirements: str = "",
) -> RoadmapPhase:
    """Return a phase of a roadmap."""
    lines = tuple(PhasePlanLine(name=name, text="It", state=box) for name, box in plans)
    return RoadmapPhase(number=number, name="Foundation", state=state, plans=lines, requirements=requirements)


def requirement(number: str, state: TaskState | None = TODO, *, removed: bool = False) -> ListedRequirement:
    """Return a listed requirement."""
    return ListedRequirement(id=number, text="It", state=state, removed=removed)


def listed(*requirements: ListedRequirement, heading: str = "v1 Requirements", **phases: str) -> RequirementsList:
    """Return a list of requirements, and the phases of the table."""
    traces = tuple(RequirementTrace(requirement=f"A-{name[1:]}", phase=value) for name, value in phases.items())
    return RequirementsList(groups=(RequirementGroup(heading=heading, requirements=requirements),), traces=traces)


def summary(name: str, completed: tuple[str, ...] = ()) -> Summary:
    """Return the summary of a plan that is named as ``1-2``."""
    number, _, plan = name.partition("-")
    return Summary(phase=f"0{number}-foundation", plan=plan, requirements_completed=completed)


def tree(
    *phases: RoadmapPhase,
    plans: tuple[str, ...] = (),
    summaries: tuple[str, ...] = (),
    completed: tuple[str, ...] = (),
    requirements: RequirementsList | None = None,
    state: ProjectState | None = None,
    asks: tuple[str, ...] = (),
) -> PlanningTree:
    """Return a tree; plans and summaries are named as ``1-2``."""
    return PlanningTree(
        roadmaps={"p/ROADMAP.md": Roadmap(phases=phases)} if phases else {},
        phase_plans={
            f"p/phases/{name}-PLAN.md": PhasePlan(
                phase=name.partition("-")[0], plan=name.partition("-")[2], requirements=asks
            )
            for name in plans
        },
        summaries={f"p/phases/{name}-SUMMARY.md": summary(name, completed) for name in summaries},
        requirements_lists={"p/REQUIREMENTS.md": requirements} if requirements else {},
        states={"p/STATE.md": state} if state else {},
    )


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


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.id for rule in all_rules() if "PT420" <= rule.id < "PT500"}


@pytest.mark.parametrize(("rule", "broken", "sound"), [(rule, *pair) for rule in CASES for pair in CASES[rule]])
def test_a_rule_finds_what_breaks_it_and_only_that(rule: str, broken: PlanningTree, sound: PlanningTree) -> None:
    assert rule in rules_broken(broken)
    assert rule not in rules_broken(sound)


def found(tree: PlanningTree) -> list[tuple[str, str, str, str]]:
    """Return what is found: rule, file, message, next step."""
    return [(each.rule, each.place.file, each.message, each.next_step) for each in check_planning_tree(tree)]


def test_findings_are_whole_sentences_at_their_files() -> None:
    ticked = phase(state=TODO, plans=(("01-01", DONE), ("01-02", TODO)), requirements="A-1, A-3")
    requirements = listed(requirement("A-1", DONE), requirement("A-2"), requirement("A-4"), A2="Phase 1")
    planned = tree(
        ticked, phase("3", DONE), plans=("1-1", "1-2", "2-1", "3-1"), summaries=("1-2", "1-7"), completed=("A-2",),
        requirements=requirements, asks=("A-9",),
    )  # fmt: skip
    roadmap, list_file = "p/ROADMAP.md", "p/REQUIREMENTS.md"
    take_out = "Name a requirement of the list, or take it out."
    done = "Write its summary when it is done, and open the box until then."
    assert found(planned) == [
        ("PT420", "p/phases/1-7-SUMMARY.md", "There is a summary of 1-7, and no such plan.", "Put the plan beside it."),
        ("PT421", roadmap, "The roadmap calls 1-1 done, and it has no summary.", done),
        ("PT421", roadmap, "The roadmap calls 3-1 done, and it has no summary.", done),
        ("PT422", roadmap, "1-2 is done by its summary, and the roadmap calls it open.", "Tick it."),
        (
            "PT423",
            "p/phases/2-1-PLAN.md",
            "The plan 2-1 is of phase 2, which the roadmap doesn't have.",
            "Add the phase to the roadmap, or correct the plan's phase.",
        ),
        ("PT424", roadmap, "Phase 1 names “A-3”, which is not in REQUIREMENTS.md.", take_out),
        *(
            (
                "PT424",
                f"p/phases/{name}-PLAN.md",
                f"The plan {name} names “A-9”, which is not in REQUIREMENTS.md.",
                take_out,
            )
            for name in ("1-1", "1-2", "2-1", "3-1")
        ),
        (
            "PT425",
            list_file,
            "A-1 is ticked, and phase 1, which builds it, is open.",
            "Open its box until the phase is done.",
        ),
        (
            "PT425",
            list_file,
            "A summary completes A-2, and its box is open.",
            "Tick it, or take it out of the summary.",
        ),
        ("PT426", list_file, "No phase of the roadmap builds A-4.", "Name it in a phase, or move it out of scope."),
    ]


def test_a_phase_that_is_done_but_open_is_told_and_so_is_a_struck_requirement() -> None:
    planned = tree(
        phase(requirements="A-1"), plans=("1-1",), summaries=("1-1",),
        requirements=listed(requirement("A-1", removed=True)),
    )  # fmt: skip
    assert [(rule, message, step) for rule, _, message, step in found(planned)] == [
        (
            "PT422",
            "Every plan of phase 1 is done by its summary, and the phase is still open.",
            "Tick it, or add the plan that is left.",
        ),
        (
            "PT424",
            "Phase 1 names “A-1”, which was struck from REQUIREMENTS.md.",
            "Name a requirement of the list, or take it out.",
        ),
    ]


@pytest.mark.parametrize(
    ("left", "is_open"), [((), False), (("None.",), False), (("nothing", "-"), False), (("Mail",), True)]
)
def test_a_plan_whose_summary_leaves_work_open_is_not_done(left: tuple[str, ...], is_open: bool) -> None:
    ticked = tree(phase(plans=(("01-01", DONE),)), plans=("1-1",))
    waiting = tree(phase(plans=(("01-01", TODO),)), plans=("1-1",))
    left_open = {"p/phases/1-1-SUMMARY.md": summary("1-1").model_copy(update={"left_open": left})}
    done = [each.message for each in check_planning_tree(replace(ticked, summaries=left_open)) if each.rule == "PT421"]
    open_ = {each.rule for each in check_planning_tree(replace(waiting, summaries=left_open))}
    assert done == (["The roadmap calls 1-1 done, and its summary leaves work open."] if is_open else [])
    assert ("PT422" in open_) is not is_open


def test_a_state_is_held_against_the_roadmap() -> None:
    late = tree(phase(state=DONE), phase("2"), state=ProjectState(phase="1 of 3", progress="100 %"))
    done = tree(phase(state=DONE), state=ProjectState(phase="7", progress="40 %"))
    assert [message for _, _, message, _ in found(late)] == [
        "STATE.md counts 3 phases, and the roadmap has 2.",
        "STATE.md is at phase 1, which is ticked; phase 2 is the next.",
        "STATE.md says that all is done, and phase 2 is open.",
    ]
    assert [message for _, _, message, _ in found(done)] == [
        "STATE.md is at phase 7, which the roadmap doesn't have.",
        "STATE.md says that 40 % is done, and every phase is ticked.",
    ]
    assert found(done)[0][1::2] == ("p/STATE.md", "Correct the one that is wrong.")


def test_done_without_doing_blocks_and_the_rest_informs() -> None:
    severities = {
        rule: {finding.severity for finding in check_planning_tree(CASES[rule][0][0]) if finding.rule == rule}
        for rule in CASES
    }
    assert severities.pop("PT421") == {Severity.ERROR}
    assert set.union(*severities.values()) == {Severity.WARNING}


def test_findings_stand_at_the_places_of_the_readings() -> None:
    broken = tree(phase(plans=(("01-01", DONE),)), plans=("1-1",))
    place = Place(file="p/ROADMAP.md", line=7, column=1)
    placed = PlanningTree(
        roadmaps=broken.roadmaps, phase_plans=broken.phase_plans, places={"p/ROADMAP.md": {"1/01-01": place}}
    )
    (finding,) = check_planning_tree(placed)
    assert finding.place == place


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


def test_every_file_belongs_to_the_nearest_roadmap_above_it() -> None:
    one, two = Roadmap(title="One", phases=(phase(),)), Roadmap(title="Two", phases=(phase("2"),))
    plans = {path: PhasePlan() for path in ("a/p/01-01-PLAN.md", "a/old/p/02-01-PLAN.md", "c/03-01-PLAN.md")}
    planned = PlanningTree(roadmaps={"a/ROADMAP.md": one, "a/old/ROADMAP.md": two}, phase_plans=plans)
    parts = [(each.roadmap_path, each.roadmap.title, dict(each.plan_keys)) for each in undertakings(planned)]
    assert parts == [
        ("", "", {PlanKey("3", "1"): "c/03-01-PLAN.md"}),
        ("a/ROADMAP.md", "One", {PlanKey("1", "1"): "a/p/01-01-PLAN.md"}),
        ("a/old/ROADMAP.md", "Two", {PlanKey("2", "1"): "a/old/p/02-01-PLAN.md"}),
    ]
    assert check_planning_tree(planned) == ()


def test_a_file_is_the_plan_that_its_front_matter_says_before_that_of_its_name() -> None:
    plans = {"01-01-PLAN.md": PhasePlan(phase="02-x", plan="03"), "PLAN.md": PhasePlan(), "b/x-PLAN.md": PhasePlan()}
    (undertaking,) = undertakings(PlanningTree(phase_plans=plans))
    assert dict(undertaking.plan_keys) == {PlanKey("2", "3"): "01-01-PLAN.md"}


SPECS = """ENTITY: Book
FIELDS:
  - id: int (primary key)
  - due_on: date
"""
REQUIREMENTS = """# Requirements Document

## Requirements

### Requirement 1: Books

**User Story:** As a member, I want books, so that I can read.

#### Acceptance Criteria

1. THE System SHALL keep `due_date` of each `Loan`.
2. THE System SHALL log.
"""
TASKS = """# Implementation Plan

- [ ] 1. Keep `dueOn`
  - _Requirements: 1.1, 1.3_
"""


def specs_of(
    *, specs: str = "s/entity_specs.txt", asked: str = "s/a/requirements.md", tasks: str = "s/a/tasks.md"
) -> PlanningTree:
    """Return a tree with specs, requirements and tasks at the paths; an empty path leaves one out."""
    requirements, reading = read_requirements(REQUIREMENTS, asked), read_tasks(TASKS, tasks)
    return PlanningTree(
        specs={specs: read_entity_specs(SPECS).specs} if specs else {},
        requirements={asked: requirements.requirements} if asked else {},
        checklists={tasks: reading.checklist} if tasks else {},
        places={asked: requirements.places, tasks: reading.places},
    )


NAMES = [
    ("PT405", "s/a/requirements.md:11:1", "1.1 says `due_date`, and Book calls it `due_on`."),
    ("PT405", "s/a/tasks.md:3:1", "1 says `dueOn`, and Book calls it `due_on`."),
    ("PT406", "s/a/requirements.md:11:1", "1.1 is about `Loan`, which is no entity."),
]
COVERAGE = [
    ("PT401", "s/a/requirements.md:12:1", "No task covers 1.2 “THE System SHALL log.”."),
    ("PT402", "s/a/tasks.md:3:1", "1 names the criterion “1.3”, which does not exist."),
]


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    """Return rule, place and message of findings."""
    return [(finding.rule, str(finding.place), finding.message) for finding in findings]


def test_the_documents_of_a_spec_are_held_against_each_other() -> None:
    assert said(check_planning_tree(specs_of())) == COVERAGE + NAMES


def test_a_document_alone_is_held_against_nothing() -> None:
    assert said(check_planning_tree(specs_of(specs=""))) == COVERAGE
    assert said(check_planning_tree(specs_of(tasks=""))) == [NAMES[0], NAMES[2]]
    assert said(check_planning_tree(specs_of(asked=""))) == [NAMES[1]]
    assert check_planning_tree(specs_of(asked="", specs="")) == ()
    assert check_planning_tree(PlanningTree()) == ()


def test_only_specs_above_or_beside_count_where_there_are_several() -> None:
    other = {"t/entity_specs.txt": read_entity_specs(SPECS).specs}
    lone, several = specs_of(specs="t/entity_specs.txt"), specs_of(specs="u/entity_specs.txt")
    assert [folder.specs is not None for folder in spec_folders(lone)] == [True]
    both = PlanningTree(specs={**several.specs, **other}, requirements=several.requirements)
    assert [folder.specs for folder in spec_folders(both)] == [None]


def test_tasks_of_another_folder_cover_nothing() -> None:
    assert said(check_planning_tree(specs_of(specs="", tasks="s/b/tasks.md"))) == []
