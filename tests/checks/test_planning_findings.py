"""What is found across the files of a planning tree is said in whole sentences, at the places of their readings."""

from __future__ import annotations

from dataclasses import replace

from bot.checks.planning_files import check_planning_tree
from bot.checks.planning_tree import PlanningTree
from bot.documents.findings import Place
from bot.documents.phases.phase_plan import PhasePlan
from bot.documents.progress.project_state import ProjectState
from tests.checks.planning_samples import DONE, TODO, listed, phase, requirement, tree


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
        (
            "PT420",
            "p/phases/1-7-SUMMARY.md",
            "There is a summary of 01-07, and no such plan.",
            "Put the plan beside it.",
        ),
        ("PT421", roadmap, "The roadmap calls 01-01 done, and it has no summary.", done),
        ("PT421", roadmap, "The roadmap calls 03-01 done, and it has no summary.", done),
        ("PT422", roadmap, "01-02 is done by its summary, and the roadmap calls it open.", "Tick it."),
        (
            "PT423",
            "p/phases/2-1-PLAN.md",
            "The plan 02-01 is of phase 2, which the roadmap doesn't have.",
            "Add the phase to the roadmap, or correct the plan's phase.",
        ),
        ("PT424", roadmap, "Phase 1 names “A-3”, which is not in REQUIREMENTS.md.", take_out),
        *(
            (
                "PT424",
                f"p/phases/{name}-PLAN.md",
                f"The plan 0{name[:2]}0{name[2:]} names “A-9”, which is not in REQUIREMENTS.md.",
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


def test_findings_stand_at_the_places_of_the_readings() -> None:
    broken = tree(phase(plans=(("01-01", DONE),)), plans=("1-1",))
    place = Place(file="p/ROADMAP.md", line=7, column=1)
    placed = PlanningTree(
        roadmaps=broken.roadmaps, phase_plans=broken.phase_plans, places={"p/ROADMAP.md": {"1/01-01": place}}
    )
    (finding,) = check_planning_tree(placed)
    assert finding.place == place


def test_a_plan_without_a_number_names_no_requirement_either() -> None:
    planned = replace(
        tree(phase(requirements="A-1"), requirements=listed(requirement("A-1"))),
        phase_plans={"p/PLAN.md": PhasePlan(requirements=("A-9",))},
    )
    assert [message for _, file, message, _ in found(planned) if file == "p/PLAN.md"] == [
        "This plan names “A-9”, which is not in REQUIREMENTS.md."
    ]
