"""Turns a settled draft into entity_specs: keys, timestamps, enums, foreign keys and the relations both ways."""

from __future__ import annotations

from dataclasses import replace

from bot.checks.entity_naming import TAKEN_CLASSES
from bot.documents.entities.accounts import ROLE_ENUM, account_named
from bot.documents.entities.declared_rules import ActionByRole
from bot.documents.entities.entity_specs import (
    Cardinality,
    Entity,
    EntityField,
    EntitySpecs,
    EnumSpec,
    FieldType,
    Relation,
)
from bot.documents.naming import joined, kebab_plural_path, pascal_case, plural, snake_case, table_name
from bot.generation.account_specs import with_account
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft
from bot.planning.built_in.drafts.pairs import with_pairs
from bot.planning.built_in.drafts.persons import is_person
from bot.planning.built_in.words.vocabulary import RECORD, a, spoken

__all__ = ["assemble", "describe"]

IDENTIFIER = EntityField(name="id", type=FieldType(name="int"), primary_key=True, auto_generated=True)
GUESSES = {
    "str": "text", "Decimal": "an amount with 2 decimals", "int": "a whole number", "float": "a number with decimals",
    "date": "a date", "datetime": "a date and time", "time": "a time of day", "bool": "yes or no",
}  # fmt: skip
"""The types that a field's words suggest, as people call them; each is named as an assumption."""
STATES = frozenset({"status", "state", "stage", "phase", "step", "progress", "condition", "availability"})
"""What a field is called by whose first value things start with."""
FIRST_VALUES = frozenset({
    "available", "draft", "free", "idea", "new", "none", "not_started", "open", "pending", "planned", "proposed",
    "queued", "received", "registered", "requested", "submitted", "todo", "to_do", "unknown", "unpaid", "waiting",
})  # fmt: skip
"""Values that things start with, whatever the field is called."""
USER_ROLES = ("admin", "user")
"""Who manages accounts, and who registers: the first and the last role of users."""
TIMESTAMPS = tuple(
    EntityField(name=name, type=FieldType(name="datetime"), auto_generated=True)
    for name in ("created_at", "updated_at")
)


def assemble(draft: Draft) -> EntitySpecs:
    """Return the entity_specs of a draft, and note in it what was assumed about types."""
    enums = dict(draft.enums)
    for name in draft.entities:
        if (own := name.removesuffix(RECORD)) != name and own in TAKEN_CLASSES:
            draft.assume(f"“{spoken(own)}” is called {name}: the service needs the name {own} itself")
    entities = tuple(entity_of(entity, enums) for entity in draft.entities.values())
    note_types(draft)
    with_relations = tuple(
        entity.model_copy(update={"relations": relations_of(entity, entities)})
        if not draft.entities[entity.name].is_pasted or draft.entities[entity.name].has_relations_of_keys else entity
        for entity in entities
    )  # fmt: skip
    specs = EntitySpecs(
        entities=with_pairs(with_relations, draft),
        enums=tuple(EnumSpec(name=name, values=values) for name, values in enums.items()),
    )
    return signing_in(draft, specs) if draft.people_log_in else specs


def signing_in(draft: Draft, specs: EntitySpecs) -> EntitySpecs:
    """Return specs with an account; where nothing that was named has one, users are a thing of their own."""
    with_login = with_account(with_roles_of_users(specs))
    if len(with_login.entities) > len(specs.entities):
        draft.assume(f"Who signs in is a user, a thing of its own{apart_from_people(draft)}")
    return with_login


def with_roles_of_users(specs: EntitySpecs) -> EntitySpecs:
    """Return specs with the roles that rules name as those of users, where users have none of their own yet."""
    rules = [rule for entity in specs.entities for rule in entity.rules if isinstance(rule, ActionByRole)]
    account = account_named(specs)
    if not rules or (account is not None and account.field("role") is not None) or specs.enum(ROLE_ENUM):
        return specs
    named = tuple(dict.fromkeys(role for rule in rules for role in rule.roles if role not in USER_ROLES))
    enum = EnumSpec(name=ROLE_ENUM, values=(USER_ROLES[0], *named, USER_ROLES[1]))
    return specs.model_copy(update={"enums": (*specs.enums, enum)})


def apart_from_people(draft: Draft) -> str:
    """Say which people users are not linked with, and what to say where they are the same; nothing without people."""
    people = [one for one in draft.entities.values() if is_person(one)]
    if not people:
        return ""
    many = [spoken(plural(snake_case(entity.name))) for entity in people]
    apart = f"no user is linked with {joined([a(entity.noun) for entity in people], 'or')}"
    return f": {apart}; say “{many[0]} log in” where that is meant"


def entity_of(entity: EntityDraft, enums: dict[str, tuple[str, ...]]) -> Entity:
    """Return an entity with its key first and its timestamps last."""
    fields = [field_of(entity, field, enums) for field in entity.fields.values()]
    if not any(field.primary_key for field in fields):
        fields.insert(0, IDENTIFIER)
    names = {field.name for field in fields}
    fields += [stamp for stamp in TIMESTAMPS if stamp.name not in names]
    return Entity(
        name=entity.name,
        table=entity.table or table_name(entity.name),
        api_path=entity.api_path or kebab_plural_path(entity.name),
        fields=tuple(fields),
        relations=entity.relations,
        account=entity.account,
        renamed_from=entity.first_name if entity.first_name not in {"", entity.name} else entity.renamed_from,
        rules=entity.rules,
    )


def field_of(entity: EntityDraft, field: FieldDraft, enums: dict[str, tuple[str, ...]]) -> EntityField:
    """Return a field; its values become an enum, with the first as default where things start with it."""
    former = field.first_name if field.first_name not in {"", field.field.name} else field.field.renamed_from
    field = replace(field, field=field.field.model_copy(update={"renamed_from": former}))
    if not field.values:
        return field.field
    name = f"{entity.name}{pascal_case(field.field.name)}"
    enums[name] = field.values
    first = field.values[0] if starts_with_first(entity, field) else None
    default = field.field.default if field.field.default in field.values else first
    return field.field.model_copy(
        update={
            "type": FieldType(name=name),
            "default": None if field.field.optional else default,
            "digits": None,
            "places": None,
        }
    )


def relations_of(entity: Entity, entities: tuple[Entity, ...]) -> tuple[Relation, ...]:
    """Return the named ways from an entity: to what it references, and to what references it."""
    relations = [
        Relation(
            name=field.name.removesuffix("_id"),
            target=field.foreign_key,
            cardinality=Cardinality.ONE_TO_ONE if field.unique else Cardinality.MANY_TO_ONE,
        )
        for field in entity.fields
        if field.foreign_key
    ]
    for other in entities:
        keys = [field for field in other.fields if field.foreign_key == entity.name]
        for field in keys:
            name = snake_case(other.name) if field.unique else plural(snake_case(other.name))
            if len(keys) > 1 or other.name == entity.name:
                name = f"{field.name.removesuffix('_id')}_{name}"
            cardinality = Cardinality.ONE_TO_ONE if field.unique else Cardinality.ONE_TO_MANY
            relations.append(Relation(name=name, target=other.name, cardinality=cardinality))
    return tuple(relations)


def note_types(draft: Draft) -> None:
    """Note what was assumed about types and limits, one sentence a kind."""
    for entity in draft.entities.values():
        if entity.is_pasted:
            continue
        said = [field for field in entity.fields.values() if not field.field.foreign_key]
        guesses = [field for field in said if not field.type_said and not field.values and not field.field.type.is_list]
        for kind, what in GUESSES.items():
            named = [field for field in guesses if field.field.type.name == kind and is_guess(field)]
            names = [field.field.name + (f" (“{field.clause}”)" if field.clause else "") for field in named]
            if names:
                draft.assume(f"{entity.name}: {joined(names)} {'is' if len(names) == 1 else 'are each'} {what}")
        for field in said:
            if field.clause and (field not in guesses or not is_guess(field)):
                draft.assume(f"{entity.name}: “{field.clause}” is {field.field.name}")
    if keeps_bare_amounts(draft):
        draft.assume("Amounts are kept without a currency")
    draft.assume("Every field must be given unless it is said to be optional")
    if first := first_values(draft):
        draft.assume(f"Where no other value is given, {joined(first)}")


def first_values(draft: Draft) -> list[str]:
    """Return the values that fields have from the start though nobody chose them: the first of those that were said."""
    return [
        f"the {spoken(field.field.name)} of {a(entity.noun)} is {field.values[0]}"
        for entity in draft.entities.values()
        for field in entity.fields.values()
        if field.values and not field.field.optional and field.field.default not in field.values
        if starts_with_first(entity, field) and not (entity.is_pasted or is_ordered(entity, field))
    ]


def starts_with_first(entity: EntityDraft, field: FieldDraft) -> bool:
    """Tell whether things start with the first value of a field: a status does, while a kind or a size is chosen."""
    last = field.field.name.rpartition("_")[2]
    return last in STATES or field.values[0] in FIRST_VALUES or entity.is_pasted or is_ordered(entity, field)


def is_ordered(entity: EntityDraft, field: FieldDraft) -> bool:
    """Tell whether it was said which value of a field follows which, and so, which one is the first."""
    return any(rule.kind == "transition" and rule.field == field.field.name for rule in entity.rules)


def keeps_bare_amounts(draft: Draft) -> bool:
    """Tell whether there are amounts of money about whose currency nothing was said, and nothing is kept."""
    fields = [field for entity in draft.entities.values() if not entity.is_pasted for field in entity.fields.values()]
    has_amount = any(field.field.type.name == "Decimal" and not field.type_said for field in fields)
    is_said = any("currency" in field.field.name for field in fields) or any(
        "the currency (" in sentence for sentence in draft.assumptions
    )
    return has_amount and not is_said


def is_guess(field: FieldDraft) -> bool:
    """Tell whether a type was taken from a name: a text only where nothing said so, an amount in its usual form."""
    if field.field.type.name == "str":
        return field.guessed_text
    return field.field.type.name != "Decimal" or field.field.places == 2


def describe(entity: EntityDraft) -> str:
    """Return one sentence that says what an entity holds."""
    names = [field.field.name for field in entity.fields.values()]
    return f"{a(entity.noun).capitalize()} has {joined(names)}"
