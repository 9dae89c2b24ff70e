"""What answers about entities, tasks and changes must keep to, given what was decided before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.rule_lines import write_rule
from bot.documents.tasks.task_plan import TaskKind, TaskPlan
from bot.generation.blueprint import load_blueprint
from bot.generation.custom import module_of
from bot.patterns import regex
from bot.planning.conversation import Proposal
from bot.planning.model.answer_rules import AnswerRule
from bot.planning.model.model_answers import CoveredBehaviour, EntitySpecsAnswer, RevisionAnswer, TaskPlanAnswer
from bot.planning.model.proposals import entity_called

__all__ = ["REVISION_RULES", "SPECS_RULES", "TASK_RULES", "THING_RULES", "Planned", "Wanted"]

FOLDERS = ("app/schemas", "app/services", "app/repositories", "tests/api")
"""Where a custom task may have files of its own beside the usual ones."""
FILE_NAME = regex(r"(test_)?[a-z][a-z0-9_]*\.py")
MOST_FILES = 4
MOST_STEPS = 12
MOST_TRUTHS = 6
PACKAGE = regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
"""A package's name as PEP 508 has it."""


@dataclass(frozen=True)
class Wanted:
    """What entities are decided for: titles of behaviours, and things that people named."""

    behaviours: tuple[str, ...]
    things: tuple[str, ...] = ()
    earlier: Proposal | None = None


class Keeping(Protocol):
    """Any answer with entity_specs."""

    @property
    def entity_specs(self) -> str:
        """Return the text of the specs."""
        ...

    @property
    def features(self) -> list[str]:
        """Return the names of features."""
        ...

    @property
    def covered(self) -> list[CoveredBehaviour]:
        """Return the behaviours that need no code."""
        ...


def unknown_features(answer: Keeping, _: object) -> Iterator[str]:
    """Find features that no service can have."""
    known = load_blueprint().feature_names
    yield from (f"features: there is none called {each!r}" for each in answer.features if each not in known)


def wrongly_covered(answer: Keeping, wanted: Wanted) -> Iterator[str]:
    """Find behaviours that nobody wants, and those that nothing in the answer gives."""
    rules = rules_in(read_entity_specs(answer.entity_specs).specs)
    for each in answer.covered:
        if each.behaviour not in wanted.behaviours:
            yield f"covered: {each.behaviour!r} is no behaviour of the requirements"
        elif plain(each.by) not in rules and each.by not in answer.features:
            yield f"covered: {each.by!r} is neither a rule of the entities nor a chosen feature"


def rules_in(specs: EntitySpecs) -> set[str]:
    """Return the declared rules of all entities, as they are compared."""
    return {plain(write_rule(rule)) for entity in specs.entities for rule in entity.rules}


def plain(rule: str) -> str:
    """Return a rule without what doesn't tell it from others."""
    return " ".join(rule.strip(" -`").lower().split())


def missing_things(answer: EntitySpecsAnswer, wanted: Wanted) -> Iterator[str]:
    """Find things of the requirements that are no entity, and of which nothing is said."""
    specs = read_entity_specs(answer.entity_specs).specs
    told = " ".join(answer.assumptions).lower()
    for thing in wanted.things:
        if entity_called(thing, specs) is None and thing.lower() not in told:
            yield f"entity_specs: {thing} of the requirements is no entity, and no assumption says what became of it"


SPECS_RULES: tuple[AnswerRule[Keeping, Wanted], ...] = (
    AnswerRule("Features are of the list above.", unknown_features),
    AnswerRule(
        "What is covered is a behaviour that people want, by its title, and what covers it is a rule of the "
        "entities, as it stands there, or a chosen feature.",
        wrongly_covered,
    ),
)
"""What every answer with entities keeps to beside the rules of entity_specs."""
THING_RULES: tuple[AnswerRule[EntitySpecsAnswer, Wanted], ...] = (
    AnswerRule(
        "Every thing of the requirements is an entity; where it became something else, an assumption names it and "
        "says what.",
        missing_things,
    ),
)
"""What the first answer with entities keeps to."""


def unknown_dropped(answer: RevisionAnswer, wanted: Wanted) -> Iterator[str]:
    """Find what is to be dropped and isn't there."""
    before = wanted.earlier
    if before is None:
        return
    titles = (behaviour.title for behaviour in before.custom)
    there = {*titles, *before.features, *before.decisions, *before.assumptions, *before.unread}
    for each in answer.dropped:
        if " ".join(each.split()) not in there:
            yield f"dropped: {each!r} does not stand in the plan so far, word for word"


REVISION_RULES: tuple[AnswerRule[RevisionAnswer, Wanted], ...] = (
    AnswerRule("What is dropped stands in the plan so far, word for word.", unknown_dropped),
)
"""What the answer to a change keeps to beside `SPECS_RULES`."""


@dataclass(frozen=True)
class Planned:
    """What custom tasks are planned within: the derived plan, with a task for each behaviour."""

    plan: TaskPlan

    @property
    def modules(self) -> dict[str, str]:
        """Return the module of each custom task by its title."""
        return {task.title: module_of(task) for task in self.plan.tasks() if task.kind is TaskKind.CUSTOM}

    @property
    def files(self) -> set[str]:
        """Return every file of the derived plan."""
        return {path.casefold() for task in self.plan.tasks() for path in task.files}


def wrong_tasks(answer: TaskPlanAnswer, planned: Planned) -> Iterator[str]:
    """Find behaviours without a task, with two, and tasks of none."""
    named = [task.behaviour for task in answer.tasks]
    titles = planned.modules
    yield from (f"tasks: {title!r} has no task" for title in titles if title not in named)
    yield from (f"tasks: {name!r} is none of the behaviours" for name in dict.fromkeys(named) if name not in titles)
    yield from (f"tasks: {name!r} is there {named.count(name)} times" for name in titles if named.count(name) > 1)


def unfinished(answer: TaskPlanAnswer, _: object) -> Iterator[str]:
    """Find tasks without steps or a done statement, and tasks that say too much."""
    for task in answer.tasks:
        if not any(step.strip() for step in task.action) or not task.done.strip():
            yield f"tasks: {task.behaviour} has no steps, or doesn't say when it is done"
        if len(task.action) > MOST_STEPS or len(task.truths) > MOST_TRUTHS:
            yield f"tasks: {task.behaviour} has more than {MOST_STEPS} steps or {MOST_TRUTHS} truths"


def wrong_paths(answer: TaskPlanAnswer, planned: Planned) -> Iterator[str]:
    """Find files that a custom task may not have."""
    taken = planned.files
    for task in answer.tasks:
        module = planned.modules.get(task.behaviour, "")
        for path in task.files:
            if not is_own_path(path, module) or path.casefold() in taken:
                yield f"tasks: {task.behaviour} may not write {path[:100]!r}"
            taken.add(path.casefold())
        if len(task.files) > MOST_FILES:
            yield f"tasks: {task.behaviour} has more than {MOST_FILES} files beside the usual ones"


def is_own_path(path: str, module: str) -> bool:
    """Tell whether a path is one that belongs to the task of a module alone."""
    folder, _, name = path.rpartition("/")
    if folder not in FOLDERS or not FILE_NAME.fullmatch(name) or not module:
        return False
    return name.removeprefix("test_").startswith(module) and name.startswith("test_") == (folder == "tests/api")


def wrong_checks(answer: TaskPlanAnswer, planned: Planned) -> Iterator[str]:
    """Find verification that is no check of the blueprint, or that tests what isn't the task's own."""
    for task in answer.tasks:
        module = planned.modules.get(task.behaviour, "")
        own = {f"tests/api/test_{module}.py", *task.files}
        for words in task.verification:
            if not is_check(words, own):
                yield f"tasks: {words[:100]!r} is no check that {task.behaviour} may have"


def is_check(words: str, own: set[str]) -> bool:
    """Tell whether words name a check; after ``pytest`` stand tests of the task's own."""
    allowed = load_blueprint().words
    if words in allowed and words != "pytest":
        return True
    first, *paths = words.split(" ")
    tests: Sequence[str] = [path for path in paths if path in own and "/test_" in path]
    return first == "pytest" and "pytest" in allowed and bool(paths) and len(tests) == len(paths)


def wrong_packages(answer: TaskPlanAnswer, _: object) -> Iterator[str]:
    """Find names that no package has."""
    for package in answer.packages:
        if not PACKAGE.fullmatch(package.name):
            yield f"packages: {package.name[:60]!r} can't be a package's name"


TASK_RULES: tuple[AnswerRule[TaskPlanAnswer, Planned], ...] = (
    AnswerRule("Every behaviour has exactly one task, by its title.", wrong_tasks),
    AnswerRule(
        f"A task has one to {MOST_STEPS} steps, a done statement, and at most {MOST_TRUTHS} truths.",
        unfinished,
    ),
    AnswerRule(
        f"Files beside the usual ones (at most {MOST_FILES} a task) are new and lie in {', '.join(FOLDERS)}; their "
        "names begin with the module of the task's usual files, tests with test_ and that module.",
        wrong_paths,
    ),
    AnswerRule(
        "Verification beside the usual one takes a check of this list as it stands, or pytest with test files of the "
        f"task: {', '.join(load_blueprint().words)}.",
        wrong_checks,
    ),
    AnswerRule("A package is named as it is installed.", wrong_packages),
)
"""What planned tasks keep to beside the rules of task plans."""
