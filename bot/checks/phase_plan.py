"""Rules over one PLAN.md: evidence for every task, checkpoints, files, truths, scope, order of layers.

Findings stand where `places` says that their subject is: ``tasks[0]``, ``features[0]``, ``files_modified``,
``must_haves.truths[0]``, ``success_criteria``; where it doesn't, they stand at the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.checks.layers import Step, normal_path, out_of_order
from bot.checks.must_haves import spoken_of_by_nobody
from bot.checks.registry import NOWHERE, Problem, RuleSet, quote
from bot.checks.scope import scope_cuts
from bot.checks.sync_async import mixtures
from bot.documents.findings import Finding, Place, Severity
from bot.documents.phases.phase_plan import AutoTask, Decision, HumanAction, HumanVerification, PhasePlan
from bot.patterns import regex

__all__ = ["PHASE_PLAN_RULES", "auto_tasks", "check_phase_plan", "files_of", "shown", "texts_of"]

PHASE_PLAN_RULES: RuleSet[PhasePlan] = RuleSet("PLAN.md")
rule = PHASE_PLAN_RULES.rule

SHOWN = 5

type AnyTask = AutoTask | HumanVerification | Decision | HumanAction


def check_phase_plan(plan: PhasePlan, places: Mapping[str, Place] = NOWHERE) -> tuple[Finding, ...]:
    """Return what the rules find in one plan; `bot.checks.phase_plans` judges it beside the others of its phase."""
    return PHASE_PLAN_RULES.check(plan, places)


def name_of(plan: PhasePlan, position: int) -> str:
    """Return how messages call a task."""
    name = plan.tasks[position].name
    return f"Task {position + 1}{f' {quote(name)}' if name else ''}"


def auto_tasks(plan: PhasePlan) -> Iterator[tuple[int, AutoTask]]:
    """Yield the tasks that are done without people, with their positions."""
    for position, task in enumerate(plan.tasks):
        if isinstance(task, AutoTask):
            yield position, task


def files_of(plan: PhasePlan) -> tuple[str, ...]:
    """Return every file that a plan writes: those of its front matter, its tasks and its features."""
    tasks = (path for _, task in auto_tasks(plan) for path in task.files)
    features = (path for feature in plan.features for path in feature.files)
    named = (path for path in (*plan.files_modified, *tasks, *features) if not NO_FILE.match(path))
    return tuple(dict.fromkeys(map(normal_path, named)))


NO_FILE = regex(r"\s*(?:\(|n/?a\b(?![./\\])|none\b(?![./\\])|[-–—]\s*$)", re.IGNORECASE)
"""What people write where a task touches no file: “N/A — a look at the screen”, “(verification only)”."""


SAYING = {
    AutoTask: ("name", "behavior", "action", "done"),
    HumanVerification: ("name", "what_built"),
    Decision: ("name", "decision"),
    HumanAction: ("name", "action", "instructions"),
}
"""The parts of each kind of task that say what is to be done."""


def parts_of(task: AnyTask) -> dict[str, str]:
    """Return the parts of a task that say what is to be done, by field."""
    return {field: str(getattr(task, field)) for field in SAYING[type(task)]}


def said_by(task: AnyTask) -> tuple[str, ...]:
    """Return what a task says is to be done."""
    return tuple(parts_of(task).values())


def checked_by(task: AnyTask) -> tuple[str, ...]:
    """Return what a task says of how it is verified."""
    if isinstance(task, AutoTask):
        return (task.verify, *task.automated, task.acceptance_criteria)
    if isinstance(task, HumanVerification):
        return (task.how_to_verify,)
    return (task.verification,) if isinstance(task, HumanAction) else ()


def texts_of(plan: PhasePlan) -> tuple[str, ...]:
    """Return all that the tasks, the features and the verification of a plan say."""
    tasks = (text for task in plan.tasks for text in (*said_by(task), *checked_by(task)))
    features = (text for each in plan.features for text in (each.name, each.behavior, each.implementation))
    return (*tasks, *features, *(box.text for box in plan.verification), plan.verification_text)


def shown(names: tuple[str, ...] | list[str]) -> str:
    """Return the first names of a list in quotes, and how many more there are."""
    more = len(names) - SHOWN
    return ", ".join(quote(name) for name in names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


@rule(
    "PT501",
    "Every task of a plan says how it is verified and when it is done",
    Severity.ERROR,
    "Only evidence ticks a box, and evidence needs a check that can fail.",
)
def can_be_verified(plan: PhasePlan) -> Iterator[Problem]:
    """Find tasks without verification or done statement; acceptance criteria stand for both, as behaviour does."""
    for position, task in auto_tasks(plan):
        ways = {
            "verification": (task.verify, *task.automated, task.acceptance_criteria),
            "done statement": (task.done, task.acceptance_criteria),
        }
        missing = [name for name, texts in ways.items() if not any(text.strip() for text in texts)]
        if missing:
            message = f"{name_of(plan, position)} has no {' and no '.join(missing)}."
            yield Problem(f"tasks[{position}]", message, "Say which check shows that it is done.")
    for position, feature in enumerate(plan.features):
        if not feature.behavior.strip():
            message = f"The feature {quote(feature.name)} says no behaviour."
            yield Problem(f"features[{position}]", message, "Say what its test expects.")


@rule(
    "PT502",
    "A checkpoint says what a person has to do, and a decision has options",
    Severity.WARNING,
    "Whoever is asked has nothing but this text.",
)
def asks_clearly(plan: PhasePlan) -> Iterator[Problem]:
    """Find checkpoints that leave out what people need."""
    for position, task in enumerate(plan.tasks):
        missing = missing_at(task)
        if missing:
            message = f"{name_of(plan, position)} is a checkpoint without {' and '.join(missing)}."
            yield Problem(f"tasks[{position}]", message, "Say it, so that a person can answer.")


def missing_at(task: AnyTask) -> list[str]:
    """Return what a checkpoint leaves out."""
    if isinstance(task, HumanVerification):
        wanted = {"what was built": task.what_built, "how to verify it": task.how_to_verify}
    elif isinstance(task, Decision):
        wanted = {"its question": task.decision, "two options": "two" if len(task.options) > 1 else ""}
    elif isinstance(task, HumanAction):
        wanted = {"what to do": task.action or task.instructions}
    else:
        return []
    return [name for name, text in wanted.items() if not text.strip()]


@rule(
    "PT503",
    "A plan that calls itself autonomous has no checkpoint",
    Severity.ERROR,
    "It would be started unattended and then wait for a person whom nobody told.",
)
def runs_alone(plan: PhasePlan) -> Iterator[Problem]:
    """Find checkpoints in autonomous plans."""
    asked = [position for position, task in enumerate(plan.tasks) if not isinstance(task, AutoTask)]
    if plan.autonomous and asked:
        message = f"The plan says that it is autonomous, and {name_of(plan, asked[0])} is a checkpoint."
        yield Problem("autonomous", message, "Write autonomous: false, or take the checkpoint out.")


@rule(
    "PT504",
    "The files of the front matter are the files of the tasks",
    Severity.WARNING,
    "Plans are worked on side by side where files_modified shows no shared file, so a file left out is a collision.",
)
def names_its_files(plan: PhasePlan) -> Iterator[Problem]:
    """Find files that only the front matter or only the tasks name; plans without one of both are not judged."""
    declared = {normal_path(path).casefold(): path for path in plan.files_modified}
    written = {path.casefold(): path for path in files_of(plan.model_copy(update={"files_modified": ()}))}
    if not declared or not written:
        return
    hidden = [path for key, path in written.items() if key not in declared]
    if hidden:
        message = f"The tasks write {shown(hidden)}, and files_modified leaves that out."
        yield Problem("files_modified", message, "Add it to files_modified.")
    idle = [path for key, path in declared.items() if key not in written]
    if idle:
        message = f"files_modified names {shown(idle)}, and no task writes that."
        yield Problem("files_modified", message, "Add it to the files of a task, or take it out.")


@rule(
    "PT505",
    "A task or the verification of a plan speaks of every truth of its must-haves",
    Severity.WARNING,
    "A truth that no task speaks of is hoped for, not built.",
)
def verifies_its_truths(plan: PhasePlan) -> Iterator[Problem]:
    """Find truths that share no telling word with the tasks and the verification."""
    texts = (*texts_of(plan), *files_of(plan))
    silent = frozenset(spoken_of_by_nobody(plan.must_haves.truths, texts))
    for position, truth in enumerate(plan.must_haves.truths):
        if truth in silent:
            message = f"No task speaks of the truth {quote(truth)}."
            yield Problem(f"must_haves.truths[{position}]", message, "Say in a task how it is verified.")


@rule(
    "PT506",
    "Words such as “for now”, “later”, “stub” or “placeholder” cut no scope of a plan",
    Severity.WARNING,
    "A task that promises less than its requirement drops scope without anyone deciding so.",
)
def cuts_no_scope(plan: PhasePlan) -> Iterator[Problem]:
    """Find such words in tasks, features, truths and success criteria; see `bot.checks.scope`."""
    for at, task in enumerate(plan.tasks):
        yield from cuts_in(name_of(plan, at), f"tasks[{at}]", parts_of(task))
    for at, feature in enumerate(plan.features):
        parts = {"name": feature.name, "behavior": feature.behavior, "implementation": feature.implementation}
        yield from cuts_in(f"The feature {quote(feature.name)}", f"features[{at}]", parts)
    for at, truth in enumerate(plan.must_haves.truths):
        yield from cuts_in("A truth", f"must_haves.truths[{at}]", {"": truth})
    yield from cuts_in("A success criterion", "success_criteria", {"": plan.success_criteria})


def cuts_in(name: str, subject: str, parts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield one problem for the words that cut scope in the parts of something, at the first part that has one."""
    cuts = [(part, cut) for part, text in parts.items() for cut in scope_cuts(text)]
    if cuts:
        part, first = cuts[0]
        words = ", ".join(dict.fromkeys(f"“{cut.word}”" for _, cut in cuts))
        message = f"{name} says {words} in {quote(first.text)}."
        step = "Say what is left out and let people decide it, or do it all."
        yield Problem(f"{subject}.{part}" if part else subject, message, step)


@rule(
    "PT507",
    "A plan is synchronous or asynchronous, not both, and tests with one kind of client",
    Severity.WARNING,
    "A blocking call in an asynchronous route stops every other request.",
)
def mixes_no_sync_and_async(plan: PhasePlan) -> Iterator[Problem]:
    """Find blocking drivers, calls and clients in a plan that is asynchronous elsewhere."""
    texts = [
        (str(position), text)
        for position, task in enumerate(plan.tasks)
        for text in (*said_by(task), *checked_by(task))
    ]
    for found in mixtures(texts):
        first, second = name_of(plan, int(found.asynchronous_subject)), name_of(plan, int(found.blocking_subject))
        message = f"{first} says {quote(found.asynchronous)}, and {second} says {quote(found.blocking)}, which blocks."
        subject = f"tasks[{found.blocking_subject}]"
        yield Problem(subject, message, "Use the asynchronous one in both places, or neither.")


@rule(
    "PT508",
    "The tasks of a plan make files in the order of the layers: settings, core, models, schemas, services, endpoints,"
    " router, application, image",
    Severity.WARNING,
    "What is made before what it needs can't be run, so its check proves nothing.",
)
def follows_layers(plan: PhasePlan) -> Iterator[Problem]:
    """Find files that are made before a lower layer of the same feature or service; see `bot.checks.layers`."""
    steps = [Step(str(position), task.files, position) for position, task in auto_tasks(plan)]
    for found in out_of_order(steps):
        user, needed = found.user_step.position, found.needed_step.position
        message = found.message(name_of(plan, user), name_of(plan, needed))
        yield Problem(f"tasks[{user}]", message, found.remedy)
