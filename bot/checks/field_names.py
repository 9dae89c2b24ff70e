"""Names that documents share: a field is called the same everywhere, and what a requirement is about exists.

Only names in code ticks are looked at, because only they claim to be the code's. Conservative: a name is judged when
exactly one field could be meant, and left alone otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.checks.entity_naming import TAKEN_CLASSES
from bot.checks.package_names import WELL_KNOWN
from bot.checks.registry import Problem, RuleSet
from bot.checks.spelling import is_one_slip
from bot.documents.entities.entity_specs import EntityField, EntitySpecs
from bot.documents.findings import Severity
from bot.documents.naming import snake_case
from bot.documents.requirements.ears import ears
from bot.documents.requirements.requirements import Requirement, Requirements
from bot.documents.tasks.task_plan import Task

__all__ = ["NAMING_RULES", "Passage", "SharedNames", "passages_of_requirements", "passages_of_task"]

SHORTEST_SLIP = 5
"""Letters; shorter names are one letter apart by chance."""

TEMPORAL = frozenset({"date", "datetime", "time"})
WHEN = frozenset({"on", "at", "date", "time", "day", "datetime", "timestamp"})
"""Words that say of a name that it is a moment: due_on, due_date."""

ONE_WORD = {
    word: words.split()[0]
    for words in (
        "description desc descr", "quantity qty count", "number num no nr", "id key pk", "email mail", "status state",
        "phone telephone tel", "address addr", "kind type", "created creation", "updated modified changed",
        "start begin", "end finish", "image picture photo", "amount sum", "password passwd pwd",
    )
    for word in words.split()
}  # fmt: skip
"""Words that people use for one thing → the first of them."""

WEAK = frozenset({"is", "has", "the", "number", "id", "kind"})
"""Words that alone don't say which field is meant."""

CODE_CLASSES = (
    "Error", "Exception", "Response", "Request", "Schema", "Service", "Repository", "Router", "Settings", "Mixin",
    "Base", "Create", "Update", "Read", "List", "Page", "Client", "Session", "Model", "Enum", "Factory", "Middleware",
    "Config", "Handler", "Provider", "Manager", "Dependency", "Parameters", "API", "Job", "Task", "Event", "Test",
)  # fmt: skip
"""How classes end that are part of the code and of no entity_specs."""

ENTITY_WORDS = frozenset({"entity", "entities", "model", "record", "row", "table"})
"""Words that say of a name in code ticks that it is an entity's."""

NO_ENTITIES = TAKEN_CLASSES | {
    "Accept", "Alembic", "Allow", "Authorization", "Bearer", "Boolean", "Cookie", "Docker", "Dockerfile", "Etag",
    "Host", "Link", "Location", "Makefile", "Null", "Origin", "Poetry", "Postgres", "PostgreSQL", "Pydantic", "Range",
    "Redis", "String", "System", "Undefined",
}  # fmt: skip
"""Words in PascalCase that are headers, tools or values."""


@dataclass(frozen=True)
class Passage:
    """One text of a document: what it belongs to (``1.2``), and the entity that it is about, where that is known."""

    subject: str
    text: str
    entity: str = ""
    is_requirement: bool = False
    is_system: bool = False
    """Whether it is what a criterion calls the system, which may have a name of its own."""

    @cached_property
    def name(self) -> str:
        """Return how messages call what it belongs to."""
        if not self.is_requirement:
            return f"Task {self.subject}" if self.subject else "A task"
        return self.subject if "." in self.subject else f"Requirement {self.subject}"

    @cached_property
    def code(self) -> tuple[str, ...]:
        """Return what stands in code ticks, each once."""
        pieces = self.text.split("`")
        spans = pieces[1::2] if len(pieces) % 2 else pieces[1:-1:2]
        return tuple(dict.fromkeys(span.strip() for span in spans))


@dataclass(frozen=True)
class SharedNames:
    """Entities, and the texts that speak of them."""

    specs: EntitySpecs
    passages: tuple[Passage, ...]
    terms: frozenset[str] = frozenset()
    """Words of the glossary, in small letters."""

    @cached_property
    def known(self) -> frozenset[str]:
        """Return every name that the specs give, in snake_case."""
        names = {enum.name for enum in self.specs.enums} | {value for enum in self.specs.enums for value in enum.values}
        for entity in self.specs.entities:
            names |= {
                entity.name,
                entity.table,
                entity.renamed_from or entity.name,
                *(relation.name for relation in entity.relations),
            }
            names |= {field.renamed_from for field in entity.fields if field.renamed_from}
        return frozenset(snake_case(name) for name in names)

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """Return the entity of each name by which code calls it: `Loan`, `loan` and the table `loans`."""
        tables = {entity.table: entity.name for entity in reversed(self.specs.entities)}
        variables = {snake_case(entity.name): entity.name for entity in reversed(self.specs.entities)}
        return tables | variables | {entity.name: entity.name for entity in self.specs.entities} | {"": ""}

    @cached_property
    def fields(self) -> Mapping[str, Mapping[str, tuple[str, EntityField]]]:
        """Return entity (empty: any) → name of a field → the entity that has it first, and the field."""
        found: dict[str, dict[str, tuple[str, EntityField]]] = {"": {}}
        for entity in self.specs.entities:
            own = found.setdefault(entity.name, {})
            for field in entity.fields:
                own.setdefault(field.name, (entity.name, field))
                found[""].setdefault(field.name, (entity.name, field))
        return found


NAMING_RULES: RuleSet[SharedNames] = RuleSet("requirements.md")
rule = NAMING_RULES.rule


def passages_of_requirements(requirements: Requirements) -> Iterator[Passage]:
    """Yield the texts of requirements."""
    for requirement in requirements.requirements:
        yield Passage(str(requirement.number), heading(requirement), is_requirement=True)
        for criterion in requirement.criteria:
            clause = ears(criterion.text)
            system = clause.system if clause and "`" in clause.system else ""
            if system:
                yield Passage(criterion.number, system, is_requirement=True, is_system=True)
            yield Passage(criterion.number, criterion.text.replace(system, "", 1), is_requirement=True)


def heading(requirement: Requirement) -> str:
    """Return what a requirement says beside its criteria."""
    return f"{requirement.title}\n{requirement.user_story}"


def passages_of_task(task: Task) -> Iterator[Passage]:
    """Yield the texts of a task."""
    yield Passage(task.number, "\n".join((task.title, *task.details, task.done)), entity=task.entity)


@rule(
    "PT405",
    "A field has one name in all documents, such as due_on everywhere and due_date nowhere",
    Severity.WARNING,
    "Whoever follows the other name builds a second field, or a test that never passes.",
)
def has_one_name(names: SharedNames) -> Iterator[Problem]:
    """Find names in code ticks that are no field, where exactly one field is called nearly so."""
    for passage in names.passages:
        for span in passage.code:
            owner, _, last = span.rpartition(".")
            entity = names.owners.get(owner, owner) or (passage.entity if passage.entity in names.fields else "")
            if entity not in names.fields or not is_field_name(last):
                continue
            meant = field_meant(last, entity, names)
            is_event = bool(owner and owner != entity and meant and meant[1].startswith(f"{last}_"))
            if meant and not is_event:  # such as `book.created`, beside the field created_at
                of, field = meant
                message = f"{passage.name} says `{span}`, and {of} calls it `{field}`."
                yield Problem(passage.subject, message, f"Write `{field}`, or rename the field.")


def is_field_name(text: str) -> bool:
    """Tell whether a text could name a field: a word in snake_case or camelCase."""
    return len(text) > 1 and text.isascii() and text[0].islower() and text.replace("_", "").isalnum()


def field_meant(name: str, entity: str, names: SharedNames) -> tuple[str, str] | None:
    """Return the one field that a name means, and its entity; None where it is known, or where none or several fit."""
    fields = names.fields[entity]
    snake = snake_case(name)
    if name in names.fields[""] or (snake == name and snake in names.known):
        return None
    if snake in fields:
        return fields[snake][0], snake
    near = [(of, field.name) for of, field in fields.values() if is_near(snake, field)]
    return near[0] if len(near) == 1 else None


def is_near(name: str, field: EntityField) -> bool:
    """Tell whether a name is another form of a field's: one slip away, or the same words for the same thing."""
    if name.replace("_", "") == field.name.replace("_", ""):
        return True
    longer, shorter = sorted((name, field.name), key=len, reverse=True)
    if len(shorter) >= SHORTEST_SLIP and longer.isalpha() == shorter.isalpha() and longer != f"{shorter}s":
        letters = {letter for letter in longer if not letter.isalpha()} <= {"_"}
        if letters and is_one_slip(name, field.name):
            return True
    said, meant = core(name), core(field.name)
    if said != meant or said <= WEAK:
        return False
    says_when = bool(WHEN.intersection(name.split("_")) or WHEN.intersection(field.name.split("_")))
    return not says_when or field.type.name in TEMPORAL


def core(name: str) -> frozenset[str]:
    """Return the words of a name that say which field is meant, each in its one form."""
    words = [ONE_WORD.get(word, word) for word in name.split("_") if word and word not in WHEN]
    return frozenset(word for word in words if word not in {"is", "has", "the"})


@rule(
    "PT406",
    "What a requirement names in code ticks as an entity is one",
    Severity.WARNING,
    "A requirement about an entity that doesn't exist is never built, or about another thing than people think.",
)
def names_entities(names: SharedNames) -> Iterator[Problem]:
    """Find PascalCase names in code ticks that are no entity, enum, value or class of the code."""
    for passage in names.passages:
        for span in passage.code if passage.is_requirement else ():
            name = span.partition(".")[0]
            if is_entity_name(name) and not is_there(name, names):
                slip = next((entity.name for entity in names.specs.entities if is_one_slip(name, entity.name)), "")
                if passage.is_system and not slip and not calls_entity(passage.text):
                    continue
                step = f"Write `{slip}`, if you mean that." if slip else "Add the entity, or name the one you mean."
                message = f"{passage.name} is about `{name}`, which is no entity."
                yield Problem(passage.subject, message, step)


def calls_entity(system: str) -> bool:
    """Tell whether what stands where the system is named calls itself an entity: “the `Book` entity”."""
    return not ENTITY_WORDS.isdisjoint(system.casefold().replace("`", " ").split())


def is_entity_name(text: str) -> bool:
    """Tell whether a text could name an entity: a word in PascalCase that no header, tool or class of the code has."""
    is_pascal = text.isascii() and text.isalnum() and text[:1].isupper() and not text.isupper()
    return is_pascal and text not in NO_ENTITIES and not text.endswith(CODE_CLASSES)


def is_there(name: str, names: SharedNames) -> bool:
    """Tell whether the specs or the glossary know a name, in the singular or plural; packages are known too."""
    snake = snake_case(name)
    words = snake.replace("_", " ")
    tables = {entity.table for entity in names.specs.entities}
    return snake in names.known or snake in tables or words in names.terms or snake.replace("_", "") in WELL_KNOWN
