"""Rules over checklists as they stand in files, foreign ones above all: references, order, waves, coverage, scope.

Numbers that stand twice and boxes that disagree with their sub-tasks are the reader's findings (PT007, PT010).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.checks.cycles import find_cycles
from bot.checks.layers import Step, out_of_order, paths_in
from bot.checks.registry import Problem, RuleSet, quote
from bot.checks.scope import scope_cuts
from bot.checks.sync_async import mixtures
from bot.documents.findings import Finding, Place, Severity
from bot.documents.tasks.checklist import Checklist, ReadTask, TasksReading
from bot.documents.tasks.waves import Wave
from bot.documents.text.boxes import TaskState
from bot.documents.text.references import ReferenceKind, ids_of
from bot.documents.text.source_text import SourceText

__all__ = ["CHECKLIST_RULES", "check_checklist"]

CHECKLIST_RULES: RuleSet[Checklist] = RuleSet("tasks.md")
rule = CHECKLIST_RULES.rule

NO_REASONS = frozenset({"?", "-", "…", "...", "tbd", "todo", "yes", "true", "unknown", "n/a", "none", "reason"})
MAKING = frozenset({"add", "build", "create", "define", "files", "generate", "implement", "make", "write"})
"""First words of details that name files which the task makes."""
DERIVED = "Template:"
"""How the detail begins that says which template of ours a task is derived from."""
GRAPH = "graph"
"""The subject of findings about the whole dependency graph."""
JSON_SIGNS = frozenset('{["')
"""How lines of the dependency graph begin that hold numbers."""
SHOWN = 5


def check_checklist(reading: TasksReading, text: str = "") -> tuple[Finding, ...]:
    """Return what the rules find in a checklist; what its reader found is in the reading.

    With the text that was read, findings about the dependency graph stand at its lines too.
    """
    places = {at(task): Place(file=reading.file, line=task.line, column=1) for task in reading.tasks}
    graph = graph_places(reading.checklist, text, reading.file)
    return CHECKLIST_RULES.check(reading.checklist, {"": Place(file=reading.file)} | places | graph)


def graph_places(checklist: Checklist, text: str, file: str) -> dict[str, Place]:
    """Return where each number of the dependency graph stands, as often as it stands there, and the graph itself."""
    if not checklist.waves:
        return {}
    lines: dict[str, list[int]] = {}
    begins = 0
    for line in SourceText(text).lines:
        if line.text.lstrip()[:1] in JSON_SIGNS:
            begins = begins or line.number
            for word in line.text.split('"')[1::2]:
                lines.setdefault(word, []).append(line.number)
    whole = Place(file=file, line=begins, column=1) if begins else Place(file=file)
    places = {GRAPH: whole}
    counted: Counter[str] = Counter()
    for wave in checklist.waves:
        for number in wave.tasks:
            position, known = counted[number], lines.get(number, ())
            at_line = known[position] if position < len(known) else None
            places[in_graph(number, position)] = Place(file=file, line=at_line, column=1) if at_line else whole
            counted[number] += 1
    return places


def in_graph(number: str, position: int) -> str:
    """Return the subject of a number in the dependency graph; ``position`` counts from 0 where it stands again."""
    return f"{GRAPH}#{number}#{position}"


def at(task: ReadTask) -> str:
    """Return the subject of a task's findings: its line, because a number may be missing or stand twice."""
    return f"#{task.line}"


def name_of(task: ReadTask) -> str:
    """Return how messages call a task."""
    return f"Task {task.number}" if task.number else quote(task.title)


def leaves(checklist: Checklist) -> list[ReadTask]:
    """Return the tasks with a box and without sub-tasks."""
    return [task for task in checklist.tasks if task.mark_offset is not None and task.derived is None]


def above(checklist: Checklist, task: ReadTask) -> Iterator[ReadTask]:
    """Yield the parents of a task, nearest first."""
    while task.parent is not None:
        task = checklist.tasks[task.parent]
        yield task


def shown(names: list[str]) -> str:
    """Return the first names of a list, and how many more there are."""
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


@rule(
    "PT330",
    "What _Depends_ names is a task of the checklist",
    Severity.ERROR,
    "A task that waits for one that isn't there never starts.",
)
def depends_on_tasks(checklist: Checklist) -> Iterator[Problem]:
    """Find dependencies on numbers that no task has, or that were struck; numbers within prose are not judged."""
    known = {task.number for task in checklist.tasks}
    struck = {each.number for each in checklist.removed}
    for task in checklist.tasks:
        for number in ids_of(each for each in task.dependency_references if each.kind is not ReferenceKind.TEXT):
            if number not in known:
                reason = "was removed" if number in struck else "is not in the checklist"
                message = f"{name_of(task)} depends on {quote(number)}, which {reason}."
                yield Problem(at(task), message, "Name a task of the checklist, or take the dependency out.")


@rule(
    "PT331",
    "Tasks of a checklist don't wait for each other in a circle",
    Severity.ERROR,
    "No task of a circle can ever start; a parent waits for its sub-tasks.",
)
def has_no_circle(checklist: Checklist) -> Iterator[Problem]:
    """Find circles of dependencies, with their path."""
    first: dict[str, ReadTask] = {}
    for task in checklist.tasks:
        if task.number:
            first.setdefault(task.number, task)
    edges = {number: list(task.depends) for number, task in first.items()}
    for task in first.values():
        parent = checklist.tasks[task.parent].number if task.parent is not None else ""
        if parent:
            edges[parent].append(task.number)
    for cycle in find_cycles(edges):
        message = f"These tasks wait for each other: {' → '.join(cycle)}."
        yield Problem(at(first[cycle[0]]), message, "Take one of these dependencies out, or split a task.")


@rule(
    "PT332",
    "A task of a checklist stands after the tasks that it depends on",
    Severity.WARNING,
    "Lists are worked off from the top.",
)
def stands_after_dependencies(checklist: Checklist) -> Iterator[Problem]:
    """Find tasks that depend on one further down."""
    lines = {task.number: task.line for task in reversed(checklist.tasks)}
    for task in checklist.tasks:
        for number in task.depends:
            if lines.get(number, 0) > task.line:
                message = f"{name_of(task)} depends on {number}, which comes later, on line {lines[number]}."
                yield Problem(at(task), message, f"Move {number} before it.")


@rule(
    "PT333",
    "The dependency graph names tasks of the checklist, each once",
    Severity.ERROR,
    "A wave with a task that isn't there, or is there twice, can't be worked off.",
)
def waves_name_tasks(checklist: Checklist) -> Iterator[Problem]:
    """Find numbers in waves that no task has, that stand in two waves, and waves after waves that aren't there."""
    known = {task.number for task in checklist.tasks}
    ids = {wave.id for wave in checklist.waves}
    seen: dict[str, int] = {}
    counted: Counter[str] = Counter()
    for wave in checklist.waves:
        for number in wave.tasks:
            subject = in_graph(number, counted[number])
            counted[number] += 1
            if number not in known:
                message = f"Wave {wave.id} names the task {quote(number)}, which is not in the checklist."
                yield Problem(subject, message, "Name a task of the checklist, or take it out of the graph.")
            elif number in seen:
                message = f"The task {number} stands in wave {seen[number]} and in wave {wave.id}."
                yield Problem(subject, message, "Leave it in one of them.")
            seen.setdefault(number, wave.id)
        for other in wave.depends_on:
            if other not in ids:
                yield Problem(GRAPH, f"Wave {wave.id} waits for wave {other}, which isn't there.", "Name a wave.")


@rule(
    "PT334",
    "The dependency graph names every task that is left to do",
    Severity.WARNING,
    "A task in no wave is never started by who works off the graph.",
)
def waves_name_all_tasks(checklist: Checklist) -> Iterator[Problem]:
    """Find open, required tasks that stand in no wave, neither themselves nor by a parent."""
    named = {number for wave in checklist.waves for number in wave.tasks}
    missing = [
        task
        for task in leaves(checklist)
        if task.number
        and not task.optional
        and task.state is not TaskState.DONE
        and not any(number in named for number in heads(task.number))
    ]
    if checklist.waves and missing:
        message = f"No wave of the graph names {shown([task.number for task in missing])}."
        yield Problem(at(missing[0]), message, "Add them to the wave after the tasks that they depend on.")


def heads(number: str) -> Iterator[str]:
    """Yield a number and the numbers above it: 2.1.3, 2.1, 2."""
    while number:
        yield number
        number = number.rpartition(".")[0]


@rule(
    "PT335",
    "The dependency graph puts a task in a later wave than the tasks that it depends on",
    Severity.ERROR,
    "Tasks of one wave may be worked on side by side, so none of them may need another.",
)
def waves_follow_dependencies(checklist: Checklist) -> Iterator[Problem]:
    """Find tasks whose own or whose parent's dependencies are in the same wave or a later one."""
    ordered = in_order(checklist.waves)
    first = {number: wave for wave in reversed(ordered) for number in wave.tasks}
    last = {head: wave for wave in ordered for number in wave.tasks for head in heads(number)}
    position = {id(wave): index for index, wave in enumerate(ordered)}
    for task in checklist.tasks:
        wave = first.get(task.number)
        wanted = [number for each in (task, *above(checklist, task)) for number in each.depends] if wave else []
        for number in dict.fromkeys(wanted):
            other = last.get(number)
            if wave and other and number not in heads(task.number) and position[id(other)] >= position[id(wave)]:
                message = f"{name_of(task)} is in wave {wave.id} and depends on {number}, which is in wave {other.id}."
                yield Problem(at(task), message, f"Move {task.number} to a wave after {other.id}.")


def in_order(waves: tuple[Wave, ...]) -> list[Wave]:
    """Return waves by their ids; as they stand where ids are given twice."""
    is_clear = len({wave.id for wave in waves}) == len(waves)
    return sorted(waves, key=lambda wave: wave.id) if is_clear else list(waves)


@rule(
    "PT336",
    "Every box has a number",
    Severity.WARNING,
    "Commits, dependencies and evidence name tasks by number.",
)
def has_numbers(checklist: Checklist) -> Iterator[Problem]:
    """Find boxes without a number; one finding for all of them."""
    bare = [task for task in checklist.tasks if task.mark_offset is not None and not task.number]
    if bare:
        first = quote(bare[0].title)
        message = f"{first} has no number." if len(bare) == 1 else f"{len(bare)} boxes have no number, {first} first."
        yield Problem(at(bare[0]), message, "Give each the next free number of its parent, such as 2.3.")


@rule(
    "PT337",
    "A task that is blocked says why",
    Severity.WARNING,
    "Nobody can lift a block that nobody knows.",
)
def says_why_blocked(checklist: Checklist) -> Iterator[Problem]:
    """Find blocked tasks without a reason."""
    for task in checklist.tasks:
        is_bare = any(detail.strip("_* :").casefold() == "blocked" for detail in task.details)
        if is_bare or task.blocked.strip().casefold() in NO_REASONS:
            yield Problem(at(task), f"{name_of(task)} is blocked without a reason.", "Write _Blocked: the reason_.")


@rule(
    "PT338",
    "Every task of a checklist names the requirements that it fulfils",
    Severity.WARNING,
    "Where others do, a task that covers nothing is either not needed or hides what it is for.",
)
def covers_something(checklist: Checklist) -> Iterator[Problem]:
    """Find required tasks without requirements beside tasks with some.

    Checkpoints cover nothing by nature, and what our templates derive may lay foundations for all.
    """
    if not any(covers(task) for task in checklist.tasks):
        return
    bare = [
        task
        for task in leaves(checklist)
        if not task.optional
        and not task.title.casefold().startswith("checkpoint")
        and not any(detail.startswith(DERIVED) for detail in task.details)
        and not any(covers(each) for each in (task, *above(checklist, task)))
    ]
    if bare:
        names = shown([task.number or quote(task.title) for task in bare])
        if len(bare) > 1:
            message = f"These tasks cover no requirement: {names}."
            step = "Write _Requirements: 1.1_ under each, or take the tasks out."
        else:
            message = f"{name_of(bare[0])} covers no requirement."
            step = "Write _Requirements: 1.1_ under it, or take the task out."
        yield Problem(at(bare[0]), message, step)


def covers(task: ReadTask) -> bool:
    """Tell whether a task names requirements in any form."""
    return bool(task.requirement_references or task.validates)


@rule(
    "PT339",
    "Words such as “for now”, “later”, “stub” or “placeholder” cut no scope of a checklist",
    Severity.WARNING,
    "A task that promises less than its criterion drops scope without anyone deciding so.",
)
def cuts_no_scope(checklist: Checklist) -> Iterator[Problem]:
    """Find such words in titles and details; see `bot.checks.scope`."""
    for task in checklist.tasks:
        cuts = scope_cuts("\n".join((task.title, *task.details)))
        if cuts:
            words = ", ".join(dict.fromkeys(f"“{cut.word}”" for cut in cuts))
            message = f"{name_of(task)} says {words} in {quote(cuts[0].text)}."
            yield Problem(at(task), message, "Say what is left out and let people decide it, or do it all.")


@rule(
    "PT340",
    "A checklist is synchronous or asynchronous, not both",
    Severity.WARNING,
    "A blocking call in an asynchronous route stops every other request.",
)
def mixes_no_sync_and_async(checklist: Checklist) -> Iterator[Problem]:
    """Find blocking drivers, calls and clients in a checklist that is asynchronous elsewhere."""
    names = {at(task): name_of(task) for task in checklist.tasks}
    texts = [(at(task), text) for task in checklist.tasks for text in (task.title, *task.details)]
    for found in mixtures(texts):
        message = (
            f"{names[found.asynchronous_subject]} says {quote(found.asynchronous)},"
            f" and {names[found.blocking_subject]} says {quote(found.blocking)}, which blocks."
        )
        yield Problem(found.blocking_subject, message, "Use the asynchronous one in both places, or neither.")


@rule(
    "PT341",
    "Files that a checklist names are made in the order of their layers",
    Severity.WARNING,
    "What is made before what it needs can't be run, so its check proves nothing.",
)
def follows_layers(checklist: Checklist) -> Iterator[Problem]:
    """Find files that are made before a lower layer of the same feature; see `bot.checks.layers`."""
    steps = [Step(at(task), files_of(task), position) for position, task in enumerate(checklist.tasks)]
    names = {at(task): name_of(task) for task in checklist.tasks}
    for found in out_of_order(steps, closes=False):
        message = found.message(names[found.user_step.name], names[found.needed_step.name])
        yield Problem(found.user_step.name, message, found.remedy)


def files_of(task: ReadTask) -> tuple[str, ...]:
    """Return the files that a task says it makes, in details such as “Create app/models/book.py”."""
    texts = (text for text in (task.title, *task.details) if first_word(text) in MAKING)
    return tuple(path for text in texts for path in paths_in(text))


def first_word(text: str) -> str:
    """Return the first word of a text in lower case, without marks around it."""
    return text.partition(" ")[0].strip("*_:").casefold()
