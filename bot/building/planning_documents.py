"""All planning documents of a repository at one moment of its build."""

from __future__ import annotations

from collections.abc import Mapping

from bot.building.commits import documents_commit, phase_commit
from bot.documents.tasks.task_plan import TaskKind, TaskState
from bot.generation.inputs import BuildInputs

__all__ = ["every_document", "judged_as_a_whole"]


def every_document(
    inputs: BuildInputs, states: Mapping[str, TaskState], commits: Mapping[str, str]
) -> dict[str, bytes | None]:
    """Return every planning document by its path; without states, as they are before anything is built.

    ``commits`` maps the numbers of finished tasks to the commits that they are in.
    """
    files = dict(documents_commit(inputs).files)
    for phase in inputs.task_plan.phases if states else ():
        files |= phase_commit(inputs, 0, phase, states, commits).files
    return files


def judged_as_a_whole(inputs: BuildInputs, commit: str) -> tuple[dict[str, TaskState], dict[str, str]]:
    """Return state and commit of every task of a service that was judged at one commit.

    Custom tasks stay open: nobody judged their code beside what is generated now.
    """
    states = {
        task.number: TaskState.DOING if task.kind is TaskKind.CUSTOM else TaskState.DONE
        for task in inputs.task_plan.tasks()
    }
    return states, {number: commit for number, state in states.items() if state is TaskState.DONE}
