"""Rules over what a task plan makes: must-haves, the order of layers, migrations, tests, and one way to do I/O."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.layers import Step, apart_from_their_models, lacks_migration, lacks_tests, normal_path, out_of_order
from bot.checks.must_haves import made_by_nobody, names_of_files, spoken_of_by_nobody
from bot.checks.registry import Problem, quote
from bot.checks.sync_async import mixtures
from bot.checks.task_plan import rule
from bot.documents.findings import Severity
from bot.documents.tasks.task_plan import Phase, Task, TaskKind, TaskPlan


def texts_of(task: Task) -> tuple[str, ...]:
    """Return what a task says about itself."""
    return (task.title, *task.details, task.done, *task.verification, *task.files, task.entity)


@rule(
    "PT310",
    "A task that a model writes names the criterion that it fulfils",
    Severity.WARNING,
    "Code that no criterion asks for is built, tested and kept for nobody.",
)
def covers_something(plan: TaskPlan) -> Iterator[Problem]:
    """Find custom tasks without requirement; derived tasks may lay foundations for all of them."""
    for task in plan.tasks():
        if task.kind is TaskKind.CUSTOM and not task.requirements:
            message = f"{task.number} {quote(task.title)} covers no criterion."
            yield Problem(task.number, message, "Name the criterion that it fulfils, or take the task out.")


@rule(
    "PT311",
    "A task makes every artifact of the must-haves and both ends of every key link",
    Severity.ERROR,
    "A file that must exist and that nobody writes can never be there when the phase is done.",
)
def makes_its_must_haves(plan: TaskPlan) -> Iterator[Problem]:
    """Find artifacts and ends of key links that are no file of any task."""
    made = names_of_files(path for task in plan.tasks() for path in task.files)
    for phase in plan.phases:
        for path in made_by_nobody((artifact.path for artifact in phase.must_haves.artifacts), made):
            message = f"Phase {phase.number} must have {quote(path)}, and no task makes it."
            yield Problem(
                str(phase.number), message, "Add it to the files of a task, or take it out of the must-haves."
            )
        ends = (path for link in phase.must_haves.key_links for path in (link.source, link.target))
        for path in made_by_nobody(ends, made):
            message = f"A key link of phase {phase.number} ends at {quote(path)}, and no task makes it."
            yield Problem(str(phase.number), message, "Add it to the files of a task, or mend the link.")


@rule(
    "PT312",
    "A task verifies every truth of the must-haves",
    Severity.WARNING,
    "A truth that no task speaks of is hoped for, not built.",
)
def verifies_its_truths(plan: TaskPlan) -> Iterator[Problem]:
    """Find truths that share no telling word with any task of their phase."""
    for phase in plan.phases:
        texts = [text for task in phase.tasks for text in texts_of(task)]
        for truth in spoken_of_by_nobody(phase.must_haves.truths, texts):
            message = f"No task of phase {phase.number} speaks of the truth {quote(truth)}."
            yield Problem(str(phase.number), message, "Say in a task how it is verified, or take it out.")


@rule(
    "PT313",
    "Files are made in the order of the layers: settings, core, models, schemas, services, endpoints, router,"
    " application, image",
    Severity.WARNING,
    "What is made before what it needs can't be run, so its check proves nothing.",
)
def follows_layers(plan: TaskPlan) -> Iterator[Problem]:
    """Find files that are made before a lower layer of the same feature or service; see `bot.checks.layers`."""
    steps = [
        Step(task.number, task.files, position, extends=task.kind is TaskKind.CUSTOM)
        for position, task in enumerate(plan.tasks())
    ]
    for found in out_of_order(steps):
        first, second = found.user_step.name, found.needed_step.name
        yield Problem(first, found.message(first, second), found.remedy)


@rule(
    "PT314",
    "A phase that makes models makes their migration",
    Severity.WARNING,
    "A model without migration has no table where the service runs.",
)
def migrates_its_models(plan: TaskPlan) -> Iterator[Problem]:
    """Find phases with models and without migration."""
    for phase in plan.phases:
        models = lacks_migration(files_of(phase), prose_of(phase))
        if models:
            message = f"Phase {phase.number} makes {quote(models[0])} and no migration."
            yield Problem(str(phase.number), message, "Add a migration to the phase.")


@rule(
    "PT315",
    "Schemas are made in the phase of the models that they mirror",
    Severity.WARNING,
    "They change together; apart, one of them is out of date for a whole phase.",
)
def keeps_schemas_with_models(plan: TaskPlan) -> Iterator[Problem]:
    """Find a model and its schema in two phases."""
    phases = [(str(phase.number), files_of(phase)) for phase in plan.phases]
    for phase, model, other, schema in apart_from_their_models(phases):
        message = f"{quote(model.path)} is made in phase {phase} and {quote(schema.path)} in phase {other}."
        yield Problem(other, message, "Make both in one phase.")


@rule(
    "PT316",
    "A phase that makes code makes tests",
    Severity.WARNING,
    "Code without a test is shown to work by nothing.",
)
def tests_its_code(plan: TaskPlan) -> Iterator[Problem]:
    """Find phases with schemas, repositories, services or endpoints and without any test."""
    for phase in plan.phases:
        code = lacks_tests(files_of(phase), (*prose_of(phase), *verification_of(phase)))
        if code:
            message = f"Phase {phase.number} makes {quote(code[0])} and no test."
            yield Problem(str(phase.number), message, "Add tests to the tasks that make the code.")


@rule(
    "PT317",
    "No two tasks of one wave write the same file",
    Severity.ERROR,
    "Tasks of a wave may be worked on side by side, so one of them would undo the other.",
)
def shares_no_file_in_a_wave(plan: TaskPlan) -> Iterator[Problem]:
    """Find files that two tasks of a wave write, the router included."""
    writers: dict[tuple[int, str], Task] = {}
    for task in plan.tasks():
        for path in dict.fromkeys(normal_path(path).casefold() for path in task.files):
            writer = writers.setdefault((task.wave, path), task)
            if writer is not task:
                message = f"{writer.number} and {task.number} of wave {task.wave} both write {quote(path)}."
                yield Problem(task.number, message, f"Let {task.number} depend on {writer.number}.")


@rule(
    "PT318",
    "A plan is synchronous or asynchronous, not both",
    Severity.WARNING,
    "A blocking call in an asynchronous route stops every other request.",
)
def mixes_no_sync_and_async(plan: TaskPlan) -> Iterator[Problem]:
    """Find blocking drivers, calls and clients in a plan that is asynchronous elsewhere."""
    texts = [(task.number, text) for task in plan.tasks() for text in (task.title, *task.details, task.done)]
    for found in mixtures(texts):
        message = (
            f"{found.asynchronous_subject} says {quote(found.asynchronous)},"
            f" and {found.blocking_subject} says {quote(found.blocking)}, which blocks."
        )
        yield Problem(found.blocking_subject, message, "Use the asynchronous one in both places, or neither.")


def files_of(phase: Phase) -> tuple[str, ...]:
    """Return the files of a phase."""
    return tuple(path for task in phase.tasks for path in task.files)


def prose_of(phase: Phase) -> tuple[str, ...]:
    """Return the titles and details of a phase's tasks."""
    return tuple(text for task in phase.tasks for text in (task.title, *task.details))


def verification_of(phase: Phase) -> tuple[str, ...]:
    """Return the verification of a phase's tasks."""
    return tuple(word for task in phase.tasks for word in task.verification)
