"""Requirements that follow from entities: one per entity, with its user story and its EARS criteria."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.documents.entities.declared_rules import ActionByOwner, ActionByRole, DeclaredRule
from bot.documents.entities.entity_specs import Entity, EntitySpecs, OnDelete
from bot.documents.frozen import Frozen
from bot.documents.naming import joined
from bot.documents.requirements.requirements import Requirement, Requirements, Term, numbered_criteria
from bot.generation.associations import associations, ends_of
from bot.generation.blueprint import BlueprintFeature
from bot.generation.custom import CustomBehaviour, usual_story
from bot.generation.names import article, entity_names, words
from bot.generation.order import foreign_keys, references_to, with_relations
from bot.generation.relations import related_names
from bot.generation.rule_criteria import rule_sentences
from bot.generation.rule_fields import given_fields

__all__ = [
    "Criterion",
    "CriterionKind",
    "EntityWording",
    "child_criteria",
    "derive_requirements",
    "entity_criteria",
    "entity_heading",
]


class CriterionKind(StrEnum):
    """What a derived criterion is about; a blueprint's tasks say which kinds they cover."""

    CREATE = "create"
    READ = "read"
    MISSING = "missing"
    LIST = "list"
    PAGE = "page"
    FIND = "find"
    INCLUDE = "include"
    UPDATE = "update"
    DELETE = "delete"
    INVALID = "invalid"
    TAKEN = "taken"
    PARENT = "parent"
    LINK = "link"
    CHILDREN = "children"
    RULE = "rule"
    OWNER = "owner"
    ROLE = "role"


class EntityWording(Frozen):
    """What a planner says of an entity in people's own words; empty where the usual words will do."""

    entity: str
    meaning: str = ""
    user_story: str = ""


USUAL_WORDING: Mapping[str, EntityWording] = {}


class Criterion(Frozen):
    """A derived criterion with its kind."""

    kind: CriterionKind
    text: str


def derive_requirements(
    title: str,
    introduction: str,
    specs: EntitySpecs,
    custom: tuple[CustomBehaviour, ...],
    assumptions: tuple[str, ...],
    features: tuple[BlueprintFeature, ...] = (),
    wording: Mapping[str, EntityWording] = USUAL_WORDING,
) -> Requirements:
    """Derive requirements from what was decided: one per entity, one per custom behaviour, then one per feature.

    ``wording`` has better words for an entity, by its name.
    """
    derived = [
        entity_requirement(number, entity, specs, wording.get(entity.name))
        for number, entity in enumerate(specs.entities, start=1)
    ]
    behaviours = [
        custom_requirement(number, behaviour) for number, behaviour in enumerate(custom, start=len(derived) + 1)
    ]
    promised = [feature for feature in features if feature.criteria]
    chosen = [
        feature_requirement(number, feature)
        for number, feature in enumerate(promised, start=len(derived) + len(behaviours) + 1)
    ]
    return Requirements(
        title=title,
        introduction=introduction,
        glossary=glossary(title, specs, wording),
        requirements=(*derived, *behaviours, *chosen),
        assumptions=assumptions,
    )


def entity_heading(entity: Entity) -> str:
    """Return the title of an entity's requirement, such as ``Library cards``."""
    return entity_names(entity).plural.capitalize()


def glossary(title: str, specs: EntitySpecs, wording: Mapping[str, EntityWording]) -> tuple[Term, ...]:
    """Name the system, its clients, and each entity by its meaning, or by its fields."""
    terms = [
        Term(word="System", meaning=f"The service {title}, reached over HTTP."),
        Term(word="client", meaning="A program or a person that sends requests to the System."),
    ]
    for entity in specs.entities:
        given = ", ".join(words(field.name) for field in given_fields(entity))
        worded = wording.get(entity.name)
        meaning = worded.meaning if worded and worded.meaning else f"A stored row with {given}."
        terms.append(Term(word=entity_names(entity).label, meaning=meaning))
    return tuple(terms)


def entity_requirement(number: int, entity: Entity, specs: EntitySpecs, wording: EntityWording | None) -> Requirement:
    """Write the requirement of one entity."""
    names = entity_names(entity)
    wanted, so_that = (
        ("create, read, list, change and delete", f"the {names.plural} of the service are always what they should be")
        if entity.is_writable
        else ("read and list", f"nothing happens without {names.plural}")
    )
    usual = f"As someone who uses the service, I want to {wanted} {names.plural}, so that {so_that}."
    return Requirement(
        number=number,
        title=entity_heading(entity),
        user_story=wording.user_story if wording and wording.user_story else usual,
        criteria=numbered_criteria(number, [criterion.text for criterion in entity_criteria(entity, specs)]),
    )


def custom_requirement(number: int, behaviour: CustomBehaviour) -> Requirement:
    """Write the requirement of one custom behaviour; its criteria stay word for word."""
    return Requirement(
        number=number,
        title=behaviour.title,
        user_story=behaviour.user_story or usual_story(behaviour.title),
        criteria=numbered_criteria(number, behaviour.criteria),
    )


def feature_requirement(number: int, feature: BlueprintFeature) -> Requirement:
    """Write the requirement of one feature; its criteria stay word for word."""
    return Requirement(
        number=number,
        title=f"Feature {feature.name}",
        user_story=f"As an operator, I want {feature.summary}, so that nobody has to build it by hand.",
        criteria=numbered_criteria(number, feature.criteria),
    )


def entity_criteria(entity: Entity, specs: EntitySpecs) -> tuple[Criterion, ...]:
    """Return the criteria of one entity, in the order of its requirement."""
    if not entity.is_writable:
        return read_only_criteria(entity)
    return (
        *basic_criteria(entity),
        *taken_criteria(entity, specs),
        *parent_criteria(entity),
        *link_criteria(entity, specs),
        *include_criteria(entity, specs),
        *child_criteria(entity, specs),
        *rule_criteria(entity, specs),
    )


def basic_criteria(entity: Entity) -> tuple[Criterion, ...]:
    """Return what every entity promises: create, read, list, change, delete and validation."""
    names = entity_names(entity)
    one, many = article(names.label), names.plural
    texts = {
        CriterionKind.CREATE: (
            f"WHEN a client sends a valid {names.label}, "
            f"THE System SHALL store it and answer 201 with the stored {names.label}"
        ),
        CriterionKind.READ: f"WHEN a client asks for {one} by its key, THE System SHALL answer 200 with it",
        CriterionKind.MISSING: (
            f"IF a client reads, changes or deletes {one} that does not exist, THEN THE System SHALL answer 404"
        ),
        CriterionKind.LIST: (
            f"WHEN a client lists {many}, "
            "THE System SHALL answer 200 with one page of them in the order of their keys, "
            "with items, total, page, size and pages"
        ),
        CriterionKind.PAGE: (
            f"IF a client lists {many} with a page below 1, a size outside 1 to 100, or a filter or a sort key that "
            "does not exist, THEN THE System SHALL answer 422"
        ),
        CriterionKind.FIND: (
            f"WHEN a client lists {many} with filters, a search text or sort keys, "
            "THE System SHALL answer exactly the rows that fulfil all of them, in the order of the sort keys"
        ),
        CriterionKind.UPDATE: (
            f"WHEN a client sends one or more fields of {one}, "
            "THE System SHALL change exactly these fields and answer 200 with the result"
        ),
        CriterionKind.DELETE: f"WHEN a client deletes {one}, THE System SHALL remove it and answer 204",
        CriterionKind.INVALID: (
            f"IF a field of {one} is missing, unknown, of a wrong type or outside its limits, "
            "THEN THE System SHALL answer 422 and store nothing"
        ),
    }
    return tuple(Criterion(kind=kind, text=f"{text}.") for kind, text in texts.items())


def read_only_criteria(entity: Entity) -> tuple[Criterion, ...]:
    """Return what an entity promises that the service itself writes."""
    names = entity_names(entity)
    kinds = {CriterionKind.READ, CriterionKind.LIST, CriterionKind.PAGE, CriterionKind.FIND}
    refused = (
        (CriterionKind.MISSING, f"IF a client reads {article(names.label)} that does not exist", 404),
        (CriterionKind.INVALID, f"IF a client sends, changes or deletes {article(names.label)}", 405),
    )
    return (
        *(criterion for criterion in basic_criteria(entity) if criterion.kind in kinds),
        *(
            Criterion(kind=kind, text=f"{when}, THEN THE System SHALL answer {status}.")
            for kind, when, status in refused
        ),
    )


def taken_criteria(entity: Entity, specs: EntitySpecs) -> tuple[Criterion, ...]:
    """Return one criterion for each field whose values are unique."""
    label = entity_names(entity).label
    return tuple(
        Criterion(
            kind=CriterionKind.TAKEN,
            text=(
                f"IF another {label} already has the same {words(field.name)}, "
                "THEN THE System SHALL answer 409 and store nothing."
            ),
        )
        for field in given_fields(entity)
        if with_relations(field, entity, specs).unique
    )


def parent_criteria(entity: Entity) -> tuple[Criterion, ...]:
    """Return one criterion for each foreign key: the row that it names must exist."""
    return tuple(
        Criterion(
            kind=CriterionKind.PARENT,
            text=(
                f"IF the {words(field.name)} of {article(entity_names(entity).label)} names "
                f"{article(words(field.foreign_key or ''))} that does not exist, "
                "THEN THE System SHALL answer 409 and store nothing."
            ),
        )
        for field in foreign_keys(entity)
    )


def link_criteria(entity: Entity, specs: EntitySpecs) -> tuple[Criterion, ...]:
    """Return one criterion for each many-to-many relation: the rows that it links must exist."""
    return tuple(
        Criterion(
            kind=CriterionKind.LINK,
            text=(
                f"WHEN a client sends the {words(end.relation.name)} of {article(entity_names(entity).label)}, "
                "THE System SHALL link exactly these, and answer 409 and change nothing where one does not exist."
            ),
        )
        for end in ends_of(entity, associations(specs))
    )


def include_criteria(entity: Entity, specs: EntitySpecs) -> tuple[Criterion, ...]:
    """Return the criterion of related rows in an answer, where there are any."""
    named = related_names(entity, specs)
    if not named:
        return ()
    text = (
        f"WHEN a client reads or lists {entity_names(entity).plural} and asks to include {joined(named, 'or')}, "
        "THE System SHALL answer them within each row, and leave out what was not asked for."
    )
    return (Criterion(kind=CriterionKind.INCLUDE, text=text),)


def child_criteria(entity: Entity, specs: EntitySpecs) -> tuple[Criterion, ...]:
    """Return what deleting a row does to the rows that refer to it."""
    return tuple(
        Criterion(kind=CriterionKind.CHILDREN, text=child_sentence(entity, reference.entity, reference.on_delete, via))
        for reference in references_to(entity, specs)
        if (via := words(reference.field.name))
    )


def rule_criteria(entity: Entity, specs: EntitySpecs) -> tuple[Criterion, ...]:
    """Return one criterion for each declared rule."""
    texts = rule_sentences(entity, specs)
    return tuple(Criterion(kind=kind_of_rule(rule), text=text) for rule, text in zip(entity.rules, texts, strict=True))


def kind_of_rule(rule: DeclaredRule) -> CriterionKind:
    """Return the kind of a rule's criterion."""
    match rule:
        case ActionByOwner():
            return CriterionKind.OWNER
        case ActionByRole():
            return CriterionKind.ROLE
        case _:
            return CriterionKind.RULE


def child_sentence(entity: Entity, child: Entity, on_delete: OnDelete, via: str) -> str:
    """Say what deleting a row does to the rows that name it by one foreign key."""
    one, children = article(entity_names(entity).label), entity_names(child).plural
    if on_delete is OnDelete.CASCADE:
        return f"WHEN a client deletes {one}, THE System SHALL delete the {children} that name it as {via}."
    if on_delete is OnDelete.SET_NULL:
        return f"WHEN a client deletes {one}, THE System SHALL keep the {children} that named it and empty their {via}."
    return f"IF a client deletes {one} that {children} name as {via}, THEN THE System SHALL answer 409 and keep it."
