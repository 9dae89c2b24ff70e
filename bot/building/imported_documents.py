"""What an imported plan leaves in its repository: the file as it was given, its boxes, and the SUMMARY it asks for.

Committed bytes say that a person confirmed, never who: people stay in the store.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.documents.formats import Format
from bot.documents.phases.phase_plan_reader import read_phase_plan, tick_verification
from bot.documents.progress.summary import ChangedFile, Deviation, Summary, TaskCommit
from bot.documents.progress.summary_writer import write_summary
from bot.documents.tasks.checklist_reader import read_tasks
from bot.documents.text.boxes import TaskState, tick
from bot.patterns import regex
from bot.planning.imported.plan import ImportedKind, ImportedPlan, ImportedTask
from bot.repository.errors import UnsafePath
from bot.repository.paths import check_path
from bot.store.tables import Step
from bot.verification.evidence import Check, Evidence
from bot.workflow.builds import StepKind

__all__ = ["closing_files", "plan_file", "plan_path", "summary_path"]

PLANNING = ".planning/"
USUAL_SUMMARY = ".planning/SUMMARY.md"
DECIDED = frozenset({ImportedKind.DECISION})
NAME = regex(r"[^A-Za-z0-9._-]+")


def summary_path(plan: ImportedPlan, place: str = "") -> str:
    """Return where the summary goes: where the plan asks for it, if that is a plain place among the documents.

    With a ``place``, the folder that is the file's alone, it goes there.
    """
    path = plan.summary.path if plan.summary else ""
    if place:
        return f"{place}/{name_in(path) or 'SUMMARY.md'}"
    try:
        check_path(path)
    except UnsafePath:
        return USUAL_SUMMARY
    return path if path.startswith(PLANNING) else USUAL_SUMMARY


def plan_path(plan: ImportedPlan, place: str = "") -> str:
    """Return where the file as it was given stands: beside its summary, or in the ``place`` that is its alone."""
    if plan.format is Format.TASKS:
        return f"{place or PLANNING.rstrip('/')}/tasks.md"
    return f"{summary_path(plan, place).rpartition('/')[0]}/{name_in(plan.file) or 'PLAN.md'}"


def name_in(path: str) -> str:
    """Return the name of a file as it may stand in a repository; nothing where nothing plain is left of it."""
    return NAME.sub("-", path.rpartition("/")[2]).strip(".-")


def plan_file(plan: ImportedPlan) -> dict[str, bytes]:
    """Return the file as it was given, by its path."""
    return {plan_path(plan): plan.text.encode()}


def closing_files(plan: ImportedPlan, steps: Mapping[str, Step], place: str = "") -> dict[str, bytes]:
    """Return the documents as the steps, by their keys, leave them: boxes with evidence ticked, and the summary."""
    files = {plan_path(plan, place): ticked(plan, steps).encode()}
    if plan.summary is not None:
        files[summary_path(plan, place)] = write_summary(summary_of(plan, steps)).encode()
    return files


def ticked(plan: ImportedPlan, steps: Mapping[str, Step]) -> str:
    """Return the file with each box as the evidence here says, and every other byte as it was."""
    if plan.format is Format.PLAN:
        built = (step for key, step in steps.items() if key != StepKind.DOCUMENTS)
        return with_verification(plan.text, done=all(map(is_done, built)))
    text = plan.text
    for task in plan.tasks:
        if task.box is not None:
            text = tick(text, task.box, state_of(steps.get(f"{StepKind.TASK} {task.number}")))
    for parent in read_tasks(text).tasks:
        if parent.derived is not None and parent.mark_offset is not None:
            text = tick(text, parent.mark_offset, parent.derived)
    return text


def with_verification(text: str, *, done: bool) -> str:
    """Return a PLAN.md whose verification is ticked when all of it held: with a task left open it was not made."""
    for box in read_phase_plan(text).boxes if done else ():
        text = tick_verification(text, box, TaskState.DONE)
    return text


def steps_of_phases(steps: Mapping[str, Step]) -> list[Step]:
    """Return the steps that close phases."""
    return [step for key, step in steps.items() if key.startswith(StepKind.PHASE)]


def is_done(step: Step | None) -> bool:
    """Tell whether a step is ticked."""
    return step is not None and step.state == TaskState.DONE


def state_of(step: Step | None) -> TaskState:
    """Return what the box of a task says: done by evidence only, in progress where it was left open."""
    if is_done(step):
        return TaskState.DONE
    return TaskState.DOING if step is not None and open_reason(step) else TaskState.TODO


def open_reason(step: Step) -> str:
    """Return why a step was left open; nothing for any other."""
    return str((step.evidence or {}).get("open", ""))


def summary_of(plan: ImportedPlan, steps: Mapping[str, Step]) -> Summary:
    """Return what was done of a plan, with the commit and the checks of each task, and where the work left it."""
    asked = plan.summary
    rows = [(task, steps.get(f"{StepKind.TASK} {task.number}")) for task in plan.tasks]
    finished = [(task, step) for task, step in rows if step is not None and is_done(step)]
    left = [(task, step) for task, step in rows if not is_done(step)]
    evidence = {task.number: Evidence.model_validate(step.evidence) for task, step in finished}
    files = list(dict.fromkeys(path for each in evidence.values() for path in each.files))
    return Summary(
        phase=plan.phase,
        plan=plan.plan,
        created=tuple(files),
        title=(asked.title if asked else "") or f"{plan.title} Summary",
        one_line=(asked.one_line if asked and not left else "") or f"{len(finished)} of {len(rows)} tasks are done.",
        accomplishments=tuple(task.done or task.title for task, _ in finished),
        commits=tuple(commit_of(task, step) for task, step in rows),
        files=tuple(ChangedFile(path=path) for path in files),
        decisions=tuple(decided(task, evidence[task.number]) for task, _ in finished if task.kind in DECIDED),
        deviations=tuple(Deviation(text=text) for text in deviations_of(plan, evidence, steps)),
        issues=tuple(
            f"Phase {step.number}: {open_reason(step)}" for step in steps_of_phases(steps) if open_reason(step)
        ),
        written_by_model=tuple(f"{task.number} {task.title}" for task, _ in finished if task.kind is ImportedKind.CODE),
        left_open=tuple(left_line(task, step) for task, step in left),
        next_steps=asked.next_steps if asked and not left else (),
    )


def commit_of(task: ImportedTask, step: Step | None) -> TaskCommit:
    """Return the row of a task: its commit, and what proves it."""
    name = f"{task.number} {task.title}"
    if step is None or not is_done(step):
        return TaskCommit(task=name)
    evidence = Evidence.model_validate(step.evidence)
    return TaskCommit(task=name, hashes=(evidence.commit,), note=", ".join(told(check) for check in evidence.checks))


def told(check: Check) -> str:
    """Return a check in a few words; of what a person confirmed, that one did."""
    if check.by:
        return check.word
    return f"{check.word}: {check.passed_tests} passed" if check.passed_tests else check.word


def decided(task: ImportedTask, evidence: Evidence) -> str:
    """Return what was decided at a checkpoint."""
    answer = evidence.checks[-1].tail.rpartition("→ ")[2].strip() if evidence.checks else ""
    return f"{task.title}: {answer}"


def deviations_of(plan: ImportedPlan, evidence: Mapping[str, Evidence], steps: Mapping[str, Step]) -> Iterator[str]:
    """Yield where the work left the plan: by task, then what was not verified because tasks are open."""
    for number, each in evidence.items():
        yield from (f"Task {number}: {text}" for text in each.deviations)
    for step in steps_of_phases(steps):
        if is_done(step):
            yield from Evidence.model_validate(step.evidence).deviations
    for task in plan.tasks:
        if task.ticked_elsewhere and task.number in evidence:
            yield f"Task {task.number}: it was ticked in the file that was given; it was built here all the same."


def left_line(task: ImportedTask, step: Step | None) -> str:
    """Return the line of a task that is open."""
    reason = open_reason(step) if step is not None else ""
    return f"{task.number} {task.title}" + (f": {reason}" if reason else "")
