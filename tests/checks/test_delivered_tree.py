"""The planning files that we deliver agree with each other after every phase of a build."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.building.commits import documents_commit, phase_commit
from bot.checks import PlanningTree, check_phase_plan, check_phase_plans, check_planning_tree
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.phases.phase_plan_reader import read_phase_plan
from bot.documents.progress.project_state_reader import read_project_state
from bot.documents.progress.roadmap_reader import read_roadmap
from bot.documents.progress.summary_reader import read_summary
from bot.documents.requirements.requirements_reader import read_requirements
from bot.documents.tasks.checklist_reader import read_tasks
from bot.documents.tasks.task_plan import TaskState
from bot.generation.inputs import BuildInputs
from tests.generation.samples import LEND, build_inputs, library

INPUTS = build_inputs(library(), custom=(LEND,))
PLANNED = INPUTS.task_plan.phases


def tree_of(files: Mapping[str, bytes]) -> PlanningTree:
    """Return the tree of planning files, each read by its reader."""
    texts = {path: data.decode() for path, data in files.items()}
    tasks = {path: read_tasks(text, path) for path, text in texts.items() if path.endswith("tasks.md")}
    roadmaps = {path: read_roadmap(text, path) for path, text in texts.items() if path.endswith("ROADMAP.md")}
    states = {path: read_project_state(text, path) for path, text in texts.items() if path.endswith("STATE.md")}
    summaries = {path: read_summary(text, path) for path, text in texts.items() if path.endswith("SUMMARY.md")}
    asked = {path: read_requirements(text, path) for path, text in texts.items() if path.endswith("requirements.md")}
    specs = {path: read_entity_specs(text, path) for path, text in texts.items() if path.endswith("entity_specs.txt")}
    plans = {path: read_phase_plan(text, path) for path, text in texts.items() if path.endswith("PLAN.md")}
    return PlanningTree(
        phase_plans={path: reading.plan for path, reading in plans.items()},
        summaries={path: reading.summary for path, reading in summaries.items()},
        roadmaps={path: reading.roadmap for path, reading in roadmaps.items()},
        states={path: reading.state for path, reading in states.items()},
        checklists={path: reading.checklist for path, reading in tasks.items()},
        specs={path: reading.specs for path, reading in specs.items()},
        requirements={path: reading.requirements for path, reading in asked.items()},
    )


def files_after(inputs: BuildInputs, phases: int, left_open: str = "") -> dict[str, bytes]:
    """Return the planning files when so many phases are done, one task perhaps left open."""
    files = dict(documents_commit(inputs).files)
    done: dict[str, str] = {}
    numbers: set[str] = set()
    for position, phase in enumerate(inputs.task_plan.phases[:phases], start=1):
        numbers |= {task.number for task in phase.tasks}
        done |= dict.fromkeys(numbers - {left_open}, "abcdef1")
        states = dict.fromkeys(done, TaskState.DONE) | dict.fromkeys({left_open} & numbers, TaskState.DOING)
        files |= phase_commit(inputs, position, phase, states, done).files
    return {path: data for path, data in files.items() if data is not None}


@pytest.mark.parametrize("left_open", ["", "4.1"])
@pytest.mark.parametrize("phases", range(len(PLANNED) + 1))
def test_what_we_deliver_agrees_with_itself_after_every_phase(phases: int, left_open: str) -> None:
    tree = tree_of(files_after(INPUTS, phases, left_open))
    assert len(tree.summaries) == phases
    assert len(tree.phase_plans) == len(PLANNED)
    assert all((tree.roadmaps, tree.states, tree.checklists, tree.specs, tree.requirements))
    assert check_planning_tree(tree) == ()
    assert check_phase_plans(tree.phase_plans) == ()
    assert [finding for plan in tree.phase_plans.values() for finding in check_phase_plan(plan)] == []
