"""Which files of a planning tree belong together: to a roadmap, to a plan, to the documents of one spec."""

from __future__ import annotations

from dataclasses import replace

from bot.checks.plan_keys import PlanKey
from bot.checks.planning_files import check_planning_tree
from bot.checks.planning_tree import PlanningTree, spec_folders, undertakings
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Finding
from bot.documents.phases.phase_plan import PhasePlan
from bot.documents.progress.roadmap import Roadmap
from bot.documents.requirements.requirements import Term
from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.tasks.checklist_reader import read_tasks
from tests.checks.planning_samples import DONE, listed, phase, requirement, tree


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
    ("PT405", "s/a/tasks.md:3:1", "Task 1 says `dueOn`, and Book calls it `due_on`."),
    ("PT406", "s/a/requirements.md:11:1", "1.1 is about `Loan`, which is no entity."),
]
COVERAGE = [
    ("PT401", "s/a/requirements.md:12:1", "No task covers 1.2 “THE System SHALL log.”."),
    ("PT402", "s/a/tasks.md:3:1", "Task 1 names the criterion “1.3”, which does not exist."),
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


def test_each_document_of_a_folder_is_known_by_its_path() -> None:
    whole, asked, tasks = specs_of(), specs_of(tasks=""), specs_of(asked="")
    paths = [
        (folder.requirements_path, folder.checklist_path)
        for each in (whole, asked, tasks)
        for folder in spec_folders(each)
    ]
    assert paths == [("s/a/requirements.md", "s/a/tasks.md"), ("s/a/requirements.md", ""), ("", "s/a/tasks.md")]


def test_words_of_the_glossary_are_no_missing_entities() -> None:
    given = specs_of(tasks="")
    (asked,) = given.requirements.values()
    known = asked.model_copy(update={"glossary": (Term(word="Loan", meaning="A book lent."),)})
    terms = replace(given, requirements={"s/a/requirements.md": known})
    assert said(check_planning_tree(terms)) == [NAMES[0]]


def test_specs_and_roadmaps_of_one_tree_are_both_judged() -> None:
    planned = tree(phase(plans=(("01-01", DONE),)), plans=("1-1",))
    spec = specs_of()
    both = replace(planned, specs=spec.specs, requirements=spec.requirements, checklists=spec.checklists)
    assert {finding.rule for finding in check_planning_tree(both)} == {"PT401", "PT402", "PT405", "PT406", "PT421"}


def test_only_specs_above_or_beside_count_where_there_are_several() -> None:
    other = {"t/entity_specs.txt": read_entity_specs(SPECS).specs}
    lone, several = specs_of(specs="t/entity_specs.txt"), specs_of(specs="u/entity_specs.txt")
    assert [folder.specs is not None for folder in spec_folders(lone)] == [True]
    both = PlanningTree(specs={**several.specs, **other}, requirements=several.requirements)
    assert [folder.specs for folder in spec_folders(both)] == [None]


def test_tasks_of_another_folder_cover_nothing() -> None:
    assert said(check_planning_tree(specs_of(specs="", tasks="s/b/tasks.md"))) == []


def test_quick_tasks_beside_the_phases_belong_to_no_roadmap_whatever_their_numbers() -> None:
    planned = replace(
        tree(phase(), plans=("1-1",)),
        phase_plans={"p/phases/1-1-PLAN.md": PhasePlan(), "p/quick/9-fix/09-01-PLAN.md": PhasePlan()},
    )
    assert [dict(each.plan_keys) for each in undertakings(planned)] == [
        {PlanKey("9", "1"): "p/quick/9-fix/09-01-PLAN.md"},
        {PlanKey("1", "1"): "p/phases/1-1-PLAN.md"},
    ]
    assert "PT423" not in {finding.rule for finding in check_planning_tree(planned)}


def test_requirements_that_nobody_has_are_told_once_for_each_phase() -> None:
    planned = tree(phase(requirements="A-2, A-3, A-4"), requirements=listed(requirement("A-1")))
    (said,) = (finding for finding in check_planning_tree(planned) if finding.rule == "PT424")
    assert said.message == "Phase 1 names “A-2”, “A-3”, “A-4”, which are not in REQUIREMENTS.md."
