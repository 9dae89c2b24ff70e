"""Entities against the checklists beside them: which entity no task builds, and which task builds no entity.

Checklists of other tools name entities in prose, so an entity counts as built where any task speaks of it, in any
spelling. A checklist in which no task speaks of any entity is about something else and is not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from bot.checks.field_names import SharedNames, is_entity_name, is_there
from bot.checks.phase_plan import files_of, texts_of
from bot.checks.planning_tree import PlanningTree, SpecFolder, spec_folders
from bot.checks.registry import Problem, quote, rule_of
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.findings import Finding, Place
from bot.documents.naming import plural, snake_case
from bot.documents.tasks.checklist import Checklist, ReadTask
from bot.patterns import regex

__all__ = ["check_entity_tasks"]

LABELS = ("entity:", "entities:")
"""How details begin that say which entity a task is about."""

NAMED_MODEL = regex(r"\b([A-Z][A-Za-z0-9]{1,60})`? (?:model|entity|table)\b")
"""A title that names an entity: “Make the Book model”."""

NO_NAMES = frozenset(
    {"Abstract", "Association", "Async", "Audit", "Auth", "Base", "Common", "Core", "Data", "Database", "Declarative",
     "Domain", "Existing", "First", "Form", "Initial", "Input", "Join", "Junction", "Link", "Lookup", "Main", "New",
     "Object", "Other", "Output", "Permission", "Pivot", "Python", "Shared", "Single", "Test", "The", "This", "View"}
)  # fmt: skip
"""Capitalised words before “model” that name no entity."""

SPEAKS_OF_ALL = frozenset(
    f"{which}_{what}"
    for which in ("all", "each", "every", "other", "remaining", "all_other", "all_the", "all_remaining")
    for what in ("entity", "entities", "model", "models", "table", "tables", "resource", "resources")
)
IN_EVERY_CHECKLIST = frozenset(
    f"{word}{ending}"
    for word in (
        "account", "category", "comment", "document", "event", "file", "group", "image", "issue", "item", "job", "link",
        "list", "log", "message", "note", "page", "phase", "plan", "project", "release", "report", "role", "service",
        "session", "setting", "step", "tag", "task", "team", "test", "user", "version",
    )
    for ending in ("", "s")
) | {"order"}  # fmt: skip
"""Words that checklists about anything say, so that they name no entity by themselves."""

MOST_WORDS = 4
"""Words of a name that are compared."""


@dataclass(frozen=True)
class SpecNames:
    """The names by which texts call the entities of specs."""

    specs: EntitySpecs

    @cached_property
    def forms(self) -> Mapping[str, frozenset[str]]:
        """Return the forms of each entity's name in small letters, words joined by underscores."""
        own = {entity.name: snake_case(entity.name) for entity in self.specs.entities}
        taken = set(own.values())
        return {entity.name: frozenset(forms_of(entity, own[entity.name], taken)) for entity in self.specs.entities}

    @cached_property
    def known(self) -> frozenset[str]:
        """Return all forms of all names."""
        return frozenset(form for forms in self.forms.values() for form in forms)

    def are_named_in(self, checklist: Checklist, said: frozenset[str]) -> bool:
        """Tell whether any task names an entity; by a word of every checklist only where the word is called a name."""
        if not (self.known - IN_EVERY_CHECKLIST).isdisjoint(said):
            return True
        named = (name for task in checklist.tasks for name in (*said_to_be_about(task), *names_of_models(task.title)))
        return any(name in self.forms for name in named)

    def is_known(self, name: str) -> bool:
        """Tell whether a name is that of an entity, of an enum, or of something else that the code has."""
        return snake_case(name) in self.known or is_there(name, SharedNames(self.specs, ()))


def forms_of(entity: Entity, name: str, taken: set[str]) -> Iterator[str]:
    """Yield how texts call an entity: ``order_item``, ``order_items``, and ``items`` where nothing else is an item."""
    last = name.rpartition("_")[2]
    for form in (name, entity.table, *((last,) if last not in taken else ())):
        yield cut(form)
        yield cut(plural(form))


def cut(name: str) -> str:
    """Return the words of a name that are compared."""
    return "_".join(name.split("_")[:MOST_WORDS])


def phrases(texts: Iterable[str]) -> frozenset[str]:
    """Return every word of some texts, and as many in a row as names have, in small letters."""
    found: set[str] = set()
    for text in dict.fromkeys(texts):
        said = snake_case(text).split("_")
        for length in range(1, MOST_WORDS + 1):
            found.update("_".join(said[at : at + length]) for at in range(len(said) - length + 1))
    return frozenset(found)


def check_entity_tasks(tree: PlanningTree) -> Iterator[Finding]:
    """Yield what checklists and the entity_specs that they belong to say against each other.

    An entity is missed where no checklist of its specs, and no plan, speaks of it.
    """
    folders: dict[str, list[SpecFolder]] = {}
    for folder in spec_folders(tree):
        if folder.specs and folder.checklist and is_alone(folder.specs_path, tree):
            folders.setdefault(folder.specs_path, []).append(folder)
    planned = phrases(text for plan in tree.phase_plans.values() for text in (*texts_of(plan), *files_of(plan)))
    for path, together in folders.items():
        names = SpecNames(tree.specs[path])
        said = {each.checklist_path: phrases(texts_in(tree.checklists[each.checklist_path])) for each in together}
        about = [each for each, words in said.items() if names.are_named_in(tree.checklists[each], words)]
        if about:
            yield from entities_without_task(names, planned.union(*said.values()), path, tree)
        for each in about:
            yield from tasks_without_entity(names, tree.checklists[each], each)


def is_alone(path: str, tree: PlanningTree) -> bool:
    """Tell whether no other entity_specs stand in the folder, which could be the ones that a checklist is about."""
    return sum(PurePath(each).parent == PurePath(path).parent for each in tree.specs) == 1


def texts_in(checklist: Checklist) -> Iterator[str]:
    """Yield what the tasks of a checklist say."""
    for task in checklist.tasks:
        yield from (task.title, *task.details)


def entities_without_task(names: SpecNames, said: frozenset[str], path: str, tree: PlanningTree) -> Iterator[Finding]:
    """Yield the entities that nobody speaks of, unless a task is about all of them."""
    if not SPEAKS_OF_ALL.isdisjoint(said):
        return
    for name, forms in names.forms.items():
        if forms.isdisjoint(said):
            place = tree.places.get(path, {}).get(name) or Place(file=path)
            problem = Problem(name, f"No task is about {name}.", "Add a task that builds it, or take it out.")
            yield rule_of("PT403").finding(problem, place)


def tasks_without_entity(names: SpecNames, checklist: Checklist, path: str) -> Iterator[Finding]:
    """Yield the tasks that say they are about an entity which isn't there."""
    shapes = {
        shape for task in checklist.tasks for name, shape in named_in(task.title) if snake_case(name) in names.known
    }
    for task in checklist.tasks:
        modelled = [name for name, shape in named_in(task.title) if not shape.startswith("\0") or shape in shapes]
        for name in dict.fromkeys((*said_to_be_about(task), *modelled)):
            if is_entity_name(name) and name not in NO_NAMES and not names.is_known(name):
                called = f"Task {task.number}" if task.number else quote(task.title)
                message = f"{called} is about {quote(name)}, which is no entity of the specs."
                problem = Problem(task.number, message, "Add the entity, or take the task out.")
                yield rule_of("PT404").finding(problem, Place(file=path, line=task.line, column=1))


def said_to_be_about(task: ReadTask) -> Iterator[str]:
    """Yield the entities that details such as “Entity: Book” name."""
    for detail in task.details:
        plain = detail.replace("*", "").replace("`", "").strip()
        label = next((label for label in LABELS if plain.casefold().startswith(label)), "")
        for piece in plain[len(label) :].split(",") if label else ():
            yield piece.strip(" .").partition(" ")[0]


def named_in(title: str) -> Iterator[tuple[str, str]]:
    """Yield the names that a title says are models, each with the title's shape: the rest of it around a gap."""
    for match in NAMED_MODEL.finditer(title):
        yield match[1], f"{title[: match.start(1)]}\0{title[match.end(1) :]}"


def names_of_models(title: str) -> Iterator[str]:
    """Yield the names that a title says are models."""
    return (name for name, _ in named_in(title))
