"""The commits of a build: a function of documents, features, blueprint, name, start date and author only.

Runs, times and outputs stay in the database, so the command line, the thread and a run that was killed give the same
hashes. Step ``n`` of a build is dated ``n`` seconds after the start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.building.phase_plans import phase_plan_files, phase_plan_path, phase_plan_text, summary_path
from bot.building.verification_record import write_verification_record
from bot.documents.entities.diagram import mermaid
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.progress.progress import project_of, roadmap_of, state_of, summary_of
from bot.documents.progress.project_state_writer import write_project_state
from bot.documents.progress.project_writer import write_project
from bot.documents.progress.roadmap_writer import write_roadmap
from bot.documents.progress.summary_writer import write_summary
from bot.documents.requirements.requirements_writer import write_requirements
from bot.documents.tasks.task_plan import Phase, Task, TaskState
from bot.documents.tasks.task_plan_writer import write_task_plan
from bot.generation.inputs import BuildInputs
from bot.repository.git import Commit

__all__ = [
    "AUTHOR_EMAIL",
    "AUTHOR_NAME",
    "documents_commit",
    "generated_commit",
    "made_commit",
    "message",
    "phase_commit",
    "task_commit",
]

AUTHOR_NAME = "Planthread"
AUTHOR_EMAIL = "bot@planthread.invalid"
SUBJECT_LENGTH = 72


def documents_commit(inputs: BuildInputs) -> Commit:
    """Return the first commit: the planning documents, every box open."""
    diagram = f"# Entities\n\n```mermaid\n{mermaid(inputs.specs).strip()}\n```\n"
    requirements = inputs.requirements
    project = project_of(
        inputs.name, requirements.introduction, assumptions=requirements.assumptions, left_out=inputs.left_out
    )
    files = {
        "PROJECT.md": write_project(project),
        "requirements.md": write_requirements(inputs.requirements),
        "entity_specs.txt": write_entity_specs(inputs.specs),
        "ENTITIES.md": diagram,
        **phase_plan_files(inputs.task_plan, inputs.blueprint, {}),
        **progress_files(inputs, {}, "approved"),
        **inputs.kept,
    }
    text = message(f"Plan {inputs.name}", "Requirements, entities and tasks as they were approved.")
    return made_commit(inputs, 0, text, in_planning(files))


def task_commit(inputs: BuildInputs, position: int, task: Task, files: Mapping[str, bytes]) -> Commit:
    """Return the commit of a task: its files, with the trailers ``Plan-Task`` and ``Plan-Requirements``."""
    trailers = [f"Plan-Task: {task.number}"]
    if task.requirements:
        trailers.append(f"Plan-Requirements: {', '.join(task.requirements)}")
    body = "\n".join(f"- {detail}" for detail in task.details)
    return made_commit(inputs, position, message(task.title, body, trailers), files)


def generated_commit(inputs: BuildInputs, files: Mapping[str, bytes]) -> Commit:
    """Return the first commit of the branch that holds pure output."""
    body = "Pure output, never edited: the next build goes on here and is merged into people's branches."
    return made_commit(inputs, 0, message(f"Generate {inputs.name}", body), files)


def phase_commit(
    inputs: BuildInputs, position: int, phase: Phase, states: Mapping[str, TaskState], commits: Mapping[str, str]
) -> Commit:
    """Return the commit that closes a phase: its boxes, SUMMARY with the hashes of its tasks, STATE and ROADMAP.

    ``commits`` maps the numbers of all finished tasks to their hashes.
    """
    evidence = {task.number: ", ".join(task.verification) for task in phase.tasks if task.number in commits}
    mine = {task.number: commits[task.number] for task in phase.tasks if task.number in commits}
    summary = summary_of(inputs.task_plan, phase, mine, evidence)
    files = {
        phase_plan_path(phase): phase_plan_text(inputs.task_plan, phase, inputs.blueprint, states),
        summary_path(phase): write_summary(summary),
        "VERIFICATION.md": write_verification_record(inputs, states, commits),
        **progress_files(inputs, states, "building"),
    }
    text = message(f"Close phase {phase.number}: {phase.name}", phase.goal)
    return made_commit(inputs, position, text, in_planning(files))


def progress_files(inputs: BuildInputs, states: Mapping[str, TaskState], stage: str) -> dict[str, str]:
    """Return the documents that show how far a build is."""
    last = inputs.task_plan.tasks()[-1].number if inputs.task_plan.tasks() else ""
    return {
        "tasks.md": write_task_plan(inputs.task_plan, states),
        "ROADMAP.md": write_roadmap(roadmap_of(inputs.task_plan, states)),
        "STATE.md": write_project_state(state_of(inputs.task_plan, states, "delivered" if last in states else stage)),
    }


def in_planning(files: Mapping[str, str]) -> dict[str, bytes]:
    """Return documents as files below ``.planning/``."""
    return {f".planning/{name}": text.encode() for name, text in files.items()}


def made_commit(inputs: BuildInputs, position: int, text: str, files: Mapping[str, bytes | None]) -> Commit:
    """Return a commit by the author of the build, dated so many seconds after its start."""
    return Commit(
        message=text,
        author_name=inputs.author_name,
        author_email=inputs.author_email,
        date=inputs.day + timedelta(seconds=position),
        files=dict(files),
    )


def message(subject: str, body: str, trailers: Sequence[str] = ()) -> str:
    """Return a commit message: subject on one line, body, trailers as the last paragraph."""
    line = " ".join(subject.split())
    if len(line) > SUBJECT_LENGTH:
        line = line[: SUBJECT_LENGTH - 1].rstrip() + "…"
    parts = [line, body.strip(), "\n".join(trailers)]
    return "\n\n".join(part for part in parts if part) + "\n"
